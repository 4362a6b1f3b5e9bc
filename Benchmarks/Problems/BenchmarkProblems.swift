package import Foundation
package import TulouProblem

/// The benchmark problems C1 and C2, built from their series.
///
/// Series and formal statement stand in the benchmark folder; numbers below are those of its `params.json`.
package struct BenchmarkProblems {
  /// Folder that holds `data/yNN.csv`.
  package let folder: URL

  /// Benchmarks in a folder; nil where it is not there.
  package init?(folder: URL) {
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("data/y01.csv").path) else { return nil }
    self.folder = folder
  }

  /// Columns of the years' files, stacked in order.
  package func series(years: [Int]) throws -> [String: [Double]] {
    var columns: [String: [Double]] = [:]
    for year in years {
      let name = "data/y" + (year < 10 ? "0" : "") + "\(year).csv"
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      var names: [String] = []
      for line in text.split(separator: "\n") {
        let fields = line.split(separator: ",")
        if names.isEmpty {
          names = fields.map { $0.trimmingCharacters(in: .whitespaces) }
        } else {
          for (name, field) in zip(names, fields) { columns[name, default: []].append(Double(field) ?? .nan) }
        }
      }
    }
    return columns
  }

  /// C1 (electricity, two storages) over years 1-10, one set of sizes.
  ///
  /// - Parameters:
  ///   - years: Files to stack.
  ///   - renewableFraction: Least share.
  ///   - hours: Only the first hours, if given.
  package func c1(years: [Int] = [1], renewableFraction: Double = 0.7, hours: Int? = nil) throws -> HourlyProblem {
    let data = try series(years: years)
    return Self.build(data, renewableFraction: renewableFraction, hours: hours, withHeat: false)
  }

  /// C2: C1 with heat and cold.
  package func c2(years: [Int] = [1], renewableFraction: Double = 0.7, hours: Int? = nil) throws -> HourlyProblem {
    let data = try series(years: years)
    return Self.build(data, renewableFraction: renewableFraction, hours: hours, withHeat: true)
  }

  /// Members with own sun and battery behind two-way links to one cluster bus with gas and grid, loads cut from C1.
  ///
  /// - Parameters:
  ///   - count: Number of members.
  ///   - hours: Only the first hours, if given.
  package func members(_ count: Int, hours: Int? = nil) throws -> HourlyProblem {
    var builder = BenchmarkBuilder(data: try series(years: [1]), hours: hours, renewableFraction: 0.5)
    builder.addMembers(count)
    return builder.finished()
  }

  /// C1 on given series.
  static func c1(of columns: [String: [Double]]) -> HourlyProblem {
    build(columns, renewableFraction: 0.7, hours: nil, withHeat: false)
  }

  private static func build(
    _ data: [String: [Double]], renewableFraction: Double, hours: Int?, withHeat: Bool
  ) -> HourlyProblem {
    var builder = BenchmarkBuilder(data: data, hours: hours, renewableFraction: renewableFraction)
    builder.addElectricity()
    if withHeat { builder.addHeat() }
    return builder.finished()
  }
}

/// Gathers the elements of C1 and C2.
private struct BenchmarkBuilder {
  let data: [String: [Double]]
  let hours: Int?
  let renewableFraction: Double
  var problem: HourlyProblem
  var limit = LinearForm()
  let fuel = 0.042 + 0.06 * 0.202
  private let plus = [RowTerm(0, .one)], minus = [RowTerm(0, .constant(-1))]

  init(data: [String: [Double]], hours: Int?, renewableFraction: Double) {
    self.data = data
    self.hours = hours
    self.renewableFraction = renewableFraction
    let steps = min(hours ?? Int.max, data["load_el_kw"]?.count ?? 1)
    problem = HourlyProblem(steps: steps, stepHours: 1, years: Double(steps) / 8760)
  }

  private func column(_ name: String) -> [Double] { Array((data[name] ?? []).prefix(problem.steps)) }

