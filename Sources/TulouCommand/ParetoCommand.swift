import ArgumentParser
import Tulou
import TulouStudies

/// `tulou pareto FILE`: all best compromises between two goals, each with proof and as a plan of its own.
struct ParetoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pareto",
    abstract: "Draw the front between two goals: no plan is better in one without being worse in the other.",
    discussion: """
      tulou pareto park.yaml --objectives net_present_cost,co2 --points 9
      tulou pareto park.yaml --study front

      Goals: \(Study.Goal.words.joined(separator: ", ")). The first is minimised at every point while the second is held at \
      steps. Every point is written as a plan of its own under points/. An interrupted front goes on where it stopped \
      when the same command is given again.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("first,second", "Two goals; left out: those of the file's study, else net_present_cost,co2."))
  var objectives: String?

  @Option(help: .value("n", "Number of points; left out: that of the file's study, else 9."))
  var points: Int?

  @Option(
    help: .value(
      "n",
      "Generations of NSGA-II and of the four operators on the same sizes, dispatch planned or by --strategy, drawn beside the front."
    ))
  var genetic: Int?

  @Option(help: .value("n", "--genetic: individuals of a generation (24)."))
  var population: Int?

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("a front chooses its sizes")
    try read(try WordFault.check("--points", points, in: 2...1000, takes: "a whole number from 2 to 1000"))
    try read(try WordFault.check("--genetic", genetic, in: 1...10_000, takes: "1 to 10000 generations"))
    try read(try WordFault.check("--population", population, in: 4...1000, takes: "4 to 1000"))
    _ = try read(try objectives.map(QuestionWords.axes))
  }

  func run() async throws {
    let goals = try read(try objectives.map(QuestionWords.axes))
    var work = FrontRun(
      try options.run(file, study: study.study, fresh: study.fresh), goals: goals, points: points)
    work.generations = genetic
    work.population = population
    work.strategy = try strategy.question()
    try options.show(try await work.go())
  }
}
