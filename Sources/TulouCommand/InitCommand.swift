import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou init [TEMPLATE]`: a commented project that runs off-line.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented project file to start from.",
    discussion: "Templates: " + Shelf.names(in: "templates").joined(separator: ", ") + ".")

  @Argument(help: ArgumentHelp("Name of a template.", valueName: "template"))
  var template = "minimal"

  @Option(name: .long, help: ArgumentHelp("Folder to write into; must not hold a project yet.", valueName: "dir"))
  var out: String?

  func run() throws {
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
    for file in files where manager.fileExists(atPath: "\(folder)/\(file)") {
      Terminal.error("error: '\(folder)/\(file)' is there already; name another folder with --out.")
      throw Exit.usage
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files { try manager.copyItem(atPath: "\(source)/\(file)", toPath: "\(folder)/\(file)") }
    } catch {
      Terminal.error("error: '\(folder)' cannot be written: \(error.localizedDescription)")
      throw Exit.internalError
    }
    Terminal.result(
      "\(folder)/project.yaml is written. Next: tulou check \(folder)/project.yaml; tulou plan \(folder)/project.yaml")
  }
}
