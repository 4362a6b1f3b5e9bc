package import TulouEvolution

/// The share model over a year: shares of its own for each representative day, storages common to all.
///
/// Efficiency and cost are those of the year: sums over the days by what each stands for. A size is the greatest of the days.
package struct ShareYear: Evaluator {
  /// What a design comes to.
  package struct Design: Sendable, Equatable {
    /// By day: the 27 variables.
    package var days: [[Double]] = []
    /// By day.
    package var figures: [ShareFigures] = []
    /// Size of each variable, the greatest of the days [MW, MWh].
    package var sizes = [Double](repeating: 0, count: 27)
    /// Exergy efficiency of the year [-].
    package var efficiency = 0.0
    /// Life-cycle cost of the year [EUR per kWh delivered].
    package var cost = 0.0
    /// Greatest share of a day's hours with loss of supply, and share of the year's energy that lacks [-].
    package var lossHours = 0.0, lossEnergy = 0.0
    /// Fitness (12) against the reference, at the weight asked for [-].
    package var fitness = 0.0
  }

  /// Days.
  package let models: [ShareModel]
  /// What is sought.
  package let goal: ShareGoal
  /// Bounds of the variables: 21 shares of each day, then the storages.
  package let variables: [Variable]
  private let days: [ShareEvaluator]
  private let reference: Design

  /// Shares and waste heat, day by day.
  private static let own = Array(0..<18) + [24, 25, 26]
  private static let storages = Array(18..<24)

  /// The year of some days.
  /// - Parameters:
  ///   - lossLimit: Greatest share of a day's hours with loss of supply [-].
  ///   - held: Variables that are held at a value on every day.
  package init(
    _ models: [ShareModel], goal: ShareGoal, lossLimit: Double = 0, held: [ShareVariable: Double] = [:]
  ) {
    self.models = models
    self.goal = goal
    days = models.map { ShareEvaluator($0, goal: .front, lossLimit: lossLimit, fixed: held) }
    var all = days.flatMap { day in Self.own.map { day.variables[$0] } }
    for i in Self.storages {
      let own = days.map { $0.variables[i] }
      all.append(Variable(own.map(\.lower).max() ?? 0, own.map(\.upper).max() ?? 0, step: own.first?.step ?? 0))
    }
    variables = all
    reference = Self.sum(models, models.map(\.reference), nil, weight: 0)
  }

  /// One, or two.
  package var goalCount: Int { goal == .front ? 2 : 1 }
  /// Those of each day.
  package var constraintCount: Int { days.reduce(0) { $0 + $1.constraintCount } }

  private var weight: Double { if case .fitness(let weight) = goal { weight } else { 0.5 } }

  /// What stands without the design: grid, electric heaters, air conditioners.
  package var existing: Design { Self.sum(models, models.map(\.reference), reference, weight: weight) }

  /// What a point comes to.
  package func design(of point: [Double]) -> Design {
    Self.sum(models, plans(of: point), reference, weight: weight)
  }

  /// The 27 variables of each day.
  private func plans(of point: [Double]) -> [[Double]] {
    let first = days.count * Self.own.count
    return days.indices.map { d in
      var y = [Double](repeating: 0, count: 27)
      for (k, i) in Self.own.enumerated() { y[i] = point[d * Self.own.count + k] }
      for (k, i) in Self.storages.enumerated() { y[i] = point[first + k] }
      return days[d].design(of: y)
    }
  }

  private static func sum(
    _ models: [ShareModel], _ plans: [[Double]], _ reference: Design?, weight: Double
  ) -> Design {
    var design = Design()
    var used = 0.0, entered = 0.0, paid = 0.0, wanted = 0.0, lacks = 0.0
    for (model, y) in zip(models, plans) {
      let figures = model.figures(y), count = model.season.days
      design.days.append(y)
      design.figures.append(figures)
      used += count * figures.used
      entered += count * figures.entered
      paid += count * figures.paid
      wanted += count * figures.wanted
      lacks += count * figures.wanted * figures.lossEnergy
      design.lossHours = max(design.lossHours, figures.lossHours)
      for (i, size) in model.sizes(y).enumerated() { design.sizes[i] = max(design.sizes[i], size) }
    }
    design.efficiency = entered > 0 ? used / entered : 0
    design.cost = wanted > 0 ? paid / wanted : 0
    design.lossEnergy = wanted > 0 ? lacks / wanted : 0
    if let reference, reference.efficiency > 0, reference.cost > 0 {
      design.fitness =
        weight * (design.efficiency - reference.efficiency) / reference.efficiency
        + (1 - weight) * (reference.cost - design.cost) / reference.cost
    }
    return design
  }

  /// Goals, each to be small, and by how much a day fails.
  package func evaluate(_ point: [Double]) -> Evaluation {
    let design = design(of: point)
    var violations: [Double] = []
    violations.reserveCapacity(constraintCount)
    for d in days.indices { violations += days[d].violations(of: design.days[d], design.figures[d]) }
    switch goal {
    case .fitness: return Evaluation(goals: [-design.fitness], violations: violations)
    case .front: return Evaluation(goals: [-design.efficiency, design.cost], violations: violations)
    }
  }

  /// Points from which searches may start: the existing system, and one of heat pumps.
  package var startingPoints: [[Double]] {
    (0..<2).map { k in
      let starts = days.map { $0.startingPoints[k] }
      return starts.flatMap { start in Self.own.map { start[$0] } } + Self.storages.map { i in starts.first?[i] ?? 0 }
    }
  }
}
