package import Tulou

extension ShenzhenPlans {
  /// Tables 7 to 10 and figures 3 to 6 from the dispatch of table 7's sizes.
  mutating func record(
    dispatch plan: Plan, _ accounts: Accounts, _ stage: String, _ project: Project, _ mixes: [ShenzhenColumn]
  ) {
    guard let column = columns.last else { return }
    let how = "sizes of table 7, perfect foresight, purchase at \(Self.price) USD/kWh"
    for source in ShenzhenArithmetic.sources {
      values["t8.\(source).\(stage)"] = share(source, column, mixes, how)
    }
    values["t9.coe.\(stage)"] = ComputedValue(column.coe, how)
    values["t9.npc.\(stage)"] = ComputedValue(column.npc, how)
    values["t10.low.\(stage)"] = ComputedValue(column.co2 * 1000, how)
    values["r64.rf.\(stage)"] = ComputedValue(
      column.renewableFractionWithStorage * 100,
      "\(how); storage output not counted \(percent(column.renewableFraction))")
    for (source, id) in [("wind", "wind"), ("pv", "panels")] {
      values["plan.hours.\(source).\(stage)"] = ComputedValue(
        Self.hours(id, project, plan), "availability of our series over the year, before curtailment")
    }
    let largest = Self.largestCosts(accounts, count: stage == "experimental" ? 1 : 2)
    values["cost.\(stage)"] = ComputedValue(
      words: Set(largest.map(\.name)),
      "present value over 25 years: "
        + largest.map { "\($0.name) \(NumberText.significant($0.amount / 1e6)) MUSD" }.joined(separator: ", "))
    if let need = accounts.land.reservoirs.first(where: { $0.id == "reservoirs" }) {
      values["plan.flow.\(stage)"] = ComputedValue(need.flow, how)
      values["plan.volume.\(stage)"] = ComputedValue(need.volume / 1e6, how)
    }
    if let use = accounts.land.places.first(where: { $0.place == "breeze" }) {
      values["siting.\(stage)"] = ComputedValue(
        use.area / 1e6,
        "99 m2/kW; the file allows \(NumberText.significant((project.limits[.siting("breeze")] ?? .nan) / 1e6)) km2")
    }
    tables.addEnergy(plan, stage, project)
    tables.addCosts(accounts, plan, stage)
  }

  /// Properties of the plan of least cost.
  mutating func record(best plan: Plan, _ accounts: Accounts, _ stage: String, _ project: Project) {
    guard let column = columns.last else { return }
    let peak = max(plan.total("grid", .purchase)?.max() ?? 0, plan.total("grid", .sale)?.max() ?? 0) / 1000
    values["r51.grid.\(stage)"] = ComputedValue(peak, "highest purchase or sale; the limit is that of table 7")
    values["r58.rf.\(stage)"] = ComputedValue(column.renewableFraction * 100, "the limit is that of table 6")
    values["r73.coe.\(stage)"] = ComputedValue(column.coe, "purchase at \(Self.price) USD/kWh, carbon 10 USD/t")
    values["r38.deferrable.\(stage)"] = ComputedValue(
      plan.yearly("later", .serve) / 1e6,
      "table 4 gives \(NumberText.significant(paper["t4.deferrable.\(stage)"], digits: 7))")
    guard stage == "experimental" else { return }
    values["r58.shortage"] = ComputedValue(column.unserved, "of the demand; table 6 allows 1 %")
    values["r39.energy"] = ComputedValue(
      column.energy["demand"], "five profiles; their energies in the file are rounded to 0.01 GWh")
    if let converter = plan.total("converter", .forward),
      let size = plan.problem.capacities.firstIndex(where: { $0.label.id == "converter" })
    {
      let excess = (converter.max() ?? 0) * 0.95 - plan.solution.capacities[size]
      values["r52.converter"] = ComputedValue(max(0, excess), "highest output less size")
    }
    if let npc = accounts.value("net_present_cost") {
      let present = accounts.cashFlow.reduce(0) { $0 + $1.discounted }
      values["r63.cash"] = ComputedValue(abs(present - npc) / max(1, abs(npc)), "discounted rows of the cash flow")
    }
    for (id, value) in Self.weather(paper) { values[id] = value }
  }

  /// Full-load hours that the resource of a source offers [h/y].
  static func hours(_ id: String, _ project: Project, _ plan: Plan) -> Double? {
    for component in project.components where component.id == id {
      guard case .source(let block) = component.block, case .share(let series) = block.supply else { continue }
      return plan.yearly(series)
    }
    return nil
  }

  /// Present values by component and kind, the largest first [currency].
  package static func largestCosts(_ accounts: Accounts, count: Int) -> [(name: String, amount: Double)] {
    Array(ShenzhenTables.presentValues(accounts).sorted { $0.amount > $1.amount }.prefix(count))
      .map { ($0.name, $0.amount) }
  }

  /// Radiation as figure 2 and our synthesis have it.
  static func weather(_ paper: PublishedCase) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    let printed = paper["f2.mean"]
    let days = (1...12).map { Double(CivilDate.days(inMonth: $0, of: 2025)) }
    func mean(_ months: [Double]) -> Double { zip(months, days).reduce(0) { $0 + $1.0 * $1.1 } / 365 }
    let typical = ShenzhenTables.typicalYear
    out["f2.mean"] = ComputedValue(mean(typical), "typical year of Shenzhen (SWERA, station 594930)")
    let scaled = typical.map { $0 * printed / mean(typical) }
    let place = Site(latitudeDegrees: 22.7, longitudeDegrees: 114.3, altitudeMetres: 40, utcOffsetHours: 8)
    let sky = IrradianceSynthesis(site: place, monthlyMeans: scaled, seed: 1)
    let horizon = Horizon.year(2025)
    if let hours = try? sky.series(over: horizon), let ceiling = try? sky.ceiling(over: horizon) {
      out["r56.mean"] = ComputedValue(hours.reduce(0, +) / 365, "mean of 8760 synthesised hours")
      let above = zip(hours, ceiling).count { $0 > $1 * (1 + 1e-9) }
      out["r56.clear"] = ComputedValue(Double(above), "of 8760")
    }
    out["eq3.hours"] = ComputedValue(0.8 * printed * 365, "derating x radiation x days")
    return out
  }

  func percent(_ share: Double) -> String { share.isFinite ? NumberText.percent(share) : "none" }
}
