import ArgumentParser
import Tulou
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

  @Argument(help: ArgumentHelp("Folder of answers, or file that lists them.", valueName: "place"))
  var place: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Weights of the criteria, e.g. isolation=1,resources=2,culture=1; left out ones are 0.", valueName: "list"))
  var weights: String?

  @Flag(name: .customLong("no-plans"), help: "Scores and ranking alone.")
  var noPlans = false

  @Flag(name: .long, help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'plan'; here every site has its own sizes.")
    }
    _ = try numbers()
  }

  private func numbers() throws -> [Double]? {
    guard let weights else { return nil }
    var found = SiteCriterion.allCases.map { _ in 0.0 }
    for part in weights.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
      guard pair.count == 2, let index = SiteCriterion.allCases.firstIndex(where: { $0.rawValue == pair[0] }),
        let weight = Double(pair[1]), weight >= 0, weight.isFinite
      else {
        throw ValidationError(
          "--weights takes pairs such as isolation=1,resources=2,culture=1; found '\(part)'.")
      }
      found[index] = weight
    }
    guard found.reduce(0, +) > 0 else { throw ValidationError("--weights: all are 0.") }
    return found
  }

  func run() async throws {
    try options.show(try await SitesRun(options.run(place, fresh: fresh), weights: try numbers(), plans: !noPlans).go())
  }
}
