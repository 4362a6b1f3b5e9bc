import TulouAccounts
package import TulouProject
import TulouQuantities

/// The trade-off between two goals: a row of plans, none of which is better in both.
package struct FrontReport: Sendable {
  /// One plan of the front.
  package struct Point: Sendable {
    /// Name, e.g. the limit that was set.
    package var name: String
    /// Both goals, base unit.
    package var x: Double, y: Double
    /// Sizes as printed, by component name in the order of `sizeNames`.
    package var sizes: [String]
    /// Further numbers as printed, in the order of `columnNames`.
    package var columns: [String]
    /// Whether its optimality is proven.
    package var isProven: Bool
    /// Whether a goal is at least the number.
    package var xIsAtLeast: Bool, yIsAtLeast: Bool
    /// A point.
    package init(
      name: String, x: Double, y: Double, sizes: [String] = [], columns: [String] = [], isProven: Bool = true,
      xIsAtLeast: Bool = false, yIsAtLeast: Bool = false
    ) {
      self.name = name
      self.x = x
      self.y = y
      self.sizes = sizes
      self.columns = columns
      self.isProven = isProven
      self.xIsAtLeast = xIsAtLeast
      self.yIsAtLeast = yIsAtLeast
    }
  }

  /// Name of the project.
  package var project: String
  /// What the two goals are, with their units.
  package var xQuantity: String, xUnit: String, yQuantity: String, yUnit: String
  /// Plans in the order of the first goal.
  package var points: [Point]
  /// Other plans for comparison, e.g. today's.
  package var others: [Point] = []
  /// Designs that genetic algorithms found or that the file states, by name.
  package var bred: [(name: String, points: [Point])] = []
  /// Names of the components in `Point.sizes`.
  package var sizeNames: [String] = []
  /// Names of `Point.columns`.
  package var columnNames: [String] = []
  /// Remarks, a sentence each.
  package var remarks: [String] = []
  /// Whether less of the second goal is better.
  package var smallerIsBetter = true
  /// Corners of the line left of which no plan exists, by the proofs of all points together; empty where none is known.
  package var proven: [(x: Double, y: Double)] = []
  /// Further charts.
  package var charts: [Chart] = []
  /// Full reports of the plans: text and relative place.
  package var links: [(text: String, place: String)] = []
  /// What stands on the cover.
  package var cover = Cover()
  /// Version of the program.
  package var version: String

  /// A report of a front.
  package init(
    project: String, x: (quantity: String, unit: String), y: (quantity: String, unit: String), points: [Point],
    version: String
  ) {
    self.project = project
    xQuantity = x.quantity
    xUnit = x.unit
    yQuantity = y.quantity
    yUnit = y.unit
    self.points = points.sorted { $0.x < $1.x }
    self.version = version
  }

  /// Every plan with what the next step of the second goal costs in the first.
  package var table: Table { table(sizes: true) }

  /// The same without sizes, for a terminal.
  package var shortTable: Table { table(sizes: false) }

  private func table(sizes: Bool) -> Table {
    var table = Table(
      columns: [.text("Plan"), .number(xQuantity), .number(yQuantity), .number("Price of the step")]
        + (sizes ? sizeNames.map { .number($0) } : []) + columnNames.map { .number($0) })
    for (i, point) in points.enumerated() {
      var price = ""
      if i > 0 {
        let dx = point.x - points[i - 1].x, dy = points[i - 1].y - point.y
        if [point, points[i - 1]].contains(where: { $0.xIsAtLeast || $0.yIsAtLeast }) {
          price = AtLeast.noDifference
        } else if abs(dy) > 1e-9 * max(abs(point.y), 1) {
          price = PriceUnit.text(dx / (smallerIsBetter ? dy : -dy), xUnit, yUnit)
        }
      }
      table.add(
        [
          point.name + (point.isProven ? "" : " (not proven)"),
          AtLeast.text(Scale.text(point.x, xUnit), point.xIsAtLeast),
          AtLeast.text(Scale.text(point.y, yUnit), point.yIsAtLeast), price,
        ] + (sizes ? point.sizes : []) + point.columns)
    }
    return table
  }

  /// The front as a chart.
  package var chart: Chart {
    var sets = [
      Scatter.Set("Front", points: points.map { ($0.x, $0.y, $0.name) }, colour: .water, joined: true)
    ]
    if !others.isEmpty {
      sets.append(Scatter.Set("Others", points: others.map { ($0.x, $0.y, $0.name) }, colour: .heat))
    }
    for (k, set) in bred.enumerated() {
      sets.append(Scatter.Set(set.name, points: set.points.map { ($0.x, $0.y, $0.name) }, colour: .plain(k)))
    }
    if !proven.isEmpty {
      var line = Scatter.Set(
        "Proven: no plan left of it", points: proven.map { ($0.x, $0.y, "proven") }, colour: .outside, joined: true)
      line.isDashedLine = true
      sets.append(line)
    }
    return Chart(
      id: "front", title: "\(yQuantity) against \(xQuantity.inSentence)",
      summary: proven.isEmpty
        ? "Every point is a plan, and no plan with as good a value of the second goal is better in the first by more than the gap in the table. The line only joins the points: between them plans may lie left of it."
        : "Every point is a plan; the full line joins them. Left of the dashed line no plan exists: it is put together from the proofs of all points. Plans between the two lines were not looked for.",
      body: .scatter(Scatter(sets: sets, xQuantity: xQuantity, xUnit: xUnit, yQuantity: yQuantity, yUnit: yUnit)))
  }

  /// The page.
  package func page() -> Page {
    var contents: [Page.Content] = []
    if let first = points.first, let last = points.last, points.count > 1 {
      contents.append(
        .lead(
          "From \(Scale.text(first.x, xUnit)) to \(Scale.text(last.x, xUnit)) in \(xQuantity.inSentence), \(yQuantity.inSentence) goes from \(Scale.text(first.y, yUnit)) to \(Scale.text(last.y, yUnit)). Which plan is right is a choice, not a calculation."
        ))
    }
    contents += [.chart(chart), .table(table)]
    contents += Page.Content.pairs(charts)
    var sections = [Page.Section(id: "front-section", title: "In short", contents)]
    if !remarks.isEmpty {
      sections.append(Page.Section(id: "front-remarks", title: "Proof and remarks", [.list(remarks)]))
    }
    if !links.isEmpty {
      sections.append(Page.Section(id: "front-plans", title: "The plans in full", [.links(links)]))
    }
    return Page(
      title: project, subtitle: "Trade-off between \(xQuantity.inSentence) and \(yQuantity.inSentence)",
      cover: cover, sections: sections, footer: "Made by Tulou \(version).")
  }
}

/// Units of quotients.
enum PriceUnit {
  /// `USD/y` per `kg/y` is `USD/kg`; otherwise both are written out.
  static func quotient(_ above: String, _ below: String) -> String {
    let a = above.split(separator: "/", maxSplits: 1), b = below.split(separator: "/", maxSplits: 1)
    if a.count == 2, b.count == 2, a[1] == b[1] { return "\(a[0])/\(b[0])" }
    return "\(above) per \(below)"
  }

  /// A price as people say it: shares by the percentage point, land by the hectare.
  static func text(_ price: Double, _ above: String, _ below: String) -> String {
    switch below {
    case "1": Scale.text(price / 100, above) + " per %"
    case "m2": Scale.text(price * 10_000, above) + " per ha"
    default: Scale.text(price, quotient(above, below))
    }
  }
}
