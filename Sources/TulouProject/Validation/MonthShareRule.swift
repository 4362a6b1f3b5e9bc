import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Representative periods that come to more or fewer months than the time they stand for, beside what is charged by the month.
  ///
  /// A period counts by its weight in the month in which it lies: a day of January that stands for a quarter of a year is 91.25/31
  /// months. Twelve periods that fill their months are exactly twelve; four are 11.9, which the register says.
  static let monthShareRule: Rule = { project, _, decoding in
    let horizon = project.horizon
    guard horizon.periods.contains(where: { $0.weight != 1 }) else { return }
    let months = horizon.civilMonths.reduce(0) { $0 + $1.share }
    let meant = 12 * horizon.years
    guard abs(months - meant) > 1e-3 * meant else { return }
    for market in project.markets where market.isChargedByTheMonth {
      decoding.within("markets.\(market.id)") {
        $0.assume(
          "\(shortNumber(months, digits: 4)) months of charges for \(shortNumber(meant, digits: 4))",
          source:
            "each period counts by its weight in the month in which it lies; periods that fill their months come to the months of the year",
          kind: .default)
      }
    }
  }
}

extension Market {
  /// Whether anything is charged by the calendar month: fees, peaks, or energy in tiers.
  fileprivate var isChargedByTheMonth: Bool {
    fixedChargePerMonth != 0 || minimumPerMonth != 0 || !(buy?.tiers.isEmpty ?? true)
      || !(sell?.tiers.isEmpty ?? true) || demandCharges.contains { $0.terms.period == .month }
  }
}
