/// A number or one value a step, with growth over the years.
public struct SeriesValue: Sendable, Equatable {
  /// One value, or one for each step of the horizon.
  public var values: [Double]
  /// Real yearly growth [1/y].
  public var escalation = 0.0
  /// Index of the measure that it was read by.
  public var measure = 0
  /// Dimension as written.
  public var written = Dimension()
  /// Length of the file's rows [h] where they are not the steps, and the hour of the day at which one begins.
  public var rowHours: Double?, rowPhase = 0.0
  /// The value in step t.
  public subscript(t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
}

extension Decoding {
  /// Reads a number, or a series `{file, column, unit, scale, time}` or `{values, unit, scale}`; nil after a diagnostic.
  ///
  /// - Parameter mayGrow: Whether the caller uses `escalation`; else one that is written is an error.
  public mutating func series(
    _ node: Node, _ measures: [Measure], in bounds: Bounds = .any, fuel: HeatingValue? = nil, mayGrow: Bool = false
  ) -> SeriesValue? {
    guard let found = series(node, measures, bounds, fuel) else { return nil }
    if !mayGrow, found.escalation != 0 {
      error("'\(key)' cannot grow over the years.", at: (node["escalation"] ?? node).mark)
      return nil
    }
    return found
  }

  private mutating func series(
    _ node: Node, _ measures: [Measure], _ bounds: Bounds, _ fuel: HeatingValue?
  ) -> SeriesValue? {
    if node["file"] == nil && node["values"] == nil {
      guard let amount = amount(node, measures, fuel: fuel) else { return nil }
      guard bounds.contains(amount.value) else {
        error("'\(key)' is \(Node.short(node.writtenNumber)), but has to be \(bounds.words).", at: node.mark)
        return nil
      }
      return SeriesValue(
        values: [amount.value], escalation: amount.escalation, measure: amount.measure, written: amount.written)
    }
    var input = SeriesInput()
    let count = diagnostics.count
    read(SeriesInput.table, node, into: &input)
    guard diagnostics[count...].allSatisfy({ $0.severity != .error }) else { return nil }
    return resolve(input, at: node, measures, in: bounds, fuel: fuel)
  }

  private mutating func resolve(
    _ input: SeriesInput, at node: Node, _ measures: [Measure], in bounds: Bounds, fuel: HeatingValue?
  ) -> SeriesValue? {
    var unit: Unit?
    do throws(Unit.Failure) {
      unit = try Unit(input.unit ?? "1")
    } catch {
      within("unit") {
        $0.error(
          "'\(Node.short(error.symbol))' is not a unit.",
          advice: error.suggestion.map { "Did you mean '\($0)'?" } ?? "",
          at: node["unit"]?.mark ?? node.mark)
      }
    }
    guard let unit else { return nil }
    if input.unit == nil, !measures.contains(where: \.isPure) {
      error(
        "The series has no 'unit', so it is a pure number, but '\(key)' takes \(Decoding.list(measures)).",
        advice: "Add 'unit: \(measures[0].unit)'.", at: node.mark)
      return nil
    }
    guard let one = convert(1, in: unit, as: unit.text, measures, fuel: fuel, at: node["unit"]?.mark ?? node.mark)
    else {
      return nil
    }
    guard let reading = rawValues(input, at: node) else { return nil }
    var values = reading.values
    let factor = one.value * input.scale
    if factor != 1 { for i in values.indices { values[i] *= factor } }
    let measure = measures[one.measure]
    // Rows may be next to nothing by rounding, so only their greatness is looked at.
    if let t = values.firstIndex(where: { !measure.extent.contains($0) }) {
      error(
        "'\(key)' is \(values[t]) at \(horizon.moment(t).stamp), but has to be \(measure.extentWords).", at: node.mark)
      return nil
    }
    if let t = values.firstIndex(where: { !bounds.contains($0) || !$0.isFinite }) {
      let count = values.reduce(0) { bounds.contains($1) ? $0 : $0 + 1 }
      error(
        "'\(key)' has to be \(bounds.words) in every step, but is \(values[t].plain) at \(horizon.told(t))"
          + (count > 1 ? " and in \(count - 1) other steps." : "."), at: node.mark)
      return nil
    }
    var series = SeriesValue(
      values: values, escalation: input.escalation, measure: one.measure, written: one.written)
    series.rowHours = reading.rowHours
    series.rowPhase = reading.rowPhase
    return series
  }

