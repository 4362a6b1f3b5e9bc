import TulouQuantities
import TulouStreams

extension MatchReport {
  /// The page `match.html`.
  package func page() -> Page {
    Page(
      title: name, subtitle: "Streams matched · \(goalWords) a year", cover: cover,
      sections: [
        summary, reports, map, diagrams, matrix, targets, failures, robust, sets, reductions, rejected, streams,
        partnersSection, inputs,
      ],
      footer: "Made by Tulou \(version). Full precision is in result.json and the CSV files beside it.")
  }

  private var summary: Page.Section {
    let co2 = emissions, water = water
    var tiles = [
      Page.Tile("Worth of the match", goal(result.value), note: "everything bought and disposed of, less the match"),
      Page.Tile(
        "Links", "\(built.count) of \(park.links.count)", note: "\(result.screening.rejected.count) pairs rejected"),
      Page.Tile(
        "CO₂ avoided", Scale.text(co2.apart - co2.matched, "kg") + "/y",
        note: "baseline here: the same partners without any link, \(Scale.text(co2.apart, "kg"))/y"),
    ]
    if water.apart > 0 {
      tiles.append(
        Page.Tile(
          "Water not bought", NumberText.significant(water.apart - water.matched) + " t/y",
          note: "of \(NumberText.significant(water.apart)) t/y"))
    }
    if let share = recoveredShare {
      tiles.append(Page.Tile("Heat recovered", percent(share), note: "of what thermodynamics allows"))
    }
    var table = matchTable
    table.caption = "Links that are built; accounting and marginal values are two answers and never added"
    var contents: [Page.Content] = [.tiles(tiles), .table(table)]
    if !result.best.bound.isFinite {
      contents.append(.alert("The time was over before there was a bound: a better match may be possible."))
    } else if result.best.gap > 1e-6 {
      contents.append(.alert("Not proven to the end: the gap to the bound is \(percent(result.best.gap))."))
    }
    if let leftOut { contents.append(.alert(leftOut)) }
    if let worst = worstFailure { contents.append(.lead(worst)) }
    return Page.Section(id: "matches", title: "Matches", contents)
  }

  private var map: Page.Section {
    guard let picture = layoutMap() else { return Page.Section(id: "map", title: "Map", []) }
    return Page.Section(
      id: "map", title: "Map",
      [
        .picture(picture),
        .text("Straight lines; lengths of ways are those of the file, or the straight line times the detour."),
      ])
  }

  private var diagrams: Page.Section {
    var contents: [Page.Content] = []
    for (isEnergy, unit) in [(true, "kWh/y"), (false, "t/y")] {
      for isMatched in [false, true] {
        let diagram = sankey(energy: isEnergy, matched: isMatched, unit: unit)
        guard !diagram.bands.isEmpty else { continue }
        contents.append(.picture(Page.Picture(diagram)))
      }
    }
    return Page.Section(id: "streams", title: "Streams before and after", contents)
  }

  /// Sources, links and fresh supply as bands, without links or with them.
  func sankey(energy isEnergy: Bool, matched isMatched: Bool, unit: String) -> FlowDiagram {
    var nodes: [FlowDiagram.Node] = [], bands: [FlowDiagram.Band] = []
    for id in park.partners.map(\.id) {
      nodes.append(FlowDiagram.Node("out:" + id, name: partner(id), colour: .demand))
      nodes.append(FlowDiagram.Node("in:" + id, name: partner(id), colour: .storage))
    }
    nodes.append(FlowDiagram.Node("fresh", name: "Bought fresh", colour: .outside))
    nodes.append(FlowDiagram.Node("waste", name: "Disposed of", colour: .lost))
    nodes.append(FlowDiagram.Node("way", name: "Lost on the way", colour: .lost))
    for (s, source) in park.sources.enumerated() where source.kind.isEnergy == isEnergy {
      let gone = isMatched ? result.best.disposed[s] : source.supply
      bands.append(.init(from: "out:" + source.partner, to: "waste", amount: park.yearly(gone), colour: .lost))
    }
    for (d, sink) in park.sinks.enumerated() where sink.kind.isEnergy == isEnergy {
      let bought = isMatched ? result.best.fresh[d] : sink.need
      bands.append(.init(from: "fresh", to: "in:" + sink.partner, amount: park.yearly(bought), colour: .outside))
    }
    if isMatched {
      for a in built where park.sources[park.links[a].source].kind.isEnergy == isEnergy {
        let link = park.links[a]
        bands.append(
          .init(
            from: "out:" + park.giver(of: link), to: "in:" + park.taker(of: link), amount: result.values[a].delivered,
            colour: MatchReport.colour(park.sources[link.source].kind)))
        let lost = result.values[a].sent - result.values[a].delivered
        if lost > 0 { bands.append(.init(from: "out:" + park.giver(of: link), to: "way", amount: lost, colour: .lost)) }
      }
    }
    let what = isEnergy ? "Energy" : "Water and materials"
    return FlowDiagram(
      id: "sankey-\(isEnergy ? "energy" : "matter")-\(isMatched ? "after" : "before")",
      title: "\(what) \(isMatched ? "after" : "before")",
      summary:
        "\(what) from partners to partners, bought fresh and disposed of, \(isMatched ? "with" : "without") links.",
      unit: unit, nodes: nodes, bands: bands)
  }

