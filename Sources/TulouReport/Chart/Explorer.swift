import TulouQuantities

/// A column of numbers that a reader may put on an axis.
package struct ExplorerColumn: Sendable {
  /// Name in the choice and on the axis.
  package var title: String
  /// Unit of the values; `1` for a share.
  package var unit: String
  /// A column.
  package init(_ title: String, _ unit: String) {
    self.title = title
    self.unit = unit
  }
}

/// A scatter whose axes the reader chooses, over rows that are embedded in the page. Without script, and on paper, a
/// drawing stands in its place.
package struct RowExplorer: Sendable {
  /// A row.
  package struct Point: Sendable {
    /// Place of its group; nil: it was rejected.
    package var group: Int?
    /// What it is.
    package var name: String
    /// A remark: why it was rejected, a warning; may be empty.
    package var note: String
    /// Values in the order of the columns, base units; not-a-number where there is none.
    package var values: [Double]
    /// A row.
    package init(group: Int?, name: String, note: String, values: [Double]) {
      self.group = group
      self.name = name
      self.note = note
      self.values = values
    }
  }

  /// Columns.
  package var columns: [ExplorerColumn]
  /// Names and colours of the groups.
  package var groups: [(name: String, colour: Colour)]
  /// Rows.
  package var points: [Point]
  /// Columns on the axes at first.
  package var x: Int, y: Int
  /// What stands there without script; its title and words are those of the figure.
  package var still: Chart
  /// An explorer.
  package init(
    columns: [ExplorerColumn], groups: [(name: String, colour: Colour)], points: [Point], x: Int, y: Int, still: Chart
  ) {
    self.columns = columns
    self.groups = groups
    self.points = points
    self.x = x
    self.y = y
    self.still = still
  }

  /// Columns, groups and rows for the script, in the units that are printed.
  func embedded() -> JSON {
    let scales = columns.indices.map { c in
      Scale.fitting(points.map { $0.values[c] }.filter(\.isFinite).map(abs).max() ?? 0, unit: columns[c].unit)
    }
    return .object([
      (
        "columns",
        .array(zip(columns, scales).map { .object([("title", .text($0.title)), ("unit", .text($1.unit))]) })
      ),
      (
        "groups", .array(groups.map { .object([("name", .text($0.name)), ("colour", .text($0.colour.hex))]) })
      ),
      ("x", .integer(x)), ("y", .integer(y)),
      (
        "points",
        .array(
          points.map { point in
            .object([
              ("g", .integer(point.group ?? -1)), ("name", .text(point.name)), ("note", .text(point.note)),
              ("v", .numbers(zip(point.values, scales).map { ExplorerNumber.short($0 / $1.factor) })),
            ])
          })
      ),
    ])
  }
}

/// A map of the best value over any two sizes that the reader chooses.
package struct SurfaceExplorer: Sendable {
  /// A place of the map.
  package struct Cell: Sendable {
    /// Pair of sizes, place of the first size, place of the second.
    package var pair: Int, x: Int, y: Int
    /// Whether its best design keeps every limit.
    package var isFeasible: Bool
    /// What the design is.
    package var name: String
    /// Values in the order of the measures.
    package var values: [Double]
    /// A place.
    package init(pair: Int, x: Int, y: Int, isFeasible: Bool, name: String, values: [Double]) {
      self.pair = pair
      self.x = x
      self.y = y
      self.isFeasible = isFeasible
      self.name = name
      self.values = values
    }
  }

  /// Unique within a page.
  package var id: String
  /// Heading, and what a reader should see.
  package var title: String, summary: String
  /// Sizes with their places.
  package var sizes: [(column: ExplorerColumn, places: [Double])]
  /// Pairs of sizes.
  package var pairs: [(x: Int, y: Int)]
  /// What may be shown.
  package var measures: [ExplorerColumn]
  /// Places that hold a design.
  package var cells: [Cell]
  /// What is said of a place whose best design breaks a limit.
  var broken = "breaks a limit"
  /// A map.
  package init(
    id: String, title: String, summary: String, sizes: [(column: ExplorerColumn, places: [Double])],
    pairs: [(x: Int, y: Int)], measures: [ExplorerColumn], cells: [Cell]
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.sizes = sizes
    self.pairs = pairs
    self.measures = measures
    self.cells = cells
  }

  /// The pair over which the first measure of what is feasible changes most, the first of equals.
  var first: Int {
    var best = (pair: 0, span: -1.0)
    for p in pairs.indices {
      let values = cells.filter { $0.pair == p && $0.isFeasible }.compactMap(\.values.first).filter(\.isFinite)
      let span = (values.max() ?? 0) - (values.min() ?? 0)
      if span > best.span { best = (p, span) }
    }
    return best.pair
  }

  /// Places of a size as printed, and the unit.
  func labels(_ size: Int) -> (texts: [String], unit: String) {
    let places = sizes[size].places
    let scale = Scale.fitting(places.map(abs).max() ?? 0, unit: sizes[size].column.unit)
    return (places.map { NumberText.significant($0 / scale.factor, digits: 3) }, scale.unit)
  }

  func scale(_ measure: Int) -> Scale {
    let largest = cells.filter(\.isFeasible).map { $0.values[measure] }.filter(\.isFinite).map(abs).max() ?? 0
    return Scale.fitting(largest, unit: measures[measure].unit)
  }

  /// Sizes, measures and places for the script, in the units that are printed.
  func embedded() -> JSON {
    let scales = measures.indices.map(scale)
    return .object([
      ("ramp", .array(Ramp.anchors.map { .numbers([Double($0.red), Double($0.green), Double($0.blue)]) })),
      (
        "sizes",
        .array(
          sizes.indices.map { i in
            let (texts, unit) = labels(i)
            return .object([
              ("title", .text(sizes[i].column.title)), ("unit", .text(unit)),
              ("places", .array(texts.map { .text($0) })),
            ])
          })
      ),
      ("pairs", .array(pairs.map { .numbers([Double($0.x), Double($0.y)]) })), ("first", .integer(first)),
      (
        "measures",
        .array(zip(measures, scales).map { .object([("title", .text($0.title)), ("unit", .text($1.unit))]) })
      ),
      (
        "cells",
        .array(
          cells.map { cell in
            .array([
              .integer(cell.pair), .integer(cell.x), .integer(cell.y), .integer(cell.isFeasible ? 1 : 0),
              .text(cell.name), .numbers(zip(cell.values, scales).map { ExplorerNumber.short($0 / $1.factor) }),
            ])
          })
      ),
    ])
  }
}

/// Numbers of embedded rows.
enum ExplorerNumber {
  /// Rounded to six significant digits, which a picture does not need.
  static func short(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value.isFinite ? 0 : .nan }
    var step = 1.0
    let size = abs(value)
    while size * step < 1e5, step < 1e12 { step *= 10 }
    while size * step >= 1e6, step > 1e-12 { step /= 10 }
    return (value * step).rounded() / step
  }
}
