import ArgumentParser
import Foundation
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

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Two goals; left out: those of the file's study, else net_present_cost,co2.", valueName: "first,second"))
  var objectives: String?

  @Option(
    name: .long, help: ArgumentHelp("Number of points; left out: that of the file's study, else 9.", valueName: "n"))
  var points: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Generations of NSGA-II and of the four operators on the same sizes, dispatch planned or by --strategy, drawn beside the front.",
      valueName: "n"))
  var genetic: Int?

  @Option(name: .long, help: ArgumentHelp("--genetic: individuals of a generation (24).", valueName: "n"))
  var population: Int?

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; a front chooses its sizes.") }
    if let points, !(2...1000).contains(points) {
      throw ValidationError("--points takes a whole number from 2 to 1000, found \(points).")
    }
    if let genetic, !(1...10_000).contains(genetic) {
      throw ValidationError("--genetic takes 1 to 10000 generations, found \(genetic).")
    }
    if let population, !(4...1000).contains(population) {
      throw ValidationError("--population takes 4 to 1000, found \(population).")
    }
    _ = try goals()
  }

  /// The goals of the command line; nil where none are given.
  private func goals() throws -> (ParetoAxis, ParetoAxis)? {
    guard let objectives else { return nil }
    let words = objectives.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard words.count == 2 else {
      throw ValidationError("--objectives takes two goals such as net_present_cost,co2; found '\(objectives)'.")
    }
    let axes = try words.map { word in
      guard let axis = ParetoAxis(rawValue: word) else {
        let near = nearestName(to: word, among: Study.Goal.words).map { " Did you mean '\($0)'?" } ?? ""
        throw ValidationError("'\(word)' is no goal; there are \(Study.Goal.words.joined(separator: ", ")).\(near)")
      }
      return axis
    }
    return (axes[0], axes[1])
  }

  func run() async throws {
    var work = FrontRun(
      try options.run(file, study: study.study, fresh: study.fresh), goals: try goals(), points: points)
    work.generations = genetic
    work.population = population
    work.strategy = strategy.question
    try options.show(try await work.go())
  }
}
