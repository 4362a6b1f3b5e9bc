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
    help: .value("case", "shenzhen, xizhou, yanqing, clusters, validation (other programs) or all."))
  var name: String

  @Flag(help: "Only what the paper's own tables allow; no plans.")
  var tablesOnly = false

  @Option(help: .value("n", "shenzhen: designs that the search of each stage may try under each rule."))
  var designs = 150

  @Option(help: .value("file", "Also write the tables as Markdown."))
  var markdown: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard Cases.names.contains(name) || name == "all" || name == "validation" else {
      let known = "there are \(Cases.names.joined(separator: ", ")), validation and all."
      throw ValidationError("'\(name)' is no case; \(known)")
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
    let surprises = reports.flatMap { report in report.surprises.map { "tulou: \(report.name): \($0)" } }
    if !surprises.isEmpty { throw StudyEnd(.internalError, messages: surprises) }
  }

  /// What other programs and published numbers say, as the tests measured it.
  private func comparisons() throws -> ValidationReport {
    let run = try options.run("")
    let found = try run.stopping { () throws(ProjectFault) in try ValidationReport.read(version: Build.version) }
    let folder = folder("validation")
    try run.writing { () throws(ResultFault) in try Cases.write(found, to: folder, plotlyPath: Parts.plotly()) }
    if !options.json { for line in Cases.lines(found, folder: folder) { Terminal.result(line) } }
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
    if let context {
      settings.plan = context.planOptions("Planning \(name)")
      settings.spread = context.spread
    }
    settings.plan.neighbourSeconds = 20
    settings.tariffSeconds = options.timeLimit ?? settings.tariffSeconds
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
    if !options.json { for line in Cases.lines(report, folder: folder) { Terminal.result(line) } }
  }
}
