import Testing
import TulouDocument
import TulouFiles
import TulouQuantities
import TulouSharing

/// Small files of games, allocations and prices: what is read, and what is said of wrong ones.
@Suite("Files of games, allocations and prices") struct SharingFileTests {
  private func faults(_ text: String) -> [String] {
    do throws(ProjectFault) {
      _ = try SharingReader.read(text: text, path: "game.yaml")
      return []
    } catch { return error.diagnostics.map { $0.message + " " + $0.advice } }
  }

  @Test("Values by names and by bit mask are the same game, with fractions")
  func games() throws {
    let file = try SharingReader.read(
      text: """
        games:
          - {name: one, members: [a, b], values: {a: 1, b: 1/2, a+b: 25/2}}
          - {members: [a, b], values: [0, 1, 0.5, 12.5]}
        """, path: "g")
    #expect(file.games.count == 2)
    #expect(file.games[0].table == file.games[1].table)
    #expect(file.games[0].table?.total == 12.5)
  }

  @Test(
    "Wrong files are told what is wrong",
    arguments: [
      ("game: {members: [a, b]}", "needs 'values'"),
      ("game: {members: [a, a], values: [0, 1, 2, 3]}", "stands twice"),
      ("game: {members: [a, b], values: [0, 1, 2]}", "need 2^2"),
      ("game: {values: [0, 1, 2]}", "2, 4, 8, 16"),
      ("game: {values: [1, 1, 2, 3]}", "has to be 0"),
      ("game: {values: {a: 1, b: x, a+b: 3}}", "takes a number"),
      ("game: {values: {a: 1, b: 1}}", "all members are worth"),
      ("game: {members: [anna, b], values: {ana: 1, anna+b: 2}}", "Did you mean 'anna'"),
      ("game: {values: {a+b: 1, b+a: 2}}", "same group"),
      ("game: {values: [0, 1], net: {a: [1]}}", "not both"),
      ("game: {net: {a: [1], b: [-1]}}", "needs 'buy' and 'sell'"),
      ("game: {net: {a: [1], b: [-1, 2]}, buy: [1], sell: [0]}", "same number"),
      ("game: {net: {a: [1], b: [-1]}, buy: [1], sell: [2]}", "above the price of purchase"),
      ("game: {valeus: [0, 1]}", "values"),
      ("allocation: {key: statik, members: [a], need: [1]}", "static"),
      ("allocation: {key: pro-rata, members: [a, b], need: [1], production: 2}", "1 numbers for 2 members"),
      ("allocation: {key: pro-rata, members: [a, a], need: [1, 2], production: 2}", "stands twice"),
      ("allocation: {key: static, members: [a, b], need: [1, 2], production: 2}", "needs 'weights'"),
      (
        "allocation: {key: static, members: [a], need: [1], production: 2, weights: [3], weight_unit: 2}",
        "above the 'weight_unit'"
      ),
      ("allocation: {key: pro-rata, members: [a], need: [1]}", "needs 'production'"),
      ("allocation: {key: pro-rata, members: [a], need: [-1], production: 1}", "need"),
      ("allocation: {key: virtual, members: [a], need: [1]}", "needs 'injected'"),
      ("allocation: {key: priority, members: [a], need: [1], production: 1}", "needs 'groups'"),
      ("allocation: {key: priority, members: [a], need: [1], production: 1, groups: [[b]]}", "no member"),
      (
        "allocation: {key: priority, members: [a], need: [1], production: 1, groups: [[a], [a]]}", "two of the 'groups'"
      ),
      ("allocation: {key: sources, members: [a], need: [1]}", "needs a list 'sources'"),
      ("price: {rule: middle, bids: [], asks: []}", "mid-market"),
      ("price: {rule: crossing, bids: [[1]], asks: []}", "pair"),
      ("price: {rule: crossing, bids: [[0, 1]], asks: []}", "above 0"),
      ("price: {rule: mid-market, bids: [], asks: [], divider: 2}", "from 0 to 1"),
      ("price: {rule: crossing, asks: []}", "bids"),
    ])
  func wrong(text: String, part: String) {
    let found = faults(text)
    #expect(found.contains { $0.contains(part) }, "\(text): \(found)")
  }
}
