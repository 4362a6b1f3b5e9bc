package import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// How long a simulated system lives when the outside is lost, for an outage that begins at every step.
package struct OutageSurvival: Sendable, Equatable {
  /// Share of the outages survived, by their length; the length of entry i is `(i + 1) x stepHours`.
  package struct Curve: Sendable, Equatable {
    /// What is served: `all demand` or `critical demand`.
    package var demand: String
    /// Share of the starts from which an outage of this length is survived [-].
    package var probability: [Double]
    /// Least, mean and greatest time survived, counted up to the longest outage [h].
    package var leastHours: Double
    /// See `leastHours`.
    package var meanHours: Double
    /// The chain that `withFailures` comes from with machines that never fail: they run first and the storage covers the
    /// rest, so it may lie above `probability`.
    package var withoutFailures: [Double] = []
    /// Mean probability with machines that fail; empty: none has `failures`.
    package var withFailures: [Double] = []
    /// Least probability over the starts with machines that fail.
    package var withFailuresLeast: [Double] = []
  }

  /// Length of a step [h].
  package var stepHours: Double
  /// Longest outage looked at [h].
  package var longestHours: Double
  /// Fuel at hand [kWh]; nil: any.
  package var fuel: Double?
  /// All demand, and critical demand where a tier has that name.
  package var curves: [Curve]
  /// Outages of the grid in the horizon that was simulated, and their hours; nil: it has none.
  package var outages: (count: Int, hours: Double)?
  /// Why failures of machines were not counted; empty: they were, or none fails.
  package var note = ""

  /// Whether two are the same.
  package static func == (a: OutageSurvival, b: OutageSurvival) -> Bool {
    a.stepHours == b.stepHours && a.longestHours == b.longestHours && a.fuel == b.fuel && a.curves == b.curves
      && a.outages?.count == b.outages?.count && a.outages?.hours == b.outages?.hours && a.note == b.note
  }

  /// Lengths of outage that indicators tell [h].
  private static let told: [Double] = [1, 4, 12, 24, 72, 168]

  /// Indicators `outage_survival.24h`, for lengths that were looked at.
  package var indicators: [Indicator] {
    var found: [Indicator] = []
    for curve in curves {
      let name = curve.demand.hasPrefix("critical") ? "outage_survival_critical" : "outage_survival"
      for hours in Self.told where hours <= longestHours + 1e-9 {
        let step = Int(saturating: (hours / stepHours - 1e-9).rounded(.up))
        guard step >= 1, step <= curve.probability.count else { continue }
        found.append(
          Indicator(
            key: "\(name).\(Int(saturating: hours))h", value: curve.probability[step - 1], unit: "1",
            definition:
              "Share of the steps of the year from which \(curve.demand) is served for \(Int(saturating: hours)) h of an outage."
          ))
      }
    }
    return found
  }

  /// The survival of a simulated system; nil where the longest outage is shorter than a step.
  init?(_ system: SimulatedSystem, _ dispatch: RuleDispatch) {
    let project = system.project
    stepHours = system.problem.stepHours
    longestHours = project.reliability.longestOutage
    fuel = project.reliability.outageFuel
    curves = []
    let steps = Int(saturating: (longestHours / stepHours + 1e-9).rounded(.down))
    guard steps >= 1 else { return nil }
    if let m = system.market, let cut = project.markets[m].outages {
      outages = cut.sums(steps: system.problem.steps, stepHours: stepHours)
    }
    let hasCritical = system.demands.contains { $0.tier == Demand.Tier.critical }
    for onlyCritical in hasCritical ? [false, true] : [false] {
      let island = Self.island(system, dispatch, onlyCritical: onlyCritical)
      let run = SurvivalCurve(island, longest: steps, stepHours: stepHours)
      var curve = Curve(
        demand: onlyCritical ? "critical demand" : "all demand",
        probability: run.probabilities, leastHours: run.leastHours, meanHours: run.meanHours)
      addFailures(to: &curve, island, system, steps)
      curves.append(curve)
    }
  }

  /// What there is to live on; demand that waits goes on waiting.
  private static func island(
    _ system: SimulatedSystem, _ dispatch: RuleDispatch, onlyCritical: Bool
  ) -> SurvivalCurve.Island {
    let problem = system.problem
    var need: [[Double]] = [[Double]](repeating: [Double](repeating: 0, count: problem.steps), count: 2)
    for (part, demand) in zip(system.demands, problem.demands) where !onlyCritical || part.tier == Demand.Tier.critical
    {
      for t in 0..<problem.steps { need[demand.bus.rawValue][t] += demand.power[t] }
    }
    for source in problem.sources {
      for t in 0..<problem.steps { need[source.bus.rawValue][t] -= source.perUnit[t] * source.size }
    }
    var island = SurvivalCurve.Island(
      critical: need[0], sources: [Double](repeating: 0, count: problem.steps))
    if system.buses.count > 1 {
      island.needDC = need[1]
      island.converter = problem.converter
    }
    island.storages = problem.storages
    island.contents = dispatch.trace.contents
    island.generators = problem.generators.filter { $0.size > 0 }
    island.fuel = system.project.reliability.outageFuel ?? .infinity
    return island
  }

  /// Failures of machines: a Markov chain takes machines of one kind and one battery on one bus.
  private mutating func addFailures(
    to curve: inout Curve, _ island: SurvivalCurve.Island, _ system: SimulatedSystem, _ steps: Int
  ) {
    var kinds: [MachineFailures] = []
    var sizes: [Double] = []
    var sure = 0
    for part in system.generators {
      guard case .converter(let block) = system.project.components[part.component].block else { continue }
      for g in part.machines where system.problem.generators[g].size > 0 {
        guard let failures = block.failures else {
          sure += 1
          continue
        }
        kinds.append(failures)
        sizes.append(system.problem.generators[g].size)
      }
    }
    guard let kind = kinds.first, let size = sizes.first else { return }
    guard sure == 0, kinds.allSatisfy({ $0 == kind }), sizes.allSatisfy({ abs($0 - size) < 1e-9 * size }),
      island.needDC.isEmpty, island.storages.filter({ $0.energy > 0 }).count <= 1, island.fuel == .infinity,
      island.storages.allSatisfy({ $0.inflow.isEmpty })
    else {
      note =
        "failures of machines are counted for machines of one size and kind with one storage on one bus and any fuel; this system has others"
      return
    }
    let s = island.storages.firstIndex { $0.energy > 0 }
    let storage = s.map { island.storages[$0] }
    let usable = storage.map { $0.energy * (1 - $0.leastShare) } ?? 0
    let backup = BackupReliability(
      generators: kinds.count, size: size, availability: kind.availability, startFailure: kind.startFailure,
      meanTimeToFailure: max(1, kind.meanHoursToFailure / stepHours), usableEnergy: usable,
      batteryPower: storage.map { min($0.chargePower, $0.dischargePower) } ?? 0,
      chargeEfficiency: storage?.chargeEfficiency ?? 1, dischargeEfficiency: storage?.dischargeEfficiency ?? 1,
      bins: 101, stepHours: stepHours)
    var shares: [Double] = []
    if let s, let storage, usable > 0 {
      shares = island.contents[s].map { ($0 - storage.leastShare * storage.energy) / usable }
    }
    (curve.withFailures, curve.withFailuresLeast) = backup.survival(
      demand: island.need, steps: steps, startShares: shares)
    var sound = backup
    sound.availability = 1
    sound.startFailure = 0
    sound.meanTimeToFailure = .infinity
    curve.withoutFailures = sound.survival(demand: island.need, steps: steps, startShares: shares).mean
  }
}
