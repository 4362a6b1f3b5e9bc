package import TulouDocument
package import TulouQuantities

/// A demand over the hours, from an archetype and a yearly energy.
///
/// `L(t) = E s(t) (1 + d_day + d_step) / sum`, with s the archetype's shape (day, week, month, shifts, tourism,
/// temperature), d_day and d_step normal numbers, one a day and one a step, and the sum such that every whole calendar year
/// holds exactly E; a horizon of part of a year gets what that part has in the whole year. Hours, days and months of the
/// shape are those on the wall, summer time included (rule K11); the year that holds E is one of standard time.
/// - Source: form of HOMER's synthetic load (HOMER manual, "Generating synthetic load data").
package struct DemandProfile: Sendable {
  /// Weeks with guests.
  package struct Tourism: Sendable, Equatable {
    /// Weeks of the year by ISO 8601, 1 ... 53.
    package var weeks: Set<Int>
    /// Factor on the demand in these weeks [-].
    package var factor: Double
    /// Weeks and factor.
    package init(weeks: Set<Int>, factor: Double) {
      self.weeks = weeks
      self.factor = factor
    }
  }

  /// Outdoor temperature of a whole calendar year [degC], one value per step of the given horizon.
  package typealias Temperature = @Sendable (_ wholeYear: Horizon) throws(ProjectFault) -> [Double]

  /// Shape.
  package var archetype: Archetype
  /// Energy of a calendar year [kWh].
  package var annualEnergy: Double
  /// Weekends and holidays.
  package var calendar: WorkCalendar
  /// Guests.
  package var tourism: Tourism?
  /// Number of shifts; nil keeps the archetype's day. Only for archetypes that work in shifts.
  package var shifts: ShiftPattern?
  /// Days of the week without work, 0 = Monday ... 6 = Sunday; the plant then rests as outside its shifts.
  package var closedWeekdays: Set<Int>
  /// Change with temperature [1/K]: the shape is multiplied by `1 + slope (T - mean T)`, at least 0.
  package var temperatureSlope: Double
  /// Outdoor temperature; needed for a slope and for heating and cooling archetypes.
  package var temperature: Temperature?
  /// Standard deviation of the day's factor [-]; nil takes the archetype's.
  package var dayVariability: Double?
  /// Standard deviation of the step's factor [-]; nil takes the archetype's.
  package var stepVariability: Double?
  /// Whether the months are those of the southern half of the earth (moved by six).
  package var southernHemisphere: Bool
  /// Seed of the random numbers.
  package var seed: UInt64

  /// A demand of some energy a year [kWh].
  package init(
    archetype: Archetype, annualEnergy: Double, calendar: WorkCalendar = WorkCalendar(), tourism: Tourism? = nil,
    shifts: ShiftPattern? = nil, closedWeekdays: Set<Int> = [], temperatureSlope: Double = 0,
    temperature: Temperature? = nil, dayVariability: Double? = nil, stepVariability: Double? = nil,
    southernHemisphere: Bool = false, seed: UInt64 = 1
  ) {
    self.archetype = archetype
    self.annualEnergy = annualEnergy
    self.calendar = calendar
    self.tourism = tourism
    self.shifts = shifts
    self.closedWeekdays = closedWeekdays
    self.temperatureSlope = temperatureSlope
    self.temperature = temperature
    self.dayVariability = dayVariability
    self.stepVariability = stepVariability
    self.southernHemisphere = southernHemisphere
    self.seed = seed
  }

  /// Power [kW], `count == horizon.steps`, never negative.
  ///
  /// - Throws: where a parameter is outside validity, a temperature is missing, or nothing is left to scale (no heating
  ///   degree in the year).
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    try validate()
    let years = horizon.calendarYears
    return try horizon.cut { (year) throws(ProjectFault) in
      let whole = horizon.wholeYear(year)
      let shape = try shape(year, whole, stream: UInt64(years.firstIndex(of: year) ?? 0))
      let sum = shape.reduce(0, +) * horizon.stepHours
      guard sum > 0 else {
        guard annualEnergy > 0 else { return shape }
        throw ProjectFault(
          "The demand profile '\(archetype.name)' is zero in every hour of \(year), so \(annualEnergy) kWh cannot be spread over it."
        )
      }
      let factor = annualEnergy / sum
      return shape.map { $0 * factor }
    }
  }

  private func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(annualEnergy, in: 0...1e13, "yearly energy", "kWh", &found)
    for (values, count, what) in [
      (archetype.workday, 24, "hours of the workday"), (archetype.weekend, 24, "hours of the weekend"),
      (archetype.months, 12, "months"),
    ] where values.count != count || values.contains(where: { !($0 >= 0 && $0.isFinite) }) {
      found.append(
        Diagnostic(
          .error, "The \(what) of profile '\(archetype.name)' must be \(count) numbers, none of them negative."))
    }
    if let tourism {
      check(tourism.factor, in: 0...20, "factor of the tourism weeks", "", &found)
      for week in tourism.weeks.sorted() where !(1...53).contains(week) {
        found.append(Diagnostic(.error, "Week \(week) of tourism does not exist: weeks are numbered 1 to 53."))
      }
    }
    if shifts != nil && !archetype.worksInShifts {
      let names = Archetype.all.filter(\.worksInShifts).map(\.name).joined(separator: ", ")
      found.append(
        Diagnostic(
          .error, "The profile '\(archetype.name)' does not work in shifts.", advice: "Shifts belong to: \(names)."))
    }
    for day in closedWeekdays.sorted() where !(0...6).contains(day) {
      found.append(Diagnostic(.error, "A closed weekday must be 0 (Monday) to 6 (Sunday), not \(day)."))
    }
    check(temperatureSlope, in: -0.2...0.2, "change with temperature", "1/K", &found)
    check(dayVariability ?? archetype.dayVariability, in: 0...1, "variability from day to day", "", &found)
    check(stepVariability ?? archetype.stepVariability, in: 0...1, "variability from step to step", "", &found)
    if temperature == nil && (temperatureSlope != 0 || archetype.driver != .calendar) {
      found.append(
        Diagnostic(
          .error, "The profile '\(archetype.name)' follows the outdoor temperature, but there is none.",
          advice: "Give monthly_temperature or a weather file under resources."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
  }

  private func shape(_ year: Int, _ whole: Horizon, stream: UInt64) throws(ProjectFault) -> [Double] {
    var random = SeededRandom(seed: seed, stream: 0x4445_4D00 &+ stream)  // "DEM"
    let stepHours = whole.stepHours
    let day = dayShapes
    let dayDeviation = dayVariability ?? archetype.dayVariability
    let stepDeviation = stepVariability ?? archetype.stepVariability
    var temperatures: [Double] = []
    var mean = 0.0
    if let temperature {
      temperatures = try temperature(whole)
      guard temperatures.count == whole.steps else {
        throw ProjectFault(
          "The outdoor temperature of \(year) has \(temperatures.count) values, but the year has \(whole.steps) steps.")
      }
      mean = temperatures.reduce(0, +) / Double(max(1, temperatures.count))
    }
    var result: [Double] = []
    result.reserveCapacity(whole.steps)
    var known: CivilDate?
    var hours = day.workday
    var level = 1.0
    for t in 0..<whole.steps {
      let moment = whole.civil(t)
      if moment.date != known {
        known = moment.date
        (hours, level) = dayCourse(moment.date, day)
        level *= 1 + dayDeviation * random.normal() * (stepHours < 24 ? 1 : 0)
      }
      var value = meanOfDay(hours, from: moment.hour, length: stepHours) * level
      value *= 1 + stepDeviation * random.normal() / max(0.2, level)
      if !temperatures.isEmpty {
        switch archetype.driver {
        case .calendar: break
        case .heating(let base): value *= max(0, base - temperatures[t])
        case .cooling(let base): value *= max(0, temperatures[t] - base)
        }
        if temperatureSlope != 0 { value *= max(0, 1 + temperatureSlope * (temperatures[t] - mean)) }
      }
      result.append(max(0, value))
    }
    return result
  }

  private struct DayShapes { var workday, weekend, closed: [Double] }

  private var dayShapes: DayShapes {
    guard archetype.worksInShifts else {
      let rest = [Double](repeating: archetype.workday.min() ?? 0, count: 24)
      return DayShapes(workday: archetype.workday, weekend: archetype.weekend, closed: rest)
    }
    let base = archetype.workday.min() ?? 0
    let hours = shifts.map { $0.shape(base: base) } ?? archetype.workday
    return DayShapes(
      workday: hours, weekend: hours, closed: [Double](repeating: base, count: 24))
  }

  private func dayCourse(_ date: CivilDate, _ shapes: DayShapes) -> ([Double], Double) {
    let month = southernHemisphere ? (date.month + 5) % 12 : date.month - 1
    var level = archetype.months[month]
    if let tourism, tourism.weeks.contains(date.isoWeek) { level *= tourism.factor }
    if closedWeekdays.contains(date.weekday) { return (shapes.closed, level) }
    if calendar.isHoliday(date) { return (shapes.weekend, level * archetype.holidayFactor) }
    return (calendar.isWeekend(date) ? shapes.weekend : shapes.workday, level)
  }

  /// Mean of the hourly shape over `[from, from + length)` hours of the day, wrapping at midnight.
  private func meanOfDay(_ hours: [Double], from: Double, length: Double) -> Double {
    if length == 1 && from == from.rounded() { return hours[Int(saturating: from) % 24] }
    var left = from, sum = 0.0
    let end = from + length
    while left < end - 1e-9 {
      let hour = (left + 1e-9).rounded(.down)
      let right = min(end, hour + 1)
      sum += hours[Int(saturating: hour) % 24] * (right - left)
      left = right
    }
    return sum / length
  }
}

/// Adds a finding where the value is no number or lies outside the range.
func check(
  _ value: Double, in range: ClosedRange<Double>, _ name: String, _ unit: String, _ found: inout [Diagnostic]
) {
  guard !(value.isFinite && range.contains(value)) else { return }
  let u = unit.isEmpty ? "" : " \(unit)"
  found.append(
    Diagnostic(
      .error, "The \(name) is \(value)\(u), but must lie between \(range.lowerBound) and \(range.upperBound)\(u)."))
}
