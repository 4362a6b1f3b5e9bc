import TulouProblem
import TulouSolvers

/// How failures of partners are weighed when links are chosen.
public enum RobustRule: Sendable, Equatable {
  /// The loss of the others in the worst failure of one partner, times this weight, is added to the cost.
  case worst(weight: Double)
  /// The loss in each partner's failure, times the share of the time in which he is away, is added to the cost.
  case shares
}

/// A match that is chosen with the failure of each partner in view, beside the one that is not.
package struct RobustMatch: Sendable, Equatable {
  /// How failures were weighed.
  package var rule: RobustRule
  /// The match; `value` is its yearly cost without any failure.
  package var plan: MatchPlan
  /// Cost and weighed losses together [money/y], and the proven least of them.
  package var weighed: Double, bound: Double
  /// The same of the best match [money/y].
  package var weighedOfBest: Double
  /// What each failure does to it, and to the best match, in the order of the partners.
  package var failures: [PartnerFailure], failuresOfBest: [PartnerFailure]
  /// What it costs more without any failure [money/y].
  package var price: Double

  /// The largest loss of the others [money/y].
  package var worstLoss: Double { failures.map(\.loss).max() ?? 0 }
  /// The same of the best match [money/y].
  package var worstLossOfBest: Double { failuresOfBest.map(\.loss).max() ?? 0 }
}

extension Matching {
  /// The match of least cost and weighed losses, each partner away once; links and sizes are chosen once, flows for each failure.
  ///
  /// - Parameter best: The match of least cost alone.
  package func robust(_ rule: RobustRule, best: MatchPlan) throws(MatchFailure) -> RobustMatch {
    guard goal == .money else { throw MatchFailure("A robust design is one of money; the objective is another.") }
    let model = RobustProblem(park, rule)
    let plan = try solve(model.match)
    // The best match weighed the same way: its links, measures and sizes stay.
    var held = model.match
    held.fix(built: best.built)
    held.fix(measures: best.measures)
    held.fix(trenches: best.trenches)
    for (a, size) in best.sizes.enumerated() {
      held.problem.capacities[held.size[a]].lower = size
      held.problem.capacities[held.size[a]].upper = size
    }
    held.problem.yearlyRows.removeAll { row in row.form.flows.isEmpty }
    let weighedOfBest = try solveIfPossible(held)?.value ?? .infinity
    var chosen = plan
    chosen.value = cost(of: plan)
    var failures: [PartnerFailure] = [], failuresOfBest: [PartnerFailure] = []
    for partner in park.partners {
      failures.append(try failure(of: partner.id, chosen))
      failuresOfBest.append(try failure(of: partner.id, best))
    }
    return RobustMatch(
      rule: rule, plan: chosen, weighed: plan.value, bound: plan.bound, weighedOfBest: weighedOfBest,
      failures: failures, failuresOfBest: failuresOfBest, price: chosen.value - best.value)
  }

  /// Cost of a plan without any failure [money/y].
  func cost(of plan: MatchPlan) -> Double {
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    var cost = 0.0
    for (a, link) in park.links.enumerated() {
      cost += price.transport(link) * park.yearly(plan.flows[a])
      cost += price.money(link.fixed) * (plan.built[a] ? 1 : 0) + price.money(link.perCapacity) * plan.sizes[a]
    }
    for (d, sink) in park.sinks.enumerated() { cost += price.fresh(sink) * park.yearly(plan.fresh[d]) }
    for (s, source) in park.sources.enumerated() { cost += price.disposal(source) * park.yearly(plan.disposed[s]) }
    for (k, one) in park.trenches.enumerated() where plan.trenches[k] { cost += price.money(one.fixed) }
    for (m, entry) in park.reductions.enumerated() where plan.measures[m] {
      cost += price.yearly(entry.measure, lowers: entry.lowers, in: park)
    }
    return cost
  }
}

/// The match with a copy of its flows for each partner who may be away.
///
/// In a copy his streams are 0 and contracts with him waived; fresh supply and disposal may not exceed those of the plan, and what
/// is missing costs the emergency price: `fresh^m + emergency^m + sum_a efficiency_a f^m_a = need`, `fresh^m <= fresh`. The loss is
/// what purchase and disposal of the others cost more than in the plan; `worst` takes the largest as a column W with
/// `loss_m <= W`, `shares` the sum by the share of the time that each partner is away.
struct RobustProblem {
  var match: MatchProblem
  private let park: Park

