import TulouProject
import TulouTechnologies

/// Capital, replacement, salvage and operation of plant.
struct PlantItems {
  private(set) var items: [MoneyItem] = []
  let economy: Economy
  /// Below this a size counts as not built [unit]: solvers leave dust.
  static let dust = 1e-6

  init(economy: Economy) { self.economy = economy }

  /// New plant bought `start` years after the beginning.
  mutating func buy(_ new: Double, of size: Size, id: String, member: String, start: Double = 0) {
    guard new > PlantItems.dust else { return }
    let cost = size.cost
    let left = economy.lifetime - start
    guard left > 1e-9 else { return }
    items.append(
      MoneyItem(id, member, .capital, .once(time: start, amount: new * cost.capital + cost.fixedCapital)))
    later(
      amount: new * cost.replacement + cost.fixedReplacement,
      Replacement(life: cost.life ?? economy.lifetime, years: left), id: id, member: member, start: start)
  }

  /// Plant that stands already; its capital is sunk. What fell due before `start` is not paid here.
  mutating func keep(_ size: Size, id: String, member: String, firstYear: Int, start: Double = 0) {
    guard size.existing > 0 else { return }
    let cost = size.cost
    var schedule = Replacement(
      life: cost.life ?? economy.lifetime, years: economy.lifetime, age: age(of: size, firstYear: firstYear))
    schedule.times = schedule.times.filter { $0 >= start - 1e-9 }.map { $0 - start }
    later(
      amount: size.existing * cost.replacement + cost.fixedReplacement, schedule, id: id, member: member,
      start: start)
  }

  /// Yearly operation of all that stands.
  mutating func operate(_ total: Double, of size: Size, id: String, member: String) {
    let fixed = total > PlantItems.dust ? size.cost.fixedOperation : 0
    items.append(
      MoneyItem(
        id, member, .operation,
        .yearly(amount: total * size.cost.operation + fixed, escalation: size.cost.operationEscalation)))
  }

  private mutating func later(
    amount: Double, _ schedule: Replacement, id: String, member: String, start: Double
  ) {
    for time in schedule.times {
      items.append(MoneyItem(id, member, .replacement, .once(time: start + time, amount: amount)))
    }
    let rest = schedule.salvageShare(economy.salvage, rate: economy.realDiscountRate)
    items.append(MoneyItem(id, member, .salvage, .once(time: economy.lifetime, amount: -amount * rest)))
  }
}
