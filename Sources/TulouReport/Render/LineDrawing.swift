import TulouQuantities

extension Lines {
  /// Lines and areas as SVG.
  func drawing(width: Double) -> Drawing {
    let areas = series.filter { $0.style == .area }
    let lines = series.filter { $0.style != .area }
    // Areas stack upwards from zero, those below zero downwards.
    var up = [Double](repeating: 0, count: count), down = up
    var bands: [(series: Series, from: [Double], to: [Double])] = []
    for area in areas {
      let falls = (area.values.min() ?? 0) < 0
      let from = falls ? down : up
      var to = from
      for i in to.indices where area.values[i].isFinite { to[i] += area.values[i] }
      if falls { down = to } else { up = to }
      bands.append((area, from, to))
    }
    let values = lines.flatMap { $0.values.filter(\.isFinite) } + (areas.isEmpty ? [] : up + down)
    var low = values.min() ?? 0, high = values.max() ?? 1
    if fromZero {
      low = min(0, low)
      high = max(0, high)
    }
    let scale = Scale.fitting(max(abs(low), abs(high)), unit: unit)
    let ticks = Ticks(from: low / scale.factor, to: high / scale.factor)
    let items = series.map { (name: $0.name, colour: $0.colour, line: $0.style != .area) }
    let top = Frame.legendHeight(items.map(\.name), width: width) + 30
    let left = Frame.margin(ticks), right = width - 14
    let bottom = top + (width > 600 ? 260 : 210)
    var drawing = Drawing(width: width, height: bottom + 42)
    Frame.legend(items, in: &drawing)
    Frame.verticalAxis(
      ticks, label: Frame.label(quantity, scale.unit), left: left, right: right, top: top, bottom: bottom,
      in: &drawing)
    let places = horizontalAxis(left: left, right: right, bottom: bottom, in: &drawing)
    func y(_ value: Double) -> Double {
      bottom - (value / scale.factor - ticks.low) / (ticks.high - ticks.low) * (bottom - top)
    }
    func point(_ i: Int, _ value: Double) -> String { "\(drawing.number(places[i])) \(drawing.number(y(value)))" }
    for band in bands {
      guard count > 0 else { continue }
      var commands = "M" + (0..<count).map { point($0, band.to[$0]) }.joined(separator: "L")
      commands += "L" + (0..<count).reversed().map { point($0, band.from[$0]) }.joined(separator: "L") + "Z"
      drawing.path(commands, style: "fill=\"\(band.series.colour.hex)\"", title: band.series.name)
    }
    for one in lines {
      var commands = ""
      var open = false
      for i in 0..<count {
        guard one.values[i].isFinite else {
          open = false
          continue
        }
        if open && one.style == .step {
          commands += "H\(drawing.number(places[i]))V\(drawing.number(y(one.values[i])))"
        } else {
          commands += (open ? "L" : "M") + point(i, one.values[i])
        }
        open = true
      }
      let dash = one.style == .dashed ? " stroke-dasharray=\"6 4\"" : ""
      drawing.path(
        commands,
        style: "fill=\"none\" stroke=\"\(one.colour.hex)\" stroke-width=\"2\" stroke-linejoin=\"round\"\(dash)",
        title: one.name)
    }
    return drawing
  }

  /// Draws the horizontal axis and returns the place of every point.
  private func horizontalAxis(left: Double, right: Double, bottom: Double, in drawing: inout Drawing) -> [Double] {
    switch axis {
    case .numbers(let x, let quantity, let unit):
      let scale = Scale.fitting(x.map(abs).max() ?? 1, unit: unit)
      let low = (x.min() ?? 0) / scale.factor, high = (x.max() ?? 1) / scale.factor
      let span = high > low ? high - low : 1
      let ticks = Ticks(from: low, to: high, count: 6)
      func place(_ value: Double) -> Double { left + (value - low) / span * (right - left) }
      for tick in ticks.places where tick >= low - span * 1e-9 && tick <= high + span * 1e-9 {
        drawing.line(place(tick), bottom, place(tick), bottom + 4, style: "class=\"zero\"")
        drawing.text(ticks.text(tick), x: place(tick), y: bottom + 18, anchor: .middle, kind: "m")
      }
      drawing.text(
        Frame.label(quantity, scale.unit), x: (left + right) / 2, y: bottom + 36, anchor: .middle, kind: "m")
      return x.map { place($0 / scale.factor) }
    case .moments(let stamps):
      let step = (right - left) / Double(max(1, stamps.count - 1))
      // A tick where a day begins; days are thinned to at most one a hundred units of width.
      let days = stamps.indices.filter { stamps[$0].hasSuffix("T00") || $0 == 0 }
      let every = max(
        1, Int(saturating: (80 / max(1e-9, step * Double(stamps.count) / Double(max(1, days.count)))).rounded(.up)))
      for (n, i) in days.enumerated() where n % every == 0 {
        let at = left + step * Double(i)
        drawing.line(at, bottom, at, bottom + 4, style: "class=\"zero\"")
        let text = String(stamps[i].prefix(10))
        drawing.text(text, x: at, y: bottom + 18, anchor: n == 0 ? .start : .middle, kind: "m")
      }
      return stamps.indices.map { left + step * Double($0) }
    }
  }
}
