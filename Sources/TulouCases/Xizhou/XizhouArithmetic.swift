import Tulou

/// What can be computed again of the Xizhou study from its tables alone.
///
/// - Source: Y. Lu, X. Yang, K. Alanne 2018, Energies 11(4), 1007.
package enum XizhouArithmetic {
  /// Every row that follows from printed numbers, by id.
  package static func values(of p: PublishedCase) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    demands(p, &out)
    hours(p, &out)
    vehicles(p, &out)
    for scenario in XizhouTables.scenarios { rule(p, scenario, &out) }
    totals(p, &out)
    shares(p, &out)
    steps(p, &out)
    for (season, ambient) in zip(XizhouTables.seasons, XizhouModel.ambient) {
      out["carnot.\(season)"] = ComputedValue(
        Exergy.heat(supply: 55, return: 55, ambient: ambient), "1 - T0/T, hot water at 55 degC")
    }
    out["ratio.electricity"] = ComputedValue(ShareCosts.ratio(escalation: 0.043, discount: 0.03), "eq. (10)")
    out["ratio.gas"] = ComputedValue(ShareCosts.ratio(escalation: 0.062, discount: 0.03), "eq. (10)")
    return out
  }

  /// The rows of one scenario, for what the rounding of its own numbers may move.
  package static func values(of p: PublishedCase, scenario: String) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    rule(p, scenario, &out)
    return out
  }

  private static func demands(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    func energy(_ carrier: String, _ season: String) -> Double {
      XizhouTables.value(p, "t3.\(carrier).energy.\(season)")
    }
    for s in XizhouTables.seasons {
      let thermal = energy("SH", s) + energy("DHW", s) + energy("CC", s) - p["t2.DHW.energy.\(s)"]
      out["balance.\(s)"] = ComputedValue(
        (p["t2.EL.energy.\(s)"] - energy("EL", s)) / thermal, "(grid EL - EL) / (SH + DHW + CC - solar DHW)")
    }
    let winter = XizhouTables.seasons[0]
    out["balance"] = ComputedValue(
      (energy("SH", winter) + energy("DHW", winter) - p["t2.DHW.energy.\(winter)"])
        / (p["t2.EL.energy.\(winter)"] - energy("EL", winter)), "(SH + DHW - solar DHW) / (grid EL - EL)")
  }

  private static func hours(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for machine in ["pv", "sth", "pt"] {
      let sum = zip(XizhouTables.seasons, XizhouModel.days).reduce(0) { $0 + p["hours.\(machine).\($1.0)"] * $1.1 }
      out["hours.\(machine).year"] = ComputedValue(sum, "days 145, 85 and 135 times the hours of each day")
    }
  }

  private static func vehicles(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    // Charging times of table 6, by what is in use in table 7.
    let time = ["dc": "fast_dc", "ac": "fast_ac", "slow": "ac", "na": "fast_ac", "nd": "fast_dc"]
    for fleet in [200, 300, 400] {
      let blocks = XizhouTables.blocks(p, fleet)
      for block in blocks {
        let piles = p["t7.\(fleet).\(block.id).piles"], hours = p["t6.\(time[block.id] ?? "").hours"]
        out["t7.\(fleet).\(block.id).sessions"] = ComputedValue(
          piles * (block.end - block.start) / hours, "piles x hours / charging time")
      }
      let charging = XizhouTables.charging(p, fleet)
      let midday = blocks.filter { $0.id == "dc" || $0.id == "ac" }.reduce(0) { $0 + $1.power }
      out["t8.added.\(fleet)"] = ComputedValue(midday, "piles at midday times their power")
      let energy = charging.reduce(0, +)
      for s in XizhouTables.seasons {
        out["t8.peak.\(fleet).\(s)"] = ComputedValue(
          p["t3.EL.peak.\(s)"] + midday, "peak of EL, which lies at midday, and charging at midday")
        out["t8.energy.\(fleet).\(s)"] = ComputedValue(
          p["t3.EL.energy.\(s)"] + energy, "EL of table 3 and charging of table 7, half-open hours")
      }
      out["t8.energy.\(fleet)"] = ComputedValue(energy, "half-open hours")
      out["t8.energy_inclusive.\(fleet)"] = ComputedValue(
        blocks.reduce(0) { sum, block in
          let isFollowed = blocks.contains { $0.start == block.end }
          return sum + block.power * (block.end - block.start + (isFollowed ? 0 : 1))
        }, "each block one hour longer, but where another begins at its end")
      out["t8.energy_midday.\(fleet)"] = ComputedValue(energy + midday, "midday one hour longer")
    }
  }

  /// Sizes by the rule share times peak, and sums of shares, of a scenario.
  private static func rule(_ p: PublishedCase, _ scenario: String, _ out: inout [String: ComputedValue]) {
    let added = XizhouTables.fleets[scenario].map { fleet in
      XizhouTables.blocks(p, fleet).filter { $0.id == "dc" || $0.id == "ac" }.reduce(0) { $0 + $1.power }
    }
    for key in XizhouTables.keys(p, scenario) where p.row("size.\(scenario).\(key)") != nil {
      let carrier = String(key.prefix { $0 != "." })
      let sizes = XizhouTables.seasons.map { s in
        let peak = XizhouTables.value(p, "t3.\(carrier).peak.\(s)") + (carrier == "EL" ? added ?? 0 : 0)
        return XizhouTables.share(p, scenario, key, s) / 100 * peak
      }
      out["size.\(scenario).\(key)"] = ComputedValue(
        sizes.max(),
        "greatest of share x peak of the three days"
          + (added == nil || carrier != "EL" ? "" : ", charging at midday added"))
    }
    for carrier in XizhouTables.carriers {
      for s in XizhouTables.seasons where p.row("sum.\(scenario).\(carrier).\(s)") != nil {
        let sum = XizhouTables.technologies.reduce(0) {
          $0 + XizhouTables.share(p, scenario, "\(carrier).\($1)", s)
        }
        out["sum.\(scenario).\(carrier).\(s)"] = ComputedValue(sum, "sum of the printed shares")
      }
    }
  }

  private static func totals(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let sizes = p.rows.filter { $0.id.hasPrefix("size.") && $0.published != nil }
    func within(_ tolerance: Double) -> Double {
      Double(
        sizes.count { row in
          guard let ours = out[row.id]?.value?.number, let printed = row.published?.number else { return false }
          return abs(ours - printed) <= tolerance + 1e-9
        })
    }
    out["size.within_0.10"] = ComputedValue(within(0.10), "sizes that differ by at most 0.10 MW")
    out["size.within_0.25"] = ComputedValue(within(0.25), "sizes that differ by at most 0.25 MW")
    out["size.count"] = ComputedValue(Double(sizes.count), "printed sizes")
    for scenario in XizhouTables.basic {
      out["total.hp.\(scenario)"] = ComputedValue(
        XizhouTables.size(p, scenario, "SH.HP", "DHW.HP", "CC.HP"), "sizes of HP")
    }
    var power: [String: Double] = [:], thermal: [String: Double] = [:]
    for scenario in ["A", "A3"] {
      power[scenario] = XizhouTables.size(p, scenario, "EL.WT", "EL.PV", "EL.PT")
      thermal[scenario] = XizhouTables.size(p, scenario, "SH.STH", "DHW.STH", "CC.SAC")
      out["total.power.\(scenario)"] = ComputedValue(power[scenario], "WT + PV + PT")
      out["total.thermal.\(scenario)"] = ComputedValue(thermal[scenario], "STH + SAC")
      out["total.uncontrollable.\(scenario)"] = ComputedValue(
        (power[scenario] ?? .nan) + (thermal[scenario] ?? .nan), "WT + PV + PT + STH + SAC")
      for part in ["power", "energy"] {
        let sum = ["battery", "tank", "vehicles"].reduce(0) {
          $0 + XizhouTables.value(p, "store.\(scenario).\($1).\(part)")
        }
        out["total.storage.\(part).\(scenario)"] = ComputedValue(sum, "battery + TS + EVV2G")
      }
    }
    func rise(_ from: Double, _ to: Double) -> Double { 100 * (to / from - 1) }
    out["rise.power"] = ComputedValue(rise(power["A"] ?? .nan, power["A3"] ?? .nan), "A3 / A - 1")
    for part in ["power", "energy"] {
      func electric(_ scenario: String) -> Double {
        XizhouTables.value(p, "store.\(scenario).battery.\(part)")
          + XizhouTables.value(p, "store.\(scenario).vehicles.\(part)")
      }
      out["rise.tank.\(part)"] = ComputedValue(
        rise(p["store.A.tank.\(part)"], p["store.A3.tank.\(part)"]), "A3 / A - 1")
      out["rise.electric.\(part)"] = ComputedValue(rise(electric("A"), electric("A3")), "battery + EVV2G, A3 / A - 1")
      for scenario in ["AA1", "AA3"] {
        out["total.electric.\(part).\(scenario)"] = ComputedValue(electric(scenario), "battery + EVV2G")
      }
    }
    out["text.none.electric"] = ComputedValue(
      XizhouTables.value(p, "store.A.battery.energy") + XizhouTables.value(p, "store.A.vehicles.energy"),
      "battery + EVV2G of A")
    out["text.AA2.battery"] = ComputedValue(p["store.AA2.battery.energy"], "battery of AA2 in table 9")
  }

  private static func shares(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for scenario in ["A", "A3"] {
      var electric: [Double] = [], thermal: [Double] = []
      var given = 0.0, collected = 0.0, wanted = 0.0
      for s in XizhouTables.seasons {
        func energy(_ carrier: String) -> Double { XizhouTables.value(p, "t3.\(carrier).energy.\(s)") }
        func share(_ key: String) -> Double { XizhouTables.share(p, scenario, key, s) }
        let power = share("EL.WT") + share("EL.PV") + share("EL.PT")
        electric.append(power)
        let heat = energy("SH") + energy("DHW") + energy("CC")
        let own = share("SH.STH") * energy("SH") + share("DHW.STH") * energy("DHW") + share("CC.SAC") * energy("CC")
        thermal.append(own / heat)
        collected += own / 100
        given += power / 100 * energy("EL")
        wanted += heat + energy("EL")
      }
      out["share.thermal.\(scenario)"] = ComputedValue(
        thermal.reduce(0, +) / 3, "(STH + SAC) / (SH + DHW + CC), mean of three days")
      out["share.electric.\(scenario)"] = ComputedValue(
        electric.reduce(0, +) / 3, "WT + PV + PT of EL, mean of three days")
      out["share.power.\(scenario)"] = ComputedValue(100 * given / wanted, "(WT + PV + PT) / all demand, three days")
      out["share.collectors.\(scenario)"] = ComputedValue(
        100 * collected / wanted, "(STH + SAC) / all demand, three days")
    }
  }

  private static func steps(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for machine in ["wind", "pv"] {
      out["f3.\(machine).rise"] = ComputedValue(
        100 * (p["f3.\(machine).after"] / p["f3.\(machine).before"] - 1), "after / before - 1")
    }
    for machine in ["pv", "pt"] {
      out["f5.\(machine)"] = ComputedValue(
        p["size.A.EL.\(machine.uppercased())"] + p["f5.\(machine).added"], "size of A + what is added")
    }
  }
}
