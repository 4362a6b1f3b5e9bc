public import TulouSharing

/// Who begins, who enters when, and who may leave.
public struct Growth: Sendable, Equatable {
  /// Members that enter in one year.
  public struct Entry: Sendable, Equatable {
    /// Calendar year.
    public var year: Int
    /// Who enters.
    public var members: [String]
    /// An entry.
    public init(year: Int, members: [String]) {
      self.year = year
      self.members = members
    }
  }

  /// A member whose life may end.
  public struct Exit: Sendable, Equatable {
    /// Who leaves.
    public var member: String
    /// After how many years from its own entry, each a case of its own [y].
    public var years: [Double]
    /// An exit.
    public init(member: String, years: [Double]) {
      self.member = member
      self.years = years
    }
  }

  /// Who begins.
  public var start: [String] = []
  /// Who enters, in order of time.
  public var entries: [Entry] = []
  /// Who may leave.
  public var exits: [Exit] = []
  /// Rule by which shares are divided at each step.
  public var rule = SharingMethod.shapley
  /// Share of the capital of plant that is left behind which somebody pays for it, in parts of what is not worn yet [-].
  public var resale = 0.0
  /// Nobody.
  public init() {}

  /// Calendar year in which a member enters; nil: from the start.
  public func entryYear(of member: String) -> Int? { entries.first { $0.members.contains(member) }?.year }

  /// Rules that can divide at every step: those that need the values of groups alone, and equal parts.
  public static let rules: [SharingMethod] = SharingMethod.allCases.filter { $0.needsAllGroups || $0 == .equal }
}
