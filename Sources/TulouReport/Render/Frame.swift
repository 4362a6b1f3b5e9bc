/// The common parts of every chart: box, legend, axes.
struct Frame {
  /// Font size of the drawings [units of the box].
  static let font = 13.0

  /// Height of the legend for these names in a box `width` wide.
  static func legendHeight(_ names: [String], width: Double) -> Double {
    names.count < 2 ? 6 : Double(legendRows(names, width: width)) * 20 + 8
  }

  /// Draws the legend from the top.
  static func legend(_ items: [(name: String, colour: Colour, line: Bool)], in drawing: inout Drawing) {
    guard items.count > 1 else { return }
    var x = 4.0, y = 14.0
    for item in items {
      let name = item.name.clipped(toWidth: 26)
      let width = 22 + name.drawnWidth * font + 14
      if x + width > drawing.width && x > 4 {
        x = 4
        y += 20
      }
      if item.line {
        drawing.line(x, y - 4, x + 14, y - 4, style: "stroke=\"\(item.colour.hex)\" stroke-width=\"3\"")
      } else {
        drawing.rectangle(x: x, y: y - 10, width: 12, height: 12, fill: item.colour.hex, radius: 2)
      }
      drawing.text(name, x: x + 19, y: y)
      x += width
    }
  }

  private static func legendRows(_ names: [String], width: Double) -> Int {
    var x = 4.0
    var rows = 1
    for name in names {
      let needed = 22 + name.clipped(toWidth: 26).drawnWidth * font + 14
      if x + needed > width && x > 4 {
        x = 4
        rows += 1
      }
      x += needed
    }
    return rows
  }

  /// Width that tick texts need on the left.
  static func margin(_ ticks: Ticks) -> Double {
    (ticks.places.map { ticks.text($0).drawnWidth }.max() ?? 2) * font + 14
  }

  /// Draws horizontal grid lines with numbers on the left, and the quantity with its unit above them.
  static func verticalAxis(
    _ ticks: Ticks, label: String, left: Double, right: Double, top: Double, bottom: Double,
    in drawing: inout Drawing
  ) {
    for place in ticks.places {
      let y = bottom - (place - ticks.low) / (ticks.high - ticks.low) * (bottom - top)
      drawing.line(left, y, right, y, style: place == 0 ? "class=\"zero\"" : "class=\"grid\"")
      drawing.text(ticks.text(place), x: left - 6, y: y + 4, anchor: .end, kind: "m")
    }
    drawing.text(label, x: 4, y: top - 16, kind: "m")
  }

  /// `Energy [GWh]`.
  static func label(_ quantity: String, _ unit: String) -> String { unit.isEmpty ? quantity : "\(quantity) [\(unit)]" }
}
