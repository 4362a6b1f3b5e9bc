import ArgumentParser
import TulouStudies

/// `tulou break-even FILE`: the value of one number at which an answer turns.
struct BreakEvenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-even",
    abstract:
      "Find the value of a number at which an answer turns: a carbon price, a fuel price, the length of a line.",
    discussion: """
      tulou break-even park.yaml --vary "economy.carbon_price=0 EUR/t,300 EUR/t" --reaches "renewable_fraction=80 %"
      tulou break-even park.yaml --vary "markets.oil.buy=x0.5,x3" --alternative "diesel: components.pv.capacity.max=0 kW"
      tulou break-even park.yaml --line "market=grid, capital=25000 EUR/km, operation=200 EUR/km/y"
      tulou break-even park.yaml --study line

      One alternative is compared with the project as it stands, two with each other. Every point is a plan with its own \
      proof; an interrupted study goes on where it stopped when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("The number that is sought, with its least and greatest value.", valueName: "path=low,high"))
  var vary: String?

  @Option(name: .long, help: ArgumentHelp("An indicator and the value that it is to reach.", valueName: "key=value"))
  var reaches: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A name with other numbers of the file; once or twice.", valueName: "name: path=value; ..."))
  var alternative: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A line to the grid: market, capital and operation by length.", valueName: "market=..., capital=..."))
  var line: String?

  @Option(name: .long, help: ArgumentHelp("Values of the first look, spread evenly (5).", valueName: "n"))
  var points: Int?

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; each point chooses its sizes.") }
    if let points, !(2...1000).contains(points) { throw ValidationError("--points takes 2 to 1000, found \(points).") }
    guard alternative.count <= 2 else { throw ValidationError("--alternative is given once or twice.") }
    let asked = [reaches != nil, !alternative.isEmpty, line != nil].filter { $0 }.count
    guard asked <= 1 else {
      throw ValidationError("A break-even asks one thing: --reaches, --alternative or --line.")
    }
    if asked == 1, line == nil, vary == nil {
      throw ValidationError("--reaches and --alternative need --vary path=low,high.")
    }
    if line != nil, vary != nil { throw ValidationError("The length of a line is what is sought; --vary has no part.") }
  }

  func run() async throws {
    let work = BreakEvenRun(
      try options.run(file, study: study.study, fresh: study.fresh), try stated(), points: points)
    try options.show(try await work.go())
  }

  /// What the options ask; nil where they ask nothing.
  private func stated() throws -> BreakEvenWords? {
    do throws(BreakEvenWords.Fault) {
      if let line { return try BreakEvenWords(line: line) }
      guard let vary else { return nil }
      return try BreakEvenWords(vary: vary, reaches: reaches, alternatives: alternative)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
