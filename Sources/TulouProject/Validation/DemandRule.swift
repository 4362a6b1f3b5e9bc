import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Load factors, demand per head and windows that are hard to believe.
  static let demandRule: Rule = { project, document, decoding in
    let years = project.horizon.years
    let hours = Double(project.horizon.steps) * project.horizon.stepHours
    for demand in project.demands {
      let place = mark(document, "demands", demand.id)
      let peak = demand.power.max() ?? 0
      let mean = demand.power.reduce(0, +) / Double(max(1, demand.power.count))
      decoding.within("demands.\(demand.id)") { inner in
        if peak == 0 {
          inner.warning("The demand '\(demand.id)' is zero in every step.", at: place)
        } else if mean / peak < 0.02, case .fixed = demand.kind,
          project.carrier(ofBus: demand.bus)?.kind == .electricity
        {
          inner.warning(
            "The load factor of '\(demand.id)' is \((mean / peak * 1000).rounded() / 10) %.",
            advice: "Check the series for a single wrong peak.", at: place)
        }
        if case .sliding(let delay, let advance, let limit) = demand.kind {
          if delay + advance >= hours {
            inner.warning("The window of '\(demand.id)' is as long as the horizon.", at: place)
          }
          if let limit, limit < mean {
            inner.error("'peak' of '\(demand.id)' is \(limit) kW, less than the mean of what is wanted.", at: place)
          }
        }
      }
    }
    guard years > 0.9 else { return }
    for member in project.members {
      guard let people = member.population, people > 0 else { continue }
      let energy = project.demands.filter {
        $0.member == member.id && project.carrier(ofBus: $0.bus)?.kind == .electricity
      }
      .reduce(0) { $0 + project.horizon.yearlyEnergy($1.power) }
      let each = energy / people
      if energy > 0, each < 20 || each > 50_000 {
        decoding.within("members.\(member.id).population") {
          $0.warning(
            "'\(member.id)' uses \(Int(saturating: each.rounded())) kWh of electricity a head and year.",
            advice: "Check 'population' and the demands.",
            at: mark(document, "members", member.id, "population"))
        }
      }
    }
  }
}
