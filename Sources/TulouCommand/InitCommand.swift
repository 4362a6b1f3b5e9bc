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

  @Argument(help: ArgumentHelp("Name of a template; left out: questions.", valueName: "template"))
  var template: String?

  @Option(
    name: .customLong("template"), help: ArgumentHelp("Template to copy, as the argument says it.", valueName: "name"))
  var named: String?

  @Option(name: .long, help: ArgumentHelp("Folder to write into; must not hold a project yet.", valueName: "dir"))
  var out: String?

  @Option(
    name: .long,
    help: ArgumentHelp("File of answers about a site, from which its project is grown.", valueName: "file"))
  var answers: String?

  func run() throws {
    if let answers {
      guard template == nil, named == nil else {
        throw StudyEnd(
          .usage, "error: --answers grows a project from its own template; leave the name of a template out.")
      }
      try grow(answers)
      return
    }
    if let template, let named, template != named {
      throw StudyEnd(.usage, "error: two templates, '\(template)' and '\(named)'; name one.")
    }
    if let template = template ?? named { try copy(template) } else { try askAll() }
  }

  private func copy(_ template: String) throws {
    let folder = out ?? template
    try TemplateCopy.copy(template, to: folder)
    next(folder)
  }

  private func grow(_ file: String) throws {
    let answers: SiteAnswers
    do throws(ProjectFault) { answers = try SiteAnswers.read(path: file) } catch { throw StudyEnd(error) }
    let folder = out ?? answers.folder
    try TemplateCopy.write(answers.projectFile, to: folder)
    next(folder)
  }

  private func askAll() throws {
    // A folder that holds a project already is told of before anybody answers thirty questions.
    if let out { try TemplateCopy.refuse(["project.yaml"], in: out) }
    let isTerminal = isatty(STDIN_FILENO) == 1
    let refused = Refused()
    var questionnaire = Questionnaire(
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
    let answers = questionnaire.run()
    guard refused.complaint == nil else {
      throw StudyEnd(
        .projectFault,
        "tulou: the answer to '\(refused.question)' will not do; nothing was written. Correct it in the file of answers."
      )
    }
    let folder = out ?? answers.folder
    try TemplateCopy.write(answers.projectFile, to: folder)
    next(folder)
  }

  private func next(_ folder: String) {
    Terminal.result(
      "\(folder)/project.yaml is written. Next: tulou check \(folder)/project.yaml; tulou resource \(folder)/project.yaml; tulou plan \(folder)/project.yaml"
    )
  }
}

/// The first answer of a file of answers that will not do; nobody is there to be asked again.
private final class Refused {
  var question = ""
  var complaint: String?
}
