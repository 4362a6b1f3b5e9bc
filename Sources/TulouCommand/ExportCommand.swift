import ArgumentParser
import TulouStudies

/// `tulou export FILE --pypsa FOLDER`: a project in the words of another program.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a project as a network of PyPSA.",
    discussion: """
      The folder is read by 'pypsa.Network().import_from_csv_folder(FOLDER)'. What a plan decides hour by hour and size by \
      size becomes buses, generators, links and stores, so that PyPSA finds the same least cost; what PyPSA cannot hold \
      is listed by name, and then its optimum may differ.

        tulou export project.yaml --pypsa network
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("folder", "Folder of the network; must not exist."))
  var pypsa: String

  func run() throws {
    let listener = Terminal.listener(quiet: false, json: false)
    try Terminal.show(ExportRun.pypsa(file, to: pypsa, listener: listener))
  }
}
