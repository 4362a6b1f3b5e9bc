import TulouDocument
import TulouQuantities
import TulouTechnologies

/// A demand charge, as written.
struct DemandChargeInput: Sendable {
  var rate: Node?
  var monthlyRate: [Double]?
  var tiers: Node?
  var steps: Node?
  var minimum = 0.0
  var ratchet = 0.0
  var ratchetMonths: Node?
  var lookBack: Int?
  var interval: Double?
  var hours: Node?
  var days: Node?
  var times: Node?
  var months: Node?
  var at: Node?
  var on = "purchase"
  var highestDays: Int?

  static let table = FieldTable<DemandChargeInput>(
    "a demand charge",
    [
      .node(
        "rate", \.rate, .number([.demandRate, .demandRatePerYear]),
        "Per highest power and month, with 'escalation' if it grows; per year: paid once on the year's highest power."),
      Field("monthly_rate", .list(.number([.demandRate])), "In place of 'rate': rates of the twelve months.") {
        input, node, decoding in
        guard let values = decoding.numberList(node, .demandRate) else { return }
        if values.count == 12 {
          input.monthlyRate = values
        } else {
          decoding.error("'monthly_rate' takes 12 values, one a month, not \(values.count).", at: node.mark)
        }
      },
      .node(
        "tiers", \.tiers, .list(.table("power tier")),
        "In place of 'rate': each part of the billed power at the rate of its tier."),
      .node(
        "steps", \.steps, .list(.table("fee step")),
        "In place of 'rate': one fee a month, that of the step in which the billed power lies."),
      .number("minimum", \.minimum, .power, .silent("0 kW"), in: .notNegative, "Least billed power of a billed month."),
      .number(
        "ratchet", \.ratchet, .share, .silent("0 %"), in: .share,
        "Share of the highest month that each billed month is billed at least."),
      .node(
        "ratchet_months", \.ratchetMonths, .list(.text),
        "Months whose peaks the ratchet looks at, before or after; left out: all of the horizon."),
      .integer(
        "look_back", \.lookBack, in: 1...1200,
        "How many months before the ratchet looks back, in place of 'ratchet_months'; the months run round the horizon."
      ),
      .number(
        "interval", \.interval, .time, in: .positive,
        "Time over which power is averaged, in blocks from midnight; left out: the step."),
      .node("hours", \.hours, .list(.text), "Hours in which it counts."),
      .node("days", \.days, .list(.text), "Days on which it counts."),
      .node(
        "times", \.times, .list(.table("measured time")),
        "In place of 'hours' and 'days': several times, of which the highest power counts once."),
      .node("months", \.months, .list(.text), "Months that are billed."),
      .node(
        "at", \.at, .list(.text),
        "Begins of the steps that alone count (coincident peaks), such as \"2027-07-17 16:00\", civil time."),
      .choice(
        "on", \.on, PeakTerms.Flow.allCases.map(\.rawValue), .silent("purchase"),
        "Which power is measured: purchase, sale, or both together."),
      .integer(
        "highest_days", \.highestDays, in: 1...31,
        "The mean of so many highest daily peaks of a month is billed, not the one highest."),
    ])
}

/// A time in which power counts, as written.
struct MeasuredTimeInput: Sendable {
  var hours: Node?
  var days: Node?
  static let table = FieldTable<MeasuredTimeInput>(
    "a measured time",
    [
      .node("hours", \.hours, .list(.text), "Hours in which power counts; left out: all."),
      .node("days", \.days, .list(.text), "Days on which power counts; left out: all."),
    ])
}

/// A tier of the billed power, as written.
struct PowerTierInput: Sendable {
  var upTo: Double?
  var rate: Node?
  static let table = FieldTable<PowerTierInput>(
    "a power tier",
    [
      .number("up_to", \.upTo, .power, in: .positive, "Power up to which it holds; the last tier has none."),
      .node("rate", \.rate, .number([.demandRate]), .required, "Per power in the tier and month."),
    ])
}

