import TulouDemand
import TulouDocument
import TulouQuantities
import TulouTechnologies

/// A kind of appliance as written.
struct ApplianceInput: Sendable {
  var count = 1.0
  var power = 0.0
  var share = 1.0
  var hours: Node?
  var days: Node?
  var months: Node?

  static let table = FieldTable<ApplianceInput>(
    "an appliance",
    [
      .note("name", "Free text."),
      .number("count", \.count, .number, .silent("1"), in: Bounds(0, 1e7, "between 0 and ten million"), "How many."),
      .number("power", \.power, .power, .required, in: .notNegative, "Power of one that runs."),
      .number(
        "share", \.share, .share, .silent("100 %"), in: .share,
        "Share that runs at the same time within its hours: duty times simultaneity."),
      .node("hours", \.hours, .list(.text), "Hours of the day, such as \"18:00-22:00\"; left out: all."),
      .node("days", \.days, .list(.text), "workdays, weekend, holidays or days of the week; left out: all."),
      .node("months", \.months, .list(.text), "Months; left out: all."),
    ])
}

/// A building, or all of a kind, as written.
struct BuildingInput: Sendable {
  var use: String?
  var floorArea: Double?
  var land: Double?
  var floorAreaRatio: Double?
  var persons: Double?
  var benchmark: Node?
  var profile: Node?
  var loadDensity: Double?
  var diversity = 1.0

  static let uses = DemandBenchmark.all.map(\.name)
  static let perArea = Measure("an energy per area and year", in: "kWh/m2/y", example: "68 kWh/m2/y")
  static let density = Measure("a power per area", in: "kW/m2", example: "64 W/m2")
  static let table = FieldTable<BuildingInput>(
    "a building",
    [
      .note("name", "Free text."),
      .reference("use", to: "use", \.use, "Kind of use that has a benchmark: \(uses.joined(separator: ", "))."),
      .number("floor_area", \.floorArea, .area, in: .notNegative, "Floor area."),
      .number("land", \.land, .area, in: .notNegative, "With 'floor_area_ratio', in place of the floor area: land.")
        .needing("floor_area_ratio"),
      .number(
        "floor_area_ratio", \.floorAreaRatio, .number, in: Bounds(0, 50, "between 0 and 50"), "Floor per land."
      ).needing("land"),
      .number("persons", \.persons, .number, in: .notNegative, "In place of the floor area: persons."),
      .node(
        "benchmark", \.benchmark, .number([perArea, .energyPerYear]),
        "Energy per floor area and year, or per person and year; left out: that of 'use', listed as approximate."),
      .node(
        "profile", \.profile, .either([.reference("archetype"), .table("profile")]),
        "Shape over the hours; left out: that of 'use'."),
      .number(
        "load_density", \.loadDensity, density, in: .notNegative,
        "Connected load per floor area; the hours are checked against it times 'diversity'."
      ).needing("floor_area", "land"),
      .number(
        "diversity", \.diversity, .share, .silent("100 %"), in: .positiveShare,
        "Share of the connected load that comes at once."
      ).needing("load_density"),
    ])
}

extension Decoding {
  /// Power of a list of appliances in each step [kW], `Σ count · power · share` within their hours; nil after a diagnostic.
  mutating func appliances(_ node: Node) -> [Double]? {
    let example =
      "[{name: lamps, count: 200, power: 9 W, share: 60 %, hours: [\"18:00-23:00\"]}], or {file: appliances.csv}"
    guard let list = listOrRows(node, example: example) else { return nil }
    var sum = [Double](repeating: 0, count: horizon.steps)
    let before = diagnostics.count
    for (name, item) in list {
      within(name) { inner in
        var input = ApplianceInput()
        let count = inner.diagnostics.count
        inner.read(ApplianceInput.table, item, into: &input)
        guard inner.diagnostics[count...].allSatisfy({ $0.severity != .error }),
          let filter = inner.calendarFilter(
            hours: input.hours, days: input.days, months: input.months, at: item.mark)
        else { return }
        if filter.isRest {
          inner.error("'rest' has no meaning for an appliance.", at: (item["hours"] ?? item).mark)
          return
        }
        let power = input.count * input.power * input.share
        for t in sum.indices where filter.contains(inner.horizon.civil(t), inner.calendar) { sum[t] += power }
      }
    }
    return diagnostics[before...].allSatisfy { $0.severity != .error } ? sum : nil
  }
}

