import TulouProblem
import TulouProject
import TulouQuantities

/// What to say where time ran out.
enum TimeAdvice {
  /// A warning with what would help; a plan that was found so far is shown beside it.
  static func finding(_ project: Project, problem: HourlyProblem, hasPlan: Bool, isExact: Bool) -> Diagnostic {
    Diagnostic(
      .warning,
      hasPlan
        ? "The time limit was reached: this is the best plan so far, and a better one may lie within its gap."
        : "The time limit was reached before a plan was found.",
      advice: words(project, problem: problem, isExact: isExact))
  }

  /// More time, fewer hours, periods, larger steps: what of it the project leaves open.
  static func words(_ project: Project, problem: HourlyProblem, isExact: Bool) -> String {
    var ways = ["more time (--time-limit)"]
    let hours = Double(problem.steps) * problem.stepHours
    if hours > 2 * 336 { ways.append("fewer hours (--hours 336)") }
    if project.horizon.periods.count == 1, hours > 2 * 336 {
      ways.append(
        "representative days in place of the horizon ('periods: [{start: 2027-01-15, length: 24 h, weight: 90}, ...]')")
    }
    if problem.stepHours < 1 { ways.append("larger steps ('horizon: {step: 1 h}')") }
    if isExact { ways.append("whole numbers by rounding (without --exact)") }
    return "What helps: " + ways.joined(separator: ", ") + "."
  }
}
