/// A group among any number of members: a bit mask of as many words as it takes.
package struct MemberSet: Hashable, Sendable {
  private var words: [UInt64]

  /// Nobody of `count` members.
  package init(count: Int) { words = [UInt64](repeating: 0, count: (max(count, 1) + 63) / 64) }

  /// The members of some numbers.
  package init(_ members: some Sequence<Int>, count: Int) {
    self.init(count: count)
    for member in members { insert(member) }
  }

  /// Whether a member belongs to it.
  package func contains(_ member: Int) -> Bool { words[member >> 6] >> UInt64(member & 63) & 1 == 1 }
  /// Adds a member.
  package mutating func insert(_ member: Int) { words[member >> 6] |= 1 << UInt64(member & 63) }
  /// The group with a member more, or less where it belonged to it.
  package func toggled(_ member: Int) -> MemberSet {
    var other = self
    other.words[member >> 6] ^= 1 << UInt64(member & 63)
    return other
  }

  /// Number of members.
  package var size: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  /// Its members, ascending.
  package var members: [Int] {
    words.indices.flatMap { word in (0..<64).filter { words[word] >> UInt64($0) & 1 == 1 }.map { word << 6 + $0 } }
  }
  /// As a mask, where its members' numbers allow; nil beyond 62.
  package var mask: Int? {
    words.dropFirst().allSatisfy { $0 == 0 } && words[0] < 1 << 62 ? Int(words[0]) : nil
  }
}
