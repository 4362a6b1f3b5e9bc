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
        let (capacity, existing) = reading.sizing(component, size)
        if size.landPerUnit > 0 {
          area += capacity * size.landPerUnit
          shown = shown ?? (capacity, size.unit)
        }
        let new = capacity - existing
        guard size.sharedWith == nil, new > PlantItems.dust else { continue }
        for zone in reading.project.limits.protectedZones where zone.forbidsPlant(component) {
          violations.append(ZoneViolation(zone: zone.id, component: component.id, capacity: new))
        }
      }
      if let shown {
        uses.append(LandUse(id: component.id, capacity: shown.0, unit: shown.1, area: area))
        total += area
      }
    }
    if let site = reading.project.siteArea, site > 0 { shareOfSite = total / site }
  }
}

extension Limits.ProtectedZone {
  /// Whether the zone forbids a component: by catalogue entry, kind or id, for its members (all, if none is named).
  func forbidsPlant(_ component: Component) -> Bool {
    let names = [component.catalogueEntry ?? component.kind, component.kind, component.id]
    guard forbids.contains(where: { names.contains($0) }) else { return false }
    return members.isEmpty || members.contains(component.member ?? "")
  }
}
