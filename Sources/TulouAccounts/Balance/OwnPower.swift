import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// Shares of own electricity that laws set limits on: used on the site, of what is used, sold.
///
/// Own is what sources of W, B and S give to buses of electricity; available is what those that give a share of their size could give,
/// and what the others do give; used is all that enters less what is sold, losses included.
struct OwnPower {
  /// Own electricity used in the cluster per available [-]; nil: nothing is available.
  var selfConsumption: Double?
  /// The same per electricity used [-]; nil: none is used.
  var selfCoverage: Double?
  /// Electricity sold per available [-]; nil: nothing is available.
  var exportShare: Double?

  init(_ reading: Reading) {
    let project = reading.project
    var produced = 0.0, available = 0.0, used = 0.0, sold = 0.0
    for component in project.components {
      switch component.block {
      case .source(let source):
        guard reading.isElectric(source.bus), !source.energyClass.isSaving else { continue }
        let output = reading.perYear(reading.total(component.id, .production))
        used += output
        guard !source.energyClass.isOutside else { continue }
        produced += output
        if case .share(let share) = source.supply, let size = component.sizes.first {
          let whole = share.count == 1 ? [Double](repeating: share[0], count: reading.steps) : share
          let fade = levelisationFactor(
            escalation: -source.degradation, rate: project.economy.realDiscountRate, years: project.economy.lifetime)
          available +=
            reading.sizing(component, size).total * reading.perYear(Array(whole.prefix(reading.steps))) * fade
        } else {
          available += output
        }
      case .converter(let converter):
        let driving = reading.total(component.id, .conversion)
        for port in converter.ports where reading.isElectric(port.bus) {
          used += reading.perYear(driving.indices.map { driving[$0] * max(0, port[$0]) })
        }
      case .storage, .link: continue
      }
    }
    for market in project.markets where !market.onlyAlone && reading.isElectric(market.bus) {
      let out = reading.perYear(reading.total(market.id, .sale))
      used += reading.perYear(reading.total(market.id, .purchase)) - out
      sold += out
    }
    selfConsumption = available > 1e-9 ? (produced - sold) / available : nil
    selfCoverage = used > 1e-9 ? (produced - sold) / used : nil
    exportShare = available > 1e-9 ? sold / available : nil
  }

  /// The share that a limit is on.
  func value(of key: LimitKey) -> Double? {
    switch key {
    case .selfConsumption: selfConsumption
    case .selfCoverage: selfCoverage
    case .exportShare: exportShare
    default: nil
    }
  }
}
