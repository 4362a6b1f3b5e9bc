import TestSupport
import TulouAccounts
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A year of a village with sun, wind, battery, grid and a member, dispatched by hand: numbers that need no solver.
enum SyntheticPlan {
  static func report(hours: Int = 8760, name: String = "Village <Süd> & \"Söhne\" 永定 🏯") -> PlanReport {
    var project = Project.small(
      name, hours: hours, buses: [("ac", .electricity), ("hot", .heat), ("works.ac", .electricity)])
    project.buses[2].member = "works"
    project.buses[1].supply = 70
    project.buses[1].return = 40
    var member = Member(id: "works", kind: "sme")
    member.name = "Works & Co"
    member.ownBuses = ["ac": "works.ac"]
    project.members = [member]
    let turn = 2 * Double.pi
    func wave(_ t: Int, _ period: Double, _ shift: Double = 0) -> Double { sin((Double(t) - shift) / period * turn) }
    let sun: [Double] = (0..<hours).map { t in
      let season = 0.6 + 0.3 * wave(t, 8760, 1800)
      return max(0, wave(t % 24, 24, 6)) * season
    }
    let wind: [Double] = (0..<hours).map { t in
      let share = 0.35 + 0.4 * wave(t, 195) + 0.25 * wave(t, 46)
      return max(0, min(1, share))
    }
    project.addSource("pv", class: .sun, share: sun, max: 2000, cost: .capital(800, operation: 12, life: 25))
    project.addSource("wind", class: .wind, share: wind, max: 2000, cost: .capital(1300, operation: 30, life: 20))
    project.components[0].name = "Sun on the roofs of the earth buildings 土楼"
    project.addStorage(
      "battery", charge: 0.96, discharge: 0.95, shape: .independent,
      sizes: [.kW(part: .power, max: 500, .capital(120, life: 12)), .kWh(max: 2000, .capital(160, life: 12))])
    project.addConverter(
      "heat-pump", kind: "heat-pump", ports: [(.heat, "hot", [1]), (.power, "ac", [-1.0 / 3])], max: 300,
      cost: .capital(500, life: 18))
    if case .converter(var block) = project.components[3].block {
      block.ambientHeat = [2.0 / 3]
      project.components[3].block = .converter(block)
    }
    var link = LinkBlock(from: "ac", to: "works.ac", efficiency: 0.97)
    link.twoWay = true
    link.meterOf = "works"
    project.components.append(Component(id: "meter", kind: "meter", block: .link(link)))
    project.addMarket("grid", buy: [0.15], sell: [0.06], limit: (500, 300), emission: 0.55)
    let homes: [Double] = (0..<hours).map { t in
      let day = 130 * wave(t % 24, 24, 9), season = 40 * wave(t, 8760, -2190)
      return 260 + day + season
    }
    let machines: [Double] = (0..<hours).map { t in
      let isWork = (t / 24) % 7 < 5 && (7..<19).contains(t % 24)
      return isWork ? 180 : 40
    }
    let warm: [Double] = (0..<hours).map { t in 60 + 50 * wave(t, 8760, -2190) }
    project.addDemand("homes", homes, unservedCost: 5)
    project.addDemand("machines", bus: "works.ac", machines)
    project.addDemand("warm water", bus: "hot", warm)
    project.assumptions = [
      Assumption(path: "components.pv.life", value: "25 y", source: "IRENA 2023, table 3.1", kind: .catalogue),
      Assumption(path: "markets.grid.emission", value: "0.55 kg/kWh", source: "to be confirmed", kind: .approximate),
    ]
    project.warnings = [Diagnostic(.warning, "'pv' yields 2,100 h, above what is usual.", advice: "Check the file.")]
    let plan = dispatched(project, sun: sun, wind: wind, homes: homes, machines: machines, warm: warm)
    var proof = PlanReport.Proof()
    proof.status = "optimal"
    proof.solver = "by hand"
    proof.value = 352_151.472349
    proof.bound = 352_151.47
    proof.gap = 6.7e-9
    proof.unit = "USD/y"
    proof.cash = 352_151.472349
    proof.penalties = 0
    proof.checks = [("Greatest breach of a limit", 3.1e-9, "kW")]
    return PlanReport(
      project: project, plan: plan, accounts: accounts(project, plan), proof: proof, version: "test")
  }

  private static func dispatched(
    _ project: Project, sun: [Double], wind: [Double], homes: [Double], machines: [Double], warm: [Double]
  ) -> Plan {
    let steps = project.horizon.steps
    var problem = HourlyProblem(steps: steps, stepHours: 1, years: project.horizon.years)
    var flows: [(Label, [Double])] = []
    var charge = [Double](repeating: 0, count: steps), discharge = charge, content = charge
    var buy = charge, sell = charge, spare = charge, unserved = charge
    let pv = sun.map { $0 * 900 }, turbine = wind.map { $0 * 500 }
    var level = 600.0
    for t in 0..<steps {
      content[t] = level
      var left = pv[t] + turbine[t] - homes[t] - machines[t] / 0.97 - warm[t] / 3
      if left > 0 {
        charge[t] = min(left, 500, (2000 - level) / 0.96)
        left -= charge[t]
        sell[t] = min(left, 300)
        spare[t] = left - sell[t]
      } else {
        discharge[t] = min(-left, 500, (level - 200) * 0.95)
        buy[t] = min(-left - discharge[t], 400)
        unserved[t] = -left - discharge[t] - buy[t]
      }
      level += 0.96 * charge[t] - discharge[t] / 0.95
    }
    var used = pv, blown = turbine
    for t in 0..<steps {
      used[t] = max(0, pv[t] - spare[t])
      blown[t] = turbine[t] - max(0, spare[t] - pv[t])
    }
    flows.append((Label("pv", .production, bus: "ac"), used))
    flows.append((Label("wind", .production, bus: "ac"), blown))
    flows.append((Label("battery", .charge, bus: "ac"), charge))
    flows.append((Label("battery", .discharge, bus: "ac"), discharge))
    flows.append((Label("heat-pump", .conversion), warm))
    flows.append((Label("meter", .forward), machines.map { $0 / 0.97 }))
    flows.append((Label("grid", .purchase, part: .whole, bus: "ac"), buy))
    flows.append((Label("grid", .sale, bus: "ac"), sell))
    flows.append((Label("homes", .unserved, part: .named("normal"), bus: "ac"), unserved))
    problem.flows = flows.map { Flow($0.0) }
    problem.states = [State(Label("battery", .content), upper: nil)]
    let sizes: [(Label, Double, Double)] = [
      (Label("pv", .size), 900, 0), (Label("wind", .size), 500, 0), (Label("battery", .size, part: .power), 500, 0),
      (Label("battery", .size, part: .energy), 2000, 0), (Label("heat-pump", .size), 110, 40),
    ]
    problem.capacities = sizes.map { Capacity($0.0, existing: $0.2, upper: 5000) }
    var solution = Solution(status: .optimal, solver: "by hand")
    solution.flows = flows.map(\.1)
    solution.contents = [content]
    solution.capacities = sizes.map(\.1)
    return Plan(problem: problem, solution: solution)
  }
}
