/// The operating game of a closed period: plant is fixed, and members gain by using each other's surplus.
///
/// In each step the group S is worth (buy - sell) min(surplus of S, deficit of S): what it takes from its own members it neither sells
/// nor buys. Amounts in kWh a step (weights included), prices in the currency per kWh.
package struct NettingGame: Sendable {
  /// Names of the members.
  package let members: [String]
  /// Surplus (positive) or deficit (negative) of each member in each step.
  package let net: [[Double]]
  /// Difference of the prices of purchase and sale in each step, not negative.
  package let spread: [Double]

  /// A game, or nil where lengths differ, or a spread is negative.
  package init?(members: [String], net: [[Double]], buy: [Double], sell: [Double]) {
    guard members.count == net.count, buy.count == sell.count, net.allSatisfy({ $0.count == buy.count }) else {
      return nil
    }
    let spread = zip(buy, sell).map { $0 - $1 }
    guard spread.allSatisfy({ $0 >= 0 }) else { return nil }
    self.members = members
    self.net = net
    self.spread = spread
  }

  /// Value of a group, given by its members' indices.
  package func value(_ group: some Sequence<Int>) -> Double {
    var surplus = [Double](repeating: 0, count: spread.count)
    var deficit = surplus
    for member in group { Self.add(net[member], &surplus, &deficit) }
    return worth(surplus, deficit)
  }

  private static func add(_ net: [Double], _ surplus: inout [Double], _ deficit: inout [Double]) {
    for step in net.indices {
      if net[step] > 0 { surplus[step] += net[step] } else { deficit[step] -= net[step] }
    }
  }

  private func worth(_ surplus: [Double], _ deficit: [Double]) -> Double {
    var sum = 0.0
    for step in spread.indices { sum += spread[step] * min(surplus[step], deficit[step]) }
    return sum
  }

  /// The table of all groups; nil for more members than a table holds.
  package func table() -> Game? {
    guard members.count <= Game.mostMembers else { return nil }
    var values = [Double](repeating: 0, count: 1 << members.count)
    let none = [Double](repeating: 0, count: spread.count)
    // Each group is one with a member less and that member, so each costs one pass over the steps.
    func fill(_ group: Int, from member: Int, _ surplus: [Double], _ deficit: [Double]) {
      if group != 0 { values[group] = worth(surplus, deficit) }
      for next in member..<max(members.count, member) {
        var more = surplus, less = deficit
        Self.add(net[next], &more, &less)
        fill(group | 1 << next, from: next + 1, more, less)
      }
    }
    fill(0, from: 0, none, none)
    return Game(members: members, values: values)
  }

  /// What each member adds when they arrive in an order.
  package func additions(_ order: [Int]) -> [Double] {
    var surplus = [Double](repeating: 0, count: spread.count)
    var deficit = surplus
    var shares = [Double](repeating: 0, count: members.count)
    var before = 0.0
    for member in order {
      Self.add(net[member], &surplus, &deficit)
      let now = worth(surplus, deficit)
      shares[member] = now - before
      before = now
    }
    return shares
  }

  /// Shares at the scarce side's price (Owen 1975): where generation is scarce the buyer's price, where it is abundant the
  /// seller's, half way where both are equal. In the core, because each step's prices are multipliers of its balance.
  package func owen() -> [Double] { shares(mix: nil) }

  /// Shares at one mix of the prices in every step: sell + `mix` (buy - sell), what is exchanged divided pro rata.
  package func priced(mix: Double) -> [Double] { shares(mix: mix) }

  private func shares(mix: Double?) -> [Double] {
    var shares = [Double](repeating: 0, count: members.count)
    for step in spread.indices {
      var surplus = 0.0
      var deficit = 0.0
      for member in net.indices {
        if net[member][step] > 0 { surplus += net[member][step] } else { deficit -= net[member][step] }
      }
      let traded = min(surplus, deficit)
      guard traded > 0 else { continue }
      let part = mix ?? (surplus < deficit ? 1 : surplus > deficit ? 0 : 0.5)
      for member in net.indices {
        let own = net[member][step]
        shares[member] +=
          own > 0 ? spread[step] * part * traded * own / surplus : spread[step] * (1 - part) * traded * -own / deficit
      }
    }
    return shares
  }
}
