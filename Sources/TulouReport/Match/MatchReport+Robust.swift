import TulouQuantities
import TulouStreams

/// A design with failures in view, and public totals beside the match.
extension MatchReport {
  /// Links that the robust design has beyond the best match, and those it leaves out.
  private func changes(_ robust: RobustMatch) -> (added: [String], left: [String]) {
    let links = park.links.indices
    return (
      links.filter { robust.plan.built[$0] && !result.best.built[$0] }.map { name(link: $0) },
      links.filter { !robust.plan.built[$0] && result.best.built[$0] }.map { name(link: $0) }
    )
  }

  func robustLines(_ robust: RobustMatch) -> [String] {
    let (added, left) = changes(robust)
    let how =
      switch robust.rule {
      case .worst(let weight): "cost with \(NumberText.significant(weight)) times the worst failure of one partner"
      case .shares: "cost with each partner's failure by his share of time away"
      }
    return [
      "Least \(how): \(Scale.text(robust.weighed, currency))/y; the best match comes to \(Scale.text(robust.weighedOfBest, currency))/y by the same count.",
      "Without a failure it costs \(Scale.text(robust.price, currency))/y more. Its worst failure costs the others \(Scale.text(robust.worstLoss, currency))/y, that of the best match \(Scale.text(robust.worstLossOfBest, currency))/y.",
      added.isEmpty && left.isEmpty
        ? "It has the same links; sizes may differ."
        : "It adds \(added.isEmpty ? "no link" : added.joined(separator: ", ")) and leaves out \(left.isEmpty ? "none" : left.joined(separator: ", ")).",
    ]
  }

  var robust: Page.Section {
    guard let robust = result.robust else { return Page.Section(id: "robust", title: "Robust design", []) }
    var table = Table(
      "What the failure of a partner costs the others [\(currency)/y]",
      columns: [.text("Away"), .number("Best match"), .number("Robust design")])
    for (own, other) in zip(robust.failures, robust.failuresOfBest) {
      table.add([
        partner(own.partner), Scale.text(other.loss, currency), Scale.text(own.loss, currency),
      ])
    }
    return Page.Section(id: "robust", title: "Robust design", [.list(robustLines(robust)), .table(table)])
  }

  var robustJSON: JSON {
    guard let robust = result.robust else { return .null }
    func losses(_ failures: [PartnerFailure]) -> JSON {
      .object(failures.map { ($0.partner, .number($0.loss)) })
    }
    let rule: [(String, JSON)] =
      switch robust.rule {
      case .worst(let weight): [("rule", .text("worst")), ("weight", .number(weight))]
      case .shares: [("rule", .text("shares"))]
      }
    return .object(
      rule + [
        ("cost", .number(robust.plan.value)), ("price", .number(robust.price)), ("weighed", .number(robust.weighed)),
        ("bound", .number(robust.bound)), ("weighed_of_best", .number(robust.weighedOfBest)),
        ("built", .array(ids(robust.plan).map(JSON.text))), ("loss", losses(robust.failures)),
        ("loss_of_best", losses(robust.failuresOfBest)),
      ])
  }

  var reports: Page.Section {
    guard !symbiosis.reports.isEmpty else { return Page.Section(id: "reports", title: "Beside public reports", []) }
    let co2 = emissions, saved = water
    var table = Table(
      columns: [.text("Who says it"), .text("Year"), .number("CO₂ avoided"), .number("Water saved"), .quoted("Source")])
    table.add([
      "This match", "", Scale.text(co2.apart - co2.matched, "kg") + "/y",
      NumberText.significant(saved.apart - saved.matched) + " t/y",
      "baseline: every need bought, every waste disposed of",
    ])
    for one in symbiosis.reports {
      table.add([
        one.name, one.year.map(String.init) ?? "", one.emission.map { Scale.text($0, "kg") + "/y" } ?? NumberText.none,
        one.water.map { NumberText.significant($0) + " t/y" } ?? NumberText.none, one.source,
      ])
    }
    let why = symbiosis.reports.map { "\($0.name)\($0.year.map { " (\($0))" } ?? ""): \($0.why)" }
    return Page.Section(id: "reports", title: "Beside public reports", [.table(table), .list(why)])
  }

  var reportsJSON: JSON {
    .array(
      symbiosis.reports.map { one in
        .object([
          ("name", .text(one.name)), ("year", one.year.map(JSON.integer) ?? .null),
          ("co2", JSON.optional(one.emission)), ("water", JSON.optional(one.water)), ("source", .text(one.source)),
          ("why", .text(one.why)),
        ])
      })
  }
}
