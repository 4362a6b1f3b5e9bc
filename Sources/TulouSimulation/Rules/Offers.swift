/// Who can give a further kWh, and what it costs in this step.
struct Offer: Sendable {
  /// Below zero: the grid; then the generators, then the storages.
  let member: Int
  /// Cost of a further kWh [money/kWh].
  var cost: Double
}

extension SimulationProblem {
  /// Grid, generators and storages with costs that do not change.
  var offers: [Offer] {
    let machines = generators.map(\.marginalCost) + storages.map(\.wearCost)
    return (grid == nil ? [] : [Offer(member: -1, cost: 0)])
      + machines.enumerated().map { Offer(member: $0.offset, cost: $0.element) }
  }
}

/// Costs of the step: what the grid asks, what generators burn, what storages wear and have paid for their content.
///
/// A storage offers at `wear + mean of what was paid for its content`. The mean begins at zero. Surplus of sources costs
/// nothing, what a running generator makes for it its marginal cost, what is bought for it the price; the loss of charging is
/// paid too, since the mean is taken over what is stored.
///
/// Source: HOMER manual, battery wear cost and battery energy cost; research/planning.md 2.2 (7) and (10).
extension SimulationRun {
  /// Brings the costs of the step into `offers`, cheapest first; at equal costs grid, generators, storages as listed.
  mutating func rankOffers() {
    let generators = problem.generators.count
    // What has to pass the converter to where it is needed costs that too.
    let isForAC = network.ac > Self.nothing, isForDC = network.dc > Self.nothing
    let toAC = isForAC && !isForDC ? problem.converter?.inverterCost ?? 0 : 0
    let toDC = isForDC && !isForAC ? problem.converter?.rectifierCost ?? 0 : 0
    for i in offers.indices {
      let member = offers[i].member
      if member < 0 {
        offers[i].cost = (problem.grid?.buyPrice[t] ?? .infinity) + toDC
      } else if member >= generators {
        let storage = problem.storages[member - generators]
        offers[i].cost = storage.wearCost + paid[member - generators] + (storage.bus == .ac ? toDC : toAC)
      } else {
        offers[i].cost = problem.generators[member].marginalCost + toDC
      }
    }
    // They stand nearly in order from the step before.
    for i in offers.indices.dropFirst() {
      var j = i
      while j > 0, (offers[j].cost, offers[j].member) < (offers[j - 1].cost, offers[j - 1].member) {
        offers.swapAt(j, j - 1)
        j -= 1
      }
    }
  }

  /// Surplus that storage s drew from AC: that of sources is free, the rest comes from running generators.
  mutating func payForCharge(_ s: Int, drawn: Double) {
    guard drawn > 0 else { return }
    let free = min(drawn, freeOnAC)
    freeOnAC -= free
    if drawn > free { chargeCost[s] += (drawn - free) * meanMarginalCost }
  }

  /// Charge by plan: surplus of sources, then purchase, then generators; the storages share alike.
  mutating func payForPlannedCharge(surplus: Double) {
    var charge = 0.0
    for power in storagePower { charge += max(0, -power) }
    guard charge > 0 else { return }
    let beyond = max(0, charge - surplus), purchase = min(beyond, bought)
    let cost = purchase * (problem.grid?.buyPrice[t] ?? 0) + (beyond - purchase) * meanMarginalCost
    for s in storagePower.indices { chargeCost[s] = max(0, -storagePower[s]) / charge * cost }
  }

  /// Marginal cost of what the generators make in this step; zero where none runs [money/kWh].
  private var meanMarginalCost: Double {
    var cost = 0.0, output = 0.0
    for g in generatorPower.indices {
      cost += problem.generators[g].marginalCost * generatorPower[g]
      output += generatorPower[g]
    }
    return output > 0 ? cost / output : 0
  }

  /// Mean paid for the content of storage s after this step.
  func paidAfter(_ s: Int) -> Double {
    let stored = max(0, -storagePower[s]) * problem.storages[s].chargeEfficiency * problem.stepHours
    guard stored > 0 else { return paid[s] }
    return (paid[s] * contents[s].total + chargeCost[s] * problem.stepHours) / (contents[s].total + stored)
  }
}
