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

  /// The last steps alone, with all constants; nil where they are too few to say anything.
  func last(_ count: Int) -> LaneTables? {
    guard count >= 24, count < stepCount else { return nil }
    return LaneTables(
      steps: Array(steps.suffix(count * stride)), stride: stride, stepCount: count, stepHours: stepHours,
      sourceCount: sourceCount, minimumLoad: minimumLoad, chargeEfficiency: chargeEfficiency,
      dischargeEfficiency: dischargeEfficiency, retention: retention, leastShare: leastShare, startShare: startShare,
      kinetic: kinetic, tank: tank, peak: peak, leastDeferrable: leastDeferrable, tankStart: tankStart,
      setPoint: setPoint, keepsReserve: keepsReserve)
  }
}

/// Rows of a kernel's arena, `laneCount` values each: sizes, what is carried from step to step, sums.
///
/// One arena and constant rows tell the compiler that no row overlaps another, so that it makes vectors of the loop over
/// the lanes by itself; vectors written out by hand were taken apart again by it and came to a third of the speed.
enum LaneRow {
  // Sizes.
  static let generator = 0, energy = 1, chargePower = 2, dischargePower = 3
  // Carried from step to step.
  static let content = 4, atHand = 5, tank = 6, wasOn = 7, isCharging = 8
  // Sums.
  static let shed = 9, shedMaximum = 10, shedHours = 11, shedRun = 12, shedLongest = 13, generatorSum = 14, hours = 15
  static let starts = 16, charged = 17, discharged = 18, spilled = 19, spilledMaximum = 20
  static let bought = 21, boughtMaximum = 22, sold = 23, cost = 24, revenue = 25, served = 26, unserved = 27
  static let shortage = 28
  // The step's output of all sources, and the spare that it asks for; only with more than two sources or a reserve.
  static let potential = 29, spare = 30
  /// The first of the rows with the sizes of the sources.
  static let sources = 31
}

/// The loops that are compiled, each with the parts it needs and no others.
enum LaneKernel: Sendable {
  case islandFollowing, islandCycling, gridFollowing, gridCycling, kineticDeferrable, everyFollowing, everyCycling

  /// Whether the loop counts the shortage apart from the demand shed.
  var countsShortage: Bool {
    switch self {
    case .kineticDeferrable, .everyFollowing, .everyCycling: true
    default: false
    }
  }
}

/// Runs a loop over all steps. Kernel, rows and features stand in one file, so that the compiler knows them without a view of
/// the whole room.
func simulate(
  _ kernel: LaneKernel, _ tables: LaneTables, _ series: UnsafePointer<Double>, _ arena: UnsafeMutablePointer<Double>
) {
  switch kernel {
  case .islandFollowing: simulateLanes(IslandFollowing.self, tables, series, arena)
  case .islandCycling: simulateLanes(IslandCycling.self, tables, series, arena)
  case .gridFollowing: simulateLanes(GridFollowing.self, tables, series, arena)
  case .gridCycling: simulateLanes(GridCycling.self, tables, series, arena)
  case .kineticDeferrable: simulateLanes(KineticDeferrable.self, tables, series, arena)
  case .everyFollowing: simulateLanes(EveryFollowing.self, tables, series, arena)
  case .everyCycling: simulateLanes(EveryCycling.self, tables, series, arena)
  }
}

@inline(__always) private func least(_ a: Double, _ b: Double) -> Double { b < a ? b : a }
@inline(__always) private func most(_ a: Double, _ b: Double) -> Double { b > a ? b : a }
@inline(__always) private func positive(_ a: Double) -> Double { a > 0 ? a : 0 }
/// 1 where a is above b, else 0. Conditions are numbers: `and` is a product, `or` the greater, `not` one less.
@inline(__always) private func above(_ a: Double, _ b: Double) -> Double { a > b ? 1 : 0 }

