package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouSolvers

/// What the caller asks of a search.
package struct SearchOptions: Sendable {
  /// How designs are chosen.
  package typealias Method = Study.Method
  /// How designs are run: every design under each of these; at least one.
  package var strategies = [DispatchStrategy.loadFollowing]
  /// The first of them; setting it leaves it as the only one.
  package var strategy: DispatchStrategy {
    get { strategies.first ?? .loadFollowing }
    set { strategies = [newValue] }
  }
  /// Whether each hour takes the cheapest machines.
  package var cheapest = false
  /// How designs are chosen.
  package var method = Method.automatic
  /// Goals of the method `nsga2`; empty: cost and CO2.
  package var goals: [Study.Goal] = []
  /// Points of the grid on a continuous size.
  package var points = 6
  /// Totals to be tried instead, by name of the size.
  package var candidates: [String: [Double]] = [:]
  /// Designs at most.
  package var most = 2_000_000
  /// Rows kept.
  package var rows = 100
  /// Starts of the pattern search.
  package var starts = 6
  /// Years that the best designs are simulated for, one by one, to be ranked by what they cost; nil: one year that
  /// repeats itself decides.
  package var years: Int?
  /// Designs whose years are simulated.
  package var yearDesigns = 40
  /// Seed of the random numbers.
  package var seed: UInt64 = 1
  /// Same for the same inputs: a search whose inputs have changed begins anew.
  package var inputs = ""
  /// Whether the bound of the linear plan is sought.
  package var seeksBound = true
  /// Threads, time, cancellation.
  package var plan = PlanOptions()
  /// Told of progress: designs done, designs in all where known, best value so far.
  package var progress: @Sendable (Int, Int?, Double?) -> Void = { _, _, _ in }
  /// Given, every now and then and when it is stopped, all that a search needs to go on from there: a place to keep it.
  package var keep: @Sendable (SearchProgress) -> Void = { _ in }
  /// How often it is given [s]: what a kill loses at most, beside the designs under way.
  package var keepEvery = 20.0
  /// Designs that are run side by side.
  package var atOnce = 1
  /// Nothing but defaults.
  package init() {}
}

/// What a search found.
package struct SearchOutcome: Sendable {
  /// The project.
  package var project: Project
  /// How designs were run: every design under each of these.
  package var strategies: [DispatchStrategy]
  /// Whether each hour took the cheapest machines.
  package var cheapest: Bool
  /// The free sizes.
  package var sides: [SearchSide]
  /// Components of the sides, in the order of the bits of `SearchCandidate.type`.
  package var components: [String]
  /// What may be broken, in the order of the bits of `SearchCandidate.broken`.
  package var limits: [String]
  /// How designs were chosen.
  package var method = SearchOptions.Method.grid
  /// How they were run.
  package var engine = ""
  /// Why they were not run in lanes, one sentence each; empty: they were.
  package var engineReasons: [String] = []
  /// Designs of the whole grid; nil without one.
  package var gridCount: Int?
  /// Designs evaluated, and feasible among them.
  package var evaluated = 0, feasible = 0
  /// Designs that broke each limit, in the order of `limits`, and those that broke no other.
  package var rejected: [Int] = [], rejectedAlone: [Int] = []
  /// Designs that an interrupted run had done before; nil: it began anew.
  package var resumedFrom: Int?
  /// Best rows, best first: overall, and the best of each type of system.
  package var rows: [SearchCandidate] = []
  /// Designs that none surpasses in all goals, and these goals; empty unless several were sought.
  package var front: [SearchCandidate] = [], goals: [Study.Goal] = []
  /// The best design over any two sizes; nil where there is but one size.
  package var surface: DesignSurface?
  /// Some of the designs that were rejected, in the order in which they were run.
  package var rejectedSample: [SearchCandidate] = []
  /// The feasible design of least capital that serves at least 99 %, the cheaper of two; nil where there is none.
  package var leastCapital: SearchCandidate?
  /// How many of the rows are the best of all; what follows are the best of types that are not among them.
  package var ranked = 0
  /// Rows at the head that were ranked by their years one by one; zero: none were.
  package var valuedInYears = 0
  /// What `SearchCandidate.parts` are: key and unit.
  package var partNames: [PartName] = []
  /// Every design that an optimiser ran, each once, so that it can be gone on with.
  package var tried: [TriedDesign] = []
  /// Rows that were opened as full plans before it was interrupted.
  package var opened: [SearchProgress.Opened] = []
  /// Least value of any plan [currency/y]; nil: not sought.
  package var bound: Double?
  /// What a person should know of the search as a whole.
  package var warnings: [Diagnostic] = []
  /// Whether the user stopped it before its end.
  package var isStopped = false
  /// Same for searches that can be gone on with.
  package var fingerprint = ""
  /// Time of the designs, and of all [s].
  package var searchSeconds = 0.0, seconds = 0.0

  /// A search that has not begun.
  package init(
    project: Project, strategies: [DispatchStrategy], cheapest: Bool, sides: [SearchSide], components: [String],
    limits: [String]
  ) {
    self.project = project
    self.strategies = strategies
    self.cheapest = cheapest
    self.sides = sides
    self.components = components
    self.limits = limits
    rejected = limits.map { _ in 0 }
    rejectedAlone = rejected
  }

  /// Designs a second [1/s].
  package var pace: Double { searchSeconds > 0 ? Double(evaluated) / searchSeconds : 0 }

  /// Best row of each type of system, best first.
  package var categories: [SearchCandidate] {
    var seen: Set<UInt64> = []
    return rows.filter { $0.isFeasible && seen.insert($0.type).inserted }
  }

  /// Components of a row joined by ` + `.
  package func type(_ row: SearchCandidate) -> String {
    let built = components.enumerated().filter { row.type >> UInt64(min(63, $0.offset)) & 1 == 1 }.map(\.element)
    return built.isEmpty ? "nothing built" : built.joined(separator: " + ")
  }

  /// How a row is run.
  package func strategy(_ row: SearchCandidate) -> DispatchStrategy {
    strategies.indices.contains(row.strategy) ? strategies[row.strategy] : .loadFollowing
  }

  /// Keys of the limits that a row breaks.
  package func reasons(_ row: SearchCandidate) -> [String] {
    let broken = row.broken | (row.inYears?.broken ?? 0)
    return limits.enumerated().filter { broken >> UInt64(min(63, $0.offset)) & 1 == 1 }.map(\.element)
  }

  /// `pv=120,battery=300`, as `--sizes` takes it.
  package func sizesText(_ row: SearchCandidate) -> String {
    zip(sides, row.sizes).map { "\($0.name)=\(shortNumber($1, digits: 10))" }.joined(separator: ",")
  }
}

/// Key and unit of what a single machine does in a row, e.g. `diesel.hours` in `h/y`.
package struct PartName: Sendable, Equatable {
  /// Key.
  package var key: String
  /// Unit.
  package var unit: String
  /// A name.
  package init(_ key: String, _ unit: String) {
    self.key = key
    self.unit = unit
  }
}

/// A design that an optimiser has tried, with all that it needs to know of it.
package struct TriedDesign: Sendable, Equatable, Codable {
  /// Place of the strategy.
  package var strategy: Int
  /// Totals by side.
  package var sizes: [Double]
  /// Sum of what limits are broken by [-], and what is minimised [currency/y].
  package var violation: Double, value: Double
  /// Its other goals where several are sought; nil: one is.
  package var goals: [Double]?
  /// A design.
  package init(strategy: Int, sizes: [Double], violation: Double, value: Double) {
    self.strategy = strategy
    self.sizes = sizes
    self.violation = violation
    self.value = value
  }
}
