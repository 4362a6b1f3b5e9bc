import TulouQuantities

extension Chart {
  /// The chart as traces and layout of plotly.js, without colours of the theme, which the page adds.
  func plotly() -> JSON {
    let (traces, layout): ([JSON], [(String, JSON)]) =
      switch body {
      case .bars(let bars): bars.plotly()
      case .lines(let lines): lines.plotly()
      case .heat(let map): map.plotly()
      case .waterfall(let waterfall): waterfall.plotly()
      case .tornado(let tornado): tornado.plotly()
      case .scatter(let scatter): scatter.plotly()
      }
    return .object([("id", .text(id)), ("data", .array(traces)), ("layout", .object(layout))])
  }

  fileprivate static func title(_ quantity: String, _ unit: String) -> JSON {
    .object([("title", .object([("text", .text(Frame.label(quantity, unit).escaped))]))])
  }

  fileprivate static func marker(_ colour: Colour) -> JSON { .object([("color", .text(colour.hex))]) }

  /// Rounded, for a picture needs no more than five digits.
  fileprivate static func short(_ values: [Double], per factor: Double) -> JSON {
    .array(
      values.map { value in
        guard value.isFinite else { return .null }
        let scaled = value / factor
        let step = NumberText.tenTo(abs(scaled) >= 1000 ? 1 : abs(scaled) >= 1 ? 4 : 7)
        return .number((scaled * step).rounded() / step)
      })
  }

  fileprivate static func texts(_ values: [String]) -> JSON { .array(values.map { .text($0.escaped) }) }
}

extension Bars {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    let largest = (series.flatMap(\.values) + (line?.values ?? [])).filter(\.isFinite).map(abs).max() ?? 0
    let scale = Scale.fitting(largest, unit: unit)
    let lies = direction == .lying
    var traces = series.map { one -> JSON in
      let values = Chart.short(one.values, per: scale.factor), names = Chart.texts(categories)
      return .object([
        ("type", .text("bar")), ("name", .text(one.name.escaped)), ("x", lies ? values : names),
        ("y", lies ? names : values), ("orientation", .text(lies ? "h" : "v")), ("marker", Chart.marker(one.colour)),
      ])
    }
    if let line {
      traces.append(
        .object([
          ("type", .text("scatter")), ("mode", .text("lines+markers")), ("name", .text(line.name.escaped)),
          ("x", Chart.texts(categories)), ("y", Chart.short(line.values, per: scale.factor)),
          ("line", .object([("color", .text(line.colour.hex)), ("width", .number(2))])),
        ]))
    }
    let axis = Chart.title(quantity, scale.unit)
    let names: JSON = .object([("type", .text("category"))] + (lies ? [("autorange", .text("reversed"))] : []))
    return (
      traces,
      [
        ("barmode", .text(arrangement == .stacked ? "relative" : "group")), (lies ? "xaxis" : "yaxis", axis),
        (lies ? "yaxis" : "xaxis", names),
      ]
    )
  }
}

extension Lines {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    let largest = series.flatMap(\.values).filter(\.isFinite).map(abs).max() ?? 0
    let scale = Scale.fitting(largest, unit: unit)
    let x: JSON
    let xTitle: JSON
    switch axis {
    case .numbers(let values, let quantity, let unit):
      let xScale = Scale.fitting(values.map(abs).max() ?? 1, unit: unit)
      x = Chart.short(values, per: xScale.factor)
      xTitle = Chart.title(quantity, xScale.unit)
    case .moments(let stamps):
      x = Chart.texts(stamps.map { $0.contains(":") ? $0 : $0 + ":00" })
      xTitle = .object([])
    }
    let traces = series.map { one -> JSON in
      var fields: [(String, JSON)] = [
        ("type", .text("scatter")), ("mode", .text("lines")), ("name", .text(one.name.escaped)), ("x", x),
        ("y", Chart.short(one.values, per: scale.factor)),
      ]
      switch one.style {
      case .area:
        fields += [
          ("stackgroup", .text((one.values.min() ?? 0) < 0 ? "down" : "up")),
          ("fillcolor", .text(one.colour.hex)),
          ("line", .object([("width", .number(0)), ("color", .text(one.colour.hex))])),
        ]
      case .line, .dashed, .step:
        let dash = one.style == .dashed ? "dash" : "solid"
        fields.append(
          (
            "line",
            .object([
              ("color", .text(one.colour.hex)), ("width", .number(2)), ("dash", .text(dash)),
              ("shape", .text(one.style == .step ? "hv" : "linear")),
            ])
          ))
      }
      return .object(fields)
    }
    return (
      traces, [("xaxis", xTitle), ("yaxis", Chart.title(quantity, scale.unit)), ("hovermode", .text("x unified"))]
    )
  }
}

