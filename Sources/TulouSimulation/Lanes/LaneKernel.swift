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
  // The step's output of all sources, and the spare that it asks for.
  static let potential = 29, spare = 30
  // The step's net demand, and what the waiting demand must and may take.
  static let net = 31, forced = 32, tankRoom = 33
  // A bit a step, 64 steps at a time: generator on line, demand shed.
  static let onBits = 34, shedBits = 35
  // Whether the generator ran in the last step of those counted.
  static let ranLast = 36
  /// The first of the rows with the sizes of the sources.
  static let sources = 37
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
@inline(__always) private func exceeds(_ a: Double, _ b: Double) -> Double { a > b ? 1 : 0 }

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

/// Constants of all designs in the form that the loop wants them.
private struct LaneConstants {
  let dt, chargeEfficiency, giveFactor, takeFactor, intoPerCharge, outPerDischarge, retention, leastShare: Double
  let minimumLoad, share, rate, room, ownFlow, sharedFlow, perDenominator, perCharge, perDischarge, perRate: Double
  let perStep, giveByFlow, perInflow, tankSize, peak, leastDeferrable, setPoint, hasSetPoint, keepsReserve: Double

  init(_ tables: LaneTables) {
    dt = tables.stepHours
    chargeEfficiency = tables.chargeEfficiency
    giveFactor = tables.dischargeEfficiency / dt
    takeFactor = 1 / (chargeEfficiency * dt)
    intoPerCharge = chargeEfficiency * dt
    outPerDischarge = dt / tables.dischargeEfficiency
    retention = tables.retention
    leastShare = tables.leastShare
    minimumLoad = tables.minimumLoad
    let (c, k, decay, denominator, room) = tables.kinetic
    (share, rate, self.room) = (c, k, room)
    ownFlow = retention * k * decay
    sharedFlow = k * c * (1 - decay)
    perDenominator = 1 / denominator
    perCharge = 1 / chargeEfficiency
    perDischarge = 1 / tables.dischargeEfficiency
    perRate = 1 / k
    perStep = 1 / dt
    giveByFlow = tables.dischargeEfficiency / denominator
    perInflow = (1 - decay) / k + c * (k * dt - 1 + decay) / k
    tankSize = tables.tank
    peak = tables.peak
    leastDeferrable = tables.leastDeferrable
    setPoint = tables.setPoint
    hasSetPoint = exceeds(setPoint, 0)
    keepsReserve = tables.keepsReserve ? 1 : 0
  }
}

/// The rules of load following, cycle charging and self-consumption for one bus, one generator and one storage.
///
/// The same steps in the same order as the scalar engine, which is the specification; without a branch inside the loops over
/// the lanes, so that they become vectors. A first loop finds what each design needs; where all sixteen lack power, or none
/// does, a shorter loop does the rest. Powers in sums are per step; the caller multiplies by the hours.
///
/// - Parameters:
///   - series: `tables.steps`.
///   - arena: Rows of `LaneRow`, sizes, contents and tanks filled in, sums zero.
private func simulateLanes<Features: LaneFeatures>(
  _: Features.Type, _ tables: LaneTables, _ series: UnsafePointer<Double>, _ arena: UnsafeMutablePointer<Double>
) {
  let constants = LaneConstants(tables)
  let sourceCount = tables.sourceCount, stride = tables.stride, stepCount = tables.stepCount
  for lane in 0..<laneCount {
    arena[LaneRow.atHand * laneCount + lane] = arena[LaneRow.content * laneCount + lane] * constants.share
  }
  var row = series
  for t in 0..<stepCount {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: t & 63)
    let signs = findNeed(Features.self, constants, sourceCount, row, arena)
    if Features.hasExtras {
      passStep(Features.self, EitherWay.self, constants, row, arena, bit)
    } else if signs.above >> 63 == 0 {
      passStep(Features.self, AllHaveEnough.self, constants, row, arena, bit)
    } else if !Features.chargesInCycles, signs.below >> 63 == 0 {
      passStep(Features.self, AllLack.self, constants, row, arena, bit)
    } else {
      passStep(Features.self, EitherWay.self, constants, row, arena, bit)
    }
    if t & 63 == 63 { countBits(64, arena) }
    row += stride
  }
  if stepCount & 63 != 0 { countBits(stepCount & 63, arena) }
}

