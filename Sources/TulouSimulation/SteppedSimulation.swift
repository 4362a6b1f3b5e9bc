/// What a controller wants of the machines in one step [kW]; the simulation does it as far as it can.
package struct Setpoints: Sendable, Equatable {
  /// Power of each storage at its bus, positive when discharging.
  package var storages: [Double]
  /// Output of each generator; zero: it is not asked for.
  package var generators: [Double]
  /// Waiting demand served, each; negative: parked vehicles give back.
  package var deferrables: [Double]
  /// Sale.
  package var sold: Double
  /// Purchase that the plan foresees; nil: any.
  package var bought: Double?
  /// Demand that the plan leaves unserved, for serving it would cost more: nothing is bought, run or discharged for it.
  package var unserved = 0.0
  /// Whether each storage is to cover what the plan did not foresee before it is bought: what it holds is worth no more
  /// than the purchase costs. Empty: none is.
  package var storageBeforeGrid: [Bool] = []
  /// Set points.
  package init(storages: [Double], generators: [Double], deferrables: [Double], sold: Double) {
    self.storages = storages
    self.generators = generators
    self.deferrables = deferrables
    self.sold = sold
  }
}

/// A simulation that is driven step by step from outside, for controllers that look ahead.
package struct SteppedSimulation: Sendable {
  private var run: SimulationRun
  private let steps: Int

  /// At the start of the horizon.
  package init(_ problem: SimulationProblem) {
    run = SimulationRun(problem, .selfConsumption, recording: .everyHour)
    steps = problem.steps
  }

  /// Content of each storage now [kWh].
  package var contents: [Double] { run.contents.map(\.total) }
  /// Content of each tank now [kWh].
  package var tanks: [Double] { run.tanks }
  /// Purchase of the step passed last [kW].
  package var lastPurchase: Double { run.bought }

  /// Passes step t as the set points ask, as far as sources, demand and contents as they really are allow.
  package mutating func step(_ t: Int, _ wanted: Setpoints) { run.step(t, wanted) }

  /// Sums and hours; every step has been passed.
  package consuming func result() -> SimulationResult { run.result() }
}

extension SimulationRun {
  mutating func step(_ t: Int, _ wanted: Setpoints) {
    begin(t)
    follow(wanted)
    finish()
  }
}
