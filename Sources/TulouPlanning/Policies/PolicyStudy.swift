package import TulouAccounts
import TulouDocument
import TulouProblem
package import TulouProject
package import TulouSolvers

/// What policies change: plans with all of them, without any, without each, and along the level of one.
///
/// Every state is a plan of its own, so members answer to what they are paid: sizes and hours change with it.
package enum PolicyStudy {
  /// The most that may be asked for at once.
  package static let mostLevels = 100

  /// One state: a plan under some policies.
  package struct State: Sendable {
    /// Policy that is missing or varied; empty: all policies, or none.
    package var policy: String
    /// At which level the policy is: 0 without it, 1 as it is.
    package var level: Double
    /// What was measured; nil: there is no plan.
    package var accounts: Accounts?
    /// Why there is no plan; empty where there is one.
    package var reason: String

    /// What members pay together [money/y].
    package var cost: Double? { accounts?.value("annual_cost") }
    /// What the public pays, less what it receives [money/y].
    package var publicCost: Double { accounts?.publicCost ?? 0 }
    /// What lenders and others give up by policies, less what they receive [money/y].
    ///
    /// Flows have two ends each, so it is what members receive and the public does not pay.
    var othersCost: Double { accounts?.policies.reduce(0) { $0 + $1.memberBenefit - $1.publicCost } ?? 0 }
    /// Fossil emission [t/y].
    package var emission: Double? { accounts?.value("co2") }
    /// Energy from outside, P_N [kWh/y].
    package var outside: Double? { accounts?.value("p_n") }
  }

  /// The difference of two states: what a policy, or all of them, brings.
  package struct Effect: Sendable, Equatable {
    /// What members pay less [money/y].
    package var memberBenefit: Double
    /// What the public pays more [money/y].
    package var publicCost: Double
    /// What lenders and others, who are neither members nor the public, give up more [money/y].
    package var othersCost: Double
    /// What society as a whole is better off by, before what cleaner air is worth [money/y].
    package var net: Double {
      Dust.cleaned(
        memberBenefit - publicCost - othersCost, scale: max(abs(memberBenefit), abs(publicCost), abs(othersCost)))
    }
    /// Emission avoided [t/y].
    package var avoided: Double
    /// Energy from outside that is not needed any more [kWh/y].
    package var autonomy: Double

    /// Public cost of an avoided tonne [money/t]; nil: nothing is avoided.
    package var perTonne: Double? { avoided > 1e-9 ? publicCost / avoided : nil }
    /// Public cost of a kWh that does not come from outside [money/kWh]; nil: there is none.
    package var perAutonomy: Double? { autonomy > 1e-6 ? publicCost / autonomy : nil }

    /// What is different with the first state; nil where one has no plan.
    init?(with: State, without: State) {
      guard let a = with.cost, let b = without.cost else { return nil }
      memberBenefit = b - a
      publicCost = with.publicCost - without.publicCost
      othersCost = with.othersCost - without.othersCost
      avoided = (without.emission ?? 0) - (with.emission ?? 0)
      autonomy = (without.outside ?? 0) - (with.outside ?? 0)
      clean(cost: max(abs(a), abs(b)), emission: without.emission ?? 0, outside: without.outside ?? 0)
    }

    /// What two plans differ by for the solver's sake alone is nothing.
    private mutating func clean(cost: Double, emission: Double, outside: Double) {
      avoided = Dust.cleaned(avoided, scale: emission * 10)
      autonomy = Dust.cleaned(autonomy, scale: outside * 10)
      memberBenefit = Dust.cleaned(memberBenefit, scale: cost)
    }
  }

  /// What was found.
  package struct Result: Sendable {
    /// The project.
    package var project: Project
    /// All policies as they are.
    package var all: State
    /// No policy.
    package var none: State
    /// All but one, in the order of the file.
    package var without: [State]
    /// The swept policy by its levels, ascending; empty where none was asked for.
    package var sweep: [State]
    /// Whether it was stopped before its end.
    package var isStopped = false

    /// What all policies bring together.
    package var together: Effect? { Effect(with: all, without: none) }
    /// What one policy brings beside the others.
    package func effect(of state: State) -> Effect? { Effect(with: all, without: state) }
    /// What a level of the swept policy brings against the state without it.
    package func effect(ofLevel state: State) -> Effect? {
      sweep.first { $0.level == 0 }.flatMap { Effect(with: state, without: $0) }
    }
  }

  /// Plans every state.
  ///
  /// - Parameters:
  ///   - project: A project with policies, of one stage.
  ///   - sweep: Policy whose level is varied; nil: none.
  ///   - levels: Its levels; 0 is added, for the others are measured against it.
  ///   - parallel: Plans at a time; results do not depend on it.
  ///   - finished: Told how many of how many plans are there.
  package static func run(
    project: Project, sweep: String? = nil, levels: [Double] = [0, 0.5, 1, 1.5, 2], parallel: Int = 1,
    options: PlanOptions = PlanOptions(), solver: any Solver,
    finished: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async -> Result {
    var wanted: [(policy: String, level: Double, policies: [Policy])] = [
      ("", 1, project.policies), ("", 0, []),
    ]
    for policy in project.policies { wanted.append((policy.id, 0, project.policies.filter { $0.id != policy.id })) }
    if let sweep, project.policies.contains(where: { $0.id == sweep }) {
      for level in Set(levels + [0]).sorted() {
        let policies = project.policies.map { $0.id == sweep ? $0.scaled(by: level) : $0 }
        wanted.append((sweep, level, level == 0 ? policies.filter { $0.id != sweep } : policies))
      }
    }
    var asked = options
    asked.explanationSeconds = nil
    asked.solve.threads = 1
    let plain = asked, list = wanted
    var states = [Int: State]()
    await withTaskGroup(of: (Int, State).self) { tasks in
      var next = list.indices.makeIterator()
      func start() {
        guard !plain.solve.isCancelled(), let index = next.next() else { return }
        tasks.addTask {
          var own = project
          own.policies = list[index].policies
          return (index, planned(own, list[index].policy, list[index].level, plain, solver))
        }
      }
      for _ in 0..<max(1, parallel) { start() }
      while let (index, state) = await tasks.next() {
        states[index] = state
        finished(states.count, list.count)
        start()
      }
    }
    func state(_ index: Int) -> State {
      states[index]
        ?? State(policy: list[index].policy, level: list[index].level, accounts: nil, reason: "not planned")
    }
    let count = project.policies.count
    return Result(
      project: project, all: state(0), none: state(1), without: (2..<2 + count).map(state),
      sweep: (2 + count..<max(2 + count, list.count)).map(state), isStopped: states.count < list.count)
  }

  private static func planned(
    _ project: Project, _ policy: String, _ level: Double, _ options: PlanOptions, _ solver: any Solver
  ) -> State {
    do throws(ProjectFault) {
      let outcome = try PlanStudy.run(project: project, options: options, solver: solver)
      guard outcome.hasPlan else {
        return State(policy: policy, level: level, accounts: nil, reason: outcome.status.rawValue)
      }
      return State(
        policy: policy, level: level, accounts: Accounts.make(outcome, solver: solver, options: options), reason: "")
    } catch {
      let message = error.diagnostics.first { $0.severity == .error }?.message ?? error.description
      return State(policy: policy, level: level, accounts: nil, reason: message)
    }
  }
}
