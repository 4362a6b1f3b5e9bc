import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou break-even FILE`: the value of one number at which an answer turns.
struct BreakEvenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-even",
    abstract:
      "Find the value of a number at which an answer turns: a carbon price, a fuel price, the length of a line.",
    discussion: """
      tulou break-even park.yaml --vary "economy.carbon_price=0 EUR/t,300 EUR/t" --reaches "renewable_fraction=80 %"
      tulou break-even park.yaml --vary "markets.oil.buy=x0.5,x3" --alternative "diesel: components.pv.capacity.max=0 kW"
      tulou break-even park.yaml --line "market=grid, capital=25000 EUR/km, operation=200 EUR/km/y"
      tulou break-even park.yaml --study line

      One alternative is compared with the project as it stands, two with each other. Every point is a plan with its own \
      proof; an interrupted study goes on where it stopped when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("The number that is sought, with its least and greatest value.", valueName: "path=low,high"))
  var vary: String?

  @Option(name: .long, help: ArgumentHelp("An indicator and the value that it is to reach.", valueName: "key=value"))
  var reaches: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A name with other numbers of the file; once or twice.", valueName: "name: path=value; ..."))
  var alternative: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A line to the grid: market, capital and operation by length.", valueName: "market=..., capital=..."))
  var line: String?

  @Option(name: .long, help: ArgumentHelp("Values of the first look, spread evenly (5).", valueName: "n"))
  var points: Int?

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; each point chooses its sizes.") }
    if let points, !(2...1000).contains(points) { throw ValidationError("--points takes 2 to 1000, found \(points).") }
    guard alternative.count <= 2 else { throw ValidationError("--alternative is given once or twice.") }
    let asked = [reaches != nil, !alternative.isEmpty, line != nil].filter { $0 }.count
    guard asked <= 1 else {
      throw ValidationError("A break-even asks one thing: --reaches, --alternative or --line.")
    }
    if asked == 1, line == nil, vary == nil {
      throw ValidationError("--reaches and --alternative need --vary path=low,high.")
    }
    if line != nil, vary != nil { throw ValidationError("The length of a line is what is sought; --vary has no part.") }
  }

  func run() async throws {
    let run = Run(options)
    let solver = try run.solver()
    // What the command line asks is read as the study of the file would be: same words, same checks.
    let text = try statedStudy()
    let (reading, readSeconds) = try run.read(file, study: text.map { ("break-even", $0) })
    let asked = try run.study(
      text == nil ? study.study : "break-even", of: .breakEven, in: reading.project, needed: true)
    guard let asked else {
      Terminal.error(
        "tulou: nothing is asked. Give --vary with --reaches or --alternative, or --line, or a study of kind 'break_even' in the file."
      )
      throw Exit.usage
    }
    let folder = run.studyFolder(file, text == nil ? asked.id : "break-even")
    try run.reserve(folder)
    let work = BreakEvenRun(
      run: run, reading: reading, file: file, folder: folder,
      study: asked, points: points ?? asked.points ?? 5, fresh: study.fresh, solver: solver)
    if let line = asked.line {
      try await work.length(line, readSeconds: readSeconds)
    } else {
      try await work.crossing(readSeconds: readSeconds)
    }
  }

  /// The study that the options state, as a value of `studies` in the file; nil where they state none.
  private func statedStudy() throws -> String? {
    func pair(_ text: String, _ what: String) throws -> (String, String) {
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("\(what) takes key=value; found '\(text)'.")
      }
      return (parts[0], parts[1])
    }
    func quoted(_ text: String) -> String { "\"" + text.replacingOccurrences(of: "\"", with: "") + "\"" }
    if let line {
      let entries = try line.split(separator: ",").map { try pair(String($0), "--line") }
      return "{kind: break_even, line: {" + entries.map { "\($0): \(quoted($1))" }.joined(separator: ", ") + "}}"
    }
    guard let vary else { return nil }
    let (path, values) = try pair(vary, "--vary")
    let ends = values.split(separator: ",").map { quoted($0.trimmingCharacters(in: .whitespaces)) }
    var text = "{kind: break_even, vary: {\(path): [\(ends.joined(separator: ", "))]}"
    if let reaches {
      let (key, value) = try pair(reaches, "--reaches")
      text += ", result: \(quoted(key)), reaches: \(quoted(value))"
    }
    if !alternative.isEmpty {
      let all = try alternative.map { one -> String in
        let parts = one.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2 else {
          throw ValidationError("--alternative takes 'name: path=value; path=value'; found '\(one)'.")
        }
        let entries = try parts[1].split(separator: ";").map { try pair(String($0), "--alternative") }
        return "\(parts[0]): {" + entries.map { "\($0): \(quoted($1))" }.joined(separator: ", ") + "}"
      }
      text += ", alternatives: {" + all.joined(separator: ", ") + "}"
    }
    guard reaches != nil || !alternative.isEmpty else {
      throw ValidationError("--vary needs --reaches or --alternative.")
    }
    return text + "}"
  }
}
