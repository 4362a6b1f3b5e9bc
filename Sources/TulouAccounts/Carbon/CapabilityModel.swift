package import TulouProject

/// The seven capabilities by reconstructed formulas.
///
/// Source: Yang, Zhang, Li, Sustainability 2019, 11(9), 2502. Its numbered equations are not in our copy: the formulas are
/// reconstructed from symbols and headings. Rows 3 and 6 give the printed digits; rows 1 and 2 do with attributed shares
/// that are not printed; rows 4 and 5 do not and are not tuned to.
package enum CapabilityModel {
  /// Hours of a common year, for mean powers [h].
  static let hours = 8760.0

  /// The account of a case.
  package static func account(_ input: CarbonCase) -> CapabilityAccount {
    let amounts = Capability.allCases.map { amount($0, input) }
    let total = amounts.reduce(0, +)
    let rows = zip(Capability.allCases, amounts).map { capability, amount in
      CapabilityRow(
        capability: capability, amount: amount, published: input.published[capability.rawValue],
        share: total != 0 ? amount / total : nil)
    }
    let printed = Capability.allCases.compactMap { input.published[$0.rawValue] }
    return CapabilityAccount(
      factor: factor(input), rows: rows, total: total,
      publishedRows: printed.isEmpty ? nil : printed.reduce(0, +), publishedTotal: input.published["total"],
      alternatives: alternatives(input), checks: CapabilityChecks.all(input), vehicle: vehicle(input))
  }

  /// α = b σ [kg/kWh].
  package static func factor(_ input: CarbonCase) -> Double { input.coalRate * input.coalFactor }

  /// CO2 that a capability avoids [kg].
  package static func amount(_ capability: Capability, _ input: CarbonCase) -> Double {
    let α = factor(input)
    switch capability {
    case .renewables: return (input.renewablesTarget - input.renewablesBase) * input.renewablesAttributed * α
    case .gasPower: return input.gasIncrease * input.gasAttributed * input.gasNetFactor * α
    case .lineLoss:
      let lines = input.lines.reduce(0) { $0 + $1.lossReduction * ($1.target - $1.base) }
      return (input.microgridLossReduction * input.microgridPermeability + lines) * input.generation * α
    case .energySaving:
      let savings = savedEnergy(input)
      let charged = chargedEnergy(input)
      let factor = 1 / (1 - input.lineLoss)
      return ((input.lossOn == .all ? savings * factor : savings) - charged * factor) * α
    case .loadShaping: return loadShaping(input, input.loadRate)
    case .gasoline: return input.vehiclesAdded * input.vehicleDistance * input.fuel * input.fuelFactor
    case .gasVehicles:
      let each = input.gasSavedFuel * input.gasSavedFactor - input.gasConsumption * input.gasFactor
      return input.gasVehicles * input.gasDistance * each
    }
  }

  /// Energy that sectors save: P Σ s e m [kWh].
  static func savedEnergy(_ input: CarbonCase) -> Double {
    input.generation * input.savingScale * input.sectors.reduce(0) { $0 + $1.share * $1.saving * $1.meters }
  }

  /// Energy that added vehicles charge: N k L [kWh].
  static func chargedEnergy(_ input: CarbonCase) -> Double {
    input.vehiclesAdded * input.vehicleConsumption * input.vehicleDistance
  }

  /// Power by which the peak is cut: P_peak Σ s c m + N_all w p + P_sto [kW].
  static func peakCut(_ input: CarbonCase) -> Double {
    shiftedBySectors(input) + input.vehiclesTotal * input.chargingAtPeak * input.charger + input.storageAtPeak
  }

  private static func shiftedBySectors(_ input: CarbonCase) -> Double {
    input.peakLoad * input.sectors.reduce(0) { $0 + $1.share * $1.shift * $1.meters }
  }

  /// CO2 of one unit of load rate: db P σ [kg].
  private static func perUnit(_ input: CarbonCase) -> Double { input.coalSaved * input.generation * input.coalFactor }

  private static func loadShaping(_ input: CarbonCase, _ rate: CarbonCase.LoadRate) -> Double {
    guard input.maximumLoad > 0 else { return 0 }
    let ratio = peakCut(input) / input.maximumLoad
    switch rate {
    case .perPoint: return 100 * ratio * perUnit(input)
    case .fraction: return ratio * perUnit(input)
    case .loadFactor:
      let mean = input.generation / hours
      let gain = mean / (input.maximumLoad - peakCut(input)) - mean / input.maximumLoad
      return 100 * gain * perUnit(input)
    }
  }

  /// Documented readings of the rows that the paper's printed values do not determine.
  private static func alternatives(_ input: CarbonCase) -> [CapabilityAlternative] {
    var list: [CapabilityAlternative] = []
    func add(_ capability: Capability, _ name: String, _ reading: String, _ amount: Double) {
      list.append(.init(capability: capability, name: name, reading: reading, amount: amount))
    }
    guard !input.sectors.isEmpty || input.vehiclesAdded > 0 else { return list }
    var scaled = input
    scaled.savingScale = input.savingScale * 1000
    add(
      .energySaving, "saving_scale: 1000", "potentials a thousand times larger (per cent misprinted)",
      amount(.energySaving, scaled))
    var lossless = scaled
    lossless.lineLoss = 0
    add(
      .energySaving, "saving_scale: 1000, line_loss: 0 %", "the same without line losses",
      amount(.energySaving, lossless))
    var both = input
    both.lossOn = .all
    add(.energySaving, "loss_on: all", "line losses on savings as well", amount(.energySaving, both))
    guard input.maximumLoad > 0 else { return list }
    for rate in CarbonCase.LoadRate.allCases {
      let reading =
        switch rate {
        case .perPoint: "coal saved per percentage point of the peak that is cut"
        case .fraction: "coal saved per whole peak that is cut"
        case .loadFactor: "coal saved per percentage point of load factor"
        }
      add(.loadShaping, "load_rate: \(rate.rawValue)", reading, loadShaping(input, rate))
    }
    var storage = input
    storage.vehiclesTotal = 0
    storage.peakLoad = 0
    add(.loadShaping, "storages alone", "only the discharge of storages cuts the peak", loadShaping(storage, .perPoint))
    if input.peakLoad > 0 {
      let cut = peakCut(input) - input.storageAtPeak
      add(
        .loadShaping, "share of the peak load", "sectors and vehicles as a fraction of the peak load",
        cut / input.peakLoad * perUnit(input))
    }
    return list
  }

  private static func vehicle(_ input: CarbonCase) -> VehicleBalance {
    VehicleBalance(
      gasoline: input.vehicleDistance * input.fuel * input.fuelFactor,
      electricity: input.vehicleDistance * input.vehicleConsumption / (1 - input.lineLoss) * factor(input))
  }
}
