import Glibc
import TulouAccounts
import TulouProject
import TulouTechnologies

/// What wears a machine or storage in a year of use, each as a share of its life [1/y].
struct YearlyWear: Sendable, Equatable {
  /// Hours on line over the hours of its life.
  var hours = 0.0
  /// Content that passed over that of its life.
  var throughput = 0.0
  /// Capacity lost by cycles and by years, over what may be lost.
  var fade = 0.0
}

/// Machines of one age: what their use has worn, and when they are replaced.
struct PlantLot: Sendable {
  /// Why a lot was replaced.
  enum Cause: String, Sendable { case calendar, hours, throughput, fade }

  /// More than these are not counted: a life of no time has no end of them.
  private static let mostReplacements = 10_000

  let id: String
  let member: String
  let part: String
  /// Size [unit].
  let amount: Double
  /// Cost of replacing all of it [money].
  let replacementCost: Double
  /// Years until it is replaced whatever its use [y]; nil: the years looked at.
  let life: Double?
  /// Time of the last installation [y]; below nought for existing plant.
  var installed: Double
  private(set) var wear = YearlyWear()
  private(set) var replacements: [(time: Double, cause: Cause)] = []

  init(
    id: String, member: String, part: String, amount: Double, replacementCost: Double, life: Double?,
    installed: Double
  ) {
    self.id = id
    self.member = member
    self.part = part
    self.amount = amount
    self.replacementCost = replacementCost
    self.life = life
    self.installed = installed
  }

  /// Uses the lot from time `begin` to `end` at a rate of wear; replaces it whenever one kind of wear reaches its life.
  ///
  /// Plant that is worn at the very end of `years` is not replaced any more.
  mutating func use(from begin: Double, to end: Double, _ rate: YearlyWear, until years: Double) {
    var now = begin
    while true {
      var due = life.map { installed + $0 } ?? .infinity
      var cause = Cause.calendar
      func consider(_ worn: Double, _ perYear: Double, _ why: Cause) {
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
    let calendar = life.map { (time - installed) / $0 } ?? 1
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
      let whole = life ?? years
      return capitalRecoveryFactor(rate: economy.realDiscountRate, years: whole)
        / capitalRecoveryFactor(rate: economy.realDiscountRate, years: whole * left)
    }
  }
}

/// Depths of the cycles of a content, by rainflow counting.
///
/// - Source: ASTM E1049-85 (2017), 5.4.4, rainflow counting; residual ranges count as half cycles.
enum Rainflow {
  /// Each range of the content over `full` [-], with how many cycles it counts (1 or one half).
  static func cycles(_ contents: [Double], full: Double) -> [(depth: Double, count: Double)] {
    guard full > 0 else { return [] }
    var turns: [Double] = []
    for value in contents {
      if turns.count >= 2, (turns[turns.count - 1] - turns[turns.count - 2]) * (value - turns[turns.count - 1]) >= 0 {
        turns[turns.count - 1] = value
      } else if turns.last != value {
        turns.append(value)
      }
    }
    var found: [(depth: Double, count: Double)] = []
    var stack: [Double] = []
    for turn in turns {
      stack.append(turn)
      while stack.count >= 3 {
        let n = stack.count
        let last = abs(stack[n - 1] - stack[n - 2]), before = abs(stack[n - 2] - stack[n - 3])
        guard last >= before else { break }
        if n == 3 {
          found.append((before / full, 0.5))
          stack.removeFirst()
        } else {
          found.append((before / full, 1))
          stack.removeSubrange((n - 3)..<(n - 1))
        }
      }
    }
    for i in stack.indices.dropFirst() { found.append((abs(stack[i] - stack[i - 1]) / full, 0.5)) }
    return found
  }

  /// Capacity lost by the cycles of a content: `sum A D^exponent` [-].
  static func fade(_ contents: [Double], full: Double, _ law: StorageFade) -> Double {
    guard law.perCycle > 0 else { return 0 }
    return cycles(contents, full: full).reduce(0) { sum, cycle in
      sum + cycle.count * law.perCycle * pow(cycle.depth, law.exponent)
    }
  }
}
