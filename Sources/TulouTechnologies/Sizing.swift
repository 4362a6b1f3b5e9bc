package import TulouDocument
import TulouFinance
package import TulouQuantities

/// The unit that a capacity is counted in, with the measures of what it costs.
struct CapacityUnit: Sendable {
  let name: String
  let measure: Measure
  let capital: Measure
  let yearly: Measure
  let land: Measure
  let embodied: Measure

  init(_ name: String, _ words: String, example: String) {
    self.name = name
    // `m3/h` in a denominator is written `h/m3`.
    let below = name == "m3/h" ? "*h/m3" : "/\(name)"
    measure = Measure(words, in: name, example: "\(example) \(name)")
    capital = Measure("money per \(name)", in: "¤\(below)", example: "900 USD/\(name)")
    yearly = Measure("money per \(name) and year", in: "¤\(below)/y", example: "10 USD/\(name)/y")
    embodied = Measure("mass of CO2 per \(name)", in: "kg\(below)", example: "1100 kg/\(name)")
    land = Measure("land per \(name)", in: "m2\(below)", example: "11 m2/\(name)")
  }

  static let power = CapacityUnit("kW", "a power", example: "4.2")
  static let energy = CapacityUnit("kWh", "an energy", example: "4.2")
  static let area = CapacityUnit("m2", "an area", example: "120")
  static let flow = CapacityUnit("m3/h", "a volume flow", example: "12")
}

/// Costs as read: per unit of capacity by its name, once, and per kWh.
struct CostInput: Sendable {
  var perUnit: [String: Double] = [:]
  var fixed = 0.0
  var escalation = 0.0
  var perKWh: PathSeries?
}

extension Decoding {
  /// Reads `{existing, built, retire, min, max, unit, options, fixed, share_with}`; nil after a diagnostic.
  mutating func size(_ node: Node, part: Size.Part = .only, _ unit: CapacityUnit) -> Size? {
    var input = CapacityInput()
    let before = diagnostics.count
    if node.text != nil {
      error(
        "'\(key)' takes a mapping, not \(node.kindName).",
        advice: "Write '\(key): {max: \(node.text ?? "")}' for a free size, or '{fixed: ...}' for a given one.",
        at: node.mark)
      return nil
    }
    read(CapacityInput.table(unit), node, into: &input)
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    var size = Size(part: part, unit: unit.name)
    size.existing = input.existing
    size.built = input.built
    size.mayRetire = input.retire
    size.minimum = input.minimum ?? 0
    size.maximum = input.maximum
    size.sharedWith = input.shareWith
    if input.fixed != nil { idle(["min", "max"], of: node, because: "'fixed' is the whole capacity") }
    var choices = 0
    if let fixed = input.fixed {
      choices += 1
      size.choice = .fixed(fixed)
      size.minimum = fixed
      size.maximum = fixed
      if fixed < input.existing, !input.retire {
        error(
          "'fixed' is less than 'existing', which stays.", advice: "'retire: true' lets existing plant go.",
          at: node.mark)
      }
    }
    if let step = input.unit {
      choices += 1
      size.choice = .multiples(of: step)
      let machines = input.existing / step
      if input.retire, abs(machines - machines.rounded()) > 1e-6 {
        error("'existing' of machines that may retire one by one is a whole number of 'unit'.", at: node.mark)
      }
    }
    if let options = input.options {
      choices += 1
      let sorted = Array(Set(options)).sorted()
      size.choice = .options(sorted)
      size.maximum = min(size.maximum ?? .infinity, sorted.last ?? 0)
    }
    if choices > 1 { error("A capacity has one of 'fixed', 'unit' and 'options'.", at: node.mark) }
    if choices == 0, input.maximum == nil, input.existing > 0 { size.maximum = input.existing }
    if let maximum = size.maximum {
      if size.minimum > maximum { error("'min' is above 'max'.", at: (node["min"] ?? node).mark) }
      if size.existing > maximum, !input.retire {
        error(
          "'existing' is above 'max', and 'max' bounds the total, existing included.",
          advice: "'retire: true' lets existing plant go.", at: (node["existing"] ?? node).mark)
      }
    }
    if input.retire, input.existing == 0 || input.shareWith != nil {
      error("'retire' lets existing plant go, but 'existing' is not given.", at: (node["retire"] ?? node).mark)
    }
    if size.built != nil && size.existing == 0 {
      error("'built' dates existing plant, but 'existing' is not given.", at: (node["built"] ?? node).mark)
    }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : size
  }

  /// Reads a capital or replacement: a number, or `{fixed, power, energy}`.
  mutating func cost(_ node: Node, _ units: [CapacityUnit]) -> CostInput {
    var result = CostInput()
    guard node.entries != nil, node["value"] == nil else {
      if let amount = amount(node, units.map(\.capital)) {
        checkCost(amount.value, node)
        if amount.escalation != 0 { error("'\(key)' cannot grow over the years.", at: node.mark) }
        result.perUnit[units[amount.measure].name] = amount.value
      }
      return result
    }
    for entry in node.entries ?? [] {
      within(entry.key) { inner in
        if let unit = Decoding.unit(named: entry.key, units) {
          if let value = inner.number(entry.value, unit.capital, in: .notNegative) { result.perUnit[unit.name] = value }
        } else if entry.key == "fixed" {
          result.fixed = inner.number(entry.value, .money, in: .notNegative) ?? 0
        } else {
          inner.unknown(entry, among: ["fixed", "power", "energy"], in: "a cost")
        }
      }
    }
    return result
  }

