import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou init [TEMPLATE]`: a commented project that runs off-line, from a template or from a few answers.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented project file to start from.",
    discussion: """
      tulou init                      asks for place, members, sources and grid, and writes project.yaml
      tulou init < answers.txt        the same from one answer a line; what is missing takes its default
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

  func run() throws {
    if let template, let named, template != named {
      Terminal.error("error: two templates, '\(template)' and '\(named)'; name one.")
      throw Exit.usage
    }
    if let template = template ?? named { try copy(template) } else { try askAll() }
  }

  private func copy(_ template: String) throws {
    guard let shelf = Shelf.folder else {
      Terminal.error("tulou: the templates are not beside this program (folder Shelf).")
      throw Exit.partMissing
    }
    let names = Shelf.names(in: "templates")
    guard names.contains(template) else {
      Terminal.error("error: '\(template)' is no template; there are \(names.joined(separator: ", ")).")
      throw Exit.usage
    }
    let folder = out ?? template
    let source = "\(shelf)/templates/\(template)"
    let manager = FileManager.default
    let files = (try? manager.contentsOfDirectory(atPath: source))?.sorted() ?? []
    try refuse(files, in: folder)
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files { try manager.copyItem(atPath: "\(source)/\(file)", toPath: "\(folder)/\(file)") }
    } catch {
      Terminal.error("error: '\(folder)' cannot be written: \(error.localizedDescription)")
      throw Exit.internalError
    }
    next(folder)
  }

  private func askAll() throws {
    // A folder that holds a project already is told of before anybody answers thirty questions.
    if let out { try refuse(["project.yaml"], in: out) }
    let isTerminal = isatty(STDIN_FILENO) == 1
    var questionnaire = Questionnaire(
      ask: { question, fallback in
        Terminal.prompt("\(question) [\(fallback)]: ")
        let line = readLine(strippingNewline: true)
        if !isTerminal { Terminal.error(line ?? "") }
        return line
      }, say: { Terminal.error($0) })
    let answers = questionnaire.run()
    let folder = out ?? answers.folder
    try refuse(["project.yaml"], in: folder)
    do throws(ResultFault) {
      try WholeFiles.write(
        [(name: "project.yaml", bytes: Array(answers.projectFile.utf8))], to: folder, names: ResultNames.project)
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
    next(folder)
  }

  /// Refuses a folder that holds one of the files.
  private func refuse(_ files: [String], in folder: String) throws {
    for file in files where FileManager.default.fileExists(atPath: "\(folder)/\(file)") {
      Terminal.error("error: '\(folder)/\(file)' is there already; name another folder with --out.")
      throw Exit.usage
    }
  }

  private func next(_ folder: String) {
    Terminal.result(
      "\(folder)/project.yaml is written. Next: tulou check \(folder)/project.yaml; tulou resource \(folder)/project.yaml; tulou plan \(folder)/project.yaml"
    )
  }
}
