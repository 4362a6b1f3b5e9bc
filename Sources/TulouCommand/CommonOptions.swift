import ArgumentParser
import Foundation
import TulouStudies

/// Options that every study takes (model.md section 7).
struct CommonOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var out: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "auto, structured, highs or rules. auto takes the structured solver and hands over what it cannot take.",
      valueName: "name"))
  var solver = "auto"

  @Flag(name: .long, help: "Honour whole units, options and fixed costs exactly (HiGHS).")
  var exact = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Given sizes, e.g. pv=1200,battery.power=300 in the unit of each size: dispatch only; limits are reported, "
        + "not enforced.", valueName: "id=size,..."))
  var sizes: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A value in place of the file's, e.g. components.wind.capital=\"900 USD/kW\" or =x0.5; may be given again.",
      valueName: "path=value"))
  var set: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only the first n hours; yearly amounts in proportion.", valueName: "n"))
  var hours: Int?

  @Option(name: .long, help: ArgumentHelp("The HiGHS library, if it is not found by itself.", valueName: "path"))
  var highs: String?

  @Option(name: .long, help: ArgumentHelp("Worker threads; results do not depend on it.", valueName: "n"))
  var threads: Int?

  @Flag(name: .long, help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  @Flag(name: .long, help: "No progress, no notes.")
  var quiet = false

  @Option(name: .long, help: ArgumentHelp("Seed of every synthesis, in place of those of the file.", valueName: "n"))
  var seed: UInt64?

  @Option(name: .long, help: ArgumentHelp("Stop after s seconds of solving.", valueName: "s"))
  var timeLimit: Double?

  func validate() throws {
    guard StudyRequest.Solver(rawValue: solver) != nil else {
      throw ValidationError("'\(solver)' is no solver; there are auto, structured, highs and rules.")
    }
    if let hours, !(1...10_000_000).contains(hours) {
      throw ValidationError("--hours takes a whole number from 1 to 10000000, found \(hours).")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a whole number from 1 to 1024, found \(threads).")
    }
    if let timeLimit, !(timeLimit > 0) {
      throw ValidationError("--time-limit takes seconds above 0, found \(timeLimit).")
    }
    _ = try givenSizes()
    _ = try settings()
  }

  /// `--set` as key paths with their values, in the order given.
  func settings() throws -> [(path: String, value: String)] {
    var paths = Set<String>()
    return try set.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(
          "--set takes path=value such as components.wind.capital=\"900 USD/kW\"; found '\(text)'.")
      }
      guard paths.insert(parts[0]).inserted else { throw ValidationError("--set gives '\(parts[0])' twice.") }
      return (parts[0], parts[1])
    }
  }

  /// `--sizes` as a dictionary; nil without it.
  func givenSizes() throws -> [String: Double]? { try sizes.map { try CommonOptions.sizes($0) } }

  /// `pv=1200,battery.power=300` as a dictionary.
  static func sizes(_ sizes: String, option: String = "--sizes") throws -> [String: Double] {
    var given: [String: Double] = [:]
    for pair in sizes.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty, let value = Double(parts[1]), value >= 0, value <= 1e15 else {
        throw ValidationError("\(option) takes id=number pairs such as pv=1200,battery.power=300; found '\(pair)'.")
      }
      guard given.updateValue(value, forKey: parts[0]) == nil else {
        throw ValidationError("\(option) names '\(parts[0])' twice.")
      }
    }
    guard !given.isEmpty else {
      throw ValidationError("\(option) takes id=number pairs such as pv=1200,battery.power=300; found '\(sizes)'.")
    }
    return given
  }
}
