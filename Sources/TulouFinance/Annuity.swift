import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Capital recovery factor: the constant yearly payment that repays one unit of money.
///
/// `CRF(i, N) = i (1 + i)^N / ((1 + i)^N - 1)`, and `1 / N` for `i = 0`.
///
/// - Parameters:
///   - rate: Real yearly discount rate i [1/y], above -1.
///   - years: Number of years N [y], above 0; a fraction of a year is allowed.
/// - Returns: Payment per unit of capital [1/y].
/// - Source: Short, Packey, Holt 1995, NREL/TP-462-5173, ch. 2; equation (7) of Zhang et al. 2016, Sustainability 8, 452.
package func capitalRecoveryFactor(rate: Double, years: Double) -> Double {
  precondition(rate > -1 && years > 0, "the rate must be above -1 and the years above 0")
  guard rate != 0 else { return 1 / years }
  return rate / -expm1(-years * log1p(rate))  // keeps its digits for rates near 0
}

/// Present worth of one unit of money paid after `time` years: `(1 + i)^-time`.
///
/// - Parameters:
///   - rate: Real yearly discount rate i [1/y], above -1.
///   - time: Years from now [y]; fractions are allowed.
package func presentWorth(rate: Double, time: Double) -> Double {
  exp(-time * log1p(rate))
}

/// Real rate from a nominal one and inflation: `i = (nominal - f) / (1 + f)`.
///
/// - Source: equation (8) of Zhang et al. 2016, Sustainability 8, 452 (R62).
package func realDiscountRate(nominal: Double, inflation: Double) -> Double {
  (nominal - inflation) / (1 + inflation)
}

/// A payment at the end of a year of the project.
package struct YearlyPayment: Sendable, Equatable {
  /// Number of the year, from 1.
  package var year: Int
  /// Years from the start [y]: the year's number, or the lifetime where the last year is cut.
  package var time: Double
  /// Share of a whole year's amount that is paid [-]: 1, or less in a last year that is cut.
  package var weight: Double
}

/// Payments at the end of each year of `years`, such that their present worth per unit is exactly `1 / CRF(i, years)`.
///
/// A last year that is cut after the fraction f is paid at the end of the lifetime with weight `((1 + i)^f - 1) / i`
/// (f for i = 0), which makes the sum of the payments agree with the annuity formula for fractional lifetimes.
///
/// - Parameters:
///   - rate: Real yearly discount rate i [1/y].
///   - years: Lifetime N [y].
package func yearlyPayments(rate: Double, years: Double) -> [YearlyPayment] {
  let whole = Int(saturating: (years + 1e-9).rounded(.down))
  var payments = (0..<whole).map { YearlyPayment(year: $0 + 1, time: Double($0 + 1), weight: 1) }
  let fraction = years - Double(whole)
  if fraction > 1e-9 {
    let weight = rate == 0 ? fraction : expm1(fraction * log1p(rate)) / rate
    payments.append(YearlyPayment(year: whole + 1, time: years, weight: weight))
  }
  return payments
}

/// What a yearly amount that grows by `escalation` is worth as a constant yearly amount, per unit of its first year.
///
/// `CRF(i, N) sum_y (1 + e)^(y - 1) / (1 + i)^y`: 1 for e = 0. A fade of output d is an escalation of -d. A product of
/// growing factors (carbon price times emission factor) has escalation `(1 + e1)(1 + e2) - 1`: levelise it as one.
///
/// - Parameters:
///   - escalation: Real yearly growth e [1/y].
///   - rate: Real yearly discount rate i [1/y].
///   - years: Lifetime N [y].
package func levelisationFactor(escalation: Double, rate: Double, years: Double) -> Double {
  guard escalation != 0 else { return 1 }
  return levelised(rate: rate, years: years) { growth(escalation, year: $0) }
}

/// Constant yearly amount that is worth the same as one that changes from year to year.
///
/// `CRF(i, N) sum_y a_y / (1 + i)^y`; `value` gives a_y by the number of the year, from 1.
package func levelised(rate: Double, years: Double, _ value: (Int) -> Double) -> Double {
  let sum = yearlyPayments(rate: rate, years: years).reduce(0) {
    $0 + $1.weight * value($1.year) * presentWorth(rate: rate, time: $1.time)
  }
  return capitalRecoveryFactor(rate: rate, years: years) * sum
}

/// Plain mean over the years of a factor that grows by `escalation`: `1/N sum_y (1 + e)^(y - 1)`.
///
/// Emission factors are averaged so in carbon accounts, for carbon is not discounted.
package func meanGrowth(escalation: Double, years: Double) -> Double {
  guard escalation != 0 else { return 1 }
  return yearlyPayments(rate: 0, years: years).reduce(0) { $0 + $1.weight * growth(escalation, year: $1.year) } / years
}

/// Factor of year `year` (from 1) of something that grows by `escalation`: `(1 + e)^(y - 1)`.
package func growth(_ escalation: Double, year: Int) -> Double {
  escalation == 0 || year == 1 ? 1 : exp(Double(year - 1) * log1p(escalation))
}

/// Escalation of a product of two growing factors.
package func joint(_ first: Double, _ second: Double) -> Double { (1 + first) * (1 + second) - 1 }
