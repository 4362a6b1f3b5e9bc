import TulouQuantities

extension SiteAnswers {
  /// The project that the template grows from the answers: three days of each season, 30 times each.
  package var projectFile: String {
    var lines = head
    lines += resources
    lines += members
    lines += demands
    lines += components
    lines += markets
    lines += land
    lines += streams
    return lines.joined(separator: "\n") + "\n"
  }

  /// Kinds of enterprises whose demand may wait within the day, and those that guests come to.
  private static let waiting: Set<String> = ["desalination"], visited: Set<String> = ["hotel"]

  /// Who owns what no answer gives to somebody.
  private var common: String { owner.map { "member: \($0), " } ?? "" }
  /// Who owns plant for heat: the only community that wants it, else the owner of the rest.
  private var ofHeat: String {
    let wanting = communities.filter(\.hotWater)
    return wanting.count == 1 ? "member: \(wanting[0].id), " : common
  }
  /// Who has what belongs to the terminal.
  private var ofGas: String { gas?.member.map { "member: \($0), " } ?? "" }

  private func n(_ value: Double) -> String { Answers.plain(value) }
  private func list(_ values: [Double]) -> String { "[" + values.map(n).joined(separator: ", ") + "]" }
  private var hasHeat: Bool { communities.contains(where: \.hotWater) }
  private func price(_ value: Double) -> String { "\(n(value)) \(money.currency)/kWh" }

  private var head: [String] {
    var lines = [
      "# \(name.filter { !$0.isNewline }): grown from answers by 'tulou init --answers'. Every number can be changed here.",
      "tulou: 1", "name: \(Answers.quoted(name))",
      "site: {latitude: \(n(place.latitude)) deg, longitude: \(n(place.longitude)) deg, altitude: \(n(place.altitude)) m, time_zone: \(place.zone)\(place.area.map { ", area: \(n($0)) m2" } ?? "")}",
      "# Three days of each season stand for a quarter of the year; 'horizon: {start: 2027-01-01, length: 1 y}' in their place plans every hour.",
      "periods:",
    ]
    for (name, start) in [
      ("winter", "2027-01-11"), ("spring", "2027-04-12"), ("summer", "2027-07-12"), ("autumn", "2027-10-11"),
    ] {
      lines.append("  - {name: \(name), start: \(start), length: 72 h, weight: 30.416666666666668}")
    }
    var exchange: [String] = []
    if money.currency != "EUR" { exchange.append("EUR: \(n(money.perEuro)) \(money.currency)/EUR") }
    if money.currency != "USD" { exchange.append("USD: \(n(money.perDollar)) \(money.currency)/USD") }
    lines += [
      "economy: {currency: \(money.currency), exchange: {\(exchange.joined(separator: ", "))}, nominal_discount_rate: 7 %, inflation: 2 %, lifetime: 25 y}"
    ]
    var carriers: [String] = []
    if cattle > 0 {
      carriers.append(
        "  biogas: {kind: fuel, heating_value: 6.0 kWh/m3, emission: 0 kg/kWh, biogenic_emission: 0.20 kg/kWh}")
    }
    if gas != nil {
      carriers.append("  lng: {kind: fuel, heating_value: 13.9 kWh/kg, exergy_factor: 1.04, emission: 0.20 kg/kWh}")
    }
    if !carriers.isEmpty { lines += ["carriers:"] + carriers }
    lines += ["buses:", "  ac: {carrier: electricity, place: common ring}"]
    if hasHeat {
      lines.append("  hot: {carrier: heat, supply: 65 degC, return: 40 degC, place: heat main}")
    }
    if cattle > 0 { lines.append("  gasline: {carrier: biogas}") }
    if gas != nil {
      lines += [
        "  liquid: {carrier: lng, place: terminal}", "  sendout: {carrier: lng, place: send-out}",
        "  freeze: {carrier: cold, supply: -30 degC, return: -20 degC, place: cold stores}",
      ]
    }
    return lines
  }