  /// Colour of a kind of stream.
  static func colour(_ kind: StreamKind) -> Colour {
    switch kind {
    case .electricity: .sun
    case .heat: .heat
    case .cold: .cold
    case .water: .water
    case .gas: .fuel
    case .material: .biomass
    }
  }

  private var matrix: Page.Section {
    let ids = park.partners.map(\.id)
    guard !built.isEmpty else { return Page.Section(id: "matrix", title: "Who serves whom", []) }
    var table = Table(
      "Value of links from row to column [\(currency)/y]",
      columns: [.text("From")] + ids.map { .number(partner($0)) })
    for giver in ids {
      let own = built.filter { park.giver(of: park.links[$0]) == giver }
      guard !own.isEmpty else { continue }
      table.add(
        [partner(giver)]
          + ids.map { taker in
            let sum = own.filter { park.taker(of: park.links[$0]) == taker }
            return sum.isEmpty
              ? "" : Scale.text(sum.reduce(0) { $0 + result.values[$1].accounting }, currency)
          })
    }
    return Page.Section(id: "matrix", title: "Who serves whom", [.table(table)])
  }

  private var targets: Page.Section {
    var contents: [Page.Content] = targetLines.isEmpty ? [] : [.list(targetLines)]
    if let heat = result.heat {
      func points(_ curve: [CurvePoint]) -> [(x: Double, y: Double, name: String)] {
        curve.map { ($0.heat, $0.temperature, "") }
      }
      let composite = Scatter(
        sets: [
          Scatter.Set("Hot streams", points: points(heat.all.hotComposite), colour: .heat, joined: true),
          Scatter.Set("Cold streams", points: points(heat.all.coldComposite), colour: .water, joined: true),
        ], xQuantity: "Heat flow", xUnit: "kW", yQuantity: "Temperature", yUnit: "degC")
      let grand = Scatter(
        sets: [Scatter.Set("Cascade", points: points(heat.all.grandComposite), colour: .demand, joined: true)],
        xQuantity: "Heat flow", xUnit: "kW", yQuantity: "Shifted temperature", yUnit: "degC")
      contents.append(
        .pair(
          .chart(
            Chart(
              id: "composite", title: "Composite curves",
              summary: "Where the curves overlap heat is recovered; their ends are the utilities.", width: .half,
              body: .scatter(composite))),
          .chart(
            Chart(
              id: "grand-composite", title: "Grand composite curve",
              summary: "Heat that passes each shifted temperature; it touches 0 at the pinch.", width: .half,
              body: .scatter(grand)))))
      var table = Table(
        "Each partner by itself [kW]",
        columns: [.text("Partner"), .number("Heat"), .number("Cold"), .number("Recovered")])
      for one in heat.alone {
        table.add(
          [partner(one.partner)]
            + [one.targets.hotUtility, one.targets.coldUtility, one.targets.recovered].map {
              NumberText.significant($0)
            })
      }
      let all = heat.all
      table.add([
        "Together", NumberText.significant(all.hotUtility), NumberText.significant(all.coldUtility),
        NumberText.significant(all.recovered),
      ])
      contents.append(.table(table))
    }
    return Page.Section(id: "targets", title: "What thermodynamics allows", contents)
  }

  private var failures: Page.Section {
    guard !result.failures.isEmpty else { return Page.Section(id: "failures", title: "When a partner is away", []) }
    return Page.Section(
      id: "failures", title: "When a partner is away",
      [
        .text(
          "What is built stays; purchases and disposals above plan cost their emergency prices. Stocks are set against an absence of \(NumberText.significant(symbiosis.failureHours)) h."
        ), .table(failureTable),
      ])
  }

