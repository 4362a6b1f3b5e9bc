package import TulouAccounts
package import TulouDocument
import TulouQuantities

/// From a table of exergy (YAML or JSON) to its cases (`tulou exergy FILE`; Documentation/methods/exergy.md).
package enum ExergyTableReader {
  /// The table of a file; throws everything that is wrong with it at once.
  package static func read(path: String) throws(ProjectFault) -> ExergyTable {
    try read(text: ProjectReader.text(path: path), path: path)
  }

  /// The table of a text that stands at `path`.
  package static func read(text: String, path: String) throws(ProjectFault) -> ExergyTable {
    var reading = ExergyTableReading(
      document: try YamlDocument.node(text, file: 0, name: path), source: SourceText(name: path, text: text))
    let table = reading.table()
    guard reading.faults.isEmpty else { throw ProjectFault(reading.faults) }
    return table
  }
}

/// One reading, with what it found wrong.
private struct ExergyTableReading {
  let document: Node
  let source: SourceText
  var faults: [Diagnostic] = []

  private mutating func fault(_ message: String, _ advice: String = "", at node: Node) {
    let line = node.mark.line
    let shown = line > 0 && line <= source.lines.count ? source.lines[line - 1] : ""
    faults.append(
      Diagnostic(
        .error, message, advice: advice,
        at: Diagnostic.Place(
          file: source.name, line: line, column: max(1, node.mark.column), source: String(shown.prefix(200)))))
  }

  /// Keys of people's texts, beside `x-` keys.
  private static let remarks: Set<String> = ["source", "rules", "units", "expected", "tolerance", "note", "own_check"]
  /// What a table may hold beside its inputs: results, which are computed anew.
  private static let results: Set<String> = ["exergy", "exergy_in", "exergy_out", "destroyed", "efficiency"]

  /// Keys that may have a value for each hour.
  private static let hourly: Set<String> = ["heat", "cold", "t0"]

  private mutating func refuseOthers(in node: Node, than known: Set<String>) {
    for entry in node.entries ?? []
    where !known.contains(entry.key) && !Self.remarks.contains(entry.key) && !entry.key.hasPrefix("x-") {
      let near = nearestName(to: entry.key, among: known.sorted())
      fault(
        "There is no key '\(Node.short(entry.key))' here.",
        near.map { "Did you mean '\($0)'?" } ?? "Keys: \(known.sorted().joined(separator: ", ")).", at: entry.value)
    }
  }

  mutating func table() -> ExergyTable {
    var table = ExergyTable()
    refuseOthers(in: document, than: ["cases"])
    guard let items = document["cases"]?.items, !items.isEmpty else {
      fault(
        "A table of exergy has a list 'cases'.", "For example 'cases: [{kind: electricity, electricity: 1}]'.",
        at: document)
      return table
    }
    for (i, item) in items.enumerated() {
      guard item.entries != nil else {
        fault("A case is a mapping, found \(item.kindName).", at: item)
        continue
      }
      let name = item["name"]?.text ?? "case \(i + 1)"
      guard let content = content(item) else { continue }
      table.cases.append(ExergyCase(name: name, content: content))
      refuseGain(content, name, at: item)
    }
    return table
  }

  private mutating func content(_ node: Node) -> ExergyCase.Content? {
    if node["streams"] != nil { return plant(node).map { .plant($0) } }
    if node["in"] != nil || node["out"] != nil {
      refuseOthers(in: node, than: Self.results.union(["name", "in", "out"]))
      let taken = amounts(node, "in"), given = amounts(node, "out")
      return .component(taken: taken, given: given)
    }
    return amount(node, further: Self.results.union(["name"])).map { .amount($0) }
  }

