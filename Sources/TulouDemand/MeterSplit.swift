package import TulouDocument
import TulouQuantities

/// Splits metered electricity into what only electricity can do and the heat and cold that it made.
///
/// `metered = EL + (SH - SH') / η_SH + (DHW - DHW') / η_DHW + (CC - CC') / COP` in every step, with SH space heat, DHW hot water,
/// CC cooling, and what others make of them (a solar tank) primed. A part is known, or found by the change-point model of
/// `TemperatureSplit`, or placed as an amount with a shape; amounts are kept within their day, never above the meter.
/// - Source: Lu, Yang, Alanne 2018, Energies 11(4), 1007, section 3.2; change points: Kissock, Haberl, Claridge 2003,
///   "Inverse modeling toolkit", ASHRAE Transactions 109(2), 425-434.
package struct MeterSplit: Sendable, Equatable {
  /// What electricity made besides its own work.
  package enum Part: String, Sendable, CaseIterable {
    /// Space heat.
    case spaceHeat = "space_heat"
    /// Hot water.
    case hotWater = "hot_water"
    /// Cooling.
    case cooling
  }

  /// How much of a part there is.
  package enum Amount: Sendable, Equatable {
    /// What the meter shows of it over the outdoor temperature; not for hot water.
    case fitted
    /// The heat or cold of each step [kW].
    case known([Double])
    /// Heat or cold of each step [kW], moved within its day where the meter shows less.
    case placed([Double])
    /// A share [-] of what does not follow the temperature, with this shape as far as the meter leaves room.
    case share(Double, shape: [Double])
  }

  /// A part as it is made.
  package struct Use: Sendable, Equatable {
    /// Heat or cold per electricity [-].
    package var performance: Double
    /// How much.
    package var amount: Amount
    /// What others make of it [kW]; empty: nothing.
    package var byOthers: [Double]
    /// A part.
    package init(performance: Double, amount: Amount, byOthers: [Double] = []) {
      self.performance = performance
      self.amount = amount
      self.byOthers = byOthers
    }
  }

  /// Electricity proper [kW].
  package private(set) var electricity: [Double]
  /// Heat or cold of each part [kW], with what others make.
  package private(set) var made: [Part: [Double]] = [:]
  /// Electricity of each part [kW].
  package private(set) var taken: [Part: [Double]] = [:]
  /// The change points, where a part was fitted.
  package private(set) var fit: TemperatureSplit?

  /// Splits a meter.
  ///
  /// - Parameters:
  ///   - metered: Power [kW].
  ///   - temperature: Outdoor temperature [degC]; needed where a part is fitted.
  ///   - day: Number of the day of each step, in runs.
  ///   - stepHours: Length of a step [h].
  ///   - uses: The parts that are asked for; the rest stays electricity.
  /// - Throws: where parts take more than the meter shows, or a fit is asked without temperature or 28 whole days.
  package init(
    metered: [Double], temperature: [Double]?, day: [Int], stepHours: Double, uses: [Part: Use]
  ) throws(ProjectFault) {
    var found: [Diagnostic] = []
    for part in Part.allCases {
      guard let use = uses[part] else { continue }
      check(use.performance, in: 0.1...20, "heat or cold per electricity of \(part.rawValue)", "", &found)
      if part == .hotWater && use.amount == .fitted {
        found.append(
          Diagnostic(
            .error, "Hot water does not follow the temperature, so the meter does not show it.",
            advice: "Give 'annual', 'power' or 'share'."))
      }
    }
    if let t = metered.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      found.append(
        Diagnostic(.error, "The metered power of step \(t + 1) is \(metered[t]) kW, but must not be negative."))
    }
    if day.count != metered.count { found.append(Diagnostic(.error, "A split needs the day of every step.")) }
    if !found.isEmpty { throw ProjectFault(found) }
    electricity = metered
    for part in Part.allCases {
      if let use = uses[part], case .known(let wanted) = use.amount {
        take(part, MeterSplit.input(wanted, use))
      }
    }
    try refuseOverdraft(metered)
    try fitParts(uses, temperature, stepHours)
    for part in Part.allCases {
      guard let use = uses[part] else { continue }
      switch use.amount {
      case .fitted, .known: continue
      case .placed(let wanted): take(part, try place(MeterSplit.input(wanted, use), part, day, stepHours))
      case .share(let share, let shape):
        let base = electricity.reduce(0, +), sum = shape.reduce(0, +)
        guard sum > 0 else { throw ProjectFault("The shape of \(part.rawValue) is zero.") }
        take(part, spread(shape.map { $0 * share * base / sum }))
      }
    }
    for part in Part.allCases {
      guard let use = uses[part], let power = taken[part] else { continue }
      made[part] = power.indices.map { t in
        // What is known is kept to the digit, also where others make more than is wanted.
        if case .known(let wanted) = use.amount { return wanted[wanted.count == 1 ? 0 : t] }
        return power[t] * use.performance + use.others(t)
      }
    }
  }

  /// Share of the meter's energy that a part takes [-].
  package func share(_ part: Part) -> Double {
    let parts = (taken[part] ?? []).reduce(0, +)
    let all = electricity.reduce(0, +) + taken.values.reduce(0) { $0 + $1.reduce(0, +) }
    return all > 0 ? parts / all : 0
  }

  private static func input(_ wanted: [Double], _ use: Use) -> [Double] {
    wanted.indices.map { max(0, wanted[$0] - use.others($0)) / use.performance }
  }

  private mutating func take(_ part: Part, _ power: [Double]) {
    taken[part] = power
    for t in electricity.indices { electricity[t] -= power[power.count == 1 ? 0 : t] }
  }

  private mutating func refuseOverdraft(_ metered: [Double]) throws(ProjectFault) {
    let over = electricity.indices.filter { electricity[$0] < -1e-9 * max(1, metered[$0]) }
    if let t = over.first {
      throw ProjectFault(
        "Heat and cold would take \((metered[t] - electricity[t]).plain) kW of the \(metered[t].plain) kW metered in step \(t + 1)"
          + (over.count > 1 ? " and too much in \(over.count - 1) other steps" : "")
          + ", so the split cannot be right.",
        advice: "Check the heat demands, or give a heat pump's performance in place of the heater's efficiency.")
    }
    for t in electricity.indices { electricity[t] = max(0, electricity[t]) }
  }

  private mutating func fitParts(
    _ uses: [Part: Use], _ temperature: [Double]?, _ stepHours: Double
  ) throws(ProjectFault) {
    let wanted = [Part.spaceHeat, .cooling].filter { uses[$0]?.amount == .fitted }
    guard !wanted.isEmpty else { return }
    guard let temperature else {
      throw ProjectFault(
        "What follows the weather cannot be told without the outdoor temperature.",
        advice: "Give a resource with a temperature of the metered hours, or 'annual' or 'power' of the part.")
    }
    let split = try TemperatureSplit(metered: electricity, temperature: temperature, stepHours: stepHours)
    fit = split
    for part in wanted { take(part, part == .spaceHeat ? split.heating : split.cooling) }
    for t in electricity.indices { electricity[t] = max(0, electricity[t]) }
  }

  /// A wanted input, at most what is left of the meter; what finds no room goes to all other steps by their room.
  ///
  /// A share is an estimate, so it may move further than an amount that is known of a day.
  private func spread(_ wanted: [Double]) -> [Double] {
    var result = electricity.indices.map { min(wanted[$0], electricity[$0]) }
    let excess = wanted.reduce(0, +) - result.reduce(0, +)
    let room = electricity.reduce(0, +) - result.reduce(0, +)
    guard excess > 0, room > 0 else { return result }
    let part = min(1, excess / room)
    for t in result.indices { result[t] += (electricity[t] - result[t]) * part }
    return result
  }

  /// Brings a wanted input below what is left of the meter, moving it within its day.
  private func place(
    _ wanted: [Double], _ part: Part, _ day: [Int], _ stepHours: Double
  ) throws(ProjectFault) -> [Double] {
    var result = [Double](repeating: 0, count: electricity.count)
    var start = 0
    while start < electricity.count {
      var end = start
      while end < electricity.count && day[end] == day[start] { end += 1 }
      var excess = 0.0, room = 0.0
      for t in start..<end {
        let want = wanted[wanted.count == 1 ? 0 : t]
        result[t] = min(want, electricity[t])
        excess += want - result[t]
        room += electricity[t] - result[t]
      }
      guard excess <= room * (1 + 1e-12) + 1e-12 else {
        let all = wanted.count == 1 ? wanted[0] * Double(end - start) : wanted[start..<end].reduce(0, +)
        throw ProjectFault(
          "On day \(day[start] - day[0] + 1) \(part.rawValue) would take \((all * stepHours).plain) kWh, but the meter leaves \((electricity[start..<end].reduce(0, +) * stepHours).plain) kWh.",
          advice: "Lower its amount, or raise the heat that a kWh makes.")
      }
      if excess > 0 && room > 0 {
        let part = min(1, excess / room)
        for t in start..<end { result[t] += (electricity[t] - result[t]) * part }
      }
      start = end
    }
    return result
  }
}

extension MeterSplit.Use {
  fileprivate func others(_ t: Int) -> Double { byOthers.isEmpty ? 0 : byOthers[byOthers.count == 1 ? 0 : t] }
}

extension Double {
  /// Three digits behind the point at most.
  fileprivate var plain: String {
    let rounded = (self * 1000).rounded() / 1000
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(saturating: rounded))" : "\(rounded)"
  }
}
