package import TulouProblem

/// What a group's own plan costs, with its certificate.
package struct GroupCost: Sendable, Equatable {
  /// Members of the group, by the bits of their numbers among the players.
  package var group: Int
  /// Cost per year of the best plan found [currency/y]; nil: there is none.
  package var cost: Double?
  /// Proven least cost [currency/y]; nil: none is proven.
  package var bound: Double?
  /// How the plan ended.
  package var status: Solution.Status
  /// Seconds of solving; zero where the plan of an alike group was taken.
  package var seconds: Double
  /// What the solver or the reader said, empty where there is nothing to tell.
  package var message: String

  /// The cost of a group.
  package init(
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
