import TulouAccounts
import TulouEvolution
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What genetic algorithms, and designs that the file states, come to on the hourly model of a front.
///
/// Sizes are the variables; the dispatch of each design is planned by the solver at the best of the first goal. So every design lies on
/// or inside the proven front, and the distance is what the method leaves on the table.
package struct BredFront: Sendable, Equatable {
  /// Where a design comes from.
  package enum Origin: String, Sendable, CaseIterable {
    /// The front of NSGA-II.
    case nsga2
    /// The four operators of the paper, for goals that are weighed.
    case genetic
    /// Stated in the file.
    case stated
  }
  /// A design.
  package struct Point: Sendable, Equatable {
    /// Where it comes from.
    package var origin: Origin
    /// Name.
    package var name: String
    /// Where it lies, in the units of the goals.
    package var place: ParetoPlace
    /// Total sizes by `id` or `id.part`.
    package var sizes: [String: Double]
    /// How much worse it is in the first goal than the front at the same second goal [unit of the first]; nil beyond its ends.
    package var excess: Double?
    /// Whether it keeps all limits of the project.
    package var keepsLimits: Bool
  }
  /// Designs, by origin and first goal.
  package var points: [Point] = []
  /// Plans that were solved for them.
  package var evaluations = 0
  /// Individuals and generations of each search.
  package var population = 0, generations = 0
  /// Hypervolume of NSGA-II's designs per that of the proven front [-]; nil without designs or front.
  package var hypervolumeShare: Double?
  /// Whether what designs are compared with is a proven line; else the line between the points of the front.
  package var isProven = false
  /// Stated designs whose dispatch has no plan: something that may not be shed is not reached.
  package var withoutPlan: [String] = []
  /// Whether it was stopped before its end.
  package var isStopped = false
  /// Nothing bred.
  package init() {}

  /// Points of an origin.
  package func points(of origin: Origin) -> [Point] { points.filter { $0.origin == origin } }

  /// Mean and greatest excess of an origin's designs that keep the limits [unit of the first goal]; nil where none lies between the ends.
  package func excess(of origin: Origin) -> (mean: Double, greatest: Double)? {
    let all = points(of: origin).filter(\.keepsLimits).compactMap(\.excess)
    guard let greatest = all.max() else { return nil }
    return (all.reduce(0, +) / Double(all.count), greatest)
  }

  /// Mean of what the front has of the first goal where an origin's designs that keep the limits lie [unit of the first goal]: what
  /// their excess is a part of; nil where none lies between the ends.
  package func base(of origin: Origin) -> Double? {
    let all = points(of: origin).filter(\.keepsLimits).compactMap { point in point.excess.map { point.place.first - $0 }
    }
    return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
  }
}

/// How designs are bred beside a front.
package struct BreedingQuestion: Sendable, Equatable {
  /// Generations; 0: no search, stated designs alone.
  package var generations = 0
  /// Individuals of a generation.
  package var population = 24
  /// Designs to be drawn, by name: total sizes by `id` or `id.part`.
  package var stated: [String: [String: Double]] = [:]
  /// Nothing asked.
  package init() {}
  /// Whether anything is asked.
  package var isAsked: Bool { generations > 0 || !stated.isEmpty }
}

extension Study {
  /// What is bred beside a front.
  package var breeding: BreedingQuestion {
    var question = BreedingQuestion()
    question.generations = generations ?? 0
    question.population = population ?? 24
    question.stated = designs
    return question
  }
}