/// A step of a fee, as written.
struct FeeStepInput: Sendable {
  var upTo: Double?
  var fee = 0.0
  static let table = FieldTable<FeeStepInput>(
    "a fee step",
    [
      .number("up_to", \.upTo, .power, in: .positive, "Power below which it holds; the last step has none."),
      .number("fee", \.fee, .moneyPerMonth, .required, in: .notNegative, "Fee of a month."),
    ])
}

/// A demand charge in both readings.
struct DemandChargeReading {
  var words: Tariff.DemandCharge
  var resolved: Market.DemandCharge
}

extension Decoding {
  /// One demand charge or a list of them.
  mutating func demandCharges(_ node: Node) -> [DemandChargeReading] {
    (node.items ?? [node]).compactMap { demandCharge($0) }
  }

  private mutating func demandCharge(_ node: Node) -> DemandChargeReading? {
    var input = DemandChargeInput()
    let before = diagnostics.count
    read(DemandChargeInput.table, node, into: &input)
    guard var terms = rates(input, node) else { return nil }
    terms.minimum = input.minimum
    terms.ratchet = input.ratchet
    terms.flow = PeakTerms.Flow(rawValue: input.on) ?? .purchase
    terms.highestDays = input.highestDays
    terms.lookBack = input.lookBack
    if let months = input.months { terms.months = within("months") { $0.monthNumbers(months) } }
    if let months = input.ratchetMonths { terms.ratchetMonths = within("ratchet_months") { $0.monthNumbers(months) } }
    checkRatchet(terms, input, node)
    terms.interval = interval(input, node)
    guard let times = measuredTimes(input, terms.interval, node) else { return nil }
    var words = Tariff.DemandCharge(terms)
    var resolved = Market.DemandCharge(terms)
    if let at = input.at {
      if !times.isEmpty || terms.interval != nil || terms.highestDays != nil {
        error(
          "'at' names the steps that count; it goes with no 'hours', 'days', 'interval' or 'highest_days'.", at: at.mark
        )
      }
      words.at = within("at") { inner in
        _ = inner.isFilled(
          at, "no step at all would be measured",
          advice: "Write for example at: [\"2027-07-17 16:00\"], or leave 'at' out for all steps.")
        return (at.items ?? [at]).compactMap { inner.civilMoment($0) }
      }
      resolved.steps = within("at") { $0.steps(of: words.at, at: at.mark) }
    } else if !times.isEmpty {
      words.times = times.map(\.words)
      let calendar = calendar
      resolved.steps = horizon.civilMoments.map { moment in times.contains { $0.filter.contains(moment, calendar) } }
    }
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    return DemandChargeReading(words: words, resolved: resolved)
  }

  /// The times in which power counts, in both readings; empty: all; nil after a diagnostic.
  private mutating func measuredTimes(
    _ input: DemandChargeInput, _ interval: Double?, _ node: Node
  ) -> [(words: CalendarWords, filter: CalendarFilter)]? {
    var inputs: [(MeasuredTimeInput, Node)] = []
    if let times = input.times {
      if input.hours != nil || input.days != nil {
        error(
          "'times' takes the place of 'hours' and 'days'.", advice: "Put them into an entry of 'times'.", at: times.mark
        )
        return nil
      }
      guard let read = within("times", { $0.timeEntries(times) }) else { return nil }
      inputs = read
    } else if input.hours != nil || input.days != nil {
      inputs = [(MeasuredTimeInput(hours: input.hours, days: input.days), node)]
    }
    var times: [(words: CalendarWords, filter: CalendarFilter)] = []
    for (time, item) in inputs {
      guard let filter = calendarFilter(hours: time.hours, days: time.days, months: nil, at: item.mark) else {
        return nil
      }
      if filter.isRest {
        error("'rest' belongs to the bands of a price.", advice: "Write the hours.", at: (time.hours ?? item).mark)
        return nil
      }
      checkEdges(filter, interval, at: (time.hours ?? item).mark)
      times.append((calendarWords(hours: time.hours, days: time.days, months: nil), filter))
    }
    return times
  }

