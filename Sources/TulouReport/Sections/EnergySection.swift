import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Who supplies each form of energy, month by month and over the year.
  func energySection() -> Page.Section {
    var contents: [Page.Content] = []
    let carriers = accounts.sources.reduce(into: [String]()) { if !$0.contains($1.carrier) { $0.append($1.carrier) } }
    for carrier in carriers {
      let all = accounts.sources.filter { $0.carrier == carrier }
      let most = all.map(\.yearly).max() ?? 0
      let sources = all.filter { Dust.cleaned($0.yearly, scale: most) > 0 }
      guard let months = sources.first?.months, !months.isEmpty else { continue }
      let name = legend.carrier(carrier)
      let isFuel = project.carriers.first { $0.id == carrier }?.kind == .fuel
      if !isFuel && months.count > 1 {
        contents.append(
          .chart(
            Chart(
              id: "month-\(PlanReport.identifier(carrier))", title: "\(name.capitalisedFirst) by month and source",
              summary: "What sources, machines, storages and markets give, month by month.",
              body: .bars(
                Bars(
                  categories: months.map(PlanReport.monthName),
                  series: sources.map { Series(legend.name($0.id), $0.monthly, colour: legend.colour($0.id)) },
                  quantity: "Energy", unit: "kWh")))))
      }
      // A fuel in the unit in which it is bought beside its energy.
      let fuel = project.carriers.first { $0.id == carrier && $0.heatingValue != nil }
      var columns: [Table.Column] = [.text("From"), .text("Class")]
      if fuel != nil { columns.append(.number("Amount")) }
      columns += [.number("Energy"), .number("Share"), .number("Curtailed")]
      var table = Table("\(name.capitalisedFirst) per year", columns: columns)
      // What storages give entered before.
      let sum = sources.reduce(0) { $1.kind == GenericStorage.kind ? $0 : $0 + $1.yearly }
      for source in sources {
        var cells = [legend.name(source.id), source.energyClass.map(legend.words) ?? Legend.plain(source.kind)]
        if let amount = FuelAmount(source.yearly, of: fuel) { cells.append(amount.text) }
        cells += [
          Scale.text(source.yearly, "kWh"),
          source.kind == GenericStorage.kind ? "·" : NumberText.percent(source.yearly / max(sum, 1e-12)),
          source.curtailed > 0 ? Scale.text(source.curtailed, "kWh") : "·",
        ]
        table.add(cells)
      }
      contents.append(.table(table))
    }
    let diagram = sankey()
    if !diagram.bands.isEmpty {
      contents.insert(
        .picture(Page.Picture(diagram)), at: 0)
    }
    return Page.Section(id: "energy", title: "Energy", contents)
  }

  /// The year's energy from where it enters to where it is used.
  func sankey() -> FlowDiagram {
    var nodes: [FlowDiagram.Node] = []
    var bands: [FlowDiagram.Band] = []
    var known: Set<String> = []
    func node(_ id: String, _ name: String, _ colour: Colour) {
      if known.insert(id).inserted { nodes.append(FlowDiagram.Node(id, name: name, colour: colour)) }
    }
    func band(_ from: String, _ to: String, _ amount: Double, _ colour: Colour) {
      if amount > 0 { bands.append(FlowDiagram.Band(from: from, to: to, amount: amount, colour: colour)) }
    }
    let energies = Set(
      project.buses.filter {
        switch project.carrier(ofBus: $0.id)?.kind {
        case .water, .material, nil: false
        default: true
        }
      }.map(\.id))
    for bus in project.buses where energies.contains(bus.id) {
      node("bus:" + bus.id, legend.name(bus.id), legend.colour(bus.id))
    }
    // Many demands of one bus become one, so that the picture stays readable.
    let crowded = project.demands.count > 14
    for line in flows.lines where energies.contains(line.bus) {
      let bus = "bus:" + line.bus, colour = legend.colour(line.id)
      let component = project.components.first { $0.id == line.id }
      if case .link? = component?.block { continue }
      switch line.part {
      case .supply:
        let own = "in:" + line.id
        if case .converter? = component?.block {
          node("machine:" + line.id, legend.name(line.id), colour)
          band("machine:" + line.id, bus, line.yearly, colour)
        } else {
          node(own, legend.name(line.id) + (line.note == .discharge ? ", out" : ""), colour)
          band(own, bus, line.yearly, colour)
        }
      case .use:
        if case .converter? = component?.block {
          node("machine:" + line.id, legend.name(line.id), colour)
          band(bus, "machine:" + line.id, line.yearly, legend.colour(line.bus))
        } else if line.note == .spilled {
          node("lost", "Lost", .lost)
          band(bus, "lost", line.yearly, .lost)
        } else {
          node(
            "out:" + line.id,
            legend.name(line.id) + (line.note == .charge ? ", in" : line.note == .sold ? ", sold" : ""), colour)
          band(bus, "out:" + line.id, line.yearly, colour)
        }
      case .demand:
        let served = flows.served(line).yearly
        let id = crowded ? "demand:" + line.bus : "demand:" + line.id
        node(id, crowded ? "Demand on \(legend.name(line.bus))" : legend.name(line.id), colour)
        band(bus, id, served, legend.colour(line.bus))
      case .unserved: break
      }
    }
    for component in project.components {
      switch component.block {
      case .converter(let converter):
        guard converter.ports.allSatisfy({ energies.contains($0.bus) }) else { continue }
        let own = "machine:" + component.id
        if let heat = flows.ambient[component.id], heat > 0 {
          node("ambient", "Ambient heat", Colour.of(energyClass: .ambient))
          band("ambient", own, heat, Colour.of(energyClass: .ambient))
        }
        let loss = bands.reduce(0) { $0 + ($1.to == own ? $1.amount : $1.from == own ? -$1.amount : 0) }
        if loss > 0 && known.contains(own) {
          node("lost", "Lost", .lost)
          band(own, "lost", loss, .lost)
        }
      case .link(let link):
        guard energies.contains(link.from), energies.contains(link.to) else { continue }
        // Opposite directions are netted; the picture shows where energy goes over the year.
        let into = flows.lines.filter { $0.id == component.id && $0.part == .supply }
        let forth = into.filter { $0.bus == link.to }.reduce(0) { $0 + $1.yearly }
        let back = into.filter { $0.bus == link.from }.reduce(0) { $0 + $1.yearly }
        let (from, to, net) = forth >= back ? (link.from, link.to, forth - back) : (link.to, link.from, back - forth)
        band("bus:" + from, "bus:" + to, net, legend.colour(from))
        let given = flows.yearly(component.id, .use)
        if given > forth + back {
          node("lost", "Lost", .lost)
          // What is lost leaves from the bus that gives most.
          band("bus:" + from, "lost", given - forth - back, .lost)
        }
      default: break
      }
    }
    // Losses of one bus in several links become one band.
    bands = bands.reduce(into: []) { merged, band in
      if let i = merged.firstIndex(where: { $0.from == band.from && $0.to == band.to }) {
        merged[i].amount += band.amount
      } else {
        merged.append(band)
      }
    }
    let largest = bands.sorted { $0.amount > $1.amount }.prefix(3).map { band in
      let from = nodes.first { $0.id == band.from }?.name ?? "", to = nodes.first { $0.id == band.to }?.name ?? ""
      return "\(from) to \(to) \(Scale.text(band.amount, "kWh"))"
    }
    return FlowDiagram(
      id: "sankey", title: "From source to use: energy of a year",
      summary: "The widest bands: " + largest.joined(separator: "; ") + ".", unit: "kWh", nodes: nodes, bands: bands)
  }

  /// `2027-03` as `Mar`, other texts as they are.
  static func monthName(_ month: String) -> String {
    let parts = month.split(separator: "-")
    guard parts.count == 2, let number = Int(parts[1]), (1...12).contains(number) else { return month }
    return HourlyData.months[number - 1]
  }

  /// The text with everything but letters and digits as strokes, for ids within a page.
  static func identifier(_ text: String) -> String {
    String(
      text.unicodeScalars.map { s in
        (s >= "a" && s <= "z") || (s >= "A" && s <= "Z") || (s >= "0" && s <= "9") ? Character(s) : "-"
      })
  }
}
