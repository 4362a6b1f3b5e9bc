import Testing
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouReport
import TulouSharing
import TulouSolvers

/// Members that enter and leave: `growth` with its keys `start`, `entries`, `exits`, `rule`, `resale`.
@Suite("Growth of a cluster") struct GrowthStudyTests {
  /// A farm whose wind does not pay by sale, and others who buy at 0.10; `works` needs as much as `mill`.
  static func project(_ growth: String) throws -> Project {
    let text = """
      tulou: 1
      name: valley
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      members: {farm: {kind: farm, alone: grid}, mill: {kind: sme, alone: grid}, works: {kind: sme, alone: grid}}
      demands:
        mill-power: {bus: ac, member: mill, power: 60 kW}
        works-power: {bus: ac, member: works, power: 60 kW}
      components:
        wind: {kind: source, bus: ac, class: W, member: farm, availability: 50 %, capacity: {max: 160 kW}, capital: 1000 EUR/kW, operation: 20 EUR/kW/y, life: 20 y}
      markets:
        grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, sell: 0.02 EUR/kWh, emission: 0.5 kg/kWh}
      growth: \(growth)
      """
    return try ProjectReader.read(text: text, path: "valley.yaml")
  }

  static func found(_ growth: String) async throws -> GrowthStudy.Result {
    try await found(in: project(growth))
  }

  static func found(in project: Project) async throws -> GrowthStudy.Result {
    let players = project.sharingPlayers
    let costs = await CoalitionStudy.costs(
      of: project, players: players, groups: Array(1...7), in: StudyContext(solver: Structured(), workers: 2))
    let game = try PlanningGame(players: players, names: players, costs: costs)
    return GrowthStudy.run(
      project: project, growth: try #require(project.growth), game: game, solver: Structured())
  }

  @Test("steps are those of the file, and shares those of the game among who is there")
  func steps() async throws {
    let result = try await Self.found("{start: [farm, mill], entries: {2030: [works]}}")
    #expect(result.years == [2027, 2030])
    #expect(result.path.steps.map(\.group) == [0b011, 0b111])
    let first = try #require(result.path.steps.first)
    #expect(abs(first.value - result.game.game.values[3]) < 1e-9 * first.value)
    // Shapley's rule halves what two gain.
    let shares = try #require(first.shares)
    #expect(
      abs(shares[0] - first.value / 2) < 1e-9 * first.value && abs(shares[1] - first.value / 2) < 1e-9 * first.value)
    // Wind is scarce with two works, so the mill loses, and its fee is that loss.
    let second = result.path.steps[1]
    #expect(second.changes[0] > 0 && second.changes[1] < 0)
    #expect(abs(second.fee + second.changes[1]) < 1e-9 * first.value)
  }

  @Test("the rule is that of the file")
  func rule() async throws {
    let equal = try await Self.found("{start: [farm, mill], entries: {2030: [works]}, rule: equal}")
    let shares = try #require(equal.path.steps.last?.shares)
    #expect(shares.allSatisfy { abs($0 - shares[0]) < 1e-9 * shares[0] })
  }

  @Test("who leaves early leaves plant behind, others bear what stands idle, and resale softens it")
  func exits() async throws {
    let result = try await Self.found(
      "{start: [farm, mill], entries: {2030: [works]}, exits: {mill: [3 y, 8 y, 12 y], farm: [3 y]}}")
    #expect(result.exits.map(\.after) == [3, 8, 12, 3])
    let mill = result.exits[0], farm = try #require(result.exits.last)
    // After three years works enter in the same year, so all three are there until then.
    #expect(mill.group == 0b111 && mill.reason.isEmpty && mill.stranded == 0)
    #expect(mill.changes[1] == 0 && mill.idle > 0)
    // With half the demand gone some wind is idle: it is sold for less than it costs.
    #expect(mill.changes[0] < 0 && mill.fee > 0)
    let rest = mill.changes.reduce(0) { $0 + max(0, -$1) }
    #expect(abs(mill.fee - rest * (1 - presentWorth(17)) / 0.05) < 1e-6 * mill.fee)
    // The wind of the farm: 3 of 20 years are worn.
    let capacity = farm.stranded / (1000 * 17.0 / 20)
    #expect(capacity > 100 && capacity < 160.001)
    #expect(abs(farm.lost - farm.stranded) < 1e-6 * farm.lost)
    let sold = try await Self.found(
      "{start: [farm, mill], entries: {2030: [works]}, exits: {farm: [3 y]}, resale: 40 %}")
    let one = try #require(sold.exits.first)
    #expect(abs(one.lost - 0.6 * one.stranded) < 1e-6 * one.stranded && one.worth > farm.worth)
    // Late exits keep more.
    #expect(result.exits[2].worth > result.exits[0].worth)
  }

