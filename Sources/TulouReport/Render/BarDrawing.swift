import TulouQuantities

extension Bars {
  /// The bars as SVG.
  func drawing(width: Double) -> Drawing {
    direction == .upright ? upright(width: width) : lying(width: width)
  }

  private var extent: (low: Double, high: Double) {
    var low = 0.0, high = 0.0
    for i in categories.indices {
      if arrangement == .stacked {
        low = min(low, series.reduce(0) { $0 + min(0, $1.values[i]) })
        high = max(high, series.reduce(0) { $0 + max(0, $1.values[i]) })
      } else {
        for one in series {
          low = min(low, one.values[i])
          high = max(high, one.values[i])
        }
      }
    }
    for value in line?.values ?? [] where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return (low, high)
  }

  private var legendItems: [(name: String, colour: Colour, line: Bool)] {
    series.map { ($0.name, $0.colour, false) } + (line.map { [($0.name, $0.colour, true)] } ?? [])
  }

  private func upright(width: Double) -> Drawing {
    let (low, high) = extent
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let ticks = Ticks(from: low / scale.factor, to: high / scale.factor)
    let top = Frame.legendHeight(legendItems.map(\.name), width: width) + 30
    let left = Frame.margin(ticks), right = width - 6
    let slot = (right - left) / Double(max(1, categories.count))
    // Labels are thinned where they would touch; slanted text reads badly on phones.
    let widest = (categories.map { $0.clipped(toWidth: 12).drawnWidth }.max() ?? 1) * Frame.font + 10
    let every = max(1, Int(saturating: (widest / slot).rounded(.up)))
    let height = top + 220 + 26
    let bottom = height - 26
    var drawing = Drawing(width: width, height: height)
    Frame.legend(legendItems, in: &drawing)
    Frame.verticalAxis(
      ticks, label: Frame.label(quantity, scale.unit), left: left, right: right, top: top, bottom: bottom,
      in: &drawing)
    func y(_ value: Double) -> Double {
      bottom - (value / scale.factor - ticks.low) / (ticks.high - ticks.low) * (bottom - top)
    }
    for (i, category) in categories.enumerated() {
      let x = left + slot * Double(i)
      var up = 0.0, down = 0.0
      for (j, one) in series.enumerated() {
        let value = one.values[i]
        guard value != 0, value.isFinite else { continue }
        let title = "\(category), \(one.name): \(Scale.text(value, unit))"
        if arrangement == .stacked {
          let base = value > 0 ? up : down
          let a = y(base), b = y(base + value)
          drawing.rectangle(
            x: x + slot * 0.14, y: min(a, b), width: slot * 0.72, height: abs(a - b), fill: one.colour.hex,
            title: title)
          if value > 0 { up += value } else { down += value }
        } else {
          let part = slot * 0.8 / Double(series.count)
          drawing.rectangle(
            x: x + slot * 0.1 + part * Double(j), y: min(y(0), y(value)), width: part * 0.92,
            height: abs(y(0) - y(value)), fill: one.colour.hex, title: title)
        }
      }
      if i % every == 0 {
        drawing.text(category.clipped(toWidth: 12), x: x + slot / 2, y: bottom + 18, anchor: .middle, kind: "m")
      }
    }
    if let line {
      var commands = ""
      for (i, value) in line.values.enumerated() where value.isFinite {
        commands +=
          "\(commands.isEmpty ? "M" : "L")\(drawing.number(left + slot * (Double(i) + 0.5))) \(drawing.number(y(value)))"
      }
      drawing.path(commands, style: "fill=\"none\" class=\"overlay\" stroke=\"\(line.colour.hex)\"")
    }
    return drawing
  }

  private func lying(width: Double) -> Drawing {
    let (low, high) = extent
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let ticks = Ticks(from: low / scale.factor, to: high / scale.factor, count: width < 600 ? 4 : 6)
    let top = Frame.legendHeight(legendItems.map(\.name), width: width)
    let names = categories.map { $0.clipped(toWidth: width < 600 ? 13 : 20) }
    let left = (names.map(\.drawnWidth).max() ?? 0) * Frame.font + 14, right = width - 58
    let rowHeight = arrangement == .grouped ? max(26, 14 * Double(series.count) + 8) : 26
    let bottom = top + rowHeight * Double(categories.count)
    var drawing = Drawing(width: width, height: bottom + 40)
    Frame.legend(legendItems, in: &drawing)
    func x(_ value: Double) -> Double {
      left + (value / scale.factor - ticks.low) / (ticks.high - ticks.low) * (right - left)
    }
    for place in ticks.places {
      let at = x(place * scale.factor)
      drawing.line(at, top, at, bottom, style: place == 0 ? "class=\"zero\"" : "class=\"grid\"")
      drawing.text(ticks.text(place), x: at, y: bottom + 16, anchor: .middle, kind: "m")
    }
    drawing.text(Frame.label(quantity, scale.unit), x: (left + right) / 2, y: bottom + 34, anchor: .middle, kind: "m")
    let decimals = scale.decimals(for: max(abs(low), abs(high)))
    for (i, category) in categories.enumerated() {
      let y = top + rowHeight * Double(i)
      drawing.text(names[i], x: left - 8, y: y + rowHeight / 2 + 4, anchor: .end)
      var up = 0.0, down = 0.0
      for (j, one) in series.enumerated() {
        let value = one.values[i]
        guard value != 0, value.isFinite else { continue }
        let base = arrangement == .stacked ? (value > 0 ? up : down) : 0
        let a = x(base), b = x(base + value)
        let part = arrangement == .stacked ? rowHeight * 0.7 : rowHeight * 0.84 / Double(series.count)
        let offset = arrangement == .stacked ? rowHeight * 0.15 : rowHeight * 0.08 + part * Double(j)
        drawing.rectangle(
          x: min(a, b), y: y + offset, width: abs(a - b), height: part, fill: one.colour.hex,
          title: "\(category), \(one.name): \(Scale.text(value, unit))")
        if value > 0 { up += value } else { down += value }
      }
      if arrangement == .stacked {
        let sum = up + down
        drawing.text(
          NumberText.fixed(sum / scale.factor, decimals: decimals), x: x(up) + 6, y: y + rowHeight / 2 + 4, kind: "m")
      }
    }
    return drawing
  }
}