  private var resources: [String] {
    var lines: [String] = []
    let from = Answers.quoted(source)
    if !sun.isEmpty {
      lines.append("  sun: {monthly_ghi: {values: \(list(sun)), unit: kWh/m2/d}, seed: 1, source: \(from)}")
    }
    if !air.isEmpty {
      lines.append("  air: {monthly_temperature: {values: \(list(air)), unit: degC}, seed: 1, source: \(from)}")
    }
    for river in rivers {
      let mean = river.flow.reduce(0, +) / 12
      lines.append(
        "  \(river.id)-flow: {monthly_flow: {values: \(list(river.flow)), unit: m3/s}, ecological: \(n((mean * 100).rounded() / 1000)) m3/s, seed: 1, source: \(from)}"
      )
    }
    if let wind {
      lines.append(
        "  wind: {mean_speed: \(n(wind.speed)) m/s, roughness: \(wind.isAtSea ? "0.0005" : "0.1") m, atlas: {speed: \(n(wind.speed)) m/s, height: 100 m}, seed: 1, source: \(from)}"
      )
    }
    if let tide {
      lines.append(
        "  race: {tidal: {M2: {amplitude: \(n(tide.speed)) m/s, phase: 40 deg}, S2: {amplitude: \(n((tide.speed * 40).rounded() / 100)) m/s, phase: 75 deg}}, source: \(from)}"
      )
    }
    if cattle > 0 { lines.append("  manure: {cattle: \(n(cattle)), collected: 80 %}") }
    return lines.isEmpty ? [] : ["resources:"] + lines
  }

  private var members: [String] {
    ["# Who takes part; 'alone' is the contract that each would have without the cluster.", "members:"]
      + communities.map {
        "  \($0.id): {name: \(Answers.quoted($0.name ?? $0.id)), kind: village, population: \(n($0.people)), \(at($0.id))alone: home}"
      }
      + enterprises.map {
        "  \($0.id): {name: \(Answers.quoted($0.name ?? $0.id)), kind: \($0.member), \(at($0.id))alone: home}"
      }
      + (cattle > 0 ? ["  cattle-farm: {name: \"Cattle farm\", kind: farm, \(at(Self.farm))alone: home}"] : [])
  }

  private func profile(_ archetype: String) -> String {
    guard let guests, !guests.weeks.isEmpty else { return archetype }
    return
      "{archetype: \(archetype), tourism: {weeks: [\(guests.weeks.map(String.init).joined(separator: ", "))], factor: \(n(guests.factor))}}"
  }

  private var demands: [String] {
    var lines = ["demands:"]
    for one in communities {
      lines.append(
        "  \(one.id)-power: {member: \(one.id), bus: ac, annual: {value: \(n((one.people * one.perHead / 1000).rounded())) MWh, source: \"\(n(one.people)) people at \(n(one.perHead)) kWh\"}, profile: \(profile("village")), tiers: {critical: 15 %, normal: 85 %}}"
      )
      if one.hotWater {
        lines.append(
          "  \(one.id)-bath: {member: \(one.id), bus: hot, annual: {value: \(n((one.people * 0.2).rounded())) MWh, source: \"200 kWh a head, approximate\"}, profile: \(profile("hot-water")), needs: 55 degC}"
        )
      }
    }
    for one in enterprises {
      let isShiftable = Self.waiting.contains(one.kind)
      let peak = n((one.energy / 8760 * 1.8).rounded(.up))
      lines.append(
        "  \(one.id)-power: {member: \(one.id), bus: ac, annual: \(n(one.energy / 1000)) MWh, profile: \(Self.visited.contains(one.kind) ? profile(one.kind) : one.kind)\(isShiftable ? ", kind: deferrable, window: day, peak: \(peak) kW" : ", tiers: {critical: 10 %, normal: 90 %}")}"
      )
    }
    if let gas {
      lines += [
        "  freezing: {\(ofGas)bus: freeze, annual: \(n(gas.cold / 1000)) MWh, profile: cold-store, needs: -25 degC}",
        "  regas: {\(ofGas)bus: sendout, annual: \(n(gas.through / 1000)) MWh, profile: constant}",
      ]
    }
    return lines
  }

