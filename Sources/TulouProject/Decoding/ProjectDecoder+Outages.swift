import TulouDocument
import TulouQuantities
import TulouTechnologies

struct OutagesInput: Sendable {
  var times: Node?
  var hours: Node?
  var days: Node?
  var months: Node?
  var meanInterval: Double?
  var duration: Double?
  var variability = 0.0
  var seed: Int?

  static let table = FieldTable<OutagesInput>(
    "outages",
    [
      .node(
        "times", \.times, .list(.text), "Planned outages by the clock on the wall, e.g. '2027-01-14T18/2027-01-14T21'."),
      .node("hours", \.hours, .list(.text), "Hours of the day in which it is planned out."),
      .node("days", \.days, .list(.text), "Days on which these hours are out; left out: all."),
      .node("months", \.months, .list(.text), "Months in which these hours are out; left out: all."),
      .number(
        "mean_interval", \.meanInterval, .time, in: .positive,
        "Random failures: mean time from the end of one to the begin of the next."),
      .number("duration", \.duration, .time, in: .positive, "Random failures: mean length."),
      .number(
        "variability", \.variability, .share, .silent("0 %"), in: .share,
        "Random failures: standard deviation of the length over its mean."),
      .integer("seed", \.seed, in: 0...Int.max, "Random failures: the same seed gives the same ones; left out: 1."),
    ])
}

extension ProjectDecoder {
  /// Reads `outages` of a market; nil after a diagnostic.
  func readOutages(_ node: Node, _ decoding: inout Decoding) -> GridOutages? {
    var input = OutagesInput()
    decoding.read(OutagesInput.table, node, into: &input)
    let horizon = decoding.horizon
    var outages = GridOutages()
    if input.times != nil || input.hours != nil || input.days != nil || input.months != nil {
      outages.planned = [Bool](repeating: false, count: horizon.steps)
    }
    if let times = input.times { decoding.within("times") { $0.mark(times, in: &outages.planned) } }
    if input.hours != nil || input.days != nil || input.months != nil {
      guard
        let filter = decoding.calendarFilter(hours: input.hours, days: input.days, months: input.months, at: node.mark)
      else { return nil }
      let calendar = decoding.calendar
      for (t, moment) in horizon.civilMoments.enumerated() where filter.contains(moment, calendar) {
        outages.planned[t] = true
      }
    }
    if let interval = input.meanInterval, let duration = input.duration {
      decoding.assume("seed", "1", in: node)
      outages.failed = GridOutages.random(
        steps: horizon.steps, stepHours: horizon.stepHours, meanInterval: interval, duration: duration,
        variability: input.variability, seed: UInt64(input.seed ?? 1))
      outages.law = FailureLaw(meanInterval: interval, duration: duration, variability: input.variability)
    } else {
      decoding.idle(["variability", "seed"], of: node, because: "nothing fails at random without 'mean_interval'")
    }
    if (input.meanInterval == nil) != (input.duration == nil) {
      decoding.error("Random failures take 'mean_interval' and 'duration'.", at: node.mark)
    } else if input.meanInterval == nil, outages.planned.isEmpty {
      decoding.error(
        "'outages' says neither when nor how often.",
        advice: "Give 'times', 'hours', or 'mean_interval' with 'duration'.", at: node.mark)
    }
    return outages
  }
}

extension Decoding {
  /// Marks the steps of spans such as `2027-01-14T18/2027-01-14T21:30`.
  mutating func mark(_ node: Node, in steps: inout [Bool]) {
    guard
      isFilled(
        node, "nothing would be out",
        advice: "Write for example times: [2027-01-14T18/2027-01-14T21], or leave 'times' out.")
    else { return }
    for item in node.items ?? [node] {
      let parts = (item.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let first = Decoding.minutes(parts[0]), let last = Decoding.minutes(parts[1]),
        first < last
      else {
        error(
          "\(item.kindName) is not a span of time.",
          advice: "Write '2027-01-14T18/2027-01-14T21', as the clock on the wall shows it.",
          at: item.mark)
        continue
      }
      let length = horizon.stepHours * 60
      // Where clocks are put back, a span holds both hours of that name.
      let from = Double(horizon.clock.standard(ofWall: first * 60)) / 60
      let to = Double(horizon.clock.standard(ofWall: last * 60, last: true)) / 60
      var found = false
      for (t, moment) in horizon.moments.enumerated() {
        let begin = Double(moment.date.dayNumber * 1440) + moment.hour * 60
        if begin + length > from + 1e-6, begin < to - 1e-6 {
          steps[t] = true
          found = true
        }
      }
      if !found { warning("No step of the horizon lies in '\(Node.short(item.text ?? ""))'.", at: item.mark) }
    }
  }

  /// Minutes since 1970 of `2027-01-14T18`, `2027-01-14T18:30` or `2027-01-14`.
  static func minutes(_ text: some StringProtocol) -> Int? {
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard (1...2).contains(parts.count), let date = CivilDate(parts[0]) else { return nil }
    guard parts.count == 2 else { return date.dayNumber * 1440 }
    let clock = parts[1].contains(":") ? String(parts[1]) : parts[1] + ":00"
    return Decoding.minuteOfDay(clock).map { date.dayNumber * 1440 + $0 }
  }
}
