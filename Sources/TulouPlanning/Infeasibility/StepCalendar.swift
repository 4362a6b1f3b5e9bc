import TulouQuantities

/// Steps of a horizon as people say them: `14 January, 18-21 h`; in standard time, which is said where zones have two.
struct StepCalendar {
  private let horizon: Horizon
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  init(_ horizon: Horizon) { self.horizon = horizon }

  /// The longest runs of the steps given, at most three, in order of time; how many more there are.
  func words(_ steps: [Int]) -> String {
    guard !steps.isEmpty else { return "" }
    if steps.count > horizon.steps / 2 { return "most hours" }
    var runs: [ClosedRange<Int>] = []
    for t in steps.sorted() {
      if let last = runs.last, t == last.upperBound + 1, sameDay(t, last.upperBound) {
        runs[runs.count - 1] = last.lowerBound...t
      } else {
        runs.append(t...t)
      }
    }
    let shown = runs.enumerated().sorted { ($0.element.count, $1.offset) > ($1.element.count, $0.offset) }.prefix(3)
      .map(\.element).sorted { $0.lowerBound < $1.lowerBound }
    let words = shown.map(run).joined(separator: "; ")
    let rest = runs.count - shown.count
    let more = rest > 0 ? words + " and \(rest) more \(rest == 1 ? "time" : "times")" : words
    return horizon.hasClockChanges ? more + " (standard time)" : more
  }

  private func sameDay(_ a: Int, _ b: Int) -> Bool { horizon.moment(a).date == horizon.moment(b).date }

  private func run(_ steps: ClosedRange<Int>) -> String {
    let first = horizon.moment(steps.lowerBound), last = horizon.moment(steps.upperBound)
    let day = "\(first.date.day) \(Self.months[first.date.month - 1])"
    return "\(day), \(clock(first.hour))-\(clock(last.hour + horizon.stepHours)) h"
  }

  private func clock(_ hour: Double) -> String {
    let whole = Int(saturating: hour + 1e-9)
    let minutes = Int(saturating: ((hour - Double(whole)) * 60).rounded())
    return minutes == 0 ? "\(whole)" : "\(whole):\(minutes < 10 ? "0" : "")\(minutes)"
  }
}
