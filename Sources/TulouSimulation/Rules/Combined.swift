/// Combined dispatch: cycle charging in hours of low net demand, where a generator would run badly loaded anyway, load
/// following in hours of high net demand.
///
/// Low means below `threshold` times the size of the committed generators. Source: HOMER manual, combined dispatch
/// (which compares costs; the threshold is ours).
extension SimulationRun {
  mutating func combine(threshold: Double, _ order: DispatchOrder) {
    commit(order)
    var size = 0.0
    for g in committed.indices where committed[g] { size += problem.generators[g].size }
    if size > 0, network.need < threshold * size {
      giveAll(order)
    } else {
      runAtMinimum()
      meetDemand(order)
      useSurplus()
    }
  }
}
