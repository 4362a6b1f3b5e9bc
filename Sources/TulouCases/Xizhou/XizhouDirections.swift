import Tulou

/// Which way our optima go where the paper's go one way: words that stand beside the paper's.
///
/// A direction is taken between the first and the last step of a study; a change below a thousandth is none.
enum XizhouDirections {
  /// Words of every row `direction.*` whose optima were found.
  static func values(_ found: [String: XizhouStudies.Answer]) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    let basic = XizhouTables.basic.compactMap { name in found[name].map { (name: name, answer: $0) } }
    func extreme(_ id: String, _ value: (XizhouStudies.Answer) -> Double) {
      guard basic.count == XizhouTables.basic.count,
        let first = basic.min(by: { value($0.answer) < value($1.answer) })
      else { return }
      out["direction." + id] = ComputedValue(words: [first.name], "our optima of A, B and C")
    }
    extreme("cost") { $0.cost }
    extreme("efficiency") { -$0.efficiency }
    extreme("bchp") { -$0.size(.biomassPower) }
    extreme("sun") { $0.windAndSun }
    func way(_ id: String, _ names: [String], _ value: (XizhouStudies.Answer) -> Double) {
      let steps = names.compactMap { found[$0] }.map(value)
      guard steps.count == names.count, let first = steps.first, let last = steps.last else { return }
      let change = (last - first) / max(abs(first), 1e-9)
      let word = change > 1e-3 ? "rises" : change < -1e-3 ? "falls" : "stays"
      out["direction." + id] = ComputedValue(
        words: [word], "our optima: " + steps.map { NumberText.significant($0) }.joined(separator: ", "))
    }
    let losses = ["A", "A1", "A2", "A3"], fleets = ["AA1", "AA2", "AA3"]
    way("loss.sun", losses) { $0.windAndSun }
    way("loss.thermal", losses) { $0.solarThermal }
    way("loss.storage.power", losses) { $0.storagePower }
    way("loss.storage.energy", losses) { $0.storageEnergy }
    way("vehicles.sun", fleets) { $0.windAndSun }
    way("vehicles.storage.power", fleets) { $0.electricPower }
    way("vehicles.storage.energy", fleets) { $0.electricEnergy }
    way("electric.storage", XizhouStudies.steps("electric")) { $0.electricEnergy }
    way("thermal.storage", XizhouStudies.steps("thermal")) { $0.size(.tankEnergy) }
    way("subsidy.storage", XizhouStudies.steps("subsidy")) { $0.electricEnergy + $0.size(.tankEnergy) }
    if let last = found["subsidy.5"] {
      let three = [ShareVariable.photovoltaics, .trough, .wind].map { last.size($0) }
      let mean = three.reduce(0, +) / 3
      // The paper's 6.5, 6.3 and 7.1 MW are within 7 % of their mean.
      let isNear = three.allSatisfy { abs($0 - mean) <= 0.1 * mean }
      out["direction.subsidy.near_equal"] = ComputedValue(
        words: [isNear ? "yes" : "no"],
        "PV, PT, WT at 0.05 EUR/kWh: " + three.map { NumberText.significant($0) }.joined(separator: ", ") + " MW")
    }
    return out
  }
}

extension XizhouStudies.Answer {
  func size(_ variable: ShareVariable) -> Double { sizes[variable.rawValue] }
  /// Sums that the paper draws [MW, MWh].
  var windAndSun: Double { size(.wind) + size(.photovoltaics) + size(.trough) }
  var solarThermal: Double { size(.solarHeating) + size(.solarWater) + size(.solarCooling) }
  var electricPower: Double { size(.batteryPower) + size(.vehiclePower) }
  var electricEnergy: Double { size(.batteryEnergy) + size(.vehicleEnergy) }
  var storagePower: Double { electricPower + size(.tankPower) }
  var storageEnergy: Double { electricEnergy + size(.tankEnergy) }
}
