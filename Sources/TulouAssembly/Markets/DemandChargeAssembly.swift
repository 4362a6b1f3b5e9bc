import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `P_m >= x_t` in month m, billed at least at the minimum and at the ratchet's share of the highest month; paid by the
  /// month, in proportion where the horizon cuts it (rules M4, K18).
  ///
  /// - Parameters:
  ///   - id: Market, or meter of a member.
  ///   - flows: Flows that are measured together.
  mutating func addDemandCharge(
    _ charge: Market.DemandCharge, number: Int, id: String, bus: String, flows: [Int]
  ) -> PeakLayout? {
    guard !flows.isEmpty else { return nil }
    let terms = charge.terms
    let suffix = number == 0 ? "" : "#\(number + 1)"
    var layout = PeakLayout(terms: terms, flows: flows)
    layout.counts = charge.steps
    let clock = terms.interval == nil && terms.highestDays == nil ? nil : StepClock(project.horizon)
    layout.clock = clock
    if let interval = terms.interval, let clock {
      layout.blocks = clock.blocks(of: Int(saturating: (interval * 60).rounded()))
    }
    let most = flows.reduce(0) { $0 + greatest(of: $1) }
    layout.spans = terms.period == .year ? years(terms) : months(terms)
    guard !layout.spans.isEmpty else { return nil }
    var acting = [Int32](repeating: -1, count: steps)
    for i in layout.spans.indices { addPeak(&layout, i, suffix, id, most, &acting) }
    // Of an interval only its last step is measured, and an interval counts as its first step does.
    if !layout.blocks.isEmpty {
      var last = [Int32](repeating: -1, count: steps)
      for block in layout.blocks where charge.steps?[block.lowerBound] != false {
        last[block.upperBound - 1] = acting[block.lowerBound]
      }
      acting = last
      if charge.steps != nil {
        layout.counts = layout.blocks.reduce(into: [Bool](repeating: false, count: steps)) {
          $0[$1.upperBound - 1] = charge.steps?[$1.lowerBound] != false
        }
      }
    } else if let counted = charge.steps {
      for t in acting.indices where !counted[t] { acting[t] = -1 }
    }
    addMeasurement(&layout, id: id, bus: bus, suffix)
    let offset: Profile = acting.contains(-1) ? .series(acting.map { $0 < 0 ? .infinity : 0 }) : .zero
    problem.flows[layout.measured ?? flows[0]].upper.append(
      Bound(offset: offset, capacity: .byStep(acting), factor: .one))
    if terms.ratchet > 0, terms.lookBack == nil { addHighest(&layout, id, suffix, most) }
    for i in layout.spans.indices { addBilled(&layout, i, suffix, id, most) }
    return layout
  }

  // MARK: Spans

  private mutating func months(_ terms: PeakTerms) -> [PeakLayout.Span] {
    let looks = terms.ratchet > 0
    return calendarMonths().filter { month in
      terms.bills(month.number) || looks && (terms.lookBack != nil || terms.looks(at: month.number))
    }.map { PeakLayout.Span(key: $0.key, runs: $0.runs, month: $0.number, share: $0.share) }
  }

  private mutating func years(_ terms: PeakTerms) -> [PeakLayout.Span] {
    var spans: [PeakLayout.Span] = []
    for year in Set(calendarMonths().map(\.year)).sorted() {
      let months = calendarMonths().filter { $0.year == year }
      let billed = months.filter { terms.bills($0.number) }
      guard let first = billed.first else { continue }
      let days = months.reduce(0) { $0 + $1.share * $1.days }
      let all = Double(CalendarMonth.days(inYear: year))
      spans.append(
        PeakLayout.Span(key: String(year), runs: billed.flatMap(\.runs), month: first.number, share: days / all))
    }
    return spans
  }

  // MARK: What is measured

  /// Sizes of the highest power of a span; `acting` says which size bounds which step.
  private mutating func addPeak(
    _ layout: inout PeakLayout, _ i: Int, _ suffix: String, _ id: String, _ most: Double, _ acting: inout [Int32]
  ) {
    let key = layout.spans[i].key + suffix
    layout.spans[i].peak = problem.capacities.count
    problem.capacities.append(Capacity(Label(id, .peak, part: .named(key)), upper: most))
    guard let count = layout.terms.highestDays, let clock = layout.clock else {
      for run in layout.spans[i].runs { for t in run { acting[t] = Int32(layout.spans[i].peak) } }
      return
    }
    // The mean of the n highest is `level + sum of what lies above / n`, least where `level` is the n-th highest.
    let level = problem.capacities.count
    problem.capacities.append(Capacity(Label(id, .peak, part: .named("level \(key)")), upper: most))
    layout.spans[i].level = level
    var days: [Int] = []
    for run in layout.spans[i].runs {
      for t in run where layout.counts?[t] != false && days.last != clock.day[t] { days.append(clock.day[t]) }
    }
    var mean = LinearForm(capacities: [layout.spans[i].peak: 1, level: -1])
    let share = 1 / Double(max(1, min(count, days.count)))
    for day in days {
      let peak = problem.capacities.count
      let above = peak + 1
      problem.capacities.append(Capacity(Label(id, .peak, part: .named("day \(day) \(key)")), upper: most))
      problem.capacities.append(Capacity(Label(id, .peak, part: .named("above \(day) \(key)")), upper: most))
      problem.yearlyRows.append(
        YearlyRow(
          Label(id, .limit, part: .named("above \(day) \(key)")),
          LinearForm(capacities: [above: 1, peak: -1, level: 1]),
          lower: 0)
      )
      mean.add(capacity: above, -share)
      layout.spans[i].days.append((day, peak, above))
      for run in layout.spans[i].runs { for t in run where clock.day[t] == day { acting[t] = Int32(peak) } }
    }
    problem.yearlyRows.append(YearlyRow(Label(id, .limit, part: .named("mean \(key)")), mean, lower: 0))
  }

  /// A flow that is what is measured: several flows together, or the mean of an interval at its last step.
  private mutating func addMeasurement(_ layout: inout PeakLayout, id: String, bus: String, _ suffix: String) {
    guard layout.flows.count > 1 || !layout.blocks.isEmpty else { return }
    let r = problem.rows.count
    let j = problem.flows.count
    let label = Label(id, .auxiliary, part: .named("measured" + suffix), bus: bus)
    let most = layout.flows.reduce(0) { $0 + greatest(of: $1) }
    layout.measured = j
    if layout.blocks.isEmpty {
      problem.rows.append(.balance(Label(id, .limit, part: .named("measured" + suffix), bus: bus), equals: .zero))
      problem.flows.append(Flow(label, rows: [RowTerm(r, .constant(-1))], upper: [.fixed(.constant(most))]))
      for flow in layout.flows { problem.flows[flow].rowTerms.append(RowTerm(r, .one)) }
      return
    }
    // The energy of the interval so far, dropped at its begin; at its last step `e + x dt = mean x length`.
    var keeps = [Double](repeating: 1, count: steps)
    var ends = [Double](repeating: 0, count: steps)
    var lengths = ends
    for block in layout.blocks {
      keeps[block.lowerBound] = 0
      ends[block.upperBound - 1] = 1
      lengths[block.upperBound - 1] = Double(block.count) * stepHours
    }
    // An interval of one step has nothing before it.
    let carried = zip(ends, keeps).map { $0 * $1 }
    let s = problem.states.count
    let free = Profile.series(ends.map { $0 == 0 ? .infinity : 0 })
    problem.rows.append(
      HourlyRow(label: Label(id, .limit, part: .named("measured" + suffix), bus: bus), lower: free * -1, upper: free))
    problem.states.append(
      State(
        Label(id, .auxiliary, part: .named("interval" + suffix), bus: bus), retention: .series(keeps),
        upper: .fixed(.constant(most * (lengths.max() ?? 1))), rows: [RowTerm(r, .series(carried))]))
    problem.flows.append(
      Flow(
        label, rows: [RowTerm(r, .series(lengths.map { -$0 }))],
        upper: [.fixed(.series(ends.map { $0 * most }))]))
    for flow in layout.flows {
      problem.flows[flow].rowTerms.append(RowTerm(r, .series(ends.map { $0 * stepHours })))
      problem.flows[flow].stateTerms.append(StateTerm(s, .one))
    }
    layout.content = s
  }

  // MARK: What is billed

  private mutating func addHighest(_ layout: inout PeakLayout, _ id: String, _ suffix: String, _ most: Double) {
    let k = problem.capacities.count
    problem.capacities.append(Capacity(Label(id, .peak, part: .named("highest" + suffix)), upper: most))
    layout.highest = k
    for span in layout.spans where layout.terms.looks(at: span.month) {
      let key = problem.capacities[span.peak].label.part
      problem.yearlyRows.append(
        YearlyRow(
          Label(id, .limit, part: .named("highest \(key)")), LinearForm(capacities: [k: 1, span.peak: -1]), lower: 0))
    }
  }

  /// What a span is billed, and what that costs.
  private mutating func addBilled(
    _ layout: inout PeakLayout, _ i: Int, _ suffix: String, _ id: String, _ most: Double
  ) {
    let terms = layout.terms
    let span = layout.spans[i]
    guard terms.bills(span.month) || terms.period == .year else { return }
    let key = layout.spans[i].key + suffix
    var billed = span.peak
    if terms.ratchet > 0 {
      billed = problem.capacities.count
      problem.capacities.append(
        Capacity(Label(id, .peak, part: .named("billed \(key)")), upper: max(most, terms.minimum)))
      func atLeast(_ share: Double, of other: Int, _ name: String) {
        problem.yearlyRows.append(
          YearlyRow(
            Label(id, .limit, part: .named(name)), LinearForm(capacities: [billed: 1, other: -share]), lower: 0))
      }
      atLeast(1, of: span.peak, "billed \(key)")
      if let highest = layout.highest { atLeast(terms.ratchet, of: highest, "ratchet \(key)") }
      if let count = terms.lookBack {
        let all = layout.spans.count
        for n in 1...min(count, all) where n < all {
          atLeast(terms.ratchet, of: layout.spans[((i - n) % all + all) % all].peak, "ratchet \(key) \(n)")
        }
      }
    }
    problem.capacities[billed].lower = terms.minimum
    problem.capacities[billed].upper = max(most, terms.minimum)
    layout.spans[i].billed = billed
    let share = span.share * money.weightFactor
    let m = terms.period == .month ? calendarMonths().firstIndex { $0.runs == span.runs } : nil
    if !terms.tiers.isEmpty {
      addPowerTiers(&layout, i, key, id, share, m)
    } else if !terms.feeSteps.isEmpty {
      addFeeSteps(&layout, i, key, id, share, m)
    } else {
      pay(id, capacity: billed, terms.rate(month: span.month) * share, growing: terms.escalation, month: m)
    }
  }

  private mutating func addPowerTiers(
    _ layout: inout PeakLayout, _ i: Int, _ key: String, _ id: String, _ share: Double, _ m: Int?
  ) {
    let tiers = layout.terms.tiers
    guard let billed = layout.spans[i].billed else { return }
    var form = LinearForm(capacities: [billed: -1])
    var from = 0.0
    for (k, tier) in tiers.enumerated() {
      let size = problem.capacities.count
      let width = (tier.upTo ?? .infinity) - from
      problem.capacities.append(
        Capacity(
          Label(id, .auxiliary, part: .named("power tier \(k + 1) \(key)")),
          upper: min(width, problem.capacities[billed].upper)
        ))
      pay(id, capacity: size, tier.rate * share, growing: layout.terms.escalation, month: m)
      form.add(capacity: size, 1)
      layout.spans[i].parts.append(size)
      let falls = tiers[..<k].contains { tier.rate < $0.rate - 1e-12 }
      layout.spans[i].orders.append(
        falls
          ? addOrder(
            full: [layout.spans[i].parts[k - 1]], width: from - (k > 1 ? tiers[k - 2].upTo ?? 0 : 0), then: [size],
            name: "power tier \(k + 1) \(key)", id: id) : nil)
      from = tier.upTo ?? from
    }
    problem.yearlyRows.append(
      YearlyRow(Label(id, .limit, part: .named("power tiers \(key)")), form, lower: 0, upper: 0))
  }

  /// A fee by steps: a whole number says that the billed power reaches a step.
  private mutating func addFeeSteps(
    _ layout: inout PeakLayout, _ i: Int, _ key: String, _ id: String, _ share: Double, _ m: Int?
  ) {
    let steps = layout.terms.feeSteps
    guard let billed = layout.spans[i].billed else { return }
    let most = max(problem.capacities[billed].upper, steps.dropLast().last?.upTo ?? 0)
    func edge(_ k: Int) -> Double { steps[k].upTo.map(PeakLayout.below) ?? most }
    pay(id, steps[0].fee * share, month: m)
    var form = LinearForm(capacities: [billed: 1])
    var before: Int?
    layout.spans[i].orders.append(nil)
    for k in steps.indices.dropFirst() {
      let z = problem.capacities.count
      problem.capacities.append(
        Capacity(Label(id, .auxiliary, part: .named("fee step \(k + 1) \(key)")), upper: 1, choice: .multiples(of: 1)))
      pay(id, capacity: z, (steps[k].fee - steps[k - 1].fee) * share, growing: layout.terms.escalation, month: m)
      form.add(capacity: z, -(edge(k) - edge(k - 1)))
      if let before {
        problem.yearlyRows.append(
          YearlyRow(
            Label(id, .limit, part: .named("fee step \(k + 1) \(key)")), LinearForm(capacities: [before: 1, z: -1]),
            lower: 0))
      }
      before = z
      layout.spans[i].orders.append(z)
    }
    problem.yearlyRows.append(
      YearlyRow(Label(id, .limit, part: .named("fee \(key)")), form, upper: edge(0)))
  }
}
