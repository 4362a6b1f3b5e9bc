import Foundation
import TulouFiles
import TulouProblem

/// The tables of a network as a problem of our own, by the equations of PyPSA's documentation: power of links and content of
/// stores as it states them, capital cost on the whole size, marginal cost by the weight of the objective.
struct PypsaReading {
  struct Missing: Error { var what: String }
  let network: PypsaNetwork
  private var made: HourlyProblem
  private var rows: [String: Int] = [:]
  /// Share of generators under a limit on CO2.
  private var emission = LinearForm()

  init(_ network: PypsaNetwork) {
    self.network = network
    made = HourlyProblem(
      steps: network.snapshots.count, stepHours: network.stepHours,
      weight: network.weights.map { $0 / network.stepHours }, years: 1)
  }

  private func number(_ one: PypsaNetwork.Component, _ key: String, _ standard: Double) -> Double {
    one.values[key].flatMap(Double.init) ?? standard
  }
  private func profile(_ one: PypsaNetwork.Component, _ key: String, _ standard: Double) -> Profile {
    one.series[key].map(Profile.series) ?? .constant(number(one, key, standard))
  }
  private func all(_ kind: PypsaNetwork.Kind) -> [PypsaNetwork.Component] { network.components[kind] ?? [] }

  func problem() throws -> HourlyProblem {
    var reading = self
    try reading.read()
    return reading.made
  }

  private mutating func read() throws {
    for bus in all(.buses) {
      var wanted = Profile.zero
      for load in all(.loads) where load.values["bus"] == bus.name { wanted = wanted + profile(load, "p_set", 0) }
      rows[bus.name] = made.rows.count
      made.rows.append(.balance(Label(bus.name, .balance), equals: wanted))
    }
    for one in all(.generators) { try generator(one) }
    for one in all(.links) { try link(one) }
    for one in all(.stores) { try store(one) }
    for one in all(.storageUnits) { try storageUnit(one) }
    for limit in all(.globalConstraints) {
      made.yearlyRows.append(YearlyRow(Label(limit.name, .limit), emission, upper: number(limit, "constant", 0)))
    }
  }

  private func row(_ one: PypsaNetwork.Component, _ key: String) throws -> Int {
    guard let bus = one.values[key], let row = rows[bus] else { throw Missing(what: "\(one.name).\(key)") }
    return row
  }

  /// The size of a thing: a capacity of the problem, also where it is given.
  private mutating func size(_ one: PypsaNetwork.Component, _ key: String) -> Int {
    let isFree = one.values["\(key)_extendable"] == "True"
    let given = number(one, key, 0)
    made.capacities.append(
      Capacity(
        Label(one.name, .size), lower: isFree ? number(one, "\(key)_min", 0) : given,
        upper: isFree ? number(one, "\(key)_max", 1e9) : given))
    if isFree { made.objective.add(capacity: made.capacities.count - 1, number(one, "capital_cost", 0)) }
    return made.capacities.count - 1
  }

  private mutating func cost(_ j: Int, _ profile: Profile) {
    if !profile.isZero { made.objective.add(flow: j, profile) }
  }

  private mutating func generator(_ one: PypsaNetwork.Component) throws {
    let k = size(one, "p_nom"), j = made.flows.count
    let most = profile(one, "p_max_pu", 1), least = profile(one, "p_min_pu", 0)
    var flow = Flow(
      Label(one.name, .production), rows: [RowTerm(try row(one, "bus"), .constant(number(one, "sign", 1)))],
      upper: [.capacity(k, factor: most)])
    if !least.isZero {
      flow.rowTerms.append(RowTerm(made.rows.count, .one))
      made.capacities[k].rowTerms.append(RowTerm(made.rows.count, least * -1))
      made.rows.append(HourlyRow(label: Label(one.name, .limit), lower: .zero))
    }
    made.flows.append(flow)
    cost(j, profile(one, "marginal_cost", 0))
    if let carrier = all(.carriers).first(where: { $0.name == one.values["carrier"] }) {
      let factor = number(carrier, "co2_emissions", 0)
      if factor != 0 { emission.add(flow: j, .constant(factor)) }
    }
  }

  private mutating func link(_ one: PypsaNetwork.Component) throws {
    let k = size(one, "p_nom")
    var ways = [(sign: 1.0, profile(one, "p_max_pu", 1))]
    if number(one, "p_min_pu", 0) < 0 { ways.append((-1, .constant(-number(one, "p_min_pu", 0)))) }
    for (sign, share) in ways {
      var terms = [RowTerm(try row(one, "bus0"), .constant(-sign))]
      for n in 1...4 where one.values["bus\(n)"] != nil {
        let key = n == 1 ? "efficiency" : "efficiency\(n)"
        terms.append(RowTerm(try row(one, "bus\(n)"), profile(one, key, 1) * sign))
      }
      made.flows.append(Flow(Label(one.name, .forward), rows: terms, upper: [.capacity(k, factor: share)]))
      cost(made.flows.count - 1, profile(one, "marginal_cost", 0) * sign)
    }
  }

  /// PyPSA's content is that at the end of a step, ours that at its start; only cyclic contents are read.
  private func atStart(_ share: Profile) -> Profile {
    guard share.constantValue == nil, let last = share.expanded(made.steps).last else { return share }
    return .series([last] + share.expanded(made.steps).dropLast())
  }

  private mutating func store(_ one: PypsaNetwork.Component) throws {
    let k = size(one, "e_nom"), s = made.states.count, row = try row(one, "bus")
    made.states.append(
      State(
        Label(one.name, .content), retention: .constant(pow(1 - number(one, "standing_loss", 0), made.stepHours)),
        lower: .capacity(k, factor: atStart(profile(one, "e_min_pu", 0))),
        upper: .capacity(k, factor: atStart(profile(one, "e_max_pu", 1)))))
    guard one.values["e_cyclic"] == "True" else { throw Missing(what: "\(one.name) begins with a content") }
    for sign in [1.0, -1] {
      made.flows.append(
        Flow(
          Label(one.name, .discharge), rows: [RowTerm(row, .constant(sign))], states: [StateTerm(s, .constant(-sign))],
          upper: [.fixed(.constant(1e6))]))
    }
  }

  private mutating func storageUnit(_ one: PypsaNetwork.Component) throws {
    let k = size(one, "p_nom"), s = made.states.count, row = try row(one, "bus")
    made.states.append(
      State(
        Label(one.name, .content), retention: .constant(pow(1 - number(one, "standing_loss", 0), made.stepHours)),
        upper: .capacity(k, factor: .constant(number(one, "max_hours", 1)))))
    made.flows.append(
      Flow(
        Label(one.name, .charge), rows: [RowTerm(row, .constant(-1))],
        states: [StateTerm(s, .constant(number(one, "efficiency_store", 1)))], upper: [.capacity(k)]))
    made.flows.append(
      Flow(
        Label(one.name, .discharge), rows: [RowTerm(row, .one)],
        states: [StateTerm(s, .constant(-1 / number(one, "efficiency_dispatch", 1)))], upper: [.capacity(k)]))
    cost(made.flows.count - 1, profile(one, "marginal_cost", 0))
  }
}
