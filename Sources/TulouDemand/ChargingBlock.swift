package import TulouQuantities

/// Charging at certain hours of every day.
package struct ChargingBlock: Sendable, Equatable {
  /// Points in use; sessions spread over the hours may come to parts of a point.
  package var points: Double
  /// Power of each [kW].
  package var kilowatts: Double
  /// First hour [h, 0 ..< 24].
  package var startHour: Int
  /// Hour at which it ends [h, 1 ... 24], at or before the start: passes midnight.
  package var endHour: Int
  /// A block.
  package init(points: Double, kilowatts: Double, startHour: Int, endHour: Int) {
    self.points = points
    self.kilowatts = kilowatts
    self.startHour = startHour
    self.endHour = endHour
  }

  /// Sessions a day of some length [h], spread evenly over the hours.
  package init(sessions: Double, sessionHours: Double, kilowatts: Double, startHour: Int, endHour: Int) {
    self.init(points: 0, kilowatts: kilowatts, startHour: startHour, endHour: endHour)
    points = sessions * sessionHours / Double(length)
  }

  /// Length of the block [h].
  package var length: Int { endHour > startHour ? endHour - startHour : endHour + 24 - startHour }

  /// Sessions of some length [h] that the points serve in the block: `points x hours / session`, rounded down as table 7
  /// of the Xizhou paper counts them (the whole product, not per point).
  package func sessions(lasting sessionHours: Double) -> Int {
    Int(saturating: (points * Double(length) / sessionHours + 1e-9).rounded(.down))
  }

  /// Whether the hour that begins at `endHour` counts as well.
  package enum EndHour: Sendable, Equatable {
    /// Half-open interval: 11-14 are three hours. What is meant by a clock.
    case excluded
    /// Closed interval on the clock's strokes 1 ... 24: 11-14 are four samples, 23-7 nine, 0-6 six. The Xizhou paper's
    /// table 8 counts like this: all four of its mid-season and summer energies come out, one within 0.1 MWh.
    case counted
  }

  /// Hours of the day that the block covers.
  package func hours(_ end: EndHour) -> [Int] {
    switch end {
    case .excluded: return (0..<length).map { (startHour + $0) % 24 }
    // Stroke 0 is the day before's stroke 24.
    case .counted: return ((startHour == 0 ? 1 : 0)...length).map { (startHour + $0) % 24 }
    }
  }

  /// Power in each hour of the day [kW] of several blocks together, 24 values; an hour that a closed interval adds counts
  /// on top of what begins there.
  package static func day(_ blocks: [ChargingBlock], endHour: EndHour = .excluded) -> [Double] {
    var result = [Double](repeating: 0, count: 24)
    for block in blocks {
      for hour in block.hours(endHour) { result[hour] += block.points * block.kilowatts }
    }
    return result
  }

  /// The same day over a horizon [kW], `count == horizon.steps`, by the clock on the wall; steps longer or shorter than an
  /// hour take the mean.
  package static func series(
    _ blocks: [ChargingBlock], endHour: EndHour = .excluded, over horizon: Horizon
  ) -> [Double] {
    let day = day(blocks, endHour: endHour)
    return (0..<horizon.steps).map { t in
      let start = horizon.civil(t).hour
      var left = start, sum = 0.0
      while left < start + horizon.stepHours - 1e-9 {
        let hour = (left + 1e-9).rounded(.down)
        let right = min(start + horizon.stepHours, hour + 1)
        sum += day[Int(saturating: hour) % 24] * (right - left)
        left = right
      }
      return sum / horizon.stepHours
    }
  }
}
