package import TulouDocument
package import TulouQuantities

/// A fleet of electric vehicles with a daily trip.
package struct VehicleFleet: Sendable, Equatable {
  /// Hours of the day away from the charger.
  package struct Absence: Sendable, Equatable {
    /// Departure [h, 0 ... 24].
    package var start: Double
    /// Return [h, 0 ... 24]; at or before the departure it passes midnight.
    package var end: Double
    /// From departure to return.
    package init(start: Double, end: Double) {
      self.start = start
      self.end = end
    }
    /// Duration [h].
    package var hours: Double { end > start ? end - start : end + 24 - start }
  }

  /// On which days the vehicles drive.
  package enum Days: Sendable, Equatable {
    /// Every day.
    case every
    /// Neither weekend nor holiday.
    case workdays
  }

  /// Number of vehicles.
  package var count: Double
  /// Usable battery of one vehicle [kWh].
  package var batteryKilowattHours: Double
  /// Charger of one vehicle [kW].
  package var chargerKilowatts: Double
  /// Trip on a driving day [km].
  package var tripKilometres: Double
  /// Consumption [kWh/km].
  package var consumption: Double
  /// Hours of the day away from the charger.
  package var away: [Absence]
  /// Content that always stays [share of the battery].
  package var reserveShare: Double
  /// Driving days.
  package var days: Days

  /// A fleet.
  package init(
    count: Double, batteryKilowattHours: Double, chargerKilowatts: Double, tripKilometres: Double, consumption: Double,
    away: [Absence], reserveShare: Double = 0.1, days: Days = .every
  ) {
    self.count = count
    self.batteryKilowattHours = batteryKilowattHours
    self.chargerKilowatts = chargerKilowatts
    self.tripKilometres = tripKilometres
    self.consumption = consumption
    self.away = away
    self.reserveShare = reserveShare
    self.days = days
  }

  /// What the fleet is to the bus: a storage with bounds that vary, `count == horizon.steps` each.
  package struct Series: Sendable, Equatable {
    /// Power of all chargers with a vehicle [kW], mean over the step; the same for discharge where vehicles may give back.
    package var chargePower: [Double]
    /// Least content of all batteries at the start of the step [kWh].
    package var leastContent: [Double]
    /// Greatest content at the start of the step [kWh].
    package var greatestContent: [Double]
    /// Energy that trips take out of the batteries during the step [kWh].
    package var tripEnergy: [Double]

    /// More vehicles, step by step: `factors` has one factor a step.
    ///
    /// Vehicles that come or go at a step take the content that bounds ask of them with them.
    package mutating func scale(by factors: [Double]) {
      precondition(factors.count == chargePower.count, "a factor for each step")
      for t in factors.indices {
        chargePower[t] *= factors[t]
        leastContent[t] *= factors[t]
        greatestContent[t] *= factors[t]
        tripEnergy[t] *= factors[t]
      }
    }
  }

  /// Energy of the trip of all vehicles on a driving day [kWh].
  package var dailyTripEnergy: Double { count * tripKilometres * consumption }

  /// The fleet over a horizon.
  ///
  /// The trip's energy is taken evenly over the hours away, which go by the clock on the wall; a night in which clocks are
  /// changed has an hour more or less, and the same trip. The content at departure therefore has to hold reserve and trip.
  /// - Throws: where a trip does not fit the battery above the reserve, or the charger cannot refill it in the hours
  ///   plugged in.
  package func series(over horizon: Horizon, calendar: WorkCalendar = WorkCalendar()) throws(ProjectFault) -> Series {
    try validate()
    let steps = horizon.steps, dt = horizon.stepHours
    var away = [Double](repeating: 0, count: steps)
    var trips = away
    for (period, first) in zip(horizon.periods, horizon.periodStarts) {
      // Hours of standard time since the midnight on which the period begins.
      let zero = period.start.dayNumber * 86_400
      let begin = period.startHour, end = begin + Double(period.steps) * dt
      let days = Int(saturating: (end / 24).rounded(.up))
      for number in -2...(days + 1) {
        let day = period.start.dayNumber + number
        guard drives(CivilDate(dayNumber: day), calendar) else { continue }
        let spans = self.away.map { window in
          let stop = window.end > window.start ? window.end : window.end + 24
          func hour(_ wall: Double, last: Bool) -> Double {
            let seconds = day * 86_400 + Int(saturating: (wall * 3600).rounded())
            return Double(horizon.clock.standard(ofWall: seconds, last: last) - zero) / 3600
          }
          let from = hour(window.start, last: false)
          return (from: from, to: max(from, hour(stop, last: true)))
        }
        let hours = spans.reduce(0) { $0 + $1.to - $1.from }
        guard hours > 0 else { continue }
        for span in spans where span.to > begin && span.from < end {
          let low = max(0, Int(saturating: ((span.from - begin) / dt).rounded(.down)))
          let high = min(period.steps, Int(saturating: ((span.to - begin) / dt).rounded(.up)))
          for i in low..<max(low, high) {
            let left = begin + Double(i) * dt
            let share = max(0, min(span.to, left + dt) - max(span.from, left))
            away[first + i] += share
            trips[first + i] += dailyTripEnergy * share / hours
          }
        }
      }
    }
    let most = count * batteryKilowattHours
    return Series(
      chargePower: away.map { count * chargerKilowatts * (1 - min(1, $0 / dt)) },
      leastContent: [Double](repeating: reserveShare * most, count: steps),
      greatestContent: [Double](repeating: most, count: steps), tripEnergy: trips)
  }

  private func drives(_ date: CivilDate, _ calendar: WorkCalendar) -> Bool {
    days == .every || calendar.isWorkday(date)
  }

  private func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(count, in: 0...1e7, "number of vehicles", "", &found)
    check(batteryKilowattHours, in: 0.1...2000, "battery of a vehicle", "kWh", &found)
    check(chargerKilowatts, in: 0.1...2000, "charger of a vehicle", "kW", &found)
    check(tripKilometres, in: 0...2000, "trip of a vehicle", "km/d", &found)
    check(consumption, in: 0...10, "consumption of a vehicle", "kWh/km", &found)
    check(reserveShare, in: 0...0.95, "reserve of the batteries", "", &found)
    for window in away {
      check(window.start, in: 0...24, "start of the hours away", "h", &found)
      check(window.end, in: 0...24, "end of the hours away", "h", &found)
    }
    let trip = tripKilometres * consumption
    let awayHours = away.reduce(0) { $0 + $1.hours }
    if trip > 0 && away.isEmpty {
      found.append(Diagnostic(.error, "The vehicles drive \(tripKilometres) km a day, but are never away."))
    }
    if awayHours > 24 {
      found.append(Diagnostic(.error, "The vehicles are away for \(awayHours) h a day."))
    }
    if trip > batteryKilowattHours * (1 - reserveShare) * Double(max(1, away.count)) {
      found.append(
        Diagnostic(
          .error,
          "A trip takes \(trip) kWh, but the battery of \(batteryKilowattHours) kWh gives \(batteryKilowattHours * (1 - reserveShare)) kWh above its reserve."
        ))
    }
    if trip > chargerKilowatts * (24 - awayHours) {
      found.append(
        Diagnostic(
          .error,
          "A trip takes \(trip) kWh, but the charger gives \(chargerKilowatts * (24 - awayHours)) kWh in the \(24 - awayHours) h at home."
        ))
    }
    if !found.isEmpty { throw ProjectFault(found) }
  }
}
