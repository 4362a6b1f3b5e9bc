package import TulouTechnologies

/// What a member would do without the others, against which benefit is counted.
package enum OutsideOption: String, Sendable, CaseIterable {
  /// Its own contract (`alone`), with the plant that it may build.
  case contract
  /// The cluster's markets, by itself.
  case sameTariff = "same-tariff"
  /// The cluster's markets, by itself; a group without the manager of shared energy is paid for what such plans happen to share.
  case aggregated
}

extension Project {
  /// Who takes part in the game of sharing: every member, and the commons (empty id) where plant or demand belongs to nobody.
  public var sharingPlayers: [String] {
    let common =
      components.contains { $0.member == nil && !$0.isMeter } || demands.contains { $0.member == nil }
    return members.map(\.id) + (common ? [""] : [])
  }
}

extension Component {
  /// Whether it belongs to a member; the empty id: to the commons.
  package func isOwned(by id: String) -> Bool { (member ?? "") == id }

  /// Whether it is the meter of a member.
  package var isMeter: Bool { if case .link(let link) = block { link.meterOf != nil } else { false } }
}
