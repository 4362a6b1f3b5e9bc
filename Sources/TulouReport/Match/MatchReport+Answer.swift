import TulouProblem
import TulouQuantities
import TulouStreams

extension MatchReport {
  /// Money, CO2 or energy a year in words.
  func goal(_ value: Double) -> String {
    switch result.best.goal {
    case .money: Scale.text(value, currency) + "/y"
    case .co2: Scale.text(value, "kg") + "/y"
    case .outsideEnergy: Scale.text(value, "kWh") + "/y"
    }
  }

  /// A yearly amount of a kind in words.
  func amount(_ value: Double, _ kind: StreamKind) -> String {
    kind.isEnergy ? Scale.text(value, "kWh") + "/y" : NumberText.significant(value) + " t/y"
  }

  /// Links that are built, with both values.
  var matchTable: Table {
    var table = Table(
      columns: [
        .text("From"), .text("To"), .text("Stream"), .number("Amount"), .number("Value"), .number("Marginal"),
        .number("CO2 avoided"), .number("Price band [\(currency)]"),
      ])
    for a in built {
      let link = park.links[a], value = result.values[a], source = park.sources[link.source]
      let marginal = result.marginals[a].map { $0.isFinite ? goal($0) : "needed" } ?? NumberText.none
      table.add([
        partner(source.partner), partner(park.taker(of: link)),
        name(source: source) + (link.upgrade.map { " by \($0)" } ?? ""), amount(value.sent, source.kind),
        Scale.text(value.accounting, currency) + "/y", marginal, Scale.text(value.emission, "kg") + "/y",
        "\(NumberText.significant(value.lowestPrice)) to \(NumberText.significant(value.highestPrice)) per \(source.kind.amountUnit)",
      ])
    }
    return table
  }

  /// Pairs that screening rejects, with the reason.
  var rejectedTable: Table {
    var table = Table(columns: [.text("From"), .text("Stream"), .text("To"), .text("Need"), .text("Reason")])
    for pair in result.screening.rejected {
      let source = park.sources[pair.source], sink = park.sinks[pair.sink]
      table.add([
        partner(source.partner), name(source: source), partner(sink.partner), name(sink: sink), pair.reason,
      ])
    }
    return table
  }

  /// Sets of links with their values.
  func setTable(_ plans: [MatchPlan]) -> Table {
    var table = Table(columns: [.number("Rank"), .number("Value"), .text("Links")])
    for (i, plan) in plans.enumerated() {
      let links = names(plan)
      table.add(["\(i + 1)", goal(result.apart - plan.value), links.isEmpty ? "none" : links.joined(separator: ", ")])
    }
    return table
  }

  /// Who is hurt by whose failure.
  var failureTable: Table {
    var table = Table(
      columns: [
        .text("Away"), .number("Loss of the others"), .text("Hurt"), .number("Loss"), .text("Short of"),
        .number("Share"),
        .number("Stock bridges"),
      ])
    for failure in result.failures.sorted(by: { $0.loss > $1.loss }) {
      if failure.victims.isEmpty {
        table.add([partner(failure.partner), "0 \(currency)/y", "nobody"])
      }
      for (i, victim) in failure.victims.enumerated() {
        table.add([
          i == 0 ? partner(failure.partner) : "", i == 0 ? Scale.text(failure.loss, currency) + "/y" : "",
          partner(victim.partner), Scale.text(victim.loss, currency) + "/y",
          stream(victim.sink) + (victim.isBroken ? " (chain broken)" : ""), percent(victim.missingShare),
          victim.sink.isEmpty ? "" : percent(bridged(victim)),
        ])
      }
    }
    return table
  }

  func percent(_ share: Double) -> String { NumberText.significant(100 * share) + " %" }

  /// The partner whose failure costs the others most, in a sentence; nil where none was asked for.
  var worstFailure: String? {
    // Of some failures none is the worst of all.
    guard !result.leftOut.contains(.failures) else { return nil }
    guard let worst = result.failures.max(by: { $0.loss < $1.loss }), worst.loss > 0 else { return nil }
    let broken = worst.victims.filter(\.isBroken).count
    return
      "The failure of \(partner(worst.partner)) hurts most: \(Scale.text(worst.loss, currency))/y and \(worst.victims.count) of \(park.partners.count - 1) other partners"
      + (broken > 0 ? ", \(broken) of which lose more than half of a stream." : ".")
  }

