/// How long critical demand is served after the outside is lost, for an outage that begins at every step of the year.
///
/// In the outage sources serve first, then the storages, then as few generators as suffice from the fuel at hand; surplus
/// charges the storages. The outage is survived up to the first step in which demand is not met in full. Starts near the
/// end of the year go on at its beginning. A kinetic battery begins with its tanks evened out.
package struct SurvivalCurve: Sendable, Equatable {
  /// What there is to live on.
  package struct Island: Sendable {
    /// Demand that must be served less the output of sources, on AC [kW]; below zero: surplus.
    package var need: [Double]
    /// The same on DC; empty: there is no DC bus.
    package var needDC: [Double] = []
    /// Inverter and rectifier between the buses.
    package var converter: BusConverter?
    /// Storages in the order in which they are used.
    package var storages: [Storage]
    /// Content of each storage at the start of each step before the outage, e.g. from a trace [kWh].
    package var contents: [[Double]]
    /// Generators in the order in which they are started; they run whenever storages do not suffice.
    package var generators: [Generator]
    /// Fuel at hand when an outage begins, for all of them [unit]; infinite: any.
    package var fuel: Double

    /// An island of one bus.
    ///
    /// - Parameters:
    ///   - critical: Demand that must be served [kW].
    ///   - sources: Output of the sources [kW].
    ///   - storage: Storage, if there is one; with its `contents` at the start of each step.
    ///   - generator: Generator, if there is one; with its `fuel` at hand.
    package init(
      critical: [Double], sources: [Double], storage: Storage? = nil, contents: [Double] = [],
      generator: Generator? = nil, fuel: Double = .infinity
    ) {
      need = zip(critical, sources).map { $0 - $1 }
      storages = storage.map { [$0] } ?? []
      self.contents = storage == nil ? [] : [contents]
      generators = generator.map { [$0] } ?? []
      self.fuel = fuel
    }
  }

  /// Steps survived by an outage that begins at each step, at most `longest`.
  package let stepsSurvived: [Int]
  /// Longest outage looked at, in steps.
  package let longest: Int
  /// Length of a step [h].
  package let stepHours: Double

  /// The curve of an island.
  ///
  /// - Parameters:
  ///   - island: Series of one length; `contents` too, one a storage.
  ///   - longest: Longest outage looked at, in steps.
  ///   - stepHours: Length of a step [h].
  /// - Complexity: O(steps x steps survived x machines).
  package init(_ island: Island, longest: Int, stepHours: Double = 1) {
    let T = island.need.count
    precondition(longest >= 0 && (island.needDC.isEmpty || island.needDC.count == T), "series of one length")
    precondition(
      island.contents.count == island.storages.count && island.contents.allSatisfy { $0.count == T },
      "one content a step and storage")
    self.longest = longest
    self.stepHours = stepHours
    var isPlain = island.needDC.isEmpty && island.storages.count <= 1 && island.generators.count <= 1
    for storage in island.storages where storage.model != .idealised || storage.bus == .dc || !storage.inflow.isEmpty {
      isPlain = false
    }
    stepsSurvived =
      isPlain
      ? OneBusIsland(island, stepHours: stepHours).survived(longest)
      : (0..<T).map { IslandRun(island, start: $0, stepHours: stepHours).survived(longest) }
  }

  /// Share of the starts that survive an outage of `hours` [-]; 1 for no outage.
  package func probability(ofSurviving hours: Double) -> Double {
    guard !stepsSurvived.isEmpty else { return 0 }
    let steps = Int(saturating: (hours / stepHours - 1e-9).rounded(.up))
    return Double(stepsSurvived.count { $0 >= steps }) / Double(stepsSurvived.count)
  }

  /// Share of the starts that survive outages of 1, 2, ... `longest` steps [-].
  package var probabilities: [Double] {
    var ending = [Int](repeating: 0, count: longest + 1)
    for steps in stepsSurvived { ending[steps] += 1 }
    var alive = stepsSurvived.count
    return (0..<longest).map { length in
      alive -= ending[length]
      return stepsSurvived.isEmpty ? 0 : Double(alive) / Double(stepsSurvived.count)
    }
  }

  /// Mean time survived [h], outages longer than `longest` counted as that.
  package var meanHours: Double {
    guard !stepsSurvived.isEmpty else { return 0 }
    return Double(stepsSurvived.reduce(0, +)) / Double(stepsSurvived.count) * stepHours
  }

  /// Shortest time survived [h].
  package var leastHours: Double { Double(stepsSurvived.min() ?? 0) * stepHours }
}
