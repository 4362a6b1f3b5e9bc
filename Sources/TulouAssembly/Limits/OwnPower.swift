import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Sums of electricity that limits on own generation look at, over the horizon [kWh].
private struct OwnPower {
  /// What own sources of W, B and S give.
  var produced = LinearForm()
  /// What they could give.
  var available = LinearForm()
  /// What is sold outside.
  var sold = LinearForm()
  /// What is used in the cluster, losses included: all that enters less what is sold.
  var used = LinearForm()
}

extension Draft {
  private var ownPower: OwnPower {
    var sums = OwnPower()
    func isElectric(_ bus: String) -> Bool { carrierOfBus[bus]?.kind == .electricity }
    for component in project.components {
      switch component.block {
      case .source(let source):
        guard isElectric(source.bus), !source.energyClass.isSaving, let j = productions[component.id] else { continue }
        sums.used.add(flow: j, .one)
        guard !source.energyClass.isOutside else { continue }
        sums.produced.add(flow: j, .one)
        if case .share(let share) = source.supply, let k = capacity(component) {
          // A source that gives a share of its size could give that share in every hour.
          let yearly = problem.weight.indices.reduce(0) {
            $0 + problem.weight[$1] * (share.count == 1 ? share[0] : share[$1])
          }
          sums.available.add(capacity: k, yearly * stepHours * money.level(-source.degradation))
        } else {
          sums.available.add(flow: j, .one)
        }
      case .converter(let converter):
        guard let j = conversions[component.id] else { continue }
        for port in converter.ports where isElectric(port.bus) {
          sums.used.add(flow: j, profile(port.coefficient.map { max(0, $0) }))
        }
      case .storage, .link: continue
      }
    }
    for market in project.markets where isElectric(market.bus) {
      for j in purchases[market.id] ?? [] { sums.used.add(flow: j, .one) }
      guard let j = sales[market.id] else { continue }
      sums.sold.add(flow: j, .one)
      sums.used.add(flow: j, .constant(-1))
    }
    return sums
  }

  /// `produced - sold >= share available`: own electricity is used where it is made.
  func selfConsumptionLimit(_ share: Double) -> LimitForm? {
    let sums = ownPower
    guard !sums.produced.flows.isEmpty else { return nil }
    var form = sums.sold
    form.add(sums.produced, times: -1)
    form.add(sums.available, times: share)
    return LimitForm(form: form, upper: 0, perActivity: 1 / max(demand, 1e-9), whole: sums.available)
  }

  /// `produced - sold >= share used`: own electricity covers a part of what is used.
  func selfCoverageLimit(_ share: Double) -> LimitForm? {
    let sums = ownPower
    var form = sums.sold
    form.add(sums.produced, times: -1)
    form.add(sums.used, times: share)
    return LimitForm(form: form, upper: 0, perActivity: 1 / max(demand, 1e-9), whole: sums.used)
  }

  /// `sold <= share available`.
  func exportShareLimit(_ share: Double) -> LimitForm? {
    let sums = ownPower
    guard !sums.sold.flows.isEmpty else { return nil }
    var form = sums.sold
    form.add(sums.available, times: -share)
    return LimitForm(form: form, upper: 0, perActivity: 1 / max(demand, 1e-9), whole: sums.available)
  }
}
