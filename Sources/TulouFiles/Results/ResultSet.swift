package import TulouAccounts
package import TulouPlanning
import TulouReport

/// All that a study leaves behind: what `--out` holds, made from one outcome.
package struct ResultSet: Sendable {
  /// What was planned and how it ended.
  package var outcome: Outcome
  /// What was measured on the plan; not read where there is none.
  package var accounts: Accounts
  /// Version of the program.
  package var version: String
  /// Seconds by step, in the order in which they passed: `read`, `resource`, `compile`, `solve`, `account`.
  package var timing: [(String, Double)]
  /// `project.lock.yaml` with its data; nil: none is written.
  package var lock: LockFile?
  /// Where plotly.js lies; nil: charts stay drawings.
  package var plotlyPath: String?
  /// Whether `workbook.xlsx` is written too: all tables and the hours, a sheet each.
  package var hasWorkbook = false

  /// Results of an outcome.
  package init(
    outcome: Outcome, accounts: Accounts, version: String, timing: [(String, Double)] = [], lock: LockFile? = nil,
    plotlyPath: String? = nil
  ) {
    self.outcome = outcome
    self.accounts = accounts
    self.version = version
    self.timing = timing
    self.lock = lock
    self.plotlyPath = plotlyPath
  }

  /// Digest of all inputs with their defaults, those of the data files, and the seed, as the lock states them.
  private var provenance: [(key: String, value: String)] {
    guard let lock else { return [] }
    return [
      ("inputs_sha256", SearchFiles.digest(of: [lock.inputs])),
      ("data_files_and_seed", "digest of each data file, seed and defaults: project.lock.yaml"),
    ]
  }

  /// The text of `result.json`.
  package func json() -> String { json(reportSeconds: nil) }

  func json(reportSeconds: Double?) -> String {
    var timing = timing
    if let reportSeconds { timing.append(("report", reportSeconds)) }
    timing.append(("peak_memory", PeakMemory.megabytes))
    if let report = PlanReport(outcome: outcome, accounts: accounts, version: version) {
      return report.resultJSON(timing: timing).indented
    }
    return InfeasibleReport(outcome: outcome, version: version).resultJSON(timing: timing).indented
  }

  /// The plan in twelve lines, or why there is none.
  package func answer(reportPath: String) -> [String] {
    if let report = PlanReport(outcome: outcome, accounts: accounts, version: version) {
      return report.answer(report: reportPath)
    }
    return InfeasibleReport(outcome: outcome, version: version).answer()
  }

  /// Writes `result.json`, `flows.csv`, `cashflow.csv`, `report.html`, where heat or cold is, `exergy.csv`, every table as `tables/NAME.csv` and in
  /// `tables.json`, of a simulated year `reasons.csv`, `timeseries.json`, `survival.csv` and, where asked for, `years.csv`, and, where
  /// given, `project.lock.yaml`.
  ///
  /// - Returns: Names of the files written, in that order.
  @discardableResult
  package func write(to directory: String) throws(ResultFault) -> [String] {
    let clock = ContinuousClock()
    let begin = clock.now
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    var files: [(name: String, bytes: [UInt8])] = []
    if var report = PlanReport(outcome: outcome, accounts: accounts, version: version) {
      report.provenance = provenance
      files.append(("flows.csv", report.flowsCSV()))
      files.append(("cashflow.csv", report.cashFlowCSV()))
      if let exergy = report.exergyCSV() { files.append(("exergy.csv", exergy)) }
      let tables = report.dataTables()
      for table in tables { files.append(("tables/\(table.name).csv", table.csv())) }
      let object = JSON.object(tables.map { ($0.name, $0.json) })
      files.append(("tables.json", Array(object.indented.utf8)))
      if let reasons = report.reasonsCSV() { files.append(("reasons.csv", reasons)) }
      if let series = report.timeSeriesJSON() { files.append(("timeseries.json", series)) }
      if let years = report.yearsCSV() { files.append(("years.csv", years)) }
      if let survival = report.survivalCSV() { files.append(("survival.csv", survival)) }
      files.append(("report.html", report.page().file(plotly: plotly)))
    } else {
      let page = InfeasibleReport(outcome: outcome, version: version).page()
      files.append(("report.html", page.file()))
    }
    if hasWorkbook { files.append((ResultWorkbook.name, ResultWorkbook.bytes(of: files))) }
    files += lock?.files ?? []
    let seconds = (clock.now - begin) / .seconds(1)
    files.insert(("result.json", Array(json(reportSeconds: seconds).utf8)), at: 0)
    try WholeFiles.write(files, to: directory)
    return files.map(\.name)
  }
}
