import TulouDocument
package import TulouProblem
import TulouProject
import TulouQuantities

/// What to say where time ran out, or where there is not memory enough.
package enum TimeAdvice {
  /// A warning with what would help; nil where no limit was reached.
  static func finding(
    of solution: Solution, _ project: Project, problem: HourlyProblem, isExact: Bool
  ) -> Diagnostic? {
    guard solution.status == .limit else { return nil }
    if let demand = solution.refused {
      return Diagnostic(
        .warning,
        "The solve was not begun: it takes \(words(demand)), and less memory is free. It has \(shortNumber(Double(problem.steps) * Double(problem.flows.count + problem.states.count))) unknowns in \(problem.steps) steps.",
        advice: advice(project, problem: problem, isExact: isExact, asksForMemory: true))
    }
    return Diagnostic(
      .warning,
      solution.hasPlan
        ? "The time limit was reached: this is the best plan so far, and a better one may lie within its gap."
        : "The time limit was reached before a plan was found.",
      advice: advice(project, problem: problem, isExact: isExact, asksForMemory: false))
  }

  /// `about 14 GB of memory and 40 min`.
  package static func words(_ demand: SolveDemand) -> String {
    let memory = "about \(shortNumber(demand.bytes / 1e9, digits: 2)) GB of memory"
    guard demand.seconds.isFinite else { return memory }
    return memory
      + (demand.seconds < 60 ? " and less than a minute" : " and \(shortNumber(demand.seconds / 60, digits: 2)) min")
  }

  /// More time, fewer hours, periods, larger steps: what of it the project leaves open.
  private static func advice(
    _ project: Project, problem: HourlyProblem, isExact: Bool, asksForMemory: Bool
  ) -> String {
    var ways = asksForMemory ? [] : ["more time (--time-limit)"]
    let hours = Double(problem.steps) * problem.stepHours
    if problem.stepHours < 1 { ways.append("larger steps ('horizon: {step: 1 h}')") }
    if hours > 2 * 336 {
      if !project.weatherYears.isEmpty { ways.append("fewer weather years") }
      ways.append("fewer hours (--hours 336)")
      if project.horizon.periods.count == 1 {
        ways.append(
          "representative days in place of the horizon ('periods: [{start: 2027-01-15, length: 24 h, weight: 90}, ...]')"
        )
      }
    }
    if isExact { ways.append("whole numbers by rounding (without --exact)") }
    ways.append(asksForMemory ? "fewer components, or a machine with more memory" : "fewer components")
    return "What helps: " + ways.joined(separator: ", ") + "."
  }
}
