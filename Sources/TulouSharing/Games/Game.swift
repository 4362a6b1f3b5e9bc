/// A cooperative game with side payments as a table: what each group of members is worth together.
///
/// A group is a bit mask: bit i is set where member i belongs to it, so `values[0b101]` is the value of the first and the third
/// member. Values are amounts of one currency (or any unit), the value of nobody is zero.
package struct Game: Sendable, Equatable {
  /// Names of the members, in the order of the bits.
  package let members: [String]
  /// Value of each group; 2^n entries, the first is zero.
  package let values: [Double]

  /// Most members that a table holds: 2^20 values are 8 MB.
  package static let mostMembers = 20

  /// A game, or nil where the table does not have 2^n finite values that begin with zero, or has more than `mostMembers`.
  package init?(members: [String], values: [Double]) {
    guard !members.isEmpty, members.count <= Self.mostMembers, values.count == 1 << members.count else { return nil }
    guard values[0] == 0, values.allSatisfy(\.isFinite) else { return nil }
    self.members = members
    self.values = values
  }

  /// Number of members.
  package var count: Int { members.count }

  /// Mask of all members.
  package var everybody: Int { values.count - 1 }

  /// Value of all members together.
  package var total: Double { values[everybody] }

  /// Largest amount of a value; what tolerances refer to. One where all values are zero.
  package var scale: Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? largest : 1
  }

  /// Names of the members of a group.
  package func names(_ group: Int) -> [String] {
    members.indices.filter { group >> $0 & 1 == 1 }.map { members[$0] }
  }

  /// Value of a member alone.
  package func alone(_ member: Int) -> Double { values[1 << member] }

  /// Whether an allocation that gives each member at least what it is worth alone exists.
  package var hasImputations: Bool {
    let alone = (0..<count).reduce(0) { $0 + self.alone($1) }
    return alone <= total + 1e-12 * scale
  }
}

/// Sums over groups, by their masks.
package enum GroupSums {
  /// Sum of `amounts` over the members of each group: 2^n entries.
  package static func of(_ amounts: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: 1 << amounts.count)
    for (member, amount) in amounts.enumerated() {
      let bit = 1 << member
      for group in bit..<(bit << 1) { sums[group] = sums[group ^ bit] + amount }
    }
    return sums
  }
}
