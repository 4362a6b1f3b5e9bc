import TestSupport
import Testing
import TulouAssembly
import TulouDispatch
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Reserve and wear as files state them, through rules and plan.
@Suite("Reserve by bus and wear in projects") struct ReserveByBusTests {
  /// 40 kW on AC (60 in hour 12), 10 on DC; two machines, a battery and sun on DC behind an inverter of 5 kW.
  private func town() -> Project {
    var project = Project.small(
      "town", hours: 24, buses: [("ac", .electricity), ("dc", .electricity), ("tank", .fuel)])
    project.addDemand("town", (0..<24).map { $0 == 12 ? 60 : 40 }, unservedCost: 5)
    project.addDemand("lamps", bus: "dc", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.addSource(
      "sun", bus: "dc", class: .sun, share: [Double](repeating: 0.5, count: 24), max: 20, cost: .yearly(0))
    project.addStorage(
      "battery", bus: "dc", charge: 0.9, discharge: 0.8, shape: .hours(4),
      sizes: [.kW(part: .power, max: 25, .capital(400, life: 10, fixed: 1000))])
    for id in ["big", "second"] {
      project.addConverter(
        id, kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2])], max: 50,
        cost: .capital(300, life: 20))
    }
    project.addMarket("oil", bus: "tank", buy: [0.5])
    project.components.append(
      Component(
        id: "inverter", kind: "inverter", block: .link(LinkBlock(from: "dc", to: "ac", efficiency: 1)),
        sizes: [.kW(max: 5, .yearly(0))]))
    project.fixSizes()
    for c in project.components.indices {
      if case .converter(var block) = project.components[c].block {
        block.noLoad = 0.1
        block.lifeHours = 15_000
        project.components[c].block = .converter(block)
      }
      if case .storage(var block) = project.components[c].block {
        block.cycleLife = 2000
        block.initialShare = 1
        project.components[c].block = .storage(block)
      }
    }
    project.reliability.reserve = [
      "ac": BusReserve(ofDemand: 0.1, ofPeak: 0.2), "dc": BusReserve(ofDemand: 0.5, ofClass: [.sun: 0.25]),
    ]
    return project
  }

  @Test("AC and DC ask for their own shares, of the peak too, and the inverter limits what DC lends")
  func rules() throws {
    let outcome = try SimulateTests.run(town(), .loadFollowing)
    let rules = try #require(outcome.rules)
    func column(_ title: String) -> [Double] { rules.numbers.first { $0.title == title }?.values ?? [] }
    // A tenth of 40 and a fifth of 60; half of 10 and a quarter of 10 kW of sun.
    #expect(column("reserve required on ac [kW]")[0] == 16 && column("reserve required on ac [kW]")[12] == 18)
    #expect(column("reserve required on dc [kW]")[0] == 7.5)
    // 56 kW from 50 and 5: the second machine runs although the battery could give 25.
    #expect(rules.generators.allSatisfy { $0.hours == 24 })
    #expect(abs(column("reserve available on ac [kW]")[0] - (100 + 5 - 40)) < 1e-9)
    let short = try #require(outcome.plan).flow(Label("dc", .reserveShortage, bus: "dc"))
    // Once the battery is empty DC has nothing to spare.
    #expect(short.map { $0[0] == 0 && abs($0[23] - 7.5) < 1e-9 } == true)
  }

  @Test("inverters side by side carry as one of their size; of other efficiencies they are refused by name")
  func sideBySide() throws {
    let one = try #require(try SimulateTests.run(town(), .loadFollowing).plan)
    var two = town()
    let place = two.components.count - 1
    two.components[place].sizes[0].minimum = 3
    two.components[place].sizes[0].maximum = 3
    two.components.append(
      Component(
        id: "small", kind: "inverter", block: .link(LinkBlock(from: "dc", to: "ac", efficiency: 1)),
        sizes: [.kW(max: 2, .yearly(0))]))
    two.components[place + 1].sizes[0].minimum = 2
    let beside = try #require(try SimulateTests.run(two, .loadFollowing).plan)
    let whole = try #require(one.total("inverter", .forward))
    let large = try #require(beside.total("inverter", .forward)), small = try #require(beside.total("small", .forward))
    for t in 0..<24 {
      #expect(abs(large[t] + small[t] - whole[t]) < 1e-9 && abs(large[t] * 2 - small[t] * 3) < 1e-9)
    }
    #expect(one.total("battery", .discharge) == beside.total("battery", .discharge))
    two.components[place + 1].block = .link(LinkBlock(from: "dc", to: "ac", efficiency: 0.9))
    #expect {
      try SimulateTests.run(two, .loadFollowing)
    } throws: { error in
      (error as? ProjectFault)?.diagnostics.contains { $0.message.contains("another efficiency than 'inverter'") }
        ?? false
    }
  }

  @Test("what is short on DC is written on DC, once")
  func shortage() throws {
    var project = town()
    project.reliability.reserve = ["dc": BusReserve(ofDemand: 5)]
    let plan = try #require(try SimulateTests.run(project, .loadFollowing).plan)
    // 60 kW are asked for; sun gives 10, the battery 25 at most, AC nothing: nothing carries from there.
    let short = try #require(plan.flow(Label("dc", .reserveShortage, bus: "dc")))
    #expect(abs(short[0] - 25) < 1e-9)
    #expect(plan.flow(Label("ac", .reserveShortage, bus: "ac")) == nil)
  }

  @Test("the plan's row of the reserve holds the share of the peak")
  func row() throws {
    let problem = try Assembly.problem(for: town()).problem
    let row = try #require(problem.rows.first { $0.label == Label("ac", .limit, part: .reserve, bus: "ac") })
    #expect(abs(row.lower[0] - 16) < 1e-12 && abs(row.lower[12] - 18) < 1e-12)
    // A plan counts each bus by itself; what bounds rules lends through the inverter.
    #expect(!problem.flows.contains { $0.label.id == "inverter" && $0.label.role == .auxiliary })
    var lent = town()
    lent.reliability.lendsReserve = true
    let more = try Assembly.problem(for: lent).problem
    #expect(more.flows.contains { $0.label.id == "inverter" && $0.label.role == .auxiliary })
  }

  /// Sun and battery on DC carry 10 kW on AC day and night; a machine on AC stands by for a reserve of a fifth.
  @Test("what DC has left over is reserve of AC in the bound too, so that perfect foresight bounds the rule")
  func lent() throws {
    var project = Project.small(
      "isle", hours: 24, buses: [("ac", .electricity), ("dc", .electricity), ("tank", .fuel)])
    project.addDemand("town", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.addSource(
      "sun", bus: "dc", class: .sun, share: (0..<24).map { (8..<16).contains($0) ? 1 : 0 }, max: 50, cost: .yearly(0)
    )
    project.addStorage(
      "battery", bus: "dc", charge: 0.95, discharge: 0.95, shape: .hours(8),
      sizes: [.kW(part: .power, max: 40, .yearly(0))])
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2])], max: 20, cost: .yearly(0))
    project.addMarket("oil", bus: "tank", buy: [0.5])
    project.components.append(
      Component(
        id: "inverter", kind: "inverter", block: .link(LinkBlock(from: "dc", to: "ac", efficiency: 0.95)),
        sizes: [.kW(max: 20, .yearly(0))]))
    project.fixSizes()
    for c in project.components.indices {
      guard case .converter(var block) = project.components[c].block else { continue }
      block.noLoad = 0.3
      project.components[c].block = .converter(block)
    }
    project.reliability.reserve = ["ac": BusReserve(ofDemand: 0.2)]
    let rules = try #require(try SimulateTests.run(project, .loadFollowing, foresight: true).rules)
    #expect(rules.generators[0].hours == 0)
    let foresight = try #require(rules.foresight)
    #expect(abs(foresight.value) < 1e-6 && foresight.bound < 1e-6)
  }

  @Test("wear of a battery sized by hours, and of an hour of a machine")
  func wornByUse() throws {
    let project = town()
    let wear = MachineWear(try SimulateStudy.sized(project, [:]).0)
    func component(_ id: String) throws -> Component { try #require(project.components.first { $0.id == id }) }
    guard case .storage(let battery) = try component("battery").block,
      case .converter(let machine) = try component("big").block
    else {
      Issue.record("other kinds of components")
      return
    }
    // 25 kW x 400 + 1000 over 2000 cycles of 100 kWh, of which 80 % arrive.
    let perEnergy = wear.perEnergy(battery, of: try component("battery"), energy: 100)
    #expect(abs(perEnergy - 11_000 / (2000 * 100 * 0.8)) < 1e-12)
    // 50 kW x 300 over 15,000 hours.
    #expect(abs(wear.perHour(machine, of: try component("big")) - 1) < 1e-12)
  }
}
