/// Price thresholds: at or below the low price the grid serves all demand and charges the storage; at or above the high
/// price the storage serves first; between them it is kept, and only surplus charges it.
///
/// Where the grid is out or at its limit the storage serves whatever the price.
extension SimulationRun {
  mutating func followPrice(low: Double, high: Double) {
    let price = buyLimit > 0 ? problem.grid?.buyPrice[t] ?? .infinity : .infinity
    commit(.storageFirst, keepsReserve: false)
    runAtMinimum()
    if price >= high {
      dischargeStorages()
    } else {
      buy(upTo: buyLimit)
      if network.need > 0 { dischargeStorages() } else { reason.insert(.storageKept) }
    }
    askWhatIsDue()
    buy(upTo: buyLimit)
    for g in committed.indices { raise(g) }
    serveDeferrables()
    chargeStorages()
    if price <= low { chargeFromGrid(upTo: buyLimit) }
    sell()
  }

  /// Buys for the storages that do not discharge, until the purchase reaches `limit`.
  mutating func chargeFromGrid(upTo limit: Double) {
    for s in rules.indices where storagePower[s] <= 0 {
      let room = chargeLimit[s] + storagePower[s]
      let left = min(limit, buyLimit) - bought
      guard room > 0, left > 0, network.surplus <= Self.nothing else { continue }
      // What is bought for a storage on DC passes the rectifier.
      var trial = network
      trial.ac -= left
      let taken = trial.absorb(at: problem.storages[s].bus, upTo: room)
      let drawn = left + min(0, trial.ac)
      trial.ac = network.ac
      network = trial
      bought += drawn
      storagePower[s] -= taken
      chargeCost[s] += drawn * (problem.grid?.buyPrice[t] ?? 0)
      if taken > 0 { reason.insert(.gridCharges) }
    }
  }
}
