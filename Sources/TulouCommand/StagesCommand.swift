import ArgumentParser
import Tulou
import TulouFiles

/// `tulou stages FILE`: the stages of a project, one after the other or all at once.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Plan a project through its stages; what is built stays.")

  @Argument(help: ArgumentHelp("Project file with 'stages:'.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "foresight (all stages in one problem) or myopic (each as if it lasted to the end).", valueName: "mode"))
  var mode = "foresight"

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard StagedOutcome.Mode(rawValue: mode) != nil else {
      throw ValidationError("--mode takes foresight or myopic, found '\(mode)'.")
    }
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; stages choose their sizes.") }
  }

  func run() throws {
    let run = Run(options)
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let folder = run.studyFolder(file, "stages")
    try run.reserve(folder)
    let project = reading.project
    let outcome = try run.stopping { () throws(ProjectFault) in
      try StageStudy.run(
        project: project, mode: StagedOutcome.Mode(rawValue: mode) ?? .foresight,
        options: run.planOptions("Planning the stages"), solver: solver)
    }
    let begin = run.now
    let standalone = outcome.stages.map {
      StandaloneStudy.all(of: $0.project, solver: solver, options: run.planOptions("Running everybody alone"))
    }
    let accounts =
      outcome.stages.isEmpty
      ? StagedAccounts()
      : StagedAccounts.make(project: project, plans: outcome.stages.map(\.plan), standalone: standalone)
    run.progress.clear()
    // What is neither a path nor a proof that there is none leaves the results of the run before.
    if outcome.stages.isEmpty, ![.infeasible, .unbounded].contains(outcome.status) {
      for warning in outcome.warnings { Terminal.error(warning.description) }
      let words = StagedReport(project: project, outcome: outcome, accounts: accounts, version: Build.version)
      for sentence in words.withoutPlan { Terminal.error(sentence) }
      Terminal.error("Nothing was written.")
      throw outcome.status == .cancelled ? Exit.interrupted : Exit.internalError
    }
    let report = StagedReport(project: project, outcome: outcome, accounts: accounts, version: Build.version)
    let timing = [("read", readSeconds), ("solve", outcome.solveSeconds), ("account", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(
        report, timing: timing, lock: reading.lock(version: Build.version), to: folder,
        plotlyPath: Parts.plotly())
    }
    if options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else if !outcome.stages.isEmpty {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    Terminal.warnings(outcome.warnings + accounts.warnings, but: project.warnings, quiet: options.quiet)
    if outcome.stages.isEmpty {
      for sentence in report.withoutPlan { Terminal.error(sentence) }
    }
    switch outcome.status {
    case .infeasible: throw Exit.infeasible
    case .cancelled: throw Exit.interrupted
    case .failed: throw Exit.internalError
    case .limit, .unbounded:
      // A limit that was reached with a plan in hand is a result.
      if outcome.stages.isEmpty { throw Exit.internalError }
    case .optimal, .feasible: break
    }
  }
}
