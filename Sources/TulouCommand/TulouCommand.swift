import ArgumentParser
import Foundation
import Tulou
import TulouStudies

/// The command `tulou`: parses, runs one subcommand, maps how it ended to the exit codes of the contract.
@main
enum Entry {
  static func main() async {
    Terminal.prepare()
    Interruption.install()
    var arguments = Array(CommandLine.arguments.dropFirst())
    let colour = Colour.take(from: &arguments)
    if arguments.isEmpty { arguments = ["--help"] }
    if let complaint = blankArgument(arguments) ?? colour ?? unknownCommand(arguments) {
      Terminal.error("Error: " + complaint)
      Foundation.exit(StudyEnd.Kind.usage.rawValue)
    }
    do {
      var command = try TulouCommand.parseAsRoot(arguments)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      Foundation.exit(Exit.done)
    } catch let end as StudyEnd {
      for message in end.messages { Terminal.error(message) }
      Foundation.exit(end.kind.rawValue)
    } catch {
      // Help and version come here too, with code 0.
      let code = TulouCommand.exitCode(for: error)
      let message = TulouCommand.fullMessage(for: error)
      if code == .success {
        Terminal.result(message)
        Foundation.exit(Exit.done)
      }
      if code == .validationFailure {
        Terminal.error(message)
        Foundation.exit(StudyEnd.Kind.usage.rawValue)
      }
      Terminal.error(message.isEmpty ? "tulou: \(error)" : message)
      Foundation.exit(StudyEnd.Kind.internalError.rawValue)
    }
  }
}

/// What is wrong where an argument, or the value of an option (`--name=value`), is empty or blank; nil: none is.
///
/// No option of Tulou takes such a value, and a study that ran with one would answer something that nobody asked.
func blankArgument(_ arguments: [String]) -> String? {
  for (i, argument) in arguments.enumerated() {
    if argument.isBlank {
      let before =
        i > 0 && arguments[i - 1].hasPrefix("-") ? "'\(arguments[i - 1])' needs a value" : "An argument is blank"
      return "\(before); found '\(argument.visible)'."
    }
    if argument.hasPrefix("--"), let equals = argument.firstIndex(of: "="),
      String(argument[argument.index(after: equals)...]).isBlank
    {
      return
        "'\(argument[..<equals])' needs a value; found '\(argument[argument.index(after: equals)...].description.visible)'."
    }
  }
  return nil
}

/// Root of the subcommands, in the order of work.
struct TulouCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tulou",
    abstract: "Plans, shares and runs cooperative energy clusters.",
    discussion: """
      One YAML file describes a cluster. Tulou reads the sun and the wind, sizes the system over every hour of the \
      year with a proof of how good the answer is, and counts money, carbon, land and each member's benefit.

        tulou init cluster && tulou plan cluster/project.yaml
        tulou plan Examples/shenzhen/experimental.yaml --json | jq .indicators

      Every command takes --color auto, always or never for its messages; auto heeds NO_COLOR.

      Exit codes: 0 done, 1 the project is at fault, 2 usage, 3 infeasible, 4 internal error or a limit reached \
      without a plan, 5 a part is not installed, 74 standard output is full or closed, 130 interrupted.
      """,
    version: Build.version,
    subcommands: [
      InitCommand.self, ImportCommand.self, ExportCommand.self, CheckCommand.self, SchemaCommand.self,
      MigrateCommand.self,
      ResourceCommand.self,
      PlanCommand.self, SimulateCommand.self, SearchCommand.self, ParetoCommand.self, SensitivityCommand.self,
      AlternativesCommand.self, BreakEvenCommand.self, StagesCommand.self, MatchCommand.self, ShareCommand.self,
      SharesCommand.self, PoliciesCommand.self, GrowthCommand.self, SitesCommand.self,
      CarbonCommand.self, ExergyCommand.self, ReportCommand.self, CompareCommand.self, ExplainCommand.self,
      ReproduceCommand.self,
    ])
}
