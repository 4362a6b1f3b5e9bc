import Foundation
import TulouDemand

extension Answers {
  /// The project file: commented, and ready to be checked and planned off-line.
  package var projectFile: String {
    var ids: Set<String> = [
      "ac", "hot", "gasline", "sun", "air", "wind", "stream", "manure", "grid", "home", "pv-roofs", "pv-field", "hydro",
      "turbines", "battery", "digester", "chp", "heat-pump", "tank", "collectors", "farm", "commons",
    ]
    let villages = communities.map { (id: Answers.id($0.name, fallback: "village", taken: &ids), of: $0) }
    let works = enterprises.map { (id: Answers.id($0.name, fallback: "works", taken: &ids), of: $0) }
    var lines: [String] = []
    head(&lines)
    resources(&lines)
    members(villages, works, &lines)
    demands(villages, works, &lines)
    components(works.first?.id, &lines)
    markets(villages, works, &lines)
    limits(villages.map(\.id), hasMembers: !villages.isEmpty || !works.isEmpty, &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ lines: inout [String]) {
    let code = currency.code
    var exchange: [String] = []
    if code != "EUR" { exchange.append("EUR: \(Answers.plain(currency.perEuro)) \(code)/EUR") }
    if code != "USD" { exchange.append("USD: \(Answers.plain(currency.perDollar)) \(code)/USD") }
    lines += [
      "# \(name.filter { !$0.isNewline }): written by 'tulou init' from a few answers. Every number carries its unit and can be changed.",
      "# Next: tulou check, tulou resource, tulou plan. What is left out is listed in the report's register of assumptions.",
      "tulou: 1",
      "name: \(Answers.quoted(name))",
      "site: {latitude: \(Answers.plain(place.latitude)) deg, longitude: \(Answers.plain(place.longitude)) deg, altitude: \(Answers.plain(place.altitude)) m, time_zone: \(place.zone)}",
      "horizon: {start: 2027-01-01, length: 1 y, step: 1 h}          # local standard time",
      "economy:",
      "  currency: \(code)",
      "  exchange: {\(exchange.joined(separator: ", "))}            # rough: the catalogue's money is converted by these",
      "  nominal_discount_rate: 7 %",
      "  inflation: 2 %",
      "  lifetime: 25 y",
    ]
    if cattle > 0 {
      lines += [
        "carriers:",
        "  biogas: {kind: fuel, heating_value: 6.0 kWh/m3, emission: 0 kg/kWh, biogenic_emission: 0.20 kg/kWh}",
      ]
    }
    lines += ["# Places where a carrier balances.", "buses:", "  ac: {carrier: electricity, place: common ring}"]
    if hotWater { lines.append("  hot: {carrier: heat, supply: 75 degC, return: 45 degC, place: heat main}") }
    if cattle > 0 { lines.append("  gasline: {carrier: biogas}") }
  }

  private func resources(_ lines: inout [String]) {
    func list(_ values: [Double]) -> String { "[" + values.map { "\($0)" }.joined(separator: ", ") + "]" }
    let isEmpty = place.sun.isEmpty && place.temperature.isEmpty && windMean == 0 && head == 0 && cattle == 0
    lines += [
      "# What nature gives. Hours are drawn from monthly means, the same for the same seed; 'weather: {file: station.epw}' in place of them is better.",
      isEmpty ? "# resources:" : "resources:",
    ]
    for (name, values, line, source) in [
      ("sun", place.sun, "monthly_ghi: {values: \(list(place.sun)), unit: kWh/m2/d}", place.sunSource),
      (
        "air", place.temperature, "monthly_temperature: {values: \(list(place.temperature)), unit: degC}",
        place.temperatureSource
      ),
    ] {
      lines.append(
        values.isEmpty
          ? "  # \(name): {weather: {file: station.epw}}     # not answered; where to get it: \(DataSources.short)"
          : "  \(name): {\(line), seed: 1, source: \(Answers.quoted(source))}")
    }
    if windMean > 0 {
      let months =
        place.wind.isEmpty
        ? "mean_speed: \(Answers.plain(windMean)) m/s" : "monthly_speed: {values: \(list(place.wind)), unit: m/s}"
      lines.append(
        "  wind: {\(months), roughness: 0.1 m, atlas: {speed: \(Answers.plain(windMean)) m/s, height: 100 m}, seed: 1, source: \(Answers.quoted(place.wind.isEmpty ? "answered" : place.windSource + ", scaled to the answered mean"))}"
      )
    }
    if head > 0 {
      // Three quarters of the water in the warm half of the year, which in the south is the other one.
      let northern = [0.45, 0.55, 0.85, 1.25, 1.65, 1.85, 1.45, 1.20, 0.95, 0.75, 0.58, 0.47]
      let course = place.latitude < 0 ? Array(northern[6...] + northern[..<6]) : northern
      let flows = course.map { ($0 * flow * 10_000).rounded() / 10_000 }
      lines.append(
        "  stream: {monthly_flow: {values: \(list(flows)), unit: m3/s}, ecological: \(Answers.plain((flow * 0.1 * 10_000).rounded() / 10_000)) m3/s, seed: 1, source: \"answered mean; wet in the warm months, approximate until gauged; a tenth stays in the bed\"}"
      )
    }
    if cattle > 0 {
      lines.append("  manure: {cattle: \(Answers.plain(cattle)), collected: 80 %}")
    }
  }

  private func members(
    _ villages: [(id: String, of: Community)], _ works: [(id: String, of: Enterprise)], _ lines: inout [String]
  ) {
    guard !villages.isEmpty || !works.isEmpty || cattle > 0 else { return }
    lines += ["# Who takes part. 'alone' names the tariff that each would have without the cluster.", "members:"]
    for (id, village) in villages {
      lines.append(
        "  \(id): {name: \(Answers.quoted(village.name)), kind: village, population: \(Answers.plain(village.people)), alone: home}"
      )
    }
    for (id, work) in works { lines.append("  \(id): {name: \(Answers.quoted(work.name)), kind: sme, alone: home}") }
    if cattle > 0 { lines.append("  farm: {name: \"Cattle farm\", kind: farm, alone: home}") }
  }

  private func demands(
    _ villages: [(id: String, of: Community)], _ works: [(id: String, of: Enterprise)], _ lines: inout [String]
  ) {
    func benchmark(_ name: String) -> DemandBenchmark? { DemandBenchmark.all.first { $0.name == name } }
    lines += [
      "# What is wanted in a year, with the shape of its kind; bills or meters are better than these defaults.",
      "demands:",
    ]
    var count = 0
    for (id, village) in villages {
      if let power = benchmark("village") {
        lines.append(
          "  \(id)-power: {member: \(id), bus: ac, annual: {value: \(Answers.plain((power.annual(amount: village.people) / 1000 * 10).rounded() / 10)) MWh, source: \(Answers.quoted("\(Answers.plain(power.energy)) kWh a person: \(power.source)"))}, profile: village, tiers: {critical: 15 %, normal: 85 %}}"
        )
        count += 1
      }
      if hotWater, let bath = benchmark("hot-water") {
        lines.append(
          "  \(id)-bath: {member: \(id), bus: hot, annual: {value: \(Answers.plain((bath.annual(amount: village.people) / 1000 * 10).rounded() / 10)) MWh, source: \(Answers.quoted("\(Answers.plain(bath.energy)) kWh a person: \(bath.source)"))}, profile: hot-water, needs: 55 degC}"
        )
      }
    }
    for (id, work) in works {
      lines.append(
        "  \(id)-power: {member: \(id), bus: ac, annual: \(Answers.plain(work.energy / 1000)) MWh, profile: \(work.kind), tiers: {critical: 10 %, normal: 90 %}}"
      )
      count += 1
    }
    if count == 0 {
      lines.append("  common-power: {bus: ac, annual: 100 MWh, profile: village}")
    }
  }

  private func components(_ first: String?, _ lines: inout [String]) {
    lines += [
      "# What stands and what may be built; 'use' takes numbers from the catalogue, and each can be overridden here.",
      "components:",
    ]
    if roofs > 0 {
      let owner = first.map { "member: \($0), " } ?? ""
      lines.append(
        "  pv-roofs: {use: pv-rooftop, \(owner)bus: ac, resource: sun, capacity: {max: \(Answers.plain(roofs)) kW}}")
    }
    if field > 0 {
      lines.append("  pv-field: {use: pv-ground, bus: ac, resource: sun, capacity: {max: \(Answers.plain(field)) kW}}")
    }
    if head > 0 {
      let most = max(hydroExisting, (9.81 * head * flow * 1.5 * 0.8).rounded())
      let stands = hydroExisting > 0 ? "existing: \(Answers.plain(hydroExisting)) kW, built: 2015, " : ""
      lines.append(
        "  hydro: {use: hydro-small, bus: ac, resource: stream, head: \(Answers.plain(head)) m, capacity: {\(stands)max: \(Answers.plain(max(1, most))) kW}}"
      )
    }
    if windMean > 0 {
      lines.append("  turbines: {use: wind-2000kw-low, bus: ac, resource: wind, capacity: {max: 10 MW}}")
    }
    if battery {
      lines.append(
        "  battery: {use: battery-lithium, bus: ac, hours: {min: 1 h, max: 6 h}, capacity: {max: \(Answers.plain(max(100, roofs + field))) kW}}"
      )
    }
    if cattle > 0 {
      lines += [
        "  digester: {use: digester, member: farm, bus: gasline, resource: manure, capacity: {max: \(Answers.plain(max(10, (cattle / 4).rounded()))) kW}}",
        hotWater
          ? "  chp: {use: chp-biogas-small, member: farm, fuel: gasline, power: ac, heat: hot, capacity: {max: \(Answers.plain(max(10, (cattle / 8).rounded()))) kW}}"
          : "  engine: {use: generator-gas, member: farm, fuel: gasline, power: ac, capacity: {max: \(Answers.plain(max(10, (cattle / 8).rounded()))) kW}}",
      ]
    }
    if hotWater {
      let people = communities.reduce(0) { $0 + $1.people }
      let most = Answers.plain(max(50, people))
      lines.append(
        place.temperature.isEmpty
          ? "  heat-pump: {use: heat-pump-air, power: ac, heat: hot, cop: 2.6, capacity: {max: \(most) kW}}     # a guess of the mean; with a resource 'air': 'source: air' in place of 'cop'"
          : "  heat-pump: {use: heat-pump-air, power: ac, heat: hot, source: air, capacity: {max: \(most) kW}}")
      if !place.sun.isEmpty {
        lines.append("  collectors: {use: solar-flat-plate, bus: hot, resource: sun, capacity: {max: \(most) m2}}")
      }
      lines += [
        "  tank: {use: tank-water, bus: hot, capacity: {max: \(Answers.plain(max(1, (people / 100).rounded()))) MWh}}"
      ]
    }
  }

  private func markets(
    _ villages: [(id: String, of: Community)], _ works: [(id: String, of: Enterprise)], _ lines: inout [String]
  ) {
    let energy =
      villages.reduce(0) { $0 + $1.of.people * 900 } + works.reduce(0) { $0 + $1.of.energy } + 100_000
    let most = (energy / 8760 * 5).rounded()
    let code = currency.code, factor = "\(Answers.plain(emission.kilogramsPerKilowattHour)) kg/kWh"
    func price(_ value: Double) -> String {
      let number = "\(Answers.plain(value)) \(code)/kWh"
      return isPriceProposed ? "{value: \(number), source: \"proposed by tulou init, approximate\"}" : number
    }
    lines += [
      "# The outside: the common connection, and the tariff that each member would have alone.",
      "markets:",
      "  grid: {bus: ac, class: N, buy: \(price(buy)), sell: \(price(sell)), limit: {buy: \(Answers.plain(most)) kW, sell: \(Answers.plain((most / 2).rounded())) kW}, emission: {value: \(factor), source: \(Answers.quoted(emission.source))}}",
      "  home: {bus: ac, for: alone, class: N, buy: \(price(buy)), sell: \(price(sell)), emission: \(factor)}",
      "reference: {electricity: \(villages.isEmpty && works.isEmpty ? "home" : "alone"), heat: {efficiency: 60 %, fuel_price: \(Answers.plain((buy * 0.4 * 1000).rounded() / 1000)) \(code)/kWh, emission: 0.34 kg/kWh}}     # business as usual: a stove, approximate",
    ]
    // Without members nothing is shed in tiers, so no price of them is asked for.
    guard !villages.isEmpty || !works.isEmpty else { return }
    lines += [
      "# The price of light that goes out; critical demand is shed last.",
      "reliability: {unserved_cost: {critical: \(Answers.plain((buy * 150).rounded())) \(code)/kWh, normal: \(Answers.plain((buy * 40).rounded())) \(code)/kWh}}",
    ]
  }

  private func limits(_ villages: [String], hasMembers: Bool, _ lines: inout [String]) {
    var parts: [String] = []
    if share > 0 { parts.append("renewable_fraction: {min: \(Answers.plain(share)) %, of: electricity}") }
    // Without members no demand has tiers, and what may not be shed needs no limit.
    if hasMembers { parts.append("unserved_energy: {max: 0.5 %}") }
    if protected && !villages.isEmpty {
      parts.append(
        "protected: {old-roofs: {forbids: [pv-rooftop, solar-flat-plate], members: [\(villages.joined(separator: ", "))]}}"
      )
    }
    if !parts.isEmpty { lines.append("limits: {\(parts.joined(separator: ", "))}") }
    lines.append("objective: net_present_cost")
  }
}

extension Answers {
  /// Folder that the name suggests.
  package var folder: String {
    var taken: Set<String> = []
    return Answers.id(name, fallback: "cluster", taken: &taken)
  }
}
