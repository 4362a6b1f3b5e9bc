import Testing
import TulouReport
import TulouSharing

/// What planning leaves of zero is no share, no shortfall and no surplus for those who read; files keep what adds up.
@Suite("Dust in shares") struct ShareDustTests {
  @Test("a share, a shortfall and a surplus below a millionth are zero in tables, and kept in CSV") func tables() throws
  {
    let game = try #require(Game(members: ["mill", "farm"], values: [0, 0, 0.0018, 1e6]))
    var shares = Shares(method: .owen, amounts: [1e6, 0])
    shares.stability = Stability(game, [1e6, 0], tolerance: 1e-12)
    #expect(shares.stability?.isStable == false)
    let even = Shares(method: .nucleolus, amounts: [1e6 + 5.8e-11, -5.8e-11])
    let report = GameReport(name: "", game: game, shares: [shares, even])
    #expect(
      report.table().rows == [["owen", "1,000,000", "0", "none", "0"], ["nucleolus", "1,000,000", "0", "tested", ""]])
    #expect(String(decoding: report.csv(), as: UTF8.self).contains("e-11"))
    // A bar of dust below zero would begin the drawing's scale there.
    let drawn = report.section(id: "shares").contents.compactMap { content -> [[Double]]? in
      guard case .chart(let chart) = content, case .bars(let bars) = chart.body else { return nil }
      return bars.series.map(\.values)
    }
    #expect(drawn.first?.last == [0, 0])
  }

  @Test("shares of a benefit that is nothing are left empty") func none() throws {
    let game = try #require(Game(members: ["mill", "farm"], values: [0, -1e6, 1e6, 1e-8]))
    let report = GameReport(name: "", game: game, shares: [Shares(method: .owen, amounts: [-500, 500])])
    let csv = String(decoding: report.csv(), as: UTF8.self)
    #expect(csv.contains("owen,mill,-500,,\n") && csv.contains("owen,farm,500,,\n"), "\(csv)")
  }

  @Test("where the core has no room, no surplus is made up") func core() throws {
    let game = try #require(Game(members: ["a", "b"], values: [0, 400_000, 600_000, 1e6 + 1e-3]))
    let sentence = try #require(GameReport(name: "", game: game, shares: []).coreSentence)
    #expect(sentence == "The core is not empty: shares exist with which no group is better off by itself.")
    let roomy = try #require(Game(members: ["a", "b"], values: [0, 0, 0, 10]))
    #expect(GameReport(name: "", game: roomy, shares: []).coreSentence?.contains("at least 5 better off") == true)
  }
}
