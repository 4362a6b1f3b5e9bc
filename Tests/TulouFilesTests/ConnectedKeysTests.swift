import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouFinance
import TulouProject
import TulouQuantities
import TulouResources
import TulouTechnologies

/// Keys of resources and sources give what the models of the library give.
@Suite("Keys of resources and sources") struct ConnectedKeysTests {
  static let head = """
    tulou: 1
    name: keys
    site: {latitude: 30 deg, longitude: 120 deg, altitude: 100 m, time_zone: Asia/Shanghai}
    horizon: {start: 2027-01-01, length: 1 y, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers:
      lng: {kind: fuel, heating_value: 13.9 kWh/kg, emission: 0.2 kg/kWh}
      biogas: {kind: fuel, heating_value: 6 kWh/m3, emission: 0 kg/kWh}
    buses: {ac: {carrier: electricity}, hot: {carrier: heat, supply: 60 degC, return: 40 degC}, freeze: {carrier: cold, supply: -30 degC, return: -20 degC}, liquid: {carrier: lng}, gas: {carrier: lng}, bio: {carrier: biogas}}
    markets:
      grid: {bus: ac, class: N, buy: 0.1 USD/kWh, limit: {buy: 1 MW}}
      tanker: {bus: liquid, class: N, buy: 0.03 USD/kWh}
    demands:
      load: {bus: ac, power: 10 kW}
      heat: {bus: hot, power: 0 kW}
      cold: {bus: freeze, power: 0 kW}
      send: {bus: gas, power: 0 kW}
      burn: {bus: bio, power: 0 kW}
    resources:
      sun: {monthly_ghi: {values: [2, 3, 4, 4, 5, 5, 6, 5, 4, 3, 2, 2], unit: kWh/m2/d}, seed: 3}
      air: {monthly_temperature: {values: [4, 6, 10, 15, 20, 24, 28, 28, 24, 18, 12, 6], unit: degC}}
      mast: {mean_speed: 3 m/s, atlas: {speed: 6.5 m/s, height: 100 m}}
      upper: {flow: 4 m3/s, ecological: 0.5 m3/s}
      lower: {upstream: upper, flow: 1 m3/s, ecological: 0.5 m3/s}
      race: {tidal: {mean: 0.1 m/s, M2: {amplitude: 2 m/s, phase: 30 deg}, S2: {amplitude: 0.6 m/s}}}
      dung: {cattle: 100, straw: 365 t/y, collected: 50 %}

    """

  /// The source blocks' series of a project with these components, by id.
  func series(_ components: String) throws -> [String: [Double]] {
    let text = Self.head + "components:\n" + components.split(separator: "\n").map { "  \($0)\n" }.joined()
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    var found: [String: [Double]] = [:]
    for component in project.components {
      guard case .source(let block) = component.block else { continue }
      switch block.supply {
      case .share(let values), .natural(let values): found[component.id] = values
      case .stock, .reservoir: break
      }
    }
    return found
  }

  func errors(_ component: String) -> String {
    let text = Self.head + "components:\n  one: \(component)\n"
    return ProjectReader.check(text: text, path: "keys.yaml").filter { $0.severity == .error }
      .map { "\($0.path): \($0.message)" }.joined(separator: "\n")
  }

  func sum(_ values: [Double]?) -> Double { (values ?? []).reduce(0, +) }

