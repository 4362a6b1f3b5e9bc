import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a controller foresees of a series.
struct Forecast {
  let knowledge: DispatchStrategy.Knowledge
  private let stepHours: Double
  private let seed: UInt64
  /// Whether each step of the horizon lies in a workday.
  private let isWorkday: [Bool]

  /// - Parameter isWorkday: Of each step: demand of days of one kind is foreseen from past days of that kind.
  init(_ knowledge: DispatchStrategy.Knowledge, stepHours: Double, seed: UInt64, isWorkday: [Bool]) {
    self.knowledge = knowledge
    self.isWorkday = isWorkday
    self.stepHours = stepHours
    self.seed = seed
  }

  /// The series in the steps of a window, the first of which is now and known.
  ///
  /// - Parameters:
  ///   - values: The whole horizon as it will be.
  ///   - steps: Steps of the window.
  ///   - block: Steps that repeat themselves; what was before their first is what their last were.
  ///   - stream: Errors of different streams have nothing to do with each other.
  ///   - followsPeople: Whether workdays differ from other days, as demand does and the sun does not.
  func series(
    _ values: [Double], _ steps: [Int], in block: Range<Int>, stream: UInt64, followsPeople: Bool
  ) -> [Double] {
    switch knowledge {
    case .perfect: return steps.map { values[$0] }
    case .error(let deviation):
      var random = SeededRandom(seed: seed &+ UInt64(steps[0]) &* 0x9E37_79B9, stream: stream)
      // The error grows to its full size within a day: half of the variance after some five hours.
      let memory = pow(0.93, stepHours)
      var z = 0.0
      return steps.enumerated().map { i, t in
        if i > 0 { z = memory * z + (1 - memory * memory).squareRoot() * random.normal() }
        return values[t] * max(0, 1 + deviation * z)
      }
    case .pastDays(let days):
      let day = max(1, Int(saturating: (24 / stepHours).rounded()))
      return steps.indices.map { i in
        guard i > 0 else { return values[steps[0]] }
        // The last days whose hour of this name has passed.
        let behind = (i / day + 1) * day - i
        var sum = 0.0, alike = 0.0, count = 0
        for k in 0..<max(1, days) {
          let back = (behind + k * day) % block.count
          let place = steps[0] - block.lowerBound - back
          let t = block.lowerBound + (place < 0 ? place + block.count : place)
          sum += values[t]
          if followsPeople, isWorkday[t] == isWorkday[steps[i]] {
            alike += values[t]
            count += 1
          }
        }
        return count > 0 ? alike / Double(count) : sum / Double(max(1, days))
      }
    }
  }
}
