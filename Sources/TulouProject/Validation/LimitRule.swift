import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Limits that nothing in the project could meet or break.
  static let limitRule: Rule = { project, document, decoding in
    let classes = project.components.compactMap { component -> EnergyClass? in
      if case .source(let block) = component.block { return block.energyClass }
      return nil
    }
    decoding.within("limits") { inner in
      if let least = project.limits.renewableFraction, least > 0,
        !classes.contains(where: { !$0.isOutside && !$0.isSaving }),
        project.markets.allSatisfy({ $0.renewableShare == 0 && $0.energyClass.isOutside })
      {
        inner.within("renewable_fraction") {
          $0.warning(
            "Nothing in the project is renewable, so the limit cannot be met.",
            at: mark(document, "limits", "renewable_fraction"))
        }
      }
      for key in [LimitKey.unservedEnergy, .unservedHours] where project.limits[key] != nil && !project.mayShed {
        inner.within(key.name) {
          $0.warning(
            "Nothing may be shed, so the limit binds nothing: all demand is served, and a design that serves less is infeasible.",
            advice:
              "'tiers: {normal: 100 %}' of a demand and 'reliability: {unserved_cost: {normal: ...}}' let it be shed.",
            at: mark(document, "limits", key.name))
        }
      }
      if project.limits.capacityShortage != nil && project.reliability.reserve.isEmpty {
        inner.within("capacity_shortage") {
          $0.warning(
            "Without 'reliability: {reserve: ...}' nothing can be short but demand that may be shed: the limit bounds that alone.",
            at: mark(document, "limits", "capacity_shortage"))
        }
      }
      if let land = project.limits.land, land > 0,
        project.components.allSatisfy({ $0.sizes.allSatisfy { $0.landPerUnit == 0 } })
      {
        inner.within("land") {
          $0.warning(
            "No component says how much land it takes, so the limit binds nothing.",
            at: mark(document, "limits", "land"))
        }
      }
      if project.limits[.reservoir] != nil, project.components.allSatisfy({ $0.waterPerSize.isEmpty }) {
        inner.within("reservoir") {
          $0.warning(
            "No storage states its 'head', so the limit on water binds nothing.",
            at: mark(document, "limits", "reservoir"))
        }
      }
      let places = Set(project.components.compactMap { $0.placement?.place })
      for place in project.limits.keys.compactMap(\.place) where !places.contains(place) {
        inner.within("siting.\(place)") {
          $0.error(
            "No turbine with 'spacing' lives on a resource '\(Node.short(place))'.",
            advice: nearestName(to: place, among: places.sorted()).map { "Did you mean '\($0)'?" }
              ?? "Give the wind turbines that stand there their 'spacing'.",
            at: mark(document, "limits", "siting"))
        }
      }
    }
  }
}
