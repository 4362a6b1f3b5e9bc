import TulouDocument
import TulouQuantities

/// Readings of meters that only count up: their differences are the energies.
extension ForeignTable {
  /// Whether the values are readings of a register: told, or energies that never fall and are great beside their rise.
  mutating func readsRegister(_ moments: [Moment], _ request: SeriesRequest) throws(SeriesFault) -> Bool {
    if let told = request.isRegister { return told }
    if hasIntervals { return false }
    let isEnergy = [request.unit, unit].compactMap { $0 }.allSatisfy { ["Wh", "kWh", "MWh", "GWh"].contains($0) }
    guard isEnergy, request.unit != nil || unit != nil else { return false }
    let values = moments.compactMap(\.value)
    let falls = zip(values, values.dropFirst()).filter { $0 > $1 }.count
    if falls > 0, values.count >= 48, falls <= max(2, values.count / 50) {
      throw SeriesFault(
        "The values of '\(request.column)' in '\(request.file)' fall at \(falls) of \(values.count) rows only: a register with a slip, or energies of each step?",
        advice: "Correct the rows, or say with the series 'register: true' or 'register: false'.", part: .column)
    }
    guard values.count >= 24, let first = values.first, let last = values.last, last > first || first > 0,
      zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return false }
    guard first > last - first, first > 0 else {
      throw SeriesFault(
        "The values of '\(request.column)' in '\(request.file)' never fall: are they the readings of a register, or energies of each step?",
        advice: "Say it with the series: 'register: true' or 'register: false'.", part: .column)
    }
    warnings.append(
      (
        "The values of '\(request.column)' in '\(request.file)' never fall: read as a register, whose differences are taken.",
        "Say so with the series: 'register: true', or 'register: false' if they are energies of each step."
      ))
    return true
  }

  /// Energies between readings, at whole steps of the clock; readings beside them are brought there by straight lines.
  mutating func differences(_ moments: [Moment], _ request: SeriesRequest) throws(SeriesFault) -> [Moment] {
    let known = moments.filter { $0.value != nil }
    if known.count < moments.count {
      let rows = moments.filter { $0.value == nil }.map { "\($0.row.number)" }
      notes.append(
        "\(rows.count) readings without a number left out: row\(rows.count == 1 ? "" : "s") \(rows.prefix(5).joined(separator: ", "))"
      )
    }
    guard known.count >= 2 else { throw SeriesFault("'\(request.file)' has fewer than two readings.", part: .data) }
    for (a, b) in zip(known, known.dropFirst()) where (b.value ?? 0) < (a.value ?? 0) {
      throw SeriesFault(
        "The register '\(request.column)' falls from row \(a.row.number) to row \(b.row.number).",
        advice: "A meter was changed or began again at zero; correct the readings, or say 'register: false'.",
        part: .data)
    }
    var counts: [Int: Int] = [:]
    for (a, b) in zip(known, known.dropFirst()) {
      counts[max(300, Int(saturating: (Double(b.utc - a.utc) / 300).rounded()) * 300), default: 0] += 1
    }
    let step = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 3600
    if known.allSatisfy({ ($0.utc - known[0].utc) % step == 0 }) == false {
      notes.append(
        "readings are not on the hour: brought to whole steps of \(StampedRows.minutes(step)) min by straight lines")
    }
    self.step = step
    isRegister = true
    // The first step begins at a reading, or at most a hundredth of a step before it.
    let slack = step / 50
    var result: [Moment] = []
    var at = Int(saturating: (Double(known[0].utc - slack) / Double(step)).rounded(.up)) * step
    if known.allSatisfy({ ($0.utc - known[0].utc) % step == 0 }) { at = known[0].utc }
    var k = 0
    let end = known[known.count - 1].utc + slack
    func reading(_ time: Int) -> Double {
      while k + 1 < known.count - 1, known[k + 1].utc <= time { k += 1 }
      let a = known[k], b = known[k + 1]
      let share = min(1, max(0, Double(time - a.utc) / Double(max(1, b.utc - a.utc))))
      return (a.value ?? 0) + ((b.value ?? 0) - (a.value ?? 0)) * share
    }
    var before = reading(at)
    while at + step <= end {
      let next = reading(at + step)
      let isGap = known[min(k + 1, known.count - 1)].utc - known[k].utc > 4 * step
      result.append(Moment(utc: at, value: isGap ? nil : next - before, row: known[k].row))
      before = next
      at += step
    }
    notes.append("register: differences of \(known.count) readings, \(result.count) steps")
    return result
  }
}
