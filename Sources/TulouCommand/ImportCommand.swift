import ArgumentParser
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

  @Argument(help: .value("file", "File."))
  var file: String

  @Option(help: .value("zone", "Clock of the stamps, e.g. Europe/Berlin or UTC+1."))
  var zone: String?

  @Option(help: .value("format", "Order of the stamps, e.g. dd/mm/yyyy."))
  var format: String?

  @Option(help: .value("start|end", "Whether stamps are the start or the end of their intervals."))
  var stamp: StampSide?

  @Option(help: .value("name", "Only this column; may be given several times."))
  var column: [String] = []

  @Option(help: .value("name", "Sheet of a workbook."))
  var sheet: String?

  @Option(help: .value("folder", "Folder for the project that is made; must not exist."))
  var out: String?

  @Option(help: .value("code", "Currency of a file that names none."))
  var currency: String?

  /// Which side of its interval a stamp is.
  enum StampSide: String, ExpressibleByArgument, CaseIterable { case start, end }

  func run() throws {
    var work = ImportRun(file, listener: Terminal.listener(quiet: false, json: false))
    work.out = out
    work.currency = currency
    work.series.zone = zone
    work.series.format = format
    work.series.stampsAreEnds = stamp.map { $0 == .end }
    work.series.columns = column
    work.series.sheet = sheet
    try Terminal.show(work.go())
  }
}