/// Breeds designs for the goals of a front.
package enum BreedingStudy {
  /// Weights of the first goal in the searches of the four operators.
  static let weights = [("1/3", 1.0 / 3), ("1/2", 0.5), ("2/3", 2.0 / 3)]

  /// Designs beside a front that was found.
  ///
  /// - Parameters:
  ///   - front: Where the points of the proven front lie, with their sizes.
  ///   - proven: Corners of the line beyond which no plan lies; empty where none is known: then the line between the front's points
  ///     stands in its place, and a design may lie beyond it.
  package static func run(
    project: Project, first: ParetoAxis, second: ParetoAxis, front: [(place: ParetoPlace, sizes: [String: Double])],
    proven: [ParetoPlace] = [], question: BreedingQuestion, in context: StudyContext
  ) -> BredFront {
    let line = proven.isEmpty ? front.map(\.place) : proven
    var bred = BredFront()
    guard let designs = PlannedDesigns(project, first, second, front, context) else { return bred }
    bred.population = question.population
    bred.generations = question.generations
    func add(_ sizes: [String: Double], _ origin: BredFront.Origin, _ name: String) {
      guard let found = designs.place(sizes) else {
        if origin == .stated { bred.withoutPlan.append(name) }
        return
      }
      bred.points.append(
        BredFront.Point(
          origin: origin, name: name, place: found.place, sizes: sizes,
          excess: excess(found.place, line), keepsLimits: found.violation <= 1e-6))
    }
    func breed(_ evaluator: PlannedDesigns, _ method: EvolutionMethod, _ name: String) -> [[String: Double]] {
      var settings = EvolutionSettings(method: method)
      settings.population = max(4, question.population)
      settings.generations = question.generations
      settings.seed = context.seed
      settings.threads = context.workers
      guard
        let found = try? EvolutionRun(evaluator, settings: settings).run(watch: { generation, _ in
          context.progress("\(name): generation \(generation.number) of \(question.generations)")
          return !context.plans.solve.isCancelled()
        })
      else { return [] }
      bred.evaluations += found.evaluations
      if found.end == .stopped { bred.isStopped = true }
      return found.front.map { evaluator.sizes($0.point) }
    }
    if question.generations > 0 {
      for (k, sizes) in breed(designs, .nsga2(GeneticOperators()), "NSGA-II").enumerated() {
        add(sizes, .nsga2, "NSGA-II \(k + 1)")
      }
      for (name, weight) in weights where !bred.isStopped {
        for sizes in breed(designs.weighed(weight), .fourOperators(FourOperators()), "Four operators, weight \(name)") {
          add(sizes, .genetic, "four operators, weight \(name)")
        }
      }
    }
    for (name, sizes) in question.stated.sorted(by: { $0.key < $1.key }) { add(sizes, .stated, name) }
    bred.hypervolumeShare = share(bred.points(of: .nsga2).map(\.place), line, second, isLine: !proven.isEmpty)
    bred.isProven = !proven.isEmpty
    context.progress(nil)
    return bred
  }

  /// How much worse a place is in the first goal than a line at the same second goal; nil beyond its ends.
  static func excess(_ place: ParetoPlace, _ corners: [ParetoPlace]) -> Double? {
    // Where a line falls straight down, its lower end goes on.
    let line = corners.sorted { ($0.second, $1.first) < ($1.second, $0.first) }
    for (a, b) in zip(line, line.dropFirst()) where a.second <= place.second && place.second <= b.second {
      let part = b.second > a.second ? (place.second - a.second) / (b.second - a.second) : 0
      return place.first - (a.first + part * (b.first - a.first))
    }
    return nil
  }

  /// Hypervolume of designs per that of the front, below its worst values with a tenth of its range.
  private static func share(
    _ places: [ParetoPlace], _ front: [ParetoPlace], _ second: ParetoAxis, isLine: Bool
  ) -> Double? {
    let sign = second.smallerIsBetter ? 1.0 : -1
    func goals(_ place: ParetoPlace) -> [Double] { [place.first, sign * place.second] }
    var all = front.map(goals)
    guard let high0 = all.map({ $0[0] }).max(), let low0 = all.map({ $0[0] }).min(),
      let high1 = all.map({ $0[1] }).max(),
      let low1 = all.map({ $0[1] }).min(), !places.isEmpty
    else { return nil }
    let reference = [high0 + 0.1 * (high0 - low0), high1 + 0.1 * (high1 - low1)]
    // A proven line stands for all between its corners; points of a quotient stand for themselves.
    let sorted = all.sorted { ($0[1], $1[0]) < ($1[1], $0[0]) }
    for (a, b) in zip(sorted, sorted.dropFirst()) where isLine {
      for k in 1..<256 { all.append(zip(a, b).map { $0 + Double(k) / 256 * ($1 - $0) }) }
    }
    let whole = hypervolume(of: all, below: reference)
    return whole > 0 ? hypervolume(of: places.map(goals), below: reference) / whole : nil
  }
}

/// Designs whose dispatch is planned: sizes as variables, goals as the accounts measure them.
private struct PlannedDesigns: Evaluator {
  let project: Project
  let first: ParetoAxis, second: ParetoAxis
  let keys: [String]
  let variables: [Variable]
  let options: PlanOptions
  let solver: any Solver
  /// Ranges of both goals on the front, by which goals are weighed.
  let ranges: [(low: Double, high: Double)]
  /// Weight of the first goal; nil: both are sought.
  var weight: Double?

