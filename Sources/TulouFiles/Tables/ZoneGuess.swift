import TulouDocument
import TulouQuantities

/// The clocks that a file without offsets may have been written by: those whose changes explain each hour that it lacks or
/// has twice.
///
/// Clocks are told apart by the hour at which they change, so Central Europe by 02:00 and Britain by 01:00; the zones of
/// North America all change at 02:00 and stay for the user to choose.
struct ZoneGuess {
  /// Zones that explain the rows, one of each clock.
  var zones: [String]
  /// What was seen, such as `2024-10-27T02:00 stands twice`.
  var seen: String

  /// One zone of each clock that changes today.
  private static let candidates = [
    "Europe/Berlin", "Europe/London", "Europe/Athens", "Atlantic/Azores", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "America/Halifax",
    "America/St_Johns", "America/Havana", "America/Santiago", "America/Asuncion", "Australia/Sydney",
    "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Asia/Jerusalem", "Asia/Beirut", "Africa/Cairo",
  ]

  /// - Parameters:
  ///   - walls: Stamps on the file's clock [s], in any order.
  ///   - step: The step that most rows have [s].
  ///   - areEnds: Whether stamps close their intervals.
  /// - Returns: Nil where no hour is missing or doubled as clocks make it.
  static func find(walls: [Int], step: Int, areEnds: Bool) -> ZoneGuess? {
    guard step > 0, step <= 3600, let low = walls.min(), let high = walls.max(), high - low < 40 * 366 * 86_400,
      (high - low) / step < 2 * walls.count
    else { return nil }
    var counts: [Int: Int] = [:]
    for wall in walls { counts[wall, default: 0] += 1 }
    let doubled = Set(counts.filter { $0.value > 1 }.keys)
    guard counts.values.allSatisfy({ $0 < 3 }), doubled.count * 20 <= walls.count + 100 else { return nil }
    // Ends are moments like starts, so they miss and double the same hour; some meters count on from the start instead.
    for isEnd in areEnds ? [false, true] : [false] {
      var zones: [String] = [], seen: Set<String> = []
      for name in candidates {
        guard let rules = TimeZones.rules(name),
          let found = explained(rules, counts, doubled, low: low, high: high, step: step, isEnd: isEnd)
        else { continue }
        zones.append(name)
        seen.formUnion(found)
      }
      if !zones.isEmpty { return ZoneGuess(zones: zones, seen: seen.sorted().prefix(3).joined(separator: ", ")) }
    }
    return nil
  }

  /// What the changes of a zone explain; nil: they contradict the rows, leave a doubled stamp unexplained, or there are none.
  private static func explained(
    _ rules: ZoneRules, _ counts: [Int: Int], _ doubled: Set<Int>, low: Int, high: Int, step: Int, isEnd: Bool
  ) -> [String]? {
    var seen: [String] = [], open = doubled
    for (before, change) in zip(rules.changes, rules.changes.dropFirst()) where change.offset != before.offset {
      let wall = change.utc + before.offset, length = abs(change.offset - before.offset)
      guard wall > low, wall + length <= high else { continue }
      let isForward = change.offset > before.offset
      let from = isForward ? wall : wall - length
      for place in stride(from: from + (isEnd ? step : 0), to: from + length + (isEnd ? step : 0), by: step) {
        guard counts[place, default: 0] == (isForward ? 0 : 2) else { return nil }
        open.remove(place)
      }
      seen.append(
        TimeStamps.text(Double(from)).replacing("T", with: " ") + " h" + (isForward ? " is missing" : " stands twice"))
    }
    return seen.isEmpty || !open.isEmpty ? nil : seen
  }

  /// The guess for a table; nil where its stamps have offsets or name their clock, or nothing tells.
  static func find(_ layouts: [TableLayout], _ request: SeriesRequest) -> ZoneGuess? {
    guard request.zone == nil, let layout = layouts.first(where: { !$0.dateColumns.isEmpty }),
      let block = layout.blocks.first, let columns = try? StampColumns.find(layout, block, named: []),
      ZoneHint.find(ColumnNames(layout: layout, block: block), columns) == nil,
      let rows = try? StampRows(block, of: block, columns, request), rows.entries.count > 2
    else { return nil }
    switch columns.kind {
    case .dayRows, .dateAndCount, .epoch: return nil
    default: break
    }
    guard rows.entries.allSatisfy({ $0.start.offset == nil }) else { return nil }
    let step = ForeignTable.usualStep(rows, Array(rows.entries.indices))
    let falling = ForeignTable.usualStep(rows, rows.entries.indices.reversed())
    let walls = rows.entries.map(\.start.seconds), usual = min(step, falling)
    var areEnds = request.stampsAreEnds ?? rows.areEnds
    if request.stampsAreEnds == nil, !rows.areStarts, let first = walls.min(), let last = walls.max() {
      areEnds = areEnds || StampInference.areEnds(first, last, usual)
    }
    return find(walls: walls, step: usual, areEnds: areEnds)
  }

  /// The line to write.
  var advice: String {
    zones.count == 1
      ? "\(seen), as on the clocks of \(zones[0]): say 'zone: \(zones[0])' with the time column, or the zone of the place that changes with it."
      : "\(seen), as on the clocks of \(zones.joined(separator: ", ")): say which with the time column, such as 'zone: \(zones[0])'."
  }
}
