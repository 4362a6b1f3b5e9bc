import Foundation
import TulouAccounts
package import TulouDocument
package import TulouPlanning
import TulouProject
import TulouReport

/// What a folder of results holds, read again for `compare`, `explain` and `report`.
package struct StoredResult: Sendable {
  /// An indicator with its unit and definition.
  package struct StoredIndicator: Sendable, Equatable {
    /// Key, e.g. `net_present_cost`.
    package var key: String
    /// Value; nil where there is none.
    package var value: Double?
    /// Unit; `1` for a share.
    package var unit: String
    /// What it is.
    package var definition: String
    /// Whether it is at least the number (`AtLeast`).
    package var isAtLeast = false
  }

  /// Keys of the indicators that are at least their number.
  var atLeast: Set<String> { Set(indicatorList.filter(\.isAtLeast).map(\.key)) }

  /// Folder as the user named it.
  package var directory: String
  /// Version that wrote it.
  package var version: String
  /// Name of the project.
  package var project: String
  /// `optimal`, `feasible`, `infeasible`, `limit`, `cancelled`.
  package var status: String
  /// Solver.
  package var solver: String
  /// ISO code of the currency.
  package var currency: String
  /// Name of the objective, its unit, and value, bound and gap where known.
  package var objective: (name: String, unit: String, value: Double?, bound: Double?, gap: Double?)
  /// Cash and penalties within the value, per year.
  package var cash: Double?, penalties: Double?
  /// What was checked after the solve: name, greatest violation, unit.
  package var checks: [(name: String, value: Double, unit: String)] = []
  /// What a person should know of the solve.
  package var messages: [String] = []
  /// Whether the bound was computed from multipliers alone.
  package var isBoundOwn = false
  /// What one more unit of what binds the plan would be worth.
  package var shadowPrices: [ShadowPrice] = []
  /// Whether sizes were sought as whole numbers.
  package var hasWholeNumbers = false
  /// Whether sizes were given, so that only the dispatch was sought.
  package var hasGivenSizes = false
  /// What a person should look at before trusting the plan.
  package var warnings: [Diagnostic] = []
  /// The register of assumptions.
  package var assumptions: [Assumption] = []
  /// Total sizes by `id` or `id.part`, with their units in `sizeUnits`.
  package var sizes: [String: Double] = [:]
  /// What of each stood before the project and is kept.
  var keptSizes: [String: Double] = [:]
  /// Their keys in the order of the file.
  package var sizeKeys: [String] = []
  /// Units of the sizes.
  package var sizeUnits: [String: String] = [:]
  /// Indicators by key.
  package var indicators: [String: Double] = [:]
  /// Indicators with units and definitions, in the order of the file.
  package var indicatorList: [StoredIndicator] = []
  /// Exergy of the plan; nil where temperatures were missing.
  var exergy: StoredExergy?
  /// Zone of the project, whose standard time the stamps are.
  package var timeZone = "UTC"
  /// First column of `flows.csv`: the START of each step.
  package var stamps: [String] = []
  /// Names of the other columns in order, e.g. `pv.production [kW]`.
  package var flowNames: [String] = []
  /// Columns of `flows.csv` by name; empty cells are zero.
  package var flows: [String: [Double]] = [:]
  /// What `result.json` says of the rule of a simulated year; nil where a solver dispatched.
  var simulation: JSON?
  /// Years that the horizon stands for, from the cost of both; 1 where it is not known.
  var horizonYears: Double {
    guard let whole = indicators["horizon_cost"], let annual = indicators["annual_cost"], annual != 0 else { return 1 }
    return whole / annual
  }
  /// Text of `project.lock.yaml`, if it is there.
  package var lock: String?

  /// Why an hour of a simulated year went as it did, from `reasons.csv`; empty where a solver dispatched.
  ///
  /// - Parameter stamp: As `hour` takes it.
  package func reasons(_ stamp: String) -> [String] {
    guard let t = step(stamp),
      let bytes = try? FileBytes.read(directory + "/reasons.csv", most: 1 << 30)
    else { return [] }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: true)
    guard let heading = lines.first, lines.indices.contains(t + 1) else { return [] }
    let names = ResultReader.cells(heading), cells = ResultReader.cells(lines[t + 1])
    guard names.count == cells.count, cells.count > 1 else { return [] }
    return zip(names, cells).dropFirst().enumerated().map { number, cell in
      number == 0 ? "Why: \(cell.1)." : "\(cell.0): \(cell.1)."
    }
  }
}

