import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Draft {
  /// `0 <= c_t, d_t <= G_p; e_min <= e_t <= G_e; e_{t+1} = (1 - sigma)^dt e_t + eta_c c_t dt - d_t dt / eta_d`.
  mutating func add(_ storage: StorageBlock, of component: Component) {
    guard let row = row(storage.bus, for: component.id) else { return }
    guard let sizes = storageSizes(storage, of: component) else {
      faults.append(
        Diagnostic(
          .error, "Storage '\(component.id)' has no size.", advice: "Give it a capacity.",
          path: "components.\(component.id).capacity"))
      return
    }
    let retention = pow(1 - storage.standingLoss, stepHours)
    let least = 1 - storage.depth
    let s = problem.states.count
    func content(_ share: Double) -> Bound {
      .capacity(sizes.energy, factor: .constant(share * sizes.hours))
    }
    problem.states.append(
      State(
        Label(component.id, .content), retention: .constant(retention),
        lower: least > 1e-12 ? content(least) : .fixed(.zero), upper: content(1),
        boundary: storage.initialShare.map { .initial(content($0)) } ?? .cyclic))
    // Without a power limit a step can at most fill or empty the whole content: a limit that excludes nothing but
    // charging and discharging in circles.
    let chargeLimit: Bound
    let dischargeLimit: Bound
    if let power = sizes.power {
      chargeLimit = .capacity(power)
      dischargeLimit = .capacity(power)
    } else {
      chargeLimit = content(1 / (storage.chargeEfficiency * stepHours))
      dischargeLimit = content(storage.dischargeEfficiency / stepHours)
    }
    let charge = add(
      Flow(
        Label(component.id, .charge, bus: storage.bus), rows: [RowTerm(row, .constant(-1))],
        states: [StateTerm(s, .constant(storage.chargeEfficiency))], upper: [chargeLimit]))
    let discharge = add(
      Flow(
        Label(component.id, .discharge, bus: storage.bus), rows: [RowTerm(row, .one)],
        states: [StateTerm(s, .constant(-1 / storage.dischargeEfficiency))], upper: [dischargeLimit]),
      cash: money.level(storage.costPerKWh, steps: steps))
    problem.opposed.append(Exclusion(charge, discharge))

    if project.horizon.periods.count > 1 {
      assumptions.append(
        Assumption(
          path: "components.\(component.id)", value: "closes its cycle within each period",
          source: "representative periods stand for themselves: nothing is carried from one to another",
          kind: .relaxation))
    }
    var unheard: [String] = []
    if storage.kinetic != nil { unheard.append("'kinetic'") }
    if storage.fade != nil { unheard.append("'fade'") }
    if !unheard.isEmpty {
      notes.append(
        Diagnostic(
          .warning,
          "The plan leaves \(unheard.joined(separator: " and ")) of '\(component.id)' out: they act in dispatch by rules.",
          path: "components.\(component.id)", code: .leftToRules))
    }
    if let cycles = storage.cycleLife {
      let life = component.sizes.compactMap(\.cost.life).first ?? project.economy.lifetime
      problem.yearlyRows.append(
        YearlyRow(
          Label(component.id, .limit, part: .cycleLife),
          LinearForm(
            flows: [discharge: .constant(1 / storage.dischargeEfficiency)],
            capacities: [sizes.energy: -cycles / life * money.years * sizes.hours]),
          upper: 0))
    }
    if case .hoursBetween(let low, let high) = storage.shape, let power = sizes.power {
      problem.yearlyRows.append(
        YearlyRow(
          Label(component.id, .limit, part: .hoursMin),
          LinearForm(capacities: [sizes.energy: 1, power: -low]), lower: 0))
      if high.isFinite {
        problem.yearlyRows.append(
          YearlyRow(
            Label(component.id, .limit, part: .hoursMax),
            LinearForm(capacities: [sizes.energy: 1, power: -high]), upper: 0))
      }
    }
    if busesWithReadiness.contains(storage.bus) {
      addReadyPower(
        storage, of: component, state: s, retention: retention, discharge: discharge,
        power: sizes.power, least: content(least))
    }
  }

  /// Which capacities bound power and content; `hours` is content per unit of the energy capacity.
  private func storageSizes(
    _ storage: StorageBlock, of component: Component
  ) -> (power: Int?, energy: Int, hours: Double)? {
    switch storage.shape {
    case .hours(let hours): return capacity(component, .power).map { ($0, $0, hours) }
    case .energyOnly: return capacity(component, .energy).map { (nil, $0, 1) }
    case .hoursBetween, .independent:
      guard let parts = capacityOfSize[component.id], let energy = parts[.energy] else { return nil }
      return (parts[.power], energy, 1)
    }
  }

  /// Power that a storage could give for one step: at most its rating, at most what its content lasts for.
  private mutating func addReadyPower(
    _ storage: StorageBlock, of component: Component, state s: Int, retention: Double, discharge: Int, power: Int?,
    least: Bound
  ) {
    let r = problem.rows.count
    problem.rows.append(
      HourlyRow(
        label: Label(component.id, .limit, part: .reserve, bus: storage.bus), lower: .constant(-.infinity),
        upper: .zero))
    var flow = Flow(
      Label(component.id, .auxiliary, part: .reserve, bus: storage.bus),
      rows: [RowTerm(r, .constant(stepHours / storage.dischargeEfficiency))])
    if let power {
      flow.upper = [.capacity(power)]
    } else if let upper = problem.flows[discharge].upper.first {
      flow.upper = [upper]
    }
    problem.states[s].rowTerms.append(RowTerm(r, .constant(-retention)))
    if storage.depth < 1, case .one(let k)? = least.capacity {
      problem.capacities[k].rowTerms.append(RowTerm(r, least.factor))
    }
    let j = add(flow)
    offer(at: storage.bus) { offers in
      offers.flows.append((j, .one))
      offers.flows.append((discharge, .constant(-1)))
    }
  }
}
