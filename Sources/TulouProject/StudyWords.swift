extension Study {
  /// Something that a front is drawn over, or that an objective weighs.
  public enum Goal: String, Sendable, CaseIterable {
    /// Cash and penalties per year.
    case netPresentCost = "net_present_cost"
    /// Emission per year.
    case co2
    /// Energy from outside per year (P_N).
    case outsideEnergy = "outside_energy"
    /// Demand that is not met from own sources, per year: the amount that the objective `local_energy` minimises.
    case localEnergy = "local_energy"
    /// Share of electricity that is renewable; more is better.
    case renewableFraction = "renewable_fraction"
    /// Exergy that is used and sold per exergy that enters; more is better.
    case exergyEfficiency = "exergy_efficiency"
    /// Land that the sizes take.
    case land
    /// Capital of all that is new, without its interest.
    case capital
    /// Demand that is not served, per year.
    case unservedEnergy = "unserved_energy"

    /// Whether it is a quotient of two sums of the plan, of which more is better.
    public var isShare: Bool { self == .renewableFraction || self == .exergyEfficiency }

    /// Goals that an objective may weigh: those that are linear in the plan and no share.
    public static let weighable = allCases.filter { !$0.isShare && $0 != .unservedEnergy }
  }

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
