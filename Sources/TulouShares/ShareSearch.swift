package import TulouEvolution

/// What is sought in the share model.
package enum ShareGoal: Sendable, Equatable {
  /// The fitness (12), by the weight of exergy efficiency; that of cost is the rest.
  case fitness(exergyWeight: Double)
  /// Exergy efficiency and cost, both.
  case front
}

/// The share model as something that an evolution can work on.
///
/// Shares of a demand have to add up, with waste heat, to the whole demand: as good as no point drawn at random does. So genes
/// of shares are weights, and a design is made of them by `design(of:)`: waste heat goes by its shares, and what is left of each
/// demand is divided among its machines by their weights.
package struct ShareEvaluator: Evaluator {
  /// The model.
  package let model: ShareModel
  /// What is sought.
  package let goal: ShareGoal
  /// Greatest share of hours with loss of supply [-].
  package let lossLimit: Double
  /// Bounds of the variables.
  package let variables: [Variable]
  /// Variables that are held at a value, by their place.
  private let held: [Int: Double]
  private let reference: ShareFigures

  /// An evaluator of a day.
  /// - Parameters:
  ///   - fixed: Variables that are held at a value.
  package init(_ model: ShareModel, goal: ShareGoal, lossLimit: Double = 0, fixed: [ShareVariable: Double] = [:]) {
    self.model = model
    self.goal = goal
    self.lossLimit = lossLimit
    held = Dictionary(uniqueKeysWithValues: fixed.map { ($0.key.rawValue, $0.value) })
    reference = model.figures(model.reference)
    variables = zip(ShareVariable.allCases, model.ranges).map { variable, range in
      let carrier = variable.carrier
      // A demand that the day does not have needs no shares.
      let isIdle = carrier.map { model.season.demand($0).energy == 0 } ?? false
      if let value = fixed[variable] { return Variable(value, value) }
      // Weights need no steps: what is divided is rounded afterwards, if at all.
      return Variable(
        0, isIdle ? 0 : range.upper, step: variable.rawValue < 18 || variable.rawValue > 23 ? 0 : range.step)
    }
  }

  /// One, or two.
  package var goalCount: Int { goal == .front ? 2 : 1 }
  /// Sums of four kinds of shares and of waste heat, four demands, loss of supply.
  package var constraintCount: Int { 10 }

  /// Fitness (12) of figures against the reference: 0 for the reference itself.
  package func fitness(_ figures: ShareFigures, exergyWeight: Double) -> Double {
    exergyWeight * (figures.efficiency - reference.efficiency) / reference.efficiency
      + (1 - exergyWeight) * (reference.cost - figures.cost) / reference.cost
  }

  /// The design of a point: shares that with waste heat reach each demand.
  package func design(of point: [Double]) -> [Double] {
    var y = point
    // What waste heat is not held somewhere is what the others may share.
    var free = 1.0, waste = 0.0
    for i in 24..<27 { if let value = held[i] { free -= value } else { waste += y[i] } }
    if waste > free {
      for i in 24..<27 where held[i] == nil { y[i] *= max(0, free) / waste }
    }
    for carrier in ShareCarrier.allCases { share(1, of: carrier, &y) }
    // Less heat by machines is less electricity by plants that give waste heat: a few rounds settle it.
    for _ in 0..<8 {
      let figures = model.balance(y)
      for carrier in [ShareCarrier.heating, .water, .cooling] {
        let own = y[carrier.variables].reduce(0, +)
        share(max(0, 1 - (figures.reached[carrier.rawValue] - own)), of: carrier, &y)
      }
    }
    return y
  }

  /// Divides a part of a demand by the weights that stand there; shares that are held stay, and the others divide the rest.
  private func share(_ whole: Double, of carrier: ShareCarrier, _ y: inout [Double]) {
    var part = whole, sum = 0.0, others = 0
    for i in carrier.variables {
      if let value = held[i] {
        part -= value
        y[i] = value
      } else {
        sum += y[i]
        others += 1
      }
    }
    part = max(0, part)
    if sum > 0 {
      for i in carrier.variables where held[i] == nil { y[i] *= part / sum }
    } else if part > 0, others > 0, model.season.demand(carrier).energy > 0 {
      // No weight at all: all alike.
      for i in carrier.variables where held[i] == nil { y[i] = part / Double(others) }
    }
  }

  /// Goals, each to be small, and by how much eqs (1) to (5) and (13) fail.
  package func evaluate(_ point: [Double]) -> Evaluation {
    let point = design(of: point)
    let figures = model.figures(point)
    let violations = violations(of: point, figures)
    switch goal {
    case .fitness(let weight):
      return Evaluation(goals: [-fitness(figures, exergyWeight: weight)], violations: violations)
    case .front: return Evaluation(goals: [-figures.efficiency, figures.cost], violations: violations)
    }
  }

  /// By how much a design fails eqs (1) to (5) and (13).
  func violations(of point: [Double], _ figures: ShareFigures) -> [Double] {
    var violations: [Double] = []
    violations.reserveCapacity(10)
    for carrier in ShareCarrier.allCases {
      let sum = point[carrier.variables].reduce(0, +)
      // Shares move by tenths of a per cent, so a sum of one may be off in its last bit.
      violations.append(sum - 1 - 1e-9)
      violations.append(model.season.demand(carrier).energy > 0 ? 1 - figures.reached[carrier.rawValue] - 1e-6 : 0)
    }
    violations.append(point[24] + point[25] + point[26] - 1 - 1e-9)
    violations.append(figures.lossHours - lossLimit - 1e-9)
    return violations
  }

  /// A point from which searches may start: shares that reach every demand without waste heat.
  package var startingPoints: [[Double]] {
    var mixed = [Double](repeating: 0, count: 27)
    let shares: [ShareVariable: Double] = [
      .biomassPower: 0.5, .grid: 0.5, .heatPumpHeating: 1, .heatPumpWater: 1, .heatPumpCooling: 1,
    ]
    for (variable, share) in shares { mixed[variable.rawValue] = share }
    return [model.reference, mixed]
  }
}
