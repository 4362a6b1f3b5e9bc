package import TulouQuantities

/// A number or one value a step, with growth over the years.
package struct SeriesValue: Sendable, Equatable {
  /// One value, or one for each step of the horizon.
  package var values: [Double]
  /// Real yearly growth [1/y].
  package var escalation = 0.0
  /// Index of the measure that it was read by.
  package var measure = 0
  /// Dimension as written.
  package var written = Dimension()
  /// Length of the file's rows [h] where they are not the steps, and the hour of the day at which one begins.
  package var rowHours: Double?, rowPhase = 0.0
  /// The value in step t.
  package subscript(t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
}

extension Decoding {
  /// Reads a number, or a series `{file, column, unit, scale, time}` or `{values, unit, scale}`; nil after a diagnostic.
  ///
  /// - Parameter mayGrow: Whether the caller uses `escalation`; else one that is written is an error.
  package mutating func series(
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
    if let text = input.unit, unit(text, at: node) == nil { return nil }
    guard let reading = rawValues(input, at: node) else { return nil }
    var written = input.unit
    if written == nil, !measures.contains(where: \.isPure) {
      guard let stated = reading.unit else {
        error(
          "The series has no 'unit', so it is a pure number, but '\(key)' takes \(Decoding.list(measures)).",
          advice: "Add 'unit: \(measures[0].unit)'.", at: node.mark)
        return nil
      }
      within("unit") { $0.assume(stated, source: "as '\(input.file ?? "")' itself says", kind: .default) }
      written = stated
    }
    guard let unit = unit(written ?? "1", at: node) else { return nil }
    guard agrees(unit, reading, input, at: node) else { return nil }
    let (perHour, hours) = ofRows(unit, reading, measures)
    var offset = 0.0
    var taken = perHour
    // Kelvin of weather models, where a temperature is asked for.
    if measures.contains(where: \.unit.isCelsius), unit.dimension == Dimension(temperature: 1), !unit.isCelsius,
      let celsius = try? Unit("degC")
    {
      taken = celsius
      offset = -273.15
    }
    guard
      let one = convert(1, in: taken, as: taken.text, measures, fuel: fuel, at: node["unit"]?.mark ?? node.mark)
    else { return nil }
    var values = reading.values
    if input.isNet {
      // Negative is fed in: the half that a source brings, else the half that a demand draws.
      let sign = path.hasPrefix("demands.") ? 1.0 : -1.0
      for i in values.indices { values[i] = max(0, sign * values[i]) }
    }
    if offset != 0 { for i in values.indices { values[i] += offset } }
    let factor = one.value * input.scale / hours
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
          + (count > 1 ? " and in \(count - 1) other steps." : "."),
        advice: values[t] < 0 && input.file != nil && measure.unit.dimension == Measure.power.unit.dimension
          ? "If it is a net load, drawn less fed in, 'net: true' splits it." : "", at: node.mark)
      return nil
    }
    var series = SeriesValue(
      values: values, escalation: input.escalation, measure: one.measure, written: one.written)
    series.rowHours = reading.rowHours
    series.rowPhase = reading.rowPhase
    return series
  }

  /// A unit by its text; nil after a diagnostic.
  private mutating func unit(_ text: String, at node: Node) -> Unit? {
    do throws(Unit.Failure) {
      return try Unit(text)
    } catch {
      within("unit") {
        $0.error(
          "'\(Node.short(error.symbol))' is not a unit.",
          advice: error.suggestion.map { "Did you mean '\($0)'?" } ?? "",
          at: node["unit"]?.mark ?? node.mark)
      }
      return nil
    }
  }

  /// Where a power is asked for and the unit is an energy, values are energies of the file's rows: the unit over an hour, and
  /// the length of a row [h].
  private func ofRows(_ unit: Unit, _ reading: SeriesReading, _ measures: [Measure]) -> (unit: Unit, hours: Double) {
    guard !measures.contains(where: { $0.takes(unit) }), let rate = try? Unit(unit.text + "/h"),
      measures.contains(where: { $0.takes(rate) })
    else { return (unit, 1) }
    return (rate, reading.rowHours ?? horizon.stepHours)
  }

  /// Whether the unit that is written is the one that the file states; a diagnostic otherwise.
  private mutating func agrees(_ unit: Unit, _ reading: SeriesReading, _ input: SeriesInput, at node: Node) -> Bool {
    guard input.unit != nil, let text = reading.unit, let stated = try? Unit(text) else { return true }
    let hours = reading.rowHours ?? horizon.stepHours
    func isSame(_ a: Unit, _ b: Unit) -> Bool {
      a.dimension == b.dimension && a.currencies.map(\.code).sorted() == b.currencies.map(\.code).sorted()
        && abs(a.numerator * b.denominator - b.numerator * a.denominator) <= 1e-9 * abs(b.numerator * a.denominator)
    }
    if isSame(unit, stated) { return true }
    // Energies of hours and mean powers are the same numbers.
    if hours == 1, let rate = try? Unit(stated.text + "/h"), isSame(unit, rate) { return true }
    if hours == 1, let rate = try? Unit(unit.text + "/h"), isSame(rate, stated) { return true }
    error(
      "'\(input.file ?? "")' says that '\(Node.short(input.column ?? ""))' is in \(text), but 'unit' is '\(unit.text)'.",
      advice: "Write 'unit: \(text)', or correct the head of the file.", at: node["unit"]?.mark ?? node.mark)
    return false
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
    request.stampsAreEnds = input.stampsAreEnds
    request.format = input.format
    request.fillHours = input.fill
    request.fill = input.fillBy
    request.wantsTime = input.wantsTime
    request.year = input.year
    request.unit = input.unit
    request.isRegister = input.isRegister
    request.decimal = input.decimal
    request.sheet = input.sheet
    request.block = input.block
    request.rows = input.rows
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
      // One message a file, not one a series that uses it.
      if !diagnostics.contains(where: { $0.severity == .error && $0.message == error.message }) {
        self.error(error.message, advice: error.advice, at: place?.mark ?? node.mark)
      }
      return nil
    }
  }
}

