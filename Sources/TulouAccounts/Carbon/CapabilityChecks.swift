import TulouProject
import TulouQuantities

/// What in a carbon case does not fit together (R104).
enum CapabilityChecks {
  static func all(_ input: CarbonCase) -> [CapabilityCheck] {
    var list: [CapabilityCheck] = []
    func add(_ id: String, _ value: Double, _ message: String) {
      list.append(CapabilityCheck(id: id, message: message, value: value))
    }
    let mean = input.generation / CapabilityModel.hours
    if input.peakLoad > 0, mean > input.peakLoad {
      add(
        "average_above_peak", mean / 1000,
        "The mean power \(shortNumber(mean / 1000, digits: 6)) MW is above the peak load of \(shortNumber(input.peakLoad / 1000, digits: 6)) MW."
      )
    }
    if input.maximumLoad > 0, input.generation > 0 {
      let factor = mean / input.maximumLoad
      if factor < 0.25 || factor > 1 {
        add(
          "load_factor", factor,
          "The load factor is \(shortNumber(100 * factor, digits: 6)) %; grids have 40 to 80 %.")
      }
    }
    if input.vehiclesAdded > 0, input.vehicleDistance < 5000 {
      add(
        "mileage", input.vehicleDistance,
        "A vehicle runs \(shortNumber(input.vehicleDistance, digits: 6)) km a year, about a tenth of what is usual.")
    }
    let potential = input.savingScale * (input.sectors.map(\.saving).max() ?? 0)
    if !input.sectors.isEmpty, potential < 0.001 {
      add(
        "saving_potential", potential,
        "The greatest saving potential is \(shortNumber(100 * potential, digits: 6)) %, orders of magnitude below the literature."
      )
    }
    let shares = input.sectors.reduce(0) { $0 + $1.share }
    if !input.sectors.isEmpty, abs(shares - 1) > 1e-6 {
      add("sector_shares", shares, "The sectors' shares add up to \(shortNumber(100 * shares, digits: 6)) %.")
    }
    return list + printed(input)
  }

  /// A mass in t with two decimals.
  private static func tonnes(_ mass: Double) -> String {
    guard abs(mass) < 1e15 else { return shortNumber(mass / 1000, digits: 6) }
    let hundredths = Int(saturating: (abs(mass) / 10).rounded())
    let cents = hundredths % 100
    return "\(mass < 0 ? "-" : "")\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
  }

  /// The printed total against the sum of the printed rows, and the rows that it leaves out; rows not reproduced.
  private static func printed(_ input: CarbonCase) -> [CapabilityCheck] {
    var list: [CapabilityCheck] = []
    let rows = Capability.allCases.compactMap { row in input.published[row.rawValue].map { (row, $0) } }
    if let total = input.published["total"], !rows.isEmpty {
      let sum = rows.reduce(0) { $0 + $1.1 }
      if abs(sum - total) > 1e-6 * max(abs(sum), abs(total)) {
        var message =
          "The printed total \(tonnes(total)) t is not the sum of the printed rows, \(tonnes(sum)) t"
        if let missing = rows.first(where: { abs(sum - $0.1 - total) < 1e-6 * abs(total) }) {
          message += "; it is their sum without '\(missing.0.title)'"
        }
        list.append(CapabilityCheck(id: "printed_total", message: message + ".", value: sum / 1000))
      }
    }
    for (row, value) in rows {
      let ours = CapabilityModel.amount(row, input)
      // The printed digits: half a unit of the last one, and a margin for values rounded before.
      guard abs(ours - value) > 50 else { continue }
      list.append(
        CapabilityCheck(
          id: "not_reproduced.\(row.rawValue)",
          message:
            "'\(row.title)' is printed as \(tonnes(value)) t, but the formula, reconstructed from symbols and headings, "
            + "gives \(tonnes(ours)) t with these inputs.", value: ours / 1000))
    }
    return list
  }
}