/// The first loop of a step: output of the sources, demand that cannot wait, net demand.
///
/// - Returns: Two words whose highest bit says whether any design needs power, and whether any has power left over once its
///   generator runs at the least load.
@inline(__always)
private func findNeed<Features: LaneFeatures>(
  _: Features.Type, _ constants: LaneConstants, _ sourceCount: Int, _ row: UnsafePointer<Double>,
  _ arena: UnsafeMutablePointer<Double>
) -> (above: UInt64, below: UInt64) {
  let load = row[0], draw = row[2], first = row[LaneTables.head], second = row[LaneTables.head + 1]
  let sizes = arena + LaneRow.sources * laneCount
  if Features.hasExtras { addSources(sourceCount, row + LaneTables.head, arena) }
  var above: UInt64 = 0, below: UInt64 = 0
  for lane in 0..<laneCount {
    let at = arena + lane
    let potential =
      Features.hasExtras
      ? at[LaneRow.potential * laneCount] : first * sizes[lane] + second * sizes[laneCount &+ lane]
    var net = load - potential
    if Features.hasDeferrable {
      if !Features.hasExtras { at[LaneRow.potential * laneCount] = potential }
      let tank = at[LaneRow.tank * laneCount]
      let tankRoom = (constants.tankSize - tank) * constants.perStep + draw
      var forced = positive(least(draw - tank * constants.perStep, constants.peak))
      forced = most(forced, least(constants.leastDeferrable, tankRoom)) * exceeds(forced, 0)
      net += forced
      at[LaneRow.forced * laneCount] = forced
      at[LaneRow.tankRoom * laneCount] = tankRoom
    }
    at[LaneRow.net * laneCount] = net
    above |= (0 - net).bitPattern
    below |= (net - at[LaneRow.generator * laneCount] * constants.minimumLoad).bitPattern
  }
  return (above, below)
}

