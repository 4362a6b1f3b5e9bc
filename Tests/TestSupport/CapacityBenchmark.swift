public import TulouProblem

/// The capacity LP C1 of the shared benchmark folder: one bus, PV, wind, gas, battery, pumped hydro, import and export.
///
/// Source: bench/C1.md; parameters as printed in bench/params.json.
public enum CapacityBenchmark {
  /// Optimum of year 1 over 8760 h [USD].
  public static let optimum = 352151.472349
  /// Sizes at the optimum in the order of the capacities [kW, kWh].
  public static let sizes = [2539.079339, 292.639504, 60.472269, 3338.142472, 597.087035, 150]

  /// The LP over the rows of `columns` (those of `y01.csv`), annual costs in proportion to the hours.
  public static func problem(_ columns: [String: [Double]], hours: Int? = nil) -> HourlyProblem {
    func series(_ name: String) -> [Double] { Array((columns[name] ?? []).prefix(hours ?? .max)) }
    let load = series("load_el_kw")
    let T = load.count
    let years = Double(T) / 8760
    var problem = HourlyProblem(steps: T, stepHours: 1, years: years)
    problem.rows = [.balance(Label("ac", .balance), equals: .series(load))]
    let annual = [62.0, 150, 58, 19.5, 14, 78], upper = [4000.0, 3000, 2000, 20000, 5000, 150]
    for (k, name) in ["pv", "wind", "gas", "battery_energy", "battery_power", "pumped"].enumerated() {
      problem.capacities.append(Capacity(Label(name, .size), upper: upper[k]))
      problem.objective.add(capacity: k, annual[k] * years)
    }
    let gas = (0.042 + 0.06 * 0.202) / 0.34 + 0.012
    func add(
      _ label: Label, balance: Double, price: Profile = .zero, states: [StateTerm] = [], upper: [Bound]
    ) {
      if !price.isZero { problem.objective.add(flow: problem.flows.count, price) }
      problem.flows.append(Flow(label, rows: [RowTerm(0, .constant(balance))], states: states, upper: upper))
    }
    add(Label("pv", .production), balance: 1, upper: [.capacity(0, factor: .series(series("pv_cf")))])
    add(Label("wind", .production), balance: 1, upper: [.capacity(1, factor: .series(series("wind_cf")))])
    add(Label("gas", .conversion), balance: 1, price: .constant(gas), upper: [.capacity(2)])
    add(
      Label("grid", .purchase), balance: 1, price: .series(series("price_buy").map { $0 + 0.06 * 0.55 }),
      upper: [.fixed(.constant(250))])
    add(
      Label("grid", .sale), balance: -1, price: .series(series("price_sell").map { -$0 }),
      upper: [.fixed(.constant(200))])
    add(Label("load", .unserved), balance: 1, price: .constant(5), upper: [.fixed(.series(load))])
    add(Label("battery", .charge), balance: -1, states: [StateTerm(0, .constant(0.96))], upper: [.capacity(4)])
    add(Label("battery", .discharge), balance: 1, states: [StateTerm(0, .constant(-1 / 0.95))], upper: [.capacity(4)])
    add(Label("pumped", .charge), balance: -1, states: [StateTerm(1, .constant(0.88))], upper: [.capacity(5)])
    add(Label("pumped", .discharge), balance: 1, states: [StateTerm(1, .constant(-1 / 0.90))], upper: [.capacity(5)])
    problem.states = [
      State(Label("battery", .content), retention: .constant(1 - 0.0001), upper: .capacity(3)),
      State(Label("pumped", .content), upper: .capacity(5, factor: .constant(8))),
    ]
    // (15): gas + import + 0.3 unserved - 0.3 export <= 0.3 load
    let form = LinearForm(flows: [2: .one, 3: .one, 5: .constant(0.3), 4: .constant(-0.3)])
    problem.yearlyRows = [
      YearlyRow(Label("renewable_fraction", .limit), form, upper: 0.3 * load.reduce(0, +))
    ]
    return problem
  }
}
