import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension ReliabilityAccount {
  /// Whether hours of autonomy are counted: a simulation from every step.
  enum Autonomy { case counted, leftOut }

  /// The account of a plan.
  init(_ reading: Reading, autonomy: Autonomy = .counted) {
    self.init()
    let zero = [Double](repeating: 0, count: reading.steps)
    var wanted = zero
    var missing = zero
    var shortage = zero
    var sheddable = false
    var critical = zero
    var hasCritical = false
    for demand in reading.project.demands where reading.isElectric(demand.bus) {
      wanted.add(demand.power)
      for j in reading.flows(demand.id, .unserved) {
        missing.add(reading.plan.solution.flows[j])
        sheddable = true
      }
      for tier in demand.tiers {
        let unserved = reading.flows(demand.id, .unserved).filter {
          reading.plan.problem.flows[$0].label.part.name == tier.name
        }.reduce(0) { $0 + reading.perYear(reading.plan.solution.flows[$1]) }
        tiers.append(
          TierReliability(
            demand: demand.id, tier: tier.name, wanted: reading.perYear(demand.power) * tier.share,
            unserved: unserved))
        if tier.name == Demand.Tier.critical {
          hasCritical = true
          critical.add(demand.power, times: tier.share)
        }
      }
    }
    for (j, flow) in reading.plan.problem.flows.enumerated()
    where flow.label.role == .reserveShortage && flow.label.stage == reading.stage {
      shortage.add(reading.plan.solution.flows[j])
    }
    let all = reading.perYear(wanted)
    unserved = reading.perYear(missing)
    if all > 0 {
      lossOfPowerSupplyEnergy = unserved / all
      capacityShortage = (unserved + reading.perYear(shortage)) / all
    }
    if sheddable { addEvents(reading, wanted: wanted, missing: missing) }
    guard autonomy == .counted else { return }
    hoursOfAutonomy = HoursOfAutonomy(reading, demand: wanted)
    if hasCritical { hoursOfAutonomyCritical = HoursOfAutonomy(reading, demand: critical) }
  }

  private mutating func addEvents(_ reading: Reading, wanted: [Double], missing: [Double]) {
    var hours = 0.0
    var whole = 0.0
    var count = 0.0
    var current: UnservedEvent?
    let starts = Set(reading.project.horizon.periodStarts)
    func close() {
      if let event = current, event.energy > (worstEvent?.energy ?? 0) { worstEvent = event }
      current = nil
    }
    for t in 0..<reading.steps {
      let step = reading.weight[t] * reading.dt
      // Of the hours with demand, as the definition has it.
      if wanted[t] > 0 { whole += step }
      if starts.contains(t) { close() }
      guard Dust.cleaned(missing[t], scale: max(wanted[t], 1e-3)) > 0 else {
        close()
        continue
      }
      hours += step
      if current == nil { count += reading.weight[t] }
      var event =
        current
        ?? UnservedEvent(start: t, stamp: reading.project.horizon.moment(t).stamp, hours: 0, energy: 0, power: 0)
      event.hours += reading.dt
      event.energy += missing[t] * reading.dt
      event.power = max(event.power, missing[t])
      current = event
    }
    close()
    lossOfPowerSupplyHours = whole > 0 ? hours / whole : 0
    events = count / reading.years
  }
}

extension HoursOfAutonomy {
  /// Cuts every outside market at each step in turn and counts the hours until electricity demand is first missed.
  ///
  /// What serves: available output of own sources, planned output of converters as far as their input is not bought,
  /// and storages from their planned content at the cut, charged by surplus, within power and efficiency. Converters
  /// to other carriers go on as planned. A period's end is passed into its beginning.
  init(_ reading: Reading, demand: [Double]) {
    self.init()
    let net = reading.netWithoutOutside(demand)
    let stores = reading.electricStores()
    let dt = reading.dt
    let longest = Int(saturating: (limit / dt).rounded(.up))
    var sum = 0.0
    var weights = 0.0
    least = .infinity
    for start in 0..<reading.steps {
      var content = stores.map { $0.usable(at: start) }
      var t = start
      var lasted = 0
      count: while lasted < longest {
        var power = net[t]
        if power >= 0 {
          for k in stores.indices where power > 0 {
            let room = max(0, stores[k].capacity - content[k])
            let charge = min(power, stores[k].power, room / (stores[k].charge * dt))
            content[k] += charge * stores[k].charge * dt
            power -= charge
          }
        } else {
          var missing = -power
          for k in stores.indices where missing > 0 {
            let give = min(missing, stores[k].power, content[k] * stores[k].discharge / dt)
            content[k] -= give / stores[k].discharge * dt
            missing -= give
          }
          if Dust.cleaned(missing, scale: max(1, demand[t])) > 0 { break count }
        }
        lasted += 1
        t = t + 1 == reading.steps ? 0 : t + 1
      }
      let hours = Double(lasted) * dt
      least = min(least, hours)
      greatest = max(greatest, hours)
      sum += hours * reading.weight[start]
      weights += reading.weight[start]
    }
    mean = weights > 0 ? sum / weights : 0
    if least == .infinity { least = 0 }
  }
}

/// A storage of electricity, reduced to what an outage needs.
struct ElectricStore {
  var content: [Double]
  var least: Double
  var capacity: Double
  var power: Double
  var charge: Double
  var discharge: Double
  /// Content above the least at a step [kWh].
  func usable(at t: Int) -> Double { max(0, content[t] - least) }
}

extension Reading {
  /// Storages on electricity buses, `capacity` above the least content.
  func electricStores() -> [ElectricStore] {
    project.components.compactMap { component in
      guard case .storage(let block) = component.block, isElectric(block.bus),
        let s = plan.indexOfState(Label(component.id, .content, stage: stage)),
        block.chargeEfficiency > 0, block.dischargeEfficiency > 0
      else { return nil }
      let state = plan.problem.states[s]
      let sizes = plan.solution.capacities
      let top = state.upper?.value(at: 0, capacities: sizes) ?? .infinity
      let least = state.lower.value(at: 0, capacities: sizes)
      let discharging = flows(component.id, .discharge).flatMap { plan.problem.flows[$0].upper }
      let power = discharging.reduce(Double.infinity) { min($0, $1.value(at: 0, capacities: sizes)) }
      return ElectricStore(
        content: plan.solution.contents[s], least: least, capacity: max(0, top - least), power: power,
        charge: block.chargeEfficiency, discharge: block.dischargeEfficiency)
    }
  }

  /// Own supply of electricity less `demand` with the outside cut [kW].
  func netWithoutOutside(_ demand: [Double]) -> [Double] {
    var net = demand.map { -$0 }
    for component in project.components {
      switch component.block {
      case .source(let source) where isElectric(source.bus):
        for j in flows(component.id, .production) {
          net.add(plan.solution.flows[j])
          net.add(curtailed(j, source))
        }
      case .converter(let converter):
        let bought = converter.ports.contains { port in
          port.coefficient.contains { $0 < 0 }
            && project.markets.contains { $0.bus == port.bus && $0.buy != nil && !$0.onlyAlone }
            && !isElectric(port.bus)
        }
        for role in [Label.Role.conversion, .online] {
          for j in flows(component.id, role) {
            for touch in touches[j] where carrierOfBus[touch.bus] >= 0 {
              guard project.carriers[carrierOfBus[touch.bus]].kind == .electricity else { continue }
              let injected = injected(j, touch)
              for t in net.indices where injected[t] < 0 || !bought { net[t] += injected[t] }
            }
          }
        }
      default: break
      }
    }
    return net
  }
}
