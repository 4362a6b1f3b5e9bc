import ArgumentParser
import TulouStudies

/// Options that every study takes (model.md section 7).
struct CommonOptions: ParsableArguments {
  @Option(help: .value("dir", "Folder for the results."))
  var out: String?

  @Option(
    help: .value(
      "name", "auto, structured, highs or rules. auto takes the structured solver and hands over what it cannot take."))
  var solver = "auto"

  @Flag(help: "Honour whole units, options and fixed costs exactly (HiGHS).")
  var exact = false

  @Option(
    help: .value(
      "id=size,...",
      "Given sizes, e.g. pv=1200,battery.power=300 in the unit of each size: dispatch only; limits are reported, not enforced."
    ))
  var sizes: String?

  @Option(
    parsing: .singleValue,
    help: .value(
      "path=value",
      "A value in place of the file's, e.g. components.wind.capital=\"900 USD/kW\" or =x0.5; may be given again."))
  var set: [String] = []

  @OptionGroup var pages: PageOptions

  @Option(help: .value("n", "Only the first n hours; yearly amounts in proportion."))
  var hours: Int?

  @Option(help: .value("path", "The HiGHS library, if it is not found by itself."))
  var highs: String?

  @Option(help: .value("n", "Worker threads; results do not depend on it."))
  var threads: Int?

  @Flag(help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  @Flag(help: "No progress, no notes.")
  var quiet = false

  @Option(help: .value("n", "Seed of every synthesis, in place of those of the file."))
  var seed: UInt64?

  @Option(help: .value("s", "Stop after s seconds of solving."))
  var timeLimit: Double?

  func validate() throws { _ = try request("") }

  /// Refuses `--sizes` where a study chooses them.
  func refuseSizes(_ reason: String) throws {
    guard sizes == nil else { throw ValidationError("--sizes is for 'plan'; \(reason).") }
  }
}
