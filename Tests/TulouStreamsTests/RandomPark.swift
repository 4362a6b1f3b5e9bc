import TulouProblem
import TulouSolvers
import TulouStreams

/// Small parks drawn from a seed, of every kind of rule that a park can have.
enum RandomPark {
  static let library = try? HighsLibrary.open()
  static func solver() throws -> Highs { Highs(try HighsLibrary.open(), feasibility: 1e-9) }

  static func park(seed: Int, links most: Int) -> Park {
    var dice = Dice(seed)
    let blocks = (0..<dice.whole(1, 3)).map { _ in Double(dice.whole(500, 3000)) }
    var park = Park(blocks: blocks)
    let isWater = dice.whole(0, 2) == 0
    let kind: StreamKind = isWater ? .water : .material
    park.partners = (1...dice.whole(3, 5)).map { Partner(id: "p\($0)") }
    func partner() -> String { "p\(dice.whole(1, park.partners.count))" }
    for s in 1...dice.whole(2, 4) {
      var source = StreamSource(
        id: "s\(s)", partner: partner(), kind: kind, supply: blocks.map { _ in dice.number(20, 200) })
      source.disposal = dice.number(-2, 6)
      source.emergencyDisposal = abs(source.disposal) + dice.number(2, 10)
      if isWater { source.contents["salt"] = dice.number(20, 400) }
      park.sources.append(source)
    }
    for d in 1...dice.whole(2, 4) {
      var sink = StreamSink(
        id: "d\(d)", partner: partner(), kind: kind, need: blocks.map { _ in dice.number(20, 160) })
      sink.price = dice.number(6, 30)
      sink.emergencyPrice = sink.price * dice.number(1.2, 2.5)
      sink.emission = dice.number(0, 3)
      if isWater { sink.limits["salt"] = dice.number(30, 300) }
      if dice.whole(0, 3) == 0 { sink.accepts = sink.need.map { 0.7 * $0 } }
      park.sinks.append(sink)
    }
    var pairs: [(Int, Int)] = []
    for s in park.sources.indices {
      for d in park.sinks.indices where park.sources[s].partner != park.sinks[d].partner { pairs.append((s, d)) }
    }
    while pairs.count > most { pairs.remove(at: dice.whole(0, pairs.count - 1)) }
    for (s, d) in pairs { park.links.append(link(&dice, s, d, park, isWater)) }
    if dice.whole(0, 2) == 0, park.links.count > 2 {
      let inside = park.links.prefix(2).map(\.id)
      park.trenches = [Trench(id: "t", links: inside, fixed: dice.number(50, 900) * 1e3, largest: 200)]
    }
    return park
  }

  private static func link(_ dice: inout Dice, _ s: Int, _ d: Int, _ park: Park, _ isWater: Bool) -> Link {
    let greatest = park.sources[s].supply.max() ?? 0
    var link = Link(id: "s\(s)->d\(d)", source: s, sink: d, largest: dice.number(0.4, 1.2) * greatest)
    link.efficiency = isWater ? 1 : dice.number(0.8, 1)
    link.transport = dice.number(0.2, 4)
    link.emission = dice.number(0, 0.2)
    link.fixed = dice.number(20, 900) * 1e3
    link.perCapacity = dice.number(500, 15000)
    link.smallest = 0.05 * greatest
    if isWater { link.removal["salt"] = dice.number(0, 0.9) }
    if dice.whole(0, 1) == 0 {
      let flows = zip(park.sources[s].supply, park.sinks[d].need).map { min($0, $1 / link.efficiency) }
      link.minimum = dice.number(0.2, 0.8) * park.yearly(flows)
    }
    return link
  }

  /// Least cost of each pattern of links that is possible, by one linear problem each.
  static func enumerated(_ matching: Matching) -> [(built: [Bool], value: Double)] {
    let count = matching.park.links.count
    var found: [(built: [Bool], value: Double)] = []
    for mask in 0..<(1 << count) {
      let pattern = (0..<count).map { mask >> $0 & 1 == 1 }
      if let value = Enumeration(matching.park).value(of: pattern, by: matching.solver) {
        found.append((pattern, value))
      }
    }
    return found.sorted { $0.value < $1.value }
  }
}

/// A park with its links given, as one linear problem that is written down apart from the room's own.
struct Enumeration {
  let park: Park
  init(_ park: Park) { self.park = park }

  func value(of built: [Bool], by solver: any Solver) -> Double? {
    var problem = HourlyProblem(steps: park.blocks.count, stepHours: 1, weight: park.blocks, years: 1)
    var fixed = 0.0
    for (a, link) in park.links.enumerated() where built[a] {
      fixed += link.fixed
      let size = problem.capacities.count, flow = problem.flows.count
      problem.capacities.append(Capacity(Label(link.id, .size), lower: link.smallest, upper: link.largest))
      problem.objective.add(capacity: size, link.perCapacity)
      problem.flows.append(Flow(Label(link.id, .forward), upper: [.capacity(size)]))
      problem.objective.add(flow: flow, .constant(link.transport))
      problem.yearlyRows.append(
        YearlyRow(Label(link.id, .limit), LinearForm(flows: [flow: .one]), lower: link.minimum))
    }
    let used = park.links.indices.filter { built[$0] }
    for (s, source) in park.sources.enumerated() {
      // What is not sent is disposed of: only its cost is left.
      let row = problem.rows.count
      problem.rows.append(HourlyRow(label: Label(source.id, .balance), upper: .series(source.supply)))
      fixed += source.disposal * park.yearly(source.supply)
      for (flow, a) in used.enumerated() where park.links[a].source == s {
        problem.flows[flow].rowTerms.append(RowTerm(row, .one))
        problem.objective.add(flow: flow, .constant(-source.disposal))
      }
    }
    for (d, sink) in park.sinks.enumerated() {
      let most = zip(sink.need, sink.accepts ?? sink.need).map(min)
      let row = problem.rows.count
      problem.rows.append(HourlyRow(label: Label(sink.id, .balance), upper: .series(most)))
      fixed += sink.price * park.yearly(sink.need)
      var salt: Int?
      if let limit = sink.limits["salt"] {
        salt = problem.rows.count
        problem.rows.append(HourlyRow(label: Label(sink.id, .limit), upper: .series(sink.need.map { limit * $0 })))
      }
      for (flow, a) in used.enumerated() where park.links[a].sink == d {
        let link = park.links[a]
        problem.flows[flow].rowTerms.append(RowTerm(row, .constant(link.efficiency)))
        problem.objective.add(flow: flow, .constant(-sink.price * link.efficiency))
        guard let salt else { continue }
        let arriving = park.sources[link.source].contents["salt", default: 0] * (1 - link.removal["salt", default: 0])
        problem.flows[flow].rowTerms.append(RowTerm(salt, .constant(arriving * link.efficiency)))
      }
    }
    for trench in park.trenches {
      let inside = used.enumerated().filter { trench.links.contains(park.links[$0.element].id) }.map(\.offset)
      guard !inside.isEmpty else { continue }
      fixed += trench.fixed
      let form = LinearForm(capacities: Dictionary(uniqueKeysWithValues: inside.map { ($0, 1.0) }))
      problem.yearlyRows.append(YearlyRow(Label(trench.id, .limit), form, upper: trench.largest))
    }
    guard !problem.flows.isEmpty else { return fixed }
    let solution = solver.solve(problem, options: SolveOptions())
    return solution.hasPlan ? solution.objective + fixed : nil
  }
}
