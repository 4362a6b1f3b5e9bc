import TulouQuantities

/// Rain and snow of a place, by calendar month: facts for the reader, in no model.
package struct WeatherFacts: Sendable, Equatable {
  /// Rain and snow as water in each month [mm]; nil: not known.
  package var rain: [Double]?
  /// Days of each month with snow on the ground, at least 1 cm; nil: not known.
  package var snowDays: [Double]?
  /// Greatest depth of the snow [m]; nil: not known.
  package var greatestSnow: Double?

  /// Facts as somebody gives them.
  package init(rain: [Double]? = nil, snowDays: [Double]? = nil, greatestSnow: Double? = nil) {
    self.rain = rain
    self.snowDays = snowDays
    self.greatestSnow = greatestSnow
  }

  /// Facts of a weather file, means over its years; nil where it holds neither rain nor snow.
  ///
  /// Many files fill these columns with zeros or codes: a column without a single value above zero says nothing.
  package init?(_ weather: Weather) {
    let horizon = weather.horizon
    let days = Double(horizon.steps) * horizon.stepHours / 24
    let years = max(1, (days / 365).rounded())
    func usable(_ quantity: WeatherQuantity) -> WeatherColumn? {
      guard days >= 365, let column = weather.columns[quantity], column.values.contains(where: { $0 > 0 }),
        Double(column.missing.count) < 0.1 * Double(column.values.count)
      else { return nil }
      return column
    }
    if let column = usable(.precipitation) {
      var sums = [Double](repeating: 0, count: 12)
      for (t, value) in column.values.enumerated() { sums[horizon.moment(t).date.month - 1] += max(0, value) / years }
      rain = sums
    }
    if let column = usable(.snowDepth) {
      var counts = [Double](repeating: 0, count: 12)
      var known = Int.min
      for (t, value) in column.values.enumerated() where value >= 0.01 {
        let date = horizon.moment(t).date
        guard date.dayNumber != known else { continue }
        known = date.dayNumber
        counts[date.month - 1] += 1 / years
      }
      snowDays = counts
      greatestSnow = column.values.max()
    }
    if rain == nil && snowDays == nil { return nil }
  }

  /// Rain of the year [mm].
  package var yearlyRain: Double? { rain?.reduce(0, +) }
  /// Days of the year with snow on the ground.
  package var yearlySnowDays: Double? { snowDays?.reduce(0, +) }
}
