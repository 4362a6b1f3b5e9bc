package import TulouQuantities

/// Files and clocks of a project that is made in code: there are no files, and no clocks with summer time.
package struct NoFiles: SeriesReader {
  /// Nothing to read.
  package init() {}

  package func series(_ request: SeriesRequest) throws(SeriesFault) -> SeriesReading {
    throw SeriesFault(
      "'\(request.file)' is a file, and a project made in code has none.", advice: "Give the numbers themselves.",
      part: .file)
  }

  package func zoneRules(named zone: String) -> ZoneRules? {
    guard zone.hasPrefix("UTC") else { return nil }
    let rest = zone.dropFirst(3)
    if rest.isEmpty { return .utc }
    let parts = rest.dropFirst().split(separator: ":")
    guard let sign = rest.first, sign == "+" || sign == "-", (1...2).contains(parts.count),
      let hours = Int(parts[0]), (0...14).contains(hours)
    else { return nil }
    guard let minutes = parts.count == 2 ? Int(parts[1]) : 0, (0..<60).contains(minutes) else { return nil }
    return ZoneRules(fixedSeconds: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}
