import TulouFinance
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// The benchmark projects of the shared folder (bench/C1.md, C2.md) and the small projects of design/format, in code.
package enum BenchProjects {
  /// One bus: PV, wind, generator, battery, pumped hydro, grid.
  package static func c1(_ columns: [String: [Double]], hours: Int = 8760) -> Project {
    var project = Project.small("c1", hours: hours, buses: [("ac", .electricity), ("gasline", .fuel)])
    addSingleNode(to: &project, columns)
    return project
  }

  /// C1 with heat and cold.
  package static func c2(_ columns: [String: [Double]], hours: Int = 8760) -> Project {
    var project = Project.small(
      "c2", hours: hours, buses: [("ac", .electricity), ("gasline", .fuel), ("hot", .heat), ("cool", .cold)])
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours)) }
    addSingleNode(to: &project, columns)
    project.addDemand("rooms", bus: "hot", series("load_sh_kw"))
    project.addDemand("taps", bus: "hot", series("load_dhw_kw"))
    project.addDemand("cooling", bus: "cool", series("load_cool_kw"))
    project.addConverter(
      "heatpump", kind: "heat-pump", ports: [(.power, "ac", [-1]), (.heat, "hot", series("cop_hp"))], max: 2000,
      cost: .yearly(95))
    project.addConverter(
      "chp", kind: "chp",
      ports: [(.power, "ac", [1]), (.fuel, "gasline", [-1 / 0.33]), (.heat, "hot", [0.47 / 0.33])], max: 1500,
      cost: .yearly(95), perKWh: 0.012)
    project.addConverter(
      "boiler", kind: "boiler", ports: [(.heat, "hot", [1]), (.fuel, "gasline", [-1 / 0.92])], max: 3000,
      cost: .yearly(9))
    project.addStorage(
      "tank", bus: "hot", charge: 1, discharge: 1, standingLoss: 0.004, shape: .energyOnly,
      sizes: [.kWh(max: 20000, .yearly(1.6))])
    project.addConverter(
      "chiller", kind: "chiller", ports: [(.power, "ac", [-1]), (.cold, "cool", series("eer_ch"))], max: 2000,
      cost: .yearly(60))
    project.addConverter(
      "absorber", kind: "absorption-chiller", ports: [(.heat, "hot", [-1]), (.cold, "cool", [0.72])], max: 1500,
      cost: .yearly(20))
    return project
  }

  private static func addSingleNode(to project: inout Project, _ columns: [String: [Double]]) {
    let hours = project.horizon.steps
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours)) }
    project.economy.carbonPrice = YearPath(0.06)
    project.addDemand("load", series("load_el_kw"), unservedCost: 5)
    project.addSource("pv", class: .sun, share: series("pv_cf"), max: 4000, cost: .yearly(62))
    project.addSource("wind", class: .wind, share: series("wind_cf"), max: 3000, cost: .yearly(150))
    project.addConverter(
      "genset", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "gasline", [-1 / 0.34])], max: 2000,
      cost: .yearly(58), perKWh: 0.012)
    project.addStorage(
      "battery", charge: 0.96, discharge: 0.95, standingLoss: 0.0001, shape: .independent,
      sizes: [.kW(part: .power, max: 5000, .yearly(14)), .kWh(max: 20000, .yearly(19.5))])
    project.addStorage(
      "pumped", charge: 0.88, discharge: 0.90, shape: .hours(8), sizes: [.kW(part: .power, max: 150, .yearly(78))])
    project.addMarket(
      "grid", buy: series("price_buy"), sell: series("price_sell"), limit: (250, 200), emission: 0.55)
    project.addMarket("gas", bus: "gasline", buy: [0.042])
    project.limits.renewableFraction = 0.70
  }

  /// design/format/demand-charge.yaml.
  package static func demandCharge(_ columns: [String: [Double]]) -> Project {
    let hours = 59 * 24
    var project = Project.small("demand charge", hours: hours, buses: [("ac", .electricity)])
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours)) }
    project.calendar.holidays = ["2025-01-01", "2025-01-28/2025-02-03"].compactMap { text in
      let days = text.split(separator: "/").compactMap { CivilDate($0) }
      return days.first.map { $0...(days.last ?? $0) }
    }
    let calendar = project.calendar
    let price = project.horizon.moments.map { moment in
      if moment.hour < 8 { return 0.06 }
      let isPeakHour = (10..<12).contains(moment.hour) || (15..<20).contains(moment.hour)
      return isPeakHour && calendar.isWorkday(moment.date) ? 0.19 : 0.12
    }
    project.addDemand("load", series("load_el_kw"))
    project.addSource(
      "pv", class: .sun, share: series("pv_cf"), max: 2500, cost: .capital(700, operation: 12, life: 25))
    project.addStorage(
      "battery", charge: 0.9.squareRoot(), discharge: 0.9.squareRoot(), standingLoss: 0.0001, shape: .independent,
      sizes: [
        .kW(part: .power, max: 2000, .capital(120, operation: 3, life: 12)), .kWh(max: 6000, .capital(160, life: 12)),
      ])
    project.addMarket("grid", buy: price, sell: [0.04], limit: (1200, 300), emission: 0.55)
    var charge = Market.DemandCharge(rate: 12)
    charge.terms.minimum = 620
    project.markets[0].demandCharges = [charge]
    return project
  }

  /// design/format/members.yaml: two members behind their own meters.
  package static func members(_ first: [String: [Double]], _ second: [String: [Double]]) -> Project {
    let hours = 504
    func series(_ columns: [String: [Double]], _ name: String) -> [Double] {
      Array((columns[name] ?? []).prefix(hours))
    }
    var project = Project.small(
      "members", hours: hours, buses: [("ac", .electricity), ("village.ac", .electricity), ("works.ac", .electricity)])
    for (id, kind, loss, limit) in [("village", "village", 0.04, 2000.0), ("works", "sme", 0.0, 360.0)] {
      var member = Member(id: id, kind: kind)
      member.ownBuses = ["ac": "\(id).ac"]
      project.members.append(member)
      var meter = LinkBlock(from: "ac", to: "\(id).ac", efficiency: 1 - loss)
      meter.twoWay = true
      meter.limit = limit
      meter.meterOf = id
      project.components.append(Component(id: "\(id).ac.meter", kind: "link", block: .link(meter)))
    }
    project.addDemand("homes", bus: "village.ac", series(first, "load_el_kw"))
    project.addDemand("machines", bus: "works.ac", series(second, "load_el_kw").map { 0.4 * $0 })
    project.addDemand("lamps", [20])
    project.demands[0].member = "village"
    project.demands[1].member = "works"
    project.addSource(
      "pv-homes", bus: "village.ac", class: .sun, share: series(first, "pv_cf"), max: 900,
      cost: .capital(760, operation: 12, life: 25), member: "village")
    project.addSource(
      "pv-works", bus: "works.ac", class: .sun, share: series(second, "pv_cf"), max: 3000,
      cost: .capital(640, operation: 12, life: 25), member: "works")
    project.addStorage(
      "battery", charge: 0.9.squareRoot(), discharge: 0.9.squareRoot(), standingLoss: 0.0001, shape: .independent,
      sizes: [
        .kW(part: .power, max: 600, .capital(120, operation: 3, life: 12)), .kWh(max: 2000, .capital(160, life: 12)),
      ])
    project.addMarket(
      "grid", buy: series(first, "price_buy"), sell: series(first, "price_sell"), limit: (1500, 300), emission: 0.55)
    return project
  }

  /// design/format/heat-pump-tank.yaml.
  package static func heatPumpTank(_ columns: [String: [Double]]) -> Project {
    let hours = 744
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours)) }
    var project = Project.small(
      "heat pump", hours: hours, buses: [("ac", .electricity), ("hot", .heat), ("gasline", .fuel)])
    project.economy.carbonPrice = YearPath(0.04)
    project.addDemand("load", [60])
    project.addDemand("rooms", bus: "hot", series("load_sh_kw"))
    project.addDemand("taps", bus: "hot", series("load_dhw_kw"))
    project.addSource(
      "pv", class: .sun, share: series("pv_cf"), max: 800, cost: .capital(700, operation: 12, life: 25))
    project.addConverter(
      "heatpump", kind: "heat-pump",
      ports: [(.heat, "hot", [1]), (.power, "ac", series("cop_hp").map { -1 / $0 })], max: 220,
      cost: .capital(650, operation: 8, life: 18))
    project.addConverter(
      "boiler", kind: "boiler", ports: [(.heat, "hot", [1]), (.fuel, "gasline", [-1 / 0.9])], max: 900,
      cost: .capital(80, operation: 3, life: 20))
    project.addStorage(
      "tank", bus: "hot", charge: 1, discharge: 1, standingLoss: 0.004, shape: .energyOnly,
      sizes: [.kWh(max: 10000, .capital(18, life: 25))])
    project.addMarket(
      "grid", buy: series("price_buy"), sell: series("price_sell"), limit: (600, 200), emission: 0.55)
    project.addMarket("gas", bus: "gasline", buy: [0.032])
    return project
  }

  /// design/format/unit-sizes.yaml.
  package static func unitSizes(_ columns: [String: [Double]]) -> Project {
    let hours = 168
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours)) }
    var project = Project.small("unit sizes", hours: hours, buses: [("ac", .electricity), ("gasline", .fuel)])
    project.addDemand("load", series("load_el_kw"))
    project.addSource(
      "pv", class: .sun, share: series("pv_cf"), max: 2100, cost: .capital(850, operation: 12, life: 25))
    project.components[0].sizes[0].choice = .multiples(of: 350)
    project.addSource(
      "wind", class: .wind, share: series("wind_cf"), max: nil, cost: .capital(1300, operation: 40, life: 20))
    project.components[1].sizes[0].choice = .options([0, 500, 1250])
    project.addStorage(
      "battery", charge: 0.9.squareRoot(), discharge: 0.9.squareRoot(), shape: .hours(4),
      sizes: [.kW(part: .power, max: 900, .capital(60 + 4 * 60, operation: 3, life: 12))])
    project.components[2].sizes[0].choice = .multiples(of: 90)
    project.addConverter(
      "genset", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "gasline", [-1 / 0.38])], max: 700,
      cost: .capital(350, life: 20, fixed: 60000), perKWh: 0.01)
    project.addMarket(
      "grid", buy: series("price_buy"), sell: series("price_sell"), limit: (300, 200), emission: 0.55)
    project.addMarket("gas", bus: "gasline", buy: [0.030])
    project.limits.renewableFraction = 0.25
    return project
  }
}
