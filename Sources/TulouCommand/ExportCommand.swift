import ArgumentParser
import Tulou
import TulouFiles
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

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Folder of the network; must not exist.", valueName: "folder"))
  var pypsa: String

  func run() throws {
    do throws(ProjectFault) {
      let network = try PypsaExport.network(of: try ProjectReader.read(path: file))
      try network.write(to: pypsa)
      for note in network.notes { Terminal.note("note: \(note)") }
      for name in network.left { Terminal.note("not carried over: \(name)") }
      Terminal.result(
        "\(pypsa): a network of PyPSA, made from \(file)."
          + (network.left.isEmpty ? "" : " Its optimum may differ: not carried over: \(network.left.count) in all."))
    } catch {
      for finding in error.diagnostics { Terminal.tell(finding) }
      throw StudyEnd(.projectFault)
    }
  }
}
