/// Names that results have in their folder: what a new result takes away, so that nothing of an earlier one remains.
///
/// All else in the folder (studies beside a plan, a person's own notes) is carried over.
package enum ResultNames {
  /// Files and folders of a plan and of every study.
  package static let results: Set<String> = [
    "result.json", "report.html", "project.lock.yaml", "data",
    // a plan, a simulated year, stages, weather years
    "flows.csv", "cashflow.csv", "exergy.csv", "tables", "tables.json", "workbook.xlsx", "reasons.csv",
    "timeseries.json", "years.csv", "survival.csv",
    "stages", "years",
    // a search
    "candidates.csv", "categorized.csv", "rejected.csv", "surface.csv", "comparison.csv", "rejections.csv",
    "designs.csv", "plans",
    // a front, a sensitivity, a break-even
    "alternatives.csv", "front.csv", "bred.csv", "points", "points.jsonl", "cases.csv", "cases.jsonl", "points.csv",
    // shares
    "shares.csv", "history.csv", "groups.csv", "members",
    // policies, growth
    "policies.csv", "actors", "growth.csv",
    // carbon, reproduction, comparison
    "rows.csv", "sensitivity.csv", "readings.csv", "quantiles.csv", "origins.csv", "decomposition.csv", "measures.csv",
    "abatement.csv", "comparison.json", "reproduced.csv",
    // a match
    "match.html", "matches.csv", "streams.csv", "alternatives.csv", "failures.csv",
  ]
  /// What `tulou resource` leaves, which may stand beside a plan.
  package static let resource: Set<String> = ["resource.html", "resource.json", "resource.csv"]
  /// The page of a result, drawn again.
  package static let page: Set<String> = ["report.html"]
  /// A lock file with its data.
  package static let lock: Set<String> = ["project.lock.yaml", "data"]
  /// A new project.
  package static let project: Set<String> = ["project.yaml"]

  /// Where points and opened rows of a study that is not done yet lie; they take their place when it is written.
  static let unfinished = ["points": "points.partial", "plans": "plans.partial"]

  /// Whether a folder with these names is one of ours: results of any kind, or studies that were begun.
  static func areOurs(_ names: [String]) -> Bool {
    let marks: Set = ["result.json", "resource.json", "comparison.json", "points.jsonl", "cases.jsonl"]
    return names.contains { marks.contains($0) || unfinished.values.contains($0) }
  }
}