  /// Entries of 'times' as written; nil after a diagnostic.
  private mutating func timeEntries(_ times: Node) -> [(MeasuredTimeInput, Node)]? {
    let example = "times: [{hours: [\"10:00-12:00\"], days: [workdays]}]"
    guard
      isFilled(
        times, "no time at all would be measured",
        advice: "Write for example \(example), or leave 'times' out for all hours.")
    else { return nil }
    guard times.items != nil || times.entries != nil else {
      error("'times' takes a list, not \(times.kindName).", advice: "Write for example \(example).", at: times.mark)
      return nil
    }
    var inputs: [(MeasuredTimeInput, Node)] = []
    for item in times.items ?? [times] {
      guard item.entries != nil else {
        error(
          "An entry of 'times' is a mapping, not \(item.kindName).", advice: "Write for example \(example).",
          at: item.mark)
        return nil
      }
      var time = MeasuredTimeInput()
      read(MeasuredTimeInput.table, item, into: &time)
      if time.hours == nil, time.days == nil {
        error("An entry of 'times' has 'hours', 'days' or both.", at: item.mark)
      }
      inputs.append((time, item))
    }
    return inputs
  }

  /// What it costs: one of four forms.
  private mutating func rates(_ input: DemandChargeInput, _ node: Node) -> PeakTerms? {
    let forms = ["rate", "monthly_rate", "tiers", "steps"].filter { node[$0] != nil }
    guard forms.count == 1 else {
      if node.entries != nil {
        error(
          forms.isEmpty
            ? "A demand charge needs 'rate'."
            : "A demand charge has one of 'rate', 'monthly_rate', 'tiers' and 'steps'.",
          advice: "For example 'rate: 12 \(currency)/kW/month'.", at: node.mark)
      }
      return nil
    }
    if let rateNode = input.rate {
      guard let rate = within("rate", { $0.amount(rateNode, [.demandRate, .demandRatePerYear]) }) else { return nil }
      if rate.value < 0 { error("'rate' is below zero.", at: rateNode.mark) }
      var terms = PeakTerms(rate: rate.value)
      terms.escalation = rate.escalation
      terms.period = rate.measure == 1 ? .year : .month
      return terms
    }
    if let rates = input.monthlyRate {
      if rates.contains(where: { $0 < 0 }) {
        error("'monthly_rate' holds a rate below zero.", at: (node["monthly_rate"] ?? node).mark)
      }
      return PeakTerms(rates: rates)
    }
    var terms = PeakTerms(rates: [])
    if let tiers = input.tiers {
      terms.tiers = within("tiers") { inner in
        inner.powerSteps(tiers, PowerTierInput.table, PowerTierInput(), \.upTo) { tier, deeper in
          guard let node = tier.rate,
            let rate = deeper.within("rate", { $0.number(node, .demandRate, in: .notNegative) })
          else { return nil }
          return PeakTerms.PowerTier(upTo: tier.upTo, rate: rate)
        }
      }
    } else if let steps = input.steps {
      terms.feeSteps = within("steps") { inner in
        inner.powerSteps(steps, FeeStepInput.table, FeeStepInput(), \.upTo) { step, _ in
          PeakTerms.FeeStep(upTo: step.upTo, fee: step.fee)
        }
      }
    }
    return terms.tiers.isEmpty && terms.feeSteps.isEmpty ? nil : terms
  }

  /// A list whose 'up_to' grows and is missing in the last entry alone; empty after a diagnostic.
  private mutating func powerSteps<Input, Step>(
    _ node: Node, _ table: FieldTable<Input>, _ empty: Input, _ upTo: KeyPath<Input, Double?>,
    _ made: (Input, inout Decoding) -> Step?
  ) -> [Step] {
    guard let items = node.items, !items.isEmpty else {
      error("'\(key)' takes a list whose entries have 'up_to', but for the last.", at: node.mark)
      return []
    }
    var steps: [Step] = []
    var last = 0.0
    for (i, item) in items.enumerated() {
      var input = empty
      read(table, item, into: &input)
      guard hasLimit(input[keyPath: upTo] != nil, isLast: i == items.count - 1, at: item.mark) else { return [] }
      if let power = input[keyPath: upTo] {
        guard power > last else {
          error("'up_to' has to grow from entry to entry.", at: item.mark)
          return []
        }
        last = power
      }
      guard let step = made(input, &self) else { return [] }
      steps.append(step)
    }
    return steps
  }