  /// What gives more exergy than enters it breaks the second law: a heat pump above Carnot, heat that goes to a warmer loop.
  private mutating func refuseGain(_ content: ExergyCase.Content, _ name: String, at node: Node) {
    func refuse(_ name: String, _ balance: ExergyBalance, _ tolerance: Double, at node: Node) {
      guard balance.destroyed < -tolerance * max(abs(balance.taken), abs(balance.given)) else { return }
      fault(
        "The component '\(Node.short(name))' gives \(shortNumber(balance.given, digits: 6)) of exergy, but takes only \(shortNumber(balance.taken, digits: 6)): the second law forbids it.",
        "Look at its temperatures and at what enters: heat does not flow to a warmer loop, no machine beats Carnot's.",
        at: node)
    }
    switch content {
    case .amount: return
    case .component(let taken, let given):
      refuse(name, ExergyBalance(taken: taken, given: given), 1e-9, at: node)
    case .plant(let plant):
      // Streams of a simulated plant are known to its own tolerance.
      for component in plant.components {
        refuse(
          component.name, plant.balance(component), 1e-6, at: node["components"]?[component.name] ?? node)
      }
    }
  }

  private mutating func amounts(_ node: Node, _ key: String) -> [ExergyAmount] {
    guard let items = node[key]?.items else {
      fault("A component has a list '\(key)'.", at: node[key] ?? node)
      return []
    }
    var found: [ExergyAmount] = []
    for item in items {
      if let amount = amount(item, further: []) { found.append(amount) }
    }
    return found
  }

  private mutating func amount(_ node: Node, further: Set<String>) -> ExergyAmount? {
    enum Kind: String, CaseIterable { case heat, cold, hourly, electricity, ambient, wind, fuel }
    guard let word = node["kind"]?.text, let kind = Kind(rawValue: word) else {
      fault(
        "'kind' is \(node["kind"]?.kindName ?? "missing").",
        "Kinds: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).", at: node["kind"] ?? node)
      return nil
    }
    let keys: [String] =
      switch kind {
      case .heat, .hourly: ["heat", "supply", "return", "t0"]
      case .cold: ["cold", "supply", "return", "t0"]
      case .electricity: ["electricity"]
      case .ambient: ["heat"]
      case .wind: ["density", "area", "speed"]
      case .fuel: ["amount", "heating_value", "factor"]
      }
    refuseOthers(in: node, than: further.union(keys).union(["kind"]))
    let before = faults.count
    var values: [[Double]] = []
    for key in keys { values.append(numbers(node, key, isList: Self.hourly.contains(key))) }
    guard faults.count == before else { return nil }
    switch kind {
    case .heat, .hourly, .cold:
      let count = max(values[0].count, values[3].count)
      for values in [values[0], values[3]] where values.count != 1 && values.count != count {
        fault("Lists of \(values.count) and \(count) values do not belong together.", at: node)
        return nil
      }
      return kind == .cold
        ? .cold(values[0], supply: values[1][0], return: values[2][0], ambient: values[3])
        : .heat(values[0], supply: values[1][0], return: values[2][0], ambient: values[3])
    case .electricity: return .electricity(values[0][0])
    case .ambient: return .ambient(values[0][0])
    case .wind: return .wind(density: values[0][0], area: values[1][0], speed: values[2][0])
    case .fuel: return .fuel(amount: values[0][0], heatingValue: values[1][0], factor: values[2][0])
    }
  }

  /// The numbers of a key, temperatures above absolute zero; never empty where there is no fault.
  private mutating func numbers(_ node: Node, _ key: String, isList: Bool) -> [Double] {
    guard let value = node[key] else {
      fault("'\(key)' is missing.", "Give it a number without unit: kWh (or kW), degC, kg/m3, m2, m/s.", at: node)
      return [.nan]
    }
    let items = (isList ? value.items : nil) ?? [value]
    let isTemperature = ["supply", "return", "t0"].contains(key)
    if items.isEmpty { fault("'\(key)' is empty.", at: value) }
    return items.map { item in
      guard let number = number(item, key), number.isFinite else {
        fault(
          "'\(key)' is \(item.kindName), but has to be a number"
            + (Self.measures[key].map { " or \($0.name), '\($0.example)'" } ?? "") + ".",
          "Numbers without unit are in kWh (or kW), degC, kg/m3, m2, m/s.", at: item)
        return .nan
      }
      if isTemperature, number <= -273.15 {
        fault("'\(key)' is \(number) degC, at or below absolute zero.", at: item)
      } else if ["density", "area", "speed", "factor", "heating_value"].contains(key), number < 0 {
        fault("'\(key)' is \(number), but has to be at least 0.", at: item)
      }
      return number
    }
  }

