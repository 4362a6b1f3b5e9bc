import TestSupport
import TulouAccounts
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A cluster of four hours with a plan written by hand: village and works behind meters, PV, battery, generator on
/// biogas, boiler on bought gas, a grid with demand charge, and a commons' lamp.
enum SmallCluster {
  static let hours = 4

  static func project() -> Project {
    var project = Project.small(
      "small", hours: hours,
      buses: [("ac", .electricity), ("village.ac", .electricity), ("hot", .heat), ("gasline", .fuel)])
    project.economy.carbonPrice = YearPath(0.05, escalation: 0.02)
    var village = Member(id: "village", kind: "village")
    village.ownBuses = ["ac": "village.ac"]
    village.aloneMarket = "home"
    var works = Member(id: "works", kind: "sme")
    works.aloneMarket = "home"
    project.members = [village, works]
    for b in project.buses.indices where project.buses[b].id == "village.ac" { project.buses[b].member = "village" }
    project.addDemand("homes", bus: "village.ac", [10, 10, 20, 20])
    project.demands[0].member = "village"
    project.addDemand("machines", [30, 30, 30, 30])
    project.demands[1].member = "works"
    project.addDemand("lamps", [1, 1, 1, 1])
    project.addDemand("bath", bus: "hot", [9, 9, 9, 9])
    project.demands[3].member = "works"
    project.addSource(
      "pv", bus: "village.ac", class: .sun, share: [0, 0.5, 1, 0.25], max: 80,
      cost: .capital(1000, operation: 10, life: 25), member: "village")
    project.addConverter(
      "boiler", kind: "boiler", ports: [(.heat, "hot", [1]), (.fuel, "gasline", [-1.25])], max: 20,
      cost: .capital(100, life: 15))
    project.components[1].member = "works"
    var meter = LinkBlock(from: "ac", to: "village.ac", efficiency: 0.9)
    meter.twoWay = true
    meter.meterOf = "village"
    meter.chargePerKWh = 0.01
    project.components.append(Component(id: "village.ac.meter", kind: "link", block: .link(meter)))
    project.addMarket("grid", buy: [0.2, 0.2, 0.3, 0.3], sell: [0.1], limit: (100, 100), emission: 0.5)
    project.markets[0].buy?.price.escalation = 0.01
    project.markets[0].demandCharges = [.init(rate: 8)]
    project.markets[0].fixedChargePerMonth = 20
    project.addMarket("gas", bus: "gasline", buy: [0.04])
    project.addMarket("home", buy: [0.25], emission: 0.5)
    project.markets[2].onlyAlone = true
    var reference = Reference()
    reference.heatEfficiency = 0.6
    reference.heatFuelPrice = 0.05
    reference.heatEmission = 0.34
    project.reference = reference
    return project
  }

  /// PV of 80 kW: used [0, 40, 70, 20] of [0, 40, 80, 20]; the village imports [10, 0, 0, 0] and exports [0, 30, 50, 0].
  static func plan(_ project: Project) -> Plan {
    var problem = HourlyProblem(
      steps: hours, stepHours: 1, weight: project.horizon.weights, years: project.horizon.years)
    let rows = ["ac", "village.ac", "hot", "gasline"]
    let demand: [[Double]] = [[31, 31, 31, 31], [10, 10, 20, 20], [9, 9, 9, 9], [0, 0, 0, 0]]
    for (bus, power) in zip(rows, demand) {
      problem.rows.append(.balance(Label(bus, .balance, bus: bus), equals: .series(power)))
    }
    problem.capacities = [
      Capacity(Label("pv", .size), upper: 80), Capacity(Label("boiler", .size), upper: 20),
      Capacity(Label("grid", .peak, part: .named("2025-01")), upper: 100),
    ]
    var solution = Solution(status: .optimal, solver: "hand")
    solution.capacities = [80, 9, 31 + 10 / 0.9]
    func add(_ label: Label, _ terms: [(Int, Double)], _ values: [Double], upper: [Bound] = []) {
      problem.flows.append(
        Flow(label, rows: terms.map { RowTerm($0.0, .constant($0.1)) }, upper: upper))
      solution.flows.append(values)
    }
    add(
      Label("pv", .production, bus: "village.ac"), [(1, 1)], [0, 40, 70, 20],
      upper: [.capacity(0, factor: .series([0, 0.5, 1, 0.25]))])
    add(Label("boiler", .conversion), [(2, 1), (3, -1.25)], [9, 9, 9, 9])
    add(Label("village.ac.meter", .forward), [(0, -1), (1, 0.9)], [10 / 0.9, 0, 0, 0])
    add(Label("village.ac.meter", .backward), [(1, -1), (0, 0.9)], [0, 30, 50, 0])
    add(Label("grid", .purchase, part: .whole, bus: "ac"), [(0, 1)], [31 + 10 / 0.9, 4, 0, 31])
    add(Label("grid", .sale, bus: "ac"), [(0, -1)], [0, 0, 14, 0])
    add(Label("gas", .purchase, part: .whole, bus: "gasline"), [(3, 1)], [11.25, 11.25, 11.25, 11.25])
    let share = billingMonths(of: project.horizon)[0].share
    problem.recordedSums["grid"] = LinearForm(
      flows: [4: .series([0.2, 0.2, 0.3, 0.3]), 5: .constant(-0.1)], capacities: [2: 8 * share], constant: 20 * share)
    return Plan(problem: problem, solution: solution)
  }
}
