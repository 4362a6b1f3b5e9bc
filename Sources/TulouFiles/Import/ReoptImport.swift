import TulouFinance
import TulouQuantities
import TulouReport

/// A scenario of NREL's REopt (the inputs of REopt.jl as JSON).
///
/// REopt counts years 1 to n with growth from year 0, so first-year prices are written one year grown: Tulou's growth begins in
/// year 1. Its `max_kw` is new capacity beside `existing_kw`; Tulou's `max` is the total. Fuel costs per gallon and MMBtu become
/// costs per kWh of fuel.
struct ReoptImport {
  private let root: JSON
  private var project = ForeignProject(yaml: "", origin: "REopt")
  private var used: Set<String> = []
  private var columns: [(name: String, values: [Double])] = []
  private var years = 25.0, year = 2017

  /// Energy of a gallon of diesel and of a million British thermal units [kWh].
  private static let gallon = 40.7, mmbtu = 293.07107

  static func read(_ root: JSON) -> ForeignProject {
    var reader = ReoptImport(root: root)
    reader.read()
    return reader.project
  }

  private init(root: JSON) { self.root = root }

  private mutating func number(_ section: String, _ key: String) -> Double? {
    used.insert(section + "." + key)
    return root[section]?[key]?.number
  }
  private mutating func text(_ section: String, _ key: String) -> String? {
    used.insert(section + "." + key)
    return root[section]?[key]?.text
  }
  private mutating func list(_ section: String, _ key: String) -> [Double]? {
    used.insert(section + "." + key)
    return root[section]?[key]?.values?.compactMap(\.number)
  }
  private func has(_ section: String) -> Bool { root[section]?.fields != nil }
  private func share(_ value: Double) -> String { "\((value * 100).plain) %" }

  private mutating func read() {
    years = number("Financial", "analysis_years") ?? 25
    year = max(1900, min(2200, Int(saturating: number("ElectricLoad", "year") ?? 2017)))
    let discount =
      number("Financial", "offtaker_discount_rate_fraction") ?? number("Financial", "owner_discount_rate_fraction")
      ?? 0.0638
    used.insert("Financial.owner_discount_rate_fraction")
    let latitude = number("Site", "latitude") ?? 0, longitude = max(-180, min(180, number("Site", "longitude") ?? 0))
    let zone = ZoneRules.name(ofSeconds: Int(saturating: (longitude / 15).rounded()) * 3600)
    var yaml = [
      "tulou: 1", "name: REopt scenario",
      "site: {latitude: \(latitude.plain) deg, longitude: \(longitude.plain) deg, time_zone: \"\(zone)\"}",
      "horizon: {start: \(year)-01-01}",
    ]
    project.notes.append("hours are local standard time all year: \(zone) by the longitude")
    var economy = "economy: {currency: USD, real_discount_rate: \(share(discount)), lifetime: \(years.plain) y"
    if let price = number("Financial", "CO2_cost_per_tonne"), price > 0 {
      economy += ", carbon_price: \(price.plain) USD/t"
    }
    yaml.append(economy + "}")
    var carriers: [String] = [], buses = ["  ac: {carrier: electricity}"], markets: [String] = []
    var components = electricComponents(&carriers, &buses, &markets)
    components += heatComponents(&carriers, &buses, &markets)
    markets.insert(market(), at: 0)
    if !carriers.isEmpty { yaml += ["carriers:"] + carriers }
    yaml += ["buses:"] + buses + ["demands:"] + demands()
    if !components.isEmpty { yaml += ["components:"] + components }
    yaml += ["markets:"] + markets
    if let least = number("Site", "renewable_electricity_min_fraction"), least > 0 {
      yaml.append("limits: {renewable_fraction: {min: \(share(least))}}")
    }
    project.yaml = yaml.joined(separator: "\n") + "\n"
    writeSeries()
    project.notes.append(
      "costs in the first year's money; REopt's present values count years 1 to \(years.plain), so prices that grow are written one year grown"
    )
    project.notes.append(
      "REopt leaves the content of a battery at the end of the year free; here it is at least the initial one")
    tellRest()
  }

