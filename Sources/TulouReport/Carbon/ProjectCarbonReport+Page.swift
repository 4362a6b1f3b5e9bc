import TulouAccounts
import TulouProject
import TulouQuantities

extension ProjectCarbonReport {
  /// The page.
  package func page() -> Page {
    var sections = [origins(base, id: "base")]
    if let target { sections.append(origins(target, id: "target")) }
    if let target, let parts = decomposition { sections.append(difference(target, parts)) }
    if let differenceMissing {
      sections.append(Page.Section(id: "difference", title: "What lowers emission", [.text(differenceMissing)]))
    }
    if !measures.isEmpty {
      sections.append(
        Page.Section(
          id: "measures", title: "Each measure",
          [
            .text(
              "Every row is a plan of its own in which the measure may not be built; a negative cost means that it saves money too."
            ), .table(measureTable),
          ]))
    }
    if let curve { sections.append(abatement(curve)) }
    return Page(
      title: base.name, subtitle: "Carbon", cover: base.cover, sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json and in the tables beside it.")
  }

  private func origins(_ one: Case, id: String) -> Page.Section {
    let carbon = one.accounts.carbon
    var table = Table(
      "Counted: mean over the years [t/y]",
      columns: [
        .text("Origin"), .text("What"), .text("Carrier"), .text("Scope"), .number("Energy"), .number("Emission"),
      ])
    for line in carbon.lines where (line.scope == 1 || line.scope == 2) && (line.amount != 0 || !line.hasFactor) {
      table.add([
        one.name(line.id), ProjectCarbonReport.title(line.kind), one.carrier(line.carrier), String(line.scope),
        Scale.text(line.energy, "kWh"), line.hasFactor ? CarbonReport.tonnes(line.amount) : "no factor given",
      ])
    }
    let scopes = [("Scope 1, burnt here", 1, carbon.scope1), ("Scope 2, bought", 2, carbon.scope2)]
    for (name, scope, mass) in scopes {
      table.add([name, "", "", String(scope), "", carbon.worded(CarbonReport.tonnes(mass), scope: scope)])
    }
    table.add(["Fossil, together", "", "", "1 + 2", "", carbon.worded(CarbonReport.tonnes(carbon.fossil))])
    table.hasTotal = true
    var contents: [Page.Content] = [.tiles(tiles(one)), .table(table), .table(apart(one))]
    if let net = vehicleNote(one) { contents.append(.text(net)) }
    if let margin = carbon.atMargin {
      contents.append(
        .text(
          "With marginal factors of purchases it would be \(carbon.worded(Scale.text(margin, "kg"))) a year: what counts when two plans are compared."
        ))
    }
    return Page.Section(id: id, title: one.name, contents)
  }

  private func tiles(_ one: Case) -> [Page.Tile] {
    let carbon = one.accounts.carbon
    var tiles = [
      Page.Tile(
        "Fossil CO₂", carbon.worded(Scale.text(carbon.fossil, "kg")),
        note: "per year, scopes 1 and 2")
    ]
    if let usual = carbon.businessAsUsual {
      tiles.append(
        Page.Tile(
          "Business as usual", carbon.wordedUsual(Scale.text(usual, "kg")), note: "per year, without the project"))
      if let change = carbon.reduction {
        tiles.append(
          Page.Tile(
            change >= 0 ? "Avoided" : "More than usual", NumberText.percent(abs(change)),
            note: "\(Scale.text(abs(usual - carbon.fossil), "kg")) per year"))
      }
    }
    if carbon.cost != 0 {
      tiles.append(
        Page.Tile(
          "Carbon price", Scale.text(carbon.cost, one.accounts.currency), note: "per year, levelised over the lifetime")
      )
    }
    return tiles
  }

  /// What is in no total, each on its line; zeros say why.
  private func apart(_ one: Case) -> Table {
    let carbon = one.accounts.carbon
    var table = Table(
      "Apart, in no total, so that nothing is counted twice [t/y]",
      columns: [.text("What"), .text("From"), .number("Amount")])
    func add(_ kinds: CarbonLine.Kind, _ empty: String, unit: String = "") {
      let lines = carbon.lines.filter { $0.kind == kinds && $0.amount != 0 }
      if lines.isEmpty { table.add([ProjectCarbonReport.title(kinds), empty, "0"]) }
      for line in lines {
        table.add([ProjectCarbonReport.title(kinds), one.name(line.id), CarbonReport.tonnes(line.amount) + unit])
      }
    }
    add(.biogenic, "no fuel has a 'biogenic_emission'")
    add(.methane, "no fuel has a 'methane_slip'", unit: " CH₄")
    add(.exportCredit, "off: no market says 'export_credit'")
    add(.lifeCycle, "no embodied emissions entered")
    add(.vehicleFuel, "no vehicles say what they 'replace'")
    return table
  }

  private func difference(_ target: Case, _ parts: EmissionDecomposition) -> Page.Section {
    let steps =
      [Waterfall.Step(base.name, base.accounts.carbon.fossil, colour: .outside, isSum: true)]
      + terms(parts).filter { $0.value != 0 }.map { Waterfall.Step($0.name, -$0.value, colour: $0.colour) }
      + [Waterfall.Step(target.name, target.accounts.carbon.fossil, colour: .fuel, isSum: true)]
    var contents: [Page.Content] = [
      .chart(
        Chart(
          id: "carbon-terms", title: "From \(base.name) to \(target.name)",
          summary: "Four terms of electricity, and what is outside it, add up exactly.",
          body: .waterfall(Waterfall(steps: steps, quantity: "CO₂ per year", unit: "kg")))),
      .table(termTable(parts)),
    ]
    if let cost = comparison?.costPerKg {
      contents.append(
        .text(
          "Each tonne avoided costs \(NumberText.significant(1000 * cost)) \(base.accounts.currency): the difference of both plans' yearly cost by that of their emission."
        ))
    }
    return Page.Section(id: "difference", title: "What lowers emission", contents)
  }

  private func abatement(_ curve: AbatementCurve) -> Page.Section {
    let points = curve.points.map { (x: $0.emission, y: $0.annualCost, name: "") }
    let quantity = AtLeast.quantity("CO₂ per year", curve.points.contains(where: \.isAtLeast))
    let currency = base.accounts.currency
    var contents: [Page.Content] = [
      .chart(
        Chart(
          id: "carbon-curve", title: "Least cost against CO₂ budget", summary: "Every point is a plan of its own.",
          body: .scatter(
            Scatter(
              sets: [.init("Plans", points: points, colour: .demand, joined: true)], xQuantity: quantity,
              xUnit: "kg", yQuantity: "Cost per year", yUnit: currency))))
    ]
    let steps = curve.segments.flatMap { segment in
      [
        (x: segment.from, y: 1000 * segment.costPerKg, name: ""),
        (x: segment.to, y: 1000 * segment.costPerKg, name: ""),
      ]
    }
    if !steps.isEmpty {
      contents.append(
        .chart(
          Chart(
            id: "carbon-marginal", title: "What a further tonne costs",
            summary: "Marginal abatement cost between one plan and the next.",
            body: .scatter(
              Scatter(
                sets: [.init("Between two plans", points: steps, colour: .fuel, joined: true)],
                xQuantity: "CO₂ avoided per year", xUnit: "kg", yQuantity: "Marginal cost", yUnit: "\(currency)/t")))))
    }
    contents.append(.table(curveTable(curve)))
    return Page.Section(id: "abatement", title: "Cost of going further", contents)
  }
}
