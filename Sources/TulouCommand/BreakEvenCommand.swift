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

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("path=low,high", "The number that is sought, with its least and greatest value."))
  var vary: String?

  @Option(help: .value("key=value", "An indicator and the value that it is to reach."))
  var reaches: String?

  @Option(help: .value("name: path=value; ...", "A name with other numbers of the file; once or twice."))
  var alternative: [String] = []

  @Option(help: .value("market=..., capital=...", "A line to the grid: market, capital and operation by length."))
  var line: String?

  @Option(help: .value("n", "Values of the first look, spread evenly (5)."))
  var points: Int?

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("each point chooses its sizes")
    try read(try WordFault.check("--points", points, in: 2...1000, takes: "2 to 1000"))
    _ = try stated()
  }

  func run() async throws {
    let work = BreakEvenRun(
      try options.run(file, study: study.study, fresh: study.fresh), try stated(), points: points)
    try options.show(try await work.go())
  }

  /// What the options ask; nil where they ask nothing.
  private func stated() throws -> BreakEvenWords? {
    try read(try BreakEvenWords.of(vary: vary, reaches: reaches, alternatives: alternative, line: line))
  }
}
