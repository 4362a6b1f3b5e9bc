package import TulouPlanning
import TulouQuantities

/// Sites side by side: scores with their parts, ranking, what it hangs on, and what each site's plan comes to.
package struct SitesReport: Sendable {
  /// The ranking.
  package var ranking: SiteRanking
  /// Plans, by name; empty where none was asked for.
  package var plans: [SitePlan]
  /// Version of the program.
  package var version: String

  /// A report.
  package init(ranking: SiteRanking, plans: [SitePlan], version: String) {
    self.ranking = ranking
    self.plans = plans
    self.version = version
  }

  /// Indicators of plans that stand side by side, with their headings.
  package static let indicators: [(key: String, title: String)] = [
    ("annual_cost", "Cost [money/y]"), ("lcoe", "Cost of electricity [money/kWh]"), ("rf", "Renewable fraction [-]"),
    ("autonomy", "Autonomy [-]"), ("p_o", "P_O [kWh/y]"), ("p_w", "P_W [kWh/y]"), ("p_b", "P_B [kWh/y]"),
    ("p_s", "P_S [kWh/y]"), ("p_n", "P_N [kWh/y]"), ("co2", "CO2 [t/y]"), ("capital", "Capital [money]"),
  ]

  private func text(_ value: Double) -> String { NumberText.significant(value, digits: 3) }

  /// Ranking: one row a site.
  package var order: Table {
    var table = Table(
      "Sites by score",
      columns: [.number("Rank"), .text("Site"), .number("Score")]
        + SiteCriterion.allCases.map { .number($0.rawValue) } + [.number("First in"), .text("Ranks")])
    for (rank, index) in ranking.order.enumerated() {
      let site = ranking.sites[index]
      table.add(
        ["\(rank + 1)", site.name, text(ranking.totals[index])] + SiteCriterion.allCases.map { text(site.score($0)) }
          + [
            NumberText.percent(ranking.firstShare[index]),
            ranking.bestRank[index] == ranking.worstRank[index]
              ? "\(ranking.bestRank[index])" : "\(ranking.bestRank[index]) to \(ranking.worstRank[index])",
          ])
    }
    return table
  }

  /// Parts: one row a part, one column a site.
  package var parts: Table {
    let sites = ranking.order.map { ranking.sites[$0] }
    var table = Table(
      "What scores are made of",
      columns: [.text("Criterion"), .text("Part"), .text("Scale")] + sites.map { .text($0.name) })
    var seen: [String] = []
    for criterion in SiteCriterion.allCases {
      for part in sites.flatMap({ $0.parts }) where part.criterion == criterion && !seen.contains(part.name) {
        seen.append(part.name)
        table.add(
          [criterion.rawValue, part.name, part.scale]
            + sites.map { site in
              guard let own = site.parts.first(where: { $0.name == part.name }) else { return NumberText.none }
              let counts = site.counted(criterion).contains(own)
              return "\(own.answer): \(text(own.score))\(counts ? "" : ", not counted")"
            })
      }
    }
    return table
  }

  /// Plans side by side; nil where none was asked for.
  package var comparison: Table? {
    guard !plans.isEmpty else { return nil }
    let sites = ranking.order.compactMap { index in plans.first { $0.name == ranking.sites[index].name } }
    var table = Table("Plans side by side", columns: [.text("")] + sites.map { .number($0.name) })
    table.add(["Currency"] + sites.map(\.currency))
    for (key, title) in Self.indicators where sites.contains(where: { $0.values[key] != nil }) {
      table.add(
        [title]
          + sites.map { site in site.values[key].map { NumberText.significant($0, digits: 5) } ?? NumberText.none })
    }
    if sites.contains(where: { !$0.reason.isEmpty }) { table.add(["No plan, because"] + sites.map(\.reason)) }
    return table
  }

  /// What the ranking hangs on, a sentence each.
  package var sentences: [String] {
    guard let first = ranking.order.first else { return [] }
    let leader = ranking.sites[first]
    var list: [String] = []
    let strongest = SiteCriterion.allCases.indices.max {
      leader.score(SiteCriterion.allCases[$0]) * ranking.weights[$0] < leader.score(SiteCriterion.allCases[$1])
        * ranking.weights[$1]
    }
    if let strongest {
      let criterion = SiteCriterion.allCases[strongest]
      let best = leader.counted(criterion).sorted { $0.score > $1.score }.prefix(2)
      list.append(
        "\(leader.name) is first, most by its \(criterion.rawValue)\(best.isEmpty ? "" : " (\(best.map { "\($0.name): \($0.answer)" }.joined(separator: "; ")))")."
      )
    }
    for (index, criterion) in SiteCriterion.allCases.enumerated() {
      let now = NumberText.percent(ranking.weights[index])
      switch (ranking.lowerSwitch[index], ranking.upperSwitch[index]) {
      case (nil, nil):
        list.append("Whatever the weight of \(criterion.rawValue) (\(now)), the others in proportion, it stays first.")
      case (let low?, nil):
        list.append("It stays first while \(criterion.rawValue) (\(now)) weighs more than \(NumberText.percent(low)).")
      case (nil, let high?):
        list.append("It stays first while \(criterion.rawValue) (\(now)) weighs less than \(NumberText.percent(high)).")
      case (let low?, let high?):
        list.append(
          "It stays first while \(criterion.rawValue) (\(now)) weighs from \(NumberText.percent(low)) to \(NumberText.percent(high))."
        )
      }
    }
    list.append(
      "'First in' is the part of \(SiteRanking.draws) weightings drawn evenly over all, in which a site is first. Scales are our assumption."
    )
    return list
  }

  /// Lines for a terminal.
  package func answer(report place: String) -> [String] {
    var lines = order.lines + sentences + [""] + parts.lines
    if let comparison { lines += [""] + comparison.lines }
    return lines + ["", "Report            \(place), numbers in result.json and sites.csv"]
  }

  /// The page.
  package func page() -> Page {
    var sections = [
      Page.Section(
        id: "ranking", title: "Ranking",
        [
          .chart(
            Chart(
              id: "sites-chart", title: "Scores by criterion", summary: "A longer bar is a higher score.",
              body: .bars(
                Bars(
                  categories: ranking.order.map { ranking.sites[$0].name },
                  series: SiteCriterion.allCases.enumerated().map { number, criterion in
                    Series(
                      criterion.rawValue,
                      ranking.order.map { ranking.sites[$0].score(criterion) * ranking.weights[number] },
                      colour: .plain(number))
                  }, quantity: "Score", unit: "", direction: .lying, arrangement: .stacked)))),
          .table(order), .list(sentences),
        ]),
      Page.Section(id: "parts", title: "Parts", [.table(parts)]),
    ]
    if let comparison {
      sections.append(Page.Section(id: "plans", title: "Plans", [.table(comparison)]))
    }
    return Page(
      title: "Sites", subtitle: "\(ranking.sites.count) sites side by side", sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json and sites.csv.")
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    let sites = ranking.order.enumerated().map { rank, index -> JSON in
      let site = ranking.sites[index]
      let plan = plans.first { $0.name == site.name }
      return .object([
        ("name", .text(site.name)), ("rank", .integer(rank + 1)), ("score", .number(ranking.totals[index])),
        ("scores", .object(SiteCriterion.allCases.map { ($0.rawValue, .number(site.score($0))) })),
        (
          "parts",
          .array(
            site.parts.map {
              .object([
                ("criterion", .text($0.criterion.rawValue)), ("name", .text($0.name)), ("answer", .text($0.answer)),
                ("scale", .text($0.scale)), ("score", .number($0.score)),
                ("counted", .bool(site.counted($0.criterion).contains($0))),
              ])
            })
        ), ("first_in", .number(ranking.firstShare[index])),
        ("best_rank", .integer(ranking.bestRank[index])), ("worst_rank", .integer(ranking.worstRank[index])),
        (
          "plan",
          plan.map { plan in
            .object([
              ("currency", .text(plan.currency)), ("reason", .text(plan.reason)),
              ("indicators", .object(plan.values.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
            ])
          } ?? .null
        ),
      ])
    }
    return .object([
      ("tulou", .text(version)), ("study", .text("sites")), ("status", .text("done")),
      ("weights", .object(zip(SiteCriterion.allCases, ranking.weights).map { ($0.rawValue, .number($1)) })),
      ("sites", .array(sites)),
      (
        "switches",
        .object(
          SiteCriterion.allCases.enumerated().map { index, criterion in
            (
              criterion.rawValue,
              .object([
                ("below", .optional(ranking.lowerSwitch[index])), ("above", .optional(ranking.upperSwitch[index])),
              ])
            )
          })
      ), ("sentences", .array(sentences.map(JSON.text))),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  /// `sites.csv`: a row a site and part, and a row a site and indicator.
  package func csv() -> [UInt8] {
    var table = DataTable("sites", "Sites", ["site", "kind", "name", "answer", "value"])
    for index in ranking.order {
      let site = ranking.sites[index]
      table.rows.append([.text(site.name), .text("score"), .text("total"), .text(""), .number(ranking.totals[index])])
      for criterion in SiteCriterion.allCases {
        table.rows.append([
          .text(site.name), .text("score"), .text(criterion.rawValue), .text(""), .number(site.score(criterion)),
        ])
      }
      for part in site.parts {
        table.rows.append([.text(site.name), .text("part"), .text(part.name), .text(part.answer), .number(part.score)])
      }
      for (key, value) in (plans.first { $0.name == site.name }?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
        table.rows.append([.text(site.name), .text("indicator"), .text(key), .text(""), .number(value)])
      }
    }
    return table.csv()
  }
}

extension SitePlan {
  /// As a line of the journal.
  package var json: JSON {
    .object([
      ("site", .text(name)), ("currency", .text(currency)), ("reason", .text(reason)),
      ("values", .object(values.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
    ])
  }

  /// A line of the journal.
  package init?(json: JSON) {
    guard let name = json["site"]?.text, let currency = json["currency"]?.text else { return nil }
    var values: [String: Double] = [:]
    for (key, _) in SitesReport.indicators { values[key] = json["values"]?[key]?.number }
    self.init(name: name, values: values, currency: currency, reason: json["reason"]?.text ?? "")
  }
}