  private mutating func size(_ id: String, _ annual: Double, _ most: Double) -> Int {
    problem.capacities.append(Capacity(Label(id, .size), upper: most))
    problem.objective.add(capacity: problem.capacities.count - 1, annual * problem.years)
    return problem.capacities.count - 1
  }

  @discardableResult private mutating func flow(
    _ id: String, _ role: Label.Role, rows: [RowTerm] = [], states: [StateTerm] = [], upper: [Bound],
    cost: Profile = .zero
  ) -> Int {
    problem.flows.append(Flow(Label(id, role), rows: rows, states: states, upper: upper))
    if !cost.isZero { problem.objective.add(flow: problem.flows.count - 1, cost) }
    return problem.flows.count - 1
  }

  mutating func addElectricity() {
    problem.rows = [.balance(Label("electricity", .balance), equals: .series(column("load_el_kw")))]
    let pv = size("pv", 62, 4000), wind = size("wind", 150, 3000), gas = size("gas", 58, 2000)
    let energy = size("battery energy", 19.5, 20000), power = size("battery power", 14, 5000)
    let pumped = size("pumped hydro", 78, 150)
    flow("pv", .production, rows: plus, upper: [.capacity(pv, factor: .series(column("pv_cf")))])
    flow("wind", .production, rows: plus, upper: [.capacity(wind, factor: .series(column("wind_cf")))])
    let generated = flow(
      "gas", .production, rows: plus, upper: [.capacity(gas)], cost: .constant(fuel / 0.34 + 0.012))
    let bought = flow(
      "grid", .purchase, rows: plus, upper: [.fixed(.constant(250))],
      cost: Profile.series(column("price_buy")).map { $0 + 0.06 * 0.55 })
    let sold = flow(
      "grid", .sale, rows: minus, upper: [.fixed(.constant(200))], cost: .series(column("price_sell").map { -$0 }))
    let unserved = flow("load", .unserved, rows: plus, upper: [], cost: .constant(5))
    problem.states = [
      State(Label("battery", .content), retention: .constant(1 - 0.0001), upper: .capacity(energy)),
      State(Label("pumped hydro", .content), upper: .capacity(pumped, factor: .constant(8))),
    ]
    for (s, id, bound, inwards, outwards) in [
      (0, "battery", power, 0.96, 0.95), (1, "pumped hydro", pumped, 0.88, 0.90),
    ] {
      flow(id, .charge, rows: minus, states: [StateTerm(s, .constant(inwards))], upper: [.capacity(bound)])
      flow(id, .discharge, rows: plus, states: [StateTerm(s, .constant(-1 / outwards))], upper: [.capacity(bound)])
    }
    for j in [generated, bought] { limit.add(flow: j, .one) }
    limit.add(flow: unserved, .constant(1 - renewableFraction))
    limit.add(flow: sold, .constant(renewableFraction - 1))
  }

  /// Heat pump, CHP, boiler, tank, chiller and absorption chiller. The tank's content row is the heat balance: the tank
  /// has no power limit and no charging loss.
  mutating func addHeat() {
    let heat = zip(column("load_sh_kw"), column("load_dhw_kw")).map { -$0 - $1 }
    problem.rows.append(.balance(Label("cold", .balance), equals: .series(column("load_cool_kw"))))
    let heatPump = size("heat pump", 95, 2000), chp = size("chp", 95, 1500), boiler = size("boiler", 9, 3000)
    let tank = size("tank", 1.6, 20000), chiller = size("chiller", 60, 2000)
    let absorption = size("absorption", 20, 1500)
    problem.states.append(
      State(
        Label("tank", .content), retention: .constant(1 - 0.004), inflow: .series(heat), upper: .capacity(tank)))
    let pumped = flow(
      "heat pump", .conversion, rows: minus, states: [StateTerm(2, .series(column("cop_hp")))],
      upper: [.capacity(heatPump)])
    let burnt = flow(
      "chp", .conversion, rows: [RowTerm(0, .constant(0.33))], states: [StateTerm(2, .constant(0.47))],
      upper: [.capacity(chp, factor: .constant(1 / 0.33))], cost: .constant(fuel + 0.012 * 0.33))
    flow(
      "boiler", .conversion, states: [StateTerm(2, .constant(0.92))],
      upper: [.capacity(boiler, factor: .constant(1 / 0.92))], cost: .constant(fuel))
    let chilled = flow(
      "chiller", .conversion, rows: minus + [RowTerm(1, .series(column("eer_ch")))], upper: [.capacity(chiller)])
    flow(
      "absorption", .conversion, rows: [RowTerm(1, .constant(0.72))], states: [StateTerm(2, .constant(-1))],
      upper: [.capacity(absorption)])
    limit.add(flow: burnt, .constant(0.33))
    for j in [pumped, chilled] { limit.add(flow: j, .constant(renewableFraction - 1)) }
  }

