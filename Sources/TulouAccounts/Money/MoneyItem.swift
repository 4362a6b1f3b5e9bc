import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities

/// Something that is paid once, or every year.
struct MoneyItem {
  /// When and how much.
  enum Schedule {
    /// Paid once after `time` years.
    case once(time: Double, amount: Double)
    /// Paid at the end of each year: `amount` in year 1, growing by `escalation`.
    case yearly(amount: Double, escalation: Double)
    /// Paid at the end of each year: `amount` of year 1, growing by `escalation`, times the path's value of the year.
    case along(YearPath, amount: Double, escalation: Double)
  }
  var id: String
  var member: String
  var kind: CostKind
  var schedule: Schedule
  var stage = ""

  init(_ id: String, _ member: String, _ kind: CostKind, _ schedule: Schedule) {
    self.id = id
    self.member = member
    self.kind = kind
    self.schedule = schedule
  }

  /// What is paid once, or in the first year.
  var amount: Double {
    switch schedule {
    case .once(_, let amount), .yearly(let amount, _), .along(_, let amount, _): amount
    }
  }
}

extension MoneyItem.Schedule {
  /// What is paid in a year, from 1; zero for what is paid once.
  func amount(year: Int) -> Double {
    switch self {
    case .once: 0
    case .yearly(let first, let escalation): first * growth(escalation, year: year)
    case .along(let path, let first, let escalation): first * growth(escalation, year: year) * path.value(year: year)
    }
  }
}

/// Cash flow and its sums, made from items.
struct CashFlowTable {
  private(set) var rows: [CashFlowRow] = []
  private(set) var lines: [CostLine] = []
  private struct Key: Hashable {
    var id: String
    var member: String
    var kind: CostKind
  }

  /// - Parameter payments: the years in which yearly items are paid (all of the lifetime, or those of a stage).
  init(_ items: [MoneyItem], economy: Economy, payments: [YearlyPayment]) {
    self.init([(items, payments)], economy: economy)
  }

  /// Items of several stages, each with the years in which its yearly items are paid.
  init(_ parts: [([MoneyItem], [YearlyPayment])], economy: Economy) {
    let rate = economy.realDiscountRate
    let recovery = capitalRecoveryFactor(rate: rate, years: economy.lifetime)
    var place: [Key: Int] = [:]
    let largest = parts.reduce(0) { $1.0.reduce($0) { max($0, abs($1.amount)) } }
    for (items, payments) in parts {
      let worths = payments.map { presentWorth(rate: rate, time: $0.time) }
      for item in items where Dust.unrounded(item.amount, scale: largest) != 0 {
        var present = 0.0
        switch item.schedule {
        case .once(let time, let amount):
          present = amount * presentWorth(rate: rate, time: time)
          rows.append(
            CashFlowRow(
              id: item.id, member: item.member, kind: item.kind, stage: item.stage, time: time,
              year: max(0, Int(saturating: (time - 1e-9).rounded(.up))), amount: amount, discounted: present))
        case .yearly, .along:
          for (payment, worth) in zip(payments, worths) {
            let amount = item.schedule.amount(year: payment.year) * payment.weight
            present += amount * worth
            rows.append(
              CashFlowRow(
                id: item.id, member: item.member, kind: item.kind, stage: item.stage, time: payment.time,
                year: payment.year, amount: amount, discounted: amount * worth))
          }
        }
        let key = Key(id: item.id, member: item.member, kind: item.kind)
        if let k = place[key] {
          lines[k].present += present
          lines[k].annual += present * recovery
        } else {
          place[key] = lines.count
          lines.append(
            CostLine(
              id: item.id, member: item.member, kind: item.kind, annual: present * recovery, present: present))
        }
      }
    }
    // Equal times keep the order of the project's components, then markets: the order in which items were made.
    let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
    rows = order.map { rows[$0] }
  }
}
