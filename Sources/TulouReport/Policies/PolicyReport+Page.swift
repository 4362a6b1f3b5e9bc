import TulouAccounts
import TulouPlanning
import TulouProject
import TulouQuantities

extension PolicyReport {
  /// The page.
  package func page() -> Page {
    var sections = [
      Page.Section(id: "summary", title: "In short", [.tiles(tiles)] + sentences.map { .text($0) }),
      Page.Section(
        id: "effects", title: "What each policy brings",
        [
          .table(effects),
          .text(
            "A policy's own line compares the plan with all policies and the plan without this one; plans answer to what is paid, so lines need not add up to the last one. The public cost is the change of all public flows."
          ),
        ]), Page.Section(id: "flows", title: "Who pays whom", [.table(flows)]),
    ]
    if let levels {
      sections.append(Page.Section(id: "levels", title: "Level of a policy", levelChart + [.table(levels)]))
    }
    sections.append(
      Page.Section(
        id: "actors", title: "Actors",
        [.table(actors), .links(actorPages.map { ($0.page.title, "actors/\($0.name).html") })]))
    return Page(
      title: project.name, subtitle: "Policies", cover: project.cover, sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json and policies.csv.")
  }

  private var tiles: [Page.Tile] {
    guard let effect = result.together else { return [] }
    return [
      Page.Tile("Members gain", money(effect.memberBenefit), note: "all policies against none"),
      Page.Tile("The public pays", money(effect.publicCost), note: "less what it receives"),
      Page.Tile("CO2 avoided", Scale.text(effect.avoided, "t/y")),
      Page.Tile("Public cost of a tonne", money(effect.perTonne, per: "/t")),
    ]
  }

  private var levelChart: [Page.Content] {
    let shown = result.sweep.compactMap { state in result.effect(ofLevel: state).map { (state.level, $0) } }
    guard shown.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          id: "level-chart", title: "What members gain and the public pays over the level",
          summary:
            "Where the line of the members rises more slowly than that of the public, more of the policy only moves money.",
          body: .lines(
            Lines(
              axis: .numbers(shown.map(\.0), quantity: "Level", unit: "1"),
              series: [
                Series("members gain", shown.map(\.1.memberBenefit), colour: .biomass),
                Series("the public pays", shown.map(\.1.publicCost), colour: .outside),
              ], quantity: "Money", unit: currency + "/y"))))
    ]
  }

  /// A page per actor: its business with and without policies.
  package var actorPages: [(name: String, page: Page)] {
    let with = result.all.accounts?.members ?? []
    var pages = with.filter { !$0.id.isEmpty }.map { (name: $0.id, page: page(of: $0)) }
    for (index, body) in bodies.enumerated() {
      let plain = body.filter { $0.isLetter || $0.isNumber || $0 == "-" }
      pages.append((name: "public-\(index + 1)-\(plain)", page: page(ofBody: body)))
    }
    return pages
  }

  private func page(of member: MemberAccount) -> Page {
    let before = result.none.accounts?.members.first { $0.id == member.id }
    var tiles = [Page.Tile("In the cluster", money(member.costInCluster), note: "with all policies")]
    if let before { tiles.append(Page.Tile("Without policies", money(before.costInCluster))) }
    if let alone = member.costAlone { tiles.append(Page.Tile("Alone", money(alone), note: "without the project")) }
    tiles.append(Page.Tile("Invests", money(member.investment, per: "")))
    if let benefit = member.presentBenefit {
      tiles.append(
        Page.Tile(
          "Worth today", money(benefit, per: ""),
          note: "of all years at \(NumberText.percent(member.discountRate)) a year, against alone"))
    }
    let kinds = CostKind.allCases
    func amount(_ account: MemberAccount?, _ kind: CostKind) -> Double {
      (account?.costs ?? []).reduce(0) { $1.kind == kind ? $0 + $1.annual : $0 }
    }
    var table = Table(
      "Cost per year by kind; received is below zero",
      columns: [.text("For"), .number("Without policies"), .number("With them")])
    for kind in kinds where amount(member, kind) != 0 || amount(before, kind) != 0 {
      table.add([Legend.costName(kind), money(amount(before, kind)), money(amount(member, kind))])
    }
    table.add(["Part of the commons", money(before?.commonsCost), money(member.commonsCost)])
    table.add(["Together", money(before?.costInCluster), money(member.costInCluster)])
    table.hasTotal = true
    var cash: [Page.Content] = []
    if member.cashByYear.count > 1 {
      cash.append(
        .chart(
          Chart(
            id: "cash-chart", title: "Payments by year", summary: "Paid is above zero; year 0 holds what is invested.",
            body: .bars(
              Bars(
                categories: member.cashByYear.indices.map { "\($0)" },
                series: [Series("paid", member.cashByYear, colour: .water)], quantity: "Paid", unit: currency,
                direction: .upright, arrangement: .stacked)))))
    }
    return Page(
      title: member.name, subtitle: "\(project.name): the business of a member (\(Legend.plain(member.kind)))",
      cover: project.cover,
      sections: [
        Page.Section(id: "money", title: "In money", [.tiles(tiles), .table(table)]),
        Page.Section(id: "flows", title: "Policies", [.table(flows(of: member.id))]),
        Page.Section(id: "cash", title: "Years", cash),
      ], footer: "Made by Tulou \(version).")
  }

  /// Flows that somebody pays or receives.
  private func flows(of actor: String) -> Table {
    var table = Table(
      "",
      columns: [.text("Policy"), .text("Paid by"), .text("Received by"), .number("Per year"), .number("Worth today")])
    for policy in result.all.accounts?.policies ?? [] {
      for flow in policy.flows where flow.payer == actor || flow.receiver == actor {
        table.add([policy.name, flow.payer, flow.receiver, money(flow.annual), money(flow.present, per: "")])
      }
    }
    return table
  }

  private func page(ofBody body: String) -> Page {
    let own = result.without.filter { state in
      project.policies.contains { $0.id == state.policy && $0.publicBody == body }
    }
    var table = Table(
      "",
      columns: [
        .text("Policy"), .number("Costs"), .number("CO2 avoided"), .number("Cost of a tonne"),
        .number("Cost of a kWh not from outside"),
      ])
    for state in own {
      let effect = result.effect(of: state)
      table.add([
        state.policy, money(effect?.publicCost), effect.map { Scale.text($0.avoided, "t/y") } ?? NumberText.none,
        money(effect?.perTonne, per: "/t"), money(effect?.perAutonomy, per: "/kWh"),
      ])
    }
    return Page(
      title: body, subtitle: "\(project.name): the business of the public", cover: project.cover,
      sections: [
        Page.Section(
          id: "money", title: "In money",
          [.tiles([Page.Tile("Pays a year", money(cost(of: body)), note: "less what it receives")]), .table(table)]),
        Page.Section(id: "flows", title: "Flows", [.table(flows(of: body))]),
      ], footer: "Made by Tulou \(version).")
  }
}
