extension Speaker {
  /// A unit that is a word; symbols stay.
  func unit(_ unit: String) -> String {
    let isWord = unit.utf8.count > 3 && !["share", "degC"].contains(unit)
    return isWord && !TextKind.isData(unit) ? say(unit, isFixed: true) : unit
  }

  /// The name of an axis.
  func axis(_ quantity: String) -> String { say(quantity, isFixed: true) }

  func say(_ series: [Series]) -> [Series] {
    series.map { one in
      var one = one
      one.name = say(one.name)
      return one
    }
  }
}

extension Chart {
  /// The chart in the language of a speaker.
  func said(by speaker: Speaker) -> Chart {
    var chart = self
    chart.title = speaker.say(title)
    chart.summary = speaker.say(summary)
    switch body {
    case .bars(var bars):
      bars.categories = bars.categories.map { speaker.say($0) }
      bars.series = speaker.say(bars.series)
      bars.line = bars.line.map { speaker.say([$0])[0] }
      bars.quantity = speaker.axis(bars.quantity)
      bars.unit = speaker.unit(bars.unit)
      chart.body = .bars(bars)
    case .lines(var lines):
      if case .numbers(let x, let quantity, let unit) = lines.axis {
        lines.axis = .numbers(x, quantity: speaker.axis(quantity), unit: speaker.unit(unit))
      }
      lines.series = speaker.say(lines.series)
      lines.quantity = speaker.axis(lines.quantity)
      lines.unit = speaker.unit(lines.unit)
      chart.body = .lines(lines)
    case .heat(var map):
      map.columnTicks = map.columnTicks.map { ($0.column, speaker.say($0.text)) }
      map.rowTicks = map.rowTicks.map { ($0.row, speaker.say($0.text)) }
      map.quantity = speaker.axis(map.quantity)
      map.unit = speaker.unit(map.unit)
      chart.body = .heat(map)
    case .waterfall(var fall):
      for i in fall.steps.indices { fall.steps[i].name = speaker.say(fall.steps[i].name) }
      fall.quantity = speaker.axis(fall.quantity)
      fall.unit = speaker.unit(fall.unit)
      chart.body = .waterfall(fall)
    case .tornado(var tornado):
      for i in tornado.bars.indices {
        tornado.bars[i].name = speaker.say(tornado.bars[i].name)
        tornado.bars[i].lowText = speaker.say(tornado.bars[i].lowText)
        tornado.bars[i].highText = speaker.say(tornado.bars[i].highText)
      }
      tornado.quantity = speaker.axis(tornado.quantity)
      tornado.unit = speaker.unit(tornado.unit)
      tornado.lowName = speaker.axis(tornado.lowName)
      tornado.highName = speaker.axis(tornado.highName)
      chart.body = .tornado(tornado)
    case .scatter(var scatter):
      for i in scatter.sets.indices {
        scatter.sets[i].name = speaker.say(scatter.sets[i].name)
        scatter.sets[i].points = scatter.sets[i].points.map { ($0.x, $0.y, speaker.say($0.name)) }
      }
      scatter.xQuantity = speaker.axis(scatter.xQuantity)
      scatter.yQuantity = speaker.axis(scatter.yQuantity)
      scatter.xUnit = speaker.unit(scatter.xUnit)
      scatter.yUnit = speaker.unit(scatter.yUnit)
      chart.body = .scatter(scatter)
    }
    return chart
  }
}
