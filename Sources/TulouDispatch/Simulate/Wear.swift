import TulouAssembly
import TulouFinance
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

/// What wears a machine or storage in a year of use, each as a share of its life [1/y].
struct YearlyWear: Sendable, Equatable {
  /// Hours on line over the hours of its life.
  var hours = 0.0
  /// Content that passed over that of its life.
  var throughput = 0.0
  /// Capacity lost by cycles and by years, over what may be lost.
  var fade = 0.0

  /// The life that such use leaves [y], and what ends it; nil: use wears nothing.
  var end: (years: Double, cause: LifeEnd)? {
    let all: [(Double, LifeEnd)] = [(hours, .hours), (throughput, .throughput), (fade, .fade)]
    guard let (most, cause) = all.max(by: { $0.0 < $1.0 }), most > 1e-9 else { return nil }
    return (1 / most, cause)
  }
}

extension Component {
  /// Whether use may wear it out.
  var mayWearByUse: Bool {
    switch block {
    case .converter(let block): block.lifeHours != nil
    case .storage(let block): block.cycleLife != nil || block.fade != nil
    default: false
    }
  }

  /// Whether use wears a size: of a storage with a content of its own, cycles wear the content and not the converter.
  func wearsByUse(_ size: Size) -> Bool {
    guard case .storage = block, size.part == .power else { return true }
    return !sizes.contains { $0.part == .energy }
  }
}

extension Project {
  /// The project with the lives that use leaves to its plant.
  ///
  /// - Source: HOMER Pro manual, "Replacement cost": a generator's life is its lifetime hours over hours a year, a
  ///   battery's the lesser of its throughput over that of a year and its calendar life.
  /// - Returns: nil where use ends no life before its years.
  func worn(by wear: [String: YearlyWear]) -> Project? {
    var worn = self
    var isShorter = false
    for c in worn.components.indices {
      guard let end = wear[worn.components[c].id]?.end else { continue }
      for s in worn.components[c].sizes.indices where worn.components[c].wearsByUse(worn.components[c].sizes[s]) {
        guard end.years < (worn.components[c].sizes[s].cost.life ?? economy.lifetime) - 1e-9 else { continue }
        worn.components[c].sizes[s].cost.life = end.years
        worn.components[c].sizes[s].cost.lifeEnd = end.cause
        isShorter = true
      }
    }
    return isShorter ? worn : nil
  }

  /// The project without the limits that a plan sets on cycles so that a battery lasts its years: rules wear it and
  /// replace it earlier, so a bound for them knows no such limit.
  var withoutCycleLimits: Project {
    var free = self
    for c in free.components.indices {
      guard case .storage(var block) = free.components[c].block else { continue }
      block.cycleLife = nil
      free.components[c].block = .storage(block)
    }
    return free
  }
}

extension SimulatedSystem {
  /// What a year under a dispatch wears of each component.
  func wear(_ dispatch: RuleDispatch) -> [String: YearlyWear] {
    let years = assembled.problem.years
    var found: [String: YearlyWear] = [:]
    for part in generators {
      let component = project.components[part.component]
      guard case .converter(let block) = component.block, let life = block.lifeHours, !part.machines.isEmpty else {
        continue
      }
      let hours = part.machines.reduce(0) { $0 + dispatch.hours[$1] } / Double(part.machines.count)
      found[component.id] = YearlyWear(hours: hours / years / life)
    }
    for (s, part) in storages.enumerated() {
      let component = project.components[part.component]
      let storage = problem.storages[s]
      let full = assembled.problem.states[part.state].upper?.value(at: 0, capacities: capacities) ?? 0
      guard case .storage(let block) = component.block, full > 0 else { continue }
      var wear = YearlyWear()
      let out = dispatch.trace.storages[s].reduce(0) { $0 + max(0, $1) } * problem.stepHours
      let throughput = out / storage.dischargeEfficiency / years
      if let cycles = block.cycleLife { wear.throughput = throughput / (cycles * full) }
      if let law = block.fade, law.end < 1 {
        var contents = dispatch.trace.contents[s]
        // A horizon that repeats itself ends as it began.
        if part.isCyclic, let first = contents.first { contents.append(first) }
        let lost = Rainflow.fade(contents, full: full, law) / years + law.perYear
        wear.fade = lost / (1 - law.end)
      }
      if wear != YearlyWear() { found[component.id] = wear }
    }
    return found
  }
}
