import ArgumentParser
import Tulou
import TulouStudies

/// `tulou policies FILE`: what taxes, subsidies and premiums bring to members, and what they cost the public.
struct PoliciesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies",
    abstract: "What each policy brings to members and costs the public, and what an avoided tonne costs.",
    discussion: """
      tulou policies park.yaml
      tulou policies park.yaml --sweep pv-grant --levels 0,0.5,1,1.5,2

      Plans the project with all its policies, without any, and without each. '--sweep' plans one policy at other levels: 0 is \
      without it, 1 as the file has it.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Policy whose level is varied.", valueName: "policy"))
  var sweep: String?

  @Option(name: .long, help: ArgumentHelp("Levels of the swept policy (0,0.5,1,1.5,2).", valueName: "levels"))
  var levels: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'plan'; here every state has its own sizes.")
    }
    if levels != nil, sweep == nil { throw ValidationError("--levels needs --sweep with the policy that is varied.") }
    _ = try numbers()
  }

  private func numbers() throws -> [Double] {
    guard let levels else { return [0, 0.5, 1, 1.5, 2] }
    let parts = levels.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.count <= PolicyStudy.mostLevels,
      numbers.allSatisfy({ $0 >= 0 && $0 <= 1000 })
    else {
      throw ValidationError(
        "--levels takes up to \(PolicyStudy.mostLevels) numbers from 0 to 1000 such as 0,0.5,1; found '\(levels)'.")
    }
    return numbers
  }

  func run() async throws {
    try options.show(try await PoliciesRun(options.run(file), sweep: sweep, levels: try numbers()).go())
  }
}