  /// A mill with a roof, a farm with a barn and an inn that has nothing but the greatest need.
  private static func club(_ exits: String) async throws -> GrowthStudy.Result {
    let text = """
      tulou: 1
      name: Club
      horizon: {start: 2027-06-01, length: 24 h}
      economy: {currency: EUR, real_discount_rate: 4 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      members: {mill: {kind: sme}, inn: {kind: sme}, farm: {kind: farm}}
      demands:
        mp: {bus: ac, member: mill, power: 10 kW}
        ip: {bus: ac, member: inn, power: 30 kW}
        fp: {bus: ac, member: farm, power: 5 kW}
      components:
        roof: {kind: source, bus: ac, class: S.sun, member: mill, availability: 25 %, capacity: {max: 200 kW}, capital: 900 EUR/kW, life: 25 y}
        barn: {kind: source, bus: ac, class: S.sun, member: farm, availability: 20 %, capacity: {max: 200 kW}, capital: 700 EUR/kW, life: 25 y}
      markets:
        grid: {bus: ac, class: N, buy: 0.24 EUR/kWh, emission: 0.2 kg/kWh}
      sharing: {outside: same-tariff}
      growth: {start: [mill, inn], entries: {2030: [farm]}, exits: \(exits)}
      """
    return try await found(in: ProjectReader.read(text: text, path: "club.yaml"))
  }

  @Test("an exit is of the shares that the table of entries has")
  func sharesOfTheTable() async throws {
    let result = try await Self.club("{inn: [3 y]}")
    let members = result.game.game.members, exit = try #require(result.exits.first)
    let inn = try #require(members.firstIndex(of: "inn"))
    let first = try #require(result.path.steps[0].shares), second = try #require(result.path.steps[1].shares)
    // Three years at the share of the first step, at 4 %.
    let years = 1 / 1.04 + 1 / 1.0816 + 1 / 1.124864
    #expect(exit.reason.isEmpty && exit.lost == 0)
    #expect(abs(exit.worth - first[inn] * years) < 1e-6 * exit.worth && abs(exit.worth - 77_500) < 200)
    // The others have what the table says, and are left with what the large roof costs them.
    let had = members.indices.filter { $0 != inn }.reduce(0) { $0 + second[$1] }
    let rest = exit.group & ~(1 << inn)
    let left = result.game.game.values[rest] - exit.idle
    #expect(abs(exit.changes.reduce(0, +) - (left - had)) < 1e-6 * had)
    #expect(abs(exit.fee - 274_700) < 1000)
  }

  @Test("those who stay may add to the plant that stands")
  func rebuilding() async throws {
    let result = try await Self.club("{mill: [3 y]}")
    let members = result.game.game.members, exit = try #require(result.exits.first)
    let mill = try #require(members.firstIndex(of: "mill")), inn = try #require(members.firstIndex(of: "inn"))
    let farm = try #require(members.firstIndex(of: "farm"))
    // A barn of 25 kW stands, and a larger one serves the inn too: nothing is idle.
    let together = result.game.game.values[exit.group & ~(1 << mill)]
    #expect(exit.reason.isEmpty && together > 50_000 && exit.idle < 1e-4 * together)
    #expect(exit.changes[inn] < 0 && exit.changes[farm] > 0 && exit.fee < 200_000)
  }

