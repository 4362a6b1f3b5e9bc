import TulouFinance
package import TulouProblem
package import TulouProject
import TulouTechnologies

/// What each member puts into the cluster's electricity or takes from it in a plan, with the outside prices: the data of the
/// operating game.
package struct MemberPositions: Sendable {
  /// Ids of the members; the commons (empty) last.
  package var ids: [String]
  /// Surplus (above zero) or deficit of each in each step, over a year [kWh/y].
  package var net: [[Double]]
  /// Prices of purchase and sale of the first year in each step [currency/kWh].
  package var buy: [Double], sell: [Double]

  /// The positions at the bus of the first market that sells electricity; nil where there is none.
  package init?(project: Project, plan: Plan) {
    let reading = Reading(project: project, plan: plan)
    let settlement = Settlement(reading)
    guard
      let market = reading.project.markets.first(where: { !$0.onlyAlone && $0.buy != nil && reading.isElectric($0.bus) }
      ),
      let price = market.buy?.price, let bus = reading.busIndex[market.bus],
      let area = settlement.areas.first(where: { $0.buses.contains(bus) })
    else { return nil }
    ids = settlement.ids
    let steps = reading.steps
    let energy = (0..<steps).map { reading.weight[$0] * reading.dt / reading.years }
    net = area.net.map { row in (0..<steps).map { row[$0] * energy[$0] } }
    buy = (0..<steps).map { price[$0] }
    sell = (0..<steps).map { market.sell?.price[$0] ?? 0 }
  }
}
