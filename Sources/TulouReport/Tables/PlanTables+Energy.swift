import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Production, use, excess and what is missing, month by month and in all, of electricity or of everything else.
  func energyTable(isElectric: Bool) -> DataTable {
    let months = tableMonths()
    var table = DataTable(
      isElectric ? "electrical" : "thermal",
      isElectric ? "Electricity made and used" : "Heat, cold and fuels made and used",
      ["carrier", "part", "id", "note", "year [kWh/y]", "share [1]"] + months.map { "\($0.key) [kWh]" })
    let weight = plan.problem.weight
    for carrier in project.carriers where (carrier.kind == .electricity) == isElectric {
      let mine = flows.lines.filter { project.carrier(ofBus: $0.bus)?.id == carrier.id && !isWithinCarrier($0) }
        .map(flows.served)
      let made = mine.reduce(0) {
        $1.part == .supply && $1.note != .discharge && !isSaving($1.id) ? $0 + $1.yearly : $0
      }
      let used = mine.reduce(0) {
        $1.part == .demand || ($1.part == .use && $1.note != .charge && $1.note != .spilled) ? $0 + $1.yearly : $0
      }
      for line in mine {
        let part: String
        switch line.part {
        case .supply: part = line.note == .discharge ? "storage_out" : isSaving(line.id) ? "saved" : "production"
        case .use: part = line.note == .charge ? "storage_in" : line.note == .spilled ? "excess" : "consumption"
        case .demand: part = "consumption"
        case .unserved: part = "unmet"
        }
        let whole = part == "production" ? made : part == "consumption" ? used : 0
        let monthly = months.map { month in
          DataTable.Cell.number(
            month.steps.reduce(0) { sum, t in sum + line.values[t] * weight[t] } * plan.problem.stepHours)
        }
        table.rows.append(
          [
            .text(carrier.id), .text(part), .text(line.id), .text(line.note.words), .number(line.yearly),
            whole > 0 ? .number(line.yearly / whole) : .none,
          ] + monthly)
      }
      for source in accounts.sources where source.carrier == carrier.id && source.curtailed > 0 {
        table.rows.append(
          [
            .text(carrier.id), .text("excess"), .text(source.id), .text("curtailed"), .number(source.curtailed),
            made > 0 ? .number(source.curtailed / made) : .none,
          ] + months.map { _ in .none })
      }
    }
    return table
  }

  /// Whether it is a measure, which saves energy and makes none.
  private func isSaving(_ id: String) -> Bool {
    guard case .source(let source)? = project.components.first(where: { $0.id == id })?.block else { return false }
    return source.energyClass.isSaving
  }

  /// The months of the horizon by the clock on the wall, `2027-01`, with their steps.
  private func tableMonths() -> [(key: String, steps: [Int])] {
    let steps = plan.problem.steps
    return project.horizon.civilMonths.map { month in
      (month.key, month.runs.flatMap { Array($0.clamped(to: 0..<steps)) })
    }
  }

  /// Lines of links within one carrier give and take the same energy.
  private func isWithinCarrier(_ line: YearlyFlows.Line) -> Bool {
    guard case .link(let link)? = project.components.first(where: { $0.id == line.id })?.block else { return false }
    return project.carrier(ofBus: link.from)?.id == project.carrier(ofBus: link.to)?.id
  }

  /// How much of the electricity is renewable, by every definition that HOMER shows.
  ///
  /// - Source: HOMER Pro manual, "Renewable penetration": by capacity, by energy, by the greatest value of an hour.
  func penetrationTable() -> DataTable {
    var table = DataTable("penetration", "Renewable penetration", ["definition", "value [1]"])
    let electric = flows.lines.filter {
      project.carrier(ofBus: $0.bus)?.kind == .electricity && !isWithinCarrier($0) && !isSaving($0.id)
    }
    let supply = electric.filter { $0.part == .supply && $0.note == .only }
    func isRenewable(_ id: String) -> Bool {
      guard case .source(let source)? = project.components.first(where: { $0.id == id })?.block else { return false }
      return !source.energyClass.isOutside
    }
    let renewable = supply.filter { isRenewable($0.id) }
    let all = electric.filter { $0.part == .supply && ($0.note == .only || $0.note == .bought) }
    guard !all.isEmpty else { return table }
    func capacity(_ ids: [String]) -> Double {
      sizeLines.reduce(0) { $1.unit == "kW" && ids.contains($1.id) ? $0 + $1.capacity : $0 }
    }
    let ids = Set(supply.map(\.id)).sorted()
    let total = capacity(ids), own = capacity(ids.filter(isRenewable))
    if total > 0 {
      table.add(.text("renewable capacity by capacity of all sources and generators"), .number(own / total))
    }
    func energy(_ lines: [YearlyFlows.Line]) -> Double { lines.reduce(0) { $0 + $1.yearly } }
    let demand = electric.filter { $0.part == .demand }
    if energy(all) > 0 {
      table.add(.text("renewable production by all production and purchase"), .number(energy(renewable) / energy(all)))
    }
    if energy(demand) > 0 {
      table.add(.text("renewable production by demand"), .number(energy(renewable) / energy(demand)))
      table.add(
        .text("one less non-renewable supply by demand"),
        .number(1 - (energy(all) - energy(renewable)) / energy(demand)))
    }
    func sum(_ lines: [YearlyFlows.Line], _ t: Int) -> Double { lines.reduce(0) { $0 + $1.values[t] } }
    var most = 0.0, mostOfAll = 0.0, clean = 0.0
    for t in 0..<plan.problem.steps {
      let load = sum(demand, t), made = sum(renewable, t), other = sum(all, t) - made
      if load > 1e-9 {
        most = max(most, made / load)
        clean = max(clean, 1 - other / load)
      }
      if made + other > 1e-9 { mostOfAll = max(mostOfAll, made / (made + other)) }
    }
    table.add(.text("greatest hour: renewable production by demand"), .number(most))
    table.add(.text("greatest hour: renewable production by all production and purchase"), .number(mostOfAll))
    table.add(.text("greatest hour: one less non-renewable supply by demand"), .number(clean))
    return table
  }
}
