public import TulouProblem

/// What a group's own plan costs, with its certificate.
public struct GroupCost: Sendable, Equatable {
  /// Members of the group, by the bits of their numbers among the players.
  public var group: Int
  /// Cost per year of the best plan found [currency/y]; nil: there is none.
  public var cost: Double?
  /// Proven least cost [currency/y]; nil: none is proven.
  public var bound: Double?
  /// How the plan ended.
  public var status: Solution.Status
  /// Seconds of solving; zero where the plan of an alike group was taken.
  public var seconds: Double
  /// What the solver or the reader said, empty where there is nothing to tell.
  public var message: String

  /// The cost of a group.
  public init(
    group: Int, cost: Double?, bound: Double?, status: Solution.Status, seconds: Double = 0, message: String = ""
  ) {
    self.group = group
    self.cost = cost
    self.bound = bound
    self.status = status
    self.seconds = seconds
    self.message = message
  }
}