  private var components: [String] {
    var lines = ["components:"]
    for one in enterprises where one.roofs > 0 {
      lines.append(
        "  \(one.id)-roofs: {use: pv-rooftop, member: \(one.id), bus: ac, resource: sun, capacity: {max: \(n(one.roofs)) kW}}"
      )
    }
    if field > 0 {
      lines.append("  pv-field: {use: pv-ground, \(common)bus: ac, resource: sun, capacity: {max: \(n(field)) kW}}")
    }
    for river in rivers {
      let stands = river.existing > 0 ? "existing: \(n(river.existing)) kW, built: 2015, " : ""
      lines.append(
        "  \(river.id): {use: hydro-small, \(common)bus: ac, resource: \(river.id)-flow, head: \(n(river.head)) m, \(river.reservoir.map { "reservoir: \(YamlWriter.flow($0)), " } ?? "")capacity: {\(stands)max: \(n(max(river.most, river.existing))) kW}}"
      )
    }
    if let wind {
      lines.append(
        "  turbines: {use: \(wind.isAtSea ? "wind-offshore-5mw" : "wind-2000kw-low"), \(common)bus: ac, resource: wind, capacity: {max: \(n(wind.most)) kW}}"
      )
    }
    if let tide {
      let stands = tide.existing > 0 ? "existing: \(n(tide.existing)) kW, built: 2018, " : ""
      lines.append(
        "  tide: {kind: tidal-turbine, \(common)bus: ac, resource: race, rated_speed: 2.4 m/s, cut_in: 0.8 m/s, losses: 8 %, capacity: {\(stands)max: \(n(max(tide.most, tide.existing))) kW}, capital: {value: 5800 EUR/kW, source: \"demonstration plants, approximate\"}, operation: 115 EUR/kW/y, life: 20 y}"
      )
    }
    if cattle > 0 {
      let most = n(max(10, (cattle / 4).rounded()))
      lines.append(
        "  digester: {use: digester, member: cattle-farm, bus: gasline, resource: manure, capacity: {max: \(most) kW}}")
      lines.append(
        hasHeat
          ? "  chp: {use: chp-biogas-small, member: cattle-farm, fuel: gasline, power: ac, heat: hot, capacity: {max: \(most) kW}}"
          : "  engine: {use: generator-gas, member: cattle-farm, fuel: gasline, power: ac, capacity: {max: \(most) kW}}"
      )
    }
    if gas != nil {
      lines += [
        "  cold-plant: {kind: lng-cold, \(ofGas)liquid: liquid, gas: sendout, cold: freeze, power: ac, cold_share: 8 %, exergy_efficiency: 20 %, ambient: 15 degC, capacity: {max: 2 GW}, capital: {value: 45 EUR/kW, source: \"assumed per kW of gas, approximate\"}, life: 25 y}",
        "  freezers: {kind: chiller, \(ofGas)power: ac, cold: freeze, source: air, cop: {carnot_share: 45 %}, capacity: {max: 20 MW}, capital: 385 EUR/kW, life: 20 y}",
      ]
    }
    if hasHeat {
      let people = communities.filter(\.hotWater).reduce(0) { $0 + $1.people }
      if let geothermal {
        lines.append(
          "  spring: {kind: waste-heat, \(ofHeat)bus: hot, natural: \(n(geothermal.power)) kW, temperature: \(n(geothermal.temperature)) degC, capacity: {max: \(n(geothermal.power)) kW}, capital: {value: 600 EUR/kW, source: \"well and heat exchanger, approximate\"}, life: 25 y}"
        )
      }
      lines += [
        "  heat-pump: {use: heat-pump-air, \(ofHeat)power: ac, heat: hot, source: air, capacity: {max: \(n(max(100, people))) kW}}",
        "  tank: {use: tank-water, \(ofHeat)bus: hot, capacity: {max: \(n(max(1, (people / 500).rounded()))) MWh}}",
      ]
    }
    let power =
      (enterprises.reduce(0) { $0 + $1.energy } + communities.reduce(0) { $0 + $1.people * $1.perHead }) / 8760
    lines.append(
      "  battery: {use: battery-lithium, \(common)bus: ac, hours: {min: 1 h, max: 6 h}, capacity: {max: \(n(max(100, power.rounded()))) kW}}"
    )
    return lines
  }

