import TulouProblem
import TulouProject
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ExergyAccount {
  /// What of an account is wanted: all of it, or the sums of the year, as of one of many designs.
  enum Detail { case whole, sums }

  /// The account of a plan.
  init(_ reading: Reading, detail: Detail = .whole) {
    let factors = ExergyFactors(reading.project, steps: reading.steps)
    self.init()
    missing = factors.missing
    basis = reading.project.exergy.basis
    remarks = factors.remarks
    ambient = factors.ambient
    guard missing.isEmpty else { return }
    var builder = ExergyBuilder(reading, factors)
    builder.addFlows()
    builder.addDemands()
    builder.finish(&self, detail)
    isComplete = true
  }
}

/// Sorts what every flow of a plan does at every bus into lines of exergy.
struct ExergyBuilder {
  let reading: Reading
  let factors: ExergyFactors
  private var lines: [ExergyLine] = []
  private var place: [String: Int] = [:]
  private var arriving: [(energy: Double, exergy: Double)]
  private var entered: [[Double]], used: [[Double]]

  init(_ reading: Reading, _ factors: ExergyFactors) {
    self.reading = reading
    self.factors = factors
    arriving = reading.buses.map { _ in (0, 0) }
    let zero = [Double](repeating: 0, count: reading.steps)
    entered = reading.project.carriers.map { _ in zero }
    used = entered
  }

  private mutating func line(_ id: String, _ kind: ExergyLine.Kind) -> Int {
    let key = kind.rawValue + "." + id
    if let known = place[key] { return known }
    let zero = [Double](repeating: 0, count: reading.steps)
    var line = ExergyLine(id: id, kind: kind)
    line.hourlyTaken = zero
    line.hourlyGiven = zero
    line.hourlyStored = zero
    lines.append(line)
    place[key] = lines.count - 1
    return lines.count - 1
  }

  /// Exergy of what flow j puts into a bus [kW]; negative where it takes.
  private func exergy(_ injected: [Double], _ bus: Int) -> [Double] {
    factors.buses[bus].count == 1
      ? injected.map { $0 * factors.buses[bus][0] } : injected.indices.map { injected[$0] * factors.buses[bus][$0] }
  }

  mutating func addFlows() {
    for (j, flow) in reading.plan.problem.flows.enumerated() where flow.label.stage == reading.stage {
      for touch in reading.touches[j] where reading.carrierOfBus[touch.bus] >= 0 {
        let injected = reading.injected(j, touch)
        add(flow.label, injected, exergy(injected, touch.bus), at: touch.bus)
      }
      if flow.label.role == .charge || flow.label.role == .discharge { addContent(j, flow) }
    }
  }

  private mutating func add(_ label: Label, _ injected: [Double], _ exergy: [Double], at bus: Int) {
    let c = reading.carrierOfBus[bus]
    let isIn = injected.contains { $0 > 0 }
    if isIn, label.role != .discharge, label.role != .unserved, label.role != .serve {
      arriving[bus].energy += reading.perYear(injected)
      arriving[bus].exergy += reading.perYear(exergy)
    }
    switch label.role {
    case .production:
      let k = line(label.id, .source)
      let before = beforeDevice(label.id) ?? exergy
      lines[k].hourlyTaken.add(before)
      lines[k].hourlyGiven.add(exergy)
      entered[c].add(before)
    case .purchase:
      let k = line(label.id, .market)
      lines[k].hourlyTaken.add(exergy)
      lines[k].hourlyGiven.add(exergy)
      entered[c].add(exergy)
    case .sale: used[c].add(exergy, times: -1)
    case .conversion, .online, .auxiliary:
      guard reading.componentIndex[label.id] != nil else { return }
      split(line(label.id, .converter), injected, exergy)
    // Vehicles are demands: what they give back is taken off what they are served.
    case .charge, .discharge:
      guard reading.componentIndex[label.id] != nil else { return }
      split(line(label.id, .storage), injected, exergy)
    case .forward, .backward: split(line(label.id, .link), injected, exergy)
    case .spill: split(line(label.id, .spill), injected, exergy)
    case .serve, .unserved, .content, .reserveShortage, .size, .balance, .limit, .peak: break
    }
  }

  /// Exergy of light or wind before all that stands of a source [kW]; nil where it counts as it leaves the device.
  private func beforeDevice(_ id: String) -> [Double]? {
    guard let perUnit = factors.incident[id], let c = reading.componentIndex[id] else { return nil }
    let component = reading.project.components[c]
    guard let size = component.sizes.first else { return nil }
    let total = reading.sizing(component, size).total
    return perUnit.map { $0 * total }
  }

  /// What goes into the bus is given, what comes out of it is taken.
  private mutating func split(_ k: Int, _ injected: [Double], _ exergy: [Double]) {
    for t in injected.indices {
      if injected[t] > 0 { lines[k].hourlyGiven[t] += exergy[t] } else { lines[k].hourlyTaken[t] -= exergy[t] }
    }
  }

  /// What charging and discharging do to the content, valued as what stands on the bus in that hour; standing losses are left
  /// out, so they are destroyed. In an hour without charge or discharge they show nowhere else, so they come from the content itself.
  private mutating func addContent(_ j: Int, _ flow: Flow) {
    guard let c = reading.componentIndex[flow.label.id], case .storage(let block) = reading.project.components[c].block,
      let b = reading.busIndex[block.bus]
    else { return }
    let k = line(flow.label.id, .storage)
    let x = reading.plan.solution.flows[j]
    let gain = flow.label.role == .charge ? block.chargeEfficiency : -1 / max(block.dischargeEfficiency, 1e-12)
    for t in x.indices { lines[k].hourlyStored[t] += x[t] * gain * factors.bus(b, t) }
  }