  /// Reads an operation: a number, a list of them, or `{power, energy, fixed}`. The written `/y` decides.
  mutating func operation(_ node: Node, _ units: [CapacityUnit]) -> CostInput {
    var result = CostInput()
    var growth: [Double] = []
    func note(_ amount: Amount, _ decoding: inout Decoding) {
      if amount.measure < units.count {
        result.perUnit[units[amount.measure].name, default: 0] += amount.value
        growth.append(amount.escalation)
      } else if amount.measure == units.count {
        if result.perKWh != nil { decoding.error("Two costs per kWh stand in one list.", at: amount.mark) }
        result.perKWh = PathSeries(amount.value, escalation: amount.escalation)
      } else {
        result.fixed += amount.value
        growth.append(amount.escalation)
      }
      decoding.checkCost(amount.value, node)
    }
    let measures = units.map(\.yearly) + [.price, .moneyPerYear]
    for item in node.items ?? [node] {
      if item.entries != nil, item["value"] == nil {
        for entry in item.entries ?? [] {
          within(entry.key) { inner in
            if let unit = Decoding.unit(named: entry.key, units) {
              if var amount = inner.amount(entry.value, [unit.yearly]) {
                amount.measure = units.firstIndex { $0.name == unit.name } ?? 0
                note(amount, &inner)
              }
            } else if entry.key == "fixed" {
              if var amount = inner.amount(entry.value, [measures[measures.count - 1]]) {
                amount.measure = measures.count - 1
                note(amount, &inner)
              }
            } else {
              inner.unknown(entry, among: ["fixed", "power", "energy"], in: "an operation")
            }
          }
        }
      } else if let amount = amount(item, measures) {
        note(amount, &self)
      }
    }
    result.escalation = growth.first ?? 0
    if growth.contains(where: { $0 != result.escalation }) {
      error("The yearly costs of one component grow at one rate.", at: node.mark)
    }
    return result
  }

  private static func unit(named key: String, _ units: [CapacityUnit]) -> CapacityUnit? {
    switch key {
    case "energy": units.first { $0.name == "kWh" }
    case "power": units.first { $0.name == "kW" } ?? (units.count == 1 && units[0].name != "kWh" ? units[0] : nil)
    case "area": units.first { $0.name == "m2" }
    default: nil
    }
  }

  private mutating func checkCost(_ value: Double, _ node: Node) {
    if value < 0 { error("'\(key)' is below zero.", at: node.mark) }
  }
}

/// A capacity as it stands in the file.
struct CapacityInput: Sendable {
  var existing = 0.0
  var built: Int?
  var retire = false
  var minimum: Double?
  var maximum: Double?
  var unit: Double?
  var options: [Double]?
  var fixed: Double?
  var shareWith: String?

  static func table(_ unit: CapacityUnit) -> FieldTable<CapacityInput> {
    FieldTable(
      "a capacity",
      [
        .number(
          "existing", \.existing, unit.measure, .silent("0 \(unit.name)"), in: .notNegative, "What stands already."),
        .integer("built", \.built, in: 1900...2200, "Calendar year in which the existing plant was built."),
        .flag(
          "retire", \.retire, .silent("false"),
          "Whether what stands already may go: its operation, replacement and salvage value with it; its capital is sunk."
        ),
        .number("min", \.minimum, unit.measure, in: .notNegative, "Least total, existing included."),
        .number("max", \.maximum, unit.measure, in: .notNegative, "Greatest total, existing included."),
        .number("unit", \.unit, unit.measure, in: .positive, "Size of one machine; new capacity comes in whole ones."),
        .number("fixed", \.fixed, unit.measure, in: .notNegative, "Just this total."),
        .reference("share_with", to: "component", \.shareWith, "Component whose capacity this one uses."),
        Field("options", .list(.number([unit.measure])), "The totals to be had; zero only if listed.") {
          input, node, decoding in
          input.options = decoding.numberList(node, unit.measure, in: .notNegative)
        },
      ])
  }
}

extension Decoding {
  /// Reads `{values: [...], unit: u}`; nil after a diagnostic.
  package mutating func numberList(_ node: Node, _ measure: Measure, in bounds: Bounds = .any) -> [Double]? {
    guard let entries = node.entries, let list = node["values"]?.items, !list.isEmpty else {
      error(
        "'\(key)' needs its unit: write '{values: [1, 2], unit: \(measure.unit)}', not \(node.kindName).", at: node.mark
      )
      return nil
    }
    var scale = 1.0
    for entry in entries {
      switch entry.key {
      case "values", "unit", "source": break
      case "scale": scale = within("scale") { $0.number(entry.value, .share) } ?? 1
      default: unknown(entry, among: ["values", "unit", "source", "scale"], in: "a list of numbers")
      }
    }
    let suffix = node["unit"]?.text.map { " \($0)" } ?? ""
    var result: [Double] = []
    for item in list {
      guard let text = item.text else {
        error("'values' takes numbers, not \(item.kindName).", at: item.mark)
        return nil
      }
      guard let value = number(.text(text + suffix, mark: item.mark), measure, in: bounds) else { return nil }
      result.append(value * scale)
    }
    return result
  }
}

extension Measure {
  /// Money a year.
  static let moneyPerYear = Measure("money per year", in: "¤/y", example: "500 USD/y")
}
