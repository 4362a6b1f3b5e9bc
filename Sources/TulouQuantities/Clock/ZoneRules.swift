/// How far the clocks of a zone are ahead of universal time over the years, summer time and changes of law included.
///
/// A value: whoever can read tables of time zones (the room Files) makes it, and nobody else has to.
public struct ZoneRules: Sendable, Hashable {
  /// From a moment on, until the next change.
  package struct Change: Sendable, Hashable {
    /// The moment, in seconds of universal time since 1970; `Int.min` for the first.
    package var utc: Int
    /// Clock minus universal time [s].
    package var offset: Int
    /// Clock minus universal time without summer time [s].
    package var standard: Int
    /// A change.
    package init(utc: Int, offset: Int, standard: Int) {
      self.utc = utc
      self.offset = offset
      self.standard = standard
    }
  }

  /// Name, e.g. `Europe/Berlin`.
  public let name: String
  /// The changes, ascending; the first holds from ever.
  package let changes: [Change]

  /// Rules by their changes.
  ///
  /// - Parameters:
  ///   - first: What holds before the first change [s].
  ///   - changes: Later changes in any order.
  package init(name: String, first: (offset: Int, standard: Int), changes: [Change]) {
    self.name = name
    self.changes =
      [Change(utc: .min, offset: first.offset, standard: first.standard)] + changes.sorted { $0.utc < $1.utc }
  }

  /// A clock that never changes, called `UTC+5:30`.
  public init(fixedSeconds: Int) {
    self.init(
      name: ZoneRules.name(ofSeconds: fixedSeconds), first: (fixedSeconds, fixedSeconds), changes: [])
  }

  /// Universal time.
  public static let utc = ZoneRules(fixedSeconds: 0)

  /// A name such as `UTC+5:30`, `UTC-3` or `+05:30`: a clock that keeps its offset all year; nil for other texts.
  public init?(fixed text: String) {
    var rest = Substring(text)
    if rest.hasPrefix("UTC") { rest = rest.dropFirst(3) }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
    let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ (1...2).contains($0.count) && $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }),
      let hours = Int(parts[0]), hours <= 14, let minutes = parts.count == 2 ? Int(parts[1]) : 0, minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60 * (sign == "-" ? -1 : 1)
    self.init(fixedSeconds: seconds)
  }

  /// `UTC+5:30` for 19,800 s.
  public static func name(ofSeconds seconds: Int) -> String {
    guard seconds != 0 else { return "UTC" }
    let minutes = abs(seconds) / 60
    let rest = minutes % 60
    return "UTC" + (seconds < 0 ? "-" : "+") + "\(minutes / 60)"
      + (rest == 0 ? "" : rest < 10 ? ":0\(rest)" : ":\(rest)")
  }

  /// What holds at a moment [s of universal time since 1970].
  package func change(at utc: Int) -> Change { changes[index(at: utc)] }

  /// Place in `changes` of what holds at a moment.
  func index(at utc: Int) -> Int {
    var low = 0, high = changes.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if changes[middle].utc <= utc { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The offsets [s] that the clocks may have when they show `wall` [s since 1970 on these clocks], in order of time: one;
  /// two where clocks are put back; none where they are put forward.
  public func offsets(ofWall wall: Int) -> [Int] {
    guard changes.count > 1 else { return [changes[0].offset] }
    // No offset is a day, so the change that matters is at most one before or after.
    let around = index(at: wall - 86_400)...index(at: wall + 86_400)
    return around.map { changes[$0].offset }.reduce(into: []) { found, offset in
      if change(at: wall - offset).offset == offset, !found.contains(offset) { found.append(offset) }
    }
  }

  /// The moment [s of universal time since 1970] at which the clocks show `wall`: the first or the last of two; where the
  /// clocks are put forward over it, the moment at which they are.
  public func utc(ofWall wall: Int, last: Bool = false) -> Int {
    let found = offsets(ofWall: wall)
    if let offset = last ? found.last : found.first { return wall - offset }
    let next = changes[min(changes.count - 1, index(at: wall - change(at: wall - 86_400).offset))]
    return next.utc
  }
}
