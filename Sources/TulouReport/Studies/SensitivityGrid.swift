extension SensitivityReport {
  /// Two inputs against each other.
  public struct Grid: Sendable {
    /// Inputs along and up; their cases hold the values only, ascending.
    public var x: Input, y: Input
    /// Results, a row a value of `y`, a column a value of `x`; nil where no plan holds.
    public var results: [[Double?]]
    /// Further inputs at what they are held, in words.
    public var fixed: [String]
    /// A grid.
    public init(x: Input, y: Input, results: [[Double?]], fixed: [String] = []) {
      self.x = x
      self.y = y
      self.results = results
      self.fixed = fixed
    }
  }

  /// The grid as a map of coloured cells with their numbers.
  func map(_ grid: Grid) -> Page.Content {
    let title = "\(quantity) over \(grid.x.path) and \(grid.y.path)"
    let columns = max(1, grid.x.cases.count), rows = max(1, grid.y.cases.count)
    let left = 118.0, top = 12.0, width = 900.0
    let cellWidth = (width - left - 12) / Double(columns)
    let cellHeight = max(26, min(46, 320 / Double(rows)))
    let bottom = top + cellHeight * Double(rows)
    let values = grid.results.flatMap { $0.compactMap { $0 } }.filter(\.isFinite)
    let low = values.min() ?? 0, high = values.max() ?? 1
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    var drawing = Drawing(width: width, height: bottom + 64)
    for (r, line) in grid.results.enumerated() {
      let y = bottom - cellHeight * Double(r + 1)
      for (c, value) in line.enumerated() {
        let x = left + cellWidth * Double(c)
        let colour = value.map { high > low ? Ramp.colour(($0 - low) / (high - low)) : Ramp.colour(0.5) }
        let place =
          "\(Scale.text(grid.x.cases[c].value, grid.x.unit)), \(Scale.text(grid.y.cases[r].value, grid.y.unit))"
        drawing.rectangle(
          x: x + 0.5, y: y + 0.5, width: cellWidth - 1, height: cellHeight - 1, fill: colour?.hex ?? "none",
          title: "\(place): \(value.map { Scale.text($0, unit) } ?? "no plan")",
          extra: colour == nil ? "class=\"grid\" stroke=\"#bbb\"" : "")
        let text = value.map { NumberText.significant($0 / scale.factor, digits: 4) } ?? "–"
        guard cellWidth > text.drawnWidth * Frame.font else { continue }
        drawing.text(
          text, x: x + cellWidth / 2, y: y + cellHeight / 2 + 4, anchor: .middle,
          extra: colour.map { "fill=\"\($0.ink.hex)\" style=\"fill:\($0.ink.hex)\"" } ?? "")
      }
      drawing.text(
        Scale.text(grid.y.cases[r].value, grid.y.unit), x: left - 8, y: bottom - cellHeight * (Double(r) + 0.5) + 4,
        anchor: .end, kind: "m")
    }
    for (c, one) in grid.x.cases.enumerated() {
      drawing.text(
        Scale.text(one.value, grid.x.unit), x: left + cellWidth * (Double(c) + 0.5), y: bottom + 18, anchor: .middle,
        kind: "m")
    }
    drawing.text(grid.x.path + " →", x: (left + width) / 2, y: bottom + 38, anchor: .middle, kind: "m")
    drawing.text("↑ " + grid.y.path, x: 4, y: bottom + 38, kind: "m")
    let note = "Cells: \(Frame.label(quantity, scale.unit))"
    drawing.text(
      grid.fixed.isEmpty ? note : note + "; " + grid.fixed.joined(separator: ", "), x: width - 12, y: bottom + 58,
      anchor: .end, kind: "m")
    return .picture(
      Page.Picture(id: "map", title: title, svg: drawing.element(id: "map", title: title, summary: note)))
  }

  /// A line for each value of the second input over the first.
  func family(_ grid: Grid) -> Chart? {
    guard grid.x.cases.count > 2 else { return nil }
    let series = grid.results.enumerated().map { r, line in
      Series(
        Scale.text(grid.y.cases[r].value, grid.y.unit), line.map { $0 ?? .nan }, colour: .plain(r))
    }
    return Chart(
      id: "family", title: "\(quantity) over \(grid.x.path)",
      summary: "A line for each value of \(grid.y.path); every point is a plan of its own.",
      body: .lines(
        Lines(
          axis: .numbers(grid.x.cases.map(\.value), quantity: grid.x.path, unit: grid.x.unit), series: series,
          quantity: quantity, unit: unit, fromZero: false)))
  }
}
