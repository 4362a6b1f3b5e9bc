package import TulouProblem
package import TulouProject
package import TulouTechnologies

/// A machine or a demand that burns fuel, with what of the problem's flows is fuel that it takes.
///
/// CO2 belongs to the fuel and is counted where the fuel enters. The other pollutants are formed by the flame: by the
/// factors of the machine, pollutant by pollutant, and where it says nothing by those of the fuel's carrier. What passes
/// fuel on (regasification, pipes, stores) burns nothing.
package struct Burning: Sendable {
  /// Component or demand.
  package var id: String
  /// Whose it is; nil: the commons.
  package var member: String?
  /// Carrier that it burns.
  package var carrier: String
  /// What a kWh of fuel forms [kg/kWh]; pollutants that it does not form are left out.
  package var factors: [Pollutant: Double]
  /// Fuel per unit of each flow, by flow of the problem [kW/kW].
  package var flows: [(flow: Int, fuel: Profile)] = []
  /// Fuel that is wanted whatever the flows are [kW]; empty: none.
  package var fixed: [Double] = []
}

extension Project {
  /// Everything that burns fuel and forms a pollutant, in the order of components, then demands.
  ///
  /// - Parameter stage: Stage of the labels to read; empty: labels without stage.
  package func burnings(in problem: HourlyProblem, stage: String = "") -> [Burning] {
    var found: [(Burning, buses: Set<String>)] = []
    for component in components {
      guard let (carrier, factors, buses) = burns(component) else { continue }
      found.append(
        (Burning(id: component.id, member: component.member, carrier: carrier, factors: factors), buses))
    }
    for demand in demands {
      guard let carrier = carrier(ofBus: demand.bus), carrier.kind == .fuel else { continue }
      let factors = carrier.pollutants.filter { $0.value > 0 }
      guard !factors.isEmpty else { continue }
      var burning = Burning(id: demand.id, member: demand.member, carrier: carrier.id, factors: factors)
      if demand.kind == .fixed { burning.fixed = demand.power }
      found.append((burning, [demand.bus]))
    }
    guard !found.isEmpty else { return [] }
    let place = Dictionary(zip(found.map(\.0.id), found.indices), uniquingKeysWith: { first, _ in first })
    for (j, flow) in problem.flows.enumerated() where flow.label.stage == stage {
      guard let i = place[flow.label.id] else { continue }
      for term in flow.rowTerms {
        let label = problem.rows[term.row].label
        guard label.role == .balance, label.stage == stage, found[i].buses.contains(label.id) else { continue }
        found[i].0.flows.append((j, term.coefficient * -1))
      }
    }
    return found.map(\.0)
  }

  /// The fuel that a component burns, what a kWh of it forms, and the buses that it comes from; nil: it burns nothing,
  /// or what it burns forms nothing.
  private func burns(_ component: Component) -> (carrier: String, factors: [Pollutant: Double], buses: Set<String>)? {
    guard let (carrier, buses) = fuel(of: component) else { return nil }
    let factors = pollutants(of: component).filter { $0.value > 0 }
    return factors.isEmpty ? nil : (carrier.id, factors, buses)
  }

  private func fuel(of component: Component) -> (carrier: Carrier, buses: Set<String>)? {
    guard case .converter(let converter) = component.block else { return nil }
    var carrier: Carrier?
    var buses: Set<String> = []
    for (p, port) in converter.ports.enumerated() {
      guard let own = self.carrier(ofBus: port.bus) else { continue }
      if port.coefficient.contains(where: { $0 > 0 }) {
        // What gives a fuel passes it on.
        if own.kind == .fuel { return nil }
      } else if own.kind == .fuel || (p == converter.fuelPort && !converter.pollutants.isEmpty) {
        carrier = carrier ?? own
        buses.insert(port.bus)
      }
    }
    return carrier.map { ($0, buses) }
  }

  /// What a component forms of a kWh of its fuel: its own word, else that of the fuel's carrier [kg/kWh].
  package func pollutants(of component: Component) -> [Pollutant: Double] {
    guard case .converter(let converter) = component.block, let (carrier, _) = fuel(of: component) else { return [:] }
    return carrier.pollutants.merging(converter.pollutants) { $1 }
  }
}
