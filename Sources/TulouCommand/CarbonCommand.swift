import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou carbon FILE`: the carbon account of an energy internet from its tables, or of a planned project.
struct CarbonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carbon",
    abstract: "Count CO2: of an energy internet by its tables, or of planned projects.",
    discussion: """
      tulou carbon Examples/yanqing/yanqing.yaml
      tulou carbon park.yaml --compare park-with-storage.yaml
      tulou carbon park.yaml --points 6 --each

      A file with 'base_year' is an account by tables (Documentation/methods/carbon.md). A project is planned; --compare \
      says term by term what lowers emission from the one to the other, --points draws least cost against CO2 budget.
      """)

  @Argument(help: ArgumentHelp("Carbon file or project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("A second project, planned and compared.", valueName: "file"))
  var compare: String?

  @Option(name: .long, help: ArgumentHelp("Number of plans of the abatement curve, from 2.", valueName: "n"))
  var points: Int?

  @Flag(name: .long, help: "What each measure and each new component avoids and costs: plans without each.")
  var each = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if let points, !(2...1000).contains(points) {
      throw ValidationError("--points takes a whole number from 2 to 1000, found \(points).")
    }
  }

  func run() throws {
    let run = Run(options)
    let isCarbonFile = CarbonReader.isCarbonFile(file)
    if isCarbonFile, !options.set.isEmpty {
      Terminal.error("tulou: --set is for project files; write the value into '\(file)'.")
      throw Exit.usage
    }
    let folder = isCarbonFile ? run.folder(file) : run.studyFolder(file, "carbon")
    try run.reserve(folder)
    if isCarbonFile {
      let report = try capabilities()
      try finish(
        [
          ("result.json", Array(report.resultJSON().utf8)), ("rows.csv", report.rowsCSV()),
          ("sensitivity.csv", report.sensitivityCSV()), ("readings.csv", report.readingsCSV()),
          ("quantiles.csv", report.quantilesCSV()), ("report.html", Array(report.page().html().utf8)),
        ], json: report.resultJSON(), answer: report.answer(report: folder + "/report.html"), to: folder)
    } else {
      let report = try project(run)
      try finish(
        [("result.json", Array(report.resultJSON().utf8)), ("report.html", Array(report.page().html().utf8))]
          + report.tables(),
        json: report.resultJSON(), answer: report.answer(report: folder + "/report.html"), to: folder)
    }
  }

  private func finish(
    _ files: [(name: String, bytes: [UInt8])], json: String, answer: [String], to folder: String
  ) throws {
    try Run(options).writing { () throws(ResultFault) in
      try WholeFiles.write(files, to: folder)
    }
    if options.json {
      Terminal.write(json)
    } else {
      for line in answer { Terminal.result(line) }
    }
  }

  /// The account by tables.
  private func capabilities() throws -> CarbonReport {
    let reading = try Run(options).stopping { () throws(ProjectFault) in try CarbonReader.read(path: file) }
    for warning in reading.warnings { Terminal.note(warning.description, quiet: options.quiet) }
    return CarbonReport(reading.carbonCase, notes: reading.warnings.map(\.message), version: Build.version)
  }

  /// The account of one or two plans.
  private func project(_ run: Run) throws -> ProjectCarbonReport {
    let solver = try run.solver()
    let first = try run.read(file).reading.project
    let plan = run.planOptions("Planning")
    var report = ProjectCarbonReport(base: try planned(first, plan, solver, run), version: Build.version)
    if let compare {
      let second = try run.read(compare).reading.project
      report.target = try planned(second, plan, solver, run)
      if first.name == second.name {
        report.base.name = "\((file as NSString).lastPathComponent): \(first.name)"
        report.target?.name = "\((compare as NSString).lastPathComponent): \(second.name)"
      }
    }
    if let points {
      report.curve = try run.stopping { () throws(ProjectFault) in
        try AbatementStudy.run(project: first, points: points, options: plan, solver: solver).curve
      }
    }
    if each {
      report.measures = try run.stopping { () throws(ProjectFault) in
        try AbatementStudy.measures(project: first, options: plan, solver: solver)
      }
    }
    return report
  }

  private func planned(
    _ project: Project, _ plan: PlanOptions, _ solver: any Solver, _ run: Run
  ) throws -> ProjectCarbonReport.Case {
    let outcome = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: project, options: plan, solver: solver)
    }
    guard outcome.hasPlan else {
      Terminal.error("'\(project.name)' has no plan (\(outcome.status.rawValue)); 'tulou plan' says why.")
      throw outcome.status == .infeasible ? Exit.infeasible : Exit.internalError
    }
    return .init(project: project, accounts: Accounts.make(outcome, solver: solver))
  }
}
