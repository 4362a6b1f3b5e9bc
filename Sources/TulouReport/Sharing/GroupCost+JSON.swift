package import TulouPlanning
import TulouProblem
import TulouQuantities

extension GroupCost {
  /// The cost of a group as a line of the journal.
  package var json: JSON {
    .object([
      ("group", .integer(group)), ("cost", .optional(cost)), ("bound", .optional(bound)),
      ("status", .text(status.rawValue)),
      ("seconds", .number(seconds)), ("message", .text(message)),
    ])
  }

  /// A line of the journal.
  package init?(json: JSON) {
    guard let group = json["group"]?.number, let status = (json["status"]?.text).flatMap(Solution.Status.init) else {
      return nil
    }
    self.init(
      group: Int(saturating: group), cost: json["cost"]?.number, bound: json["bound"]?.number, status: status,
      seconds: json["seconds"]?.number ?? 0, message: json["message"]?.text ?? "")
  }
}
