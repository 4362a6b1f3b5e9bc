/// Load following: generators make what demand and reserve need and no more; only surplus of sources, and of a
/// generator that cannot go lower, charges.
///
/// Source: Barley, Winn 1996, Optimal dispatch strategy in remote hybrid power systems, Solar Energy 58, 165-179,
/// doi:10.1016/S0038-092X(96)00087-4; HOMER manual; with `storageFirst` and one generator the rule of Microgrids.py.
extension SimulationRun {
  mutating func followLoad(_ order: DispatchOrder) {
    commit(order)
    runAtMinimum()
    meetDemand(order)
    useSurplus()
  }
}
