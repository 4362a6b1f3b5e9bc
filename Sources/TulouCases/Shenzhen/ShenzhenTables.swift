package import Tulou

/// Tables 5 to 11 and figures 1 to 6 of the Shenzhen study as data, ours beside what is printed.
package struct ShenzhenTables: Sendable {
  /// Monthly means of the radiation of Shenzhen's typical year (SWERA, station 594930) [kWh/m2/d].
  static let typicalYear = [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29]

  /// Figure 3: energy of a year by stage and flow.
  private var flows = DataTable(
    "figure_3", "Figure 3: energy of a year, sizes of table 7 (the paper's diagram is not in our copy)",
    ["stage", "flow", "energy [GWh/y]"])
  /// Figures 4 to 6: present value of what is paid by stage, component and kind.
  private var costs = DataTable(
    "figures_4_to_6", "Figures 4 to 6: cost over 25 years, sizes of table 7, received negative",
    ["stage", "item", "kind", "present_value [MUSD]"])

  /// Adds the flows of a dispatch.
  mutating func addEnergy(_ plan: Plan, _ stage: String, _ project: Project) {
    func add(_ name: String, _ energy: Double) {
      flows.add(.text(stage), .text(name), .number(energy / 1e6))
    }
    add("wind to AC", plan.yearly("wind", .production))
    add("PV to DC", plan.yearly("panels", .production))
    add("DC to converter", plan.yearly("converter", .forward))
    add("gas to AC", plan.yearly("turbines", .conversion))
    add("grid to AC", plan.yearly("grid", .purchase))
    add("AC to grid", plan.yearly("grid", .sale))
    add("AC to pumped hydro", plan.yearly("reservoirs", .charge))
    add("pumped hydro to AC", plan.yearly("reservoirs", .discharge))
    let primary = project.demands.filter { $0.id != "later" }
    add(
      "AC to primary load",
      primary.reduce(0) { $0 + plan.yearly($1.power) - plan.yearly($1.id, .unserved) })
    add("AC to deferrable load", plan.yearly("later", .serve))
  }

  /// Adds what a dispatch costs.
  mutating func addCosts(_ accounts: Accounts, _ plan: Plan, _ stage: String) {
    for row in Self.presentValues(accounts) {
      costs.add(.text(stage), .text(row.item), .text(row.kind), .number(row.amount / 1e6))
    }
  }

  /// Present values by item and kind in the paper's words, where anything is paid or received [currency].
  package static func presentValues(_ accounts: Accounts) -> [(
    name: String, item: String, kind: String, amount: Double
  )] {
    let names = [
      "wind": "wind", "panels": "PV", "turbines": "gas", "gas": "gas", "converter": "converter",
      "reservoirs": "pumped hydro", "grid": "grid",
    ]
    var sums: [(name: String, item: String, kind: String, amount: Double)] = []
    for row in accounts.cashFlow {
      let item = names[row.id] ?? row.id
      // What is bought of a fuel is its cost.
      let kind = row.id == "gas" && row.kind == .purchase ? "fuel" : row.kind.rawValue
      let name = "\(item) \(kind)"
      if let known = sums.firstIndex(where: { $0.name == name }) {
        sums[known].amount += row.discounted
      } else {
        sums.append((name, item, kind, row.discounted))
      }
    }
    return sums
  }

  /// Every table, with what was planned.
  func all(_ paper: PublishedCase, _ columns: [ShenzhenColumn], used: [String: Double]) -> [DataTable] {
    [
      system, Self.radiation(paper), flows, costs,
      Self.inputs(paper, "table_5", "Table 5: costs, printed and used", "t5.", used),
      Self.inputs(paper, "table_6", "Table 6: the system, printed and used", "t6.", used),
      Self.sizes(paper, columns), Self.mix(paper, columns),
      Self.results(
        paper, columns, "table_9", "Table 9: cost of energy and net present cost",
        [("cost of energy", "USD/kWh", "t9.coe", \.coe), ("net present cost", "MUSD", "t9.npc", \.npc)]),
      Self.results(
        paper, columns, "table_10", "Table 10: CO2 with the low-carbon system",
        [("CO2", "kt/y", "t10.low", \.co2)], scale: 1e-3),
      Self.land(paper),
    ]
  }

  /// Figure 1: what stands on which bus.
  private var system: DataTable {
    var table = DataTable("figure_1", "Figure 1: the system", ["machine", "from", "to"])
    for (machine, from, to) in [
      ("wind turbines", "wind", "AC bus"), ("panels", "sun", "DC bus"), ("converter", "DC bus", "AC bus"),
      ("gas turbines", "gas", "AC bus"), ("grid", "AC bus", "AC bus, both ways"),
      ("pumped hydro", "AC bus", "AC bus, both ways"), ("primary load", "AC bus", "users"),
      ("deferrable load", "AC bus", "users"),
    ] {
      table.add(.text(machine), .text(from), .text(to))
    }
    return table
  }

  /// Figure 2: monthly radiation.
  private static func radiation(_ paper: PublishedCase) -> DataTable {
    var table = DataTable(
      "figure_2", "Figure 2: monthly radiation; of the paper's curve only the mean is known, 4.41",
      ["month", "typical_year [kWh/m2/d]", "scaled_to_the_printed_mean [kWh/m2/d]"])
    let days = (1...12).map { Double(CivilDate.days(inMonth: $0, of: 2025)) }
    let mean = zip(typicalYear, days).reduce(0) { $0 + $1.0 * $1.1 } / 365
    for (month, value) in typicalYear.enumerated() {
      table.add(.number(Double(month + 1)), .number(value), .number(value * paper["f2.mean"] / mean))
    }
    return table
  }

  private static func inputs(
    _ paper: PublishedCase, _ name: String, _ title: String, _ prefix: String, _ used: [String: Double]
  ) -> DataTable {
    var table = DataTable(name, title, ["item", "unit", "printed", "used"])
    for row in paper.rows where row.id.hasPrefix(prefix) && row.basis == .given {
      table.add(
        .text(row.what), .text(row.unit), .optional(row.published?.number), .optional(used[row.id]))
    }
    return table
  }

  private static func sizes(_ paper: PublishedCase, _ columns: [ShenzhenColumn]) -> DataTable {
    var table = DataTable(
      "table_7", "Table 7: sizes, printed and by our design",
      ["stage", "machine", "design", "printed [MW]", "ours [MW]"])
    for column in columns where !column.sizes.isEmpty && !column.design.hasPrefix("sizes of table 7") {
      for (_, size) in ShenzhenColumn.sizes {
        table.add(
          .text(column.stage), .text(size), .text("\(column.design), \(column.price) USD/kWh"),
          .number(paper["t7.\(size).\(column.stage)"]), .optional(column.sizes[size]))
      }
    }
    return table
  }

  private static func mix(_ paper: PublishedCase, _ columns: [ShenzhenColumn]) -> DataTable {
    var table = DataTable(
      "table_8", "Table 8: mix, printed and by our design", ["stage", "source", "design", "printed [%]", "ours [%]"])
    for column in columns where !column.sizes.isEmpty {
      for source in ShenzhenArithmetic.sources {
        table.add(
          .text(column.stage), .text(source), .text("\(column.design), \(column.price) USD/kWh"),
          .number(paper["t8.\(source).\(column.stage)"]), .optional(column.share(source)))
      }
    }
    return table
  }

  private static func results(
    _ paper: PublishedCase, _ columns: [ShenzhenColumn], _ name: String, _ title: String,
    _ quantities: [(String, String, String, KeyPath<ShenzhenColumn, Double>)], scale: Double = 1
  ) -> DataTable {
    var table = DataTable(name, title, ["stage", "quantity", "unit", "design", "printed", "ours"])
    for column in columns where !column.sizes.isEmpty {
      for (quantity, unit, id, path) in quantities {
        table.add(
          .text(column.stage), .text(quantity), .text(unit), .text("\(column.design), \(column.price) USD/kWh"),
          .number(paper["\(id).\(column.stage)"] * scale), .number(column[keyPath: path]))
      }
    }
    return table
  }

  private static func land(_ paper: PublishedCase) -> DataTable {
    var table = DataTable(
      "table_11", "Table 11: land and storage", ["stage", "quantity", "unit", "printed", "computed"])
    let values = ShenzhenArithmetic.values(of: paper)
    for stage in ShenzhenArithmetic.stages {
      for (name, unit, id) in [
        ("land of PV", "km2", "t11.pv"), ("land of wind", "km2", "t11.wind"), ("flow", "m3/s", "t11.flow"),
        ("adjustable storage", "Mm3", "t11.storage"),
      ] {
        table.add(
          .text(stage), .text(name), .text(unit), .number(paper["\(id).\(stage)"]),
          .optional(values["\(id).\(stage)"]?.value?.number))
      }
    }
    return table
  }
}
