import ArgumentParser
import Tulou
import TulouStudies

/// Options of every study that may stand in the file and that goes on after an interruption.
struct StudyOptions: ParsableArguments {
  @Option(help: .value("id", "The study of the file ('studies:') to run."))
  var study: String?

  @Flag(help: "Begin anew, also with what an earlier run left.")
  var fresh = false
}

/// How a search chooses designs, for `search` and for the cases of a sensitivity.
struct SearchSpaceOptions: ParsableArguments {
  @Option(
    help: .value(
      "name",
      "grid (every combination), optimise (pattern search from several starts), evolve (differential evolution, then pattern search), genetic (four operators), nsga2 (a front of several goals) or auto."
    ))
  var method: String?

  @Option(
    help: .value(
      "a,b",
      "--method nsga2: goals of the front (net_present_cost,co2): \(Study.Goal.ofDesigns.map(\.rawValue).joined(separator: ", "))."
    ))
  var objectives: String?

  @Option(help: .value("n", "Points of the grid on a continuous size (6)."))
  var points: Int?

  @Option(help: .value("id=a,b,...", "Totals of a size to be tried instead; may be given several times."))
  var candidates: [String] = []

  @Option(help: .value("n", "Designs at most (2000000)."))
  var most: Int?

  /// Whether anything is stated.
  var isGiven: Bool { method != nil || points != nil || !candidates.isEmpty || most != nil || objectives != nil }

  func validate() throws { _ = try question() }

  /// What is asked.
  func question() throws -> SearchSpaceQuestion {
    try read(
      try SearchSpaceQuestion(
        method: method, objectives: objectives, points: points, candidates: candidates, most: most))
  }
}
