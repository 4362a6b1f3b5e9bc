import TulouQuantities

extension SensitivityReport {
  /// Two inputs against each other.
  package struct Grid: Sendable {
    /// Inputs along and up; their cases hold the values only, ascending.
    package var x: Input, y: Input
    /// Results, a row a value of `y`, a column a value of `x`; nil where no plan holds.
    package var results: [[Double?]]
    /// What is built in each case, in the order of `results`; empty: not known.
    package var systems: [[String?]]
    /// Further inputs at what they are held, in words.
    package var fixed: [String]
    /// A grid.
    package init(
      x: Input, y: Input, results: [[Double?]], systems: [[String?]] = [], fixed: [String] = []
    ) {
      self.x = x
      self.y = y
      self.results = results
      self.systems = systems
      self.fixed = fixed
    }
  }

  /// Where the cells of a map stand.
  private struct Cells {
    let grid: Grid
    let width = 900.0, left = 118.0, top = 12.0
    var columns: Int { max(1, grid.x.cases.count) }
    var rows: Int { max(1, grid.y.cases.count) }
    var cellWidth: Double { (width - left - 12) / Double(columns) }
    var cellHeight: Double { max(26, min(46, 320 / Double(rows))) }
    var bottom: Double { top + cellHeight * Double(rows) }

    func place(_ c: Int, _ r: Int) -> (x: Double, y: Double) {
      (left + cellWidth * Double(c), bottom - cellHeight * Double(r + 1))
    }

    func words(_ c: Int, _ r: Int) -> String {
      "\(Scale.text(grid.x.cases[c].value, grid.x.unit)), \(Scale.text(grid.y.cases[r].value, grid.y.unit))"
    }

    /// Values beside and below the cells, names of the inputs.
    func axes(_ drawing: inout Drawing) {
      for (r, one) in grid.y.cases.enumerated() {
        drawing.text(
          Scale.text(one.value, grid.y.unit), x: left - 8, y: bottom - cellHeight * (Double(r) + 0.5) + 4,
          anchor: .end, kind: "m")
      }
      for (c, one) in grid.x.cases.enumerated() {
        drawing.text(
          Scale.text(one.value, grid.x.unit), x: left + cellWidth * (Double(c) + 0.5), y: bottom + 18, anchor: .middle,
          kind: "m")
      }
      drawing.text(grid.x.path + " →", x: (left + width) / 2, y: bottom + 38, anchor: .middle, kind: "m")
      drawing.text("↑ " + grid.y.path, x: 4, y: bottom + 38, kind: "m")
    }
  }

  private func title(_ words: String, _ grid: Grid) -> String {
    "\(words) over \(grid.x.path) and \(grid.y.path)"
      + (grid.fixed.isEmpty ? "" : ", with " + grid.fixed.joined(separator: ", "))
  }

  /// The grid as a map of coloured cells with their numbers.
  func map(_ grid: Grid, number: Int = 0) -> Page.Content {
    let title = title(quantity, grid)
    let cells = Cells(grid: grid)
    let values = grid.results.flatMap { $0.compactMap { $0 } }.filter(\.isFinite)
    let low = values.min() ?? 0, high = values.max() ?? 1
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    var drawing = Drawing(width: cells.width, height: cells.bottom + 64)
    for (r, line) in grid.results.enumerated() {
      for (c, value) in line.enumerated() {
        let (x, y) = cells.place(c, r)
        let colour = value.map { high > low ? Ramp.colour(($0 - low) / (high - low)) : Ramp.colour(0.5) }
        drawing.rectangle(
          x: x + 0.5, y: y + 0.5, width: cells.cellWidth - 1, height: cells.cellHeight - 1, fill: colour?.hex ?? "none",
          title: "\(cells.words(c, r)): \(value.map { Scale.text($0, unit) } ?? "no plan")",
          extra: colour == nil ? "class=\"grid\" stroke=\"#bbb\"" : "")
        let text = value.map { NumberText.significant($0 / scale.factor, digits: 4) } ?? "–"
        guard cells.cellWidth > text.drawnWidth * Frame.font else { continue }
        drawing.text(
          text, x: x + cells.cellWidth / 2, y: y + cells.cellHeight / 2 + 4, anchor: .middle,
          extra: colour.map { "fill=\"\($0.ink.hex)\" style=\"fill:\($0.ink.hex)\"" } ?? "")
      }
    }
    cells.axes(&drawing)
    let note = "Cells: \(Frame.label(quantity, scale.unit))"
    drawing.text(note, x: cells.width - 12, y: cells.bottom + 58, anchor: .end, kind: "m")
    let id = number == 0 ? "map" : "map-\(number)"
    return .picture(
      Page.Picture(id: id, title: title, svg: drawing.element(id: id, title: title, summary: note)))
  }

