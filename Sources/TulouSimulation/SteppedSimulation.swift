/// What a controller wants of the machines in one step [kW]; the simulation does it as far as it can.
public struct Setpoints: Sendable, Equatable {
  /// Power of each storage at its bus, positive when discharging.
  public var storages: [Double]
  /// Output of each generator; zero: it is not asked for.
  public var generators: [Double]
  /// Waiting demand served, each; negative: parked vehicles give back.
  public var deferrables: [Double]
  /// Sale.
  public var sold: Double
  /// Purchase that the plan foresees; nil: any.
  public var bought: Double?
  /// Demand that the plan leaves unserved, for serving it would cost more: nothing is bought, run or discharged for it.
  public var unserved = 0.0
  /// Whether each storage is to cover what the plan did not foresee before it is bought: what it holds is worth no more
  /// than the purchase costs. Empty: none is.
  public var storageBeforeGrid: [Bool] = []
  /// Set points.
  public init(storages: [Double], generators: [Double], deferrables: [Double], sold: Double) {
    self.storages = storages
    self.generators = generators
    self.deferrables = deferrables
    self.sold = sold
  }
}

/// A simulation that is driven step by step from outside, for controllers that look ahead.
public struct SteppedSimulation: Sendable {
  private var run: SimulationRun
  private let steps: Int

  /// At the start of the horizon.
  public init(_ problem: SimulationProblem) {
    run = SimulationRun(problem, .selfConsumption, recording: .everyHour)
    steps = problem.steps
  }

  /// Content of each storage now [kWh].
  public var contents: [Double] { run.contents.map(\.total) }
  /// Content of each tank now [kWh].
  public var tanks: [Double] { run.tanks }
  /// Purchase of the step passed last [kW].
  public var lastPurchase: Double { run.bought }

  /// Passes step t as the set points ask, as far as sources, demand and contents as they really are allow.
  public mutating func step(_ t: Int, _ wanted: Setpoints) { run.step(t, wanted) }

  /// Sums and hours; every step has been passed.
  public consuming func result() -> SimulationResult { run.result() }
}

extension SimulationRun {
  mutating func step(_ t: Int, _ wanted: Setpoints) {
    begin(t)
    follow(wanted)
    finish()
  }
}