extension HeatMap {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    let scale = Scale.fitting(values.filter(\.isFinite).map(abs).max() ?? 0, unit: unit)
    let columns = (values.count + rows - 1) / max(1, rows)
    let z = (0..<rows).map { row in
      Chart.short(
        (0..<columns).map { $0 * rows + row < values.count ? values[$0 * rows + row] : .nan }, per: scale.factor)
    }
    let trace: JSON = .object([
      ("type", .text("heatmap")), ("z", .array(z)), ("colorscale", .text("Cividis")),
      ("colorbar", .object([("title", .object([("text", .text(scale.unit))]))])),
    ])
    let x: JSON = .object([
      ("tickvals", .array(columnTicks.map { .integer($0.column) })), ("ticktext", Chart.texts(columnTicks.map(\.text))),
    ])
    let y: JSON = .object([
      ("tickvals", .array(rowTicks.map { .integer($0.row) })), ("ticktext", Chart.texts(rowTicks.map(\.text))),
    ])
    return ([trace], [("xaxis", x), ("yaxis", y)])
  }
}

extension Waterfall {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    // Drawn as bars with a base, because plotly's own waterfall knows three colours only.
    let scale = Scale.fitting(steps.map { abs($0.value) }.max() ?? 0, unit: unit)
    var level = 0.0
    var bases: [Double] = []
    for step in steps {
      bases.append(step.isSum ? 0 : level)
      level = step.isSum ? step.value : level + step.value
    }
    let trace: JSON = .object([
      ("type", .text("bar")), ("orientation", .text("h")), ("y", Chart.texts(steps.map(\.name))),
      ("x", Chart.short(steps.map(\.value), per: scale.factor)), ("base", Chart.short(bases, per: scale.factor)),
      ("marker", .object([("color", .array(steps.map { .text($0.colour.hex) }))])), ("showlegend", .bool(false)),
    ])
    return (
      [trace], [("xaxis", Chart.title(quantity, scale.unit)), ("yaxis", .object([("autorange", .text("reversed"))]))]
    )
  }
}

extension Tornado {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    let sorted = bars.sorted { abs($0.high - $0.low) > abs($1.high - $1.low) }
    let scale = Scale.fitting(([base] + sorted.map(\.low) + sorted.map(\.high)).map(abs).max() ?? 0, unit: unit)
    func trace(_ name: String, _ colour: Colour, _ value: (Bar) -> Double, _ text: (Bar) -> String) -> JSON {
      .object([
        ("type", .text("bar")), ("orientation", .text("h")), ("name", .text(name)),
        ("y", Chart.texts(sorted.map(\.name))),
        ("x", Chart.short(sorted.map { value($0) - base }, per: scale.factor)),
        ("base", .number(base / scale.factor)), ("text", Chart.texts(sorted.map(text))),
        ("marker", Chart.marker(colour)),
      ])
    }
    let traces = [
      trace(lowName, .wind, { $0.low }, { $0.lowText }), trace(highName, .heat, { $0.high }, { $0.highText }),
    ]
    return (
      traces,
      [
        ("barmode", .text("overlay")), ("xaxis", Chart.title(quantity, scale.unit)),
        ("yaxis", .object([("autorange", .text("reversed"))])),
      ]
    )
  }
}

extension Scatter {
  fileprivate func plotly() -> ([JSON], [(String, JSON)]) {
    let points = sets.flatMap(\.points)
    let xScale = Scale.fitting(points.map(\.x).filter(\.isFinite).map(abs).max() ?? 0, unit: xUnit)
    let yScale = Scale.fitting(points.map(\.y).filter(\.isFinite).map(abs).max() ?? 0, unit: yUnit)
    let traces = sets.map { set -> JSON in
      .object([
        ("type", .text("scatter")),
        ("mode", .text(set.isDashedLine ? "lines" : set.joined ? "lines+markers" : "markers")),
        ("line", .object([("dash", .text(set.isDashedLine ? "dash" : "solid")), ("color", .text(set.colour.hex))])),
        ("name", .text(set.name.escaped)), ("x", Chart.short(set.points.map(\.x), per: xScale.factor)),
        ("y", Chart.short(set.points.map(\.y), per: yScale.factor)), ("text", Chart.texts(set.points.map(\.name))),
        ("marker", .object([("color", .text(set.colour.hex)), ("size", .number(9))])),
      ])
    }
    return (traces, [("xaxis", Chart.title(xQuantity, xScale.unit)), ("yaxis", Chart.title(yQuantity, yScale.unit))])
  }
}
