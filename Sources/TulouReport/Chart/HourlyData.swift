package import TulouQuantities

/// Series over all steps of the horizon, embedded in a page for zooming and for maps.
package struct HourlyData: Sendable {
  /// What part a series plays in the chart of hours.
  package enum Part: String, Sendable {
    /// Stacked upwards: what supplies.
    case supply
    /// Stacked downwards: what takes, besides demand.
    case use
    /// A line: demand.
    case demand
    /// Not in the chart of hours; in the map only.
    case other
  }

  /// A series.
  package struct Line: Sendable {
    /// Name, with its bus where needed.
    package var name: String
    /// Unit of the values.
    package var unit: String
    /// Part.
    package var part: Part
    /// View it belongs to: the carrier for flows, empty for what has none.
    package var view: String
    /// Colour.
    package var colour: Colour
    /// One value a step.
    package var values: [Double]
    /// A series.
    package init(_ name: String, unit: String, part: Part, view: String, colour: Colour, values: [Double]) {
      self.name = name
      self.unit = unit
      self.part = part
      self.view = view
      self.colour = colour
      self.values = values
    }
  }

  /// Id of the chart within the page.
  package var id: String
  /// Series.
  package var lines: [Line]
  /// The steps.
  package var horizon: Horizon
  /// First step of the week that is shown at first.
  package var firstShown: Int
  /// Names of series left out because the page would grow too large.
  package var omitted: [String]

  /// Data of a horizon; where all series together would embed more than `budget` bytes, the smallest are left out.
  package init(
    id: String, lines: [Line], horizon: Horizon, firstShown: Int, budget: Int = 3_600_000
  ) {
    self.id = id
    self.horizon = horizon
    self.firstShown = firstShown
    let eachBytes = max(1, (horizon.steps * 2 + 2) / 3 * 4)
    let room = max(6, budget / eachBytes)
    guard lines.count > room else {
      self.lines = lines
      omitted = []
      return
    }
    // Demand and the largest flows tell most; ties go by order.
    let weight = lines.map { line in
      (line.part == .demand ? 1e6 : 1) * line.values.reduce(0) { $0 + abs($1) } * (line.part == .other ? 1e-6 : 1)
    }
    let kept = Set(lines.indices.sorted { weight[$0] != weight[$1] ? weight[$0] > weight[$1] : $0 < $1 }.prefix(room))
    self.lines = lines.indices.filter(kept.contains).map { lines[$0] }
    omitted = lines.indices.filter { !kept.contains($0) }.map { lines[$0].name }
  }

  /// The data as one JSON value: each series as 16-bit numbers between its least and greatest value, in base 64.
  func embedded() -> JSON {
    .object([
      ("step", .number(horizon.stepHours)), ("n", .integer(horizon.steps)), ("first", .integer(firstShown)),
      (
        "periods",
        .array(
          zip(horizon.periodStarts, horizon.periods).map { start, period in
            .array([
              .integer(start), .number((Double(period.start.dayNumber) * 24 + period.startHour) * 3_600_000),
            ])
          })
      ),
      (
        "lines",
        .array(
          lines.map { line in
            let finite = line.values.lazy.filter(\.isFinite)
            let low = finite.min() ?? 0, high = finite.max() ?? 0
            return .object([
              ("name", .text(line.name)), ("unit", .text(Scale.pretty(line.unit))), ("part", .text(line.part.rawValue)),
              ("view", .text(line.view)), ("colour", .text(line.colour.hex)), ("low", .number(low)),
              ("high", .number(high)), ("data", .text(HourlyData.packed(line.values, low: low, high: high))),
            ])
          })
      ),
    ])
  }

  /// 16-bit little-endian numbers in base 64; what is not finite is the low value.
  static func packed(_ values: [Double], low: Double, high: Double) -> String {
    let span = high > low ? 65_535 / (high - low) : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 2 + 2)
    for value in values {
      let part = value.isFinite ? UInt16(max(0, min(65_535, ((value - low) * span).rounded()))) : 0
      bytes.append(UInt8(part & 255))
      bytes.append(UInt8(part >> 8))
    }
    return base64(bytes)
  }

  /// The bytes in base 64 (RFC 4648, with padding).
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    return String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { buffer in
      var out = 0
      var i = 0
      while i < bytes.count {
        let a = bytes[i], b = i + 1 < bytes.count ? bytes[i + 1] : 0, c = i + 2 < bytes.count ? bytes[i + 2] : 0
        buffer[out] = alphabet[Int(a >> 2)]
        buffer[out + 1] = alphabet[Int((a & 3) << 4 | b >> 4)]
        buffer[out + 2] = i + 1 < bytes.count ? alphabet[Int((b & 15) << 2 | c >> 6)] : 61
        buffer[out + 3] = i + 2 < bytes.count ? alphabet[Int(c & 63)] : 61
        out += 4
        i += 3
      }
      return out
    }
  }
}