  init(_ park: Park, _ rule: RobustRule) {
    self.park = park
    match = MatchProblem(park)
    var worst: Int?
    if case .worst(let weight) = rule {
      worst = match.problem.capacities.count
      match.problem.capacities.append(Capacity(Label("worst failure", .size), upper: greatestLoss))
      match.problem.objective.add(capacity: match.problem.capacities.count - 1, weight)
    }
    for partner in park.partners {
      let loss = addCopy(without: partner.id)
      switch rule {
      case .worst:
        guard let worst else { continue }
        var form = loss
        form.add(capacity: worst, -1)
        match.problem.yearlyRows.append(YearlyRow(Label(partner.id, .limit), form, upper: 0))
      case .shares: match.problem.objective.add(loss, times: partner.away)
      }
    }
  }

  /// No failure can cost more than to buy and dispose of everything in need.
  private var greatestLoss: Double {
    park.sinks.reduce(1) { $0 + max(0, emergency($1)) * park.yearly($1.need) }
      + park.sources.reduce(0) { $0 + max(0, emergency($1)) * park.yearly($1.supply) }
      + park.sources.reduce(0) { $0 + abs($1.disposal) * park.yearly($1.supply) }
  }

  private func emergency(_ sink: StreamSink) -> Double { sink.emergencyPrice + park.carbonPrice * sink.emission }
  private func emergency(_ source: StreamSource) -> Double {
    source.emergencyDisposal + park.carbonPrice * source.disposalEmission
  }

  /// Adds the flows and rows of a year without a partner; answers what the others lose.
  private mutating func addCopy(without partner: String) -> LinearForm {
    let copy = MatchProblem(park.without(partner))
    let flow = match.problem.flows.count, row = match.problem.rows.count
    for var one in copy.problem.flows {
      one.rowTerms = one.rowTerms.map { RowTerm($0.row + row, $0.coefficient) }
      match.problem.flows.append(one)
    }
    match.problem.rows += copy.problem.rows
    for (k, capacity) in copy.problem.capacities.enumerated() {
      match.problem.capacities[k].rowTerms += capacity.rowTerms.map { RowTerm($0.row + row, $0.coefficient) }
    }
    for var one in copy.problem.yearlyRows where !one.form.flows.isEmpty {
      one.form.flows = Dictionary(uniqueKeysWithValues: one.form.flows.map { ($0.key + flow, $0.value) })
      match.problem.yearlyRows.append(one)
    }
    let price = MatchPrices(.money, carbonPrice: park.carbonPrice)
    var loss = LinearForm()
    for (d, sink) in park.sinks.enumerated() where sink.partner != partner {
      add(
        flow + copy.fresh[d], planned: match.fresh[d], price: price.fresh(sink), emergency: emergency(sink),
        most: sink.need, Label(sink.id, .unserved), to: &loss)
    }
    for (s, source) in park.sources.enumerated() where source.partner != partner {
      add(
        flow + copy.disposed[s], planned: match.disposed[s], price: price.disposal(source),
        emergency: emergency(source), most: source.supply,
        Label(source.id, .spill, part: .named("emergency")), to: &loss)
    }
    return loss
  }

  /// Holds a flow of a copy at that of the plan, with a dearer one beside it.
  private mutating func add(
    _ own: Int, planned: Int, price: Double, emergency: Double, most: [Double], _ label: Label,
    to loss: inout LinearForm
  ) {
    let extra = match.problem.flows.count
    match.problem.flows.append(
      Flow(label, rows: match.problem.flows[own].rowTerms, upper: [.fixed(.series(most))]))
    let row = match.problem.rows.count
    match.problem.rows.append(HourlyRow(label: Label(label.id, .limit, part: .named("planned")), upper: .zero))
    match.problem.flows[own].rowTerms.append(RowTerm(row, .one))
    match.problem.flows[planned].rowTerms.append(RowTerm(row, .constant(-1)))
    loss.add(flow: own, .constant(price))
    loss.add(flow: planned, .constant(-price))
    loss.add(flow: extra, .constant(emergency))
  }
}

extension Park {
  /// The park in a year without a partner: his streams are 0, and contracts with him are waived.
  func without(_ partner: String) -> Park {
    var park = self
    for s in sources.indices where sources[s].partner == partner { park.sources[s].supply = blocks.map { _ in 0 } }
    for d in sinks.indices where sinks[d].partner == partner { park.sinks[d].need = blocks.map { _ in 0 } }
    for a in links.indices where giver(of: links[a]) == partner || taker(of: links[a]) == partner {
      park.links[a].minimum = 0
    }
    park.agreements.removeAll { $0.giver == partner || $0.taker == partner }
    return park
  }
}