  private mutating func demands() -> [String] {
    if let load = list("ElectricLoad", "loads_kw"), !load.isEmpty {
      columns.append(("load", load))
      return ["  load: {bus: ac, power: {file: series.csv, column: load, unit: kW}}"] + heatDemand()
    }
    let name = text("ElectricLoad", "doe_reference_name") ?? "", annual = number("ElectricLoad", "annual_kwh") ?? 0
    project.questions.append(
      "ElectricLoad.doe_reference_name '\(name)': the profile is not in the file; put hourly kW of \(annual.plain) kWh a year into load.csv, column load"
    )
    return ["  load: {bus: ac, power: {file: load.csv, column: load, unit: kW}}"] + heatDemand()
  }

  private mutating func heatDemand() -> [String] {
    guard has("SpaceHeatingLoad") else { return [] }
    let name = text("SpaceHeatingLoad", "doe_reference_name") ?? "",
      fuel = (number("SpaceHeatingLoad", "annual_mmbtu") ?? 0) * Self.mmbtu
    let efficiency = root["ExistingBoiler"]?["efficiency"]?.number ?? 0.8
    project.questions.append(
      "SpaceHeatingLoad.doe_reference_name '\(name)': the profile is not in the file; put hourly kW of \((fuel * efficiency).plain) kWh of heat a year into heat.csv, column heat"
    )
    project.notes.append(
      "annual_mmbtu of SpaceHeatingLoad is fuel to the existing boiler: \(fuel.plain) kWh of fuel, \((fuel * efficiency).plain) kWh of heat"
    )
    return ["  heating: {bus: heat, power: {file: heat.csv, column: heat, unit: kW}}"]
  }