  private var markets: [String] {
    let factor = "\(n(money.emission)) kg/kWh"
    var lines = [
      "markets:",
      "  grid: {bus: ac, class: N, buy: \(price(money.buy)), sell: \(price(money.sell)), limit: {buy: \(n(money.connection)) kW, sell: \(n(money.connection)) kW}, emission: \(factor)}",
      "  home: {bus: ac, for: alone, class: N, buy: \(price((money.buy * 1.15 * 1000).rounded() / 1000)), sell: \(price(money.sell)), emission: \(factor)}",
    ]
    if gas != nil {
      lines.append(
        "  tanker: {bus: liquid, class: N, buy: 0 \(money.currency)/kWh}     # the gas passes on to the network at what it costs: only its energy counts here"
      )
    }
    lines.append(
      hasHeat
        ? "reference: {electricity: alone, heat: {efficiency: 60 %, fuel_price: \(price((money.buy * 300).rounded() / 1000)), emission: 0.34 kg/kWh}}"
        : "reference: {electricity: alone}"
    )
    lines.append(
      "reliability: {unserved_cost: {critical: \(n((money.buy * 150).rounded())) \(money.currency)/kWh, normal: \(n((money.buy * 40).rounded())) \(money.currency)/kWh}}"
    )
    var limits: [String] = ["unserved_energy: {max: 0.5 %}"]
    if renewable > 0 {
      limits.append("renewable_fraction: {min: \(n(renewable * 100)) %, of: electricity, penalty: \(price(money.buy))}")
    }
    let protected = communities.filter(\.isProtected).map(\.id)
    if !protected.isEmpty {
      limits.append(
        "protected: {old-houses: {forbids: [pv-rooftop, solar-flat-plate], members: [\(protected.joined(separator: ", "))]}}"
      )
    }
    lines.append("limits: {\(limits.joined(separator: ", "))}")
    lines.append("sharing: {rule: nucleolus, outside: same-tariff}")
    return lines
  }

  private var streams: [String] {
    guard !spare.isEmpty || !needed.isEmpty else { return [] }
    let involved = Set((spare + needed).map(\.member))
    var lines = ["partners:"]
    let all =
      communities.map { ($0.id, $0.name, "village", "neighbour") }
      + enterprises.map { ($0.id, $0.name, $0.kind, "private") }
    for (index, one) in all.filter({ involved.contains($0.0) }).enumerated() {
      // Without an answer partners lie a kilometre apart.
      lines.append(
        "  at-\(one.0): {name: \(Answers.quoted(one.1 ?? one.0)), kind: \(one.2), role: \(one.3), at: \(stand(one.0) ?? "[\(n(place.latitude + Double(index) * 0.009)) deg, \(n(place.longitude)) deg]")}"
      )
    }
    lines.append("streams:")
    if !spare.isEmpty {
      lines.append("  out:")
      lines += spare.map {
        "    \($0.id): {partner: at-\($0.member), kind: heat, supply: \(n($0.temperature)) degC, return: \(n(max(30, $0.temperature / 2))) degC, amount: \(n($0.power)) kW\($0.price > 0 ? ", disposal: \(price(-$0.price))" : ""), inferred: true}"
      }
    }
    if !needed.isEmpty {
      lines.append("  in:")
      lines += needed.map {
        "    \($0.id): {partner: at-\($0.member), kind: heat, from: 25 degC, needs: \(n($0.temperature)) degC, amount: \(n($0.power)) kW, buys: \(price($0.price)), emission: 0.34 kg/kWh, inferred: true}"
      }
    }
    lines += [
      "routes:",
      "  default: {heat: {loss: 3 %/km, longest: 6 km, investment: {fixed: 38 kEUR, per_length: 230 EUR/m, capacity: 32 EUR/kW, life: 25 y}}}",
    ]
    return lines
  }
}
