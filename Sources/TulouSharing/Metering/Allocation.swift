/// Exact division of one interval's energy (Wh).
///
/// Every key gives fractions of one denominator. They are rounded down, and what is missing to the rounded-down sum goes, one Wh each,
/// to the largest remainders; among equal ones the member at position (interval mod n) of the sorted names is first, then cyclic.
package enum Allocation {
  /// Wh of each member (several sources: their sum).
  package static func of(_ given: MeteringCase) -> [Int] {
    switch given.key {
    case .sources: return bySource(given).map { $0.reduce(0, +) }
    case .priority: return byPriority(given)
    default:
      let all = Array(given.members.indices)
      let key = given.key == .virtual ? given.inner : given.key
      let production = given.key == .virtual ? min(given.production, given.need.reduce(0, +)) : given.production
      return divide(key, production, given, all, given.need)
    }
  }

  /// Wh of each member from each source, for the key `sources`.
  package static func bySource(_ given: MeteringCase) -> [[Int]] {
    var left = given.need
    var result = [[Int]](repeating: [], count: given.members.count)
    for source in given.sources {
      var own = source
      own.members = given.members
      own.interval = given.interval
      own.need = left
      for (member, amount) in of(own).enumerated() {
        result[member].append(amount)
        left[member] -= amount
      }
    }
    return result
  }

  private static func byPriority(_ given: MeteringCase) -> [Int] {
    var result = [Int](repeating: 0, count: given.members.count)
    var rest = given.production
    for group in given.groups {
      let inside = given.members.indices.filter { group.contains(given.members[$0]) }
      for (member, amount) in zip(inside, divide(given.inner, rest, given, inside, given.need)) {
        result[member] = amount
        rest -= amount
      }
    }
    return result
  }

  /// A fraction of the given denominator: whole part and remainder.
  private struct Part {
    var whole: Int
    var remainder: Int
  }

  private static func divide(
    _ key: MeteringKey, _ production: Int, _ given: MeteringCase, _ inside: [Int], _ need: [Int]
  ) -> [Int] {
    let needs = inside.map { need[$0] }
    let weights = given.weights.isEmpty ? [] : inside.map { given.weights[$0] }
    let parts: [Part]
    let denominator: Int
    switch key {
    case .fixed, .file, .exAnte:
      denominator = given.weightUnit
      parts = zip(needs, weights).map { need, weight in
        let part = fraction(weight, production, denominator)
        return key != .exAnte && part.whole >= need ? Part(whole: need, remainder: 0) : part
      }
    case .iterative: (parts, denominator) = iterate(production, needs, weights)
    case .proRata, .priority, .virtual, .sources:
      let sum = needs.reduce(0, +)
      denominator = max(sum, 1)
      parts = needs.map { sum <= production ? Part(whole: $0, remainder: 0) : fraction($0, production, denominator) }
    }
    return rounded(parts, denominator, names: inside.map { given.members[$0] }, interval: given.interval)
  }

  /// factor amount / denominator without overflow.
  private static func fraction(_ factor: Int, _ amount: Int, _ denominator: Int) -> Part {
    guard factor > 0, amount > 0 else { return Part(whole: 0, remainder: 0) }
    let product = UInt(factor).multipliedFullWidth(by: UInt(amount))
    guard product.high < UInt(denominator) else { return Part(whole: Int.max, remainder: 0) }
    let divided = UInt(denominator).dividingFullWidth(product)
    return Part(whole: Int(clamping: divided.quotient), remainder: Int(divided.remainder))
  }

  /// theta with sum of min(need, theta weight) = min(production, needs of the members with weight): members that are full leave, the
  /// rest is divided again. What is left stays an integer, because full members take their whole need.
  private static func iterate(_ production: Int, _ needs: [Int], _ weights: [Int]) -> ([Part], Int) {
    var parts = needs.map { _ in Part(whole: 0, remainder: 0) }
    var live = needs.indices.filter { weights[$0] > 0 && needs[$0] > 0 }
    var rest = min(production, live.reduce(0) { $0 + needs[$1] })
    while !live.isEmpty, rest > 0 {
      let sum = live.reduce(0) { $0 + weights[$1] }
      let full = live.filter { fraction(weights[$0], rest, sum).whole >= needs[$0] }
      if full.isEmpty {
        for member in live { parts[member] = fraction(weights[member], rest, sum) }
        return (parts, sum)
      }
      for member in full {
        parts[member] = Part(whole: needs[member], remainder: 0)
        rest -= needs[member]
      }
      live.removeAll { full.contains($0) }
    }
    return (parts, 1)
  }

  private static func rounded(_ parts: [Part], _ denominator: Int, names: [String], interval: Int) -> [Int] {
    var result = parts.map(\.whole)
    // The remainders sum to less than n denominators; what they fill is handed out one by one.
    var missing = 0
    var carried = 0
    for part in parts {
      carried += part.remainder
      if carried >= denominator {
        carried -= denominator
        missing += 1
      }
    }
    guard missing > 0 else { return result }
    let count = names.count
    let sorted = names.indices.sorted { names[$0] < names[$1] }
    let start = ((interval % count) + count) % count
    var turn = [Int](repeating: 0, count: count)
    for (position, member) in sorted.enumerated() { turn[member] = (position - start + count) % count }
    let order = parts.indices.sorted {
      parts[$0].remainder != parts[$1].remainder ? parts[$0].remainder > parts[$1].remainder : turn[$0] < turn[$1]
    }
    for member in order.prefix(missing) { result[member] += 1 }
    return result
  }
}
