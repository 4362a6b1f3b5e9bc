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

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("By how much a plan may cost more than the best one, in per cent (5).", valueName: "percent"))
  var within = "5"

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; alternatives choose their sizes.") }
    guard !options.exact else {
      throw ValidationError("--exact is for 'plan'; alternatives look at continuous sizes.")
    }
    _ = try share()
  }

  private func share() throws -> Double {
    let number = within.hasSuffix("%") ? String(within.dropLast()) : within
    guard let value = Double(number.filter { $0 != " " }), value > 0, value <= 1000 else {
      throw ValidationError("--within takes per cent above 0 such as 5 or \"10 %\"; found '\(within)'.")
    }
    return value / 100
  }

  func run() throws { try options.show(AlternativesRun(options.run(file), share: try share()).go()) }
}