  /// What is served arrives at the bus's temperature and is worth what the demand needs.
  mutating func addDemands() {
    for (d, demand) in reading.project.demands.enumerated() {
      guard let b = reading.busIndex[demand.bus], reading.carrierOfBus[b] >= 0 else { continue }
      var served = [Double](repeating: 0, count: reading.steps)
      if reading.flows(demand.id, .serve).isEmpty {
        served.add(demand.power)
        for j in reading.flows(demand.id, .unserved) { served.add(reading.plan.solution.flows[j], times: -1) }
      } else {
        for j in reading.flows(demand.id, .serve) {
          for touch in reading.touches[j] where touch.bus == b { served.add(reading.injected(j, touch), times: -1) }
        }
        // Vehicles that give back have a discharge of their own.
        for j in reading.flows(demand.id, .discharge) {
          for touch in reading.touches[j] where touch.bus == b { served.add(reading.injected(j, touch), times: -1) }
        }
      }
      let k = line(demand.id, .demand)
      for t in served.indices {
        lines[k].hourlyTaken[t] += served[t] * factors.bus(b, t)
        lines[k].hourlyGiven[t] += served[t] * factors.demand(d, t)
      }
      used[reading.carrierOfBus[b]].add(lines[k].hourlyGiven)
    }
  }

  /// Yearly sums, standing losses, seasons and the whole.
  mutating func finish(_ account: inout ExergyAccount, _ detail: ExergyAccount.Detail) {
    addStandingLosses()
    addColdOfFuels(&account)
    for k in lines.indices {
      lines[k].taken = reading.perYear(lines[k].hourlyTaken)
      lines[k].given = reading.perYear(lines[k].hourlyGiven)
      lines[k].stored = reading.perYear(lines[k].hourlyStored)
      if detail == .sums { (lines[k].hourlyTaken, lines[k].hourlyGiven, lines[k].hourlyStored) = ([], [], []) }
    }
    account.lines = lines
    account.buses = reading.buses.indices.map {
      ExergyFlow(
        bus: reading.buses[$0].id, carrier: reading.buses[$0].carrier, energy: arriving[$0].energy,
        exergy: arriving[$0].exergy)
    }
    account.carriers = reading.project.carriers.indices.compactMap { c in
      let use = ExergyUse(
        name: reading.project.carriers[c].id, entered: reading.perYear(entered[c]), used: reading.perYear(used[c]))
      return use.entered == 0 && use.used == 0 ? nil : use
    }
    account.entered = account.carriers.reduce(0) { $0 + $1.entered }
    let demands = account.lines.filter { $0.kind == .demand }
    account.used = demands.reduce(0) { $0 + $1.given }
    account.sold = account.carriers.reduce(0) { $0 + $1.used } - account.used
    account.stored = account.lines.reduce(0) { $0 + $1.stored }
    account.destroyed = account.lines.reduce(0) { $0 + $1.destroyed }
    guard detail == .whole else { return }
    account.seasons = seasons()
    account.mismatches = mismatches(account)
  }

  /// What stands in a storage and is lost there is taken out of its content and destroyed.
  private mutating func addStandingLosses() {
    for (s, state) in reading.plan.problem.states.enumerated() where state.label.stage == reading.stage {
      guard let k = place[ExergyLine.Kind.storage.rawValue + "." + state.label.id],
        let c = reading.componentIndex[state.label.id], case .storage(let block) = reading.project.components[c].block,
        block.standingLoss > 0, let b = reading.busIndex[block.bus], s < reading.plan.solution.contents.count
      else { continue }
      let content = reading.plan.solution.contents[s]
      for t in lines[k].hourlyStored.indices where t < content.count {
        let kept = pow(1 - block.standingLoss, reading.dt)
        lines[k].hourlyStored[t] -= content[t] * (1 - kept) / reading.dt * factors.bus(b, t)
      }
    }
  }

  /// What passes fuel on and gives more than the fuel's exergy draws on the cold or pressure of the fuel, which no carrier states: it
  /// enters by as much as is drawn.
  private mutating func addColdOfFuels(_ account: inout ExergyAccount) {
    for component in reading.project.components {
      guard case .converter(let converter) = component.block,
        let k = place[ExergyLine.Kind.converter.rawValue + "." + component.id]
      else { continue }
      let fuels = converter.ports.filter { port in
        let kind = reading.carrier(port.bus)?.kind
        return kind == .fuel || kind == .hydrogen
      }
      guard fuels.contains(where: { $0.coefficient.contains { $0 > 0 } }),
        let taken = fuels.first(where: { $0.coefficient.contains { $0 < 0 } }), let b = reading.busIndex[taken.bus]
      else { continue }
      var isDrawn = false
      for t in lines[k].hourlyTaken.indices {
        let drawn = lines[k].hourlyGiven[t] - lines[k].hourlyTaken[t]
        guard drawn > 0 else { continue }
        isDrawn = true
        lines[k].hourlyTaken[t] += drawn
        entered[reading.carrierOfBus[b]][t] += drawn
      }
      if isDrawn {
        account.remarks.append("'\(component.id)' draws on the cold of its fuel, which enters by as much as is drawn")
      }
    }
  }

  private func seasons() -> [ExergyUse] {
    let names = ["winter", "spring", "summer", "autumn"]
    var uses = names.map { ExergyUse(name: $0) }
    let enteredByMonth = entered.map(reading.byMonth), usedByMonth = used.map(reading.byMonth)
    for (m, month) in reading.months.enumerated() {
      let s = month.month % 12 / 3
      for c in entered.indices {
        uses[s].entered += enteredByMonth[c][m] / reading.years
        uses[s].used += usedByMonth[c][m] / reading.years
      }
    }
    return uses.filter { $0.entered != 0 || $0.used != 0 }
  }
}
