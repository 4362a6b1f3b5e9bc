/// Peak shaving: the purchase stays at or below `limit` as long as the storage can cover the rest; below it the storage
/// is charged again from the grid, never above the limit.
extension SimulationRun {
  mutating func shavePeaks(limit: Double) {
    commit(.storageFirst, keepsReserve: false)
    runAtMinimum()
    buy(upTo: limit)
    if network.need > Self.nothing {
      dischargeStorages()
      reason.insert(.peakShaved)
      buy(upTo: buyLimit)
    }
    askWhatIsDue()
    buy(upTo: limit)
    buy(upTo: buyLimit)
    for g in committed.indices { raise(g) }
    serveDeferrables()
    chargeStorages()
    chargeFromGrid(upTo: limit)
    sell()
  }
}
