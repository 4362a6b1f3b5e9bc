import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouResources
import TulouTechnologies

/// `split`, `appliances` and `buildings` of a demand.
@Suite("Demands that are taken apart or put together") struct SplitDemandTests {
  private func text(_ demand: String, horizon: String = "{start: 2027-01-01, length: 1 y, step: 1 h}") -> String {
    """
    tulou: 1
    site: {latitude: 26 deg, longitude: 100 deg, altitude: 1980 m, time_zone: Asia/Shanghai}
    horizon: \(horizon)
    economy: {currency: CNY, real_discount_rate: 5 %}
    buses:
      ac: {carrier: electricity}
      warm: {carrier: heat, supply: 45 degC, return: 35 degC}
      hot: {carrier: heat, supply: 60 degC, return: 20 degC}
      cool: {carrier: cold, supply: 7 degC, return: 12 degC}
    resources:
      air: {monthly_temperature: {values: [2, 5, 10, 16, 21, 25, 28, 27, 22, 16, 10, 4], unit: degC}}
    demands:
      town: {bus: ac, \(demand)}
    markets:
      grid: {bus: ac, class: N, buy: 0.6 CNY/kWh}
      stove: {bus: warm, class: N, buy: 0.5 CNY/kWh}
      tank: {bus: hot, class: N, buy: 0.5 CNY/kWh}
      ice: {bus: cool, class: N, buy: 0.5 CNY/kWh}
    """
  }

  private func demands(_ demand: String, horizon: String? = nil) throws -> [String: Demand] {
    let text = horizon.map { self.text(demand, horizon: $0) } ?? self.text(demand)
    let project = try ProjectReader.read(text: text, path: "split.yaml")
    return Dictionary(uniqueKeysWithValues: project.demands.map { ($0.id, $0) })
  }

  private func errors(_ demand: String) -> String {
    ProjectReader.check(text: text(demand), path: "split.yaml").filter { $0.severity == .error }
      .map { "\($0.path): \($0.message)" }.joined(separator: "\n")
  }

  private static let meter = "annual: 10 GWh, profile: {archetype: dwelling, temperature_slope: -4 %/K}"
  private static let split =
    "split: {space_heat: {bus: warm, cop: 2.5}, hot_water: {bus: hot, share: 25 %, needs: 55 degC}, cooling: {bus: cool}}"

  @Test("R40: one meter becomes four demands that add up to it in every hour")
  func four() throws {
    let whole = try demands(Self.meter)["town"]?.power ?? []
    let parts = try demands("\(Self.meter), \(Self.split)")
    #expect(parts.keys.sorted() == ["town", "town-cooling", "town-hot-water", "town-space-heat"])
    let electric = try #require(parts["town"]?.power), heat = try #require(parts["town-space-heat"]?.power)
    let water = try #require(parts["town-hot-water"]?.power), cold = try #require(parts["town-cooling"]?.power)
    for t in whole.indices {
      let sum: Double = electric[t] + heat[t] / 2.5 + water[t] / 0.98 + cold[t] / 3
      #expect(abs(sum - whole[t]) < 1e-9 * 1e4)
    }
    #expect(heat.reduce(0, +) > 1e5 && water.reduce(0, +) > 1e5 && electric.allSatisfy { $0 >= 0 })
    #expect(parts["town-hot-water"]?.bus == "hot" && parts["town-hot-water"]?.neededTemperature == 55)
    let project = try ProjectReader.read(text: text("\(Self.meter), \(Self.split)"), path: "split.yaml")
    let listed = project.assumptions.filter { $0.kind == .split }
    #expect(listed.map(\.path).sorted() == ["cooling", "hot_water", "space_heat"].map { "demands.town.split.\($0)" })
    #expect(listed.contains { $0.source.contains("change-point fit") && $0.source.contains("R2") })
    #expect(project.assumptions.contains { $0.path == "demands.town.split.cooling.cop" && $0.kind == .approximate })
  }

  @Test("what is known is subtracted to the digit; growth raises all parts alike")
  func known() throws {
    let known =
      "power: 100 kW, growth: 5 %/y, split: {hot_water: {bus: hot, power: 50 kW, efficiency: 98 %, by_others: 1 kW}}"
    let parts = try demands(known, horizon: "{start: 2027-12-31, length: 48 h, step: 1 h}")
    let first = parts["town"]?.power ?? [], water = parts["town-hot-water"]?.power ?? []
    #expect(abs(first[0] - 50) < 1e-9 && water[0] == 50)
    #expect(abs(first[30] - 52.5) < 1e-9 && abs(water[30] - 52.5) < 1e-9)
  }

