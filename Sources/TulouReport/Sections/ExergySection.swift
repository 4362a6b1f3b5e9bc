import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Exergy: what could work, where it is destroyed, and what a planner can do about it.
  func exergySection() -> Page.Section {
    let account = accounts.exergy
    // Where all is electricity there is nothing to learn that the balance does not say.
    let hasGrades = project.buses.contains {
      let kind = project.carrier(ofBus: $0.id)?.kind
      return kind == .heat || kind == .cold
    }
    guard hasGrades else { return Page.Section(id: "exergy", title: "Exergy", []) }
    guard account.isComplete else {
      return Page.Section(
        id: "exergy", title: "Exergy",
        [.text("Exergy is not counted, for this is not stated:"), .list(account.missing.map(\.capitalisedFirst))])
    }
    var contents: [Page.Content] = [
      .text(
        "Exergy is the work that energy could do against its surroundings: electricity counts fully, heat by its temperature. Of \(Scale.text(account.entered, "kWh")) that enter a year, \(Scale.text(account.used + account.sold, "kWh")) are needed by demands or sold\(account.efficiency.map { ": an efficiency of \(NumberText.percent($0))" } ?? "")."
      )
    ]
    if account.basis == .radiation {
      contents.append(
        .text(
          "Sun and wind are counted before the device, used or not: irradiation by a factor of \(NumberText.percent(project.exergy.sunShare)), wind by 91 % of its kinetic energy."
        ))
    }
    let diagram = grassmann()
    if !diagram.bands.isEmpty {
      contents.append(.picture(Page.Picture(diagram)))
    }
    if !account.mismatches.isEmpty {
      contents.append(.heading("High-grade supply of low-grade demand"))
      contents.append(.list(account.mismatches.map(\.sentence)))
      contents.append(
        .text(
          "The machine compared with has an exergy efficiency of \(NumberText.percent(project.exergy.comparison)) ('exergy: {comparison}')."
        ))
    }
    contents.append(.table(lineTable(account)))
    contents.append(.table(useTable("By carrier", account.carriers.map { ($0, legend.carrier($0.name)) })))
    if account.seasons.count > 1 {
      contents.append(.table(useTable("By season", account.seasons.map { ($0, $0.name.capitalisedFirst) })))
    }
    if !account.remarks.isEmpty { contents.append(.folded("What was taken", [.list(account.remarks)])) }
    return Page.Section(id: "exergy", title: "Exergy", contents)
  }

  private func lineTable(_ account: ExergyAccount) -> Table {
    var table = Table(
      "Exergy by component, a year",
      columns: [
        .text(""), .text("Kind"), .number("In"), .number("Out"), .number("Destroyed"), .number("Efficiency"),
      ])
    for line in account.lines.sorted(by: { $0.destroyed > $1.destroyed }) where line.taken != 0 || line.given != 0 {
      table.add([
        legend.name(line.id), line.kind.rawValue, Scale.text(line.taken, "kWh"), Scale.text(line.given, "kWh"),
        Scale.text(line.destroyed, "kWh"), line.efficiency.map { NumberText.percent($0) } ?? "·",
      ])
    }
    return table
  }

  private func useTable(_ caption: String, _ uses: [(use: ExergyUse, name: String)]) -> Table {
    var table = Table(
      caption, columns: [.text(""), .number("Enters"), .number("Used and sold"), .number("Efficiency")])
    for (use, name) in uses {
      table.add([
        name, Scale.text(use.entered, "kWh"), Scale.text(use.used, "kWh"),
        use.efficiency.map { NumberText.percent($0) } ?? "·",
      ])
    }
    return table
  }

  /// From where exergy enters to where it is used, with what is destroyed on the way (a Grassmann diagram).
  func grassmann() -> FlowDiagram {
    var nodes: [FlowDiagram.Node] = []
    var bands: [FlowDiagram.Band] = []
    let all = "cluster"
    nodes.append(FlowDiagram.Node(all, name: "Cluster", colour: .other))
    nodes.append(FlowDiagram.Node("destroyed", name: "Destroyed", colour: .lost))
    for line in accounts.exergy.lines {
      let colour = legend.colour(line.id), own = line.kind.rawValue + ":" + line.id
      let name = legend.name(line.id)
      switch line.kind {
      case .source, .market:
        nodes.append(FlowDiagram.Node(own, name: name, colour: colour))
        bands.append(FlowDiagram.Band(from: own, to: all, amount: line.given, colour: colour))
        if line.kind == .source, line.destroyed > 0 {
          bands.append(FlowDiagram.Band(from: own, to: "destroyed", amount: line.destroyed, colour: .lost))
        }
      case .converter, .storage, .link, .spill:
        guard line.destroyed > 0 else { continue }
        nodes.append(FlowDiagram.Node(own, name: name, colour: colour))
        bands.append(FlowDiagram.Band(from: all, to: own, amount: line.destroyed, colour: colour))
        bands.append(FlowDiagram.Band(from: own, to: "destroyed", amount: line.destroyed, colour: .lost))
      case .demand:
        nodes.append(FlowDiagram.Node(own, name: name, colour: colour))
        bands.append(FlowDiagram.Band(from: all, to: own, amount: line.taken, colour: colour))
        nodes.append(FlowDiagram.Node("use:" + line.id, name: "needed by " + name, colour: colour))
        bands.append(FlowDiagram.Band(from: own, to: "use:" + line.id, amount: line.given, colour: colour))
        bands.append(FlowDiagram.Band(from: own, to: "destroyed", amount: line.destroyed, colour: .lost))
      }
    }
    if accounts.exergy.sold > 0 {
      nodes.append(FlowDiagram.Node("sold", name: "Sold", colour: .outside))
      bands.append(FlowDiagram.Band(from: all, to: "sold", amount: accounts.exergy.sold, colour: .outside))
    }
    return FlowDiagram(
      id: "grassmann", title: "From source to need: exergy of a year",
      summary:
        "Entering \(Scale.text(accounts.exergy.entered, "kWh")), used and sold \(Scale.text(accounts.exergy.used + accounts.exergy.sold, "kWh")), destroyed \(Scale.text(accounts.exergy.destroyed, "kWh")).",
      unit: "kWh", nodes: nodes, bands: bands.filter { $0.amount > 0 })
  }
}
