import TulouDocument
import TulouQuantities
import TulouStreams

/// Measures of streams, which depend on what flows: kW for forms of energy, t/h for water (1 t is 1 m3) and materials.
struct StreamUnits {
  let kind: StreamKind
  /// Energy in a mass of a carrier, where the file states one: amounts by mass then stand for energies.
  var fuel: Decoding.HeatingValue?

  init(_ kind: StreamKind, fuel: Decoding.HeatingValue? = nil) {
    self.kind = kind
    self.fuel = fuel
  }

  static let power = Measure("a power", in: "kW", example: "330 kW", countsYearsAsHours: true)
  static let massFlow = Measure("a mass flow", in: "t/h", example: "50 t/h", countsYearsAsHours: true)
  static let volumeFlow = Measure("a volume flow", in: "m3/h", example: "40 m3/h", countsYearsAsHours: true)
  static let capacityFlow = Measure("a heat capacity flow", in: "kW/K", example: "3 kW/K")
  static let pricePerTonne = Measure("money per mass", in: "¤/t", example: "28 EUR/t")
  static let pricePerVolume = Measure("money per volume", in: "¤/m3", example: "0.6 EUR/m3")
  static let massPerTonne = Measure("a mass per mass", in: "kg/t", example: "0.2 t/t")
  static let massPerVolume = Measure("a mass per volume", in: "kg/m3", example: "0.3 kg/m3")
  static let energyPerTonne = Measure("an energy per mass", in: "kWh/t", example: "2 kWh/t")
  static let energyPerVolume = Measure("an energy per volume", in: "kWh/m3", example: "0.5 kWh/m3")
  static let concentration = Measure("a share of the mass", in: "mg/kg", example: "50 mg/kg")
  static let concentrationByVolume = Measure("a mass per volume", in: "g/m3", example: "50 mg/L")
  static let powerCost = Measure("money per power and year", in: "¤/kW/y", example: "9 EUR/kW/y")
  static let massFlowCost = Measure("money per mass flow and year", in: "¤*h/t/y", example: "6535 EUR*h/t/y")
  static let volumeFlowCost = Measure("money per volume flow and year", in: "¤*h/m3/y", example: "6535 EUR*h/m3/y")
  static let powerCapital = Measure("money per power", in: "¤/kW", example: "120 EUR/kW")
  static let massFlowCapital = Measure("money per mass flow", in: "¤*h/t", example: "9000 EUR*h/t")
  static let volumeFlowCapital = Measure("money per volume flow", in: "¤*h/m3", example: "9000 EUR*h/m3")
  static let moneyPerYear = Measure("money per year", in: "¤/y", example: "835326 EUR/y")
  static let moneyPerMetre = Measure("money per length", in: "¤/m", example: "450 EUR/m")
  static let lossPerLength = Measure("a share per length", in: "1/km", example: "2 %/km")
  static let coolingPerLength = Measure("kelvins per length", in: "K/km", example: "1 K/km")
  static let energyPrice = Measure.price
  static let energyPricePerLength = Measure("money per energy and length", in: "¤/kWh/km", example: "0.001 EUR/kWh/km")
  static let tonnePricePerLength = Measure("money per mass and length", in: "¤/t/km", example: "0.15 EUR/t/km")
  static let volumePricePerLength = Measure("money per volume and length", in: "¤/m3/km", example: "0.05 EUR/m3/km")
  static let emissionPerLength = Measure("a mass per energy and length", in: "kg/kWh/km", example: "0.001 kg/kWh/km")
  static let massPerTonneAndLength = Measure("a mass per mass and length", in: "kg/t/km", example: "0.06 kg/t/km")
  static let energyAmount = Measure("an energy per year", in: "kWh/y", example: "2 GWh/y")
  static let massAmount = Measure("a mass per year", in: "t/y", example: "200 kt/y")
  static let volumeAmount = Measure("a volume per year", in: "m3/y", example: "2 m3/y")
  static let load = Measure("a mass flow", in: "kg/h", example: "2 kg/h", countsYearsAsHours: true)

  private func chosen(_ energy: Measure, _ mass: Measure, _ volume: Measure) -> [Measure] {
    kind.isEnergy ? [energy] : kind == .water ? [mass, volume] : [mass]
  }

  var flow: [Measure] { chosen(Self.power, Self.massFlow, Self.volumeFlow) }
  var price: [Measure] { chosen(Self.energyPrice, Self.pricePerTonne, Self.pricePerVolume) }
  var emission: [Measure] { chosen(.emission, Self.massPerTonne, Self.massPerVolume) }
  var outsideEnergy: [Measure] { chosen(.number, Self.energyPerTonne, Self.energyPerVolume) }
  var yearlyPerCapacity: [Measure] { chosen(Self.powerCost, Self.massFlowCost, Self.volumeFlowCost) }
  var capitalPerCapacity: [Measure] { chosen(Self.powerCapital, Self.massFlowCapital, Self.volumeFlowCapital) }
  var pricePerLength: [Measure] {
    chosen(Self.energyPricePerLength, Self.tonnePricePerLength, Self.volumePricePerLength)
  }
  var emissionPerLength: [Measure] {
    kind.isEnergy ? [Self.emissionPerLength] : [Self.massPerTonneAndLength]
  }
  var amount: [Measure] { chosen(Self.energyAmount, Self.massAmount, Self.volumeAmount) }

  static let everyFlow = [power, massFlow, volumeFlow]
  static let everyPrice = [energyPrice, pricePerTonne, pricePerVolume]
  static let everyEmission = [Measure.emission, massPerTonne, massPerVolume]
  static let everyAmount = [energyAmount, massAmount, volumeAmount]
  static let everyConcentration = [concentration, concentrationByVolume]
}

extension Decoding {
  /// A number of a stream; nil after a diagnostic, or where nothing is written.
  mutating func stream(
    _ node: Node?, _ key: String, _ measures: [Measure], fuel: HeatingValue? = nil, in bounds: Bounds = .any
  ) -> Double? {
    guard let node else { return nil }
    return within(key) { inner in
      guard let amount = inner.steadyAmount(node, measures, fuel: fuel) else { return nil }
      guard bounds.contains(amount.value) else {
        inner.error("'\(key)' is \(Node.short(node.writtenNumber)), but has to be \(bounds.words).", at: node.mark)
        return nil
      }
      return amount.value
    }
  }

  /// Concentrations by substance [mg/kg]; 1 mg/L of water is 1 mg/kg.
  mutating func concentrations(_ node: Node?, _ key: String, mustFit: Bool) -> [String: Double] {
    guard let node else { return [:] }
    return within(key) { inner in
      guard let entries = node.entries else {
        inner.error("'\(key)' takes a mapping from substances to shares, not \(node.kindName).", at: node.mark)
        return [:]
      }
      var values: [String: Double] = [:]
      for entry in entries where !entry.key.hasPrefix("x-") {
        let range = Bounds(0, 1e6, "between 0 and all of the mass")
        values[entry.key] = inner.stream(entry.value, entry.key, StreamUnits.everyConcentration, in: range)
      }
      let sum = values.values.reduce(0, +)
      if mustFit, sum > 1e6 * (1 + 1e-9) {
        inner.error(
          "The shares under '\(key)' add up to \((sum / 1e4).plain) %.", advice: "A stream holds 100 % at most.",
          at: node.mark)
      }
      return values
    }
  }
}