  @Test("what cannot be is told at its key")
  func told() {
    #expect(
      errors("power: 1 kW, split: {air: air}").contains("takes out of")
        || errors("power: 1 kW, split: {air: air}").contains("what is taken out"))
    #expect(errors("power: 1 kW, split: {hot_water: {bus: hot}}").hasPrefix("demands.town.split.hot_water:"))
    #expect(errors("power: 1 kW, split: {hot_water: {bus: ac, share: 10 %}}").contains("needs a bus of heat"))
    #expect(
      errors("power: 1 kW, split: {hot_water: {bus: hot, power: 3 kW}}").contains("kW of the 1 kW metered in step 1"))
    #expect(errors("power: 1 kW, split: {space_heat: {bus: warm, cop: 3, efficiency: 90 %}}").contains("say the same"))
    #expect(
      errors("kind: deferrable, power: 1 kW, window: day, split: {space_heat: {bus: warm}}").contains("Only a fixed"))
    let flat = ProjectReader.check(
      text: text("power: 1 kW, split: {space_heat: {bus: warm}}"), path: "split.yaml")
    #expect(flat.contains { $0.severity == .warning && $0.message.contains("shows no space_heat") })
  }

  @Test("appliances: count times power times share within their hours, from the list or from a file")
  func appliances() throws {
    let list =
      "appliances: [{name: lamps, count: 200, power: 9 W, share: 50 %, hours: [\"18:00-23:00\"]}, {name: pump, power: 3 kW, hours: [\"06:00-08:00\", \"22:00-02:00\"], days: workdays, months: [6, 7]}, {name: router, count: 10, power: 8 W}]"
    let power = try demands(list)["town"]?.power ?? []
    let calendar = WorkCalendar()
    for t in 0..<8760 {
      let moment = Horizon.year(2027).moment(t)
      let hour = Int(moment.hour)
      var wanted = 0.08
      if (18..<23).contains(hour) { wanted += 0.9 }
      let pumping = (6..<8).contains(hour) || hour >= 22 || hour < 2
      if pumping && calendar.isWorkday(moment.date) && [6, 7].contains(moment.date.month) { wanted += 3 }
      #expect(abs(power[t] - wanted) < 1e-12)
    }
    let folder = try ScratchFolder.make()
    let csv =
      "name,count,power [W],share,hours,days,months\nlamps,200,9,50 %,18:00-23:00,,\n# a remark\npump,,3000,,06:00-08:00;22:00-02:00,workdays,6;7\nrouter,10,8,,,,\n"
    try Data(csv.utf8).write(to: folder.appendingPathComponent("appliances.csv"))
    let path = folder.appendingPathComponent("p.yaml")
    try Data(text("appliances: {file: appliances.csv}").utf8).write(to: path)
    let project = try ProjectReader.read(path: path.path)
    #expect(project.demands[0].power == power)
    try Data(csv.replacingOccurrences(of: "power [W]", with: "powr [W]").utf8)
      .write(to: folder.appendingPathComponent("appliances.csv"))
    let found = ProjectReader.check(path: path.path).filter { $0.severity == .error }
    #expect(found.contains { $0.path.hasPrefix("demands.town.appliances.row 2") && $0.message.contains("powr") })
  }

  @Test("R34, R35: buildings by floor and benchmark, checked against their connected load")
  func buildings() throws {
    // The four kinds of table 1: 180, 16, 70 and 6 GWh.
    let stock =
      "buildings: [{use: office, floor_area: 1.2e6 m2}, {use: residential, floor_area: 0.4e6 m2}, {use: commerce, land: 40000 m2, floor_area_ratio: 5}, {use: public, floor_area: 0.06e6 m2, benchmark: 100 kWh/m2/y, profile: constant}, {use: village, persons: 0}]"
    let power = try demands(stock)["town"]?.power ?? []
    #expect(abs(power.reduce(0, +) - 272e6) < 1)
    let project = try ProjectReader.read(text: text(stock), path: "b.yaml")
    let listed = project.assumptions.filter { $0.path.hasSuffix(".benchmark") }
    #expect(listed.count == 4 && listed.contains { $0.source.contains("Zhang et al. 2016, table 1") })
    let tight = ProjectReader.check(
      text: text("buildings: [{use: office, floor_area: 1000 m2, load_density: 20 W/m2, diversity: 50 %}]"),
      path: "b.yaml")
    #expect(
      tight.contains { $0.severity == .warning && $0.message.contains("connected load with its diversity is 10 kW") })
    #expect(errors("buildings: [{use: offce, floor_area: 1 m2}]").contains("no benchmark for 'offce'"))
    #expect(errors("buildings: [{use: office, persons: 4}]").contains("has one per person"))
    #expect(errors("buildings: [{use: office}]").contains("either 'floor_area'"))
    #expect(errors("buildings: [{use: office, floor_area: 1 m2}], power: 2 kW").contains("takes either"))
  }

  @Test("rain and snow are facts of a resource, in no model")
  func rain() throws {
    let rain =
      "air: {monthly_rain: {values: [20.4, 28.1, 41.6, 24.8, 61.9, 164.5, 185.6, 209.1, 167.6, 96.2, 40.7, 10.8], unit: mm}, monthly_snow_days: {values: [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], unit: \"1\"}, monthly_temperature"
    let plain = try ProjectReader.read(text: text(Self.meter), path: "r.yaml")
    let told = try ProjectReader.read(
      text: text(Self.meter).replacing("air: {monthly_temperature", with: rain), path: "r.yaml")
    let facts = try #require(told.resources.first?.facts)
    #expect(abs((facts.yearlyRain ?? 0) - 1051.3) < 1e-9 && facts.yearlySnowDays == 4)
    #expect(told.demands == plain.demands && told.resources.first?.series.count == plain.resources.first?.series.count)
  }

  @Test("R42: a strategy by sessions is the load of its points; both or neither are refused")
  func sessions() throws {
    let points =
      "charging: [{points: 60, power: 60 kW, hours: \"11:00-14:00\"}, {points: 100, power: 7 kW, hours: \"23:00-07:00\"}]"
    let sessions =
      "charging: [{sessions: 180, duration: 1 h, power: 60 kW, hours: \"11:00-14:00\"}, {sessions: 100, duration: 8 h, power: 7 kW, hours: \"23:00-07:00\"}]"
    let day = "{start: 2027-01-04, length: 24 h, step: 1 h}"
    let power = try demands(points, horizon: day)["town"]?.power
    #expect(power?.max() == 3600)
    #expect(try demands(sessions, horizon: day)["town"]?.power == power)
    #expect(
      errors("charging: [{sessions: 4, power: 7 kW, hours: \"11:00-14:00\"}]").contains("'sessions' with 'duration'"))
    #expect(
      errors("charging: [{sessions: 4, duration: 1 h, points: 2, power: 7 kW, hours: \"11:00-14:00\"}]").contains(
        "'points' or"))
  }

  @Test("R41: three weighted days are a year: PV 1,450 h, solar heat 1,950 h, troughs 1,627.5 h")
  func days() throws {
    let periods =
      "periods: [{start: 2027-01-15, length: 24 h, step: 1 h, weight: 145}, {start: 2027-10-15, length: 24 h, step: 1 h, weight: 85}, {start: 2027-07-15, length: 24 h, step: 1 h, weight: 135}]"
    func hours(_ daily: [Double]) throws -> Double {
      var values: [Double] = []
      for length in daily {
        for hour in 0..<24 { values.append(hour < 8 ? 0 : max(0, min(1, length - Double(hour - 8)))) }
      }
      let text =
        self.text("power: 1 kW", horizon: "X").replacing("horizon: X", with: periods)
        + "\ncomponents:\n  plant: {kind: source, bus: ac, class: S.sun, availability: {values: \(values)}, capacity: {fixed: 1 kW}}\n"
      let project = try ProjectReader.read(
        text: text.replacing(
          "monthly_temperature: {values: [2, 5, 10, 16, 21, 25, 28, 27, 22, 16, 10, 4], unit: degC}",
          with: "temperature: 15 degC"), path: "w.yaml")
      guard case .source(let block) = try #require(project.components.first).block,
        case .share(let share) = block.supply
      else { return 0 }
      let weights = project.horizon.weights
      #expect(weights.reduce(0, +) == 8760)
      return share.indices.reduce(0) { $0 + share[$1] * weights[$1] }
    }
    #expect(abs(try hours([3, 4, 5]) - 1450) < 1e-9)
    #expect(abs(try hours([4, 5, 7]) - 1950) < 1e-9)
    #expect(abs(try hours([3, 4.5, 6]) - 1627.5) < 1e-9)
  }
}
