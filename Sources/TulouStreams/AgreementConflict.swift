import TulouProblem
import TulouSolvers

/// Agreements that cannot be kept, and how much is missing.
extension Matching {
  /// Which agreements cannot hold together, found by leaving out one after the other.
  func contradiction() -> MatchFailure {
    func holds(_ ids: Set<String>) -> Bool {
      var trial = park
      trial.agreements = park.agreements.filter { ids.contains($0.id) }
      return solver.solve(MatchProblem(trial, goal: goal).problem, options: options).hasPlan
    }
    var core = Set(park.agreements.map(\.id))
    guard !core.isEmpty, holds([]) else {
      return MatchFailure("No match is possible: a limit of a sink cannot be kept, not even by fresh supply alone.")
    }
    for id in core.sorted() where !holds(core.subtracting([id])) { core.remove(id) }
    let names = core.sorted().map { "'\($0)'" }.joined(separator: ", ")
    let reason =
      core.count == 1
      ? "The agreement \(names) cannot be kept: its least amount is more than there is, or than can be taken."
      : "The agreements \(names) cannot be kept together: their least amounts are more than there is, or than can be taken."
    return MatchFailure(reason + missing(core), conflict: core.sorted())
  }

  /// What agreements ask for beside the most that their links can send; empty where the sum alone does not tell.
  private func missing(_ ids: Set<String>) -> String {
    let signed = park.agreements.filter { ids.contains($0.id) }
    let kinds = Set(park.sources.filter { one in signed.contains { $0.streams.contains(one.id) } }.map(\.kind))
    guard let kind = kinds.first, kinds.count == 1 else { return "" }
    var free = park
    free.agreements = []
    var problem = MatchProblem(free, goal: goal)
    problem.problem.objective = LinearForm()
    for (a, link) in park.links.enumerated() where signed.contains(where: { $0.covers(link, in: park) }) {
      problem.problem.objective.add(flow: problem.flowOfLink[a], .constant(-1))
    }
    let solution = solver.solve(problem.problem, options: options)
    let asked = signed.reduce(0) { $0 + $1.minimum(in: park) }
    guard solution.status == .optimal, asked > -solution.objective * (1 + 1e-6) + 1e-6 else { return "" }
    func amount(_ value: Double) -> String {
      kind.isEnergy ? "\(Screening.short(max(0, value) / 1000)) MWh" : "\(Screening.short(max(0, value))) t"
    }
    return " Asked are \(amount(asked)) a year, and \(amount(-solution.objective)) are the most that can be sent."
  }
}
