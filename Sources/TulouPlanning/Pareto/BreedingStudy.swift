import TulouAccounts
import TulouAssembly
import TulouEvolution
import TulouFinance
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

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
  ///   - rule: Who dispatches the designs; nil: the solver.
  package static func run(
    project: Project, first: ParetoAxis, second: ParetoAxis, front: [(place: ParetoPlace, sizes: [String: Double])],
    proven: [ParetoPlace] = [], question: BreedingQuestion, rule: BreedingRule? = nil, in context: StudyContext
  ) -> BredFront {
    let line = proven.isEmpty ? front.map(\.place) : proven
    var bred = BredFront()
    guard let designs = DispatchedDesigns(project, first, second, front, rule, context) else { return bred }
    bred.rule = rule?.words
    bred.population = question.population
    bred.generations = question.generations
    func add(_ sizes: [String: Double], _ origin: BredFront.Origin, _ name: String) {
      guard let found = designs.place(sizes) ?? (origin == .stated ? designs.lackingPlace(sizes) : nil) else {
        if origin == .stated { bred.withoutPlan.append(name) }
        return
      }
      bred.points.append(
        BredFront.Point(
          origin: origin, name: name, place: found.place, sizes: sizes,
          excess: excess(found.place, line), broken: found.broken))
    }
    func breed(_ evaluator: DispatchedDesigns, _ method: EvolutionMethod, _ name: String) -> [[String: Double]] {
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

/// Designs with their dispatch: sizes as variables, goals as the accounts measure them.
private struct DispatchedDesigns: Evaluator {
  let project: Project
  let first: ParetoAxis, second: ParetoAxis
  let keys: [String]
  let variables: [Variable]
  let dispatch: @Sendable ([String: Double]) -> Outcome?
  /// The dispatch in which all may be shed at a high price, and that price [currency/kWh]; nil under rules, which shed anyway.
  let lacking: (@Sendable ([String: Double]) -> (outcome: Outcome, price: Double)?)?
  /// Ranges of both goals on the front, by which goals are weighed.
  let ranges: [(low: Double, high: Double)]
  /// Weight of the first goal; nil: both are sought.
  var weight: Double?

  /// Nothing where no size is free, or nothing was found.
  init?(
    _ project: Project, _ first: ParetoAxis, _ second: ParetoAxis,
    _ front: [(place: ParetoPlace, sizes: [String: Double])], _ rule: BreedingRule?, _ context: StudyContext
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
    let asked = options, solver = context.solver
    @Sendable func planned(_ project: Project, _ sizes: [String: Double]) -> Outcome? {
      var options = asked
      options.sizes = sizes
      return try? PlanStudy.run(project: project, options: options, solver: solver)
    }
    if let rule {
      dispatch = rule.run
      lacking = nil
    } else {
      dispatch = { planned(project, $0) }
      let (open, price) = project.sheddingAll()
      lacking = { sizes in planned(open, sizes).map { ($0, price) } }
    }
    let sign = second.smallerIsBetter ? 1.0 : -1
    let values = [front.map(\.place.first), front.map { sign * $0.place.second }]
    ranges = values.map { ($0.min() ?? 0, $0.max() ?? 1) }
  }

  var goalCount: Int { weight == nil ? 2 : 1 }
  var constraintCount: Int { 1 }

  func weighed(_ weight: Double) -> DispatchedDesigns {
    var other = self
    other.weight = weight
    return other
  }

  func sizes(_ point: [Double]) -> [String: Double] { Dictionary(uniqueKeysWithValues: zip(keys, point)) }

  /// Where a design lies and which limits it breaks; nil: it has no dispatch.
  func place(_ sizes: [String: Double]) -> (place: ParetoPlace, broken: [MeasuredLimit])? {
    dispatch(sizes).flatMap { place($0) }
  }

  /// Where a design lies that cannot serve what may not be shed, with the share that it leaves; its price is no part of the cost.
  func lackingPlace(_ sizes: [String: Double]) -> (place: ParetoPlace, broken: [MeasuredLimit])? {
    guard let found = lacking?(sizes), let plan = found.outcome.plan else { return nil }
    var forbidden = 0.0
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .unserved {
      let parts = project.demands.first { $0.id == flow.label.id }?.shedParts ?? []
      guard parts.first(where: { $0.tier == flow.label.part.name })?.price == nil else { continue }
      for (t, power) in plan.solution.flows[j].enumerated() { forbidden += plan.problem.weight[t] * power }
    }
    forbidden *= plan.problem.stepHours / plan.problem.years
    let demand = found.outcome.assembled.demand / plan.problem.years
    guard var result = place(found.outcome, less: found.price * forbidden), demand > 0 else { return nil }
    result.broken.append(
      MeasuredLimit(
        key: BredFront.forbidden, limit: 0, reached: forbidden / demand, unit: "1", holds: false, isElastic: false))
    return result
  }

  private func place(
    _ outcome: Outcome, less price: Double = 0
  ) -> (place: ParetoPlace, broken: [MeasuredLimit])? {
    guard let plan = outcome.plan, let certificate = outcome.certificate else { return nil }
    let accounts = Accounts.ofDesign(project: outcome.project, plan: plan)
    let cost = certificate.cash + certificate.penalties - price
    guard let a = first.value(accounts, cost: cost), let b = second.value(accounts, cost: cost) else { return nil }
    return (
      ParetoPlace(first: a, second: b), (outcome.givenSizes ?? []).filter { !$0.holds && !$0.isElastic }
    )
  }

  func evaluate(_ point: [Double]) -> Evaluation {
    guard let found = place(sizes(point)) else {
      return Evaluation(goals: [Double](repeating: .infinity, count: goalCount), violations: [.infinity])
    }
    let sign = second.smallerIsBetter ? 1.0 : -1
    let goals = [found.place.first, sign * found.place.second]
    let violation = found.broken.reduce(0) { $0 + max(1e-9, abs($1.reached - $1.limit) / max(abs($1.limit), 1e-3)) }
    guard let weight else { return Evaluation(goals: goals, violations: [violation]) }
    func part(_ k: Int) -> Double { (goals[k] - ranges[k].low) / max(ranges[k].high - ranges[k].low, 1e-12) }
    return Evaluation(
      goals: [weight * part(0) + (1 - weight) * part(1)], violations: [violation])
  }
}

extension Study.Goal {
  /// What the dispatch of a given design is planned for where this is the first goal: the goal itself where it is an objective of hours.
  fileprivate var dispatched: Objective {
    isShare ? .netPresentCost : Objective(rawValue: rawValue) ?? .netPresentCost
  }

  /// Value of a plan by its accounts, in the unit of the axis.
  fileprivate func value(_ accounts: Accounts, cost: Double) -> Double? {
    if self == .netPresentCost { return cost }
    return indicator.flatMap { found in accounts.value(found.key).map { $0 * found.perIndicator } }
  }
}

extension Project {
  /// The project in which all demand may be shed, what had no price at one that is paid only where nothing else serves it.
  fileprivate func sheddingAll() -> (project: Project, price: Double) {
    let prices = demands.flatMap { $0.shedParts.compactMap(\.price) }
    let dearest = markets.compactMap { $0.buy?.price.values.max() }.max() ?? 1
    let price = max(prices.max() ?? 0, 100 * dearest)
    var open = self
    for d in open.demands.indices {
      open.demands[d].tiers = demands[d].shedParts.map {
        Demand.Tier(name: $0.tier, share: $0.share, unservedCost: $0.price ?? price)
      }
    }
    return (open, price)
  }
}
