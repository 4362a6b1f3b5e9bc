import ArgumentParser
import Tulou

/// What is wrong where the first argument is no command; nil: it is one, or an option, or a request for help.
///
/// - Returns: A sentence with the command that was probably meant.
func unknownCommand(_ arguments: [String]) -> String? {
  guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return nil }
  let names = TulouCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  guard !names.contains(first) else { return nil }
  let file = first.hasSuffix(".yaml") || first.hasSuffix(".yml")
  let near = nearestName(to: first, among: names).map { " Did you mean 'tulou \($0)'?" } ?? ""
  let advice = file ? " To plan a project: tulou plan \(first)" : near
  return "'\(first)' is no command; there are \(names.sorted().joined(separator: ", ")).\(advice)"
}