/// Output of all sources in a step, and the spare that it asks for.
@inline(__always)
private func addSources(_ count: Int, _ values: UnsafePointer<Double>, _ arena: UnsafeMutablePointer<Double>) {
  let potential = arena + LaneRow.potential * laneCount, spare = arena + LaneRow.spare * laneCount
  for lane in 0..<laneCount {
    potential[lane] = 0
    spare[lane] = 0
  }
  for i in 0..<count {
    let output = values[i], wanted = values[count &+ i]
    let sizes = arena + (LaneRow.sources &+ i) &* laneCount
    for lane in 0..<laneCount {
      potential[lane] += sizes[lane] * output
      spare[lane] += sizes[lane] * wanted
    }
  }
}

/// The rules of load following, cycle charging and self-consumption for one bus, one generator and one storage.
///
/// The same steps in the same order as the scalar engine, which is the specification; without a branch, so that the loop
/// over the lanes becomes vectors. Powers in sums are per step; the caller multiplies by the hours.
///
/// - Parameters:
///   - series: `tables.steps`.
///   - arena: Rows of `LaneRow`, sizes and contents filled in, sums nought.
private func simulateLanes<Features: LaneFeatures>(
  _: Features.Type, _ tables: LaneTables, _ series: UnsafePointer<Double>, _ arena: UnsafeMutablePointer<Double>
) {
  let nothing = SimulationRun.nothing
  let dt = tables.stepHours, chargeEfficiency = tables.chargeEfficiency
  let giveFactor = tables.dischargeEfficiency / dt, takeFactor = 1 / (chargeEfficiency * dt)
  let intoPerCharge = chargeEfficiency * dt, outPerDischarge = dt / tables.dischargeEfficiency
  let retention = tables.retention, leastShare = tables.leastShare, minimumLoad = tables.minimumLoad
  let (c, k, decay, denominator, room) = tables.kinetic
  let ownFlow = retention * k * decay, sharedFlow = k * c * (1 - decay)
  let perDenominator = 1 / denominator, perCharge = 1 / chargeEfficiency, perDischarge = 1 / tables.dischargeEfficiency
  let perRate = 1 / k, perStep = 1 / dt
  let giveByFlow = tables.dischargeEfficiency / denominator
  let perInflow = (1 - decay) / k + c * (k * dt - 1 + decay) / k
  let sourceCount = tables.sourceCount, stride = tables.stride
  let tankSize = tables.tank, peak = tables.peak, leastDeferrable = tables.leastDeferrable
  let setPoint = tables.setPoint
  let hasSetPoint = above(setPoint, 0), keepsReserve = tables.keepsReserve ? 1.0 : 0
  let sizes = arena + LaneRow.sources * laneCount

  for lane in 0..<laneCount {
    arena[LaneRow.atHand * laneCount + lane] = arena[LaneRow.content * laneCount + lane] * c
    arena[LaneRow.tank * laneCount + lane] = tables.tankStart
  }
  var row = series
  for _ in 0..<tables.stepCount {
    let load = row[0], spareOfLoad = row[1], draw = row[2], buyPrice = row[3], sellPrice = row[4]
    let buyLimit = Features.hasGrid ? row[5] : 0
    let sellLimit = row[6]
    let first = row[LaneTables.head], second = row[LaneTables.head + 1]
    if Features.hasExtras { addSources(sourceCount, row + LaneTables.head, arena) }
    for lane in 0..<laneCount {
      let at = arena + lane
      let potential =
        Features.hasExtras
        ? at[LaneRow.potential * laneCount] : first * sizes[lane] + second * sizes[laneCount &+ lane]
      var net = load - potential
      let generatorSize = at[LaneRow.generator * laneCount]
      let energy = at[LaneRow.energy * laneCount]

      var forced = 0.0, tankRoom = 0.0
      let tank = at[LaneRow.tank * laneCount]
      if Features.hasDeferrable {
        tankRoom = (tankSize - tank) * perStep + draw
        forced = positive(least(draw - tank * perStep, peak))
        forced = most(forced, least(leastDeferrable, tankRoom)) * above(forced, 0)
        net += forced
      }

      // What the storage can give and take.
      let content = at[LaneRow.content * laneCount]
      let keptContent = content * retention
      var give = (keptContent - energy * leastShare) * giveFactor
      var take = (energy - keptContent) * takeFactor
      var flow = 0.0
      if Features.isKinetic {
        flow = at[LaneRow.atHand * laneCount] * ownFlow + keptContent * sharedFlow
        give = least(give, flow * giveByFlow)
        let byTank = (energy * (k * c) - flow) * perDenominator
        take = least(take, least(byTank, (energy - keptContent) * room) * perCharge)
      }
      give = positive(least(give, at[LaneRow.dischargePower * laneCount]))
      take = positive(least(take, at[LaneRow.chargePower * laneCount]))

      // Whether the generator runs. One of no size runs too, without effect; its hours are dropped at the end.
      var isOn = above(net - give - buyLimit, nothing)
      let wasOn = at[LaneRow.wasOn * laneCount]
      var isCharging = 0.0
      if Features.hasExtras {
        let goesOn = above(energy * setPoint, content) * above(take, nothing)
        isCharging = hasSetPoint * at[LaneRow.isCharging * laneCount] * goesOn
        isOn = most(isOn, isCharging * wasOn * above(take, -net))
      }
      if Features.hasExtras || Features.hasDeferrable {
        let capacity = give + potential + buyLimit
        var spare = load + spareOfLoad
        if Features.hasExtras {
          spare += at[LaneRow.spare * laneCount]
          isOn = most(isOn, keepsReserve * above(spare - (capacity + generatorSize * isOn), nothing))
          isOn *= above(generatorSize, 0)
          at[LaneRow.isCharging * laneCount] = most(isCharging, hasSetPoint * isOn * above(energy * setPoint, content))
        }
        at[LaneRow.shortage * laneCount] += positive(spare - (capacity + generatorSize * isOn))
      }
      let running = generatorSize * isOn
      let runningLeast = running * minimumLoad
      var generator = Features.chargesInCycles ? running : runningLeast
      net -= generator

      // Demand: storage, grid, then the generator's remaining range.
      let need = positive(net)
      let discharge = least(need, give)
      var unmet = need - discharge
      if Features.hasGrid {
        let buy = least(unmet, buyLimit)
        unmet -= buy
        at[LaneRow.bought * laneCount] += buy
        at[LaneRow.boughtMaximum * laneCount] = most(at[LaneRow.boughtMaximum * laneCount], buy)
        at[LaneRow.cost * laneCount] += buy * buyPrice
      }
      if !Features.chargesInCycles {
        let raised = least(unmet, running - runningLeast)
        generator += raised
        unmet -= raised
      }

      // Surplus: waiting demand, storage, sale, nothing.
      var surplus = need - net
      var served = forced
      if Features.hasDeferrable {
        let greatest = least(peak, tankRoom) - forced
        let taken = least(surplus, greatest)
        let idles = above(leastDeferrable - nothing, forced + taken)
        let used = taken * (above(greatest, nothing) * above(surplus, nothing) * (1 - idles))
        served += used
        surplus -= used
      }
      let charge = least(surplus, take)
      surplus -= charge
      if Features.chargesInCycles {
        let lowered = least(surplus, running - runningLeast)
        generator -= lowered
        surplus -= lowered
      }
      if Features.hasGrid {
        let sell = least(surplus, sellLimit)
        surplus -= sell
        at[LaneRow.sold * laneCount] += sell
        at[LaneRow.revenue * laneCount] += sell * sellPrice
      }

      // Contents.
      if Features.isKinetic {
        let into = charge * chargeEfficiency - discharge * perDischarge
        at[LaneRow.atHand * laneCount] = flow * perRate + into * perInflow
      }
      at[LaneRow.content * laneCount] = keptContent + charge * intoPerCharge - discharge * outPerDischarge
      if Features.hasDeferrable {
        let cut = least(unmet, forced)
        served -= cut
        unmet -= cut
        let left = tank + (served - draw) * dt
        at[LaneRow.served * laneCount] += served
        at[LaneRow.unserved * laneCount] += positive(-left)
        at[LaneRow.tank * laneCount] = positive(left)
      }

      // Sums.
      at[LaneRow.charged * laneCount] += charge
      at[LaneRow.discharged * laneCount] += discharge
      at[LaneRow.generatorSum * laneCount] += generator
      at[LaneRow.hours * laneCount] += isOn
      at[LaneRow.starts * laneCount] += isOn * (1 - wasOn)
      at[LaneRow.wasOn * laneCount] = isOn
      at[LaneRow.shed * laneCount] += unmet
      at[LaneRow.shedMaximum * laneCount] = most(at[LaneRow.shedMaximum * laneCount], unmet)
      let isShed = above(unmet, nothing)
      let run = (at[LaneRow.shedRun * laneCount] + 1) * isShed
      at[LaneRow.shedRun * laneCount] = run
      at[LaneRow.shedHours * laneCount] += isShed
      at[LaneRow.shedLongest * laneCount] = most(at[LaneRow.shedLongest * laneCount], run)
      at[LaneRow.spilled * laneCount] += surplus
      at[LaneRow.spilledMaximum * laneCount] = most(at[LaneRow.spilledMaximum * laneCount], surplus)
    }
    row += stride
  }
}

