package import Tulou
package import TulouFiles

/// The published studies that Tulou computes again. Nothing of the product depends on them.
package enum Cases {
  /// Names that `reproduce` takes.
  package static let names = ["shenzhen", "xizhou", "yanqing", "clusters"]

  /// How a reproduction goes.
  package struct Settings: Sendable {
    /// Only what the paper's own tables allow; no plans.
    package var tablesOnly = false
    /// Designs that the search of each stage may try under each rule.
    package var designs = 150
    /// Time that a plan with prices that need whole numbers may take [s].
    package var tariffSeconds = 30.0
    /// Options of every plan.
    package var plan = PlanOptions()
    /// Folder of the example projects.
    package var examples: String
    /// Only the first hours of the year; nil: all of it.
    package var hours: Int?
    /// Runs independent designs on several threads.
    package var spread: @Sendable (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
    /// The settings of the command.
    package init(examples: String) { self.examples = examples }
  }

  /// Computes a study again.
  ///
  /// - Parameters:
  ///   - name: One of `names`.
  ///   - solver: Solves the plans; it may be nil where only tables are asked for.
  /// - Throws: A name that is none, files that are not beside the program, projects that cannot be planned.
  package static func reproduce(
    _ name: String, _ settings: Settings, solver: (any Solver)?, version: String
  ) throws(ProjectFault) -> ReproductionReport {
    let paper = try PublishedCase.read(name)
    var report =
      switch name {
      case "shenzhen": try ShenzhenReproduction.report(paper, settings, solver: solver, version: version)
      case "xizhou": try XizhouReproduction.report(paper, settings, version: version)
      case "clusters": try ClustersReproduction.report(paper, settings, solver: solver, version: version)
      case "yanqing": try YanqingReproduction.report(paper, settings, solver: solver, version: version)
      default:
        throw ProjectFault([
          Diagnostic(.error, "'\(name)' is no case.", advice: "There are \(names.joined(separator: ", ")).")
        ])
      }
    let isWhole = !settings.tablesOnly && settings.designs > 0
    report.surprises = try ExpectedRows.read(name).surprises(in: report.rows, isWhole: isWhole)
    return report
  }

  /// Writes a report as `report.html`, `result.json`, `reproduced.csv` and one CSV file a table, whole or not at all.
  package static func write(
    _ report: ReproductionReport, to directory: String, plotlyPath: String?
  ) throws(ResultFault) {
    var further = report.data.map { (name: "tables/\($0.name).csv", bytes: $0.csv()) }
    further.append((name: "reproduced.csv", bytes: Array(ExpectedRows.csv(report.rows).utf8)))
    try StudyFiles.write(
      page: report.page(), json: report.json, further: further, to: directory, plotlyPath: plotlyPath)
  }

  /// Writes the comparisons with other programs as `report.html` and `result.json`.
  package static func write(
    _ report: ValidationReport, to directory: String, plotlyPath: String?
  ) throws(ResultFault) {
    try StudyFiles.write(page: report.page(), json: report.json, to: directory, plotlyPath: plotlyPath)
  }

  /// A report as lines for people: its tables, the values that were compared, and where the page is.
  package static func lines(_ report: ReproductionReport, folder: String) -> [String] {
    let tables = report.tables + [report.table()] + (report.main.isEmpty ? [] : [report.mainTable])
    return tables.flatMap { $0.lines + [""] } + ["\(report.name): \(report.count). Report: \(folder)/report.html"]
  }

  /// The comparisons with other programs as lines for people.
  package static func lines(_ report: ValidationReport, folder: String) -> [String] {
    let count = report.rows.count { $0.worst != nil }
    return report.tables.flatMap { $0.lines + [""] }
      + ["validation: \(count) comparisons. Report: \(folder)/report.html"]
  }

  /// One report as its `result.json`, several as an array of them; all have the same keys.
  package static func text(_ reports: [ReproductionReport], _ validation: ValidationReport?) -> String {
    let all = reports.map(\.json) + [validation?.json].compactMap(\.self)
    return (all.count == 1 ? all[0] : JSON.array(all)).indented
  }

  /// The page of validation of the documentation: papers, then other programs.
  package static func markdown(_ reports: [ReproductionReport], _ validation: ValidationReport?) -> String {
    let head = """
      # Validation

      Made by `tulou reproduce all --markdown Documentation/validation.md`, Tulou \(reports.first?.version ?? validation?.version ?? "").

      A printed value counts as *reproduced* within half of its last printed digit and the rounding of printed numbers that
      went into ours. Where the paper's own numbers give another value it *contradicts itself*; where a plan, an input or a
      rule of ours does, it is *not reproduced*, and the row says what is missing. A printed statement is judged once. No verdict is written in code; where a row has a tolerance of its own
      (whole numbers, "about"), its note says why.


      """
    return head + (reports.map(\.markdown) + [validation?.markdown].compactMap(\.self)).joined(separator: "\n")
  }
}
