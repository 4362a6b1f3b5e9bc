import TulouFinance
import TulouProject
import TulouTechnologies

/// Capital, replacement, salvage and operation of plant, by the stage in which it is paid.
struct PlantItems {
  /// Items by stage.
  private(set) var items: [[MoneyItem]]
  let factors: StageFactors
  let costs: StagedCosts

  /// - Parameters:
  ///   - projects: The project as it is in each stage; one where it has no stages.
  ///   - factors: The stages.
  init(_ projects: [Project], _ factors: StageFactors) {
    self.factors = factors
    costs = StagedCosts(projects)
    items = projects.map { _ in [] }
  }

  /// New plant that is bought as stage `s` begins.
  mutating func buy(_ new: Double, of size: Size, id: String, member: String, stage s: Int = 0) {
    let start = factors.starts[s]
    guard new > 0, factors.discounting.years - start > 1e-9 else { return }
    let cost = size.cost
    items[s].append(
      MoneyItem(id, member, .capital, .once(time: start, amount: new * cost.capital + cost.fixedCapital)))
    let life = PlantLife(of: costs.of(id, size), from: s, factors)
    pay(life, id, member) { new * $0.perUnit + $0.fixed }
  }

  /// Plant that stood before stage `first`; its capital is sunk, and what fell due before is not paid here.
  ///
  /// - Parameters:
  ///   - kept: How much of it stands in each stage; where that is less than `size.existing`, what is paid whatever the
  ///     size goes with the part that stands.
  ///   - firstYear: Calendar year in which the project begins.
  mutating func keep(
    _ size: Size, _ kept: [Double], id: String, member: String, firstYear: Int, from first: Int = 0
  ) {
    guard size.existing > 0 else { return }
    let age = factors.age(of: size, firstYear: firstYear, stage: first)
    let life = PlantLife(of: costs.of(id, size), from: first, age: age, factors)
    pay(life, id, member) { renewal in
      let standing = kept[min(renewal.stage, kept.count - 1)]
      return standing * renewal.perUnit + renewal.fixed * standing / size.existing
    }
  }

  /// Yearly operation of all that stands in stage `s`.
  mutating func operate(_ total: Double, of size: Size, id: String, member: String, stage s: Int = 0) {
    let fixed = total > 0 ? size.cost.fixedOperation : 0
    items[s].append(
      MoneyItem(
        id, member, .operation,
        .yearly(amount: total * size.cost.operation + fixed, escalation: size.cost.operationEscalation)))
  }

  private mutating func pay(
    _ life: PlantLife, _ id: String, _ member: String, _ amount: (PlantLife.Renewal) -> Double
  ) {
    for (kind, renewals) in [(CostKind.replacement, life.replacements), (.salvage, [life.salvage])] {
      for renewal in renewals {
        items[renewal.stage].append(
          MoneyItem(id, member, kind, .once(time: renewal.time, amount: amount(renewal))))
      }
    }
  }
}
