import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Machines that would give more exergy than they take: a heat pump above Carnot, heat that is made warmer for nothing.
  ///
  /// Asked only of machines that touch heat or cold, where temperatures of buses and surroundings are known.
  static let secondLawRule: Rule = { project, document, decoding in
    let ambient = project.ambientTemperature(steps: project.horizon.steps)
    guard !ambient.isEmpty else { return }
    for component in project.components {
      guard case .converter(let converter) = component.block, let worst = converter.worstGain(project, ambient) else {
        continue
      }
      let share = (1000 * worst.given / worst.taken).rounded() / 10
      decoding.within("components.\(component.id)") {
        $0.error(
          "'\(component.id)' breaks the second law: of the exergy that it takes it would give \(share) % (surroundings at \((10 * worst.ambient).rounded() / 10) degC).",
          advice:
            "Lower its efficiency or coefficient of performance, or correct 'supply' and 'return' of its buses or the temperature of the surroundings.",
          at: mark(document, "components", component.id))
      }
    }
  }
}

extension ConverterBlock {
  /// The step in which most exergy is given per exergy taken, where that is more than all of it.
  fileprivate func worstGain(_ project: Project, _ ambient: [Double]) -> (
    given: Double, taken: Double, ambient: Double
  )? {
    let kinds = ports.map { project.carrier(ofBus: $0.bus)?.kind }
    guard kinds.contains(.heat) || kinds.contains(.cold) else { return nil }
    // What passes fuel on (regasification) draws on the cold or pressure of the fuel, which no carrier states.
    let isFuel = kinds.map { $0 == .fuel || $0 == .hydrogen }
    let fuels = zip(ports, isFuel).filter { $0.1 }.map { $0.0.coefficient }
    let takesFuel = fuels.contains { $0.contains { $0 < 0 } }, givesFuel = fuels.contains { $0.contains { $0 > 0 } }
    if takesFuel && givesFuel { return nil }
    let buses = ports.map { port in project.buses.first { $0.id == port.bus } }
    let factors = ports.map { project.carrier(ofBus: $0.bus)?.exergyFactor ?? 1 }
    var worst: (given: Double, taken: Double, ambient: Double)?
    for t in ambient.indices {
      var given = 0.0, taken = 0.0
      for (p, port) in ports.enumerated() {
        guard t < port.coefficient.count || port.coefficient.count == 1 else { return nil }
        let factor: Double
        switch kinds[p] {
        case .electricity: factor = 1
        case .fuel, .hydrogen: factor = factors[p]
        case .heat, .cold:
          guard let supply = buses[p]?.supply else { return nil }
          let back = buses[p]?.return ?? supply
          factor =
            kinds[p] == .heat
            ? Exergy.heat(supply: supply, return: back, ambient: ambient[t])
            : Exergy.cold(supply: supply, return: back, ambient: ambient[t])
        // What carries matter is not counted, so nothing can be said.
        case .water, .material, nil: return nil
        }
        let exergy = port[t] * factor
        if port[t] > 0 { given += exergy } else { taken -= exergy }
      }
      guard given > taken + 1e-9 * max(abs(given), abs(taken)), taken > 0 else { continue }
      if given / taken > (worst.map { $0.given / $0.taken } ?? 0) { worst = (given, taken, ambient[t]) }
    }
    return worst
  }
}
