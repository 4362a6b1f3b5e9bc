import ArgumentParser
import TulouStudies

/// The option of every command that writes pages.
struct PageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Language of the pages, en or zh, in place of the file's; messages stay English.", valueName: "code"))
  var language: String?

  func validate() throws {
    if let language, !StudyRequest.languages.contains(language) {
      throw ValidationError(
        "--language takes \(StudyRequest.languages.joined(separator: " or ")); found '\(language)'.")
    }
  }
}
