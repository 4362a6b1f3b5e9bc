import ArgumentParser
import Tulou
import TulouFiles
import TulouStudies

/// `tulou import FILE`: looks at a file of another program and says how Tulou reads it.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Look at a file of another program and say how Tulou reads it.",
    discussion: """
      A table of series (CSV, XLSX, ODS, Green Button, NEM12): what its columns, units, steps, clocks and gaps are, a \
      picture of each, and the line to paste into a project.

      A tariff of OpenEI's Utility Rate Database (JSON): the block of 'markets' to paste. A scenario of REopt (JSON) or a \
      network of PyPSA (the folder of export_to_csv_folder or a netCDF file): a project, written into '--out'; what cannot be carried over \
      is listed by name.

        tulou import load.csv
        tulou import load.xlsx --zone Europe/Berlin --column 'Load [kW]'
      """)

  @Argument(help: ArgumentHelp("File.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Clock of the stamps, e.g. Europe/Berlin or UTC+1.", valueName: "zone"))
  var zone: String?

  @Option(name: .long, help: ArgumentHelp("Order of the stamps, e.g. dd/mm/yyyy.", valueName: "format"))
  var format: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Whether stamps are the start or the end of their intervals.", valueName: "start|end"))
  var stamp: StampSide?

  @Option(name: .long, help: ArgumentHelp("Only this column; may be given several times.", valueName: "name"))
  var column: [String] = []

  @Option(name: .long, help: ArgumentHelp("Sheet of a workbook.", valueName: "name"))
  var sheet: String?

  @Option(name: .long, help: ArgumentHelp("Folder for the project that is made; must not exist.", valueName: "folder"))
  var out: String?

  @Option(name: .long, help: ArgumentHelp("Currency of a file that names none.", valueName: "code"))
  var currency: String?

  /// Which side of its interval a stamp is.
  enum StampSide: String, ExpressibleByArgument, CaseIterable { case start, end }

  func run() throws {
    let foreign: ForeignProject.Found?
    do throws(ProjectFault) {
      foreign = try ForeignProject.find(path: file, currency: currency, netcdf: Parts.netcdf())
    } catch {
      for finding in error.diagnostics { Terminal.tell(finding) }
      throw StudyEnd(.projectFault)
    }
    switch foreign {
    case .tariff(let tariff): tell(tariff)
    case .project(let project): try tell(project)
    case .partMissing(let message): throw StudyEnd(.partMissing, "tulou: " + message)
    case nil: try tellSeries()
    }
  }

  /// The block to paste, and beside it what was decided.
  private func tell(_ tariff: TariffImport) {
    tell(tariff.notes, questions: [], left: tariff.left)
    let lines = tariff.market.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    Terminal.result("markets:\n  grid:\n    bus: ac\n    class: N\n\(lines)")
  }

  private func tell(_ project: ForeignProject) throws {
    tell(project.notes, questions: project.questions, left: project.left)
    guard let out else {
      Terminal.result(project.yaml)
      return
    }
    do throws(ProjectFault) {
      try project.write(to: out)
    } catch {
      for finding in error.diagnostics { Terminal.tell(finding) }
      throw StudyEnd(.projectFault)
    }
    Terminal.result(
      "\(out)/project.yaml: made from \(project.origin); look at it with 'tulou check \(out)/project.yaml'.")
  }

  private func tell(_ notes: [String], questions: [String], left: [String]) {
    for note in notes { Terminal.note("note: \(note)") }
    for question in questions { Terminal.note("to answer: \(question)") }
    for name in left { Terminal.note("not carried over: \(name)") }
  }

  private func tellSeries() throws {
    var options = SeriesImport.Options()
    options.zone = zone
    options.format = format
    options.stampsAreEnds = stamp.map { $0 == .end }
    options.columns = column
    options.sheet = sheet
    let found: SeriesImport
    do throws(ProjectFault) {
      found = try SeriesImport.look(path: file, options: options)
    } catch {
      for finding in error.diagnostics { Terminal.tell(finding) }
      throw StudyEnd(.projectFault)
    }
    Terminal.result("\(file)\n\(found.text)")
    if found.columns.allSatisfy({ $0.line == nil }) { throw StudyEnd(.projectFault) }
  }
}