  private var sets: Page.Section {
    guard !result.alternatives.isEmpty else { return Page.Section(id: "sets", title: "Other sets of links", []) }
    var best = setTable(result.alternatives), different = setTable(result.different)
    best.caption = "Best sets"
    different.caption = "Clearly different sets"
    return Page.Section(id: "sets", title: "Other sets of links", [.table(best), .table(different)])
  }

  private var reductions: Page.Section {
    guard let order = result.reduction else { return Page.Section(id: "reduction", title: "Reduction first", []) }
    return Page.Section(id: "reduction", title: "Reduction first", [.list(reductionLines(order))])
  }

  private var rejected: Page.Section {
    guard !result.screening.rejected.isEmpty else { return Page.Section(id: "rejected", title: "Rejected", []) }
    return Page.Section(id: "rejected", title: "Rejected", [.folded("Every rejected pair", [.table(rejectedTable)])])
  }

  private var streams: Page.Section {
    var table = Table(
      "Streams as read; 'inferred' where partner or amount is not printed in the source",
      columns: [
        .text("Stream"), .text("Partner"), .text("Way"), .text("Kind"), .number("Amount"), .text("Since"),
        .quoted("Source"),
      ])
    func add(_ name: String, _ id: String, _ way: String, _ kind: StreamKind, _ flows: [Double], _ record: StreamRecord)
    {
      table.add([
        name, partner(id), way, kind.rawValue, amount(park.yearly(flows), kind), record.since.map(String.init) ?? "",
        record.source + (record.isInferred ? " (inferred)" : ""),
      ])
    }
    for source in park.sources {
      add(name(source: source), source.partner, "out", source.kind, source.supply, source.record)
    }
    for sink in park.sinks { add(name(sink: sink), sink.partner, "in", sink.kind, sink.need, sink.record) }
    return Page.Section(id: "registry", title: "Registry of streams", [.folded("All streams", [.table(table)])])
  }

  private var partnersSection: Page.Section {
    var table = Table(columns: [.text("Partner"), .text("Role"), .text("Trade"), .text("Seat")])
    let board = symbiosis.association?.board ?? []
    for one in park.partners {
      table.add([one.name, one.role.rawValue, one.trade, board.contains(one.id) ? "yes" : ""])
    }
    var contents: [Page.Content] = [.table(table)]
    if let association = symbiosis.association {
      contents.insert(
        .text(
          "\(association.name.isEmpty ? "Association" : association.name)"
            + (association.founded.map { ", founded \($0)" } ?? "")
            + ": \(association.board.count) seats, \(association.projects.count) projects."), at: 0)
      var projects = Table("Projects", columns: [.text("Project"), .text("State"), .text("Year")])
      for one in association.projects {
        projects.add([one.name.isEmpty ? one.id : one.name, one.state.rawValue, one.year.map(String.init) ?? ""])
      }
      if !association.projects.isEmpty { contents.append(.table(projects)) }
    }
    if !park.agreements.isEmpty {
      var agreements = Table(
        "Agreements",
        columns: [.text("Agreement"), .text("Between"), .text("Streams"), .number("Least amount"), .number("Years")])
      for one in park.agreements {
        let kind = park.sources.first { one.streams.contains($0.id) }?.kind ?? .material
        agreements.add([
          one.name.isEmpty ? one.id : one.name, "\(partner(one.giver)) and \(partner(one.taker))",
          one.streams.map(stream).joined(separator: ", "), amount(one.minimum(in: park), kind),
          one.years.map { NumberText.significant($0) } ?? "",
        ])
      }
      contents.append(.table(agreements))
    }
    for machine in symbiosis.equipment {
      var table = Table(
        "Shared: \(machine.name.isEmpty ? machine.id : machine.name)",
        columns: [.text("Partner"), .number("Owns"), .number("Days a year"), .number("Pays")])
      for id in Set(machine.owners.keys).union(machine.days.keys).sorted() {
        table.add([
          partner(id), percent(machine.owners[id, default: 0]), NumberText.significant(machine.days[id, default: 0]),
          Scale.text(machine.cost(of: id), currency) + "/y",
        ])
      }
      contents.append(.table(table))
    }
    return Page.Section(id: "partners", title: "Partners", contents)
  }

  private var inputs: Page.Section {
    var contents: [Page.Content] = []
    if !warnings.isEmpty { contents.append(.list(warnings)) }
    var table = Table(columns: [.quoted("Key"), .quoted("Value"), .quoted("Source")])
    for one in assumptions { table.add([one.path, one.value, one.source]) }
    if !assumptions.isEmpty { contents.append(.folded("Assumptions", [.table(table)])) }
    return Page.Section(id: "inputs", title: "Inputs", contents)
  }
}
