import TulouDocument
import TulouQuantities

/// Stamps of rows in minutes since 1970 and the steps that they make.
struct StampSeries {
  let horizon: Horizon
  /// Where in the step the stamp lies [share of the step].
  let momentOfStep: Double
  /// Whether months of different years were stitched together.
  let isTypicalYear: Bool

  /// What the values at a stamp are.
  enum Values {
    /// Values of the moment.
    case instantaneous
    /// Means over the step that begins at the stamp.
    case meanFromStamp
  }

  /// - Throws: where the rows do not follow one another evenly; rows and what is wrong are named.
  init(_ stamps: [Int], values: Values, file: String, firstLine: Int) throws(ProjectFault) {
    var faults = FormatFaults(file: file)
    guard stamps.count >= 2 else { throw faults.thrown("The file has fewer than two rows of data.", line: firstLine) }
    let step = stamps[1] - stamps[0]
    guard step > 0, step <= 24 * 60 else {
      throw faults.thrown("The second row is \(step) minutes after the first.", line: firstLine + 1)
    }
    // A stitched year jumps between years at the turn of months only.
    var jumps = 0
    for i in stamps.indices.dropFirst() where stamps[i] - stamps[i - 1] != step {
      let date = CivilDate(dayNumber: Int(saturating: (Double(stamps[i]) / 1440).rounded(.down)))
      let before = CivilDate(dayNumber: Int(saturating: (Double(stamps[i - 1]) / 1440).rounded(.down)))
      let turnOfMonth = date.day == 1 && (date.month == before.month + 1 || date.month == 1 && before.month == 12)
      if turnOfMonth && date.year != before.year && stamps.count * step == 8760 * 60 {
        jumps += 1
        continue
      }
      // 29 February is left out of many one-year files.
      if before.month == 2 && before.day == 28 && date.month == 3 && date.day == 1 && date.year == before.year {
        jumps += 1
        continue
      }
      faults.add(
        "This row is \(stamps[i] - stamps[i - 1]) minutes after the one before; \(step) are expected: a gap, a double hour or a change to daylight saving time.",
        line: firstLine + i)
      if faults.isFull { break }
    }
    try faults.throwIfAny()
    isTypicalYear = jumps > 0
    let offset = ((stamps[0] % step) + step) % step
    momentOfStep = values == .meanFromStamp ? 0.5 : Double(offset) / Double(step)
    let start = stamps[0] - offset
    let day = Int(saturating: (Double(start) / 1440).rounded(.down))
    let date = CivilDate(dayNumber: day)
    let first = isTypicalYear ? CivilDate(year: 2021, month: date.month, day: date.day) : date
    horizon = Horizon(
      periods: [.init(start: first, startHour: Double(start - day * 1440) / 60, steps: stamps.count)],
      stepHours: Double(step) / 60)
  }
}
