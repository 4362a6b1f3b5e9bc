package import TulouPlanning
package import TulouReport

extension StudyJournal {
  /// Costs of groups of an earlier run.
  package var groupCosts: [GroupCost] { lines.compactMap { GroupCost(json: $0) } }
  /// Adds the cost of a group.
  package func add(_ cost: GroupCost) { add(cost.json) }
}

extension StudyFiles {
  /// Writes shares among members: `result.json`, `report.html`, `shares.csv`, `groups.csv`, `members/ID.html`, `project.lock.yaml`.
  package static func write(
    _ report: ClusterShareReport, timing: [(String, Double)], lock: LockFile?, to directory: String, plotlyPath: String?
  ) throws(ResultFault) {
    var further: [(name: String, bytes: [UInt8])] = [
      ("shares.csv", report.report.csv()), ("groups.csv", report.groupsCSV()),
    ]
    for index in report.players.indices {
      further.append(("members/\(report.players[index].fileName).html", report.page(of: index).file()))
    }
    further += lock?.files ?? []
    try write(
      page: report.page(), json: report.json(timing: timing), further: further, to: directory, plotlyPath: plotlyPath)
  }
}
