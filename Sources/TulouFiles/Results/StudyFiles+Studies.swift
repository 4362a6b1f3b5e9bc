package import TulouAccounts
package import TulouDispatch
package import TulouPlanning
package import TulouReport

extension StudyJournal {
  /// Points of a front that are there already.
  package var frontRecords: [FrontRecord] { lines.compactMap { FrontRecord(json: $0) } }
  /// Cases of a sensitivity that are there already.
  package var sensitivityRows: [SensitivityRow] { lines.compactMap { SensitivityRow(json: $0) } }
  /// Adds a point.
  package func add(_ record: FrontRecord) { add(record.json) }
  /// Adds a case.
  package func add(_ row: SensitivityRow) { add(row.json) }
}

extension StudyFiles {
  /// Writes a front: `result.json`, `front.csv`, `report.html`, `project.lock.yaml`; its points stand in `points/`.
  @discardableResult
  package static func write(
    _ result: FrontResult, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    var further: [(name: String, bytes: [UInt8])] = [("front.csv", result.csv())]
    if let bred = result.bredCSV() { further.append(("bred.csv", bred)) }
    further += lock?.files ?? []
    return try write(
      page: result.report.page(), json: result.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: further,
      keeping: result.records.map { FrontRecord.folder($0.number) }.compactMap { name in
        place(of: name, in: directory).map { (name, $0) }
      }, to: directory, plotlyPath: plotlyPath)
  }

  /// Writes one design over weather years: the whole in `directory`, each year in `years/<name>`.
  @discardableResult
  package static func write(
    _ report: WeatherYearReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let parts = report.years.map { year in
      { part(year.report, WeatherYearReport.folder(year.name) + "/", plotly: plotly) }
    }
    return try write(
      page: report.page(), json: report.resultJSON(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: lock?.files ?? [], parts: parts, to: directory, plotlyPath: plotlyPath)
  }

  /// The text of a design's `result.json`.
  package static func text(_ report: WeatherYearReport, timing: [(String, Double)] = []) -> String {
    report.resultJSON(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Writes a point of a front as a plan like any other, into its own folder below the front's.
  package static func write(
    point: ParetoPoint, accounts: Accounts, version: String, lock: LockFile?, to directory: String
  ) throws(ResultFault) {
    let results = ResultSet(
      outcome: point.outcome, accounts: accounts, version: version,
      timing: [("solve", point.outcome.solveSeconds)], lock: lock, plotlyPath: nil)
    try results.write(to: directory + "/" + unfinished(FrontRecord.folder(point.number)))
  }

  /// The text of a front's `result.json`.
  package static func text(_ result: FrontResult, timing: [(String, Double)] = []) -> String {
    result.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Writes a sensitivity: `result.json`, `cases.csv`, `report.html`, `project.lock.yaml`.
  @discardableResult
  package static func write(
    _ result: SensitivityResult, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    var further: [(name: String, bytes: [UInt8])] = [("cases.csv", result.csv())]
    further += lock?.files ?? []
    return try write(
      page: result.report.page(), json: result.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: further, to: directory, plotlyPath: plotlyPath)
  }

  /// The text of a sensitivity's `result.json`.
  package static func text(_ result: SensitivityResult, timing: [(String, Double)] = []) -> String {
    result.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Writes a break-even: `result.json`, `points.csv`, `report.html`, `project.lock.yaml`.
  @discardableResult
  package static func write(
    _ report: BreakEvenReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    var further: [(name: String, bytes: [UInt8])] = [("points.csv", report.csv())]
    further += lock?.files ?? []
    return try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: further, to: directory, plotlyPath: plotlyPath)
  }

  /// The text of a break-even's `result.json`.
  package static func text(_ report: BreakEvenReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Writes the break-even of a line to the grid.
  @discardableResult
  package static func write(
    _ report: GridLineReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: lock?.files ?? [], to: directory, plotlyPath: plotlyPath)
  }

  /// The text of its `result.json`.
  package static func text(_ report: GridLineReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