  /// Each member has a ninth of the load, shifted in time, and a battery of four hours.
  mutating func addMembers(_ count: Int) {
    let load = column("load_el_kw"), sun = column("pv_cf")
    let steps = problem.steps
    problem.rows = [.balance(Label("cluster", .balance), equals: .series(load.map { $0 / Double(count + 1) }))]
    let gas = size("gas", 58, 2000)
    let generated = flow(
      "gas", .production, rows: plus, upper: [.capacity(gas)], cost: .constant(fuel / 0.34 + 0.012))
    let bought = flow(
      "grid", .purchase, rows: plus, upper: [.fixed(.constant(250))],
      cost: Profile.series(column("price_buy")).map { $0 + 0.06 * 0.55 })
    flow("grid", .sale, rows: minus, upper: [.fixed(.constant(200))], cost: .series(column("price_sell").map { -$0 }))
    flow("cluster", .unserved, rows: plus, upper: [.fixed(problem.rows[0].upper)], cost: .constant(5))
    for i in 0..<count {
      let r = problem.rows.count, s = problem.states.count
      let mine = (0..<steps).map { load[($0 + i) % steps] * (0.8 + 0.05 * Double(i)) / Double(count + 1) }
      problem.rows.append(.balance(Label("member\(i)", .balance), equals: .series(mine)))
      let pv = size("pv\(i)", 62 + Double(i), 4000), battery = size("battery\(i)", 23 + 0.2 * Double(i), 5000)
      problem.states.append(
        State(Label("battery\(i)", .content), retention: .constant(0.9999), upper: .capacity(battery)))
      let (into, outOf) = ([RowTerm(r, .one)], [RowTerm(r, .constant(-1))])
      let quarter = Bound.capacity(battery, factor: .constant(0.25))
      flow("pv\(i)", .production, rows: into, upper: [.capacity(pv, factor: .series(sun))])
      flow("battery\(i)", .charge, rows: outOf, states: [StateTerm(s, .constant(0.96))], upper: [quarter])
      flow("battery\(i)", .discharge, rows: into, states: [StateTerm(s, .constant(-1 / 0.95))], upper: [quarter])
      let ends = [(-1.0, 0.99), (0.99, -1)]
      for (role, end) in zip([Label.Role.forward, .backward], ends) {
        flow(
          "link\(i)", role, rows: [RowTerm(0, .constant(end.0)), RowTerm(r, .constant(end.1))],
          upper: [.fixed(.constant(300))])
      }
      flow("member\(i)", .unserved, rows: into, upper: [.fixed(.series(mine))], cost: .constant(5))
    }
    for j in [generated, bought] { limit.add(flow: j, .one) }
  }

  mutating func finished() -> HourlyProblem {
    let served = (1 - renewableFraction) * column("load_el_kw").reduce(0, +)
    problem.yearlyRows = [YearlyRow(Label("renewable fraction", .limit), limit, upper: served)]
    return problem
  }
}
