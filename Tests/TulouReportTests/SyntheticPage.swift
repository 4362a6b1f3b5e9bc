import TulouReport

/// A page with everything that a reader may click: hours, map, charts, rows and a surface with axes to choose, a table to sort.
enum SyntheticPage {
  static func interactive() -> Page {
    var page = SyntheticPlan.report(hours: 336).page()
    page.sections.append(
      .init(id: "designs", title: "Designs", [.rows(rows), .surface(surface), .table(table)]))
    return page
  }

  private static var rows: RowExplorer {
    RowExplorer(
      columns: [.init("Cost", "EUR/y"), .init("CO2 <t/y>", "t/y"), .init("Land", "m2")],
      groups: [("sun", Colour(0x00224E)), ("sun & wind", Colour(0xC3B369))],
      points: [
        .init(group: 0, name: "sun & wind", note: "", values: [300, 20, 100]),
        .init(group: 1, name: "wind", note: "", values: [400, 10, 50]),
        .init(group: 1, name: "no land", note: "", values: [500, 5, .nan]),
        .init(group: nil, name: "rejected", note: "too dear", values: [900, 1, 70]),
      ], x: 0, y: 1,
      still: Chart(
        id: "designs-rows", title: "All designs", summary: "Each a mark.",
        body: .lines(
          Lines(axis: .numbers([1, 2], quantity: "Cost", unit: "EUR/y"), series: [], quantity: "CO2", unit: "t/y"))))
  }

  private static var surface: SurfaceExplorer {
    SurfaceExplorer(
      id: "best", title: "Best by size", summary: "The best of each place.",
      sizes: [(.init("Sun", "kW"), [0, 10]), (.init("Wind", "kW"), [0, 20])], pairs: [(0, 1)],
      measures: [.init("Cost", "EUR/y"), .init("CO2", "t/y")],
      cells: (0..<4).map { k in
        .init(
          pair: 0, x: k % 2, y: k / 2, isFeasible: k != 0, name: "place \(k)",
          values: [Double(400 - 50 * k), Double(k)])
      })
  }

  private static var table: Table {
    var table = Table("Designs", columns: [.text("Name"), .number("Cost")])
    for (name, cost) in [("gamma", 20.0), ("alpha", 100.0), ("beta", 3.0)] {
      table.add([name, "\(cost)"])
      table.keys.append([nil, cost])
    }
    return table
  }
}
