package import TulouProject
import TulouTechnologies

/// Exergy per energy on each bus and for each demand of a project, hour by hour.
package struct ExergyFactors {
  /// By bus; one value where it is the same in every step. Buses of matter that carries no energy that is counted have 0.
  package private(set) var buses: [[Double]] = []
  /// By demand.
  package private(set) var demands: [[Double]] = []
  /// By component that lives on sun or wind, with `basis: radiation`: exergy before a unit of its first size [kW per unit].
  package private(set) var incident: [String: [Double]] = [:]
  /// Temperature of the surroundings in each step [degC]; empty where nothing needs it, or nobody states it.
  package private(set) var ambient: [Double] = []
  /// What is not stated.
  package private(set) var missing: [String] = []
  /// What was taken for want of a statement.
  package private(set) var remarks: [String] = []

  /// The factors of a project over its steps.
  package init(_ project: Project, steps: Int) {
    let thermal: Set<CarrierKind> = [.heat, .cold]
    func kind(_ bus: String) -> CarrierKind? { project.carrier(ofBus: bus)?.kind }
    if project.buses.contains(where: { kind($0.id).map(thermal.contains) ?? false }) {
      ambient = project.ambientTemperature(steps: steps)
      if ambient.isEmpty {
        missing.append(
          "the temperature of the surroundings: give 'exergy: {ambient: 10 degC}', or a resource with a temperature")
      }
    }
    addIncident(project, steps: steps)
    for bus in project.buses {
      let carrier = project.carrier(ofBus: bus.id)
      switch carrier?.kind {
      case .electricity: buses.append([1])
      case .fuel, .hydrogen: buses.append([carrier?.exergyFactor ?? 1])
      case .heat, .cold: buses.append(thermalFactor(bus, isCold: carrier?.kind == .cold))
      case .water, .material, nil: buses.append([0])
      }
    }
    for demand in project.demands {
      guard let b = project.buses.firstIndex(where: { $0.id == demand.bus }) else {
        demands.append([0])
        continue
      }
      let kind = kind(demand.bus)
      guard let kind, thermal.contains(kind) else {
        demands.append(buses[b])
        continue
      }
      guard let needed = demand.neededTemperature else {
        remarks.append("'\(demand.id)' states no 'needs': it counts at the temperatures of its bus")
        demands.append(buses[b])
        continue
      }
      // A loop that comes back colder than what is needed cannot give more than it carries.
      demands.append(
        ambient.indices.map { t in
          min(bus(b, t), Self.value(needed, needed, ambient[t], isCold: kind == .cold))
        })
    }
  }

  /// Light counts by the factor of the sun, wind by 0.91 of its kinetic energy; what names neither counts as it leaves the device.
  private mutating func addIncident(_ project: Project, steps: Int) {
    guard project.exergy.basis == .radiation else { return }
    for component in project.components {
      guard case .source(let source) = component.block else { continue }
      guard let incident = source.incident, incident.power.count >= steps,
        let area = incident.areaPerUnit ?? Self.area(of: incident, project.exergy)
      else {
        if source.energyClass.belongs(to: .sun) || source.energyClass.belongs(to: .wind) {
          remarks.append("'\(component.id)' states no light or rotor before it: it counts as it leaves the device")
        }
        continue
      }
      let share = incident.kind == .light ? project.exergy.sunShare : Exergy.windShare
      self.incident[component.id] = incident.power.prefix(steps).map { share * area * $0 }
    }
  }

  /// Area of a kilowatt of modules [m2/kW]; nil where only a rotor would tell.
  private static func area(of incident: Incident, _ exergy: ExergySurroundings) -> Double? {
    incident.kind == .light ? 1 / exergy.moduleEfficiency : nil
  }

  private mutating func thermalFactor(_ bus: Bus, isCold: Bool) -> [Double] {
    guard let supply = bus.supply else {
      missing.append("the temperature of bus '\(bus.id)': give it 'supply' and 'return'")
      return [0]
    }
    if bus.return == nil { remarks.append("bus '\(bus.id)' states no 'return': it counts at its supply alone") }
    return ambient.map { Self.value(supply, bus.return ?? supply, $0, isCold: isCold) }
  }

  private static func value(_ supply: Double, _ back: Double, _ ambient: Double, isCold: Bool) -> Double {
    isCold
      ? Exergy.cold(supply: supply, return: back, ambient: ambient)
      : Exergy.heat(supply: supply, return: back, ambient: ambient)
  }

  /// The factor of a bus in a step.
  package func bus(_ b: Int, _ t: Int) -> Double { buses[b].count == 1 ? buses[b][0] : buses[b][t] }
  /// The factor of a demand in a step.
  package func demand(_ d: Int, _ t: Int) -> Double { demands[d].count == 1 ? demands[d][0] : demands[d][t] }
}