/// A series as it stands in the file.
package struct SeriesInput: Sendable {
  var file: String?
  var column: String?
  var unit: String?
  var scale = 1.0
  var escalation = 0.0
  var values: [Node]?
  var timeColumn: String?
  var zone: String?
  var stampsAreEnds: Bool?
  var format: String?
  var fill = 0.0
  var fillBy = GapFill.interpolate
  var wantsTime = false
  var year: String?
  var isRegister: Bool?
  var isNet = false
  var decimal: String?
  var sheet: String?
  var block: String?
  var rows: [String: [String]] = [:]

  /// Keys of a series.
  package static let table = FieldTable<SeriesInput>(
    "a series",
    [
      .reference(
        "file", to: "file", \.file,
        "CSV, XLSX, ODS, Green Button or NEM12 file, relative to the project file, as it was exported: separators, decimal marks, encoding, heads and sums are found ('tulou import FILE' shows what)."
      ),
      .reference(
        "column", to: "column", \.column,
        "Name of the column, or its number from 1 where it has no name of its own; 'A + B' is the sum of two; in a table of a day a row 'value'."
      ).needing("file"),
      .reference(
        "unit", to: "unit", \.unit,
        "Unit of the values; left out, what the file says, else they are pure numbers. An energy where a power is asked for is the energy of each row."
      ),
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
        input.wantsTime = true
        decoding.read(SeriesInput.timeTable, node, into: &input)
      }.needing("file"),
      Field(
        "fill", .either([.number([.time]), .choice(GapFill.allCases.map(\.rawValue) + ["none"])]), .silent("0 h"),
        "Gaps of at most this length are filled by straight lines, and that is listed; or how those up to 72 h are filled: by straight lines, the value before, that of the same hour of the day before, or zero; left out: none."
      ) { input, node, decoding in
        if let word = node.text, let fill = GapFill(rawValue: word) {
          input.fill = 72
          input.fillBy = fill
        } else if node.text == "none" {
          input.fill = 0
        } else if let hours = decoding.number(
          node, .time, in: Bounds(0, 72, "between 0 h and 72 h, or one of interpolate, previous, same-hour, zero, none")
        ) {
          input.fill = hours
        }
      }.needing("file"),
      Field(
        "register", .flag,
        "Whether values are readings of a meter that counts up, of which the differences are taken; left out: their rows tell, and it is said."
      ) { input, node, decoding in input.isRegister = decoding.flag(node) }.needing("file"),
      .flag(
        "net", \.isNet, .silent("false"),
        "Whether values are what is drawn less what is fed in: a demand takes the positive part, a source's 'natural' the other; each needs its half."
      ).needing("file"),
      Field("decimal", .choice([".", ","]), "Decimal mark, where the rows of the file do not tell it.") {
        input, node, decoding in input.decimal = decoding.choice(node, [".", ","])
      }.needing("file"),
      .reference("sheet", to: "sheet", \.sheet, "Sheet of a workbook; left out, the only one with a table.").needing(
        "file"),
      .reference(
        "block", to: "block", \.block,
        "Words of the head of one of several tables that stand one below another in the file."
      ).needing("file"),
      Field(
        "rows", .map(.text),
        "Rows that are meant: from a column to its word, e.g. '{Register: Import}'; 'A + B' takes both and sums those of one stamp."
      ) { input, node, decoding in
        for entry in node.entries ?? [] {
          guard let words = decoding.text(entry.value) else { continue }
          input.rows[entry.key] = words.split(separator: "+").map { SeriesInput.trimmed($0) }
        }
        if node.entries == nil {
          decoding.error("'rows' takes a mapping from columns to words, not \(node.kindName).", at: node.mark)
        }
      }.needing("file"),
    ])

  /// Keys of a time column.
  package static let timeTable = FieldTable<SeriesInput>(
    "a time column",
    [
      Field(
        "column", .text,
        "Name of the column that holds the stamps, 'A + B' for a date and its time; left out, it is found by what the columns hold."
      ) { $0.timeColumn = $2.text($1) },
      .reference(
        "zone", to: "zone", \.zone,
        "Clock of the stamps: a zone with its summer time, e.g. 'Europe/Berlin', or 'UTC', 'UTC+1' without it; left out, the site's zone, and that is listed."
      ),
      Field(
        "stamp", .choice(["start", "end"]),
        "Whether a stamp is the start or the end of its interval; left out: end where the file says so or whole days begin one step after midnight, which is said, else start."
      ) { input, node, decoding in input.stampsAreEnds = decoding.choice(node, ["start", "end"]).map { $0 == "end" } },
      .reference(
        "format", to: "format", \.format,
        "How stamps are written, with yyyy, mm, dd, hh, mm, ss and am, e.g. 'dd.mm.yyyy hh:mm'; left out, the rows tell, and where they do not it is asked for."
      ),
      Field(
        "year", .text,
        "Year of stamps that have none, or 'any': the year that is written stands for the project's, as in typical years."
      ) { input, node, decoding in
        guard let text = decoding.text(node) else { return }
        guard text == "any" || Int(text).map({ (1900...2200).contains($0) }) == true else {
          decoding.error("'year' is a year such as 2023, or 'any', not '\(Node.short(text))'.", at: node.mark)
          return
        }
        input.year = text
      },
    ])

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
