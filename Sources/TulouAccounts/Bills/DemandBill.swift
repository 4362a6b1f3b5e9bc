import TulouQuantities
import TulouTechnologies

extension BillCalculator {
  /// A charge on highest powers, month by month or once a year.
  func demand(_ charge: Tariff.DemandCharge, bought: [Double], sold: [Double], into bill: inout Bill) {
    let terms = charge.terms
    let power = measured(terms, bought, sold)
    let counts = counts(charge)
    let runs = terms.interval.map { clock.intervals(minutes: Int(saturating: ($0 * 60).rounded())) }
    func peak(_ month: BillingMonth) -> (power: Double, step: Int?) {
      let steps = month.steps.filter { counts[$0] }
      return highest(terms, measurements(steps, runs, power))
    }
    let before = bill.months.reduce(0) { $0 + $1.demandCharge }
    if terms.period == .year {
      yearly(terms, months.map(peak), into: &bill)
    } else {
      let found = months.map(peak)
      let peaks = found.map(\.power)
      for (m, month) in months.enumerated() {
        var billed = 0.0
        if terms.bills(month.month) {
          billed = max(peaks[m], terms.minimum, terms.ratchet * lookedAt(terms, peaks, from: m))
          bill.months[m].demandCharge += cost(billed, terms, month: month.month) * month.share
        }
        bill.months[m].billedPeaks.append(billed)
        bill.months[m].demandChargeByRate.append(
          terms.bills(month.month) ? cost(billed, terms, month: month.month) * month.share : 0)
        bill.months[m].peakSteps.append(found[m].step)
      }
    }
    bill.demandChargeByRate.append(bill.months.reduce(0) { $0 + $1.demandCharge } - before)
  }

  /// The power that is measured.
  private func measured(_ terms: PeakTerms, _ bought: [Double], _ sold: [Double]) -> [Double] {
    switch terms.flow {
    case .purchase: bought
    case .sale: sold
    case .both: zip(bought, sold).map { $0 + $1 }
    }
  }

  /// Steps that count, whatever their month.
  private func counts(_ charge: Tariff.DemandCharge) -> [Bool] {
    if let steps = charge.steps { return steps }
    if !charge.at.isEmpty {
      let moments = Set(charge.at)
      return clock.dayOfStep.indices.map {
        moments.contains(CivilMoment(clock.days[clock.dayOfStep[$0]], minute: clock.minuteOfStep[$0]))
      }
    }
    guard let first = charge.times.first else { return [Bool](repeating: true, count: horizon.steps) }
    return charge.times.dropFirst().reduce(clock.holds(first)) { counted, time in
      zip(counted, clock.holds(time)).map { $0 || $1 }
    }
  }

  /// What is measured in some steps that count: each by itself, or the mean of each interval that begins with one of them.
  private func measurements(
    _ steps: [Int], _ runs: [Range<Int>]?, _ power: [Double]
  ) -> [(power: Double, step: Int)] {
    guard let runs else { return steps.map { (power[$0], $0) } }
    let own = Set(steps)
    return runs.filter { own.contains($0.lowerBound) }.map { run in
      (run.reduce(0) { $0 + power[$1] } / Double(run.count), run.max { power[$0] < power[$1] } ?? run.lowerBound)
    }
  }

  /// The highest measurement, or the mean of the highest of several days; and the step of the highest.
  private func highest(
    _ terms: PeakTerms, _ values: [(power: Double, step: Int)]
  ) -> (power: Double, step: Int?) {
    guard let highest = values.max(by: { $0.power < $1.power }) else { return (0, nil) }
    guard let days = terms.highestDays else { return (highest.power, highest.step) }
    var byDay: [Int: Double] = [:]
    for value in values {
      let day = clock.dayOfStep[value.step]
      byDay[day] = max(byDay[day] ?? 0, value.power)
    }
    let kept = byDay.values.sorted(by: >).prefix(days)
    return (kept.reduce(0, +) / Double(max(1, kept.count)), highest.step)
  }

  /// The highest peak among the months that a ratchet looks at from month m.
  private func lookedAt(_ terms: PeakTerms, _ peaks: [Double], from m: Int) -> Double {
    guard terms.ratchet > 0 else { return 0 }
    if let count = terms.lookBack {
      return (1...min(count, peaks.count)).reduce(0) {
        max($0, peaks[((m - $1) % peaks.count + peaks.count) % peaks.count])
      }
    }
    return months.indices.reduce(0) { terms.looks(at: months[$1].month) ? max($0, peaks[$1]) : $0 }
  }

  /// What a billed power costs in a whole month.
  private func cost(_ billed: Double, _ terms: PeakTerms, month: Int) -> Double {
    if !terms.feeSteps.isEmpty {
      // An edge belongs to the step above, what a solver leaves below it too; plans stay three millionths below an edge.
      return terms.feeSteps.first { billed < ($0.upTo ?? .infinity) * (1 - 1e-6) }?.fee ?? 0
    }
    guard !terms.tiers.isEmpty else { return billed * terms.rate(month: month) }
    var sum = 0.0
    var from = 0.0
    for tier in terms.tiers where billed > from {
      let to = min(billed, tier.upTo ?? .infinity)
      sum += (to - from) * tier.rate
      from = to
    }
    return sum
  }

  /// Paid once a year on the highest power of its billed months, in proportion where the horizon holds a part of the year.
  private func yearly(_ terms: PeakTerms, _ peaks: [(power: Double, step: Int?)], into bill: inout Bill) {
    for m in months.indices {
      bill.months[m].billedPeaks.append(0)
      bill.months[m].demandChargeByRate.append(0)
      bill.months[m].peakSteps.append(nil)
    }
    let r = (bill.months.first?.billedPeaks.count ?? 1) - 1
    let years = Set(months.map(\.year)).sorted()
    for year in years {
      let own = months.indices.filter { months[$0].year == year }
      let found = own.filter { terms.bills(months[$0].month) }.map { ($0, peaks[$0]) }
      guard let highest = found.max(by: { $0.1.power < $1.1.power }) else { continue }
      let billed = max(highest.1.power, terms.minimum)
      let share = own.reduce(0) { $0 + months[$1].share * months[$1].hours } / yearHours(year)
      let amount = billed * terms.rate(month: months[highest.0].month) * share
      bill.months[highest.0].billedPeaks[r] = billed
      bill.months[highest.0].demandCharge += amount
      bill.months[highest.0].demandChargeByRate[r] = amount
      bill.months[highest.0].peakSteps[r] = highest.1.step
    }
  }
}
