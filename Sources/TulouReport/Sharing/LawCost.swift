import TulouPlanning
package import TulouProject
import TulouQuantities
package import TulouSharing

/// What a law of sharing costs a cluster, against a plan without its bounds and against fair shares.
package struct LawCost: Sendable {
  /// The law with what the project says to it.
  package var law: LawInUse
  /// Cost of all together under the law, and without its bounds [currency/y]; nil: no plan was found.
  package var withLaw: Double, without: Double?
  /// Benefit of each player by the law's meters and by the fair rule [currency/y]; nil: the rule has none.
  package var byLaw: [Double]?, fair: [Double]?
  /// The fair rule.
  package var fairRule: SharingMethod?

  /// What a law costs.
  package init(
    law: LawInUse, withLaw: Double, without: Double?, byLaw: [Double]?, fair: [Double]?, fairRule: SharingMethod?
  ) {
    self.law = law
    self.withLaw = withLaw
    self.without = without
    self.byLaw = byLaw
    self.fair = fair
    self.fairRule = fairRule
  }

  /// What the law's bounds cost all together [currency/y]; a difference below a millionth of the cost is none.
  package var cost: Double? {
    without.map { free in abs(withLaw - free) > 1e-6 * max(abs(withLaw), abs(free)) ? withLaw - free : 0 }
  }
}

extension ClusterShareReport {
  func json(_ law: LawCost) -> JSON {
    let use = law.law
    return .object([
      ("name", .text(use.law.id)), ("title", .text(use.law.title)), ("country", .text(use.law.country)),
      ("valid_from", .text(use.law.validFrom)), ("source", .text(use.law.source)),
      ("metering_key", .text(use.law.key.rawValue)), ("interval_hours", .number(use.law.interval)),
      (
        "limits",
        .object(use.limits.map { ($0.name, .optional(project.limits[$0])) })
      ),
      ("cost_with_law", .number(law.withLaw)), ("cost_without_bounds", .optional(law.without)),
      ("cost_of_law", .optional(law.cost)), ("fair_rule", law.fairRule.map { .text($0.rawValue) } ?? .null),
      (
        "members",
        .object(
          report.members.indices.map { index in
            (
              report.members[index],
              .object([
                ("by_law", .optional(law.byLaw?[index])), ("fair", .optional(law.fair?[index])),
                ("difference", .optional(difference(law, index))),
              ])
            )
          })
      ), ("remarks", .array(use.remarks.map(JSON.text))),
    ])
  }

  private func difference(_ law: LawCost, _ index: Int) -> Double? {
    guard let own = law.byLaw?[index], let fair = law.fair?[index] else { return nil }
    return own - fair
  }

  /// What the assembly should know of the law, a sentence each.
  func lawSentences(_ law: LawCost) -> [String] {
    let use = law.law
    var list = [
      "Law: \(use.law.title) (\(use.law.country), from \(use.law.validFrom)); meters are divided by the key \(use.law.key.rawValue)."
    ]
    if let cost = law.cost {
      list.append(
        cost == 0
          ? "Its limits and keys cost nothing here."
          : "Its limits and keys cost all together \(money(cost)), against a plan without them.")
    }
    if let rule = law.fairRule {
      let lose = report.members.indices.filter { (difference(law, $0) ?? 0) < -1e-6 * max(abs(report.total), 1e-9) }
      if !lose.isEmpty {
        let told = lose.map { "\(report.members[$0]) (\(money(-(difference(law, $0) ?? 0))))" }
        list.append(
          "By its meters less than the fair share (\(rule.words)) goes to \(told.joined(separator: ", ")).")
      }
    }
    return list
  }

  func section(_ law: LawCost) -> Page.Section {
    var table = Table(
      "By the law and by the fair rule",
      columns: [.text("Member"), .number("By the law"), .number("Fair share"), .number("Difference")])
    for index in report.members.indices {
      table.add([
        players.indices.contains(index) ? players[index].name : report.members[index],
        law.byLaw.map { money($0[index]) } ?? NumberText.none, law.fair.map { money($0[index]) } ?? NumberText.none,
        difference(law, index).map { money($0) } ?? NumberText.none,
      ])
    }
    var contents: [Page.Content] = lawSentences(law).map { .text($0) }
    contents.append(.table(table))
    contents.append(.list(["Source: \(law.law.law.source). Not legal advice."] + law.law.remarks.map { "Here \($0)." }))
    return Page.Section(id: "law", title: "The law", contents)
  }
}
