import ArgumentParser
import Foundation
import Tulou
import TulouFiles
import TulouStudies

/// `tulou init [TEMPLATE]`: a commented project that runs off-line, from a template or from a few answers.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented project file to start from.",
    discussion: """
      tulou init                      asks for place, members, sources and grid, and writes project.yaml
      tulou init < answers.txt        the same from one answer a line; what is missing takes its default
      tulou init --answers site.yaml  grows a site's project from a file of answers (Documentation/how-to/sites.md)
      tulou init --template village   copies a template, whose comments teach the format; 'tulou init village' does the same

      The questions know any place on earth: the clock follows from its coordinates, the currency is proposed, and months of
      sun are proposed only where some are at hand within 150 km.

      Templates: \(Shelf.names(in: "templates").joined(separator: ", ")).
      """)

  @Argument(help: .value("template", "Name of a template; left out: questions."))
  var template: String?

  @Option(
    name: .customLong("template"), help: .value("name", "Template to copy, as the argument says it."))
  var named: String?

  @Option(help: .value("dir", "Folder to write into; must not hold a project yet."))
  var out: String?

  @Option(help: .value("file", "File of answers about a site, from which its project is grown."))
  var answers: String?

  func run() throws {
    if let start = try ProjectStart.stated(template: template, named: named, answers: answers, to: out) {
      return try show(start)
    }
    let isTerminal = isatty(STDIN_FILENO) == 1
    let refused = Refused()
    let questionnaire = Questionnaire(
      ask: { question, fallback in
        // Behind an answer that will not do, those that follow would answer other questions.
        guard refused.complaint == nil else { return nil }
        refused.question = question
        Terminal.prompt("\(question) [\(fallback)]: ")
        let line = readLine(strippingNewline: true)
        if !isTerminal { Terminal.error(line ?? "") }
        return line
      }, say: { if refused.complaint == nil { Terminal.error($0) } },
      refuse: { complaint in
        if !isTerminal { refused.complaint = complaint }
        Terminal.error(complaint)
      })
    try show(ProjectStart.questions(questionnaire, to: out) { refused.complaint == nil ? nil : refused.question })
  }

  private func show(_ answer: StudyAnswer) throws { try Terminal.show(answer) }
}

/// The first answer of a file of answers that will not do; nobody is there to be asked again.
private final class Refused {
  var question = ""
  var complaint: String?
}