  /// What the time left out, in a sentence; nil where all is answered.
  var leftOut: String? {
    result.leftOut.isEmpty
      ? nil : "The time was over; left out are: \(result.leftOut.map(\.rawValue).joined(separator: "; "))."
  }

  /// `1 stream`, `2 streams`.
  private func many(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// The answer in the terminal.
  package func answer(report: String) -> [String] {
    var lines = [
      "\(name): \(many(park.partners.count, "partner")), \(many(park.sources.count, "stream")) out, \(park.sinks.count) in; \(many(park.links.count, "link")) possible, \(result.screening.rejected.count) rejected",
      "Apart \(goal(result.apart)), matched \(goal(result.best.value)): worth \(goal(result.value)) in \(goalWords).",
      result.best.bound.isFinite
        ? "Bound \(goal(result.best.bound)), gap \(percent(Dust.unrounded(result.best.gap, scale: 1))), \(solver)."
        : "The time was over before there was a bound: a better match may be possible (\(solver)).",
    ]
    if let leftOut { lines.append(leftOut) }
    if built.isEmpty { lines.append("No link is worth building.") } else { lines += matchTable.lines }
    let sum = built.reduce(0) { $0 + result.values[$1].accounting }
    if !built.isEmpty, result.best.goal == .money {
      lines.append(
        "Values of single links add up to \(Scale.text(sum, currency))/y before trenches and measures; marginal values do not add up."
      )
    }
    lines += targetLines
    if !result.alternatives.isEmpty {
      lines += ["", "Best sets"] + setTable(result.alternatives).lines
      lines += ["", "Clearly different sets"] + setTable(result.different).lines
    }
    if let order = result.reduction { lines += [""] + reductionLines(order) }
    if !result.failures.isEmpty {
      lines += ["", "When a partner is away"] + failureTable.lines + (worstFailure.map { [$0] } ?? [])
    }
    if let robust = result.robust { lines += ["", "Robust design"] + robustLines(robust) }
    if !result.front.isEmpty { lines += ["", "Trade-off"] + frontTable.lines }
    if !result.screening.rejected.isEmpty {
      lines += ["", "Rejected (all \(result.screening.rejected.count) in rejected.csv)"]
      var few = rejectedTable
      few.rows = Array(few.rows.prefix(12))
      lines += few.lines
    }
    return lines + ["Report: \(report)"]
  }

  var frontTable: Table {
    var table = Table(columns: [.number("First goal"), .number("Second goal"), .text("Links")])
    for point in result.front {
      table.add([
        NumberText.significant(point.first, digits: 5), NumberText.significant(point.second, digits: 5),
        names(point.plan).joined(separator: ", "),
      ])
    }
    return table
  }

  /// Targets in sentences.
  var targetLines: [String] {
    var lines: [String] = []
    if let heat = result.heat {
      let all = heat.all
      let pinch = all.pinches.map { NumberText.significant($0) }.joined(separator: ", ")
      lines.append(
        "Heat targets: at least \(Scale.text(all.hotUtility, "kW")) from outside and \(Scale.text(all.coldUtility, "kW")) of cooling, \(Scale.text(all.recovered, "kW")) recovered; pinch at \(pinch) degC (shifted)."
      )
      if let share = recoveredShare {
        lines.append("The match recovers \(percent(share)) of what thermodynamics allows.")
      }
    }
    for one in result.water {
      lines.append(
        "Water target (\(one.substance)): at least \(NumberText.significant(one.all.fresh)) t/h fresh, \(NumberText.significant(one.all.waste)) t/h leave; \(NumberText.significant(one.all.withoutReuse)) t/h without reuse"
          + (one.all.regenerated > 0 ? ", \(NumberText.significant(one.all.regenerated)) t/h regenerated." : "."))
    }
    return lines
  }

  func reductionLines(_ order: ReductionOrder) -> [String] {
    var lines = [
      "Reduction first: measures alone are worth \(goal(result.apart - order.measuresOnly.value)), with links decided together \(goal(result.apart - order.together.value)), measures first and then links \(goal(result.apart - order.reductionFirst.value)).",
      "Putting reduction first costs \(goal(order.price)).",
    ]
    for lock in order.lockedIn {
      let kind = park.sources.first { $0.id == lock.source }?.kind ?? .material
      lines.append(
        "Lock-in: '\(stream(lock.source))' cannot save and keep \(lock.contracts.map { "'\(agreement($0))'" }.joined(separator: ", ")): \(amount(lock.missing, kind)) would be missing."
      )
    }
    return lines
  }
}
