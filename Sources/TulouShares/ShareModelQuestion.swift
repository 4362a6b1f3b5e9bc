/// A question to the share model: days, numbers, what is held, what is sought and how.
package struct ShareModelQuestion: Sendable, Equatable {
  /// How it is searched.
  package enum Method: String, Sendable, CaseIterable {
    /// The four operators of the paper, for the fitness (12).
    case genetic
    /// NSGA-II, for the front of exergy efficiency and cost.
    case nsga2
  }
  /// Representative days.
  package var seasons: [ShareSeason] = []
  /// Numbers that the paper does not print.
  package var assumptions = ShareAssumptions()
  /// What sun and wind count as.
  package var basis = ShareBasis.deviceOutput
  /// Variables that are held at a value.
  package var held: [ShareVariable: Double] = [:]
  /// How it is searched.
  package var method = Method.nsga2
  /// Weight of exergy efficiency in the fitness [-]; that of cost is the rest.
  package var exergyWeight = 0.5
  /// Greatest share of a day's hours with loss of supply [-].
  package var lossLimit = 0.0
  /// Individuals of a generation, and generations after the first.
  package var population = 100, generations = 300
  /// A question without days.
  package init() {}

  /// All that decides what a search finds but the number of generations, of which more may be asked later.
  package var identity: String {
    let fixed = ShareVariable.allCases.compactMap { variable in held[variable].map { "\(variable.key)=\($0)" } }
    let numbers = assumptions.entries.map { "\($0.name)=\($0.value)" }
    return "\(seasons) \(numbers) \(basis) \(fixed) \(method) \(exergyWeight) \(lossLimit) \(population)"
  }

  /// What is worked on.
  package var year: ShareYear {
    ShareYear(
      seasons.map { ShareModel($0, assumptions: assumptions, basis: basis) },
      goal: method == .nsga2 ? .front : .fitness(exergyWeight: exergyWeight), lossLimit: lossLimit, held: held)
  }
}
