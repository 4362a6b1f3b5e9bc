import Tulou

/// Figures 7 and 8 of the Shenzhen study, as far as its printed numbers carry.
enum ShenzhenSensitivities {
  /// Rises of figure 7 and the line of figure 8, by id.
  static func values(of p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let rate = ShenzhenArithmetic.rate(p), years = ShenzhenArithmetic.years
    let crf = capitalRecoveryFactor(rate: rate, years: years)
    let turbine = p["t5.wind.turbine"], whole = turbine + p["t5.wind.auxiliary"]
    for stage in ShenzhenArithmetic.stages {
      // Twice the capital comes on top; the energy of equation (8) stands in both and drops out.
      func rise(_ perKW: Double) -> Double {
        2 * p["t7.wind.\(stage)"] * 1000 * perKW / (p["t9.npc.\(stage)"] * 1e6) * 100
      }
      out["f7.turbine.\(stage)"] = ComputedValue(rise(turbine), "2 x 700 USD/kW x wind of table 7 / NPC of table 9")
      out["f7.whole.\(stage)"] = ComputedValue(rise(whole), "2 x 1000 USD/kW x wind of table 7 / NPC of table 9")
    }
    out["f7.least.pilot"] = ComputedValue(
      out["f7.turbine.pilot"]?.value?.number,
      "2 x 700 USD/kW (the turbine without auxiliaries, the milder of the two readings) x wind of table 7 / NPC of table 9; replacements would add to it"
    )
    let zero = capitalRecoveryFactor(rate: 0, years: years), twenty = capitalRecoveryFactor(rate: 0.2, years: years)
    let slope = (p["f8.twenty.advanced"] - p["f8.zero.advanced"]) / (twenty - zero)
    out["f8.slope"] = ComputedValue(slope, "rise of COE between 0 and 20 % over the rise of CRF")
    out["f8.six"] = ComputedValue(
      p["f8.zero.advanced"] + slope * (crf - zero), "straight line over CRF; table 9 prints 0.141")
    out["f8.capital"] = ComputedValue(
      slope * ShenzhenArithmetic.energyOfEquation8(p, "advanced") / 1e3, "slope x energy of equation (8)")
    let perKW = [
      ("wind", whole), ("pv", p["t5.pv"] + p["t5.pv.auxiliary"]), ("gas", p["t5.gas"]),
      ("converter", p["t5.converter"]), ("psh", p["t5.psh"]),
    ]
    // MW x USD/kW = 1000 USD.
    out["f8.tables"] = ComputedValue(
      perKW.reduce(0) { $0 + p["t7.\($1.0).advanced"] * $1.1 } * 1e3 / 1e9, "table 7 x table 5")
  }
}
