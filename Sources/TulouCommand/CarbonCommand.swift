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

  @Argument(help: ArgumentHelp("Carbon file or project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("A second project, planned and compared.", valueName: "file"))
  var compare: String?

  @Option(name: .long, help: ArgumentHelp("Number of plans of the abatement curve, from 2.", valueName: "n"))
  var points: Int?

  @Flag(name: .long, help: "What each measure and each new component avoids and costs: plans without each.")
  var each = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if let points, !(2...1000).contains(points) {
      throw ValidationError("--points takes a whole number from 2 to 1000, found \(points).")
    }
  }

  func run() throws {
    var work = CarbonRun(try options.run(file))
    work.other = compare
    work.points = points
    work.each = each
    try options.show(work.go())
  }
}
