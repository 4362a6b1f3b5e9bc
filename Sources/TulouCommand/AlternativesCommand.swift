import ArgumentParser
import TulouStudies

/// `tulou alternatives FILE`: the least and the most of each technology within a few per cent of the least cost, with proof.
struct AlternativesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alternatives",
    abstract: "Within a few per cent of the least cost: how little and how much of each technology, with proof.",
    discussion: """
      tulou alternatives park.yaml
      tulou alternatives park.yaml --within "10 %"

      Every free size is minimised and maximised while a plan may cost so much more than the best one. What every such plan \
      needs, and what may be left out, is proven by the multipliers of each solve. The cheapest design at each end is shown \
      and can be planned again by 'tulou plan --sizes'.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("percent", "By how much a plan may cost more than the best one, in per cent (5)."))
  var within = "5"

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("alternatives choose their sizes")
    guard !options.exact else {
      throw ValidationError("--exact is for 'plan'; alternatives look at continuous sizes.")
    }
    _ = try read(try QuestionWords.within(within))
  }

  func run() throws {
    let share = try read(try QuestionWords.within(within))
    try options.show(AlternativesRun(options.run(file), share: share).go())
  }
}