/// The second loop of a step: who gives, who takes, contents and sums.
@inline(__always)
private func passStep<Features: LaneFeatures, Phase: LanePhase>(
  _: Features.Type, _: Phase.Type, _ constants: LaneConstants, _ row: UnsafePointer<Double>,
  _ arena: UnsafeMutablePointer<Double>, _ bit: UInt64
) {
  let nothing = SimulationRun.nothing
  let load = row[0], spareOfLoad = row[1], draw = row[2], buyPrice = row[3], sellPrice = row[4]
  let buyLimit = Features.hasGrid ? row[5] : 0
  let sellLimit = row[6]
  for lane in 0..<laneCount {
    let at = arena + lane
    var net = at[LaneRow.net * laneCount]
    let generatorSize = at[LaneRow.generator * laneCount]
    let energy = at[LaneRow.energy * laneCount]
    let tank = at[LaneRow.tank * laneCount]
    let forced = Features.hasDeferrable ? at[LaneRow.forced * laneCount] : 0
    let tankRoom = Features.hasDeferrable ? at[LaneRow.tankRoom * laneCount] : 0

    // What the storage can give and take.
    let content = at[LaneRow.content * laneCount]
    let keptContent = content * constants.retention
    var give = 0.0, take = 0.0, flow = 0.0
    if Features.isKinetic {
      flow = at[LaneRow.atHand * laneCount] * constants.ownFlow + keptContent * constants.sharedFlow
    }
    if Phase.mayLack {
      give = (keptContent - energy * constants.leastShare) * constants.giveFactor
      if Features.isKinetic { give = least(give, flow * constants.giveByFlow) }
      give = positive(least(give, at[LaneRow.dischargePower * laneCount]))
    }
    if Phase.mayExceed {
      take = (energy - keptContent) * constants.takeFactor
      if Features.isKinetic {
        let byTank = (energy * (constants.rate * constants.share) - flow) * constants.perDenominator
        take = least(take, least(byTank, (energy - keptContent) * constants.room) * constants.perCharge)
      }
      take = positive(least(take, at[LaneRow.chargePower * laneCount]))
    }

    // Whether the generator runs. One of no size runs too, without effect; its hours are dropped at the end.
    var isOn = 0.0, running = 0.0, runningLeast = 0.0, generator = 0.0
    if Phase.mayLack {
      isOn = exceeds(net - give - buyLimit, nothing)
      var isCharging = 0.0
      if Features.hasExtras {
        let wasOn = at[LaneRow.wasOn * laneCount]
        let goesOn = exceeds(energy * constants.setPoint, content) * exceeds(take, nothing)
        isCharging = constants.hasSetPoint * at[LaneRow.isCharging * laneCount] * goesOn
        isOn = most(isOn, isCharging * wasOn * exceeds(take, -net))
      }
      if Features.hasExtras || Features.hasDeferrable {
        let capacity = give + at[LaneRow.potential * laneCount] + buyLimit
        var spare = load + spareOfLoad
        if Features.hasExtras {
          spare += at[LaneRow.spare * laneCount]
          isOn = most(isOn, constants.keepsReserve * exceeds(spare - (capacity + generatorSize * isOn), nothing))
          isOn *= exceeds(generatorSize, 0)
          at[LaneRow.isCharging * laneCount] =
            most(isCharging, constants.hasSetPoint * isOn * exceeds(energy * constants.setPoint, content))
          at[LaneRow.wasOn * laneCount] = isOn
        }
        at[LaneRow.shortage * laneCount] += positive(spare - (capacity + generatorSize * isOn))
      }
      running = generatorSize * isOn
      runningLeast = running * constants.minimumLoad
      generator = Features.chargesInCycles ? running : runningLeast
      net -= generator
      let bits = at[LaneRow.onBits * laneCount].bitPattern | (isOn > 0 ? bit : 0)
      at[LaneRow.onBits * laneCount] = Double(bitPattern: bits)
    }

    // Demand: storage, grid, then the generator's remaining range.
    let need = Phase.mayLack ? positive(net) : 0
    let discharge = least(need, give)
    var unmet = need - discharge
    if Features.hasGrid && Phase.mayLack {
      let buy = least(unmet, buyLimit)
      unmet -= buy
      at[LaneRow.bought * laneCount] += buy
      at[LaneRow.boughtMaximum * laneCount] = most(at[LaneRow.boughtMaximum * laneCount], buy)
      at[LaneRow.cost * laneCount] += buy * buyPrice
    }
    if !Features.chargesInCycles && Phase.mayLack {
      let raised = least(unmet, running - runningLeast)
      generator += raised
      unmet -= raised
    }

    // Surplus: waiting demand, storage, sale, nothing.
    var surplus = Phase.mayExceed ? need - net : 0
    var served = forced
    if Features.hasDeferrable && Phase.mayExceed {
      let greatest = least(constants.peak, tankRoom) - forced
      let taken = least(surplus, greatest)
      let idles = exceeds(constants.leastDeferrable - nothing, forced + taken)
      let used = taken * (exceeds(greatest, nothing) * exceeds(surplus, nothing) * (1 - idles))
      served += used
      surplus -= used
    }
    let charge = Phase.mayExceed ? least(surplus, take) : 0
    if Phase.mayExceed {
      surplus -= charge
      if Features.chargesInCycles && Phase.mayLack {
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
      at[LaneRow.charged * laneCount] += charge
      at[LaneRow.spilled * laneCount] += surplus
      at[LaneRow.spilledMaximum * laneCount] = most(at[LaneRow.spilledMaximum * laneCount], surplus)
    }

    // Contents.
    if Features.isKinetic {
      let into =
        Phase.mayExceed && Phase.mayLack
        ? charge * constants.chargeEfficiency - discharge * constants.perDischarge
        : Phase.mayLack ? 0 - discharge * constants.perDischarge : charge * constants.chargeEfficiency
      at[LaneRow.atHand * laneCount] = flow * constants.perRate + into * constants.perInflow
    }
    var after = keptContent
    if Phase.mayExceed { after += charge * constants.intoPerCharge }
    if Phase.mayLack { after -= discharge * constants.outPerDischarge }
    at[LaneRow.content * laneCount] = after
    if Features.hasDeferrable {
      if Phase.mayLack {
        let cut = least(unmet, forced)
        served -= cut
        unmet -= cut
      }
      let left = tank + (served - draw) * constants.dt
      at[LaneRow.served * laneCount] += served
      at[LaneRow.unserved * laneCount] += positive(-left)
      at[LaneRow.tank * laneCount] = positive(left)
    }

    // Sums of those who lack.
    if Phase.mayLack {
      at[LaneRow.discharged * laneCount] += discharge
      at[LaneRow.generatorSum * laneCount] += generator
      at[LaneRow.shed * laneCount] += unmet
      at[LaneRow.shedMaximum * laneCount] = most(at[LaneRow.shedMaximum * laneCount], unmet)
      let bits = at[LaneRow.shedBits * laneCount].bitPattern | (unmet > nothing ? bit : 0)
      at[LaneRow.shedBits * laneCount] = Double(bitPattern: bits)
    }
  }
}

/// Turns the bits of the last `count` steps (64 at most) into hours, starts and longest times on end, and clears them.
private func countBits(_ count: Int, _ arena: UnsafeMutablePointer<Double>) {
  for lane in 0..<laneCount {
    let at = arena + lane
    let on = at[LaneRow.onBits * laneCount].bitPattern, shed = at[LaneRow.shedBits * laneCount].bitPattern
    at[LaneRow.onBits * laneCount] = 0
    at[LaneRow.shedBits * laneCount] = 0
    let begun = on & ~(on << 1 | (at[LaneRow.ranLast * laneCount] > 0 ? 1 : 0))
    at[LaneRow.hours * laneCount] += Double(on.nonzeroBitCount)
    at[LaneRow.starts * laneCount] += Double(begun.nonzeroBitCount)
    at[LaneRow.ranLast * laneCount] = Double(on >> UInt64(count - 1) & 1)
    guard shed != 0 else {
      at[LaneRow.shedRun * laneCount] = 0
      continue
    }
    at[LaneRow.shedHours * laneCount] += Double(shed.nonzeroBitCount)
    var rest = shed, left = count
    var run = at[LaneRow.shedRun * laneCount], longest = at[LaneRow.shedLongest * laneCount]
    while left > 0 {
      let ones = min(left, (~rest).trailingZeroBitCount)
      run += Double(ones)
      longest = most(longest, run)
      rest >>= UInt64(ones)
      left -= ones
      guard left > 0 else { break }
      let zeros = min(left, rest.trailingZeroBitCount)
      run = 0
      rest >>= UInt64(zeros)
      left -= zeros
    }
    at[LaneRow.shedRun * laneCount] = run
    at[LaneRow.shedLongest * laneCount] = longest
  }
}

/// Which way the sixteen designs of a step lean; a type, so that the compiler leaves out what cannot happen.
private protocol LanePhase {
  /// Some design may lack power.
  static var mayLack: Bool { get }
  /// Some design may have power left over.
  static var mayExceed: Bool { get }
}
private enum EitherWay: LanePhase {
  static var mayLack: Bool { true }
  static var mayExceed: Bool { true }
}
private enum AllLack: LanePhase {
  static var mayLack: Bool { true }
  static var mayExceed: Bool { false }
}
private enum AllHaveEnough: LanePhase {
  static var mayLack: Bool { false }
  static var mayExceed: Bool { true }
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
