import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A station with a lake, or below one, in the problem.
package struct LakeFlows {
  /// The lake.
  var lake: SourceBlock.Lake
  /// What is left of the output by ageing [-].
  var fade: Double
  /// Content of the lake; nil: a station without one, whose water is a row.
  var state: Int?
  /// Row of the water of a station without a lake.
  var row: Int?
  /// Flow past the turbines.
  var spill: Int
  /// Flow through the turbines.
  var production: Int?
  /// Output per flow of water [kW per m3/s], faded.
  var perFlow: Double { lake.perFlow * fade }
}

extension Draft {
  /// Content of a lake, what flows in, and what is spilled; without a content the same as a row.
  ///
  /// `e' = e + inflow - turbined - spilled`, and `inflow = turbined + spilled` where nothing can be kept; the water of a
  /// lake above joins in `joinLakes`.
  mutating func beginLake(
    _ lake: SourceBlock.Lake, fade: Double, of component: Component, bus: String, production: inout Flow
  ) {
    let inflow = profile(lake.inflow) * fade
    var spill = Flow(Label(component.id, .auxiliary, part: .spill, bus: bus))
    var flows = LakeFlows(lake: lake, fade: fade, spill: problem.flows.count)
    if lake.content > 0 {
      let s = problem.states.count
      let content = lake.content * fade
      problem.states.append(
        State(
          Label(component.id, .content), inflow: inflow * stepHours, upper: .fixed(room(of: lake, content: content)),
          boundary: lake.initialShare.map { .initial(.fixed(.constant($0 * content))) } ?? .cyclic))
      spill.stateTerms = [StateTerm(s, .constant(-1))]
      production.stateTerms = [StateTerm(s, .constant(-1))]
      flows.state = s
    } else {
      let r = problem.rows.count
      problem.rows.append(.balance(Label(component.id, .limit, part: .water, bus: bus), equals: inflow))
      spill.rowTerms.append(RowTerm(r, .one))
      production.rowTerms.append(RowTerm(r, .one))
      flows.row = r
    }
    // No more can be spilled in a step than comes in it and lies there; water from above is added in `joinLakes`.
    spill.upper = [.fixed(inflow.map { max(0, $0) + lake.content * fade / stepHours })]
    problem.flows.append(spill)
    lakes[component.id] = flows
  }

  /// What a lake may hold in each step: less in months in which room is kept for floods.
  private func room(of lake: SourceBlock.Lake, content: Double) -> Profile {
    guard let flood = lake.flood else { return .constant(content) }
    let least = max(0, content - flood.volume / 3600 * lake.perFlow * (content / max(lake.content, 1e-300)))
    return .series((0..<steps).map { flood.months.contains(project.horizon.civil($0).date.month) ? least : content })
  }

  /// Brings the releases of lakes to the stations below them, in the same step.
  mutating func joinLakes() {
    for id in lakes.keys.sorted() {
      guard let below = lakes[id], let name = below.lake.above, let above = lakes[name] else { continue }
      let ratio = below.perFlow / above.perFlow
      for j in [above.production, above.spill].compactMap({ $0 }) {
        if let s = below.state { problem.flows[j].stateTerms.append(StateTerm(s, .constant(ratio))) }
        if let r = below.row { problem.flows[j].rowTerms.append(RowTerm(r, .constant(-ratio))) }
      }
      problem.flows[below.spill].upper = [.fixed(mostWater(id) * below.perFlow)]
    }
  }

  /// The most that can leave a station in a step: what comes to it at most and what lies there [m3/s].
  private func mostWater(_ id: String) -> Profile {
    guard let flows = lakes[id] else { return .zero }
    let own = profile(flows.lake.inflow).map {
      (max(0, $0) + flows.lake.content / stepHours) / flows.lake.perFlow
    }
    guard let above = flows.lake.above else { return own }
    return own + mostWater(above)
  }

  /// The store room of a stock: what comes evenly through the year, is taken, or finds no room and is left.
  mutating func addStoreRoom(
    _ annual: Double, hours: Double, of component: Component, bus: String, _ production: inout Flow
  ) {
    let perHour = (0..<steps).map { t in
      annual / (CivilDate.isLeap(project.horizon.moment(t).date.year) ? 8784 : 8760)
    }
    let room = annual / 8760 * hours
    let s = problem.states.count
    problem.states.append(
      State(
        Label(component.id, .content), inflow: profile(perHour) * stepHours, upper: .fixed(.constant(room))))
    production.stateTerms = [StateTerm(s, .constant(-1))]
    let most = (perHour.max() ?? 0) + room / stepHours
    production.upper.append(.fixed(.constant(most)))
    problem.flows.append(
      Flow(
        Label(component.id, .auxiliary, part: .left, bus: bus), states: [StateTerm(s, .constant(-1))],
        upper: [.fixed(profile(perHour).map { $0 + room / stepHours })]))
  }
}
