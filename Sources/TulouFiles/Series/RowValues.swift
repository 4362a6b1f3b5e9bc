import TulouDocument
import TulouQuantities

/// Values of rows that hold for an interval each, looked up by time; gaps are filled as far as the user allows.
struct RowValues {
  private let table: CsvTable
  private let column: Int
  private let starts: [Int]
  private let interval: Int
  private let mostGap: Double
  private let fill: GapFill
  private enum State: UInt8 { case unread, measured, missing }
  /// Rows that were looked at.
  private var states: [State]
  private var values: [Double]
  /// Where the last look-up ended: steps come in order of time.
  private var cursor = 0
  private var bad: [Int] = []
  private var filledSlots: Set<Int> = []

  init(_ table: CsvTable, _ column: Int, starts: [Int], interval: Int, fillHours: Double, fill: GapFill) {
    self.table = table
    self.column = column
    self.starts = starts
    self.interval = interval
    mostGap = fillHours * 3600
    self.fill = fill
    states = [State](repeating: .unread, count: starts.count)
    values = [Double](repeating: 0, count: starts.count)
  }

  /// Rows that were put in by straight lines.
  var filled: Int { filledSlots.count }

  /// Mean over a span of universal time [s]; nil where rows are missing that may not be filled.
  mutating func mean(from: Double, to: Double) throws(SeriesFault) -> Double? {
    // A step that is one row needs no weights, and keeps its digits.
    let at = row(at: from)
    if let at, Double(starts[at]) <= from + 1e-6, Double(starts[at] + interval) >= to - 1e-6 {
      if let value = try value(at) { return value }
      return try line(from, to)
    }
    var sum = 0.0
    var time = from
    while time < to - 1e-6 {
      if let r = row(at: time), let value = try value(r) {
        let end = min(to, Double(starts[r] + interval))
        sum += value * (end - time)
        time = end
      } else {
        let end = min(to, slotEnd(time))
        guard let value = try line(time, end) else { return nil }
        sum += value * (end - time)
        time = end
      }
    }
    return sum / (to - from)
  }

  /// Cells of needed rows that hold no number, where gaps may not be filled.
  func throwIfBad() throws(SeriesFault) {
    guard !bad.isEmpty else { return }
    let shown = bad.prefix(5).map(String.init).joined(separator: ", ")
    let more = bad.count > 5 ? " and \(bad.count - 5) more" : ""
    throw SeriesFault(
      "The column '\(table.header[column])' has no number in row\(bad.count == 1 ? "" : "s") \(shown)\(more); the cell is empty.",
      advice:
        "Gaps are never filled silently; complete the file, or say how they are filled: 'fill: interpolate' (or 'previous', 'same-hour', 'zero', or up to which length: 'fill: 3 h').",
      part: .data)
  }

  /// The row that holds at a time.
  private mutating func row(at time: Double) -> Int? {
    if cursor >= starts.count || Double(starts[cursor]) > time + 1e-6 { cursor = 0 }
    if cursor == 0 || Double(starts[cursor]) + 10 * Double(interval) < time {
      var low = 0, high = starts.count - 1
      while low < high {
        let middle = (low + high + 1) / 2
        if Double(starts[middle]) <= time + 1e-6 { low = middle } else { high = middle - 1 }
      }
      cursor = low
    }
    while cursor + 1 < starts.count, Double(starts[cursor + 1]) <= time + 1e-6 { cursor += 1 }
    guard Double(starts[cursor]) <= time + 1e-6, Double(starts[cursor] + interval) > time + 1e-6 else { return nil }
    return cursor
  }

  /// The value of a row; nil where nothing was measured and gaps may be filled.
  private mutating func value(_ r: Int) throws(SeriesFault) -> Double? {
    if states[r] == .unread {
      if let value = try table.measured(column, table.rows[r]) {
        states[r] = .measured
        values[r] = value
      } else if mostGap == 0 {
        // All such rows are told of at once, after the last step.
        bad.append(table.rows[r].number)
        states[r] = .measured
      } else {
        states[r] = .missing
      }
    }
    return states[r] == .measured ? values[r] : nil
  }

  /// End of the row that would hold at a time in a gap.
  private func slotEnd(_ time: Double) -> Double {
    let base = Double(starts[min(cursor, starts.count - 1)])
    let slots = ((time - base) / Double(interval) + 1e-9).rounded(.down)
    return base + (slots + 1) * Double(interval)
  }

  /// What a straight line from the last measured row to the next gives in the middle of a span within a gap.
  private mutating func line(_ from: Double, _ to: Double) throws(SeriesFault) -> Double? {
    guard mostGap > 0 else { return nil }
    var before = cursor
    var left: Double?
    while before >= 0 {
      if Double(starts[before]) < from + 1e-6 { left = try value(before) }
      if left != nil { break }
      before -= 1
    }
    guard let left else {
      // A gap at the start of the file has nothing before it.
      guard fill == .zero, Double(starts[0]) <= from + 1e-6 else { return nil }
      filledSlots.insert(Int(saturating: (from / Double(interval)).rounded(.down)))
      return 0
    }
    var after = before + 1
    var right: Double?
    while after < starts.count {
      right = try value(after)
      if right != nil { break }
      after += 1
    }
    guard let right, Double(starts[after] - starts[before] - interval) <= mostGap + 1e-6 else {
      guard fill == .zero, after >= starts.count, from < Double((starts.last ?? 0) + interval) else { return nil }
      filledSlots.insert(Int(saturating: (from / Double(interval)).rounded(.down)))
      return 0
    }
    let slot = Int(saturating: ((from - Double(starts[before])) / Double(interval) + 1e-9).rounded(.down))
    filledSlots.insert(starts[before] + slot * interval)
    switch fill {
    case .zero: return 0
    case .previous: return left
    case .sameHour:
      // Of the days before, else of those after, the first that was measured.
      for day in [1, 2, 3, 4, 5, 6, 7, -1, -2, -3] {
        let place = starts[before] + slot * interval - day * 86_400
        if let same = starts.firstIndex(of: place), let value = try value(same) { return value }
      }
      return nil
    case .interpolate: break
    }
    // Values belong to the middle of their rows, and a row that is filled is one value, like any other.
    let middle = Double(slot) * Double(interval)
    let share = middle / Double(starts[after] - starts[before])
    return left + (right - left) * share
  }
}
