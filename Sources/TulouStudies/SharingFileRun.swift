import Tulou
import TulouFiles

/// `share` of a small file: games, allocations of metered energy, prices inside a community.
public struct SharingFileRun: Sendable {
  let run: StudyRun
  let asked: ShareQuestion

  /// Games, allocations and prices.
  public init(_ run: StudyRun, _ asked: ShareQuestion = ShareQuestion()) {
    self.run = run
    self.asked = asked
  }

  /// Divides, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let file = run.request.file
    guard run.request.read.settings.isEmpty else {
      throw StudyEnd(.usage, "tulou: --set is for project files; write the value into '\(file)'.")
    }
    let folder = run.folder
    try run.reserve(folder)
    let given = try run.stopping { () throws(ProjectFault) in try SharingReader.read(path: file) }
    let games = given.games.map { game in
      GameReport.of(
        name: game.name, table: game.table, netting: game.netting, seed: run.request.seed,
        pairs: asked.samples ?? 20_000, tolerance: asked.tolerance ?? 0.005)
    }
    let report = SharingFileReport(
      title: given.name.isEmpty ? "Shares" : given.name, games: games,
      allocations: given.allocations.map { .init(name: $0.name, $0.metering) },
      prices: given.prices.map {
        .init(name: $0.name, price: $0.price, bids: $0.market.accepted.bids, asks: $0.market.accepted.asks)
      },
      laws: given.laws.map { .init(name: $0.name, law: $0.law, values: $0.values, expected: $0.expected) },
      isSingleGame: given.isSingleGame, version: run.request.version)
    let text = report.text()
    try run.writing { () throws(ResultFault) in
      try WholeFiles.write(
        [
          ("result.json", Array(text.utf8)), ("report.html", report.page().file(in: run.request.language)),
          ("shares.csv", report.csv()),
        ], to: folder)
    }
    let differing = report.laws.enumerated().compactMap { index, row -> Diagnostic? in
      guard !row.differing.isEmpty else { return nil }
      let names = row.differing.map { "'\($0)'" }.joined(separator: ", ")
      return Diagnostic(
        .warning,
        "'\(row.name.isEmpty ? "laws.\(index + 1)" : row.name)' expects another value of \(names) than '\(row.law.id)' says."
      )
    }
    return StudyAnswer(
      lines: report.lines + ["\nReport            \(folder)/report.html, numbers in result.json and shares.csv"],
      json: text, findings: differing)
  }
}
