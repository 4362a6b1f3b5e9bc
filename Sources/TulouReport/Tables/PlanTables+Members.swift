import TulouAccounts
import TulouPlanning
import TulouProject
import TulouQuantities

/// Tables of who pays what, of outages survived, and of what the numbers were made from.
extension PlanReport {
  /// What each member, and the commons, pays in the cluster and alone.
  func memberTable() -> DataTable {
    let currency = project.economy.currency
    var table = DataTable(
      "members", "Members",
      [
        "member", "name", "kind", "carrier", "served [kWh/y]", "produced [kWh/y]", "bought_inside [kWh/y]",
        "sold_inside [kWh/y]", "bought_outside [kWh/y]", "sold_outside [kWh/y]", "own_cost [\(currency)/y]",
        "commons_share [1]", "commons_cost [\(currency)/y]", "cost_in_cluster [\(currency)/y]",
        "cost_alone [\(currency)/y]", "benefit [\(currency)/y]", "investment [\(currency)]",
        "discount_rate [1/y]", "present_benefit [\(currency)]",
      ])
    for member in accounts.members {
      let named = (member.served + member.produced).filter { $0.energy != 0 }.map(\.name) + member.trade.map(\.carrier)
      var carriers: [String] = project.carriers.map(\.id).filter { named.contains($0) }
      if carriers.isEmpty { carriers = [""] }
      // Money once, in the row of the first carrier.
      for (place, carrier) in carriers.enumerated() {
        func sum(_ list: [ClassEnergy]) -> Double {
          var sum = 0.0
          for one in list where one.name == carrier { sum += one.energy }
          return sum
        }
        let trade = member.trade.first { $0.carrier == carrier }
        func once(_ value: Double?) -> DataTable.Cell { place == 0 ? .optional(value) : .none }
        table.add(
          .text(member.id.isEmpty ? "commons" : member.id), .text(member.name), .text(member.kind), .text(carrier),
          .number(sum(member.served)), .number(sum(member.produced)), .optional(trade?.boughtInside),
          .optional(trade?.soldInside), .optional(trade?.boughtOutside), .optional(trade?.soldOutside),
          once(member.ownCost), once(accounts.commonsShares.first { $0.id == member.id }?.share),
          once(member.commonsCost), once(member.costInCluster), once(member.costAlone), once(member.benefit),
          once(member.investment), once(member.id.isEmpty ? nil : member.discountRate), once(member.presentBenefit))
      }
    }
    return table
  }

  /// Share of outages survived by their length, as `survival.csv`.
  func survivalTable() -> DataTable {
    guard let survival = rules?.survival, let first = survival.curves.first else {
      return DataTable("survival", "Outages survived", [])
    }
    let curves: [(name: String, values: [Double])] = survival.curves.flatMap { curve in
      [
        (curve.demand, curve.probability), (curve.demand + ", machines first", curve.withoutFailures),
        (curve.demand + ", with failures", curve.withFailures),
      ].filter { !$0.1.isEmpty }
    }
    var table = DataTable(
      "survival", "Outages survived by their length", ["length [h]"] + curves.map { $0.name + " [1]" })
    for i in first.probability.indices {
      table.rows.append(
        [.number(Double(i + 1) * survival.stepHours)]
          + curves.map { $0.values.indices.contains(i) ? .number($0.values[i]) : .none })
    }
    return table
  }

  /// What the numbers were made from and by.
  func provenanceTable() -> DataTable {
    var table = DataTable("provenance", "What the numbers were made from", ["quantity", "value"])
    let own: [(String, String)] = [
      ("version", version), ("status", proof.status), ("solver", proof.solver), ("objective", proof.objective),
      ("first_hour", project.horizon.moment(0).stamp), ("time_zone", project.timeZone),
      ("stamps", "standard time, \(project.horizon.clock.standardName)"), ("steps", String(project.horizon.steps)),
    ]
    for (key, value) in own + provenance { table.add(.text(key), .text(value)) }
    return table
  }
}
