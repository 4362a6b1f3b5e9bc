import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

extension OutageSurvival {
  /// The survival of a simulated system; nil where the longest outage is shorter than a step.
  init?(_ system: SimulatedSystem, _ dispatch: RuleDispatch) {
    let project = system.project
    self.init(
      stepHours: system.problem.stepHours, longestHours: project.reliability.longestOutage,
      fuel: project.reliability.outageFuel)
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
