/// Designs simulated side by side in one go: four vectors of the commonest width.
let laneCount = 16

/// What is the same for all designs: series interleaved step by step, constants of the machines.
struct LaneTables {
  /// Each step: load, spare of the load, draw, buy price, sell price, buy limit, sell limit, then the output per unit of
  /// each source (two at least), then the spare per unit of each source.
  var steps: [Double]
  /// Values a step.
  let stride: Int
  let stepCount: Int
  let stepHours: Double
  let sourceCount: Int
  let minimumLoad: Double
  let chargeEfficiency: Double
  let dischargeEfficiency: Double
  let retention: Double
  let leastShare: Double
  let startShare: Double
  /// Kinetic constants c, k, E, D and the share of the room that a step may charge; idealised: c = 1, room infinite.
  let kinetic: (share: Double, rate: Double, decay: Double, denominator: Double, room: Double)
  let tank: Double
  let peak: Double
  let leastDeferrable: Double
  let tankStart: Double
  let setPoint: Double
  let keepsReserve: Bool

  static let head = 7

  /// The last steps alone, with all constants.
  func last(_ count: Int) -> LaneTables {
    LaneTables(
      steps: Array(steps.suffix(count * stride)), stride: stride, stepCount: count, stepHours: stepHours,
      sourceCount: sourceCount, minimumLoad: minimumLoad, chargeEfficiency: chargeEfficiency,
      dischargeEfficiency: dischargeEfficiency, retention: retention, leastShare: leastShare, startShare: startShare,
      kinetic: kinetic, tank: tank, peak: peak, leastDeferrable: leastDeferrable, tankStart: tankStart,
      setPoint: setPoint, keepsReserve: keepsReserve)
  }
}
