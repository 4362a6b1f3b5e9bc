import TulouQuantities

extension Waterfall {
  /// The steps as SVG, lying, so that names have room on a phone.
  func drawing(width: Double) -> Drawing {
    var level = 0.0
    var spans: [(from: Double, to: Double)] = []
    for step in steps {
      let from = step.isSum ? 0 : level
      let to = step.isSum ? step.value : level + step.value
      spans.append((from, to))
      level = to
    }
    let all: [Double] = [0] + spans.map(\.from) + spans.map(\.to)
    let low = all.min() ?? 0, high = all.max() ?? 1
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let ticks = Ticks(from: low / scale.factor, to: high / scale.factor, count: width < 600 ? 4 : 6)
    let names = steps.map { $0.name.clipped(toWidth: width < 600 ? 14 : 24) }
    // Names of sums are bold, which is about a tenth wider.
    let widths = zip(names, steps).map { $0.drawnWidth * ($1.isSum ? 1.1 : 1) }
    let left = (widths.max() ?? 0) * Frame.font + 14, right = width - 64, top = 8.0
    let rowHeight = 28.0
    let bottom = top + rowHeight * Double(steps.count)
    var drawing = Drawing(width: width, height: bottom + 40)
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
    for (i, step) in steps.enumerated() {
      let y = top + rowHeight * Double(i)
      let a = x(spans[i].from), b = x(spans[i].to)
      drawing.rectangle(
        x: min(a, b), y: y + 4, width: max(1, abs(a - b)), height: rowHeight - 8, fill: step.colour.hex,
        title: "\(step.name): \(Scale.text(step.value, unit))")
      if i + 1 < steps.count { drawing.line(b, y + 4, b, y + rowHeight + 4, style: "class=\"zero\"") }
      drawing.text(names[i], x: left - 8, y: y + 18, anchor: .end, extra: step.isSum ? "font-weight=\"600\"" : "")
      let number = NumberText.fixed(step.value / scale.factor, decimals: decimals)
      drawing.text(step.isSum || step.value < 0 ? number : "+" + number, x: max(a, b) + 6, y: y + 18, kind: "m")
    }
    return drawing
  }
}

extension Tornado {
  /// The bars as SVG, widest on top.
  func drawing(width: Double) -> Drawing {
    let sorted = bars.sorted { abs($0.high - $0.low) > abs($1.high - $1.low) }
    let all: [Double] = [base] + bars.map(\.low) + bars.map(\.high)
    let low = all.min() ?? 0, high = all.max() ?? 1
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let ticks = Ticks(from: low / scale.factor, to: high / scale.factor, count: width < 600 ? 4 : 6)
    let names = sorted.map { $0.name.clipped(toWidth: width < 600 ? 13 : 22) }
    let left = (names.map(\.drawnWidth).max() ?? 0) * Frame.font + 14, right = width - 16, top = 28.0
    let rowHeight = 30.0
    let bottom = top + rowHeight * Double(bars.count)
    var drawing = Drawing(width: width, height: bottom + 40)
    Frame.legend(
      [(lowName, Colour.wind, false), (highName, Colour.heat, false)], in: &drawing)
    func x(_ value: Double) -> Double {
      left + (value / scale.factor - ticks.low) / (ticks.high - ticks.low) * (right - left)
    }
    for place in ticks.places {
      let at = x(place * scale.factor)
      drawing.line(at, top, at, bottom, style: "class=\"grid\"")
      drawing.text(ticks.text(place), x: at, y: bottom + 16, anchor: .middle, kind: "m")
    }
    drawing.text(Frame.label(quantity, scale.unit), x: (left + right) / 2, y: bottom + 34, anchor: .middle, kind: "m")
    for (i, bar) in sorted.enumerated() {
      let y = top + rowHeight * Double(i)
      for (value, input, colour) in [(bar.low, bar.lowText, Colour.wind), (bar.high, bar.highText, Colour.heat)] {
        let a = x(base), b = x(value)
        drawing.rectangle(
          x: min(a, b), y: y + 5, width: abs(a - b), height: rowHeight - 10, fill: colour.hex,
          title: "\(bar.name) = \(input): \(Scale.text(value, unit))")
        // The input is written into its bar where there is room.
        if abs(a - b) > input.drawnWidth * Frame.font + 8 {
          drawing.text(
            input, x: (a + b) / 2, y: y + 19, anchor: .middle, kind: "s", extra: "fill=\"\(colour.ink.hex)\"")
        }
      }
      drawing.text(names[i], x: left - 8, y: y + 19, anchor: .end)
    }
    drawing.line(x(base), top, x(base), bottom, style: "class=\"zero\" stroke-width=\"2\"")
    return drawing
  }
}

