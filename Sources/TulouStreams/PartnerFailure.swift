import TulouProblem
import TulouSolvers

/// What happens when a partner is away all year while what is built stays.
package struct PartnerFailure: Sendable, Equatable {
  /// Who is away.
  package var partner: String
  /// Cost of all others and of links a year [money/y].
  package var cost: Double
  /// What it costs the others more than with him there [money/y].
  package var loss: Double
  /// The same for each other partner who loses anything [money/y].
  package var victims: [Victim]
  /// Someone who is hurt.
  package struct Victim: Sendable, Equatable {
    /// Who.
    package var partner: String
    /// What it costs him [money/y].
    package var loss: Double
    /// Largest share of one of his needs that has to be bought in need [-].
    package var missingShare: Double
    /// The sink with that share.
    package var sink: String
    /// How long his stock of it lasts [h].
    package var stockHours: Double
    /// Whether more than half of a stream has no planned supply: the chain is broken.
    package var isBroken: Bool { missingShare > 0.5 }
  }
}

extension Matching {
  /// What the failure of `partner` does to a plan whose links and sizes stay.
  ///
  /// What is bought above plan costs the emergency price of the sink, what is disposed of above plan that of the source; his own
  /// need and supply are gone, and contracts with him are waived. Of all answers of that least cost the one is told in which least is
  /// missing: what could as well be as planned is not lost.
  package func failure(of partner: String, _ plan: MatchPlan) throws(MatchFailure) -> PartnerFailure {
    let model = failureProblem(of: partner, plan)
    var options = options
    options.integers = false
    let cheapest = solver.solve(model.problem, options: options)
    guard cheapest.hasPlan else {
      if cheapest.status == .limit || cheapest.status == .cancelled {
        throw MatchFailure("The time was over before the failure of '\(partner)' was looked at.", isLimit: true)
      }
      throw MatchFailure(
        cheapest.message.isEmpty
          ? "Without '\(partner)' a contract between others cannot be kept." : cheapest.message)
    }
    let solution = solver.solve(model.nearest(to: cheapest), options: options)
    guard solution.status == .optimal else {
      // A verdict that rests on which of two equal answers came first is none.
      throw MatchFailure(
        "What the failure of '\(partner)' takes from others was not found: \(solution.message)",
        isLimit: solution.status == .limit || solution.status == .cancelled)
    }
    let scale = max(1, abs(cheapest.objective))
    var victims: [PartnerFailure.Victim] = []
    for other in park.partners.map(\.id) where other != partner {
      var victim = victim(other, plan, solution, model)
      victim.loss = Dust.cleaned(victim.loss, scale: scale)
      if victim.loss > 0 || victim.missingShare > 0 { victims.append(victim) }
    }
    victims.sort { $0.loss != $1.loss ? $0.loss > $1.loss : $0.partner < $1.partner }
    return PartnerFailure(
      partner: partner, cost: cheapest.objective, loss: victims.reduce(0) { $0 + max(0, $1.loss) }, victims: victims)
  }

  private func failureProblem(of partner: String, _ plan: MatchPlan) -> FailureModel {
    let crippled = park.without(partner)
    var match = MatchProblem(crippled)
    match.fix(built: plan.built)
    match.fix(measures: plan.measures)
    match.fix(trenches: plan.trenches)
    for a in park.links.indices {
      match.problem.capacities[match.size[a]].lower = plan.sizes[a]
      match.problem.capacities[match.size[a]].upper = plan.sizes[a]
    }
    // The sizes are what they are; rows that chose them hold but for rounding.
    match.problem.yearlyRows.removeAll { row in row.form.flows.isEmpty }
    var problem = match.problem
    let firstExtra = problem.flows.count
    for (d, sink) in crippled.sinks.enumerated() {
      problem.flows[match.fresh[d]].upper = [.fixed(.series(plan.fresh[d]))]
      let extra = problem.flows.count
      problem.flows.append(
        Flow(
          Label(sink.id, .unserved), rows: problem.flows[match.fresh[d]].rowTerms, upper: [.fixed(.series(sink.need))]))
      problem.objective.add(flow: extra, .constant(sink.emergencyPrice + park.carbonPrice * sink.emission))
    }
    for (s, source) in crippled.sources.enumerated() {
      problem.flows[match.disposed[s]].upper = [.fixed(.series(plan.disposed[s]))]
      let extra = problem.flows.count
      problem.flows.append(
        Flow(
          Label(source.id, .spill, part: .named("emergency")), rows: problem.flows[match.disposed[s]].rowTerms,
          upper: [.fixed(.series(source.supply))]))
      problem.objective.add(
        flow: extra, .constant(source.emergencyDisposal + park.carbonPrice * source.disposalEmission))
    }
    return FailureModel(park: crippled, match: match, problem: problem, firstExtra: firstExtra)
  }

  private struct FailureModel {
    var park: Park
    var match: MatchProblem
    var problem: HourlyProblem
    /// First flow of purchases in need, by sink; those of disposals follow.
    var firstExtra: Int

    /// The problem of least change at the cost of `cheapest`: the sum of what is bought and disposed of beyond plan, each as a share of
    /// its stream.
    func nearest(to cheapest: Solution) -> HourlyProblem {
      var near = problem
      // As a share of the cost, for the solver's tolerance is absolute.
      let scale = max(1, abs(cheapest.objective))
      var cost = LinearForm()
      cost.add(problem.objective, times: 1 / scale)
      near.yearlyRows.append(
        YearlyRow(Label("cost", .limit, part: .front), cost, upper: cheapest.objective / scale + 1e-10))
      near.objective = LinearForm()
      let streams = park.sinks.map(\.need) + park.sources.map(\.supply)
      for (k, stream) in streams.enumerated() where park.yearly(stream) > 0 {
        near.objective.add(flow: firstExtra + k, .constant(1 / park.yearly(stream)))
      }
      return near
    }
  }

  private func victim(
    _ other: String, _ plan: MatchPlan, _ solution: Solution, _ model: FailureModel
  ) -> PartnerFailure.Victim {
    let price = MatchPrices(.money, carbonPrice: park.carbonPrice)
    var loss = 0.0, worst = 0.0, name = "", stock = 0.0
    for (d, sink) in park.sinks.enumerated() where sink.partner == other {
      let extra = solution.flows[model.firstExtra + d]
      let bought = solution.flows[model.match.fresh[d]]
      loss += price.fresh(sink) * (park.yearly(bought) - park.yearly(plan.fresh[d]))
      loss += (sink.emergencyPrice + park.carbonPrice * sink.emission) * park.yearly(extra)
      // What costs nothing in need, neither money nor CO2 nor energy, is not missing: a treatment plant with less to treat.
      guard sink.emergencyPrice > 0 || sink.emission > 0 || sink.outsideEnergy > 0 else { continue }
      let need = park.yearly(sink.need)
      let share = need > 0 ? Dust.cleaned(park.yearly(extra) / need, scale: 1) : 0
      if share > worst {
        worst = share
        name = sink.id
        stock = sink.stockHours
      }
    }
    for (s, source) in park.sources.enumerated() where source.partner == other {
      let extra = solution.flows[model.firstExtra + park.sinks.count + s]
      let gone = solution.flows[model.match.disposed[s]]
      loss += price.disposal(source) * (park.yearly(gone) - park.yearly(plan.disposed[s]))
      loss += (source.emergencyDisposal + park.carbonPrice * source.disposalEmission) * park.yearly(extra)
    }
    return PartnerFailure.Victim(partner: other, loss: loss, missingShare: worst, sink: name, stockHours: stock)
  }
}
