import Foundation
import TestSupport
import Testing
import TulouSharing

/// The community of EnergyCommunity.jl: its shares from the values of its groups (`../shared/validation/community-ec3`).
@Suite(
  "Shares of a community of three and its aggregator",
  .enabled(if: SharedCases.isPresent, "the shared folder is absent"))
struct CommunityGameTests {
  private static let members = ["EC", "user1", "user2", "user3"]

  @Test("Shapley's value and the nucleolus follow from the values of the groups")
  func shares() throws {
    let data = Data(try SharedFolder.text("validation/community-ec3/expected.json").utf8)
    let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let found = try #require(tree["reproduced_here"] as? [String: Any])
    let worths = try #require(found["coalition_value_with_aggregator_EC"] as? [String: Double])
    // Without the aggregator nobody gains; with it a group is worth what the file says.
    var values = [Double](repeating: 0, count: 16)
    for (names, worth) in worths {
      let users = names.split(separator: "+").compactMap { Self.members.firstIndex(of: String($0)) }
      values[users.reduce(1) { $0 | 1 << $1 }] = worth
    }
    let game = try #require(Game(members: Self.members, values: values))
    func compare(_ ours: [Double]?, _ key: String, in tree: [String: Any], _ id: String) throws {
      let theirs = try #require(tree[key] as? [String: Double])
      let amounts = try #require(ours)
      for (name, amount) in zip(Self.members, amounts) {
        let off = Measured.relative(amount, try #require(theirs[name]))
        #expect(off <= 1e-8 && Measured.isWithin(id, off), "\(key) \(name): \(amount)")
      }
    }
    let published = try #require(tree["source_reference"] as? [String: Any])
    try compare(Contributions.shapley(game), "shapley", in: found, "ec3.shapley")
    try compare(Contributions.shapley(game), "shapley", in: published, "ec3.shapley")
    try compare(Nucleolus(game)?.allocation, "nucleolus", in: found, "ec3.nucleolus")
  }
}
