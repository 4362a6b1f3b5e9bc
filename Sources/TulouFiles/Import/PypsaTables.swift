import Foundation
import TulouDocument
import TulouQuantities

/// The tables of a network of PyPSA, each by rows, whether they come from a folder of CSV files or from netCDF.
struct PypsaTables {
  /// Folder or file.
  let path: String
  /// Tables of a netCDF file by the names that CSV files have; nil: they are read from the folder.
  private var tables: [String: [[String: String]]]?
  /// Variables that belong to no table.
  private(set) var unknown: [String] = []

  /// A folder of `export_to_csv_folder`.
  init(folder: String) { path = folder }

  /// A file of `export_to_netcdf`.
  init(netcdf path: String, library: NetcdfLibrary) throws(ProjectFault) {
    self.path = path
    let file: NetcdfFile
    do throws(NetcdfFile.Fault) {
      file = try NetcdfFile(path: path, library: library, texts: ["network_name"])
    } catch {
      throw ProjectFault([
        Diagnostic(
          .error, "'\(path)' cannot be read as netCDF: \(error.message).", at: Diagnostic.Place(file: path))
      ])
    }
    let names = Set(file.variables.map(\.name))
    guard names.contains("buses_i"), names.contains("snapshots") else {
      throw ProjectFault([
        Diagnostic(
          .error, "'\(path)' is netCDF, but no network of PyPSA: it has no variables 'buses_i' and 'snapshots'.",
          advice: "Name a file that 'network.export_to_netcdf' wrote.", at: Diagnostic.Place(file: path))
      ])
    }
    tables = [:]
    fill(file)
  }

  /// A table by rows; empty where there is none.
  func rows(_ name: String) throws(ProjectFault) -> [[String: String]] {
    if let tables { return tables[name] ?? [] }
    let path = path + "/" + name + ".csv"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do throws(SeriesFault) {
      let bytes: [UInt8]
      do throws(FileFault) { bytes = try FileBytes.read(path, most: 256 << 20) } catch {
        throw SeriesFault(error.message(path), part: .file)
      }
      let table = try CsvTable(bytes)
      return table.rows.map { row in
        var cells: [String: String] = [:]
        for (i, name) in table.header.enumerated() {
          cells[name.isEmpty && i == 0 ? "name" : name] =
            table.cell(i, row).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        return cells
      }
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message, advice: error.advice, at: Diagnostic.Place(file: path))])
    }
  }

  /// Variables as tables: `generators_p_nom` along `generators_i`, `generators_t_p_max_pu` along snapshots and
  /// `generators_t_p_max_pu_i`, `snapshots_objective` along snapshots.
  private mutating func fill(_ file: NetcdfFile) {
    var made: [String: [[String: String]]] = ["network": [["name": file.attributes["network_name"] ?? ""]]]
    let byName = Dictionary(file.variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    // Longest first: `line_types_i` is no key of lines.
    let lists = file.variables.compactMap { one -> String? in
      one.name.hasSuffix("_i") && !one.name.contains("_t_") ? String(one.name.dropLast(2)) : nil
    }.sorted { $0.count > $1.count }
    for list in lists {
      made[list] = PypsaTables.cells(byName[list + "_i"]).map { ["name": $0] }
    }
    let snapshots = byName["snapshots"].map(PypsaTables.cells) ?? []
    var steps = snapshots.map { ["snapshot": $0] }
    for one in file.variables where one.name != "snapshots" && !one.name.hasSuffix("_i") {
      if one.name.hasPrefix("snapshots_"), one.lengths == [steps.count] {
        let key = String(one.name.dropFirst("snapshots_".count))
        for (i, cell) in PypsaTables.cells(one).enumerated() { steps[i][key] = cell }
        continue
      }
      guard let list = lists.first(where: { one.name.hasPrefix($0 + "_") }) else {
        unknown.append(one.name)
        continue
      }
      let key = String(one.name.dropFirst(list.count + 1))
      let cells = PypsaTables.cells(one)
      if key.hasPrefix("t_") {
        let columns = PypsaTables.cells(byName[one.name + "_i"])
        guard one.lengths == [steps.count, columns.count] else {
          unknown.append(one.name)
          continue
        }
        made["\(list)-\(key.dropFirst(2))"] = steps.indices.map { t in
          Dictionary(
            zip(columns, cells[(t * columns.count)..<((t + 1) * columns.count)]),
            uniquingKeysWith: { first, _ in first })
        }
      } else if cells.count == made[list]?.count {
        for (i, cell) in cells.enumerated() { made[list]?[i][key] = cell }
      } else {
        unknown.append(one.name)
      }
    }
    made["snapshots"] = steps
    tables = made
  }

  /// Values as PyPSA writes them to CSV: `True`, `inf`, nothing for a number that is none, times as stamps.
  private static func cells(_ variable: NetcdfFile.Variable?) -> [String] {
    guard let variable else { return [] }
    if let texts = variable.texts { return texts }
    let stamp = variable.units.contains(" since ") ? stamps(variable.units) : nil
    return variable.numbers.map { value in
      if let stamp { return stamp(value) ?? "" }
      if value.isNaN { return "" }
      if variable.isFlag { return value == 0 ? "False" : "True" }
      if value.isInfinite { return value < 0 ? "-inf" : "inf" }
      return variable.isWhole && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
  }

  /// `hours since 2025-03-10 00:00:00` as a rule that turns a number into a stamp; nil: no such rule.
  private static func stamps(_ units: String) -> ((Double) -> String?)? {
    let parts = units.components(separatedBy: " since ")
    let begin = (parts.last ?? "").prefix { $0 != "." }
    guard parts.count == 2, let base = TimeStamps.parse(Array(begin.utf8)[...])?.wall else { return nil }
    let seconds: [String: Double] = [
      "nanoseconds": 1e-9, "microseconds": 1e-6, "milliseconds": 1e-3, "seconds": 1, "minutes": 60, "hours": 3600,
      "days": 86_400,
    ]
    guard let unit = seconds[parts[0]] else { return nil }
    return { value in
      let wall = Double(base) + (value * unit).rounded()
      guard wall.isFinite, abs(wall) < 1e13 else { return nil }
      let day = Int(saturating: (wall / 86_400).rounded(.down)), rest = Int(saturating: wall) - day * 86_400
      func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
      return "\(CivilDate(dayNumber: day)) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    }
  }
}