  @Test("planes: trackers, skyline, soiling, sky, albedo")
  func planes() throws {
    let same = "bus: ac, resource: sun, derating: 100 %, capacity: {max: 1 kW}}"
    let found = try series(
      """
      flat: {kind: pv, \(same)
      dirty: {kind: pv, soiling: 10 %, \(same)
      fixed: {kind: pv, tilt: 25 deg, \(same)
      hills: {kind: pv, tilt: 25 deg, skyline: {values: [0, 5, 20, 20, 0, 20, 20, 5], unit: deg}, \(same)
      snow: {kind: pv, tilt: 25 deg, albedo: 60 %, \(same)
      axis: {kind: pv, tracking: one-axis, \(same)
      both: {kind: pv, tracking: two-axis, \(same)
      """)
    #expect(abs(sum(found["dirty"]) / sum(found["flat"]) - 0.9) < 1e-12)
    #expect(sum(found["hills"]) < sum(found["fixed"]) && sum(found["fixed"]) < sum(found["snow"]))
    #expect(sum(found["fixed"]) < sum(found["axis"]) && sum(found["axis"]) < sum(found["both"]))
  }

  @Test("the chain of PVWatts is the library's, step by step; a module's diode comes close to it")
  func chain() throws {
    let found = try series(
      """
      watts: {kind: pv, model: pvwatts, bus: ac, resource: sun, tilt: 25 deg, reflection: physical, capacity: {max: 1 kW}}
      diode: {kind: pv, model: single-diode, bus: ac, resource: sun, tilt: 25 deg, reflection: physical, capacity: {max: 1 kW}, module: {alpha_sc: 0.002557, a_ref: 1.059565, i_l_ref: 8.591791, i_o_ref: 5.252742e-10, r_sh_ref: 165.227921, r_s: 0.227059, adjust: 4.99287, rating: 160 W, source: CEC library}}
      """)
    let text = Self.head + "components: {}\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    let site = try #require(project.site)
    let global = try #require(project.resources.first { $0.id == "sun" }?.values(.irradiance))
    let air = try #require(project.resources.first { $0.id == "air" }?.values(.temperature))
    let wind = try #require(project.resources.first { $0.id == "mast" }?.values(.speed))
    let path = try SunPath(site: site, horizon: project.horizon)
    let system = PhotovoltaicSystem(mounting: .fixed(tilt: 25, azimuth: 180), incidence: .physical())
    let power = try system.series(
      .init(global: global, path: path), path: path, airTemperature: air, windSpeed: wind
    ).power
    #expect(found["watts"] == power)
    #expect(abs(sum(found["diode"]) / sum(power) - 1) < 0.1)
    #expect(errors("{kind: pv, model: pvwatts, bus: ac, resource: sun, capacity: {max: 1 kW}}").contains("'tilt'"))
    #expect(
      errors("{kind: pv, model: single-diode, tilt: 9 deg, bus: ac, resource: sun, capacity: {max: 1 kW}}")
        .contains("'module'"))
  }

  @Test("R48: stations never take more than the river gives after the ecological flow; the next gets the tail water")
  func rivers() throws {
    let found = try series(
      """
      plain: {kind: hydro, bus: ac, resource: upper, head: 10 m, efficiency: 80 %}
      curve: {kind: hydro, bus: ac, resource: upper, head: 10 m, turbine: kaplan, design_flow: 5 m3/s, penstock_loss: 0 %, generator_efficiency: 100 %}
      below: {kind: hydro, bus: ac, resource: lower, head: 10 m, efficiency: 80 %}
      flood: {kind: hydro, bus: ac, resource: lower, head: 10 m, turbine: cross-flow, design_flow: 2 m3/s, flood_flow: 4.5 m3/s}
      """)
    let most: Double = 9.81 * 10 * 3.5
    #expect(abs((found["plain"]?[0] ?? 0) - most * 0.8) < 1e-9)
    let curve = found["curve"]?[0] ?? 0
    #expect(curve > 0.7 * most && curve < most)
    let below: Double = 9.81 * 10 * 4.5 * 0.8
    #expect(abs((found["below"]?[0] ?? 0) - below) < 1e-9)
    #expect(found["flood"]?[0] == 0)
    #expect(errors("{kind: hydro, bus: ac, resource: upper, head: 10 m, turbine: pelton}").contains("'design_flow'"))
    #expect(errors("{kind: hydro, bus: ac, resource: upper, head: 10 m}").contains("'efficiency'"))
  }

  @Test("tides, troughs and winds at a mean of an atlas")
  func others() throws {
    let found = try series(
      """
      tide: {kind: tidal-turbine, bus: ac, resource: race, rated_speed: 2 m/s, cut_in: 0.8 m/s, capacity: {max: 1 kW}}
      trough: {kind: parabolic-trough, bus: hot, resource: sun, capacity: {max: 10 m2}}
      block: {kind: parabolic-trough, bus: ac, resource: sun, capacity: {max: 10 m2}}
      wind: {kind: wind-turbine, bus: ac, resource: mast, hub_height: 100 m, capacity: {max: 1 kW}, power_curve: {speeds: {values: [0, 50], unit: m/s}, outputs: {values: [0, 1], unit: "1"}}}
      """)
    let tide = try #require(found["tide"])
    #expect(tide.contains(1) && tide.contains(0) && tide.allSatisfy { (0...1).contains($0) })
    #expect(sum(found["block"]) > 0 && sum(found["block"]) < 0.26 * sum(found["trough"]))
    // A straight curve makes the mean output the mean speed: 6.5 m/s of 50, at the density of 200 m.
    let mean: Double = sum(found["wind"]) / 8760 * 50
    let ratio = try AirDensity.altitudeRatio(metres: 200)
    #expect(abs(mean / (6.5 * ratio) - 1) < 1e-9)
  }

  @Test("R49: gas is what animals and residues give, and handbook yields are listed as approximate")
  func gas() throws {
    let text = Self.head + "components:\n  digester: {kind: source, bus: bio, class: B, resource: dung}\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    guard case .source(let block) = try #require(project.components.first { $0.id == "digester" }).block,
      case .natural(let power) = block.supply
    else {
      Issue.record("no natural supply")
      return
    }
    // 100 head x 1.0 m3/d and 1 t/d of straw at 200 m3/t, half collected, 6 kWh/m3.
    let kilowatts: Double = (100 + 200) * 0.5 * 6 / 24
    #expect(abs(power[0] - kilowatts) < 1e-9)
    let approximate = project.assumptions.filter { $0.kind == .approximate }.map(\.path)
    #expect(approximate.contains("resources.dung.yield") && approximate.contains("resources.dung.straw"))
  }

  @Test("R55: LNG gives no more exergy than it has; a store warmer than the sea names the component")
  func liquid() throws {
    let text =
      Self.head
      + "components:\n  plant: {kind: lng-cold, liquid: liquid, gas: gas, cold: freeze, power: ac, cold_share: 40 %, capacity: {max: 1 MW}}\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    guard case .converter(let block) = try #require(project.components.first { $0.id == "plant" }).block else {
      Issue.record("no converter")
      return
    }
    let flows = Dictionary(uniqueKeysWithValues: block.ports.map { ($0.name, $0.coefficient[0]) })
    #expect(flows[.liquid] == -1 && flows[.gas] == 1)
    let cold = flows[.cold] ?? 0, power = flows[.power] ?? 0
    #expect(cold > 0 && power > 0 && abs(block.ambientHeat[0] - cold - power) < 1e-12)
    // Exergy per kWh of gas: cold at -30 degC against 15 degC, and power, below 0.31 kWh/kg over 13.9 kWh/kg.
    let exergy: Double = cold * (288.15 / 243.15 - 1) + power
    #expect(exergy < 0.31 / 13.9)
    let warm = text.replacing("supply: -30 degC, return: -20 degC", with: "supply: 18 degC, return: 22 degC")
    let found = ProjectReader.check(text: warm, path: "keys.yaml").filter { $0.severity == .error }
    #expect(found.contains { $0.path.hasPrefix("components.plant") && $0.message.contains("cannot be cooled") })
  }

  @Test("growth raises stages by their year")
  func growth() throws {
    let text =
      Self.head.replacing("load: {bus: ac, power: 10 kW}", with: "load: {bus: ac, power: 10 kW, growth: 3 %/y}")
      + "components:\n  pv: {kind: pv, bus: ac, resource: sun, capacity: {max: 1 kW}}\nstages: {now: {year: 2027}, later: {year: 2029}}\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    let powers = project.stages.map { stage in stage.project.demands.first { $0.id == "load" }?.power[0] ?? 0 }
    #expect(powers[0] == 10 && abs(powers[1] - 10.609) < 1e-9)
  }

  @Test("an upstream that is not there is told with those that are")
  func upstream() {
    let text = Self.head.replacing("upstream: upper", with: "upstream: uper") + "components: {}\n"
    let found = ProjectReader.check(text: text, path: "keys.yaml").filter { $0.severity == .error }
    #expect(found.contains { $0.path == "resources.lower.upstream" && $0.advice.contains("upper") })
  }

  @Test("R55: a heat pump by a table, a share of Carnot's or a number obeys the second law, or its key is named")
  func pumps() throws {
    func cop(_ value: String, kind: String = "heat-pump", port: String = "heat: hot") throws -> [Double] {
      let text =
        Self.head
        + "components:\n  pump: {kind: \(kind), power: ac, \(port), source: air, cop: \(value), capacity: {max: 10 kW}}\n"
      let project = try ProjectReader.read(text: text, path: "keys.yaml")
      guard case .converter(let block) = try #require(project.components.first { $0.id == "pump" }).block else {
        return []
      }
      let useful = try #require(block.ports.first { $0.name == .heat || $0.name == .cold })
      let electric = try #require(block.ports.first { $0.name == .power })
      return (0..<8760).map { useful[$0] / -electric[$0] }
    }
    let project = try ProjectReader.read(text: Self.head + "components: {}\n", path: "keys.yaml")
    let air = try #require(project.resources.first { $0.id == "air" }?.values(.temperature))
    let table = "{temperatures: {values: [-10, 5, 20], unit: degC}, values: [2.0, 3.0, 4.2]}"
    for (t, value) in try cop(table).enumerated() {
      let wanted: Double =
        air[t] <= -10 ? 2 : air[t] >= 20 ? 4.2 : air[t] < 5 ? 2 + (air[t] + 10) / 15 : 3 + 1.2 * (air[t] - 5) / 15
      #expect(abs(value - wanted) < 1e-12 && value <= 333.15 / max(5, 60 - air[t]))
    }
    for (t, value) in try cop("{carnot_share: 45 %}").enumerated() {
      #expect(abs(value - 0.45 * 333.15 / max(5, 60 - air[t])) < 1e-9)
    }
    func errors(_ value: String) -> String {
      self.errors("{kind: heat-pump, power: ac, heat: hot, source: air, cop: \(value), capacity: {max: 10 kW}}")
    }
    #expect(errors("12").contains("components.one.cop: A coefficient of performance of 12 is above Carnot's"))
    #expect(
      errors("{temperatures: {values: [-10, 20], unit: degC}, values: [2, 14]}").contains("is above Carnot's"))
    #expect(errors("{temperatures: {values: [20, 5], unit: degC}, values: [2, 3]}").contains("which ascend"))
    #expect(errors("{temperatures: {values: [5], unit: degC}}").contains("has 'temperatures' and 'values'"))
  }

  @Test("a flow-duration curve gives its values in the order of another river's hours")
  func duration() throws {
    let text =
      Self.head.replacing(
        "upper: {flow: 4 m3/s, ecological: 0.5 m3/s}",
        with:
          "upper: {monthly_flow: {values: [1, 1, 2, 3, 5, 8, 9, 8, 6, 4, 2, 1], unit: m3/s}, ecological: 0.5 m3/s, flow_duration: {shares: {values: [0, 10, 50, 100], unit: \"%\"}, flow: {values: [12, 6, 2, 0.4], unit: m3/s}}}"
      ) + "components:\n  one: {kind: hydro, bus: ac, resource: upper, head: 10 m, efficiency: 80 %}\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    let flow = try #require(project.resources.first { $0.id == "upper" }?.values(.flow))
    let sorted = flow.sorted(by: >)
    #expect(abs(sorted[876] - 6) < 0.01 && abs(sorted[4380] - 2) < 0.01 && sorted[0] < 12 && sorted[8759] > 0.4)
    let wet = flow[4500..<4800].reduce(0, +), dry = flow[0..<300].reduce(0, +)
    #expect(wet > 2 * dry)
    let alone = text.replacing("monthly_flow: {values: [1, 1, 2, 3, 5, 8, 9, 8, 6, 4, 2, 1], unit: m3/s}, ", with: "")
    let found = ProjectReader.check(text: alone, path: "keys.yaml").filter { $0.severity == .error }
    #expect(
      found.contains { $0.path == "resources.upper.flow_duration" && $0.message.contains("when the water comes") })
  }

  @Test("density from a weather file is that of its pressure and temperature, carried to the hub")
  func density() throws {
    func farm(_ resource: String, _ density: String) -> String {
      "{kind: wind-turbine, bus: ac, resource: \(resource), turbine: onshore-1500kw, \(density), capacity: {max: 1 kW}}"
    }
    #expect(errors(farm("mast", "density_from: weather")).contains("The resource 'mast' has no pressure."))
    guard let shared = SharedFolder.path else { return }
    let file = shared + "/data/weather/CHN_Zhejiang.Dinghai.584770_CSWD.epw"
    let weather = try EnergyPlusWeather.read([UInt8](Data(contentsOf: URL(fileURLWithPath: file))), name: "dinghai")
    let station = Int(weather.site.altitudeMetres)
    let text =
      Self.head.replacing("altitude: 100 m", with: "altitude: \(station) m")
      .replacing("mast: {", with: "town: {weather: {file: \(file)}}\n  mast: {")
      + "components:\n  one: \(farm("town", "density_from: weather"))\n  two: \(farm("town", "density: none"))\n"
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    var shares: [[Double]] = []
    for component in project.components {
      if case .source(let block) = component.block, case .share(let values) = block.supply { shares.append(values) }
    }
    let pressure = try weather.complete(.pressure), air = try weather.complete(.airTemperature)
    var seen = 0
    for t in 0..<8760 where shares[1][t] > 0.01 && shares[1][t] < 0.9 {
      let hub: Double = air[t] - 0.0065 * 68
      let lift = 70 + Double(station) - weather.site.altitudeMetres
      let density: Double = (pressure[t] - lift / 8 * 100) / (287.058 * (hub + 273.15))
      #expect(abs(shares[0][t] / shares[1][t] - density / 1.225) < 1e-9)
      seen += 1
    }
    #expect(seen > 1000)
  }

  @Test(
    "wind of a town's mast carried far up is told, and what an atlas says silences it",
    .enabled(if: SharedFolder.isPresent))
  func townMast() throws {
    let file = try #require(SharedFolder.path) + "/data/weather/CHN_Zhejiang.Dinghai.584770_CSWD.epw"
    func warnings(_ more: String) -> [String] {
      let text =
        Self.head.replacing("mast: {", with: "town: {weather: {file: \(file)}\(more)}\n  mast: {")
        + "components:\n  one: {kind: wind-turbine, bus: ac, resource: town, turbine: onshore-1500kw, capacity: {max: 1 kW}}\n"
      return ProjectReader.check(text: text, path: "keys.yaml").filter { $0.severity == .warning }.map(\.message)
    }
    #expect(warnings("").contains { $0.contains("a weather station's mast, often in town, is not a wind farm") })
    #expect(!warnings(", atlas: {speed: 6.5 m/s, height: 100 m}").contains { $0.contains("is not a wind farm") })
  }
}