/// Which parts of the kernel a system needs; a type, so that the compiler leaves the others out.
private protocol LaneFeatures {
  /// Purchase and sale.
  static var hasGrid: Bool { get }
  /// Two-tank battery.
  static var isKinetic: Bool { get }
  /// Waiting demand.
  static var hasDeferrable: Bool { get }
  /// A running generator gives all it can.
  static var chargesInCycles: Bool { get }
  /// Reserve, set point of the state of charge, more than two sources.
  static var hasExtras: Bool { get }
}

// One type for each combination that is worth its own loop; the last serves whatever the others do not.
private enum IslandFollowing: LaneFeatures {
  static var hasGrid: Bool { false }
  static var isKinetic: Bool { false }
  static var hasDeferrable: Bool { false }
  static var chargesInCycles: Bool { false }
  static var hasExtras: Bool { false }
}
private enum IslandCycling: LaneFeatures {
  static var hasGrid: Bool { false }
  static var isKinetic: Bool { false }
  static var hasDeferrable: Bool { false }
  static var chargesInCycles: Bool { true }
  static var hasExtras: Bool { false }
}
private enum GridFollowing: LaneFeatures {
  static var hasGrid: Bool { true }
  static var isKinetic: Bool { false }
  static var hasDeferrable: Bool { false }
  static var chargesInCycles: Bool { false }
  static var hasExtras: Bool { false }
}
private enum GridCycling: LaneFeatures {
  static var hasGrid: Bool { true }
  static var isKinetic: Bool { false }
  static var hasDeferrable: Bool { false }
  static var chargesInCycles: Bool { true }
  static var hasExtras: Bool { false }
}
private enum KineticDeferrable: LaneFeatures {
  static var hasGrid: Bool { true }
  static var isKinetic: Bool { true }
  static var hasDeferrable: Bool { true }
  static var chargesInCycles: Bool { false }
  static var hasExtras: Bool { false }
}
private enum EveryFollowing: LaneFeatures {
  static var hasGrid: Bool { true }
  static var isKinetic: Bool { true }
  static var hasDeferrable: Bool { true }
  static var chargesInCycles: Bool { false }
  static var hasExtras: Bool { true }
}
private enum EveryCycling: LaneFeatures {
  static var hasGrid: Bool { true }
  static var isKinetic: Bool { true }
  static var hasDeferrable: Bool { true }
  static var chargesInCycles: Bool { true }
  static var hasExtras: Bool { true }
}
