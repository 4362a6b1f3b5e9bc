import ArgumentParser
import Tulou
import TulouFiles

/// `tulou policies FILE`: what taxes, subsidies and premiums bring to members, and what they cost the public.
struct PoliciesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies",
    abstract: "What each policy brings to members and costs the public, and what an avoided tonne costs.",
    discussion: """
      tulou policies park.yaml
      tulou policies park.yaml --sweep pv-grant --levels 0,0.5,1,1.5,2

      Plans the project with all its policies, without any, and without each. '--sweep' plans one policy at other levels: 0 is \
      without it, 1 as the file has it.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Policy whose level is varied.", valueName: "policy"))
  var sweep: String?

  @Option(name: .long, help: ArgumentHelp("Levels of the swept policy (0,0.5,1,1.5,2).", valueName: "levels"))
  var levels: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'plan'; here every state has its own sizes.")
    }
    if levels != nil, sweep == nil { throw ValidationError("--levels needs --sweep with the policy that is varied.") }
    _ = try numbers()
  }

  private func numbers() throws -> [Double] {
    guard let levels else { return [0, 0.5, 1, 1.5, 2] }
    let parts = levels.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.count <= PolicyStudy.mostLevels,
      numbers.allSatisfy({ $0 >= 0 && $0 <= 1000 })
    else {
      throw ValidationError(
        "--levels takes up to \(PolicyStudy.mostLevels) numbers from 0 to 1000 such as 0,0.5,1; found '\(levels)'.")
    }
    return numbers
  }

  func run() async throws {
    let run = Run(options)
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let project = reading.project
    guard !project.policies.isEmpty else {
      Terminal.error("tulou: '\(project.name)' has no policies; they stand under 'policies'.")
      throw Exit.projectFault
    }
    guard project.stages.isEmpty else {
      Terminal.error(
        "tulou: policies are compared on one year's plan; take 'stages' out. 'tulou plan' pays them along stages.")
      throw Exit.projectFault
    }
    if let sweep, !project.policies.contains(where: { $0.id == sweep }) {
      let names = project.policies.map(\.id)
      let near = nearestName(to: sweep, among: names).map { " Did you mean '\($0)'?" } ?? ""
      Terminal.error("tulou: there is no policy '\(sweep)'; the file has \(names.joined(separator: ", ")).\(near)")
      throw Exit.usage
    }
    let folder = run.studyFolder(file, "policies")
    try run.reserve(folder)
    let begin = run.now
    var plan = run.planOptions("")
    plan.solve.progress = { _ in }
    let line = run.progress
    let result = await PolicyStudy.run(
      project: project, sweep: sweep, levels: try numbers(), parallel: run.workers, options: plan, solver: solver,
      finished: { done, all in line.show("Policies: \(done) of \(all) plans") })
    line.clear()
    let report = PolicyReport(result: result, version: Build.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(
        report, timing: timing, lock: reading.lock(version: Build.version), to: folder, plotlyPath: Parts.plotly())
    }
    if options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    if result.isStopped {
      Terminal.error("Interrupted: what was planned is in \(folder).")
      throw Exit.interrupted
    }
    if result.all.accounts == nil { throw Exit.infeasible }
  }
}
