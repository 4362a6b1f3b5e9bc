package import TulouProject
import TulouQuantities

/// How one parameter moves every row and the sum.
package struct ParameterSensitivity: Sendable, Equatable {
  /// Path in the file.
  package var path: String
  /// Value, in `unit`.
  package var value: Double
  /// Unit that the value is kept in.
  package var unit: String
  /// Change of each row [kg] when the parameter grows by 1 % (central difference), in the order of the capabilities.
  package var perPercent: [Double]
  /// Change of the sum [kg] when it grows by 1 %.
  package var totalPerPercent: Double
  /// Low and high value of the tornado, in `unit`: the stated range, else 10 % to either side.
  package var low: Double, high: Double
  /// Whether the range is stated.
  package var isStated: Bool
  /// Sum at the low and at the high value [kg].
  package var totalAtLow: Double, totalAtHigh: Double
  /// Length of its bar in the tornado [kg].
  package var swing: Double { abs(totalAtHigh - totalAtLow) }
}

/// Quantiles of a row or of the sum over draws.
package struct Quantiles: Sendable, Equatable {
  /// Row id, or `total`.
  package var id: String
  /// Mean [kg].
  package var mean: Double
  /// Quantiles at 5, 25, 50, 75 and 95 % [kg].
  package var values: [Double]
}

/// Sensitivity of a carbon account.
package enum CapabilitySensitivity {
  /// Every parameter, longest bar of the tornado first.
  package static func all(_ input: CarbonCase) -> [ParameterSensitivity] {
    CarbonParameter.all(of: input).map { one($0, input) }.sorted { ($1.swing, $0.path) < ($0.swing, $1.path) }
  }

  private static func one(_ parameter: CarbonParameter, _ input: CarbonCase) -> ParameterSensitivity {
    let value = parameter.value(input)
    func rows(_ number: Double) -> [Double] {
      var changed = input
      parameter.set(&changed, number)
      return Capability.allCases.map { CapabilityModel.amount($0, changed) }
    }
    let up = rows(value * 1.01), down = rows(value * 0.99)
    let perPercent = zip(up, down).map { ($0 - $1) / 2 }
    let range = input.ranges[parameter.path]
    let low = range?.lowerBound ?? value * 0.9
    let high = range?.upperBound ?? value * 1.1
    return ParameterSensitivity(
      path: parameter.path, value: value, unit: parameter.measure.unit.text, perPercent: perPercent,
      totalPerPercent: perPercent.reduce(0, +), low: low, high: high, isStated: range != nil,
      totalAtLow: rows(low).reduce(0, +), totalAtHigh: rows(high).reduce(0, +))
  }

  /// Quantiles over draws that are even in every stated range and independent of each other; empty without ranges.
  package static func monteCarlo(_ input: CarbonCase) -> [Quantiles] {
    let varied = CarbonParameter.all(of: input).compactMap { parameter in
      input.ranges[parameter.path].map { (parameter, $0) }
    }
    guard !varied.isEmpty else { return [] }
    var random = SeededRandom(seed: UInt64(input.seed))
    var samples = [[Double]](repeating: [], count: Capability.allCases.count + 1)
    for _ in 0..<input.draws {
      var changed = input
      for (parameter, range) in varied {
        parameter.set(&changed, range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound))
      }
      var total = 0.0
      for (i, capability) in Capability.allCases.enumerated() {
        let amount = CapabilityModel.amount(capability, changed)
        samples[i].append(amount)
        total += amount
      }
      samples[samples.count - 1].append(total)
    }
    let ids = Capability.allCases.map(\.rawValue) + ["total"]
    return zip(ids, samples).map { id, values in
      let sorted = values.sorted()
      return Quantiles(
        id: id, mean: values.reduce(0, +) / Double(values.count),
        values: [0.05, 0.25, 0.5, 0.75, 0.95].map { quantile(sorted, $0) })
    }
  }

  /// Linear between the order statistics.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(saturating: place.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
