package import TulouQuantities

/// A number that may grow over the years.
package struct Amount: Sendable, Equatable {
  /// Value in the measure's unit, money in the project's currency.
  package var value: Double
  /// Real yearly growth [1/y].
  package var escalation: Double
  /// Dimension of the unit as written.
  package var written: Dimension
  /// Index of the measure that it was read by, where several would do.
  package var measure: Int
  /// Where it stands.
  package var mark: Mark
}

extension Decoding {
  /// What converts a natural amount of a fuel to energy: kWh per m3 or kg.
  package struct HeatingValue: Sendable, Equatable {
    /// Lower heating value [kWh per unit].
    package var value: Double
    /// Dimension of the unit that it is per: a volume or a mass.
    package var per: Dimension
    /// A heating value.
    package init(value: Double, per: Dimension) {
      self.value = value
      self.per = per
    }
  }

  /// Reads a number of one of several measures; nil after a diagnostic.
  ///
  /// It is text such as `4.2 kW`, or a mapping `{value, source, range, escalation, scale}`.
  package mutating func amount(_ node: Node, _ measures: [Measure], fuel: HeatingValue? = nil) -> Amount? {
    guard node.entries != nil else { return plainAmount(node, measures, fuel: fuel) }
    var value: Amount?
    var scale = 1.0
    var escalation = 0.0
    var seen = false
    for entry in node.entries ?? [] {
      within(entry.key) { inner in
        switch entry.key {
        case "value":
          seen = true
          value = inner.plainAmount(entry.value, measures, fuel: fuel)
        case "scale": scale = inner.number(entry.value, .share) ?? 1
        case "escalation": escalation = inner.number(entry.value, .ratePerYear) ?? 0
        case "range": inner.checkRange(entry.value, measures, fuel: fuel)
        case "source": inner.noteSource(entry.value, of: node)
        default: inner.unknown(entry, among: ["value", "source", "range", "escalation", "scale"], in: "a number")
        }
      }
    }
    if !seen { error("'\(key)' takes \(Decoding.list(measures)), but has no 'value'.", at: node.mark) }
    if let before = value {
      value?.value *= scale
      value?.escalation = escalation
      guard isHeld(before.value * scale, by: measures[before.measure], as: "\(before.value) x \(scale)", at: node.mark)
      else { return nil }
    }
    return value
  }

  /// Reads a number that does not grow, with the unit it was written in; nil after a diagnostic.
  package mutating func steadyAmount(
    _ node: Node, _ measures: [Measure], in bounds: Bounds = .any, fuel: HeatingValue? = nil
  ) -> Amount? {
    guard let amount = amount(node, measures, fuel: fuel) else { return nil }
    guard bounds.contains(amount.value) else {
      error("'\(key)' is \(Node.short(node.writtenNumber)), but has to be \(bounds.words).", at: node.mark)
      return nil
    }
    guard amount.escalation == 0 else {
      error("'\(key)' cannot grow over the years.", at: (node["escalation"] ?? node).mark)
      return nil
    }
    return amount
  }

  /// Reads a number that does not grow; nil after a diagnostic.
  package mutating func number(_ node: Node, _ measure: Measure, fuel: HeatingValue? = nil) -> Double? {
    guard let amount = amount(node, [measure], fuel: fuel) else { return nil }
    if amount.escalation != 0 { error("'\(key)' cannot grow over the years.", at: node.mark) }
    return amount.value
  }

  /// Text that has to be a quantity.
  package mutating func quantity(_ node: Node, takes expected: String) -> Quantity? {
    guard let text = node.text, !node.isEmpty else {
      error("'\(key)' takes \(expected), not \(node.kindName).", at: node.mark)
      return nil
    }
    do throws(Quantity.Failure) {
      return try Quantity(text)
    } catch {
      switch error {
      case .noNumber(let advice):
        self.error("'\(Node.short(text))' is not \(expected).", advice: advice, at: node.mark)
      case .noUnit(let symbol, let suggestion):
        self.error(
          "'\(Node.short(symbol))' is not a unit.", advice: suggestion.map { "Did you mean '\($0)'?" } ?? "",
          at: node.mark)
      }
      return nil
    }
  }

  /// What a list of measures takes, in words.
  static func list(_ measures: [Measure]) -> String {
    measures.map { "\($0.name) such as '\($0.example)'" }.joined(separator: ", or ")
  }

  private mutating func plainAmount(_ node: Node, _ measures: [Measure], fuel: HeatingValue?) -> Amount? {
    guard let quantity = quantity(node, takes: Decoding.list(measures)) else { return nil }
    return convert(quantity.number, in: quantity.unit, as: quantity.text, measures, fuel: fuel, at: node.mark)
  }

