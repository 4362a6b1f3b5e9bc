/// Spain: collective own use, Orden TED/1247/2021 (annex I of RD 244/2019), in force from 17 November 2021.
///
/// Coefficients are fixed beforehand, may differ in every hour, sum to one, and may be changed no earlier than four months after the
/// last change. Source: bartolomebriones.com/en/blog/order-ted-1247-2021, read 29 November 2026. Not legal advice.
package enum Spain {
  /// What a member gets of an hour's production, uses of it, and keeps as own surplus.
  package static func hour(production: Double, need: Double, weight: Double) -> (
    individual: Double, used: Double, surplus: Double
  ) {
    let individual = weight * production
    return (individual, min(individual, need), max(individual - need, 0))
  }

  /// Whether a table may be replaced on a date, given the date of the last change; dates as year, month, day.
  package static func mayChange(last: (year: Int, month: Int, day: Int), request: (year: Int, month: Int, day: Int))
    -> Bool
  {
    let month = last.month + 4
    let earliest = (last.year + (month - 1) / 12, (month - 1) % 12 + 1, last.day)
    return (request.year, request.month, request.day) >= earliest
  }
}
