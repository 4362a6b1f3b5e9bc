import ArgumentParser
import Foundation
import Tulou
import TulouStudies

/// Options of every study that may stand in the file and that goes on after an interruption.
struct StudyOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The study of the file ('studies:') to run.", valueName: "id"))
  var study: String?

  @Flag(name: .long, help: "Begin anew, also with what an earlier run left.")
  var fresh = false
}

/// How a search chooses designs, for `search` and for the cases of a sensitivity.
struct SearchSpaceOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "grid (every combination), optimise (pattern search from several starts), evolve (differential evolution, then "
        + "pattern search), genetic (four operators), nsga2 (a front of several goals) or auto.", valueName: "name"))
  var method: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "--method nsga2: goals of the front (net_present_cost,co2): \(Study.Goal.ofDesigns.map(\.rawValue).joined(separator: ", ")).",
      valueName: "a,b"))
  var objectives: String?

  @Option(name: .long, help: ArgumentHelp("Points of the grid on a continuous size (6).", valueName: "n"))
  var points: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Totals of a size to be tried instead; may be given several times.", valueName: "id=a,b,..."))
  var candidates: [String] = []

  @Option(name: .long, help: ArgumentHelp("Designs at most (2000000).", valueName: "n"))
  var most: Int?

  /// Whether anything is stated.
  var isGiven: Bool { method != nil || points != nil || !candidates.isEmpty || most != nil || objectives != nil }

  func validate() throws {
    if let method, Study.Method(rawValue: method) == nil {
      throw ValidationError("--method takes auto, grid, optimise, evolve, genetic or nsga2, found '\(method)'.")
    }
    if let points, !(2...100_000).contains(points) {
      throw ValidationError("--points takes 2 to 100000, found \(points).")
    }
    if let most, most < 1 { throw ValidationError("--most takes a number from 1, found \(most).") }
    _ = try totals()
    _ = try goals()
  }

  /// Goals of the command line; empty without them.
  private func goals() throws -> [Study.Goal] {
    guard let objectives else { return [] }
    let goals = try objectives.split(separator: ",").map { part in
      let word = part.trimmingCharacters(in: .whitespaces)
      guard let goal = Study.Goal(rawValue: word), Study.Goal.ofDesigns.contains(goal) else {
        throw ValidationError(
          "'\(word)' is no goal of designs; there are \(Study.Goal.ofDesigns.map(\.rawValue).joined(separator: ", ")).")
      }
      return goal
    }
    guard (2...3).contains(goals.count), Set(goals).count == goals.count else {
      throw ValidationError("--objectives takes two or three different goals, found '\(objectives)'.")
    }
    return goals
  }

  private func totals() throws -> [String: [Double]] {
    var totals: [String: [Double]] = [:]
    for text in candidates {
      let parts = text.split(separator: "=", maxSplits: 1)
      let values = parts.count == 2 ? parts[1].split(separator: ",").map { Double($0) } : []
      let sizes = values.compactMap { $0 }.filter { $0 >= 0 && $0 <= 1e15 }
      guard parts.count == 2, !sizes.isEmpty, sizes.count == values.count else {
        throw ValidationError("--candidates takes id=number,number,... from 0 to 1e15; found '\(text)'.")
      }
      totals[String(parts[0])] = sizes
    }
    return totals
  }

  /// What is asked.
  func question() throws -> SearchSpaceQuestion {
    var question = SearchSpaceQuestion()
    question.method = method.flatMap(Study.Method.init)
    question.goals = try goals()
    question.points = points
    question.candidates = try totals()
    question.most = most
    return question
  }
}
