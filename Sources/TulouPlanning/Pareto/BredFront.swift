package import TulouProject

/// What genetic algorithms, and designs that the file states, come to on the hourly model of a front.
///
/// Sizes are the variables; the dispatch of each design is planned by the solver at the best of the first goal, or run hour by hour by a
/// rule. Where it is planned every design lies on or inside the proven front, and the distance is what the method leaves on the table.
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
    /// Limits of the project that it breaks, in the order of the project; empty: it keeps all.
    package var broken: [MeasuredLimit] = []
    /// Whether it keeps all limits of the project.
    package var keepsLimits: Bool { broken.isEmpty }
  }
  /// The rule that dispatched the designs, in words; nil: their dispatch was planned.
  package var rule: String?
  /// Key of demand that may not be shed and that a stated design leaves unserved [share of all demand].
  package static let forbidden = "unserved"
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
  /// Stated designs without a dispatch: something that may not be shed is not reached.
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

/// A rule that runs designs in place of a plan.
package struct BreedingRule: Sendable {
  /// Its name and settings.
  package var words: String
  /// What given sizes come to under it; nil: it cannot run them.
  package var run: @Sendable ([String: Double]) -> Outcome?

  /// A rule.
  package init(words: String, run: @escaping @Sendable ([String: Double]) -> Outcome?) {
    self.words = words
    self.run = run
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
