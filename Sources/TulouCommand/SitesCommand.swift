import ArgumentParser
import TulouStudies

/// `tulou sites DIR|FILE`: sites ranked by isolation, resources and culture, compared side by side.
struct SitesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: "Rank sites by isolation, resources and cultural value, and compare their plans.",
    discussion: """
      tulou sites Examples/sites
      tulou sites Examples/sites --weights isolation=1,resources=2,culture=1 --no-plans

      A folder of files of answers (as 'tulou init --answers' takes them), or a file with 'sites' and 'weights'. Each site's \
      project is planned, several at a time; a stopped run goes on where it was.
      """)

  @Argument(help: .value("place", "Folder of answers, or file that lists them."))
  var place: String

  @Option(help: .value("list", "Weights of the criteria, e.g. isolation=1,resources=2,culture=1; left out ones are 0."))
  var weights: String?

  @Flag(name: .customLong("no-plans"), help: "Scores and ranking alone.")
  var noPlans = false

  @Flag(help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("here every site has its own sizes")
    _ = try read(try weights.map(QuestionWords.siteWeights))
  }

  func run() async throws {
    let weights = try read(try weights.map(QuestionWords.siteWeights))
    try options.show(try await SitesRun(options.run(place, fresh: fresh), weights: weights, plans: !noPlans).go())
  }
}
