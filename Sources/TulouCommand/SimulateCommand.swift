import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou simulate FILE`: given sizes run hour by hour under a rule, accounts, result files, report.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run given sizes hour by hour under a dispatch rule, and say what the rule costs.",
    discussion: """
      tulou simulate island.yaml --sizes pv=120,battery=300,diesel=80
      tulou simulate island.yaml --strategy cycle_charging --set-point 80
      tulou explain out/island --hour 2025-01-14T18
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @OptionGroup var strategy: StrategyOptions

  @Flag(name: .long, help: "Do not seek the dispatch of perfect foresight beside the rule's.")
  var noForesight = false

  @OptionGroup var options: CommonOptions

  func run() throws {
    try Run(options).simulate(file, strategy: strategy.dispatch, cheapest: strategy.cheapest, foresight: !noForesight)
  }
}

extension Run {
  /// Reads, simulates and finishes, for `simulate` and for `plan --solver rules`.
  func simulate(_ file: String, strategy: DispatchStrategy, cheapest: Bool, foresight: Bool) throws {
    let (reading, readSeconds) = try read(file)
    var asked = SimulateOptions()
    asked.strategy = strategy
    asked.cheapest = cheapest
    asked.plan = planOptions("Perfect foresight")
    asked.sizes = asked.plan.sizes
    asked.comparesWithForesight = foresight
    asked.seed = options.seed ?? 1
    let outcome = try simulated(reading, asked)
    try finish(outcome, of: reading, file: file, readSeconds: readSeconds)
  }

  private func simulated(_ reading: ProjectReading, _ asked: SimulateOptions) throws -> Outcome {
    let solver = try ruleSolver()
    do throws(ProjectFault) {
      let outcome = try SimulateStudy.run(project: reading.project, options: asked, solver: solver)
      progress.clear()
      return outcome
    } catch {
      progress.clear()
      try Run.fail(reading.located(error))
    }
  }

  /// The solver beside the rules: `rules` itself needs none, so the choice is that of `auto`.
  func ruleSolver() throws -> any Solver { try solver(named: options.solver == "rules" ? "auto" : options.solver) }
}