  /// What is best to build, case by case: HOMER's "optimal system type". Nil where one system wins everywhere.
  func systemMap(_ grid: Grid, number: Int = 0) -> Page.Content? {
    let all = grid.systems.flatMap { $0.compactMap { $0 } }.filter { !$0.isEmpty }
    var count: [String: Int] = [:]
    for one in all { count[one, default: 0] += 1 }
    let types = count.keys.sorted { (count[$0] ?? 0, $1) > (count[$1] ?? 0, $0) }
    guard types.count > 1 else { return nil }
    let title = title("What is best to build", grid)
    let cells = Cells(grid: grid)
    let lines = types.count
    var drawing = Drawing(width: cells.width, height: cells.bottom + 58 + Double(lines) * 20)
    for (r, line) in grid.systems.enumerated() {
      for (c, system) in line.enumerated() {
        let (x, y) = cells.place(c, r)
        let place = types.firstIndex(of: system ?? "")
        let colour = place.map(Colour.plain)
        drawing.rectangle(
          x: x + 0.5, y: y + 0.5, width: cells.cellWidth - 1, height: cells.cellHeight - 1, fill: colour?.hex ?? "none",
          title: "\(cells.words(c, r)): \(system ?? "no plan")",
          extra: colour == nil ? "class=\"grid\" stroke=\"#bbb\"" : "")
        drawing.text(
          place.map { String($0 + 1) } ?? "–", x: x + cells.cellWidth / 2, y: y + cells.cellHeight / 2 + 4,
          anchor: .middle, extra: colour.map { "fill=\"\($0.ink.hex)\" style=\"fill:\($0.ink.hex)\"" } ?? "")
      }
    }
    cells.axes(&drawing)
    for (i, type) in types.enumerated() {
      let y = cells.bottom + 62 + Double(i) * 20
      drawing.rectangle(
        x: cells.left, y: y - 11, width: 14, height: 14, fill: Colour.plain(i).hex, title: type, extra: "")
      drawing.text("\(i + 1)  \(type)", x: cells.left + 22, y: y + 1)
    }
    let id = number == 0 ? "system-map" : "system-map-\(number)"
    return .picture(
      Page.Picture(
        id: id, title: title,
        svg: drawing.element(
          id: id, title: title,
          summary: "Which components the best plan of each case builds: " + types.joined(separator: "; "))))
  }

