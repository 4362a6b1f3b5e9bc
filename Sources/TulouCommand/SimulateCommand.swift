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
      tulou explain out/island/simulation --hour 2025-01-14T18

      The results go beside the plan, into the folder 'simulation' of the project's.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @OptionGroup var strategy: StrategyOptions

  @Flag(name: .long, help: "Do not seek the dispatch of perfect foresight beside the rule's.")
  var noForesight = false

  @Flag(name: .customLong("n-1"), help: "Run the year again with each component missing in turn.")
  var eachMissing = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Simulate so many years one by one: growth, prices, ageing, replacement by use.", valueName: "n"))
  var years: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("--years: draw so many paths over weather years and prices, for quantiles.", valueName: "n"))
  var samples: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("--samples: standard deviation of the yearly change of prices [%].", valueName: "%"))
  var priceVolatility: Double?

  @Option(name: .long, help: ArgumentHelp("The study of the file ('studies:') to run.", valueName: "id"))
  var study: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if let years, !(1...100).contains(years) { throw ValidationError("--years takes 1 to 100.") }
    if samples != nil, years == nil { throw ValidationError("--samples belongs to --years.") }
    if let samples, !(1...100_000).contains(samples) { throw ValidationError("--samples takes 1 to 100000.") }
    if priceVolatility != nil, samples == nil { throw ValidationError("--price-volatility belongs to --samples.") }
    if let priceVolatility, !(0...100).contains(priceVolatility) {
      throw ValidationError("--price-volatility takes 0 to 100 %.")
    }
  }

  func run() throws {
    var more = SimulateExtras()
    more.eachMissing = eachMissing
    more.years = years.map { years in
      var asked = MultiYearOptions(years: years)
      asked.samples = samples ?? 0
      asked.priceVolatility = (priceVolatility ?? 0) / 100
      return asked
    }
    try Run(options).simulate(
      file, strategy, study: study, foresight: !noForesight, more: more)
  }
}

/// What is asked of a simulation beyond its year.
struct SimulateExtras {
  /// Whether the year is run again with each component missing.
  var eachMissing = false
  /// Years one by one; nil: not asked for.
  var years: MultiYearOptions?
}

extension Run {
  /// Reads, simulates and finishes, for `simulate` and for `plan --solver rules`.
  ///
  /// - Parameters:
  ///   - strategy: What the command line says of it.
  ///   - study: The study of the file that states strategy and sizes where the command line is silent; nil: none.
  ///   - isPlan: Whether it was asked for as a plan; else the results go beside that.
  ///   - more: What is asked beyond the year.
  func simulate(
    _ file: String, _ strategy: StrategyOptions, study: String? = nil, foresight: Bool,
    isPlan: Bool = false, more: SimulateExtras = SimulateExtras()
  ) throws {
    _ = try strategy.single()
    let (reading, readSeconds) = try read(file)
    let stated = try study.flatMap { try self.study($0, of: .simulate, in: reading.project, needed: true) }
    let folder = isPlan ? folder(file) : studyFolder(file, stated?.id ?? "simulation")
    try reserve(folder, isPlan: isPlan)
    var asked = SimulateOptions()
    asked.strategy = strategy.dispatches(or: stated)[0]
    asked.cheapest = strategy.cheapest
    asked.plan = planOptions("Perfect foresight")
    if asked.plan.sizes.isEmpty { asked.plan.sizes = stated?.sizes ?? [:] }
    asked.sizes = asked.plan.sizes
    asked.comparesWithForesight = foresight
    asked.seed = options.seed ?? 1
    asked.findsContingencies = more.eachMissing
    var outcome = try simulated(reading, asked)
    if let years = more.years, outcome.hasPlan { outcome.rules?.years = try yearByYear(reading, asked, years) }
    try finish(outcome, of: reading, file: file, readSeconds: readSeconds, folder: folder)
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

  private func yearByYear(
    _ reading: ProjectReading, _ asked: SimulateOptions, _ years: MultiYearOptions
  ) throws -> MultiYearRecord? {
    let weather = reading.project.weatherYears.map { (name: $0.name, project: $0.project) }
    do throws(ProjectFault) {
      let record = try MultiYearStudy.run(
        project: weather.first?.project ?? reading.project, weather: weather, options: asked, asked: years,
        isCancelled: { Interruption.isRequested },
        progress: { [progress] done, all in progress.show("Drawing  \(done) of \(all) years") },
        spread: Threads.spread(options))
      progress.clear()
      return record
    } catch {
      progress.clear()
      try Run.fail(reading.located(error))
    }
  }

  /// The solver beside the rules: `rules` itself needs none, so the choice is that of `auto`.
  func ruleSolver() throws -> any Solver { try solver(named: options.solver == "rules" ? "auto" : options.solver) }
}
