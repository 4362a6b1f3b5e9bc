package import TulouProject
import TulouQuantities

/// How results move when inputs move: a tornado, a line for each input, and the cases.
package struct SensitivityReport: Sendable {
  /// One input with the cases that were computed for it.
  package struct Input: Sendable {
    /// Path in the file, e.g. `components.wind.capital`.
    package var path: String
    /// Unit of the values.
    package var unit: String
    /// Value of the base case.
    package var base: Double
    /// Values tried, ascending, with the result of each; nil where no plan holds.
    package var cases: [(value: Double, result: Double?)]
    /// An input.
    package init(path: String, unit: String, base: Double, cases: [(value: Double, result: Double?)]) {
      self.path = path
      self.unit = unit
      self.base = base
      self.cases = cases.sorted { $0.value < $1.value }
    }
  }

  /// Name of the project.
  package var project: String
  /// What is looked at, with its unit.
  package var quantity: String, unit: String
  /// Result of the base case.
  package var base: Double
  /// Inputs.
  package var inputs: [Input]
  /// A row a case with whatever the study measured; may be empty.
  package var cases: Table?
  /// Two inputs against each other, in place of `inputs`: one grid a setting of the others.
  package var grids: [Grid] = []
  /// Remarks, a sentence each.
  package var remarks: [String] = []
  /// What stands on the cover.
  package var cover = Cover()
  /// Version of the program.
  package var version: String

  /// A report.
  package init(project: String, quantity: String, unit: String, base: Double, inputs: [Input], version: String) {
    self.project = project
    self.quantity = quantity
    self.unit = unit
    self.base = base
    self.inputs = inputs
    self.version = version
  }

  /// Widest bars first; inputs without two results are left out.
  package var tornado: Chart? {
    let bars = inputs.compactMap { input -> Tornado.Bar? in
      let solved = input.cases.compactMap { one in one.result.map { (value: one.value, result: $0) } }
      guard let low = solved.first, let high = solved.last, solved.count > 1 else { return nil }
      return Tornado.Bar(
        name: input.path, lowText: Scale.text(low.value, input.unit), low: low.result,
        highText: Scale.text(high.value, input.unit), high: high.result)
    }
    guard !bars.isEmpty, base.isFinite else { return nil }
    return Chart(
      id: "tornado", title: "What moves \(quantity.inSentence) most",
      summary:
        "Each bar runs from the result at the input's lowest to that at its highest value; the line is the base case, \(Scale.text(base, unit)).",
      body: .tornado(Tornado(bars: bars, base: base, quantity: quantity, unit: unit)))
  }

  /// Results over the input as per cent of its base value, a line an input.
  package var spider: Chart? {
    let moved = inputs.filter { $0.base.isFinite && $0.base != 0 && $0.cases.count > 1 }
    let xs = Set(moved.flatMap { input in input.cases.map { $0.value / input.base } } + [1]).sorted()
    guard xs.count > 2, !moved.isEmpty else { return nil }
    let series = moved.enumerated().map { i, input -> Series in
      let values = xs.map { x -> Double in
        if x == 1 { return base }
        return input.cases.first { abs($0.value / input.base - x) < 1e-12 }?.result ?? .nan
      }
      return Series(input.path, SensitivityReport.bridged(values, at: xs), colour: .plain(i))
    }
    return Chart(
      id: "spider", title: "\(quantity) over all inputs", summary: "Steep lines matter, flat ones do not.",
      body: .lines(
        Lines(
          axis: .numbers(xs.map { $0 * 100 }, quantity: "Input, share of its base value", unit: "%"), series: series,
          quantity: quantity, unit: unit, fromZero: false)))
  }

  /// The page.
  package func page() -> Page {
    var contents: [Page.Content] = [
      .lead(
        base.isFinite
          ? "In the base case \(quantity.inSentence) is \(Scale.text(base, unit))." : "The base case has no plan.")
    ]
    for (i, grid) in grids.enumerated() {
      if let map = systemMap(grid, number: i) { contents.append(map) }
      contents.append(map(grid, number: i))
      if let surface = surface(grid, number: i) { contents.append(surface) }
      if let family = family(grid, number: i) { contents.append(.chart(family)) }
    }
    if let tornado { contents.append(.chart(tornado)) }
    if let spider { contents.append(.chart(spider)) }
    var lines: [Chart] = []
    for (i, input) in inputs.enumerated() where input.cases.count > 2 {
      lines.append(
        Chart(
          id: "line-\(i)", title: "\(quantity) over \(input.path)",
          summary: "Every point is a plan of its own; gaps are values at which the project is infeasible.",
          width: .half,
          body: .lines(
            Lines(
              axis: .numbers(input.cases.map(\.value), quantity: input.path, unit: input.unit),
              series: [Series(quantity, input.cases.map { $0.result ?? .nan }, colour: .water)], quantity: quantity,
              unit: unit, fromZero: false))))
    }
    contents += Page.Content.pairs(lines)
    var sections = [Page.Section(id: "sensitivity", title: "In short", contents)]
    if let cases { sections.append(Page.Section(id: "cases", title: "Every case", [.table(cases)])) }
    if !remarks.isEmpty {
      sections.append(Page.Section(id: "sensitivity-remarks", title: "Proof and remarks", [.list(remarks)]))
    }
    return Page(
      title: project, subtitle: "Sensitivity of \(quantity.inSentence)", cover: cover, sections: sections,
      footer: "Made by Tulou \(version).")
  }

  /// Inputs are tried at different places; between its own points a line is straight.
  static func bridged(_ values: [Double], at xs: [Double]) -> [Double] {
    let known = values.indices.filter { values[$0].isFinite }
    var result = values
    for (a, b) in zip(known, known.dropFirst()) where b > a + 1 {
      for i in (a + 1)..<b {
        result[i] = values[a] + (values[b] - values[a]) * (xs[i] - xs[a]) / (xs[b] - xs[a])
      }
    }
    return result
  }
}
