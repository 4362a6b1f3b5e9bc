import TulouDocument
import TulouQuantities
import TulouShares
import TulouTechnologies

/// A representative day of a study of kind `shares` as written; power in kW, energy in kWh.
struct ShareSeasonInput: Sendable {
  var days = 0.0
  var ambient = 0.0
  var demands: [Node?] = [nil, nil, nil, nil]
  var sun = 4.0
  var collectors = 5.0
  var troughs = 4.5
  var charging: [Double] = []

  private static let paper = "Energies 2018, 11(4), 1007: its mid-season day"

  static let table = FieldTable<ShareSeasonInput>(
    "a season of the share model",
    [
      .number("days", \.days, .number, .required, in: .positive, "Days of the year that it stands for."),
      .number(
        "ambient", \.ambient, .temperature, .required, in: Bounds(-60, 50, "between -60 degC and 50 degC"),
        "Temperature of the surroundings, against which exergy is counted."),
      demand("electricity", 0, "Electricity for light and machines."),
      demand("heating", 1, "Space heating."), demand("hot_water", 2, "Hot water."), demand("cooling", 3, "Cooling."),
      .number(
        "sun", \.sun, .time, .value("4 h", source: paper), in: Bounds(0, 24, "between 0 h and 24 h"),
        "Hours at full power of photovoltaics on such a day."),
      .number(
        "collectors", \.collectors, .time, .value("5 h", source: paper), in: Bounds(0, 24, "between 0 h and 24 h"),
        "Hours at full power of solar collectors on such a day."),
      .number(
        "troughs", \.troughs, .time, .value("4.5 h", source: paper), in: Bounds(0, 24, "between 0 h and 24 h"),
        "Hours at full power of trough power on such a day."),
      Field(
        "charging", .list(.number([.power])), "Charging of vehicles in each of 24 hours, beside the electricity demand."
      ) {
        $0.charging = $2.day($1) ?? []
      },
    ])

  private static func demand(_ name: String, _ carrier: Int, _ sentence: String) -> Field<ShareSeasonInput> {
    Field(name, .table("share demand"), sentence + " Left out: none.") { root, node, _ in root.demands[carrier] = node }
  }
}

/// A demand of a representative day as written.
struct ShareDemandInput: Sendable {
  var peak: Double?
  var energy: Double?
  var hours: [Double]?

  static let table = FieldTable<ShareDemandInput>(
    "a demand of the share model",
    [
      .number("peak", \.peak, .power, in: .notNegative, "Highest hour of the day; with 'energy' in place of 'hours'."),
      .number("energy", \.energy, .energy, in: .notNegative, "Energy of the day; with 'peak' in place of 'hours'."),
      Field("hours", .list(.number([.power])), "Each of the 24 hours, in place of 'peak' and 'energy'.") {
        $0.hours = $2.day($1)
      },
    ])
}

/// Variables that are held, as tables of keys.
enum ShareTables {
  /// Shares and storages that are held at a value on every day.
  static let held = FieldTable<[ShareVariable: Double]>(
    "what is held of the share model",
    ShareVariable.allCases.map { variable in
      let measure: Measure = variable.isStorage ? (variable.isPower ? .power : .energy) : .share
      return Field(variable.key, .number([measure]), sentence(variable)) { root, node, decoding in
        guard let value = decoding.number(node, measure, in: variable.isStorage ? .notNegative : .share) else { return }
        root[variable] = variable.isStorage ? value / 1000 : value
      }
    })

  private static func sentence(_ variable: ShareVariable) -> String {
    variable.isStorage
      ? "Size of \(variable.name) that is held." : "Share that is held on every day: \(variable.name)."
  }

  /// Numbers that the paper does not print, each with default and source.
  static let numbers = FieldTable<ShareAssumptions>(
    "the numbers of the share model",
    ShareAssumptions().entries.map { entry in
      let unit = ShareUnit(entry)
      let text = "\(entry.value.plain) \(unit.suffix)"
      return Field(
        entry.name.split(separator: ".").joined(separator: "_"), .number([unit.measure]),
        .value(unit.suffix.isEmpty ? entry.value.plain : text, source: entry.source),
        "\(entry.name.split(separator: ".").joined(separator: ", ")) [\(entry.unit)]."
      ) { root, node, decoding in
        guard let value = decoding.number(node, unit.measure, in: unit.bounds) else { return }
        _ = root.set(entry.name, value * unit.scale, source: entry.source)
      }
    })
}

