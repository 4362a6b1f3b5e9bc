/// Probability that backup generators, which may fail, and a battery carry critical demand through an outage.
///
/// A Markov chain over the number of generators that work and the content of the battery in bins. At the begin every
/// generator works with probability `availability (1 - startFailure)`; before every step each working one fails with
/// probability `1 / meanTimeToFailure`; then demand is met by the generators, the rest by the battery, and what the
/// generators have too much charges it. States in which demand is not met are left.
///
/// Source: NREL, REopt.jl, `src/outagesim/backup_reliability.jl` (generators of one kind); research/planning.md, V7.
package struct BackupReliability: Sendable {
  /// Generators of one kind.
  package var generators: Int
  /// Output of one [kW].
  package var size: Double
  /// Probability that one is not under repair when the outage begins [-].
  package var availability: Double
  /// Probability that one does not start [-].
  package var startFailure: Double
  /// Mean time to failure in steps.
  package var meanTimeToFailure: Double
  /// Content of the battery that may be used, above its least content [kWh].
  package var usableEnergy: Double
  /// Greatest charge and discharge [kW].
  package var batteryPower: Double
  /// Share of the usable content at the begin [-].
  package var startShare: Double
  /// Efficiencies of charge and discharge [-].
  package var chargeEfficiency: Double
  /// See `chargeEfficiency`.
  package var dischargeEfficiency: Double
  /// Levels of content, the empty one included; at least two where there is a battery.
  package var bins: Int
  /// Length of a step [h].
  package var stepHours: Double

  /// Generators without battery unless one is given.
  package init(
    generators: Int, size: Double, availability: Double = 1, startFailure: Double = 0, meanTimeToFailure: Double,
    usableEnergy: Double = 0, batteryPower: Double = 0, startShare: Double = 1, chargeEfficiency: Double = 1,
    dischargeEfficiency: Double = 1, bins: Int = 101, stepHours: Double = 1
  ) {
    self.generators = generators
    self.size = size
    self.availability = availability
    self.startFailure = startFailure
    self.meanTimeToFailure = meanTimeToFailure
    self.usableEnergy = usableEnergy
    self.batteryPower = batteryPower
    self.startShare = startShare
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.bins = bins
    self.stepHours = stepHours
  }

  /// Probability of having survived each step of an outage.
  ///
  /// - Parameters:
  ///   - demand: Critical demand less the sources' output, over the whole horizon [kW].
  ///   - start: Step in which the outage begins; it goes on at the beginning after the last step.
  ///   - steps: Length of the outage.
  /// - Returns: One probability a step, falling.
  package func survival(demand: [Double], start: Int, steps: Int) -> [Double] {
    let levels = usableEnergy > 0 ? max(2, bins) : 1
    let bin = levels > 1 ? usableEnergy / Double(levels - 1) : 1
    let survives = binomials(1 - 1 / meanTimeToFailure)
    let begins = binomials(availability * (1 - startFailure))[generators]
    let level = levels > 1 ? Int(saturating: (startShare * usableEnergy / bin).rounded()) : 0
    // states[n, b]: n generators work, b bins are full.
    // They are kept row by row in one array; each state moves to one level only, so few hold anything.
    var states = [Double](repeating: 0, count: levels * (generators + 1))
    for n in 0...generators { states[n * levels + level] = begins[n] }
    var next = states
    var result: [Double] = []
    result.reserveCapacity(steps)
    for step in 0..<steps {
      let wanted = demand[(start + step) % demand.count]
      for i in next.indices { next[i] = 0 }
      var alive = 0.0
      for after in 0...generators {
        let excess = Double(after) * size - wanted
        for b in 0..<levels {
          var sum = 0.0
          for before in after...generators { sum += states[before * levels + b] * survives[before][after] }
          guard sum > 0, let to = self.level(from: b, excess: excess, bin: bin, levels: levels) else { continue }
          next[after * levels + to] += sum
          alive += sum
        }
      }
      swap(&states, &next)
      result.append(alive)
      if alive == 0 {
        result += [Double](repeating: 0, count: steps - step - 1)
        break
      }
    }
    return result
  }

  /// The level after a step, or nil where demand is not met.
  private func level(from b: Int, excess: Double, bin: Double, levels: Int) -> Int? {
    if excess >= -1e-9 {
      guard levels > 1 else { return 0 }
      let stored = min(excess, batteryPower) * chargeEfficiency * stepHours
      return min(levels - 1, b + Int(saturating: (stored / bin).rounded()))
    }
    guard levels > 1, -excess <= batteryPower + 1e-9 else { return nil }
    let taken = -excess / dischargeEfficiency * stepHours
    guard taken <= Double(b) * bin + 1e-9 else { return nil }
    return max(0, b - Int(saturating: (taken / bin).rounded()))
  }

  /// `[n][k]`: probability that k of n hold, each with probability p.
  private func binomials(_ p: Double) -> [[Double]] {
    var rows: [[Double]] = [[1]]
    for n in 0..<max(0, generators) {
      var row = [Double](repeating: 0, count: n + 2)
      for k in 0...n {
        row[k] += rows[n][k] * (1 - p)
        row[k + 1] += rows[n][k] * p
      }
      rows.append(row)
    }
    return rows
  }

  /// Survival over outages that begin at every step of the horizon: mean and least, for each length of outage.
  ///
  /// - Parameter startShares: Share of the usable content at each start; empty: always `startShare`.
  package func survival(
    demand: [Double], steps: Int, startShares: [Double] = []
  ) -> (mean: [Double], least: [Double]) {
    var mean = [Double](repeating: 0, count: steps)
    var least = [Double](repeating: 1, count: steps)
    var backup = self
    for start in demand.indices {
      if !startShares.isEmpty { backup.startShare = min(1, max(0, startShares[start])) }
      for (i, value) in backup.survival(demand: demand, start: start, steps: steps).enumerated() {
        mean[i] += value / Double(demand.count)
        least[i] = min(least[i], value)
      }
    }
    // Sums of thousands of shares round a little above one.
    return (mean.map { min(1, $0) }, least.map { min(1, $0) })
  }
}