  private mutating func checkRatchet(_ terms: PeakTerms, _ input: DemandChargeInput, _ node: Node) {
    for key in ["ratchet_months", "look_back"] where node[key] != nil && terms.ratchet == 0 {
      error("'\(key)' says which months a ratchet looks at, and there is no 'ratchet'.", at: (node[key] ?? node).mark)
    }
    if node["ratchet_months"] != nil, node["look_back"] != nil {
      error("A ratchet has 'ratchet_months' or 'look_back', not both.", at: (node["look_back"] ?? node).mark)
    }
    tellOfMonths(terms, node)
    if terms.period == .year {
      for key in ["ratchet", "highest_days"] where node[key] != nil {
        error(
          "A rate per year is paid on the year's highest power: '\(key)' belongs to a rate per month.",
          at: (node[key] ?? node).mark)
      }
    }
  }

  /// The interval in hours; nil where a step is as good.
  private mutating func interval(_ input: DemandChargeInput, _ node: Node) -> Double? {
    guard let interval = input.interval, let place = node["interval"] else { return nil }
    return within("interval") { inner in
      let step = inner.horizon.stepHours
      if interval < step - 1e-9 {
        inner.assume(
          "\(Node.short(place.text ?? "")) read as one step",
          source: "means over a step hide the peaks within it", kind: .relaxation)
        return nil
      }
      let steps = interval / step, perDay = 24 / interval
      guard abs(steps - steps.rounded()) < 1e-6 else {
        inner.error(
          "'\(Node.short(place.text ?? ""))' is no multiple of the step of \((step * 60).plain) min.",
          advice: "Power is averaged over whole steps.", at: place.mark)
        return nil
      }
      guard abs(perDay - perDay.rounded()) < 1e-6, perDay > 0.5 else {
        inner.error(
          "'\(Node.short(place.text ?? ""))' does not divide a day.", advice: "Intervals are blocks from midnight.",
          at: place.mark)
        return nil
      }
      return steps.rounded() > 1 ? interval : nil
    }
  }

  /// Hours that count begin and end with an interval.
  private mutating func checkEdges(_ filter: CalendarFilter, _ interval: Double?, at mark: Mark) {
    guard let interval else { return }
    let minutes = interval * 60
    for range in filter.minutes {
      for edge in [range.lowerBound, range.upperBound] {
        let blocks = Double(edge) / minutes
        guard abs(blocks - blocks.rounded()) > 1e-6 else { continue }
        error(
          "The hours begin or end within an interval of \(minutes.plain) min.",
          advice: "Blocks are counted from midnight; choose hours between two of them.", at: mark)
        return
      }
    }
  }

  /// Steps of the horizon that begin at the moments named.
  private mutating func steps(of moments: [CivilMoment], at mark: Mark) -> [Bool] {
    var steps = [Bool](repeating: false, count: horizon.steps)
    var left = Set(moments)
    var days: Set<CivilDate> = []
    for t in 0..<horizon.steps {
      let moment = horizon.civil(t)
      days.insert(moment.date)
      let civil = CivilMoment(moment.date, minute: Int(saturating: (moment.hour * 60).rounded()))
      guard moments.contains(civil) else { continue }
      steps[t] = true
      left.remove(civil)
    }
    for moment in left.sorted(by: { ($0.date, $0.minute) < ($1.date, $1.minute) }) {
      let stamp = Horizon.Moment(date: moment.date, hour: Double(moment.minute) / 60).stamp
      if days.contains(moment.date) {
        error("'\(stamp)' is not the begin of a step.", at: mark)
      } else {
        warning("'\(stamp)' lies outside the horizon, so nothing is measured there.", at: mark)
      }
    }
    return steps
  }
}
