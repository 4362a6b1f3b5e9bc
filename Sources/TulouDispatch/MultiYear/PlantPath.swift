import TulouAccounts
import TulouFinance
import TulouPlanning
package import TulouProject
import TulouQuantities
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Plant on its way through the years: ages, wear and replacements so far.
package struct PlantPath: Sendable {
  let economy: Economy
  /// Number of years looked at.
  let years: Int
  /// Which components have storages' wear on their content alone.
  private let storages: Set<String>
  private let laws: [String: StorageFade]
  private(set) var lots: [PlantLot] = []
  private var capital: [CashFlowRow] = []

  package init(_ project: Project, _ years: Int) {
    economy = project.economy
    self.years = years
    var storages: Set<String> = []
    var laws: [String: StorageFade] = [:]
    for component in project.components {
      guard case .storage(let block) = component.block else { continue }
      storages.insert(component.id)
      if let law = block.fade { laws[component.id] = law }
    }
    self.storages = storages
    self.laws = laws
  }

  /// Puts the plant of the first year in place, as new.
  mutating func install(_ first: SimulatedYear) {
    lots = first.lots
    capital = first.capital
  }

  /// Uses all plant for a year.
  mutating func pass(_ year: SimulatedYear) { use(year.year) { year.wear[$0] } }

  /// Uses all plant for year y with a wear by component.
  mutating func use(_ y: Int, _ wear: (String) -> YearlyWear?) {
    for i in lots.indices {
      var rate = wear(lots[i].id) ?? YearlyWear()
      // Cycles wear the content, not the converter of a storage.
      if storages.contains(lots[i].id), lots[i].part == .power, hasContent(lots[i].id) { rate = YearlyWear() }
      lots[i].use(from: Double(y - 1), to: Double(y), rate, until: Double(years))
    }
  }

  private func hasContent(_ id: String) -> Bool { lots.contains { $0.id == id && $0.part == .energy } }

  /// Output left of each source that ages, at the begin of a year; plant that is not yet installed is new.
  func sourcesLeft(_ project: Project, at year: Int) -> [String: Double] {
    var left: [String: Double] = [:]
    for component in project.components {
      guard case .source(let block) = component.block, block.degradation > 0 else { continue }
      let own = lots.filter { $0.id == component.id }
      let whole = own.reduce(0) { $0 + $1.amount }
      guard whole > 0 else {
        left[component.id] = TulouFinance.growth(-block.degradation, year: year)
        continue
      }
      left[component.id] =
        own.reduce(0) { sum, lot in
          // Existing plant is stated as it is now: it fades from here on.
          let age = max(0, Double(year - 1) - max(0, lot.installed))
          return sum + lot.amount * exp(age * log1p(-block.degradation))
        } / whole
    }
    return left
  }

  /// Content left of a storage [-].
  func contentLeft(_ component: Component) -> Double {
    guard let law = laws[component.id] else { return 1 }
    let own = lots.filter { $0.id == component.id && ($0.part == .energy || !hasContent(component.id)) }
    let whole = own.reduce(0) { $0 + $1.amount }
    guard whole > 0 else { return 1 }
    return own.reduce(0) { $0 + $1.amount * max(0, 1 - $1.wear.fade * (1 - law.end)) } / whole
  }

  /// Rows of plant: capital, replacements, rest values.
  func plantRows() -> [CashFlowRow] {
    var rows = capital
    let rate = economy.realDiscountRate
    for lot in lots {
      for replacement in lot.replacements {
        rows.append(
          row(lot, .replacement, time: replacement.time, amount: lot.replacementCost, rate))
      }
      let rest = lot.replacementCost * lot.salvageShare(economy, at: Double(years))
      if rest != 0 { rows.append(row(lot, .salvage, time: Double(years), amount: -rest, rate)) }
    }
    return rows
  }

  private func row(
    _ lot: PlantLot, _ kind: CostKind, time: Double, amount: Double, _ rate: Double
  ) -> CashFlowRow {
    CashFlowRow(
      id: lot.id, member: lot.member, kind: kind, time: time, year: max(0, Int(saturating: (time - 1e-9).rounded(.up))),
      amount: amount, discounted: amount * presentWorth(rate: rate, time: time))
  }

  /// The record of all years passed.
  func record(_ passed: [SimulatedYear]) -> MultiYearRecord {
    let rate = economy.realDiscountRate
    var rows = plantRows()
    for year in passed {
      for var row in year.operation {
        row.time = Double(year.year)
        row.year = year.year
        row.discounted = row.amount * presentWorth(rate: rate, time: row.time)
        rows.append(row)
      }
    }
    let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
    rows = order.map { rows[$0] }
    let present = rows.reduce(0) { $0 + $1.discounted }
    return MultiYearRecord(
      years: passed.map { year in
        let cash = rows.filter { $0.year == year.year && $0.kind != .capital && $0.kind != .salvage }
          .reduce(0) { $0 + $1.amount }
        return MultiYearRecord.Year(
          year: year.year, demand: year.demand, unserved: year.unserved, penalties: year.penalties,
          limits: year.limits, bought: year.bought, fuel: year.fuel,
          sources: year.sources, renewableFraction: year.renewableFraction, cash: cash, contents: year.contents)
      },
      cashFlow: rows, netPresentCost: present,
      annualCost: present * capitalRecoveryFactor(rate: rate, years: Double(years)),
      replacements: lots.flatMap { lot in
        lot.replacements.map {
          MultiYearRecord.Replacement(
            id: lot.id, part: lot.part, time: $0.time, cause: $0.cause.rawValue, cost: lot.replacementCost)
        }
      }.sorted { ($0.time, $0.id, $0.part.rawValue) < ($1.time, $1.id, $1.part.rawValue) })
  }
}
