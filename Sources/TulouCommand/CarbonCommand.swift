import ArgumentParser
import TulouStudies

/// `tulou carbon FILE`: the carbon account of an energy internet from its tables, or of a planned project.
struct CarbonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carbon",
    abstract: "Count CO2: of an energy internet by its tables, or of planned projects.",
    discussion: """
      tulou carbon Examples/yanqing/yanqing.yaml
      tulou carbon park.yaml --compare park-with-storage.yaml
      tulou carbon park.yaml --points 6 --each

      A file with 'base_year' is an account by tables (Documentation/methods/carbon.md). A project is planned; --compare \
      says term by term what lowers emission from the one to the other, --points draws least cost against CO2 budget.
      """)

  @Argument(help: .value("file", "Carbon file or project file."))
  var file: String

  @Option(help: .value("file", "A second project, planned and compared."))
  var compare: String?

  @Option(help: .value("n", "Number of plans of the abatement curve, from 2."))
  var points: Int?

  @Flag(help: "What each measure and each new component avoids and costs: plans without each.")
  var each = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try read(try WordFault.check("--points", points, in: 2...1000, takes: "a whole number from 2 to 1000"))
  }

  func run() throws {
    var work = CarbonRun(try options.run(file))
    work.other = compare
    work.points = points
    work.each = each
    try options.show(work.go())
  }
}