  private mutating func rawValues(_ input: SeriesInput, at node: Node) -> SeriesReading? {
    if let list = input.values {
      if input.file != nil { error("A series has 'file' or 'values', not both.", at: node.mark) }
      var numbers: [Double] = []
      numbers.reserveCapacity(list.count)
      for item in list {
        guard let text = item.text, let number = DecimalNumber.parse(Array(text.utf8)[...]) else {
          error(
            "'values' takes bare numbers, not \(item.kindName).", advice: "Their unit goes into 'unit'.", at: item.mark)
          return nil
        }
        numbers.append(number)
      }
      let steps = (wholeHorizon ?? horizon).steps
      guard numbers.count == steps else {
        error(
          "The series has \(numbers.count) values, but the horizon has \(steps) steps.",
          advice: "Give one value a step, or one number for all.", at: node.mark)
        return nil
      }
      return SeriesReading(Array(numbers.prefix(horizon.steps)))
    }
    guard let file = input.file, let column = input.column else {
      error("A series from a file needs 'column'.", at: node.mark)
      return nil
    }
    var request = SeriesRequest(file: file, column: column, horizon: horizon, wholeHorizon: wholeHorizon)
    request.timeColumn = input.timeColumn
    request.zone = input.zone
    request.stampsAreEnds = input.stamp == "end"
    request.format = input.format
    request.fillHours = input.fill
    do throws(SeriesFault) {
      let reading = try seriesReader.series(request)
      for entry in reading.assumed { assume(entry.value, source: entry.source, kind: .default) }
      // Several series of one file have one and the same to say.
      for told in reading.warnings where !diagnostics.contains(where: { $0.message == told.message }) {
        warning(told.message, advice: told.advice, at: (node["file"] ?? node).mark)
      }
      return reading
    } catch {
      let place: Node? =
        switch error.part {
        case .file, .data: node["file"]
        case .column: node["column"]
        case .time: node["time"]
        }
      self.error(error.message, advice: error.advice, at: place?.mark ?? node.mark)
      return nil
    }
  }
}

/// A series as it stands in the file.
public struct SeriesInput: Sendable {
  var file: String?
  var column: String?
  var unit: String?
  var scale = 1.0
  var escalation = 0.0
  var values: [Node]?
  var timeColumn: String?
  var zone: String?
  var stamp = "start"
  var format: String?
  var fill = 0.0

  /// Keys of a series.
  public static let table = FieldTable<SeriesInput>(
    "a series",
    [
      .reference("file", to: "file", \.file, "CSV file, relative to the project file."),
      .reference("column", to: "column", \.column, "Name of the column.").needing("file"),
      .reference("unit", to: "unit", \.unit, "Unit of the values; left out, they are pure numbers."),
      .number("scale", \.scale, .share, .silent("1"), "Factor on every value."),
      .number("escalation", \.escalation, .ratePerYear, .silent("0 %/y"), "Real yearly growth; factor 1 in year 1."),
      .note("source", "Where the values come from."),
      Field("values", .list(.number([.number])), "The values themselves, one a step.") { input, node, decoding in
        input.values = node.items
        if node.items == nil {
          decoding.error("'values' takes a list of numbers, not \(node.kindName).", at: node.mark)
        }
      },
      Field("time", .table("time column"), "Column with time stamps, and their zone.") { input, node, decoding in
        decoding.read(SeriesInput.timeTable, node, into: &input)
      }.needing("file"),
      .number(
        "fill", \.fill, .time, .silent("0 h"), in: Bounds(0, 72, "between 0 h and 72 h"),
        "Gaps of at most this length are filled by straight lines, and that is listed; left out: none."
      ).needing("file"),
    ])

  /// Keys of a time column.
  public static let timeTable = FieldTable<SeriesInput>(
    "a time column",
    [
      Field("column", .text, .required, "Name of the column that holds the stamps.") { $0.timeColumn = $2.text($1) },
      .reference(
        "zone", to: "zone", \.zone,
        "Clock of the stamps: a zone with its summer time, e.g. 'Europe/Berlin', or 'UTC', 'UTC+1' without it; left out, the site's zone, and that is listed."
      ),
      .choice(
        "stamp", \.stamp, ["start", "end"], .silent("start"), "Whether a stamp is the start or the end of its interval."
      ),
      .reference(
        "format", to: "format", \.format,
        "How stamps are written, with yyyy, mm, dd, hh, mm, ss and am, e.g. 'dd.mm.yyyy hh:mm'; left out: '2025-01-31T13:00' and its kin."
      ),
    ])
}
