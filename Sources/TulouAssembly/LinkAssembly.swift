import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `0 <= f_t <= G` at the input of each direction, `eta f_t` arrives. A meter's charge is cash that leaves.
  mutating func add(_ link: LinkBlock, of component: Component) {
    guard let from = row(link.from, for: component.id), let to = row(link.to, for: component.id) else { return }
    var upper: [Bound] = []
    if let k = capacity(component) {
      upper.append(.capacity(k, factor: .constant(link.ratedAtOutput ? 1 / link.efficiency : 1)))
    }
    if let limit = link.limit { upper.append(.fixed(.constant(limit))) }
    // A charge that a member receives stays in the cluster (rule M10).
    let stays = project.sharing.networkChargeTo.map { id in project.members.contains { $0.id == id } } ?? false
    var charge = money.level(link.costPerInput, steps: steps)
    if !stays, link.chargePerKWh != 0 { charge = charge.map { $0 + link.chargePerKWh } }
    let forward = add(
      Flow(
        Label(component.id, .forward),
        rows: [RowTerm(from, .constant(-1)), RowTerm(to, .constant(link.efficiency))], upper: upper), cash: charge)
    lend(component.id, .forward, forward, from: link.from, to: link.to, efficiency: link.efficiency)
    guard link.twoWay else { return }
    let backward = add(
      Flow(
        Label(component.id, .backward),
        rows: [RowTerm(to, .constant(-1)), RowTerm(from, .constant(link.efficiency))], upper: upper), cash: charge)
    lend(component.id, .backward, backward, from: link.to, to: link.from, efficiency: link.efficiency)
  }

  /// Pairs that undo each other: ways along links that lead from a bus to another and back (an inverter beside a rectifier
  /// as well as both ways of a line), purchase and sale at a meter that is read net. Those of storages and vehicles are
  /// noted where these are added.
  mutating func addOpposedFlows() {
    var ways: [(flow: Int, from: Int, to: Int)] = []
    for (j, flow) in problem.flows.enumerated()
    where (flow.label.role == .forward || flow.label.role == .backward) && flow.stateTerms.isEmpty {
      guard let from = flow.rowTerms.first(where: { $0.coefficient.maximum < 0 })?.row,
        let to = flow.rowTerms.first(where: { $0.coefficient.minimum > 0 })?.row
      else { continue }
      for way in ways where way.from == to && way.to == from { problem.opposed.append(Exclusion(way.flow, j)) }
      ways.append((j, from, to))
    }
    for market in project.markets where market.metering == .net && !market.onlyAlone {
      guard let sale = sales[market.id] else { continue }
      for purchase in purchases[market.id] ?? [] { problem.opposed.append(Exclusion(purchase, sale)) }
    }
  }
}
