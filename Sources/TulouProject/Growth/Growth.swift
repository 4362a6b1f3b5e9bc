package import TulouSharing

/// Who begins, who enters when, and who may leave.
package struct Growth: Sendable, Equatable {
  /// Members that enter in one year.
  package struct Entry: Sendable, Equatable {
    /// Calendar year.
    package var year: Int
    /// Who enters.
    package var members: [String]
    /// An entry.
    package init(year: Int, members: [String]) {
      self.year = year
      self.members = members
    }
  }

  /// A member whose life may end.
  package struct Exit: Sendable, Equatable {
    /// Who leaves.
    package var member: String
    /// After how many years from its own entry, each a case of its own [y].
    package var years: [Double]
    /// An exit.
    package init(member: String, years: [Double]) {
      self.member = member
      self.years = years
    }
  }

  /// Who begins.
  package var start: [String] = []
  /// Who enters, in order of time.
  package var entries: [Entry] = []
  /// Who may leave.
  package var exits: [Exit] = []
  /// Rule by which shares are divided at each step.
  package var rule = SharingMethod.shapley
  /// Share of the capital of plant that is left behind which somebody pays for it, in parts of what is not worn yet [-].
  package var resale = 0.0
  /// Nobody.
  package init() {}

  /// Calendar year in which a member enters; nil: from the start.
  package func entryYear(of member: String) -> Int? { entries.first { $0.members.contains(member) }?.year }

  /// Rules that can divide at every step: those that need the values of groups alone, and equal parts.
  package static let rules: [SharingMethod] = SharingMethod.allCases.filter { $0.needsAllGroups || $0 == .equal }
}