  /// A number in a unit, brought to the first measure that takes it.
  package mutating func convert(
    _ number: Double, in unit: Unit, as text: String, _ measures: [Measure], fuel: HeatingValue?, at mark: Mark
  ) -> Amount? {
    for (i, measure) in measures.enumerated() where measure.takes(unit) {
      guard let rate = exchangeRate(unit, at: mark) else { return nil }
      let value = measure.value(number, in: unit) * rate
      guard isHeld(value, by: measure, as: text, at: mark) else { return nil }
      return Amount(value: value, escalation: 0, written: unit.dimension, measure: i, mark: mark)
    }
    // A fuel's volume or mass stands for its energy by lower heating value.
    if let fuel {
      for power in [1, -1] {
        for (i, measure) in measures.enumerated() {
          let energetic = unit.dimension.adding(fuel.per, power: -power).adding(Dimension(energy: 1), power: power)
          guard energetic == measure.unit.dimension, let rate = exchangeRate(unit, at: mark) else { continue }
          let base = number * unit.numerator / unit.denominator * (power > 0 ? fuel.value : 1 / fuel.value)
          let value = base * measure.unit.denominator / measure.unit.numerator * rate
          guard isHeld(value, by: measure, as: text, at: mark) else { return nil }
          return Amount(value: value, escalation: 0, written: energetic, measure: i, mark: mark)
        }
      }
    }
    if unit.text.isEmpty || unit.text == "1" {
      error(
        "'\(Node.short(text))' has no unit; '\(key)' takes \(Decoding.list(measures)).", at: mark)
    } else {
      let written = unit.isCelsius ? "a temperature" : unit.dimension.name
      error(
        "'\(Node.short(text))' is \(written), but '\(key)' takes \(Decoding.list(measures)).",
        advice: Decoding.advice(wrong: unit, measures), at: mark)
    }
    return nil
  }

  /// Whether a value is one that a plan can hold; an error otherwise.
  mutating func isHeld(_ value: Double, by measure: Measure, as text: String, at mark: Mark) -> Bool {
    if measure.holds(value) { return true }
    error("'\(key)' is \(Node.short(text)), but has to be \(measure.extentWords).", at: mark)
    return false
  }

  private static func advice(wrong unit: Unit, _ measures: [Measure]) -> String {
    let wanted = measures.map(\.unit.dimension)
    if unit.dimension == Dimension(temperature: 1), wanted.contains(unit.dimension) {
      return unit.isCelsius ? "A difference of temperatures is written in 'K'." : "A temperature is written in 'degC'."
    }
    if unit.dimension == Dimension(energy: 1), wanted.contains(Dimension(energy: 1, time: -1)) {
      return "Power is energy per hour: 'kW', not 'kWh'."
    }
    if unit.dimension == Dimension(energy: 1, time: -1), wanted.contains(Dimension(energy: 1)) {
      return "Energy is power times hours: 'kWh', not 'kW'."
    }
    return ""
  }

  /// How many units of the project's currency the unit's currencies are worth, exponents included.
  private mutating func exchangeRate(_ unit: Unit, at mark: Mark) -> Double? {
    var rate = 1.0
    for money in unit.currencies where money.code != currency && money.code != "¤" {
      guard let one = exchange[money.code] else {
        error(
          "'\(money.code)' has no exchange rate to the project's currency '\(currency)'.",
          advice: "Add 'exchange: {\(money.code): 1.0 \(currency)/\(money.code)}' under 'economy'.", at: mark)
        return nil
      }
      for _ in 0..<abs(money.power) { rate = money.power > 0 ? rate * one : rate / one }
    }
    return rate
  }

  private mutating func checkRange(_ node: Node, _ measures: [Measure], fuel: HeatingValue?) {
    guard let items = node.items, items.count == 2 else {
      error("'range' takes a list of two numbers, [low, high].", at: node.mark)
      return
    }
    let ends = items.compactMap { plainAmount($0, measures, fuel: fuel)?.value }
    if ends.count == 2, ends[0] > ends[1] { error("'range' begins above its end.", at: node.mark) }
  }

  private mutating func noteSource(_ node: Node, of number: Node) {
    guard let text = node.text else {
      error("'source' takes a text, not \(node.kindName).", at: node.mark)
      return
    }
    let lower = text.lowercased()
    guard lower.contains("approx") || lower.contains("assum") || lower.contains("from memory") else { return }
    let before = path
    path = String(path.dropLast(".source".count))
    assume(number["value"]?.text ?? "", source: text, kind: .approximate)
    path = before
  }

  /// Refuses a key that is not known, naming the nearest one that is. Keys that begin with `x-` are the user's own.
  package mutating func unknown(_ entry: Node.Entry, among names: [String], in what: String) {
    guard !entry.key.hasPrefix("x-") else { return }
    let nearest = nearestName(to: entry.key, among: names)
    error(
      "'\(Node.short(entry.key))' is not a key of \(what).",
      advice: nearest.map { "Did you mean '\($0)'?" } ?? "Keys here: \(names.joined(separator: ", ")).",
      at: entry.mark)
  }
}