/// How a number of the share model is written in a file, and by what it is multiplied to be in the model's unit.
private struct ShareUnit {
  var measure: Measure
  var suffix: String
  var bounds: Bounds
  var scale = 1.0

  init(_ entry: ShareAssumptions.Entry) {
    switch entry.unit {
    case "EUR/kW": (measure, suffix, bounds) = (CapacityMeasure.perKilowatt, "EUR/kW", .notNegative)
    case "EUR/kWh": (measure, suffix, bounds) = (.price, "EUR/kWh", .notNegative)
    case "%/y of capital", "%/y": (measure, suffix, bounds, scale) = (.ratePerYear, "%/y", .notNegative, 100)
    case "% of capital": (measure, suffix, bounds, scale) = (.share, "%", .notNegative, 100)
    case "y": (measure, suffix, bounds) = (.years, "y", .life)
    case "h/y": (measure, suffix, bounds) = (.time, "h", Bounds(1, 8784, "between 1 h and 8784 h"))
    case "degC": (measure, suffix, bounds) = (.temperature, "degC", Bounds(-50, 400, "between -50 degC and 400 degC"))
    case "1/y": (measure, suffix, bounds) = (.number, "", .notNegative)
    default: (measure, suffix, bounds) = (.number, "", .positive)
    }
  }
}

private enum CapacityMeasure {
  static let perKilowatt = Measure("money per kW", in: "¤/kW", example: "900 EUR/kW")
}

extension Decoding {
  /// 24 hours of power [MW]; nil after a diagnostic.
  fileprivate mutating func day(_ node: Node) -> [Double]? {
    guard let hours = numberList(node, .power, in: .notNegative) else { return nil }
    guard hours.count == 24 else {
      error("'\(key)' has \(hours.count) values; a day has 24 hours.", at: node.mark)
      return nil
    }
    return hours.map { $0 / 1000 }
  }
}

extension ProjectDecoder {
  /// The question of a study of kind `shares`; nil after a diagnostic.
  func readShares(_ input: StudyInput, _ entry: Node.Entry, _ decoding: inout Decoding) -> ShareModelQuestion? {
    guard decoding.currency == "EUR" || decoding.exchange["EUR"] != nil else {
      decoding.error(
        "The share model's prices are in EUR, and 'economy' has no rate of exchange to \(decoding.currency).",
        advice: "Write 'exchange: {EUR: 1.1 \(decoding.currency)/EUR}' under 'economy'.", at: entry.mark)
      return nil
    }
    var question = ShareModelQuestion()
    let before = decoding.diagnostics.count
    question.seasons = readSeasons(input.seasons, entry, &decoding)
    if let node = input.hold {
      decoding.within("hold") { inner in
        inner.read(ShareTables.held, node, into: &question.held)
        ProjectDecoder.checkSums(question.held, node, &inner)
      }
    }
    decoding.within("numbers") { inner in
      inner.read(
        ShareTables.numbers, input.numbers ?? Node(.mapping([]), mark: entry.mark), into: &question.assumptions)
    }
    ProjectDecoder.readMethod(input, entry, &question, &decoding)
    return decoding.diagnostics[before...].allSatisfy { $0.severity != .error } ? question : nil
  }

  private static func readMethod(
    _ input: StudyInput, _ entry: Node.Entry, _ question: inout ShareModelQuestion, _ decoding: inout Decoding
  ) {
    let node = entry.value, ours = "our assumption"
    switch input.method {
    case .genetic: question.method = .genetic
    case .nsga2, nil: question.method = .nsga2
    default:
      decoding.within("method") {
        $0.error(
          "A study of kind 'shares' is searched by 'nsga2' or 'genetic'.", at: (node["method"] ?? node).mark)
      }
    }
    decoding.assume("method", "nsga2", source: ours, in: node)
    question.basis = input.basis ?? .deviceOutput
    decoding.assume("basis", ShareBasis.deviceOutput.rawValue, source: ours, in: node)
    question.lossLimit = input.lossOfSupply ?? 0
    decoding.assume("loss_of_supply", "0 %", source: "the basic scenarios of Energies 2018, 11(4), 1007", in: node)
    question.population = input.population ?? 100
    decoding.assume("population", "100", source: ours, in: node)
    question.generations = input.generations ?? 300
    decoding.assume("generations", "300", source: ours, in: node)
    question.exergyWeight = input.exergyWeight ?? 0.5
    if question.method == .genetic {
      decoding.assume("exergy_weight", "50 %", source: "equal weights of Energies 2018, 11(4), 1007", in: node)
    } else {
      decoding.idle(["exergy_weight"], of: node, because: "it belongs to 'method: genetic'; NSGA-II weighs nothing")
    }
  }

