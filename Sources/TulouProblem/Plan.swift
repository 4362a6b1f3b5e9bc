/// A problem with its solution, read by label. This is what accounts and reports see.
///
/// Labels by element, the contract between the assembly and the accounts (`id` = component, market, demand, bus, limit):
///
/// | element | flows | others |
/// |---|---|---|
/// | source | `(id, .production, bus:)` after curtailing | capacity `(id, .size, part:)` |
/// | converter | `(id, .conversion)` at the rated port; `(id, .online)` where commitment matters | capacity `(id, .size)` |
/// | storage | `(id, .charge, bus:)`, `(id, .discharge, bus:)` at the bus | state `(id, .content)`; capacities with part `power`, `energy` (as `Size.part`) |
/// | link | `(id, .forward)`, `(id, .backward)` at the input of that direction | capacity `(id, .size)` |
/// | market | `(id, .purchase, part: tier index, bus:)`, `(id, .sale, bus:)` | capacity `(id, .peak, part: "yyyy-mm")` |
/// | demand | `(id, .unserved, part: tier, bus:)`; deferrable and fleets: `(id, .serve, bus:)`; V2G `(id, .discharge, bus:)` | state `(id, .content)` |
/// | bus | `(bus, .spill, bus:)` | row `(bus, .balance, bus:)` |
/// | reserve | `(bus, .reserveShortage, bus:)` | row `(bus, .limit, part: .reserve)` |
/// | limit | | yearly row `(key of the file, .limit)`, e.g. `(renewable_fraction, .limit)` |
///
/// With stages in one problem every label carries its stage, and steps of stage s are `stageSteps[s]`.
public struct Plan: Sendable {
  /// The problem that was solved.
  public var problem: HourlyProblem
  /// Its solution, as printed (tidied); certificate values are those before tidying.
  public var solution: Solution
  private let flowIndex: [Label: Int]
  private let stateIndex: [Label: Int]
  private let capacityIndex: [Label: Int]

  /// A plan; labels within one kind of element must be unique.
  public init(problem: HourlyProblem, solution: Solution) {
    self.problem = problem
    self.solution = solution
    func index(_ labels: [Label]) -> [Label: Int] {
      Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
    }
    flowIndex = index(problem.flows.map(\.label))
    stateIndex = index(problem.states.map(\.label))
    capacityIndex = index(problem.capacities.map(\.label))
  }

  /// Index of a state.
  public func indexOfState(_ label: Label) -> Int? { stateIndex[label] }
  /// Index of a capacity.
  public func indexOfCapacity(_ label: Label) -> Int? { capacityIndex[label] }

  /// The series of a flow [kW], or nil where the problem has no such flow.
  public func flow(_ label: Label) -> [Double]? { flowIndex[label].map { solution.flows[$0] } }
  /// The content of a state at the start of each step [kWh].
  public func content(_ label: Label) -> [Double]? { stateIndex[label].map { solution.contents[$0] } }
  /// The total size of a capacity.
  public func capacity(_ label: Label) -> Double? { capacityIndex[label].map { solution.capacities[$0] } }

  /// Series of all flows of an id and role, whatever their part or bus, added up.
  package func total(_ id: String, _ role: Label.Role, stage: String = "") -> [Double]? {
    var sum: [Double]?
    for (j, flow) in problem.flows.enumerated()
    where flow.label.id == id && flow.label.role == role && flow.label.stage == stage {
      let series = solution.flows[j]
      if var running = sum {
        for t in running.indices { running[t] += series[t] }
        sum = running
      } else {
        sum = series
      }
    }
    return sum
  }
}
