import TulouProject
import TulouTechnologies

extension LandAccount {
  /// Land of all plant, and what stands where it may not.
  init(_ reading: Reading) {
    self.init()
    for component in reading.project.components {
      var area = 0.0
      var shown: (Double, String)?
      for size in component.sizes {
        let sizing = reading.sizing(component, size)
        if size.landPerUnit > 0 {
          area += sizing.total * size.landPerUnit
          shown = shown ?? (sizing.total, size.unit)
        }
        let new = sizing.new
        guard size.sharedWith == nil, new > 0 else { continue }
        for zone in reading.project.limits.protectedZones where zone.forbids(component) {
          violations.append(ZoneViolation(zone: zone.id, component: component.id, capacity: new))
        }
      }
      if let need = LandAccount.reservoir(component, reading) { reservoirs.append(need) }
      if let placement = component.placement, let size = component.sizes.first {
        add(placement, of: component.id, reading.sizing(component, size).total)
      }
      if let shown {
        uses.append(LandUse(id: component.id, capacity: shown.0, unit: shown.1, area: area))
        total += area
      }
    }
    if let site = reading.project.siteArea, site > 0 { shareOfSite = total / site }
  }
}

extension LandAccount {
  private mutating func add(_ placement: Placement, of id: String, _ capacity: Double) {
    let area = capacity * placement.areaPerUnit
    if let known = places.firstIndex(where: { $0.place == placement.place }) {
      places[known].ids.append(id)
      places[known].area += area
    } else {
      places.append(PlaceUse(place: placement.place, ids: [id], area: area))
    }
  }

  /// Flow and volume of a pumped storage whose head is known; nil for others, and where nothing stands.
  private static func reservoir(_ component: Component, _ reading: Reading) -> ReservoirNeed? {
    guard case .storage(let block) = component.block, let head = block.headMetres, let first = component.sizes.first
    else { return nil }
    let power = reading.sizing(component, first).total
    let content: Double
    switch block.shape {
    case .hours(let hours): content = power * hours
    case .hoursBetween, .independent:
      guard component.sizes.count > 1 else { return nil }
      content = reading.sizing(component, component.sizes[1]).total
    case .energyOnly:
      // No turbine is sized, so there is a volume and no flow.
      guard power > 0 else { return nil }
      return ReservoirNeed(id: component.id, content: power, head: head)
    }
    guard power > 0, block.dischargeEfficiency > 0 else { return nil }
    return ReservoirNeed(
      id: component.id, power: power, efficiency: block.dischargeEfficiency, head: head,
      hours: content * block.dischargeEfficiency / power)
  }
}
