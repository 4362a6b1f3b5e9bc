import TulouQuantities

extension HeatMap {
  /// The map as SVG: one path a colour step, so that a year of hours stays small.
  func drawing(width: Double) -> Drawing {
    let columns = (values.count + rows - 1) / max(1, rows)
    let finite = values.filter(\.isFinite)
    let low = min(0, finite.min() ?? 0), high = max(finite.max() ?? 1, low + 1e-12)
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let left = 44.0, right = width - 84, top = 12.0, bottom = top + 200
    var drawing = Drawing(width: width, height: bottom + 28)
    let cellWidth = (right - left) / Double(max(1, columns)), cellHeight = (bottom - top) / Double(max(1, rows))
    let levels = 24
    var paths = [String](repeating: "", count: levels)
    func level(_ value: Double) -> Int {
      min(levels - 1, Int(saturating: (value - low) / (high - low) * Double(levels)))
    }
    // Neighbouring cells of one level in a row become one stroke.
    for row in 0..<rows {
      var column = 0
      while column < columns {
        let index = column * rows + row
        guard index < values.count, values[index].isFinite else {
          column += 1
          continue
        }
        let own = level(values[index])
        var end = column + 1
        while end < columns, end * rows + row < values.count, values[end * rows + row].isFinite,
          level(values[end * rows + row]) == own
        { end += 1 }
        let y = bottom - (Double(row) + 0.5) * cellHeight
        paths[own] +=
          "M\(drawing.number(left + Double(column) * cellWidth)) \(drawing.number(y))"
          + "H\(drawing.number(left + Double(end) * cellWidth))"
        column = end
      }
    }
    for (own, commands) in paths.enumerated() where !commands.isEmpty {
      let colour = Ramp.colour((Double(own) + 0.5) / Double(levels)).hex
      drawing.path(
        commands, style: "stroke=\"\(colour)\" stroke-width=\"\(drawing.number(cellHeight + 0.3))\" fill=\"none\"")
    }
    for tick in columnTicks {
      drawing.text(tick.text, x: left + Double(tick.column) * cellWidth, y: bottom + 18, kind: "m")
    }
    for tick in rowTicks {
      drawing.text(tick.text, x: left - 6, y: bottom - Double(tick.row) * cellHeight + 4, anchor: .end, kind: "m")
    }
    scaleBar(low: low, high: high, scale: scale, x: right + 14, top: top, bottom: bottom, in: &drawing)
    return drawing
  }

  private func scaleBar(
    low: Double, high: Double, scale: Scale, x: Double, top: Double, bottom: Double, in drawing: inout Drawing
  ) {
    let steps = 20
    let barTop = top + 18
    let part = (bottom - barTop) / Double(steps)
    for i in 0..<steps {
      drawing.rectangle(
        x: x, y: bottom - part * Double(i + 1), width: 14, height: part + 0.4,
        fill: Ramp.colour((Double(i) + 0.5) / Double(steps)).hex)
    }
    drawing.text(scale.unit, x: x, y: top + 8, kind: "m")
    for share in [0.0, 0.5, 1.0] {
      let value = (low + (high - low) * share) / scale.factor
      drawing.text(
        NumberText.significant(value, digits: 3), x: x + 18, y: bottom - (bottom - barTop) * share + 4, kind: "m")
    }
  }
}
