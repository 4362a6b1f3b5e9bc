import TulouDemand
import TulouDocument
import TulouQuantities
import TulouTechnologies

/// A load-duration curve as written.
struct DurationInput: Sendable {
  var shares: [Double] = []
  var power: [Double] = []

  static let table = FieldTable<DurationInput>(
    "a load-duration curve",
    [
      Field("shares", .list(.number([.share])), .required, "Shares of time, ascending from 0 % to 100 %.") {
        $0.shares = $2.numberList($1, .share, in: .share) ?? []
      },
      Field("power", .list(.number([.power])), .required, "Power reached or passed in these shares, falling.") {
        $0.power = $2.numberList($1, .power, in: .notNegative) ?? []
      },
    ])
}

/// Charge points in use at fixed hours of every day, as written.
struct ChargingInput: Sendable {
  var points: Double?
  var sessions: Double?
  var duration: Double?
  var power: Double?
  var hours: Node?
  var counted = "excluded"

  static let table = FieldTable<ChargingInput>(
    "a charging block",
    [
      .number("points", \.points, .number, in: Bounds(0, 1e6, "between 0 and a million"), "Points in use."),
      .number(
        "sessions", \.sessions, .number, in: Bounds(0, 1e7, "between 0 and ten million"),
        "In place of 'points', with 'duration': sessions a day, spread evenly over the hours."),
      .number("duration", \.duration, .time, in: .positive, "How long a session charges."),
      .number("power", \.power, .power, in: .positive, "Power of each."),
      .node("hours", \.hours, .text, "Whole hours such as \"11:00-14:00\"; may pass midnight."),
      .choice(
        "end_hour", \.counted, ["excluded", "counted"], .silent("excluded"),
        "Whether the stroke at the end counts as an hour too, as in the tables of the Xizhou study."),
    ])
}

extension Decoding {
  /// The power of charging blocks in each step [kW]; nil after a diagnostic.
  mutating func charging(_ node: Node) -> [Double]? {
    guard let items = node.items, !items.isEmpty else {
      error("'charging' takes a list such as [{points: 10, power: 60 kW, hours: \"11:00-14:00\"}].", at: node.mark)
      return nil
    }
    var sum = [Double](repeating: 0, count: horizon.steps)
    for item in items {
      var input = ChargingInput()
      let before = diagnostics.count
      read(ChargingInput.table, item, into: &input)
      guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
      guard let power = input.power, let hours = input.hours, (input.points == nil) != (input.sessions == nil),
        (input.sessions == nil) == (input.duration == nil)
      else {
        error("Charging needs 'power', 'hours', and 'points' or 'sessions' with 'duration'.", at: item.mark)
        return nil
      }
      guard let ranges = within("hours", { $0.absences(hours) }), let range = ranges.first, ranges.count == 1,
        range.start == range.start.rounded(), range.end == range.end.rounded()
      else {
        error("'hours' of charging are one span of whole hours, such as \"11:00-14:00\".", at: hours.mark)
        return nil
      }
      let start = Int(saturating: range.start) % 24, stop = range.end == 0 ? 24 : Int(saturating: range.end)
      let block =
        if let points = input.points {
          ChargingBlock(points: points, kilowatts: power, startHour: start, endHour: stop)
        } else {
          ChargingBlock(
            sessions: input.sessions ?? 0, sessionHours: input.duration ?? 0, kilowatts: power, startHour: start,
            endHour: stop)
        }
      let endHour: ChargingBlock.EndHour = input.counted == "counted" ? .counted : .excluded
      sum = zip(sum, ChargingBlock.series([block], endHour: endHour, over: horizon)).map { $0 + $1 }
    }
    return sum
  }
}

extension ProjectDecoder {
  /// A profile brought to twelve bills, month by month; a horizon that is cut has its part of the month's energy.
  func billed(
    _ series: [Double], _ bills: [Double], _ profile: DemandProfile, _ horizon: Horizon
  ) throws(ProjectFault) -> [Double] {
    var factors: [Int: [Double]] = [:]
    for year in horizon.calendarYears {
      // Every month's factor is that of a whole year, so that short horizons agree with long ones.
      let whole = horizon.wholeYear(year)
      factors[year] = try Calibration.monthlyFactors(profile.series(over: whole), monthly: bills, over: whole)
    }
    return series.indices.map { t in
      series[t] * (factors[horizon.moment(t).date.year]?[horizon.civil(t).date.month - 1] ?? 1)
    }
  }
}