  @Test("plant of earlier steps stands, is paid for, and may cost more than a plan made anew")
  func standing() async throws {
    // The mill alone takes 60 kW of wind with the farm; works bring water of their own that is cheaper, so less wind would do.
    let text = """
      tulou: 1
      name: valley
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      members: {farm: {kind: farm, alone: grid}, mill: {kind: sme, alone: grid}, works: {kind: sme, alone: grid}}
      demands:
        mill-power: {bus: ac, member: mill, power: 60 kW}
      components:
        wind: {kind: source, bus: ac, class: W, member: farm, availability: 50 %, capacity: {max: 160 kW}, capital: 1500 EUR/kW, life: 20 y}
        water: {kind: source, bus: ac, class: S.hydro, member: works, availability: 100 %, capacity: {max: 60 kW}, capital: 900 EUR/kW, life: 20 y}
      markets:
        grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, sell: 0.001 EUR/kWh, emission: 0.5 kg/kWh}
      growth: {start: [farm, mill], entries: {2030: [works]}}
      """
    let project = try ProjectReader.read(text: text, path: "valley.yaml")
    let players = project.sharingPlayers
    let costs = await CoalitionStudy.costs(
      of: project, players: players, groups: Array(1...7), in: StudyContext(solver: Structured(), workers: 2))
    let game = try PlanningGame(players: players, names: players, costs: costs)
    let result = GrowthStudy.run(
      project: project, growth: try #require(project.growth), game: game, solver: Structured())
    #expect(result.standing.count == 2)
    let first = result.standing[0], second = result.standing[1]
    #expect(abs((first.sizes["wind"] ?? 0) - 120) < 0.01 && first.extra == 0)
    // The wind stays, so no water is built, and all pay the difference of the two.
    #expect(abs((second.sizes["wind"] ?? 0) - 120) < 0.01 && (second.sizes["water"] ?? 1) < 0.01)
    let annuity = 0.05 / (1 - presentWorth(20))
    #expect(abs(second.extra - annuity * (120 * 1500 - 60 * 900)) < 1)
    let anew = game.game.values[0b111]
    #expect(abs((result.path.steps.last?.value ?? 0) - (anew - second.extra)) < 1e-6 * anew)
    #expect(GrowthReport(result: result, version: "test").standing?.rows.count == 2)
  }

  private func presentWorth(_ years: Double) -> Double {
    (0..<Int(years)).reduce(1.0) { value, _ in value / 1.05 }
  }

  @Test("an exit after the project's end is said to be none")
  func late() async throws {
    let result = try await Self.found("{start: [farm, mill, works], exits: {mill: 30 y}}")
    #expect(result.exits.first?.reason == "the project ends before")
    #expect(result.orders.all == 1)
  }

  @Test("orders of entry that are sound are counted, and the report says so")
  func orders() async throws {
    let result = try await Self.found("{start: [farm], entries: {2028: [mill], 2030: [works]}}")
    #expect(result.orders.all == 2 && result.orders.sound == 2 && result.orders.never.isEmpty)
    let report = GrowthReport(result: result, version: "test")
    #expect(report.sentences.contains { $0.hasPrefix("Of 2 orders of entry 2 keep every group") })
    #expect(report.page().sections.count >= 2 && !report.csv().isEmpty)
  }

  @Test("an empty core within what the plans' proofs leave open is none, a wider one is")
  func open() async throws {
    var result = try await Self.found("{start: [farm, mill], entries: {2030: [works]}}")
    let slack = result.slack
    #expect(slack >= 1e-6 * result.game.together && slack < 1e-4 * result.game.together)
    result.path.steps[1].coreSurplus = -0.5 * slack
    result.path.steps[1].shortfall = 0.5 * slack
    #expect(GrowthReport(result: result, version: "test").steps.rows.last?.last == "yes")
    result.path.steps[1].coreSurplus = -2 * slack
    #expect(GrowthReport(result: result, version: "test").steps.rows.last?.last?.hasPrefix("no shares are") == true)
  }
}
