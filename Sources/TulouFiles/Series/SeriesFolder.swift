import Foundation
import Synchronization
import TulouDocument
import TulouProject
import TulouQuantities
import TulouResources

/// Brings series from CSV files beside a project file; every file is read once, also by readings that share what was read.
final class SeriesFolder: SeriesReader, WeatherReader, RowReader {
  /// What was read from the disk so far.
  private final class Store: Sendable {
    let tables = Mutex<[String: CsvTable]>([:])
    let foreign = Mutex<[String: [TableLayout]]>([:])
    let weathers = Mutex<[String: Weather]>([:])
    let contents = Mutex<[String: [UInt8]]>([:])
    let digests = Mutex<[String: String]>([:])
  }

  private let folder: String
  private let store: Store
  /// Files that this reading has used.
  private let used = Mutex<Set<String>>([])

  /// Files larger than this are refused.
  static let mostBytes = 512 << 20

  /// Where copies of files lie that a lock file was written with, by the path that the project names.
  private let copies: [String: String]

  init(folder: String, copies: [String: String] = [:]) {
    self.folder = folder
    self.copies = copies
    store = Store()
  }

  /// The same folder for another reading, which reads no file again.
  init(sharing other: SeriesFolder) {
    folder = other.folder
    copies = other.copies
    store = other.store
  }

  func zoneRules(named zone: String) -> ZoneRules? { TimeZones.rules(zone) }

  func series(_ request: SeriesRequest) throws(SeriesFault) -> SeriesReading {
    try TableSeries.series(
      request, plain: { () throws(SeriesFault) in try self.table(request.file) },
      foreign: { () throws(SeriesFault) in try self.layouts(request.file) })
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
    let place = copies[file] ?? file
    return place.hasPrefix("/") || folder.isEmpty ? place : folder + "/" + place
  }

  /// A file that was read.
  struct DataFile: Sendable {
    /// As the project names it.
    var path: String
    var digest: String
    var bytes: [UInt8]
  }

  /// Files that this reading has used, in the order of their names.
  var files: [DataFile] {
    let used = used.withLock { $0 }
    return all.filter { used.contains($0.path) }
  }

  /// Files that any reading of the folder has used, in the order of their names.
  var all: [DataFile] {
    let contents = store.contents.withLock { $0 }
    return contents.sorted { $0.key < $1.key }.map { path, bytes in
      if let known = store.digests.withLock({ $0[path] }) { return DataFile(path: path, digest: known, bytes: bytes) }
      let digest = Digest.sha256(bytes)
      store.digests.withLock { $0[path] = digest }
      return DataFile(path: path, digest: digest, bytes: bytes)
    }
  }

  private func use(_ file: String) { used.withLock { _ = $0.insert(file) } }

  func weather(_ file: String) throws(ProjectFault) -> Weather {
    use(file)
    if let known = store.weathers.withLock({ $0[file] }) { return known }
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
    store.contents.withLock { $0[file] = bytes }
    store.weathers.withLock { $0[file] = weather }
    return weather
  }

  private func layouts(_ file: String) throws(SeriesFault) -> [TableLayout] {
    use(file)
    if let known = store.foreign.withLock({ $0[file] }) { return known }
    let layouts = try SheetFile.layouts(try bytes(file))
    store.foreign.withLock { $0[file] = layouts }
    return layouts
  }

  private func bytes(_ file: String) throws(SeriesFault) -> [UInt8] {
    use(file)
    if let known = store.contents.withLock({ $0[file] }) { return known }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path(file), most: Self.mostBytes)
    } catch {
      throw SeriesFault(error.message(file), advice: error.advice, part: .file)
    }
    store.contents.withLock { $0[file] = bytes }
    return bytes
  }

  private func table(_ file: String) throws(SeriesFault) -> CsvTable {
    use(file)
    if let known = store.tables.withLock({ $0[file] }) { return known }
    let table = try CsvTable(try bytes(file))
    store.tables.withLock { $0[file] = table }
    return table
  }
}
