#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a storage can give and take in one step, and what is in it afterwards. Pure functions of its content.
package struct StorageRule: Sendable {
  /// Content of a storage: all of it, and of it what is at hand (kinetic model only).
  package struct Content: Sendable, Equatable {
    package var total: Double
    package var atHand: Double

    /// A content.
    package init(total: Double, atHand: Double) {
      self.total = total
      self.atHand = atHand
    }
  }

  let storage: Storage
  let stepHours: Double
  /// Least content [kWh].
  let least: Double
  /// Share of the content that remains after a step.
  package let retention: Double
  /// `exp(-k dt)` and the other constants of the kinetic model.
  private let kinetic: KineticConstants?
  /// c, k, `exp(-k dt)`, D, and the charge that a unit of room allows.
  typealias KineticConstants = (share: Double, rate: Double, decay: Double, denominator: Double, room: Double)
  /// Constants that make two tanks one.
  static func oneTank(stepHours: Double) -> KineticConstants { (1, 1, 0, stepHours, .infinity) }
  /// Those of the storage, if its model is kinetic.
  var kineticConstants: KineticConstants? { kinetic }

  package init(_ storage: Storage, stepHours: Double) {
    self.storage = storage
    self.stepHours = stepHours
    least = storage.leastShare * storage.energy
    retention = storage.selfDischarge == 0 ? 1 : pow(1 - storage.selfDischarge, stepHours)
    switch storage.model {
    case .idealised: kinetic = nil
    case .kinetic(let share, let rate, let chargeRate):
      let decay = exp(-rate * stepHours)
      let denominator = 1 - decay + share * (rate * stepHours - 1 + decay)
      let room = chargeRate.isFinite ? (1 - exp(-chargeRate * stepHours)) / stepHours : .infinity
      kinetic = (share, rate, decay, denominator, room)
    }
  }

  /// Content at the start of the year; in the kinetic model evened out.
  var start: Content {
    let total = storage.startShare * storage.energy
    return Content(total: total, atHand: (kinetic?.share ?? 1) * total)
  }

  /// What flows in during step t [kWh].
  private func inflow(_ t: Int) -> Double { storage.inflow.isEmpty ? 0 : storage.inflow[t] * stepHours }

  /// Power at the bus by which the content just does not run over in step t [kW].
  func overflowing(_ content: Content, _ t: Int) -> Double {
    guard !storage.inflow.isEmpty else { return 0 }
    let excess = retention * content.total + inflow(t) - storage.energy
    return max(0, excess) * storage.dischargeEfficiency / stepHours
  }

  /// A content with its tanks evened out.
  func evened(_ total: Double) -> Content { Content(total: total, atHand: (kinetic?.share ?? 1) * total) }

  /// Greatest charge and discharge of the step, at the bus [kW].
  ///
  /// Kinetic, with E = exp(-k dt), D = 1 - E + c (k dt - 1 + E):
  ///
  ///     discharge  (k Q1 E + Q k c (1 - E)) / D          the tank at hand ends empty
  ///     charge     (k c Qmax - k Q1 E - Q k c (1 - E)) / D     the tank at hand ends full
  ///
  /// What flows in during the step can be used in it.
  package func limits(_ content: Content, _ t: Int = 0) -> (charge: Double, discharge: Double) {
    let bounds = bounds(content, t)
    let take = min(min(bounds.take, bounds.takeByTank), bounds.takeByRate)
    let give = min(bounds.give, bounds.giveByTank)
    return (max(0, min(take, storage.chargePower)), max(0, min(give, storage.dischargePower)))
  }

  /// What content, tank at hand and charge rate each allow, at the bus [kW].
  private func bounds(_ content: Content, _ t: Int) -> Bounds {
    let kept = retention * content.total + inflow(t)
    var bounds = Bounds(
      take: (storage.energy - kept) / (storage.chargeEfficiency * stepHours),
      give: (kept - least) * storage.dischargeEfficiency / stepHours)
    guard let (c, k, decay, denominator, room) = kinetic else { return bounds }
    let flow = k * (retention * content.atHand) * decay + kept * k * c * (1 - decay)
    bounds.giveByTank = flow / denominator * storage.dischargeEfficiency
    bounds.takeByTank = (k * c * storage.energy - flow) / denominator / storage.chargeEfficiency
    if room.isFinite { bounds.takeByRate = (storage.energy - kept) * room / storage.chargeEfficiency }
    return bounds
  }

  private struct Bounds {
    var take, give: Double
    var takeByTank = Double.infinity, takeByRate = Double.infinity, giveByTank = Double.infinity
  }

  /// What keeps the storage from taking more than `limits` says; nothing where there is no storage.
  func whyNoMoreIsTaken(_ content: Content, _ t: Int) -> Reason {
    guard storage.energy > 0 else { return [] }
    let bounds = bounds(content, t)
    let byContent = min(bounds.take, bounds.takeByTank)
    if min(storage.chargePower, bounds.takeByRate) < byContent { return .storageAtPowerLimit }
    return bounds.takeByTank < bounds.take ? .tankAtHandFull : .storageFull
  }

  /// What keeps the storage from giving more than `limits` says; nothing where there is no storage.
  func whyNoMoreIsGiven(_ content: Content, _ t: Int) -> Reason {
    guard storage.energy > 0 else { return [] }
    let bounds = bounds(content, t)
    if storage.dischargePower < min(bounds.give, bounds.giveByTank) { return .storageAtPowerLimit }
    return bounds.giveByTank < bounds.give ? .tankAtHandEmpty : .storageEmpty
  }

  /// Content after a step with `power` at the bus (positive: discharge) [kW].
  ///
  /// Kinetic, with P the power into the content:
  ///
  ///     Q1' = Q1 E + (Q k c + P)(1 - E)/k + P c (k dt - 1 + E)/k
  package func after(_ content: Content, power: Double, _ t: Int = 0) -> Content {
    let into = power > 0 ? -power / storage.dischargeEfficiency : -power * storage.chargeEfficiency
    let total = retention * content.total + inflow(t) + into * stepHours
    guard let (c, k, decay, _, _) = kinetic else { return Content(total: total, atHand: total) }
    let atHand =
      retention * content.atHand * decay + (retention * content.total * k * c + into) * (1 - decay) / k
      + into * c * (k * stepHours - 1 + decay) / k
    return Content(total: total, atHand: atHand)
  }
}
