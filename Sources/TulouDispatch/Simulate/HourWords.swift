import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// Every hour of a rule's dispatch in words: what decided, and what each machine did and why.
struct HourWords {
  private let system: SimulatedSystem
  private let dispatch: RuleDispatch
  private var trace: SimulationTrace { dispatch.trace }

  init(system: SimulatedSystem, dispatch: RuleDispatch) {
    self.system = system
    self.dispatch = dispatch
  }

  /// One sentence a step.
  var sentences: [String] {
    var known: [Reason: String] = [:]
    return trace.reasons.map { reason in
      if let words = known[reason] { return words }
      let words = reason.isEmpty ? "nothing had to be done" : reason.sentences.joined(separator: "; ")
      known[reason] = words
      return words
    }
  }

  /// Each storage and each generator with one phrase a step.
  var machines: [(id: String, phrases: [String])] {
    var all: [(id: String, phrases: [String])] = []
    for (s, storage) in system.problem.storages.enumerated() where storage.energy > 0 {
      all.append((storage.id, trace.reasons.indices.map { phrase(storage, s, $0) }))
    }
    for part in system.generators where !part.machines.isEmpty {
      let id = system.project.components[part.component].id
      all.append((id, trace.reasons.indices.map { phrase(part, $0) }))
    }
    return all
  }

  private func phrase(_ storage: TulouSimulation.Storage, _ s: Int, _ t: Int) -> String {
    let power = trace.storages[s][t], content = trace.contents[s][t]
    let reason = trace.reasons[t]
    let share = content / storage.energy
    let level = "\(Int(saturating: (share * 100).rounded())) % full"
    if power > 1e-9 {
      return "gave power (\(level) before): the demand was above what the sources gave"
        + limit(of: storage, s, t, power, rated: storage.dischargePower, [.storageEmpty, .tankAtHandEmpty])
    }
    if power < -1e-9 {
      let from =
        reason.contains(.gridCharges)
        ? "from the grid" : reason.contains(.generatorCharges) ? "from a running generator" : "from surplus"
      return "charged \(from) (\(level) before)"
        + limit(of: storage, s, t, -power, rated: storage.chargePower, [.storageFull, .tankAtHandFull])
    }
    if !storage.inflow.isEmpty {
      let level = reason.contains(.lakeFull) ? "it was full and ran over" : level
      return reason.contains(.sourcesSuffice) || content > 1e-9
        ? "held its water: nobody needed it (\(level))" : "gave nothing: it was empty"
    }
    if reason.contains(.tankAtHandFull), share < 1 - 1e-6 {
      return "did not charge: it could take in no more at once (\(level))"
    }
    if reason.contains(.storageFull) || share > 1 - 1e-9 && reason.contains(.surplusSold) {
      return "did not charge: it was full"
    }
    if reason.contains(.storageKept) { return "kept its content (\(level)) for more expensive hours" }
    let isEmpty = share <= storage.leastShare + 1e-9
    let needed = !reason.contains(.sourcesSuffice)
    if needed, isEmpty { return "did not charge, for there was no surplus, and gave nothing: it was empty" }
    if needed, reason.contains(.tankAtHandEmpty), storage.model != .idealised {
      return "did not charge, for there was no surplus, and gave nothing: what it had at hand was used up (\(level))"
    }
    if reason.contains(.converterAtLimit) { return "stood still: the converter could carry no more (\(level))" }
    if needed { return "did not charge, for there was no surplus, and gave nothing: others served first (\(level))" }
    return "stood still: no surplus, no need (\(level))"
  }

  /// What kept a storage from doing more than `power`, where something did; `ends`: words of content and tank at hand.
  private func limit(
    of storage: TulouSimulation.Storage, _ s: Int, _ t: Int, _ power: Double, rated: Double, _ ends: Reason
  ) -> String {
    let reason = trace.reasons[t]
    let limits = reason.intersection(ends.union([.storageAtPowerLimit, .converterAtLimit]))
    guard !limits.isEmpty else { return "" }
    if power >= rated * (1 - 1e-9) { return ", at its rated power" }
    // Of several storages each has its own end: where the content went says which.
    let after = t + 1 < trace.contents[s].count ? trace.contents[s][t + 1] : trace.contents[s][0]
    let tolerance = 1e-6 * storage.energy
    if limits.contains(.storageEmpty), after <= storage.leastShare * storage.energy + tolerance {
      return ", until it was empty"
    }
    if limits.contains(.storageFull), after >= storage.energy - tolerance { return ", until it was full" }
    if storage.model != .idealised {
      if limits.contains(.tankAtHandEmpty) { return ", until what it had at hand was used up" }
      if limits.contains(.tankAtHandFull) { return ", as much as it could take in at once" }
      if limits.contains(.storageAtPowerLimit), !limits.contains(.converterAtLimit) {
        return ", as fast as it may be charged"
      }
    }
    if limits.contains(.converterAtLimit) { return ", as much as the converter could carry" }
    return ""
  }

  /// Whether a machine has run for less than its minimum run time when step t begins.
  private func isHeld(_ g: Int, _ t: Int) -> Bool {
    let least = system.problem.generators[g].minimumRunSteps
    guard least > 1, t > 0, trace.isRunning[g][t], trace.isRunning[g][t - 1] else { return false }
    var ran = 0
    while ran < least, t - ran > 0, trace.isRunning[g][t - ran - 1] { ran += 1 }
    return ran < least
  }

  private func phrase(_ part: SimulatedSystem.GeneratorPart, _ t: Int) -> String {
    var power = 0.0, size = 0.0, running = 0
    for g in part.machines where trace.isRunning[g][t] {
      power += trace.generators[g][t]
      size += system.problem.generators[g].size
      running += 1
    }
    let reason = trace.reasons[t]
    guard running > 0 else {
      if reason.contains(.sourcesSuffice) { return "stood still: sources covered the demand" }
      var others: [String] = []
      if reason.contains(.storageServes) { others.append("the storage") }
      if reason.contains(.gridServes) { others.append("the grid") }
      return others.isEmpty
        ? "stood still" : "stood still: " + others.joined(separator: " and ") + " served the demand"
    }
    var why: [String] = []
    if reason.contains(.generatorForDemand) { why.append("the demand could not be met without it") }
    if reason.contains(.generatorForReserve) { why.append("the reserve would have been short") }
    if reason.contains(.generatorCheapest) { why.append("it was the cheapest way") }
    if reason.contains(.towardsSetPoint) { why.append("it charged on towards the set point") }
    if reason.contains(.deferrableDue) { why.append("deferrable demand could not all have been served later") }
    if reason.contains(.generatorRunsOn), part.machines.contains(where: { isHeld($0, t) }) {
      why.append("its minimum run time was not over")
    }
    let load = size > 0 ? Int(saturating: (power / size * 100).rounded()) : 0
    let count = part.machines.count > 1 ? "\(running) of \(part.machines.count) machines " : ""
    return "\(count)ran at \(load) % load" + (why.isEmpty ? "" : ": " + why.joined(separator: ", "))
  }
}