extension ProjectDecoder {
  /// Power of a stock of buildings in each step [kW]: equation (1) for the energy, equation (2) as a check of the peak.
  func readBuildings(
    _ node: Node, _ demand: DemandInput, _ entry: Node.Entry, _ place: Surroundings.Place, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [Double]? {
    let example = "[{use: office, floor_area: 12000 m2}], or {file: buildings.csv}"
    guard let list = decoding.listOrRows(node, example: example) else { return nil }
    var sum = [Double](repeating: 0, count: decoding.horizon.steps)
    var complete = true
    for (name, item) in list {
      decoding.within(name) { inner in
        guard let power = building(item, "\(entry.key)-\(name)", demand, place, surroundings, &inner) else {
          complete = false
          return
        }
        for t in sum.indices { sum[t] += power[t] }
      }
    }
    return complete ? sum : nil
  }

  private func building(
    _ node: Node, _ id: String, _ demand: DemandInput, _ place: Surroundings.Place, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [Double]? {
    var input = BuildingInput()
    let before = decoding.diagnostics.count
    decoding.read(BuildingInput.table, node, into: &input)
    guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    let known = input.use.flatMap { use in DemandBenchmark.all.first { $0.name == use } }
    if let use = input.use, known == nil {
      decoding.error(
        "There is no benchmark for '\(Node.short(use))'.",
        advice: nearestName(to: use, among: BuildingInput.uses).map { "Did you mean '\($0)'?" }
          ?? "Uses: \(BuildingInput.uses.joined(separator: ", ")).", at: (node["use"] ?? node).mark)
      return nil
    }
    var area = input.floorArea
    if area != nil { decoding.idle(["land", "floor_area_ratio"], of: node, because: "'floor_area' is given") }
    if let land = input.land, let ratio = input.floorAreaRatio, area == nil { area = land * ratio }
    guard (area == nil) != (input.persons == nil) else {
      decoding.error(
        "A building has either 'floor_area' (or 'land' with 'floor_area_ratio') or 'persons'.", at: node.mark)
      return nil
    }
    guard let annual = energy(input, node, area: area, known, &decoding) else { return nil }
    var profiled = DemandInput()
    profiled.annual = .text("\(annual) kWh/y", mark: node.mark)
    profiled.profile = input.profile ?? known.map { .text($0.archetype, mark: node.mark) }
    profiled.seed = demand.seed
    guard
      let power = readProfile(
        profiled, Node.Entry(key: id, mark: node.mark, value: node), place, surroundings, &decoding)
    else { return nil }
    if let density = input.loadDensity, let area {
      // Equation (2): P = density x floor x diversity.
      let planned = density * area * input.diversity, peak = power.max() ?? 0
      if peak > planned * (1 + 1e-9) {
        decoding.warning(
          "The hours reach \(peak.plain) kW, but the connected load with its diversity is \(planned.plain) kW.",
          advice: "Check 'load_density' and 'benchmark'; one of them does not fit the other.", at: node.mark)
      }
    }
    return power
  }

  /// Energy of a year, equation (1): area or persons times the benchmark [kWh].
  private func energy(
    _ input: BuildingInput, _ node: Node, area: Double?, _ known: DemandBenchmark?, _ decoding: inout Decoding
  ) -> Double? {
    let amount = area ?? input.persons ?? 0
    if let benchmark = input.benchmark {
      let measure = area == nil ? Measure.energyPerYear : BuildingInput.perArea
      return decoding.within("benchmark") { $0.number(benchmark, measure, in: .notNegative) }.map { $0 * amount }
    }
    guard let known, known.basis == (area == nil ? .person : .floorArea) else {
      decoding.error(
        "A building needs 'benchmark', or a 'use' that has one per \(area == nil ? "person" : "floor area").",
        advice: "For example 'benchmark: \(area == nil ? "900 kWh/y" : "68 kWh/m2/y")'.", at: node.mark)
      return nil
    }
    decoding.within("benchmark") {
      $0.assume(
        "\(known.energy.plain) kWh per \(area == nil ? "person" : "m2") and year", source: known.source,
        kind: .approximate)
    }
    return known.annual(amount: amount)
  }
}
