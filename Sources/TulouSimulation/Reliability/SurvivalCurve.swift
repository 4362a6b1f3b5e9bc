/// How long critical demand is served after the outside is lost, for an outage that begins at every step of the year.
///
/// In the outage sources serve first, then the storage, then the generator from the fuel at hand; surplus charges the
/// storage. The outage ends at the first step in which demand is not met in full. Starts near the end of the year go on
/// at its beginning.
public struct SurvivalCurve: Sendable, Equatable {
  /// What there is to live on.
  public struct Island: Sendable {
    /// Demand that must be served [kW].
    public var critical: [Double]
    /// Output of the sources [kW].
    public var sources: [Double]
    /// Storage (idealised), if there is one.
    public var storage: Storage?
    /// Content of the storage at the start of each step before the outage, e.g. from a trace [kWh].
    public var contents: [Double]
    /// Generator, if there is one; it runs whenever storage does not suffice.
    public var generator: Generator?
    /// Fuel at hand when an outage begins [unit]; infinite: any.
    public var fuel: Double

    /// An island of the two series; nothing else unless given.
    public init(
      critical: [Double], sources: [Double], storage: Storage? = nil, contents: [Double] = [],
      generator: Generator? = nil, fuel: Double = .infinity
    ) {
      self.critical = critical
      self.sources = sources
      self.storage = storage
      self.contents = contents
      self.generator = generator
      self.fuel = fuel
    }
  }

  /// Steps survived by an outage that begins at each step, at most `longest`.
  public let stepsSurvived: [Int]
  /// Longest outage looked at, in steps.
  public let longest: Int
  /// Length of a step [h].
  public let stepHours: Double

  /// The curve of an island.
  ///
  /// - Parameters:
  ///   - island: Series of one length; `contents` too where there is a storage.
  ///   - longest: Longest outage looked at, in steps.
  ///   - stepHours: Length of a step [h].
  /// - Complexity: O(steps x steps survived).
  public init(_ island: Island, longest: Int, stepHours: Double = 1) {
    let T = island.critical.count
    precondition(island.sources.count == T && longest >= 0, "series of one length")
    precondition(island.storage == nil || island.contents.count == T, "one content a step")
    self.longest = longest
    self.stepHours = stepHours
    var net = [Double](repeating: 0, count: T)
    for t in 0..<T { net[t] = island.critical[t] - island.sources[t] }

    let storage = island.storage ?? Storage("none", energy: 0, chargePower: 0, dischargePower: 0)
    let rule = StorageRule(storage, stepHours: stepHours)
    let size = island.generator?.size ?? 0
    let least = size * (island.generator?.minimumLoad ?? 0)
    let idle = size * (island.generator?.fuelIntercept ?? 0) * stepHours
    let perEnergy = (island.generator?.fuelSlope ?? 0) * stepHours
    let giveFactor = storage.dischargeEfficiency / stepHours
    let takeFactor = 1 / (storage.chargeEfficiency * stepHours)

    stepsSurvived = (0..<T).map { start in
      var content = island.contents.isEmpty ? 0 : island.contents[start]
      var fuel = island.fuel
      var t = start
      for survived in 0..<longest {
        let kept = content * rule.retention
        let give = max(0, min((kept - rule.least) * giveFactor, storage.dischargePower))
        var power = min(net[t], give)
        if net[t] > give + 1e-9 {
          // The generator covers the rest, at its minimum at least; what that is too much spares the storage.
          let output = max(net[t] - give, least)
          let burnt = idle + perEnergy * output
          if output > size + 1e-9 || burnt > fuel { return survived }
          fuel -= burnt
          power = min(give, net[t] - output)
        }
        if power < 0 { power = -min(-power, max(0, min((storage.energy - kept) * takeFactor, storage.chargePower))) }
        content =
          kept
          - (power > 0 ? power / storage.dischargeEfficiency : power * storage.chargeEfficiency) * stepHours
        t += 1
        if t == T { t = 0 }
      }
      return longest
    }
  }

  /// Share of the starts that survive an outage of `hours` [-]; 1 for no outage.
  public func probability(ofSurviving hours: Double) -> Double {
    guard !stepsSurvived.isEmpty else { return 0 }
    let steps = Int((hours / stepHours - 1e-9).rounded(.up))
    return Double(stepsSurvived.count { $0 >= steps }) / Double(stepsSurvived.count)
  }

  /// Mean time survived [h], outages longer than `longest` counted as that.
  public var meanHours: Double {
    guard !stepsSurvived.isEmpty else { return 0 }
    return Double(stepsSurvived.reduce(0, +)) / Double(stepsSurvived.count) * stepHours
  }

  /// Shortest time survived [h].
  public var leastHours: Double { Double(stepsSurvived.min() ?? 0) * stepHours }
}
