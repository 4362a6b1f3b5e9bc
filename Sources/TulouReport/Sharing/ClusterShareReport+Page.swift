import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSharing

extension ClusterShareReport {
  /// The page of the assembly: methods side by side, the band of stability, who gets what.
  package func page() -> Page {
    var sections = [summary, report.section(id: "methods")]
    if let section = bandSection { sections.append(section) }
    if let law { sections.append(section(law)) }
    sections.append(membersSection)
    if !groups.isEmpty {
      sections.append(
        Page.Section(id: "groups", title: "Groups", [.folded("What each group costs by itself", [.table(groupTable)])]))
    }
    return Page(
      title: project.name, subtitle: "Shares among members, \(kind.rawValue) game", cover: project.cover,
      sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json, shares.csv and groups.csv.")
  }

  private var summary: Page.Section {
    var tiles = [Page.Tile("Benefit together", money(report.total), note: "against everybody alone")]
    if let together { tiles.append(Page.Tile("Cost together", money(together))) }
    if let chosen, let gini = chosen.amounts.flatMap(Statute.gini) {
      tiles.append(
        Page.Tile("Gini of the benefits", NumberText.significant(gini, digits: 3), note: "by " + chosen.method.words)
      )
    }
    return Page.Section(id: "summary", title: "In short", [.tiles(tiles)] + sentences.map { .text($0) })
  }

  /// What the assembly should know, a sentence each.
  var sentences: [String] {
    var list: [String] = []
    if kind == .planning {
      list.append(
        "Alone means: \(project.sharing.outside == .contract ? "the member's own contract with the plant that it may build" : "the cluster's markets, by itself")."
      )
    } else {
      list.append(
        "Plant is as planned; a group gains the difference of buying and selling on what its members exchange. Limits and demand charges are not part of this game."
      )
    }
    if let chosen, let game = report.game, let found = chosen.stability {
      list.append(
        found.isStable
          ? "By \(chosen.method.words) no group gains by leaving (\(chosen.proof.rawValue))."
          : report.shown(found.shortfall) == 0
            ? "By \(chosen.method.words) no group gains more by leaving than a millionth of what the largest is worth."
            : "By \(chosen.method.words) \(found.leavingGroups) groups would gain by leaving; the worst is \(found.worstGroup.map { game.names($0).joined(separator: ", ") } ?? ""), \(money(found.shortfall)) short."
      )
    }
    if !withoutPlan.isEmpty {
      list.append(
        "Groups without a plan of their own, which stay apart: \(withoutPlan.prefix(8).joined(separator: "; "))\(withoutPlan.count > 8 ? "; ..." : "")."
      )
    }
    if let harmful { list.append(harmful) }
    if kind == .planning { list.append("Certificates leave each value uncertain by at most \(money(widest)).") }
    return list
  }

  /// Members whose presence lowers a group's value by more than the certificates leave open.
  private var harmful: String? {
    guard let game = report.game else { return nil }
    let slack = widest + 1e-9 * game.scale
    let found = game.members.indices.filter { member in
      game.values.indices.contains { $0 >> member & 1 == 0 && game.values[$0 | 1 << member] < game.values[$0] - slack }
    }
    return found.isEmpty
      ? nil
      : "The presence of \(found.map { game.members[$0] }.joined(separator: ", ")) lowers what some group is worth."
  }

  private var bandSection: Page.Section? {
    let bands = bands.filter { $0.points.contains { report.shown($0.shortfall) > 0 } }
    guard let first = bands.first, let end = stableEnd?.words else { return nil }
    return Page.Section(
      id: "band", title: "Band of stability",
      [
        .chart(
          Chart(
            id: "band-chart", title: "Shortfall of the worst group over the mix of two rules",
            summary: "Where a line lies at zero no group gains by leaving; the right end is the \(end).",
            body: .lines(
              Lines(
                axis: .numbers(first.points.map { $0.part * 100 }, quantity: "Part of the \(end)", unit: "%"),
                series: bands.enumerated().map { Series($1.name, $1.points.map(\.shortfall), colour: .plain($0)) },
                quantity: "Shortfall", unit: unit))))
      ])
  }

  private var membersSection: Page.Section {
    guard let chosen, let amounts = chosen.amounts?.map(report.shown) else {
      return Page.Section(id: "members", title: "Members", [])
    }
    var table = Table(
      "By \(chosen.method.words)",
      columns: [
        .text("Member"), .number("Alone"), .number("In the cluster"), .number("Benefit"), .number("Part of own bill"),
        .number("Per kWh used"), .number("Per person"),
      ])
    for (player, amount) in zip(players, amounts) {
      table.add([
        player.name, bill(player).map { money($0) } ?? NumberText.none,
        bill(player).map { money($0 - amount) } ?? NumberText.none,
        money(amount),
        partOfBill(amount, player).map { NumberText.percent($0) } ?? NumberText.none,
        perUse(amount, player).map { Scale.text($0, project.economy.currency + "/kWh") } ?? NumberText.none,
        player.population.flatMap { $0 > 0 ? money(amount / $0) : nil } ?? NumberText.none,
      ])
    }
    return Page.Section(
      id: "members", title: "Members",
      [.table(table), .links(players.map { (text: $0.name, place: "members/\($0.fileName).html") })])
  }

  private var groupTable: Table {
    var table = Table("", columns: [.text("Group"), .number("Cost"), .number("Proven least"), .text("Status")])
    for (name, cost) in groups.prefix(1024) {
      table.add([
        name, cost.cost.map { money($0) } ?? NumberText.none, cost.bound.map { money($0) } ?? NumberText.none,
        cost.status.rawValue,
      ])
    }
    return table
  }

  /// The page of one member, in money.
  package func page(of index: Int) -> Page {
    let player = players[index]
    var table = Table(
      "",
      columns: [.text("Rule"), .number("Benefit"), .number("In the cluster"), .text("Would a group gain by leaving?")])
    for one in report.shares {
      guard let amounts = one.amounts?.map(report.shown) else { continue }
      let verdict: String
      if let found = one.stability, let game = report.game {
        verdict =
          found.isStable
          ? "no, \(one.proof.rawValue)"
          : report.shown(found.shortfall) == 0
            ? "not by more than a millionth"
            : "yes: \(found.worstGroup.map { game.names($0).joined(separator: ", ") } ?? "") by \(money(found.shortfall))"
      } else {
        verdict = one.proof.rawValue
      }
      table.add([
        GameReport.title(one.method), money(amounts[index]),
        bill(player).map { money($0 - amounts[index]) } ?? NumberText.none,
        verdict,
      ])
    }
    var tiles: [Page.Tile] = []
    if let alone = bill(player) { tiles.append(Page.Tile("Alone", money(alone))) }
    if let chosen, let amounts = chosen.amounts?.map(report.shown) {
      if let alone = bill(player) { tiles.append(Page.Tile("In the cluster", money(alone - amounts[index]))) }
      tiles.append(Page.Tile("Benefit", money(amounts[index]), note: "by " + chosen.method.words))
    }
    let energy = { (value: Double) in Scale.text(value, "kWh") + "/y" }
    let why = [
      "uses \(energy(player.used)) and produces \(energy(player.produced))",
      "buys \(energy(player.boughtInside)) from others of the cluster and sells them \(energy(player.soldInside))",
      "invests \(Scale.text(player.investment, project.economy.currency)) in plant of its own",
    ]
    return Page(
      title: player.name, subtitle: project.name, cover: project.cover,
      sections: [
        Page.Section(id: "money", title: "In money", [.tiles(tiles), .table(table)]),
        Page.Section(id: "why", title: "Why", [.list(why)] + marginal(index)),
      ], footer: "Made by Tulou \(version).")
  }

  /// What the cluster loses without the member.
  private func marginal(_ index: Int) -> [Page.Content] {
    guard let game = report.game else { return [] }
    let without = game.values[game.everybody ^ (1 << index)]
    return [
      .text(
        "Without this member the others together would gain \(money(without)), with it all gain \(money(game.total)).")
    ]
  }
}

extension ClusterShareReport.Player {
  /// Name of the member's page.
  package var fileName: String { id.isEmpty ? "commons" : id }
}
