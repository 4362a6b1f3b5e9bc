import Foundation
import TestSupport

/// What an independent tool found for a project file: a row of `Tests/Projects`.
struct PeerValue: Decodable, Sendable {
  /// Least value, per year, in `unit`.
  var objective: Double
  /// Relative tolerance of `objective`.
  var tolerance: Double
  /// `USD/y`, `kg/y`, `kWh/y`.
  var unit: String
  /// Sizes by `id` or `id.part`.
  var sizes: [String: Double]
  /// Relative tolerance of `sizes`.
  var sizeTolerance: Double
  /// Whether whole numbers are sought by branching.
  var exact: Bool?
  /// Least cost in the second solve, for objectives other than cost [USD/y].
  var cost: Double?
  /// Present value of all stages, planned in one and one after the other [USD].
  var npc: Double?, myopicNpc: Double?
  /// Sizes of the stages planned one after the other.
  var myopicSizes: [String: Double]?
  /// Highest purchase of each month [kW].
  var peaks: [Double]?
  /// Unserved energy by tier [kWh/y].
  var unserved: [String: Double]?
  /// Emission [kg/y].
  var co2: Double?
  /// Who found it.
  var tool: String

  /// Reads `file` below `Tests/Projects`.
  static func read(_ file: String) throws -> PeerValue { try JSON.read(file) }
}

/// C1 and C2 on their first hours, with variants.
struct FirstHours: Decodable, Sendable {
  /// One of them.
  struct Variant: Decodable, Sendable {
    /// `c1` or `c2`.
    var file: String
    /// What is set in the project file, by path.
    var set: [String: String]
    /// Least value [USD/y].
    var value: Double
    /// Sizes by `id` or `id.part`.
    var sizes: [String: Double]
    /// Energy bought, sold and not served [kWh/y].
    var bought: Double, sold: Double, unserved: Double
  }
  /// How many.
  var hours: Int
  /// By name.
  var cases: [String: Variant]
}

/// JSON files below `Tests/Projects`.
enum JSON {
  static func read<Value: Decodable>(_ file: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let path = SharedFolder.packageRoot + "/Tests/Projects/" + file
    return try decoder.decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

extension SharedFolder {
  /// A JSON file in it, keys as written.
  static func json<Value: Decodable>(_ file: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text(file).utf8))
  }
}
