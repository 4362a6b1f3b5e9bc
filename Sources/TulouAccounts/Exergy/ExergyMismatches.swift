import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension ExergyBuilder {
  /// Machines that make heat or cold of electricity or fuel and destroy more than a heat pump or chiller would.
  func mismatches(_ account: ExergyAccount) -> [ExergyMismatch] {
    let project = reading.project
    return account.lines.compactMap { line in
      guard line.kind == .converter, let c = reading.componentIndex[line.id],
        case .converter(let converter) = project.components[c].block,
        // What lifts heat of the surroundings is what others are compared with.
        !converter.ambientHeat.contains(where: { $0 > 0 })
      else { return nil }
      func kind(_ port: ConverterBlock.Port) -> CarrierKind? { project.carrier(ofBus: port.bus)?.kind }
      let inputs = converter.ports.filter { $0.coefficient.contains { $0 < 0 } }
      let outputs = converter.ports.filter { $0.coefficient.contains { $0 > 0 } }
      guard !outputs.isEmpty, outputs.allSatisfy({ kind($0) == .heat || kind($0) == .cold }),
        let source = inputs.first(where: { port in
          kind(port) == .electricity || kind(port) == .fuel || kind(port) == .hydrogen
        })
      else { return nil }
      let otherwise = line.given / project.exergy.comparison - line.given
      guard line.given >= 0, line.destroyed > otherwise * (1 + 1e-6), line.destroyed > 0 else { return nil }
      let energy = outputs.reduce(0) { sum, port in
        sum
          + reading.flows(line.id, .conversion).reduce(0) { inner, j in
            inner
              + reading.touches[j].reduce(0) { total, touch in
                reading.buses[touch.bus].id == port.bus ? total + reading.perYear(reading.injected(j, touch)) : total
              }
          }
      }
      let isCold = outputs.allSatisfy { kind($0) == .cold }
      let carrier = project.carrier(ofBus: source.bus)?.id ?? ""
      let name = project.components[c].name
      return ExergyMismatch(
        id: line.id, from: carrier, energy: energy, destroyed: line.destroyed, otherwise: otherwise,
        sentence:
          "'\(name)' turns \(carrier) into \(isCold ? "cold" : "heat") and destroys \(shortEnergy(line.destroyed)) of exergy a year; \(isCold ? "a better chiller" : "a heat pump") would destroy \(shortEnergy(otherwise))."
      )
    }.sorted { $0.destroyed == $1.destroyed ? $0.id < $1.id : $0.destroyed > $1.destroyed }
  }

  private func shortEnergy(_ energy: Double) -> String {
    let isLarge = energy >= 10_000
    let value = isLarge ? energy / 1000 : energy
    return "\(Int(saturating: value.rounded())) \(isLarge ? "MWh" : "kWh")"
  }
}
