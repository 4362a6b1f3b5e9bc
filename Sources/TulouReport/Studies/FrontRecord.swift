package import TulouAccounts
package import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

/// What is kept of a point of a front: enough for table, chart and proof, without its hours.
package struct FrontRecord: Sendable, Equatable {
  /// Number, from the best of the first goal (0) to the best of the second.
  package var number: Int
  /// Where it lies.
  package var place: ParetoPlace
  /// At what the second goal was held; nil at the best of the first.
  package var limit: Double?
  /// What was minimised, its unit, the proven value and bound, and the gap between.
  package var objective: String, unit: String, value: Double, bound: Double, gap: Double
  /// Largest breach of any limit, in its unit and relative to its terms.
  package var residual: Double, relativeResidual: Double
  /// `optimal` or `feasible`.
  package var status: String
  /// Solver, and what it had to say.
  package var solver: String, message: String
  /// What one unit less of the second goal costs in the first.
  package var exchange: Double?
  /// Overrides under which `plan` finds the point again.
  package var settings: [String: String]
  /// Sizes and indicators.
  package var numbers: StudyNumbers

  /// The record of a point.
  package init?(_ point: ParetoPoint, accounts: Accounts) {
    guard let report = PlanReport(outcome: point.outcome, accounts: accounts, version: "") else { return nil }
    let certificate = point.certificate
    number = point.number
    place = point.place
    limit = point.limit
    objective = certificate.objective
    unit = certificate.unit
    value = certificate.value
    bound = certificate.bound
    gap = certificate.gap
    residual = certificate.largestResidual
    relativeResidual = certificate.largestRelativeResidual
    status = point.outcome.status.rawValue
    solver = certificate.solver
    message = certificate.message
    exchange = point.exchange
    settings = point.settings ?? [:]
    numbers = StudyNumbers(report)
  }

  /// Whether its number of a goal is at least what stands there.
  func isAtLeast(_ goal: ParetoAxis) -> Bool { numbers.atLeast.contains(goal.rawValue) }

  /// Whether its optimality is proven to a millionth.
  package var isProven: Bool { gap <= 2e-6 }

  package var json: JSON {
    .object([
      ("number", .integer(number + 1)), ("first", .number(place.first)), ("second", .number(place.second)),
      ("limit", .optional(limit)), (AtLeast.column, .array(numbers.atLeast.map(JSON.text))),
      (
        "certificate",
        .object([
          ("objective", .text(objective)), ("unit", .text(unit)), ("value", .number(value)), ("bound", .number(bound)),
          ("gap", .number(gap)), ("largest_residual", .number(residual)),
          ("largest_relative_residual", .number(relativeResidual)), ("status", .text(status)),
          ("solver", .text(solver)), ("message", .text(message)),
        ])
      ), ("exchange", .optional(exchange)),
      ("settings", .object(settings.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })),
      ("sizes", numbers.sizesJSON), ("indicators", numbers.indicatorsJSON),
      ("folder", .text(FrontRecord.folder(number))),
    ])
  }

  package init?(json: JSON) {
    guard let number = json["number"]?.number, let first = json["first"]?.number, let second = json["second"]?.number,
      let proof = json["certificate"]
    else { return nil }
    self.number = Int(saturating: number) - 1
    place = ParetoPlace(first: first, second: second)
    limit = json["limit"]?.number
    objective = proof["objective"]?.text ?? ""
    unit = proof["unit"]?.text ?? ""
    value = proof["value"]?.number ?? .nan
    bound = proof["bound"]?.number ?? -.infinity
    gap = proof["gap"]?.number ?? .infinity
    residual = proof["largest_residual"]?.number ?? .nan
    relativeResidual = proof["largest_relative_residual"]?.number ?? .nan
    status = proof["status"]?.text ?? ""
    solver = proof["solver"]?.text ?? ""
    message = proof["message"]?.text ?? ""
    exchange = json["exchange"]?.number
    settings = Dictionary(
      (json["settings"]?.fields ?? []).map { ($0.0, $0.1.text ?? "") }, uniquingKeysWith: { first, _ in first })
    numbers = StudyNumbers(sizes: json["sizes"], indicators: json["indicators"])
  }

  /// Folder of a point's own files, relative to the front's.
  package static func folder(_ number: Int) -> String { "points/" + (number < 9 ? "0" : "") + "\(number + 1)" }
}
