package import TulouPlanning
public import TulouProject
import TulouQuantities
import TulouSimulation

/// How a project is run hour by hour, by the names that a user writes.
public enum DispatchStrategy: Sendable, Equatable {
  /// Generators make what demand and reserve need and no more.
  case loadFollowing
  /// A running generator gives all it can and charges; with a set point it goes on to that state of charge [-].
  case cycleCharging(setPoint: Double)
  /// Cycle charging where the net demand is below this share of the running generators, else load following.
  case combined(threshold: Double)
  /// Surplus to the storage before it is sold, demand from the storage before it is bought.
  case selfConsumption
  /// Charges from the grid at or below the low price, serves from the storage at or above the high one; nil: the lower
  /// and upper quarter of the tariff's prices.
  case priceThreshold(low: Double?, high: Double?)
  /// Keeps the purchase at or below this power by the storage [kW]; nil: the least that the year allows is sought.
  case peakShaving(limit: Double?)
  /// Rolling horizon: every `step` hours the best dispatch of the next `horizon` hours, by a solver.
  case optimal(horizon: Double, step: Double, knowledge: Knowledge)

  /// What a controller knows of the hours to come.
  public enum Knowledge: Sendable, Equatable {
    /// All.
    case perfect
    /// All but for a relative error of this standard deviation a day ahead [-], of sources and demand.
    case error(Double)
    /// The mean of the same hour in so many past days.
    case pastDays(Int)
  }

  /// The names, in the order in which help lists them.
  public static let names = Study.Strategy.allCases.map(\.rawValue)

  /// Which rule it is.
  public var rule: Study.Strategy {
    switch self {
    case .loadFollowing: .loadFollowing
    case .cycleCharging: .cycleCharging
    case .combined: .combined
    case .selfConsumption: .selfConsumption
    case .priceThreshold: .priceThreshold
    case .peakShaving: .peakShaving
    case .optimal: .optimal
    }
  }

  /// Its name.
  public var name: String { rule.rawValue }

  /// How a user asks for it on the command line.
  public var arguments: String {
    func percent(_ share: Double) -> String { shortNumber(share * 100, digits: 10) }
    var text = "--strategy \(name)"
    switch self {
    case .loadFollowing, .selfConsumption: break
    case .cycleCharging(let point): if point > 0 { text += " --set-point \(percent(point))" }
    case .combined(let threshold): if threshold != 0.5 { text += " --threshold \(percent(threshold))" }
    case .priceThreshold(let low, let high):
      if let low, low.isFinite { text += " --low-price \(shortNumber(low, digits: 12))" }
      if let high { text += " --high-price \(shortNumber(high, digits: 12))" }
    case .peakShaving(let limit): if let limit { text += " --peak \(shortNumber(limit, digits: 12))" }
    case .optimal(let horizon, let step, let knowledge):
      text += " --horizon \(shortNumber(horizon, digits: 10)) --every \(shortNumber(step, digits: 10))"
      switch knowledge {
      case .perfect: break
      case .error(let deviation): text += " --forecast-error \(percent(deviation))"
      case .pastDays(let days): text += " --past-days \(days)"
      }
    }
    return text
  }

  /// Whether it may take the cheapest machines of each hour.
  public var takesCheapest: Bool {
    switch self {
    case .loadFollowing, .cycleCharging, .combined: true
    default: false
    }
  }

  /// Name and settings in words.
  public var words: String {
    switch self {
    case .loadFollowing: "load following"
    case .cycleCharging(let point):
      point > 0 ? "cycle charging to \(shortNumber(point * 100)) %" : "cycle charging"
    case .combined(let threshold): "combined dispatch below \(shortNumber(threshold * 100)) % load"
    case .selfConsumption: "self-consumption first"
    case .priceThreshold(let low, let high):
      low.flatMap { low in
        high.map { high in
          low.isFinite
            ? "price thresholds \(shortNumber(low)) and \(shortNumber(high))"
            : "price threshold \(shortNumber(high)), nothing charged from the grid at this flat price"
        }
      } ?? "price thresholds"
    case .optimal(let horizon, let step, let knowledge):
      "rolling horizon of \(shortNumber(horizon)) h every \(shortNumber(step)) h, \(knowledge.words)"
    case .peakShaving(let limit): limit.map { "peak shaving at \(shortNumber($0, digits: 4)) kW" } ?? "peak shaving"
    }
  }
}

extension DispatchStrategy.Knowledge {
  /// In words.
  var words: String {
    switch self {
    case .perfect: "weather and demand known"
    case .error(let deviation): "forecasts off by \(shortNumber(deviation * 100)) %"
    case .pastDays(let days): days == 1 ? "forecast: as yesterday" : "forecast: mean of \(days) past days"
    }
  }
}

/// What the caller asks of a simulation.
package struct SimulateOptions: Sendable {
  /// How the project is run.
  package var strategy = DispatchStrategy.loadFollowing
  /// Whether each hour takes the cheapest combination of machines instead of storage, grid, generators in this order.
  package var cheapest = false
  /// Given sizes by `id` or `id.part`; empty: the file's fixed ones.
  package var sizes: [String: Double] = [:]
  /// Whether the dispatch of perfect foresight is sought beside the rule's.
  package var comparesWithForesight = true
  /// What the dispatch of perfect foresight came to, where it is known already: it is not sought again.
  package var foresight: RuleRecord.Foresight?
  /// Whether the year is run again with each component missing in turn.
  package var findsContingencies = false
  /// Time, threads, cancellation and progress of solves.
  package var plan = PlanOptions()
  /// Seed of forecast errors.
  package var seed: UInt64 = 1
  /// Nothing but defaults.
  package init() {}
}
