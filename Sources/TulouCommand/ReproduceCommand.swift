import ArgumentParser
import Foundation
import Tulou
import TulouCases
import TulouFiles
import TulouStudies

/// `tulou reproduce CASE`: every value that a publication prints beside ours.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Compute the values of a published study again and say which agree, which not, and why.",
    discussion: """
      Exit code 0 only where every row that was computed has the verdict that is known of it; a row with another verdict is named.
      """)

  @Argument(
    help: ArgumentHelp("shenzhen, xizhou, yanqing, clusters, validation (other programs) or all.", valueName: "case"))
  var name: String

  @Flag(name: .long, help: "Only what the paper's own tables allow; no plans.")
  var tablesOnly = false

  @Option(
    name: .long,
    help: ArgumentHelp("shenzhen: designs that the search of each stage may try under each rule.", valueName: "n"))
  var designs = 150

  @Option(name: .long, help: ArgumentHelp("Also write the tables as Markdown.", valueName: "file"))
  var markdown: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard Cases.names.contains(name) || name == "all" || name == "validation" else {
      let known = "there are \(Cases.names.joined(separator: ", ")), validation and all."
      throw ValidationError(
        "'\(name)' is no case; \(known)")
    }
    guard options.set.isEmpty else { throw ValidationError("--set is for project files; a case has its own.") }
    if designs < 0 { throw ValidationError("--designs takes a whole number from 0, found \(designs).") }
  }

  func run() throws {
    let names = name == "all" ? Cases.names : Cases.names.filter { $0 == name }
    let hasComparisons = name == "all" || name == "validation"
    for one in names + (hasComparisons ? ["validation"] : []) { try options.run("").reserve(folder(one)) }
    let reports = try names.map(report)
    for report in reports { try show(report) }
    let validation = try hasComparisons ? comparisons() : nil
    if options.json { Terminal.result(Cases.text(reports, validation)) }
    if let markdown {
      do { try Cases.markdown(reports, validation).write(toFile: markdown, atomically: true, encoding: .utf8) } catch {
        throw StudyEnd(.internalError, "error: '\(markdown)' cannot be written: \(error.localizedDescription)")
      }
    }
    let surprises = reports.flatMap { report in report.surprises.map { "\(report.name): \($0)" } }
    guard surprises.isEmpty else {
      throw StudyEnd(.internalError, messages: surprises.map { "tulou: " + $0 })
    }
  }

  /// What other programs and published numbers say, as the tests measured it.
  private func comparisons() throws -> ValidationReport {
    let run = try options.run("")
    let found = try run.stopping { () throws(ProjectFault) in try ValidationReport.read(version: Build.version) }
    let folder = folder("validation")
    try run.writing { () throws(ResultFault) in try Cases.write(found, to: folder, plotlyPath: Parts.plotly()) }
    if options.json { return found }
    for table in found.tables {
      for line in table.lines + [""] { Terminal.result(line) }
    }
    Terminal.result("validation: \(found.rows.count { $0.worst != nil }) comparisons. Report: \(folder)/report.html")
    return found
  }

  private func report(_ name: String) throws -> ReproductionReport {
    let run = try options.run("")
    guard
      let examples = Parts.example("Examples/shenzhen").map({ String($0.dropLast("/shenzhen".count)) })
        ?? (tablesOnly ? "" : nil)
    else {
      throw StudyEnd(
        .partMissing, "tulou: Examples is not found from here; run it in the repository, or --tables-only.")
    }
    var settings = Cases.Settings(examples: examples)
    settings.tablesOnly = tablesOnly
    settings.designs = designs
    settings.hours = options.hours
    let context = tablesOnly ? nil : try run.context()
    if let context { settings.plan = context.planOptions("Planning \(name)") }
    settings.plan.neighbourSeconds = 20
    settings.tariffSeconds = options.timeLimit ?? settings.tariffSeconds
    if let context { settings.spread = context.spread }
    let chosen = settings
    return try run.stopping { () throws(ProjectFault) in
      try Cases.reproduce(name, chosen, solver: context?.solver, version: Build.version)
    }
  }

  private func folder(_ name: String) -> String { (options.out ?? "out") + "/reproduce-\(name)" }

  /// Prints a report and writes its page.
  private func show(_ report: ReproductionReport) throws {
    let folder = folder(report.name)
    try options.run("").writing { () throws(ResultFault) in
      try Cases.write(report, to: folder, plotlyPath: Parts.plotly())
    }
    if options.json { return }
    for table in report.tables {
      for line in table.lines + [""] { Terminal.result(line) }
    }
    for line in report.table().lines + [""] { Terminal.result(line) }
    if !report.main.isEmpty {
      for line in report.mainTable.lines + [""] { Terminal.result(line) }
    }
    Terminal.result("\(report.name): \(report.count). Report: \(folder)/report.html")
  }
}
