public import TulouProblem
public import TulouProject
package import TulouTechnologies

/// A member, or the commons, as it would be without the project: its own contract with the plant it owns already
/// (rule M18).
public struct Standalone: Sendable {
  /// Id; empty: the commons.
  public var member: String
  /// Its demands, its existing plant and the markets it has alone; nothing is owned by anyone there.
  public var project: Project
  /// How its plant is run at least cost; nil where it cannot serve its demand.
  public var plan: Plan?
  /// Why there is no plan; empty where there is one.
  public var reason: String

  /// Someone alone.
  public init(member: String, project: Project, plan: Plan?, reason: String = "") {
    self.member = member
    self.project = project
    self.plan = plan
    self.reason = reason
  }
}

extension Project {
  /// Who owns plant that stands before the project; the commons are the empty id.
  public var ownersOfExistingPlant: [String] {
    (members.map(\.id) + [""]).filter { id in
      components.contains { $0.isOwned(by: id) && !$0.isMeter && $0.sizes.contains { $0.existing > 0 } }
    }
  }

  /// The market that a carrier would be bought from without the project.
  ///
  /// - Parameter member: Who buys; empty: the commons.
  package func marketAlone(of member: String, for carrier: Carrier) -> Market? {
    let served = markets.filter { market in
      market.buy != nil && self.carrier(ofBus: market.bus)?.id == carrier.id
    }
    if carrier.kind == .electricity {
      if let named = reference?.electricityMarket, let market = served.first(where: { $0.id == named }) {
        return market
      }
      let alone = members.first { $0.id == member }?.aloneMarket
      if let market = served.first(where: { $0.id == alone }) { return market }
    }
    return served.first { !$0.onlyAlone }
  }
}
