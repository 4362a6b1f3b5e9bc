/// Load and reserve of each bus against what can be given there.
///
/// Source: HOMER manual, operating reserve and operating capacity; research/planning.md 2.2 (9).
extension SimulationRun {
  /// Load and reserve beyond what runs, on each bus: `load + spare - capacity`, less what the other bus has left over
  /// beyond its own load and reserve and the converter can carry [kW].
  func shortage(with committed: [Bool]) -> (ac: Double, dc: Double) {
    let capacity = capacity(with: committed)
    var ac = wanted.ac[t] + spare.ac[t] - capacity.ac, dc = wanted.dc[t] + spare.dc[t] - capacity.dc
    if ac > 0, dc < 0, let converter = problem.converter {
      ac -= min(converter.inverter, -dc * converter.inverterEfficiency)
    } else if dc > 0, ac < 0, let converter = problem.converter {
      dc -= min(converter.rectifier, -ac * converter.rectifierEfficiency)
    }
    return (max(0, ac), max(0, dc))
  }

  /// Both buses together [kW].
  func shortageInAll(with committed: [Bool]) -> Double {
    let (ac, dc) = shortage(with: committed)
    return ac + dc
  }

  /// What can be given on each bus: the grid, present output of the sources, committed generators at their size, storages and
  /// vehicles at what their content allows; stopped generators give nothing [kW].
  private func capacity(with committed: [Bool]) -> (ac: Double, dc: Double) {
    var ac = buyLimit + potential.ac[t], dc = potential.dc[t]
    for g in committed.indices where committed[g] { ac += problem.generators[g].size }
    for (s, limit) in dischargeLimit.enumerated() {
      if problem.storages[s].bus == .ac { ac += limit } else { dc += limit }
    }
    for (d, limit) in givingLimit.enumerated() {
      if problem.deferrables[d].bus == .ac { ac += limit } else { dc += limit }
    }
    return (ac, dc)
  }

  /// What could be given on each bus beyond its load, what the other bus can spare included [kW].
  func readiness() -> (ac: Double, dc: Double) {
    let capacity = capacity(with: committed)
    let ac = capacity.ac - wanted.ac[t], dc = capacity.dc - wanted.dc[t]
    guard let converter = problem.converter else { return (ac, dc) }
    let fromDC = max(0, dc - spare.dc[t]) * converter.inverterEfficiency
    let fromAC = max(0, ac - spare.ac[t]) * converter.rectifierEfficiency
    return (ac + min(converter.inverter, fromDC), dc + min(converter.rectifier, fromAC))
  }
}
