extension Study {
  /// How variations are combined.
  public enum Mode: String, Sendable, CaseIterable {
    /// The base, and each value of each path with all others as they stand.
    case oneAtATime = "one_at_a_time"
    /// Every combination.
    case grid
    /// The base, and the first and last value of each path: what moves the result most.
    case tornado
  }

  /// Who answers the cases of a sensitivity.
  public enum Answer: String, Sendable, CaseIterable {
    /// A plan.
    case plan
    /// Given sizes under a rule.
    case simulate
    /// A search under rules.
    case search
  }

  /// Rules by which hours are run, in the order in which help lists them.
  public enum Strategy: String, Sendable, CaseIterable {
    /// Machines follow the load.
    case loadFollowing = "load_following"
    /// Machines that run fill the storage.
    case cycleCharging = "cycle_charging"
    /// The better of the two in each hour.
    case combined
    /// Own energy first, grid last.
    case selfConsumption = "self_consumption"
    /// Storage by the price.
    case priceThreshold = "price_threshold"
    /// Storage against the peak.
    case peakShaving = "peak_shaving"
    /// Rolling plans over some hours.
    case optimal
  }

  /// How a search chooses designs.
  public enum Method: String, Sendable, CaseIterable {
    /// The grid where it is small enough, else `evolve`.
    case automatic = "auto"
    /// Every combination.
    case grid
    /// Pattern search from several starts: continuous sizes, any number of them.
    case optimise
    /// Differential evolution, then pattern search: many sizes, many valleys.
    case evolve
    /// The genetic algorithm of four operators (selection, crossover, mutation, reinsertion), for least cost.
    case genetic
    /// NSGA-II: the front of several goals.
    case nsga2
  }
}
