import TulouFinance
package import TulouProject
import TulouQuantities

/// A payment per unit of capital that policies bring with it, at an exact time after the start of the project.
package struct CapitalPayment: Sendable, Equatable {
  /// Years from the start of the project [y].
  package var time: Double
  /// Paid to the owner of the plant per unit of its capital [-].
  package var perCapital: Double
  /// Expected to be paid by the guarantor to lenders, less the fee that these pass on to it, per unit of capital [-].
  package var loss = 0.0
}

extension Policy {
  /// What comes with one unit of capital that is spent `time` years after the start.
  ///
  /// A subsidy is paid with the capital. A guarantee saves interest: with a loan D, n equal payments at interest i are
  /// `D CRF(i, n)`, so each year brings `D (CRF(i, n) - CRF(i', n))` less the fee on the debt that is open at its beginning,
  /// `D ((1 + i')^n - (1 + i')^(y - 1)) / ((1 + i')^n - 1)`. Years after the end of the project are not counted.
  ///
  /// - Parameters:
  ///   - time: When the capital is spent [y].
  ///   - lifetime: Lifetime of the project [y].
  package func payments(capitalAt time: Double, lifetime: Double) -> [CapitalPayment] {
    guard kind.isOnCapital, isThere(in: firstYear + Int(saturating: (time + 1e-9).rounded(.down))) else { return [] }
    guard kind == .guarantee, let loan else { return [CapitalPayment(time: time, perCapital: rate)] }
    let years = Double(loan.years)
    let saved =
      capitalRecoveryFactor(rate: loan.interest, years: years)
      - capitalRecoveryFactor(rate: loan.guaranteed, years: years)
    return (1...loan.years).compactMap { year in
      let due = time + Double(year)
      guard due <= lifetime + 1e-9 else { return nil }
      let open = loan.open(atStartOf: year)
      return CapitalPayment(
        time: due, perCapital: loan.share * (saved - loan.fee * open),
        loss: loan.share * (loan.losses - loan.fee) * open)
    }
  }

  /// Levelised value of one unit a year in the years in which the policy is there, where the unit grows by `escalation`.
  package func levelised(rate: Double, years: Double, escalation: Double = 0) -> Double {
    TulouFinance.levelised(rate: rate, years: years) { active.value(year: $0) * growth(escalation, year: $0) }
  }
}

extension Policy.Loan {
  /// Share of the loan that is open as year `year` begins, from 1 [-].
  func open(atStartOf year: Int) -> Double {
    guard guaranteed != 0 else { return Double(years - year + 1) / Double(years) }
    let all = growth(guaranteed, year: years + 1)
    return (all - growth(guaranteed, year: year)) / (all - 1)
  }
}
