import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouReport

/// Scores of sites, their ranking and what it hangs on.
@Suite("Sites side by side") struct SiteRankingTests {
  private static func site(_ name: String, _ isolation: Double, _ resources: Double, _ culture: Double) -> SiteScore {
    func part(_ criterion: SiteCriterion, _ name: String, _ value: Double) -> SiteScore.Part {
      SiteScore.Part(criterion, name, value, answer: "", zero: 0, one: 1, unit: "")
    }
    return SiteScore(
      name: name,
      parts: [part(.isolation, "way", isolation), part(.culture, "age", culture)]
        + ["a", "b", "c", "d"].map { part(.resources, $0, $0 == "d" ? 0 : resources) })
  }

  @Test("scores are the means of their parts, of resources the best three") func scores() {
    let site = Self.site("one", 0.4, 0.9, 0.2)
    #expect(site.score(.isolation) == 0.4 && abs(site.score(.resources) - 0.9) < 1e-12 && site.score(.culture) == 0.2)
    #expect(site.counted(.resources).map(\.name) == ["a", "b", "c"])
    let part = SiteScore.Part(.resources, "wind", 12, answer: "12 m/s", zero: 4, one: 9, unit: "m/s")
    #expect(part.score == 1 && part.scale == "4 m/s is 0, 9 m/s is 1")
  }

  @Test("the leader, the weight at which another leads, and the part of weightings, by hand") func ranking() {
    let sites = [Self.site("far", 1, 0, 0.5), Self.site("rich", 0, 1, 0.5)]
    let ranking = SiteRanking(sites, weights: [2, 1, 1], seed: 1)
    #expect(ranking.weights == [0.5, 0.25, 0.25] && ranking.order == [0, 1])
    #expect(abs(ranking.totals[0] - 0.625) < 1e-12 && abs(ranking.totals[1] - 0.375) < 1e-12)
    // Isolation w, the others (1 - w) / 2 each: equal at w = (1 - w) / 2, a third.
    #expect(abs((ranking.lowerSwitch[0] ?? 0) - 1.0 / 3) < 1e-12 && ranking.upperSwitch[0] == nil)
    // Resources w against isolation (1 - w) 2/3: equal at 0.4.
    #expect(abs((ranking.upperSwitch[1] ?? 0) - 0.4) < 1e-12)
    // Even over all weightings each leads in half.
    #expect(abs(ranking.firstShare[0] - 0.5) < 0.02 && ranking.bestRank == [1, 1] && ranking.worstRank == [2, 2])
    #expect(ranking == SiteRanking(sites, weights: [2, 1, 1], seed: 1))
  }

  @Test("the three sites are scored by their answers, and every part is told with its scale") func three() throws {
    let folder = SharedFolder.packageRoot + "/Examples/sites"
    let list = try SiteList.read(path: folder)
    #expect(list.files.count == 3)
    let scores = try list.files.map { try SiteAnswers.read(path: $0).score }
    #expect(scores.allSatisfy { site in SiteCriterion.allCases.allSatisfy { (0...1).contains(site.score($0)) } })
    let yongding = try #require(scores.first { $0.name == "Yongding" })
    #expect(yongding.parts.contains { $0.name == "heritage" && $0.score == 1 })
    #expect(yongding.parts.allSatisfy { !$0.scale.isEmpty && !$0.answer.isEmpty })
    let report = SitesReport(ranking: SiteRanking(scores, weights: [1, 1, 1], seed: 1), plans: [], version: "test")
    #expect(report.order.rows.count == 3 && report.parts.rows.count > 8 && report.sentences.count == 5)
    #expect(report.page().sections.count == 2 && !report.csv().isEmpty)
  }

  @Test(
    "wrong lists are told",
    arguments: [
      ("sites: []", "names no file"), ("sites: [a.yaml]\nweights: {beauty: 1}", "is no criterion"),
      ("sites: [a.yaml]\nweights: {isolation: 0, resources: 0, culture: 0}", "All weights are 0"),
      ("sites: [a.yaml]\nheights: 3", "heights"),
    ])
  func wrong(text: String, said: String) throws {
    let folder = try ScratchFolder.make()
    let path = folder.appendingPathComponent("list.yaml").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let fault = #expect(throws: ProjectFault.self) { try SiteList.read(path: path) }
    #expect(fault?.diagnostics.contains { $0.message.contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }
}
