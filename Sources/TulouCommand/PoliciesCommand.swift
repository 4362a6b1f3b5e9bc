import ArgumentParser
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

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("policy", "Policy whose level is varied."))
  var sweep: String?

  @Option(help: .value("levels", "Levels of the swept policy (0,0.5,1,1.5,2)."))
  var levels: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("here every state has its own sizes")
    if levels != nil, sweep == nil { throw ValidationError("--levels needs --sweep with the policy that is varied.") }
    _ = try read(try levels.map(QuestionWords.levels))
  }

  func run() async throws {
    let levels = try read(try levels.map(QuestionWords.levels)) ?? [0, 0.5, 1, 1.5, 2]
    try options.show(try await PoliciesRun(options.run(file), sweep: sweep, levels: levels).go())
  }
}