/// Reads folders that `ResultSet` wrote.
package enum ResultReader {
  /// Reads the folder; `result.json` must be there, `flows.csv` and the lock file may be missing.
  package static func read(directory: String) throws(ResultFault) -> StoredResult {
    let path = directory + "/result.json"
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, most: 1 << 30) } catch {
      throw ResultFault("'\(directory)' holds no results: \(error.message(path))")
    }
    // Foundation's reader loses the last digit of some numbers; ours reads back what was written.
    guard let root = JSON(parsing: bytes), let version = root["tulou"]?.text else {
      throw ResultFault("'\(path)' is not a result of tulou.")
    }
    let goal = root["objective"] ?? .null
    var result = StoredResult(
      directory: directory, version: version, project: root["project"]?.text ?? "", status: root["status"]?.text ?? "",
      solver: root["solver"]?.text ?? "", currency: root["currency"]?.text ?? "",
      objective: (
        goal["name"]?.text ?? "", goal["unit"]?.text ?? "", goal["value"]?.number, goal["bound"]?.number,
        goal["gap"]?.number
      ))
    result.timeZone = root["clock"]?["time_zone"]?.text ?? "UTC"
    result.cash = goal["cash"]?.number
    result.penalties = goal["penalties"]?.number
    if let simulation = root["simulation"], simulation["strategy"] != nil { result.simulation = simulation }
    readProof(root, into: &result)
    for (key, value) in root["sizes"]?.fields ?? [] {
      result.sizes[key] = value["capacity"]?.number
      result.keptSizes[key] = value["existing"]?.number
      result.sizeUnits[key] = value["unit"]?.text
      result.sizeKeys.append(key)
    }
    for (key, value) in root["indicators"]?.fields ?? [] {
      let found = value["value"]?.number
      result.indicators[key] = found
      result.indicatorList.append(
        .init(
          key: key, value: found, unit: value["unit"]?.text ?? "", definition: value["definition"]?.text ?? "",
          isAtLeast: value[AtLeast.field]?.isTrue ?? false))
    }
    result.exergy = root["exergy"].flatMap(StoredExergy.init)
    if let text = try? FileBytes.read(directory + "/flows.csv", most: 4 << 30) {
      try readFlows(text, into: &result, path: directory + "/flows.csv")
    }
    if let text = try? FileBytes.read(directory + "/project.lock.yaml", most: 1 << 30) {
      result.lock = String(decoding: text, as: UTF8.self)
    }
    return result
  }

  /// Certificate, warnings and assumptions.
  private static func readProof(_ root: JSON, into result: inout StoredResult) {
    for check in root["certificate"]?["checks"]?.values ?? [] {
      result.checks.append(
        (check["name"]?.text ?? "", check["value"]?.number ?? .nan, check["unit"]?.text ?? ""))
    }
    result.messages = root["certificate"]?["messages"]?.values?.compactMap(\.text) ?? []
    if let certificate = root["certificate"] {
      result.isBoundOwn = certificate["bound_from_multipliers"]?.isTrue ?? false
      result.hasGivenSizes = certificate["sizes_given"]?.isTrue ?? false
      result.hasWholeNumbers = certificate["whole_numbers"]?.isTrue ?? false
    }
    result.shadowPrices = (root["shadow_prices"]?.values ?? []).map {
      ShadowPrice(
        path: $0["path"]?.text ?? "", value: $0["value"]?.number ?? .nan, unit: $0["unit"]?.text ?? "",
        sentence: $0["sentence"]?.text ?? "")
    }
    for warning in root["warnings"]?.values ?? [] {
      let severity = Diagnostic.Severity(rawValue: warning["severity"]?.text ?? "") ?? .warning
      result.warnings.append(
        Diagnostic(
          severity, warning["message"]?.text ?? "", advice: warning["advice"]?.text ?? "",
          path: warning["path"]?.text ?? ""))
    }
    for assumption in root["assumptions"]?.values ?? [] {
      result.assumptions.append(
        Assumption(
          path: assumption["path"]?.text ?? "", value: assumption["value"]?.text ?? "",
          source: assumption["source"]?.text ?? "",
          kind: Assumption.Kind(rawValue: assumption["kind"]?.text ?? "") ?? .note))
    }
  }

  private static func readFlows(_ text: [UInt8], into result: inout StoredResult, path: String) throws(ResultFault) {
    var lines = text.split(separator: 10, omittingEmptySubsequences: true)[...]
    guard let header = lines.popFirst() else { return }
    let names = cells(header)
    guard names.count > 1 else { throw ResultFault("'\(path)' has no columns.") }
    result.flowNames = Array(names.dropFirst())
    var columns = [[Double]](repeating: [], count: names.count - 1)
    for i in columns.indices { columns[i].reserveCapacity(lines.count) }
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: 44, omittingEmptySubsequences: false)
      guard parts.count == names.count else {
        throw ResultFault("'\(path)', line \(number + 2): \(parts.count) cells where \(names.count) are expected.")
      }
      result.stamps.append(String(decoding: parts[0], as: UTF8.self))
      for (i, part) in parts.dropFirst().enumerated() {
        guard let value = part.isEmpty ? 0 : Double(String(decoding: part, as: UTF8.self)) else {
          throw ResultFault("'\(path)', line \(number + 2): '\(String(decoding: part, as: UTF8.self))' is no number.")
        }
        columns[i].append(value)
      }
    }
    for (name, column) in zip(result.flowNames, columns) { result.flows[name] = column }
  }

  /// Cells of a heading, which may be quoted.
  static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var quoted = false
    for byte in line {
      switch byte {
      case 34: quoted.toggle()
      case 44 where !quoted:
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      case 13: break
      default: cell.append(byte)
      }
    }
    return cells + [String(decoding: cell, as: UTF8.self)]
  }
}
