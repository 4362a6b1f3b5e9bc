import Foundation
package import TulouDocument

/// A network of PyPSA in tables, as `network.export_to_csv_folder` writes them and `import_from_csv_folder` reads them.
package struct PypsaNetwork: Sendable, Equatable {
  /// Lists of components that PyPSA knows and this writes.
  package enum Kind: String, Sendable, CaseIterable {
    /// Things of a network, by the names of their tables.
    case carriers, buses, loads, generators, links, stores
    /// Storage whose power and content are one size.
    case storageUnits = "storage_units"
    /// Limits on sums.
    case globalConstraints = "global_constraints"
  }

  /// A component: its name and what is not PyPSA's default.
  package struct Component: Sendable, Equatable {
    /// Unique in its table.
    package var name: String
    /// Attributes that hold all the time, as PyPSA writes them.
    package var values: [String: String]
    /// Attributes that change from snapshot to snapshot.
    package var series: [String: [Double]] = [:]
  }

  /// Name of the network.
  package var name: String
  /// Begins of the snapshots, `2027-01-01 00:00:00`.
  package var snapshots: [String] = []
  /// What each snapshot counts for in costs and yearly sums [h/year].
  package var weights: [Double] = []
  /// Length of a snapshot for contents [h].
  package var stepHours = 1.0
  /// Components by kind, in the order in which they were added.
  package var components: [Kind: [Component]] = [:]
  /// What could not be carried over, by name: the optimum of the network may differ where this is not empty.
  package var left: [String] = []
  /// What is said otherwise there than here.
  package var notes: [String] = []
  /// What Tulou's objective has beyond PyPSA's, of existing plant and fixed charges [currency/year].
  package var constant = 0.0

  /// An empty network.
  package init(name: String) { self.name = name }

  /// A number as PyPSA reads it back to the last bit.
  static func text(_ value: Double) -> String { "\(value)" }

  /// Adds a component under a name that its table does not have yet.
  @discardableResult
  mutating func add(
    _ kind: Kind, _ name: String, _ values: [String: String], series: [String: [Double]] = [:]
  ) -> String {
    var unique = name, n = 2
    while components[kind, default: []].contains(where: { $0.name == unique }) {
      unique = "\(name) \(n)"
      n += 1
    }
    components[kind, default: []].append(Component(name: unique, values: values, series: series))
    return unique
  }

  /// The files of the folder: name and text, in a fixed order.
  package var files: [(name: String, text: String)] {
    func cell(_ text: String) -> String {
      text.contains { $0 == "," || $0 == "\"" || $0 == "\n" }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    func table(_ rows: [[String]]) -> String { rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined() }
    var files = [("network.csv", table([["name", "pypsa_version"], [name, "0.32.0"]]))]
    var moments = [["snapshot", "objective", "generators", "stores"]]
    for (stamp, weight) in zip(snapshots, weights) {
      moments.append([stamp, Self.text(weight), Self.text(weight), Self.text(stepHours)])
    }
    files.append(("snapshots.csv", table(moments)))
    for kind in Kind.allCases {
      guard let all = components[kind], !all.isEmpty else { continue }
      let keys = Set(all.flatMap(\.values.keys)).sorted()
      files.append(
        (
          kind.rawValue + ".csv",
          table([["name"] + keys] + all.map { one in [one.name] + keys.map { one.values[$0] ?? "" } })
        ))
      for key in Set(all.flatMap(\.series.keys)).sorted() {
        let own = all.compactMap { one in one.series[key].map { (one.name, $0) } }
        var rows = [["snapshot"] + own.map(\.0)]
        for (t, stamp) in snapshots.enumerated() { rows.append([stamp] + own.map { Self.text($0.1[t]) }) }
        files.append(("\(kind.rawValue)-\(key).csv", table(rows)))
      }
    }
    return files
  }

  /// Writes the folder, which must not exist yet.
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
      for file in files { try file.text.write(toFile: folder + "/" + file.name, atomically: true, encoding: .utf8) }
    } catch {
      throw fault("'\(folder)' cannot be written: \(error.localizedDescription)", "Name another folder.")
    }
  }
}
