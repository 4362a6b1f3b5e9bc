import Foundation
package import TulouDocument
import TulouReport

/// A project of another program in the words of Tulou: the project file, series beside it, and what could not be carried over.
package struct ForeignProject: Sendable {
  /// Text of `project.yaml`.
  package var yaml: String
  /// Files beside it: name and text.
  package var files: [(name: String, text: String)] = []
  /// What was decided or means something else there than here.
  package var notes: [String] = []
  /// What is not carried over, by the name that it has there.
  package var left: [String] = []
  /// What has to be answered before the project can be planned.
  package var questions: [String] = []
  /// What the other program is called.
  package var origin: String

  /// What a foreign file is.
  package enum Found: Sendable {
    /// A project of another program.
    case project(ForeignProject)
    /// A tariff.
    case tariff(TariffImport)
    /// A file that needs a part which is not installed: what, and how to get it.
    case partMissing(String)
  }

  /// A project or tariff of another program; nil: the path is neither, and may be a table of series.
  ///
  /// - Parameters:
  ///   - path: File or folder.
  ///   - currency: Of a file that names none.
  ///   - netcdf: Where the netCDF library is sought.
  /// - Throws: one that is damaged, or holds what cannot be said in Tulou's words at all.
  package static func find(
    path: String, currency: String?, netcdf: [String] = NetcdfLibrary.systemPlaces
  ) throws(ProjectFault) -> Found? {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      guard FileManager.default.fileExists(atPath: path + "/buses.csv") else {
        throw ProjectFault([
          Diagnostic(
            .error, "'\(path)' is a folder, but no network of PyPSA: it has no buses.csv.",
            advice: "Name a file, or a folder that 'network.export_to_csv_folder' wrote.",
            at: Diagnostic.Place(file: path))
        ])
      }
      return .project(try PypsaImport.read(PypsaTables(folder: path), currency: currency ?? "EUR"))
    }
    guard let bytes = try? FileBytes.read(path, most: 64 << 20) else { return nil }
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) || bytes.starts(with: Array("CDF".utf8)) {
      let library: NetcdfLibrary
      do throws(NetcdfLibrary.Missing) { library = try NetcdfLibrary.open(places: netcdf) } catch {
        return .partMissing(error.message)
      }
      let tables = try PypsaTables(netcdf: path, library: library)
      return .project(try PypsaImport.read(tables, currency: currency ?? "EUR"))
    }
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), let root = JSON(parsing: bytes) else { return nil }
    if TariffImport.isTariff(root) { return .tariff(try TariffImport.read(root, currency: currency ?? "USD")) }
    if root["ElectricLoad"] != nil || root["ElectricTariff"] != nil { return .project(ReoptImport.read(root)) }
    throw ProjectFault([
      Diagnostic(
        .error, "This JSON is no tariff of OpenEI ('energyratestructure') and no scenario of REopt ('ElectricLoad').",
        at: Diagnostic.Place(file: path))
    ])
  }

  /// An id of Tulou: letters, digits and hyphens.
  static func id(_ name: String) -> String {
    var id = ""
    for character in name.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        id.append(character)
      } else if id.last != "-", !id.isEmpty {
        id.append("-")
      }
    }
    while id.last == "-" { id.removeLast() }
    return id.first?.isLetter == true ? id : "x-" + id
  }

  /// Writes the project and its files into a folder that is made.
  ///
  /// - Throws: a folder that exists already, or cannot be written.
  package func write(to folder: String) throws(ProjectFault) {
    func fault(_ message: String, _ advice: String) -> ProjectFault {
      ProjectFault([Diagnostic(.error, message, advice: advice)])
    }
    if FileManager.default.fileExists(atPath: folder) {
      throw fault("'\(folder)' exists already.", "Name a folder that does not exist yet.")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try yaml.write(toFile: folder + "/project.yaml", atomically: true, encoding: .utf8)
      for file in files { try file.text.write(toFile: folder + "/" + file.name, atomically: true, encoding: .utf8) }
    } catch {
      throw fault("'\(folder)' cannot be written: \(error.localizedDescription)", "Name another folder.")
    }
  }
}
