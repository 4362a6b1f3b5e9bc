import Tulou

/// Names of the Xizhou tables: seasons, scenarios, rows.
enum XizhouTables {
  static let seasons = ["W", "M", "S"]
  static let carriers = ["EL", "SH", "DHW", "CC"]
  static let basic = ["A", "B", "C"]
  static let scenarios = ["A", "B", "C", "A1", "A2", "A3", "AA1", "AA2", "AA3"]
  static let fleets = ["AA1": 200, "AA2": 300, "AA3": 400]
  static let technologies = ["BCHP", "WT", "PV", "PT", "PE", "FC", "WHU", "HP", "STH", "GB", "SAC"]

  /// A printed number, 0 where the table has a dash.
  static func value(_ p: PublishedCase, _ id: String) -> Double { p.row(id)?.published?.number ?? 0 }

  /// A share of a demand [%].
  static func share(_ p: PublishedCase, _ scenario: String, _ key: String, _ season: String) -> Double {
    value(p, "share.\(scenario).\(key).\(season)")
  }

  /// Keys of a scenario that have a size or a share, e.g. `EL.BCHP`.
  static func keys(_ p: PublishedCase, _ scenario: String) -> [String] {
    carriers.flatMap { carrier in technologies.map { "\(carrier).\($0)" } }.filter { key in
      p.row("size.\(scenario).\(key)") != nil || seasons.contains { p.row("share.\(scenario).\(key).\($0)") != nil }
    }
  }

  /// A printed size [MW], 0 where there is none.
  static func size(_ p: PublishedCase, _ scenario: String, _ keys: String...) -> Double {
    keys.reduce(0) { $0 + value(p, "size.\(scenario).\($1)") }
  }

  /// Sum of the hours of charging of a fleet: what is wanted of each block.
  static func blocks(_ p: PublishedCase, _ fleet: Int) -> [(id: String, power: Double, start: Double, end: Double)] {
    ["dc", "ac", "slow", "na", "nd"].compactMap { id in
      let head = "t7.\(fleet).\(id)."
      guard p.row(head + "piles") != nil else { return nil }
      return (
        id, value(p, head + "piles") * value(p, head + "power") / 1000, value(p, head + "start"),
        value(p, head + "end")
      )
    }
  }

  /// Charging of a fleet by hour of the day [MW], half-open hours.
  static func charging(_ p: PublishedCase, _ fleet: Int) -> [Double] {
    var hours = [Double](repeating: 0, count: 24)
    for block in blocks(p, fleet) {
      for hour in Int(saturating: block.start)..<max(Int(saturating: block.start), Int(saturating: block.end)) {
        hours[hour % 24] += block.power
      }
    }
    return hours
  }
}