  /// Nothing where no size is free, or nothing was found.
  init?(
    _ project: Project, _ first: ParetoAxis, _ second: ParetoAxis,
    _ front: [(place: ParetoPlace, sizes: [String: Double])], _ context: StudyContext
  ) {
    self.project = project
    self.first = first
    self.second = second
    var keys: [String] = [], variables: [Variable] = []
    for component in project.components {
      for size in component.sizes where size.sharedWith == nil {
        if case .fixed = size.choice { continue }
        let key = size.part == .only ? component.id : component.id + "." + size.part.rawValue
        let most = front.reduce(0) { max($0, $1.sizes[key] ?? 0) }
        let upper = size.maximum ?? max(2 * most, size.least)
        guard upper > size.least else { continue }
        var step = 0.0
        if case .multiples(let unit) = size.choice { step = unit }
        keys.append(key)
        variables.append(Variable(size.least, upper, step: step))
      }
    }
    guard !keys.isEmpty, !front.isEmpty else { return nil }
    self.keys = keys
    self.variables = variables
    var options = context.plans
    options.objective = first.dispatched
    options.explanationSeconds = nil
    options.findsShadowPrices = false
    options.breaksTies = false
    options.solve.threads = 1
    self.options = options
    solver = context.solver
    let sign = second.smallerIsBetter ? 1.0 : -1
    let values = [front.map(\.place.first), front.map { sign * $0.place.second }]
    ranges = values.map { ($0.min() ?? 0, $0.max() ?? 1) }
  }

  var goalCount: Int { weight == nil ? 2 : 1 }
  var constraintCount: Int { 1 }

  func weighed(_ weight: Double) -> PlannedDesigns {
    var other = self
    other.weight = weight
    return other
  }

  func sizes(_ point: [Double]) -> [String: Double] { Dictionary(uniqueKeysWithValues: zip(keys, point)) }

  /// Where a design lies and by how much it fails limits; nil: it has no plan.
  func place(_ sizes: [String: Double]) -> (place: ParetoPlace, violation: Double)? {
    var options = options
    options.sizes = sizes
    guard let outcome = try? PlanStudy.run(project: project, options: options, solver: solver), let plan = outcome.plan
    else { return nil }
    let accounts = Accounts.ofDesign(project: outcome.project, plan: plan)
    guard let certificate = outcome.certificate else { return nil }
    let cost = certificate.cash + certificate.penalties
    guard let a = first.value(accounts, cost: cost), let b = second.value(accounts, cost: cost) else { return nil }
    let violation = (outcome.givenSizes ?? []).reduce(0) { sum, limit in
      limit.holds || limit.isElastic
        ? sum : sum + abs(limit.reached - limit.limit) / max(abs(limit.limit), 1e-3)
    }
    return (ParetoPlace(first: a, second: b), violation)
  }

  func evaluate(_ point: [Double]) -> Evaluation {
    guard let found = place(sizes(point)) else {
      return Evaluation(goals: [Double](repeating: .infinity, count: goalCount), violations: [.infinity])
    }
    let sign = second.smallerIsBetter ? 1.0 : -1
    let goals = [found.place.first, sign * found.place.second]
    guard let weight else { return Evaluation(goals: goals, violations: [found.violation - 1e-6]) }
    func part(_ k: Int) -> Double { (goals[k] - ranges[k].low) / max(ranges[k].high - ranges[k].low, 1e-12) }
    return Evaluation(
      goals: [weight * part(0) + (1 - weight) * part(1)], violations: [found.violation - 1e-6])
  }
}

extension Study.Goal {
  /// What the dispatch of a given design is planned for where this is the first goal.
  fileprivate var dispatched: Objective {
    switch self {
    case .co2: .co2
    case .outsideEnergy: .outsideEnergy
    case .localEnergy: .localEnergy
    case .netPresentCost, .land, .capital, .renewableFraction, .exergyEfficiency, .unservedEnergy: .netPresentCost
    }
  }

  /// Value of a plan by its accounts, in the unit of the axis.
  fileprivate func value(_ accounts: Accounts, cost: Double) -> Double? {
    switch self {
    case .netPresentCost: cost
    case .co2: accounts.carbon.fossil
    case .outsideEnergy: accounts.value("p_n")
    case .localEnergy: nil
    case .renewableFraction: accounts.value("renewable_fraction")
    case .exergyEfficiency: accounts.value("exergy_efficiency")
    case .land: accounts.value("land")
    case .capital: accounts.value("capital")
    case .unservedEnergy: accounts.value("unserved")
    }
  }
}
