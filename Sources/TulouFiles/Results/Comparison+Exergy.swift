import TulouReport

/// Exergy as `result.json` holds it, in kWh a year.
struct StoredExergy: Sendable {
  /// What sun and wind count as.
  var basis: String
  /// What enters, what is needed by demands or sold, what is destroyed.
  var entered: Double, used: Double, destroyed: Double
  /// Used and sold per entered [-]; nil where nothing enters.
  var efficiency: Double?
  /// What is destroyed, by component, market, bus or demand, in the order of the file.
  var lines: [(id: String, destroyed: Double)]

  /// Nothing where there is no account.
  init?(_ json: JSON) {
    guard let entered = json["entered"]?.number, let destroyed = json["destroyed"]?.number else { return nil }
    basis = json["basis"]?.text ?? ""
    self.entered = entered
    self.destroyed = destroyed
    used = (json["used"]?.number ?? 0) + (json["sold"]?.number ?? 0)
    efficiency = json["efficiency"]?.number
    lines = (json["components"]?.values ?? []).map { ($0["id"]?.text ?? "", $0["destroyed"]?.number ?? 0) }
  }
}

extension Comparison {
  /// A quantity of exergy with its value in each folder.
  struct ExergyRow {
    var key: String
    var title: String
    var unit: String
    var values: [Double?]
  }

  /// Exergy side by side: efficiency, what enters, is used and destroyed, then by component; empty unless every folder has an account.
  static func exergyRows(_ results: [StoredResult]) -> [ExergyRow] {
    let all = results.compactMap(\.exergy)
    guard all.count == results.count, !all.isEmpty else { return [] }
    var rows = [
      ExergyRow(key: "efficiency", title: "Exergy efficiency", unit: "1", values: all.map(\.efficiency)),
      ExergyRow(key: "entered", title: "Exergy that enters", unit: "kWh/y", values: all.map { $0.entered }),
      ExergyRow(key: "used", title: "Used and sold", unit: "kWh/y", values: all.map { $0.used }),
      ExergyRow(key: "destroyed", title: "Destroyed", unit: "kWh/y", values: all.map { $0.destroyed }),
    ]
    var seen: Set<String> = []
    for id in all.flatMap({ $0.lines.map(\.id) }) where seen.insert(id).inserted {
      // What stands on one side alone destroys nothing on the other.
      let values = all.map { one in one.lines.reduce(0) { $1.id == id ? $0 + $1.destroyed : $0 } }
      guard values.contains(where: { $0 > 0 }) else { continue }
      rows.append(ExergyRow(key: "destroyed." + id, title: "Destroyed in " + id, unit: "kWh/y", values: values))
    }
    return rows
  }
}