  /// What a key takes with a unit.
  private static let measures: [String: Measure] = [
    "heat": .energy, "cold": .energy, "electricity": .energy, "supply": .temperature, "return": .temperature,
    "t0": .temperature, "area": .area, "speed": .speed, "factor": .share,
  ]

  /// A number in the table's unit, bare or with a unit of its own: an energy in MWh, a power in MW, a temperature in K.
  private func number(_ item: Node, _ key: String) -> Double? {
    guard let text = item.text else { return nil }
    if let number = Double(text) { return number }
    guard let measure = Self.measures[key], let quantity = Quantity.reading(text) else { return nil }
    for measure in measure == .energy ? [measure, .power] : [measure] where measure.takes(quantity.unit) {
      return measure.value(quantity.number, in: quantity.unit)
    }
    let isKelvin = measure == .temperature && Measure.temperatureDifference.takes(quantity.unit)
    return isKelvin ? Measure.temperatureDifference.value(quantity.number, in: quantity.unit) - 273.15 : nil
  }

  private mutating func plant(_ node: Node) -> ExergyPlant? {
    refuseOthers(in: node, than: ["name", "t0", "p0", "streams", "components", "system"])
    let before = faults.count
    var streams: [String: Double] = [:]
    for entry in node["streams"]?.entries ?? [] {
      refuseOthers(
        in: entry.value,
        than: [
          "kind", "exergy", "flow", "temperature", "pressure", "physical", "chemical", "composition",
        ])
      if entry.value["exergy"] != nil {
        streams[entry.key] = numbers(entry.value, "exergy", isList: false)[0]
      } else if entry.value["flow"] != nil, entry.value["physical"] != nil || entry.value["chemical"] != nil {
        let flow = numbers(entry.value, "flow", isList: false)[0]
        let parts = ["physical", "chemical"].filter { entry.value[$0] != nil }
        streams[entry.key] = flow * parts.reduce(0) { $0 + numbers(entry.value, $1, isList: false)[0] }
      } else {
        fault(
          "The stream '\(entry.key)' has no exergy.",
          "Give 'exergy' [kW], or 'flow' [kg/s] with 'physical' and 'chemical' [kJ/kg].",
          at: entry.value)
      }
    }
    var components: [ExergyPlant.Component] = []
    for entry in node["components"]?.entries ?? [] {
      refuseOthers(
        in: entry.value, than: ["class", "in", "out", "fuel", "product", "destroyed", "efficiency"])
      components.append(
        ExergyPlant.Component(
          name: entry.key, inlets: names(entry.value, "in", streams), outlets: names(entry.value, "out", streams)))
    }
    if components.isEmpty { fault("A plant has 'components'.", at: node) }
    let system = node["system"].map { part in
      var system = ExergyPlant.System()
      refuseOthers(
        in: part,
        than: [
          "fuel_in", "fuel_out", "product_in", "product_out", "loss_in", "loss_out", "fuel", "product", "loss",
          "destroyed", "efficiency",
        ])
      system.fuelIn = names(part, "fuel_in", streams)
      system.fuelOut = names(part, "fuel_out", streams)
      system.productIn = names(part, "product_in", streams)
      system.productOut = names(part, "product_out", streams)
      system.lossIn = names(part, "loss_in", streams)
      system.lossOut = names(part, "loss_out", streams)
      return system
    }
    return faults.count == before ? ExergyPlant(streams: streams, components: components, system: system) : nil
  }

  private mutating func names(_ node: Node, _ key: String, _ streams: [String: Double]) -> [String] {
    (node[key]?.items ?? []).compactMap { item in
      guard let name = item.text, streams[name] != nil else {
        fault("There is no stream \(item.kindName).", at: item)
        return nil
      }
      return name
    }
  }
}
