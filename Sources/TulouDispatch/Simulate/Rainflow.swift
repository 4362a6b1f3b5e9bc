import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Depths of the cycles of a content, by rainflow counting.
///
/// - Source: ASTM E1049-85 (2017), 5.4.4, rainflow counting; residual ranges count as half cycles.
package enum Rainflow {
  /// Each range of the content over `full` [-], with how many cycles it counts (1 or one half).
  package static func cycles(_ contents: [Double], full: Double) -> [(depth: Double, count: Double)] {
    guard full > 0 else { return [] }
    var turns: [Double] = []
    for value in contents {
      if turns.count >= 2, (turns[turns.count - 1] - turns[turns.count - 2]) * (value - turns[turns.count - 1]) >= 0 {
        turns[turns.count - 1] = value
      } else if turns.last != value {
        turns.append(value)
      }
    }
    var found: [(depth: Double, count: Double)] = []
    var stack: [Double] = []
    for turn in turns {
      stack.append(turn)
      while stack.count >= 3 {
        let n = stack.count
        let last = abs(stack[n - 1] - stack[n - 2]), before = abs(stack[n - 2] - stack[n - 3])
        guard last >= before else { break }
        if n == 3 {
          found.append((before / full, 0.5))
          stack.removeFirst()
        } else {
          found.append((before / full, 1))
          stack.removeSubrange((n - 3)..<(n - 1))
        }
      }
    }
    for i in stack.indices.dropFirst() { found.append((abs(stack[i] - stack[i - 1]) / full, 0.5)) }
    return found
  }

  /// Capacity lost by the cycles of a content: `sum A D^exponent` [-].
  static func fade(_ contents: [Double], full: Double, _ law: StorageFade) -> Double {
    guard law.perCycle > 0 else { return 0 }
    return cycles(contents, full: full).reduce(0) { sum, cycle in
      sum + cycle.count * law.perCycle * pow(cycle.depth, law.exponent)
    }
  }
}
