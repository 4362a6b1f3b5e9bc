/// Self-consumption first: surplus to waiting demand and storage before it is sold; demand from the storage before it
/// is bought; generators, as few as suffice, only where storage and grid fail (outage, limit).
///
/// Source: the rule-based control of the solar home bench, Haessig et al., github.com/pierre-haessig/solarhome-control-bench.
extension SimulationRun {
  mutating func consumeOwn() {
    commit(.storageFirst, keepsReserve: false)
    runAtMinimum()
    meetDemand(.storageFirst)
    useSurplus()
  }
}