  /// `existing + min` to `existing + max`.
  private mutating func capacity(_ section: String, _ size: String = "kw", unit: String = "kW") -> String {
    let existing = number(section, "existing_\(size)") ?? 0
    let low = number(section, "min_\(size)") ?? 0
    var parts: [String] = existing > 0 ? ["existing: \(existing.plain) \(unit)"] : []
    parts.append("min: \((existing + low).plain) \(unit)")
    if let high = number(section, "max_\(size)"), high < 1e9 { parts.append("max: \((existing + high).plain) \(unit)") }
    if existing > 0 {
      project.notes.append(
        "\(section).max_\(size) is new capacity beside existing_\(size) there; 'max' is the total here")
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  /// A yearly cost that grows with operation and maintenance.
  private mutating func operation(_ perYear: Double?) -> String {
    guard let cost = perYear, cost != 0 else { return "" }
    let growth = number("Financial", "om_cost_escalation_rate_fraction") ?? 0.025
    return ", operation: {value: \(cost * (1 + growth)) USD/kW/y, escalation: \((growth * 100).plain) %/y}"
  }

  private mutating func electricComponents(
    _ carriers: inout [String], _ buses: inout [String], _ markets: inout [String]
  ) -> [String] {
    var lines: [String] = []
    if has("PV") {
      var source = "{file: series.csv, column: pv}"
      if let share = list("PV", "production_factor_series") {
        columns.append(("pv", share))
      } else {
        source = "{file: pv.csv, column: pv}"
        project.questions.append(
          "PV.production_factor_series is not in the file (REopt calls PVWatts): put hourly output per kW into pv.csv, column pv, or describe it by 'kind: pv' with tilt, azimuth and a weather file"
        )
      }
      var line = "  pv: {kind: source, bus: ac, class: S.sun, availability: \(source), capacity: \(capacity("PV"))"
      line +=
        ", capital: \((number("PV", "installed_cost_per_kw") ?? 0).plain) USD/kW, life: \(years.plain) y"
        + operation(number("PV", "om_cost_per_kw"))
      if let loss = number("PV", "degradation_fraction"), loss > 0 {
        line += ", degradation: \((loss * 100).plain) %/y"
      }
      lines.append(line + "}")
    }
    if has("ElectricStorage") { lines.append(battery()) }
    if has("Generator") {
      carriers.append("  diesel: {kind: fuel}")
      buses.append("  diesel: {carrier: diesel}")
      if let price = number("Generator", "fuel_cost_per_gallon") {
        markets.append("  diesel: {bus: diesel, class: N, buy: \(price / Self.gallon) USD/kWh}")
      }
      let full = number("Generator", "electric_efficiency_full_load") ?? 0.322,
        half = number("Generator", "electric_efficiency_half_load") ?? full
      let slope = 2 * (1 / full - 0.5 / half)
      lines.append(
        "  generator: {kind: generator, fuel: diesel, power: ac, fuel_curve: {no_load: \(max(0, 1 / full - slope)) kW/kW, slope: \(min(slope, 1 / full)) kW/kW}, capacity: \(capacity("Generator")), capital: \((number("Generator", "installed_cost_per_kw") ?? 0).plain) USD/kW, life: \(years.plain) y\(operation(number("Generator", "om_cost_per_kw")))}"
      )
      if let stock = number("Generator", "fuel_avail_gal"), stock < 1e8 {
        project.left.append(
          "Generator.fuel_avail_gal: \((stock * Self.gallon).plain) kWh of fuel a year; no limit is set on it")
      }
      used.insert("Generator.only_runs_during_grid_outage")
      if root["Generator"]?["only_runs_during_grid_outage"]?.isTrue == true {
        project.left.append("Generator.only_runs_during_grid_outage: the generator may run at any time here")
      }
    }
    return lines
  }

  private mutating func battery() -> String {
    let s = "ElectricStorage"
    let power = capacity(s), energy = capacity(s, "kwh", unit: "kWh")
    var line = "  battery: {kind: storage, bus: ac, capacity: {power: \(power), energy: \(energy)}"
    line +=
      ", capital: {power: \((number(s, "installed_cost_per_kw") ?? 0).plain) USD/kW, energy: \((number(s, "installed_cost_per_kwh") ?? 0).plain) USD/kWh}"
    let again = (number(s, "replace_cost_per_kw") ?? 0, number(s, "replace_cost_per_kwh") ?? 0)
    let when = number(s, "battery_replacement_year"), inverter = number(s, "inverter_replacement_year")
    if again.0 > 0 || again.1 > 0 {
      line +=
        ", replacement: {power: \(again.0.plain) USD/kW, energy: \(again.1.plain) USD/kWh}, life: \((when ?? inverter ?? 10).plain) y"
      if let when, let inverter, when != inverter {
        project.left.append(
          "ElectricStorage.inverter_replacement_year \(inverter.plain): replaced with the battery in year \(when.plain)"
        )
      }
    } else {
      line += ", life: \(years.plain) y"
    }
    let charge = number(s, "charge_efficiency") ?? 0.9487, discharge = number(s, "discharge_efficiency") ?? 0.9487
    line += ", efficiency: {charge: \(share(charge)), discharge: \(share(discharge))}"
    line +=
      ", depth: \(share(1 - (number(s, "soc_min_fraction") ?? 0.2))), initial: \(share(number(s, "soc_init_fraction") ?? 0.5))"
    return line + "}"
  }

  private mutating func heatComponents(
    _ carriers: inout [String], _ buses: inout [String], _ markets: inout [String]
  ) -> [String] {
    var lines: [String] = []
    guard has("SpaceHeatingLoad") || has("CHP") else { return [] }
    buses.append("  heat: {carrier: heat, spill: true}")
    if has("ExistingBoiler") {
      carriers.append("  boiler-fuel: {kind: fuel}")
      buses.append("  boiler-fuel: {carrier: boiler-fuel}")
      let growth = number("Financial", "existing_boiler_fuel_cost_escalation_rate_fraction") ?? 0
      if let price = number("ExistingBoiler", "fuel_cost_per_mmbtu") {
        markets.append(
          "  boiler-fuel: {bus: boiler-fuel, class: N, buy: {value: \(price / Self.mmbtu * (1 + growth)) USD/kWh, escalation: \((growth * 100).plain) %/y}}"
        )
        project.notes.append(
          "ExistingBoiler.fuel_cost_per_mmbtu \(price.plain) is \(price / Self.mmbtu) USD/kWh of fuel in the first year"
        )
      }
      lines.append(
        "  boiler: {kind: boiler, fuel: boiler-fuel, heat: heat, efficiency: \(share(number("ExistingBoiler", "efficiency") ?? 0.8)), capacity: {existing: 100000 kW}}"
      )
      _ = text("ExistingBoiler", "fuel_type")
      project.notes.append("the existing boiler has no size in the file: 100 MW stand, which is never short")
    }
    if has("CHP") {
      carriers.append("  chp-fuel: {kind: fuel}")
      buses.append("  chp-fuel: {carrier: chp-fuel}")
      if let price = number("CHP", "fuel_cost_per_mmbtu") {
        markets.append("  chp-fuel: {bus: chp-fuel, class: N, buy: \(price / Self.mmbtu) USD/kWh}")
      }
      let prime = text("CHP", "prime_mover") ?? ""
      let power = number("CHP", "electric_efficiency_full_load"), heat = number("CHP", "thermal_efficiency_full_load")
      if power == nil || heat == nil {
        project.questions.append(
          "CHP.prime_mover '\(prime)': its efficiencies and costs come from a table of REopt's service; write 'efficiency: {power: ..., heat: ...}' and 'capital' at components.chp"
        )
      }
      lines.append(
        "  chp: {kind: chp, fuel: chp-fuel, power: ac, heat: heat, capacity: \(capacity("CHP"))"
          + (power.map { ", efficiency: {power: \(share($0)), heat: \(share(heat ?? 0))}" } ?? "") + "}")
      project.left.append("CHP.prime_mover '\(prime)': defaults from a table online")
    }
    return lines
  }

  private mutating func market() -> String {
    let growth = number("Financial", "elec_cost_escalation_rate_fraction") ?? 0.019
    let t = "ElectricTariff"
    var parts = ["bus: ac", "class: N"]
    let percent = "\((growth * 100).plain) %/y"
    if let label = text(t, "urdb_label") {
      project.questions.append(
        "ElectricTariff.urdb_label '\(label)': the tariff is in the database; download its JSON and run 'tulou import TARIFF.json' for markets.grid"
      )
    }
    func grown(_ values: [Double]) -> String { values.map { "\($0 * (1 + growth))" }.joined(separator: ", ") }
    if let rates = list(t, "monthly_energy_rates"), rates.count == 12 {
      parts.append("buy: {monthly_price: {values: [\(grown(rates))], unit: USD/kWh}, escalation: \(percent)}")
    } else if let rate = number(t, "blended_annual_energy_rate") {
      parts.append("buy: {value: \(rate * (1 + growth)) USD/kWh, escalation: \(percent)}")
    } else if let rates = list(t, "tou_energy_rates_per_kwh"), rates.count > 12 {
      columns.append(("price", rates.map { $0 * (1 + growth) }))
      parts.append("buy: {file: series.csv, column: price, unit: USD/kWh, escalation: \(percent)}")
    }
    var charges: [String] = []
    if let rates = list(t, "monthly_demand_rates"), rates.count == 12 {
      for rate in Set(rates).sorted() where rate > 0 {
        let months = (1...12).filter { rates[$0 - 1] == rate }
        charges.append(
          "{rate: {value: \(rate * (1 + growth)) USD/kW/month, escalation: \(percent)}, months: \(months)}")
      }
    } else if let rate = number(t, "blended_annual_demand_rate"), rate > 0 {
      charges.append("{rate: {value: \(rate * (1 + growth)) USD/kW/month, escalation: \(percent)}}")
    }
    coincident(&charges, growth)
    if !charges.isEmpty { parts.append("demand_charge: [\(charges.joined(separator: ", "))]") }
    if let sale = number(t, "wholesale_rate"), sale > 0 {
      parts.append("sell: {value: \(sale * (1 + growth)) USD/kWh, escalation: \(percent)}")
    }
    if let limit = number("ElectricUtility", "net_metering_limit_kw") ?? number(t, "net_metering_limit_kw"), limit > 0 {
      used.formUnion(["ElectricUtility.net_metering_limit_kw", "ElectricTariff.net_metering_limit_kw"])
      parts.append("limit: {sell: \(limit.plain) kW}")
      project.notes.append(
        "net_metering_limit_kw \(limit.plain): REopt limits the plant that is net metered, here the sale")
    }
    if let outage = outage() { parts.append(outage) }
    return "  grid: {" + parts.joined(separator: ", ") + "}"
  }

  private mutating func coincident(_ charges: inout [String], _ growth: Double) {
    let t = "ElectricTariff"
    used.formUnion(["\(t).coincident_peak_load_active_time_steps", "\(t).coincident_peak_load_charge_per_kw"])
    guard let sets = root[t]?["coincident_peak_load_active_time_steps"]?.values,
      let rates = root[t]?["coincident_peak_load_charge_per_kw"]?.values
    else { return }
    for (set, rate) in zip(sets, rates) {
      let steps = (set.values ?? [set]).compactMap { $0.number.map { Int(saturating: $0) } }
      let hours = steps.map { "\"\(stamp($0 - 1).replacing("T", with: " "))\"" }
      charges.append(
        "{rate: {value: \((rate.number ?? 0) * (1 + growth)) USD/kW/y, escalation: \((growth * 100).plain) %/y}, at: [\(hours.joined(separator: ", "))]}"
      )
    }
  }

  /// `2017-08-01T12:00` of an hour of the year, from 0.
  private func stamp(_ wanted: Int) -> String {
    let hour = max(0, min(8784, wanted))
    let day = CivilDate(dayNumber: CivilDate(year: year, month: 1, day: 1).dayNumber + hour / 24)
    return "\(day)T" + (hour % 24 < 10 ? "0" : "") + "\(hour % 24):00"
  }

  private mutating func outage() -> String? {
    guard let first = number("ElectricUtility", "outage_start_time_step"),
      let last = number("ElectricUtility", "outage_end_time_step"), last >= first
    else { return nil }
    let from = Int(saturating: first) - 1, to = Int(saturating: last)
    project.notes.append(
      "outage of steps \(first.plain) to \(last.plain), both included and counted from 1: \(stamp(from)) to \(stamp(to))"
    )
    return "outages: {times: [\"\(stamp(from))/\(stamp(to))\"]}"
  }

  private mutating func writeSeries() {
    guard let count = columns.first?.values.count else { return }
    guard columns.allSatisfy({ $0.values.count == count }) else {
      project.questions.append(
        "the series of the file differ in length: "
          + columns.map { "\($0.name) \($0.values.count)" }.joined(separator: ", "))
      return
    }
    if count == 8760, CivilDate.isLeap(year) {
      project.questions.append("\(year) is a leap year, but the series have 8760 rows: give 'horizon' another year")
    }
    var text = columns.map(\.name).joined(separator: ",") + "\n"
    for t in 0..<count { text += columns.map { "\($0.values[t])" }.joined(separator: ",") + "\n" }
    project.files.append(("series.csv", text))
  }

  /// All that was not looked at, by name; fields of zero once.
  private mutating func tellRest() {
    var zeros: [String] = []
    for (section, value) in root.fields ?? [] {
      guard let fields = value.fields else { continue }
      for (key, field) in fields where !used.contains(section + "." + key) {
        if field.number == 0 || field.text == "" {
          zeros.append("\(section).\(key)")
        } else if case .bool(let flag) = field {
          // What REopt allows unless it is told otherwise is a limit where it is false.
          let isLimit = !flag && Self.trueByDefault.contains(key)
          if flag || isLimit {
            project.left.append("\(section).\(key): \(flag)")
          } else {
            zeros.append("\(section).\(key)")
          }
        } else {
          project.left.append(
            "\(section).\(key)" + (field.number.map { ": \($0.plain)" } ?? field.text.map { ": \($0)" } ?? ""))
        }
      }
    }
    if !zeros.isEmpty {
      project.notes.append("of zero or false, and not carried over: " + zeros.joined(separator: ", "))
    }
  }

  /// Flags that are true in REopt where a file does not name them.
  private static let trueByDefault: Set<String> = [
    "can_grid_charge", "can_net_meter", "can_wholesale", "can_curtail", "can_export_beyond_nem_limit",
  ]
}
