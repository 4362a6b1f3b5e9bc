import Synchronization
import TulouAccounts
package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// A project simulated year by year: demand grows, prices change, sources and batteries fade, and what its use has worn
/// is replaced when its life is used up.
///
/// Year y is simulated with the demand, prices and factors of that year and with the capacity left at its begin; what it
/// costs is read from the accounts of that year. Wear runs evenly within a year. Without growth, fade and wear by use the
/// net present cost is that of the plan's accounts.
///
/// - Source: HOMER Pro manual, "Multi-Year", "Storage degradation" (`A D^beta` a cycle); planning.md 2.2 (2), (3), (7).
package enum MultiYearStudy {
  /// Simulates `asked.years` years.
  ///
  /// - Parameters:
  ///   - project: As read; a horizon within one calendar year.
  ///   - weather: Weather years of the project, with their names; empty: one only. Paths draw among them.
  ///   - options: Rule and sizes; `optimal` is no rule.
  ///   - asked: Years and paths.
  ///   - isCancelled: Asked between years.
  ///   - progress: Told of drawn years: done, in all.
  ///   - spread: Calls its second argument with every number below the first, on as many threads as it likes.
  /// - Returns: The record; nil where the user stopped it.
  package static func run(
    project: Project, weather: [(name: String, project: Project)] = [], options: SimulateOptions,
    asked: MultiYearOptions, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: (Int, Int) -> Void = { _, _ in },
    spread: (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
  ) throws(ProjectFault) -> MultiYearRecord? {
    try check(project, options, asked)
    var path = PlantPath(project, asked.years)
    var years: [SimulatedYear] = []
    for y in 1...asked.years {
      if isCancelled() { return nil }
      let year = try YearRun(y, of: project, path, options).expected
      if y == 1 { path.install(year) }
      path.pass(year)
      years.append(year)
    }
    var record = path.record(years)
    guard asked.samples > 0 else { return record }
    let projects = [project] + weather.dropFirst().map(\.project)
    let draws = PathDraws(
      markets: project.priceWalks, weatherCount: projects.count,
      fails: project.markets.contains { $0.outages?.law != nil }, asked: asked, seed: options.seed)
    var table = PathTable(path, first: years[0], asked: asked)
    var done = 0
    for (w, other) in projects.enumerated() {
      for y in 1...asked.years {
        let samples = draws.weathers.indices.filter { draws.weathers[$0][y - 1] == w }
        guard !samples.isEmpty else { continue }
        if isCancelled() { return nil }
        // The same ages as on the expected path: fade differs little between weathers, what it costs to run much.
        let run = try YearRun(y, of: other, years[y - 1].state, options)
        let found = Mutex([DrawnYear?](repeating: nil, count: samples.count))
        let prices = samples.map { asked.priceVolatility > 0 ? draws.factors[$0][y - 1] : [:] }
        let failures = samples.map { draws.failures[$0][y - 1] }
        spread(samples.count) { i in
          guard !isCancelled() else { return }
          let year = run.drawn(prices[i], failures: failures[i])
          found.withLock { $0[i] = year }
        }
        for (sample, year) in zip(samples, found.withLock({ $0 })) {
          guard let year else {
            if isCancelled() { return nil }
            throw ProjectFault([Diagnostic(.error, "Year \(y) has no dispatch at the prices of path \(sample + 1).")])
          }
          table.set(sample, y, year)
        }
        done += samples.count
        progress(done, asked.samples * asked.years)
      }
    }
    record.samples = asked.samples
    record.drawn = draws.words
    record.quantiles = table.quantiles(currency: project.economy.currency)
    return record
  }

  private static func check(
    _ project: Project, _ options: SimulateOptions, _ asked: MultiYearOptions
  ) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    if case .optimal = options.strategy {
      faults.append(
        Diagnostic(
          .error, "Years are simulated one by one by a rule, and 'optimal' is none.",
          advice: "Take load_following or another rule with --years."))
    }
    if project.horizon.calendarYears.count != 1 || project.horizon.periods.count != 1 {
      faults.append(
        Diagnostic(
          .error, "Years are simulated one by one from a horizon within one calendar year.",
          advice: "Give 'horizon: {start: ..., length: 1 y}'.", path: "horizon"))
    }
    if !project.policies.isEmpty {
      faults.append(
        Diagnostic(
          .error, "Years simulated one by one do not count policies.",
          advice: "Take 'policies' out, or simulate the one year that stands for all.", path: "policies"))
    }
    if !(1...100).contains(asked.years) {
      faults.append(Diagnostic(.error, "\(asked.years) years cannot be simulated.", advice: "Give 1 to 100."))
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }
}
