import TulouPlanning
import TulouProblem
import TulouProject
import TulouSharing

extension ClusterShareReport {
  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    var fields: [(String, JSON)] = [
      ("tulou", .text(version)), ("study", .text("share")), ("status", .text("done")), ("project", .text(project.name)),
      ("game", .text(kind.rawValue)), ("outside", .text(project.sharing.outside.rawValue)),
      ("rule", .text(rule.rawValue)),
    ]
    fields += report.fields.filter { $0.0 != "name" }
    fields.append(("together", .optional(together)))
    fields.append(("alone", .object(players.map { ($0.name, .optional($0.alone)) })))
    fields.append(("largest_uncertainty", .number(widest)))
    fields.append(("without_plan", .array(withoutPlan.map(JSON.text))))
    fields.append(("sentences", .array(sentences.map(JSON.text))))
    fields.append(
      (
        "band",
        .array(
          bands.map { band in
            .object([
              ("mix", .text(band.name)), ("part", .numbers(band.points.map(\.part))),
              ("shortfall", .numbers(band.points.map(\.shortfall))),
            ])
          })
      ))
    fields.append(("certificates", .array(groups.map { group in certificate(group.name, group.cost) })))
    if let law { fields.append(("law", json(law))) }
    fields.append(("timing", .object(timing.map { ($0.0, .number($0.1)) })))
    return .object(fields)
  }

  private func certificate(_ name: String, _ cost: GroupCost) -> JSON {
    .object([
      ("group", .text(name)), ("cost", .optional(cost.cost)), ("bound", .optional(cost.bound)),
      ("status", .text(cost.status.rawValue)),
    ])
  }

  /// `result.json` as text.
  public func text(timing: [(String, Double)] = []) -> String { json(timing: timing).indented }

  /// Groups as CSV.
  public func groupsCSV() -> [UInt8] {
    var text = "group,cost,bound,status,seconds\n"
    for (name, cost) in groups {
      text +=
        "\"\(name)\",\(cost.cost.map(JSON.digits) ?? ""),\(cost.bound.map(JSON.digits) ?? ""),\(cost.status.rawValue),\(JSON.digits(cost.seconds))\n"
    }
    return Array(text.utf8)
  }

  /// The answer for a terminal.
  public func answer(report place: String) -> [String] {
    var lines = [
      "\(project.name): benefit together \(money(report.total))"
        + (together.map { ", cost together \(money($0))" } ?? "")
    ]
    lines += report.lines
    lines += sentences
    if let law { lines += lawSentences(law) }
    lines.append("Report            \(place), a page per member in members/, numbers in result.json and shares.csv")
    return lines
  }
}