extension Scatter {
  /// The points as SVG.
  func drawing(width: Double) -> Drawing {
    let points = sets.flatMap(\.points)
    let xs = points.map(\.x).filter(\.isFinite), ys = points.map(\.y).filter(\.isFinite)
    let xScale = Scale.fitting(xs.map(abs).max() ?? 1, unit: xUnit)
    let yScale = Scale.fitting(ys.map(abs).max() ?? 1, unit: yUnit)
    let xTicks = Ticks(from: (xs.min() ?? 0) / xScale.factor, to: (xs.max() ?? 1) / xScale.factor)
    let yTicks = Ticks(from: (ys.min() ?? 0) / yScale.factor, to: (ys.max() ?? 1) / yScale.factor)
    let items = sets.map { (name: $0.name, colour: $0.colour, line: false) }
    let top = Frame.legendHeight(items.map(\.name), width: width) + 30
    let left = Frame.margin(yTicks), right = width - 16, bottom = top + 260
    var drawing = Drawing(width: width, height: bottom + 42)
    Frame.legend(items, in: &drawing)
    Frame.verticalAxis(
      yTicks, label: Frame.label(yQuantity, yScale.unit), left: left, right: right, top: top, bottom: bottom,
      in: &drawing)
    func x(_ value: Double) -> Double {
      left + (value / xScale.factor - xTicks.low) / (xTicks.high - xTicks.low) * (right - left)
    }
    func y(_ value: Double) -> Double {
      bottom - (value / yScale.factor - yTicks.low) / (yTicks.high - yTicks.low) * (bottom - top)
    }
    for tick in xTicks.places {
      drawing.line(x(tick * xScale.factor), bottom, x(tick * xScale.factor), bottom + 4, style: "class=\"zero\"")
      drawing.text(xTicks.text(tick), x: x(tick * xScale.factor), y: bottom + 18, anchor: .middle, kind: "m")
    }
    drawing.text(
      Frame.label(xQuantity, xScale.unit), x: (left + right) / 2, y: bottom + 36, anchor: .middle, kind: "m")
    for set in sets {
      let shown = set.points.filter { $0.x.isFinite && $0.y.isFinite }
      if set.joined {
        let commands = shown.map { "\(drawing.number(x($0.x))) \(drawing.number(y($0.y)))" }.joined(separator: "L")
        if !commands.isEmpty {
          drawing.path(
            "M" + commands,
            style: "fill=\"none\" stroke=\"\(set.colour.hex)\" stroke-width=\"1.5\""
              + (set.isDashedLine ? " stroke-dasharray=\"6 4\"" : ""))
        }
      }
      for point in shown where !set.isDashedLine {
        drawing.circle(
          x: x(point.x), y: y(point.y), radius: 5, fill: set.colour.hex,
          title: "\(point.name): \(Scale.text(point.x, xUnit)), \(Scale.text(point.y, yUnit))")
      }
    }
    return drawing
  }
}

extension Chart {
  /// The chart as SVG.
  func svg() -> String {
    let box = width == .full ? 960.0 : 480.0
    let drawing =
      switch body {
      case .bars(let bars): bars.drawing(width: box)
      case .lines(let lines): lines.drawing(width: box)
      case .heat(let map): map.drawing(width: box)
      case .waterfall(let waterfall): waterfall.drawing(width: box)
      case .tornado(let tornado): tornado.drawing(width: box)
      case .scatter(let scatter): scatter.drawing(width: box)
      }
    return drawing.element(id: id, title: title, summary: summary)
  }
}
