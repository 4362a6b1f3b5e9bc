import TulouAccounts
import TulouFinance
import TulouProject
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Machines of one age: what their use has worn, and when they are replaced.
struct PlantLot: Sendable {
  /// More than these are not counted: a life of no time has no end of them.
  private static let mostReplacements = 10_000

  let id: String
  let member: String
  let part: Size.Part
  /// Size [unit].
  let amount: Double
  /// Cost of replacing all of it [money].
  let replacementCost: Double
  /// Years until it is replaced whatever its use [y]; nil: the years looked at.
  let life: Double?
  /// Time of the last installation [y]; below zero for existing plant.
  var installed: Double
  private(set) var wear = YearlyWear()
  private(set) var replacements: [(time: Double, cause: LifeEnd)] = []

  init(
    id: String, member: String, part: Size.Part, amount: Double, replacementCost: Double, life: Double?,
    installed: Double, wear: YearlyWear = YearlyWear()
  ) {
    self.id = id
    self.member = member
    self.part = part
    self.amount = amount
    self.replacementCost = replacementCost
    self.life = life
    self.installed = installed
    self.wear = wear
  }

  /// Uses the lot from time `begin` to `end` at a rate of wear; replaces it whenever one kind of wear reaches its life.
  ///
  /// Plant that is worn at the very end of `years` is not replaced any more.
  mutating func use(from begin: Double, to end: Double, _ rate: YearlyWear, until years: Double) {
    var now = begin
    while true {
      var due = life.map { installed + $0 } ?? .infinity
      var cause = LifeEnd.calendar
      func consider(_ worn: Double, _ perYear: Double, _ why: LifeEnd) {
        guard perYear > 0 else { return }
        let time = now + max(0, 1 - worn) / perYear
        if time < due - 1e-9 { (due, cause) = (time, why) }
      }
      consider(wear.hours, rate.hours, .hours)
      consider(wear.throughput, rate.throughput, .throughput)
      consider(wear.fade, rate.fade, .fade)
      guard due < end + 1e-9, due < years - 1e-9, replacements.count < Self.mostReplacements else { break }
      // What fell due before the begin is past and replaced now.
      now = max(now, due)
      replacements.append((now, cause))
      installed = now
      wear = YearlyWear()
    }
    wear.hours += rate.hours * (end - now)
    wear.throughput += rate.throughput * (end - now)
    wear.fade += rate.fade * (end - now)
  }

  /// Share of the life that is left at a time [-], by the wear that is furthest.
  func remaining(at time: Double) -> Double {
    // Without a life of its own it stands for the years looked at; once use has ended it, use alone counts.
    let calendar = life.map { (time - installed) / $0 } ?? (replacements.isEmpty ? 1 : 0)
    return max(0, 1 - max(calendar, wear.hours, wear.throughput, wear.fade))
  }

  /// Rest value at the end per unit of replacement cost [-]; see `Replacement.salvageShare`.
  func salvageShare(_ economy: Economy, at years: Double) -> Double {
    let left = remaining(at: years)
    guard left > 1e-9 else { return 0 }
    switch economy.salvage {
    case .none: return 0
    case .linear: return left
    case .annuity:
      // The life that this use comes to.
      let whole = left < 1 ? (years - installed) / (1 - left) : life ?? years
      guard whole > 0 else { return left }
      return capitalRecoveryFactor(rate: economy.realDiscountRate, years: whole)
        / capitalRecoveryFactor(rate: economy.realDiscountRate, years: whole * left)
    }
  }
}
