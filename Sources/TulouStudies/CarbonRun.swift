import Foundation
import Tulou
import TulouFiles

/// `carbon`: the account of an energy internet by its tables, or of planned projects.
public struct CarbonRun: Sendable {
  let run: StudyRun
  /// A second project, planned and compared.
  public var other: String?
  /// Number of plans of the abatement curve; nil: none.
  public var points: Int?
  /// Whether what each measure and each new component avoids and costs is found.
  public var each = false

  /// An account.
  public init(_ run: StudyRun) { self.run = run }

  /// Counts, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    guard CarbonReader.isCarbonFile(run.request.file) else {
      let folder = run.studyFolder("carbon")
      try run.reserve(folder)
      let report = try planned()
      return try answer(
        [("result.json", Array(report.resultJSON().utf8)), ("report.html", report.page().file())]
          + report.tables(),
        json: report.resultJSON(), lines: report.answer(report: folder + "/report.html"), in: folder)
    }
    guard run.request.read.settings.isEmpty else {
      throw StudyEnd(.usage, "tulou: --set is for project files; write the value into '\(run.request.file)'.")
    }
    let folder = run.folder
    try run.reserve(folder)
    let report = try capabilities()
    return try answer(
      [
        ("result.json", Array(report.resultJSON().utf8)), ("rows.csv", report.rowsCSV()),
        ("sensitivity.csv", report.sensitivityCSV()), ("readings.csv", report.readingsCSV()),
        ("quantiles.csv", report.quantilesCSV()),
        ("report.html", report.page().file(in: run.request.language)),
      ], json: report.resultJSON(), lines: report.answer(report: folder + "/report.html"), in: folder)
  }

  private func answer(
    _ files: [(name: String, bytes: [UInt8])], json: String, lines: [String], in folder: String
  ) throws(StudyEnd) -> StudyAnswer {
    try run.writing { () throws(ResultFault) in try WholeFiles.write(files, to: folder) }
    return StudyAnswer(lines: lines, json: json)
  }

  /// The account by tables.
  private func capabilities() throws(StudyEnd) -> CarbonReport {
    let file = run.request.file
    let reading = try run.stopping { () throws(ProjectFault) in try CarbonReader.read(path: file) }
    for warning in reading.warnings { run.listener.tell(.note(warning.description)) }
    return CarbonReport(
      reading.carbonCase, notes: reading.warnings.map(\.message), version: run.request.version)
  }

  /// The account of one or two plans.
  private func planned() throws(StudyEnd) -> ProjectCarbonReport {
    let context = try run.context()
    let first = try run.read().reading.project
    let plan = context.planOptions("Planning")
    var report = ProjectCarbonReport(base: try planned(first, context), version: run.request.version)
    if let other {
      let second = try run.read(other).reading.project
      report.target = try planned(second, context)
      if first.name == second.name {
        report.base.name = "\((run.request.file as NSString).lastPathComponent): \(first.name)"
        report.target?.name = "\((other as NSString).lastPathComponent): \(second.name)"
      }
    }
    if let points {
      report.curve = try run.stopping { () throws(ProjectFault) in
        try AbatementStudy.run(project: first, points: points, options: plan, solver: context.solver).curve
      }
    }
    if each {
      report.measures = try run.stopping { () throws(ProjectFault) in
        try AbatementStudy.measures(project: first, options: plan, solver: context.solver)
      }
    }
    return report
  }

  private func planned(_ project: Project, _ context: StudyContext) throws(StudyEnd) -> ProjectCarbonReport.Case {
    let outcome = try run.stopping { () throws(ProjectFault) in try context.plan(project, "Planning") }
    guard outcome.hasPlan else {
      throw StudyEnd(
        outcome.status == .infeasible ? .infeasible : .internalError,
        "'\(project.name)' has no plan (\(outcome.status.rawValue)); 'tulou plan' says why.")
    }
    return .init(project: project, accounts: Accounts.make(outcome, solver: context.solver))
  }
}
