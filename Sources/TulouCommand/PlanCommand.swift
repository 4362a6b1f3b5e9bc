import ArgumentParser
import Tulou
import TulouStudies

/// `tulou plan FILE`: sizes and dispatch with proof, accounts, result files, report.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Size and dispatch a project over every hour, with a proof of how good the plan is.",
    discussion: """
      tulou plan Examples/minimal.yaml
      tulou plan park.yaml --hours 336 --solver highs --out trial
      tulou plan park.yaml --sizes pv=1200,battery.power=300,battery.energy=900
      tulou plan park.yaml --practical --steps pv=0.5

      A project with 'weather_years' is planned over all of them at once; what planning on fewer years would cost is \
      measured too, unless --no-comparison is given.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Flag(help: "With weather years: leave out what planning on fewer years would cost.")
  var noComparison = false

  @Flag(help: "Also write workbook.xlsx: all tables and the hours, a sheet each.")
  var xlsx = false

  @Flag(help: "Also round the sizes to steps in which plant is sold, dispatch again, say what that costs.")
  var practical = false

  @Option(
    help: .value(
      "id=step,...",
      "Steps for --practical in the unit of each size, e.g. pv=0.5,battery.power=50; others: 1, 2 or 5 times a power of "
        + "ten, at most a twentieth of the size."))
  var steps: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if practical || steps != nil {
      guard options.sizes == nil else { throw ValidationError("--practical rounds free sizes; --sizes gives them.") }
      guard options.solver != StudyRequest.Solver.rules.rawValue else {
        throw ValidationError("--practical is for plans; '--solver rules' has given sizes.")
      }
    }
    _ = try practicalSteps()
  }

  /// Steps by size, empty where only `--practical` is asked for; nil without both.
  private func practicalSteps() throws -> [String: Double]? {
    try steps.map { text in try read(try QuestionWords.steps(text)) } ?? (practical ? [:] : nil)
  }

  func run() throws {
    var request = try options.request(file)
    request.hasWorkbook = xlsx
    request.practicalSteps = try practicalSteps()
    let run = StudyRun(request, listener: Terminal.listener(quiet: options.quiet, json: options.json))
    try options.show(PlanRun(run, alternatives: noComparison ? .left : .measured).go())
  }
}
