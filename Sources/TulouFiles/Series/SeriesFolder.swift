import Foundation
import Synchronization
import TulouProject
import TulouQuantities
import TulouResources

/// Brings series from CSV files beside a project file; every file is read once.
final class SeriesFolder: SeriesReader, WeatherReader, RowReader {
  private let folder: String
  private let tables = Mutex<[String: CsvTable]>([:])
  private let weathers = Mutex<[String: Weather]>([:])
  private let contents = Mutex<[String: [UInt8]]>([:])

  /// Files larger than this are refused.
  static let mostBytes = 512 << 20

  init(folder: String) { self.folder = folder }

  func zoneRules(named zone: String) -> ZoneRules? { TimeZones.rules(zone) }

  func series(_ request: SeriesRequest) throws(SeriesFault) -> SeriesReading {
    try TableSeries.series(request, try table(request.file))
  }

  func rows(_ file: String) throws(SeriesFault) -> [FileRow] {
    let table = try table(file)
    return table.rows.map { row in
      var cells: [(name: String, text: String)] = []
      for (i, name) in table.header.enumerated() {
        let text = table.cell(i, row).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if !text.isEmpty { cells.append((name, text)) }
      }
      return FileRow(number: row.number, cells: cells)
    }
  }

  /// Path of a file as the project names it.
  func path(_ file: String) -> String {
    file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
  }

  /// Files that were read, as the project names them, in order, with their digests.
  var digests: [LockSection.File] {
    contents.withLock { all in
      all.keys.sorted().map { LockSection.File(path: $0, digest: Digest.sha256(all[$0] ?? [])) }
    }
  }

  func weather(_ file: String) throws(ProjectFault) -> Weather {
    if let known = weathers.withLock({ $0[file] }) { return known }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path(file), most: Self.mostBytes)
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message(file), advice: error.advice)])
    }
    guard let format = WeatherFormat.recognise(bytes) else {
      throw ProjectFault([
        Diagnostic(
          .error, "'\(file)' is not a weather file of a known kind.",
          advice: "Known are EPW, TMY3, PVGIS and NSRDB; a plain CSV goes into 'ghi', 'temperature', 'speed'.")
      ])
    }
    let weather = try format.read(bytes, name: file)
    contents.withLock { $0[file] = bytes }
    weathers.withLock { $0[file] = weather }
    return weather
  }

  private func table(_ file: String) throws(SeriesFault) -> CsvTable {
    if let known = tables.withLock({ $0[file] }) { return known }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path(file), most: Self.mostBytes)
    } catch {
      throw SeriesFault(error.message(file), advice: error.advice, part: .file)
    }
    contents.withLock { $0[file] = bytes }
    let table = try CsvTable(bytes)
    tables.withLock { $0[file] = table }
    return table
  }
}
