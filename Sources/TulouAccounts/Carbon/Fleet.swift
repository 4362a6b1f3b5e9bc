import TulouProject
import TulouTechnologies

extension BalanceBuilder {
  /// Electricity of the plan as the decomposition sees it, with the emission of its thermal part.
  ///
  /// Purchase emits by its own factor; a converter's fuel emits by the mean factor of its carrier, and electricity
  /// bears the share that it has in the converter's energy output. Everything else is other emission.
  func fleet(lines: [CarbonLine]) -> FleetState {
    let project = reading.project
    let fraction = renewableFraction(of: .electricity)
    var emission = 0.0
    var total = 0.0
    var factorOf = [Double](repeating: 0, count: project.carriers.count)
    for (c, carrier) in project.carriers.enumerated() {
      let own = lines.filter { ($0.scope == 1 || $0.scope == 2) && $0.carrier == carrier.id }
      let sum = own.reduce(0) { $0 + $1.amount }
      total += sum
      if carrier.kind == .electricity {
        emission += sum
      } else {
        let energy = own.reduce(0) { $0 + $1.energy }
        factorOf[c] = energy > 0 ? sum / energy : 0
      }
    }
    for conversion in converters {
      var electric = 0.0
      var all = 0.0
      var burnt = 0.0
      for c in project.carriers.indices {
        all += conversion.given[c]
        if project.carriers[c].kind == .electricity { electric += conversion.given[c] }
        burnt += conversion.taken[c] * factorOf[c]
      }
      if all > 0 { emission += burnt / reading.years * electric / all }
    }
    return FleetState(
      clean: fraction.renewable, thermal: fraction.nonRenewable,
      consumption: fraction.demand - fraction.unserved + fraction.sold + fraction.use, emission: emission,
      other: total - emission)
  }
}