  private func readSeasons(_ node: Node?, _ entry: Node.Entry, _ decoding: inout Decoding) -> [ShareSeason] {
    guard let node else {
      decoding.error(
        "A study of kind 'shares' needs 'seasons': representative days with their demands.",
        advice:
          "For example 'seasons: {winter: {days: 365, ambient: 8 degC, electricity: {peak: 27 MW, energy: 275 MWh}}}'.",
        at: entry.mark)
      return []
    }
    return decoding.within("seasons") { outer in
      let before = outer.diagnostics.count
      let seasons = outer.things(node).compactMap { one in outer.within(one.key) { readSeason(one, &$0) } }
      guard outer.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return [] }
      let sum = seasons.reduce(0) { $0 + $1.days }
      if abs(sum - 365) > 0.5, abs(sum - 366) > 0.5 {
        outer.error(
          "The days of the seasons add up to \(sum.plain); a year has 365.",
          advice: "Change 'days', so that every day of the year is in one season.", at: node.mark)
      }
      return seasons
    }
  }

  private func readSeason(_ entry: Node.Entry, _ decoding: inout Decoding) -> ShareSeason? {
    var input = ShareSeasonInput()
    let before = decoding.diagnostics.count
    decoding.read(ShareSeasonInput.table, entry.value, into: &input)
    let names = ["electricity", "heating", "hot_water", "cooling"]
    let demands = names.enumerated().map { c, name in
      input.demands[c].map { node in
        decoding.within(name) { ProjectDecoder.demand(node, shape: ShareShapes.hours[c], &$0) }
      } ?? ShareDemand(peak: 0, energy: 0, shape: [])
    }
    guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    if demands.allSatisfy({ $0.energy == 0 }), input.charging.isEmpty {
      decoding.error("'\(entry.key)' wants nothing: it has no demand.", at: entry.mark)
      return nil
    }
    return ShareSeason(
      name: entry.key, days: input.days, ambient: input.ambient, demands: demands, sunHours: input.sun,
      collectorHours: input.collectors, troughHours: input.troughs, charging: input.charging)
  }

  private static func demand(_ node: Node, shape: [Double], _ decoding: inout Decoding) -> ShareDemand {
    var input = ShareDemandInput()
    let nothing = ShareDemand(peak: 0, energy: 0, shape: [])
    decoding.read(ShareDemandInput.table, node, into: &input)
    if let hours = input.hours {
      decoding.idle(["peak", "energy"], of: node, because: "'hours' says both")
      return ShareDemand(hours: hours)
    }
    guard let peak = input.peak, let energy = input.energy else {
      if node["hours"] == nil, node["peak"] == nil || node["energy"] == nil {
        decoding.error("A demand of the share model has 'peak' and 'energy', or 'hours'.", at: node.mark)
      }
      return nothing
    }
    guard energy <= 24 * peak, energy >= peak else {
      decoding.error(
        "A day with a peak of \(peak.plain) kW has between \(peak.plain) kWh and \((24 * peak).plain) kWh, not \(energy.plain) kWh.",
        at: (node["energy"] ?? node).mark)
      return nothing
    }
    decoding.assume("hours", "shape of the day", source: ShareShapes.source, in: node)
    return ShareDemand(peak: peak / 1000, energy: energy / 1000, shape: shape)
  }

  /// Shares of one demand, and of the waste heat, add up to at most one.
  private static func checkSums(_ held: [ShareVariable: Double], _ node: Node, _ decoding: inout Decoding) {
    let groups: [[ShareVariable]] =
      ShareCarrier.allCases.map { carrier in ShareVariable.allCases.filter { $0.carrier == carrier } }
      + [[.wasteToHeating, .wasteToWater, .wasteToCooling]]
    for group in groups {
      let sum = group.reduce(0) { $0 + (held[$1] ?? 0) }
      guard sum > 1 + 1e-9, let last = group.last(where: { held[$0] != nil }) else { continue }
      decoding.within(last.key) {
        $0.error(
          "Shares that are held add up to \((100 * sum).plain) %; with '\(last.key)' they exceed the whole.",
          advice: "Shares of one demand, and of the waste heat, add up to 100 % at most.",
          at: (node[last.key] ?? node).mark)
      }
    }
  }
}