  /// Colours that run smoothly between the computed cases, true to the scale of both inputs; nil where cases are too
  /// few or miss a plan.
  func surface(_ grid: Grid, number: Int = 0) -> Page.Content? {
    let xs = grid.x.cases.map(\.value), ys = grid.y.cases.map(\.value)
    let z = grid.results.map { $0.compactMap { $0 } }
    guard xs.count > 2, ys.count > 2, z.count == ys.count, z.allSatisfy({ $0.count == xs.count }),
      let x0 = xs.first, let x1 = xs.last, let y0 = ys.first, let y1 = ys.last, x1 > x0, y1 > y0
    else { return nil }
    let flat = z.flatMap { $0 }
    let low = flat.min() ?? 0, high = flat.max() ?? 1
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let title = title(quantity, grid)
    let left = 118.0, right = 790.0, top = 14.0, bottom = 334.0
    var drawing = Drawing(width: 900, height: bottom + 66)
    let columns = 48, rows = 24
    func place(_ value: Double, in values: [Double]) -> (Int, Double) {
      let i = max(0, min(values.count - 2, (values.firstIndex { $0 > value } ?? values.count) - 1))
      return (i, (value - values[i]) / (values[i + 1] - values[i]))
    }
    for r in 0..<rows {
      for c in 0..<columns {
        let (i, p) = place(x0 + (x1 - x0) * (Double(c) + 0.5) / Double(columns), in: xs)
        let (j, q) = place(y0 + (y1 - y0) * (Double(r) + 0.5) / Double(rows), in: ys)
        let below = z[j][i] + (z[j][i + 1] - z[j][i]) * p, above = z[j + 1][i] + (z[j + 1][i + 1] - z[j + 1][i]) * p
        let share = high > low ? (below + (above - below) * q - low) / (high - low) : 0.5
        drawing.rectangle(
          x: left + (right - left) * Double(c) / Double(columns),
          y: bottom - (bottom - top) * Double(r + 1) / Double(rows), width: (right - left) / Double(columns) + 0.6,
          height: (bottom - top) / Double(rows) + 0.6, fill: Ramp.colour(share).hex, title: "", extra: "")
      }
    }
    func across(_ x: Double) -> Double { left + (right - left) * (x - x0) / (x1 - x0) }
    func up(_ y: Double) -> Double { bottom - (bottom - top) * (y - y0) / (y1 - y0) }
    for (j, y) in ys.enumerated() {
      for (i, x) in xs.enumerated() {
        drawing.rectangle(
          x: across(x) - 2.5, y: up(y) - 2.5, width: 5, height: 5, fill: "#ffffff",
          title:
            "\(Scale.text(x, grid.x.unit)), \(Scale.text(y, grid.y.unit)): \(Scale.text(z[j][i], unit))",
          extra: "stroke=\"#1a1a1a\" stroke-width=\"1\"")
      }
      drawing.text(Scale.text(y, grid.y.unit), x: left - 8, y: up(y) + 4, anchor: .end, kind: "m")
    }
    // Labels that would touch are left out.
    var last = -1e9
    for x in xs where across(x) - last > 84 {
      last = across(x)
      drawing.text(Scale.text(x, grid.x.unit), x: last, y: bottom + 18, anchor: .middle, kind: "m")
    }
    drawing.text(grid.x.path + " →", x: (left + right) / 2, y: bottom + 38, anchor: .middle, kind: "m")
    drawing.text("↑ " + grid.y.path, x: 4, y: bottom + 38, kind: "m")
    for k in 0..<50 {
      drawing.rectangle(
        x: 806, y: bottom - (bottom - top - 20) * Double(k + 1) / 50, width: 14, height: (bottom - top - 20) / 50 + 0.5,
        fill: Ramp.colour((Double(k) + 0.5) / 50).hex, title: "", extra: "")
    }
    for share in [0, 0.5, 1] {
      drawing.text(
        NumberText.significant((low + (high - low) * share) / scale.factor, digits: 4), x: 826,
        y: bottom - (bottom - top - 20) * share + 4, kind: "m")
    }
    drawing.text(scale.unit, x: 806, y: top + 8, kind: "m")
    drawing.text(
      "Squares are plans; colours between them are drawn, not planned.", x: right, y: bottom + 58, anchor: .end,
      kind: "m")
    let id = number == 0 ? "surface" : "surface-\(number)"
    return .picture(
      Page.Picture(
        id: id, title: title,
        svg: drawing.element(id: id, title: title, summary: "\(Frame.label(quantity, scale.unit)) as colour.")))
  }

  /// A line for each value of the second input over the first.
  func family(_ grid: Grid, number: Int = 0) -> Chart? {
    guard grid.x.cases.count > 2 else { return nil }
    let series = grid.results.enumerated().map { r, line in
      Series(
        Scale.text(grid.y.cases[r].value, grid.y.unit), line.map { $0 ?? .nan }, colour: .plain(r))
    }
    return Chart(
      id: number == 0 ? "family" : "family-\(number)", title: "\(quantity) over \(grid.x.path)",
      summary:
        "A line for each value of \(grid.y.path)\(grid.fixed.isEmpty ? "" : ", with " + grid.fixed.joined(separator: ", ")); every point is a plan of its own.",
      body: .lines(
        Lines(
          axis: .numbers(grid.x.cases.map(\.value), quantity: grid.x.path, unit: grid.x.unit), series: series,
          quantity: quantity, unit: unit, fromZero: false)))
  }
}
