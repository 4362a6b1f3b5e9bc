import TulouAccounts
import TulouQuantities

/// CO2 of making, building, keeping and scrapping plant, phase by phase.
extension PlanReport {
  private static let phases: [(key: String, title: String, value: @Sendable (LifeCyclePhases) -> Double)] = [
    ("component", "Component", { $0.component }), ("installation", "Installation", { $0.installation }),
    ("replacement", "Replacement", { $0.replacement }), ("maintenance", "Maintenance", { $0.maintenance }),
    ("recycling", "Recycling", { $0.recycling }), ("total", "Together", { $0.total }),
  ]

  /// What stands on the page below the emissions; empty where nothing is stated.
  var lifeCycleContent: [Page.Content] {
    let all = accounts.carbon.phases
    guard !all.isEmpty else { return [] }
    var table = Table(
      "CO2 of the life cycle of plant, a year", columns: [.text("")] + Self.phases.map { .number($0.title) })
    for one in all {
      table.add([legend.name(one.id)] + Self.phases.map { Scale.text($0.value(one), "kg") })
    }
    if all.count > 1 {
      table.add(
        ["Together"] + Self.phases.map { phase in Scale.text(all.reduce(0) { $0 + phase.value($1) }, "kg") })
    }
    return [.table(table)]
  }

  /// `life_cycle` of `result.json` [kg/y]; nil where nothing is stated.
  var lifeCycleJSON: JSON? {
    let all = accounts.carbon.phases
    guard !all.isEmpty else { return nil }
    return .object(
      Self.phases.map { phase in (phase.key, .number(all.reduce(0) { $0 + phase.value($1) })) } + [
        (
          "components",
          .array(
            all.map { one in
              .object([("id", .text(one.id))] + Self.phases.map { ($0.key, .number($0.value(one))) })
            })
        )
      ])
  }

  /// `tables/life_cycle.csv`.
  func lifeCycleTable() -> DataTable {
    var table = DataTable(
      "life_cycle", "CO2 of the life cycle of plant", ["id"] + Self.phases.map { "\($0.key) [kg/y]" })
    for one in accounts.carbon.phases {
      table.rows.append([.text(one.id)] + Self.phases.map { .number($0.value(one)) })
    }
    return table
  }
}
