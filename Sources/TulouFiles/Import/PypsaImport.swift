import Foundation
import TulouDocument
import TulouQuantities

/// A network of PyPSA, as `network.export_to_csv_folder` or `network.export_to_netcdf` writes it.
///
/// PyPSA knows no units: powers are taken as kW, energies as kWh. `capital_cost` is a yearly sum, so it becomes `operation`;
/// sizes, capital and marginal costs of links are per kW of input, emissions per unit of primary energy (output / efficiency).
struct PypsaImport {
  private let tables: PypsaTables
  private let currency: String
  private var project = ForeignProject(yaml: "", origin: "PyPSA")
  private var ids: [String: String] = [:]
  private var carriers: [String: Double] = [:]
  private var busCarrier: [String: String] = [:]
  /// Series by the name of their column in `series.csv`.
  private var series: [(name: String, cells: [String])] = []
  private var years = 1.0

  static func read(_ tables: PypsaTables, currency: String) throws(ProjectFault) -> ForeignProject {
    var reader = PypsaImport(tables: tables, currency: currency)
    try reader.read()
    reader.project.left += tables.unknown.map { "variable '\($0)'" }
    return reader.project
  }

  private init(tables: PypsaTables, currency: String) {
    self.tables = tables
    self.currency = currency
  }

  private func table(_ name: String) throws(ProjectFault) -> [[String: String]] { try tables.rows(name) }

  private func fault(_ message: String, _ advice: String) -> ProjectFault {
    ProjectFault([Diagnostic(.error, message, advice: advice, at: Diagnostic.Place(file: tables.path))])
  }

  private func number(_ row: [String: String], _ key: String, _ fallback: Double) -> Double {
    guard let text = row[key], !text.isEmpty else { return fallback }
    if text == "inf" { return .infinity }
    return Double(text) ?? fallback
  }
  private func isTrue(_ row: [String: String], _ key: String, _ fallback: Bool = false) -> Bool {
    row[key].map { $0.isEmpty ? fallback : $0 == "True" } ?? fallback
  }

  private mutating func id(_ name: String) -> String {
    if let known = ids[name] { return known }
    var id = ForeignProject.id(name)
    while ids.values.contains(id) { id += "-2" }
    ids[name] = id
    return id
  }

  private mutating func read() throws(ProjectFault) {
    for row in try table("carriers") { carriers[row["name"] ?? ""] = number(row, "co2_emissions", 0) }
    let time = try horizon()
    var yaml = ["tulou: 1", "name: \(YamlText.scalar((try table("network")).first?["name"] ?? "PyPSA"))"]
    yaml += [
      "site: {time_zone: UTC}", time, "economy: {currency: \(currency), real_discount_rate: 0 %, lifetime: 20 y}",
    ]
    yaml += try buses()
    let demands = try loads()
    let (components, markets) = try machines()
    if !demands.isEmpty { yaml += ["demands:"] + demands }
    if !components.isEmpty { yaml += ["components:"] + components }
    if !markets.isEmpty { yaml += ["markets:"] + markets }
    yaml += try limits()
    project.yaml = yaml.joined(separator: "\n") + "\n"
    if let count = series.first?.cells.count {
      var text = series.map(\.name).joined(separator: ",") + "\n"
      for t in 0..<count { text += series.map { $0.cells[t] }.joined(separator: ",") + "\n" }
      project.files.append(("series.csv", text))
    }
    project.notes += [
      "PyPSA has no units: kW and kWh, and the currency \(currency)",
      "capital_cost is a yearly sum there, not a purchase price: it stands under 'operation'",
      "sizes, capital and marginal costs of links are per kW of input",
      "marginal costs are per kWh of output, emissions per kWh of input (output / efficiency)",
      "the objective of Tulou is a year's cost" + (years == 1 ? "" : ": PyPSA's divided by \(years.plain)"),
    ]
    for name in ["lines", "transformers", "shunt_impedances", "sub_networks", "line_types", "processes"]
    where !(try table(name)).isEmpty {
      project.left.append(
        "\(name).csv: \((try table(name)).count) entries; lines with impedance have no place here, links do")
    }
  }

  /// One period with its weight.
  private mutating func horizon() throws(ProjectFault) -> String {
    let rows = try table("snapshots")
    guard rows.count >= 2, let first = rows[0]["snapshot"], let next = rows[1]["snapshot"],
      let a = TimeStamps.parse(Array(first.utf8)[...])?.wall, let b = TimeStamps.parse(Array(next.utf8)[...])?.wall
    else {
      throw fault(
        "snapshots.csv holds no times in its column 'snapshot'.", "Export a network whose snapshots are times.")
    }
    let step = b - a
    for (i, row) in rows.enumerated() {
      guard TimeStamps.parse(Array((row["snapshot"] ?? "").utf8)[...])?.wall == a + i * step else {
        throw fault("The snapshots are not equal steps: row \(i + 2) of snapshots.csv.", "Bring one period at a time.")
      }
    }
    let weight = number(rows[0], "objective", 1)
    guard rows.allSatisfy({ number($0, "objective", 1) == weight && number($0, "generators", 1) == weight }) else {
      throw fault(
        "The weights of snapshots differ from row to row, or those of the objective from those of generators.",
        "Bring one period at a time.")
    }
    guard ((a % 86_400) + 86_400) % 86_400 == 0 else {
      throw fault("The snapshots do not begin at midnight.", "Begin at the start of a day.")
    }
    let stores = number(rows[0], "stores", 1)
    let hours = Double(step) / 3600
    if stores != hours {
      project.left.append(
        "snapshot_weightings.stores \(stores.plain): stores go by the length of a step, \(hours.plain) h")
    }
    let perStep = weight / hours
    let length = Double(rows.count) * hours
    let day = CivilDate(dayNumber: a / 86_400)
    let yearHours = Double(CivilDate.hours(inYear: day.year))
    years = length * perStep / yearHours
    if abs(years - 1) < 1e-9 { years = 1 }
    project.notes.append(
      "weights: objective and generators \(weight.plain), stores \(stores.plain) (the length of a step for stores)")
    return "periods: [{start: \(day), length: \(length.plain) h, step: \(hours.plain) h, weight: \(perStep)}]"
  }

  private mutating func buses() throws(ProjectFault) -> [String] {
    var lines = ["buses:"], own: Set<String> = []
    for row in try table("buses") {
      let name = row["name"] ?? ""
      let carrier = row["carrier"].flatMap { $0.isEmpty ? nil : $0 } ?? "AC"
      let word: String
      switch carrier.lowercased() {
      case "ac", "dc", "electricity", "power": word = "electricity"
      case "heat", "hydrogen", "cold": word = carrier.lowercased()
      default:
        word = id(carrier)
        own.insert(word)
      }
      busCarrier[name] = word
      lines.append("  \(id(name)): {carrier: \(word)}")
      let unused = ["v_nom", "x", "y", "location", "country"].filter { row[$0].map { !$0.isEmpty } ?? false }
      if !unused.isEmpty {
        project.notes.append("\(unused.joined(separator: ", ")) of bus '\(name)' are not used in its balance")
      }
    }
    guard !own.isEmpty else { return lines }
    return ["carriers:"] + own.sorted().map { "  \($0): {kind: fuel}" } + lines
  }

  /// Values of a thing over time, or its one value: as YAML.
  private mutating func value(
    _ kind: String, _ row: [String: String], _ key: String, _ fallback: Double, unit: String
  ) throws(ProjectFault) -> (yaml: String, isSeries: Bool, value: Double) {
    let name = row["name"] ?? ""
    let table = try table("\(kind)-\(key)")
    if let first = table.first, first[name] != nil {
      let column = "\(id(name))_\(key)"
      series.append((column, table.map { $0[name] ?? "" }))
      return ("{file: series.csv, column: \(column)" + (unit.isEmpty ? "" : ", unit: \(unit)") + "}", true, 0)
    }
    let one = number(row, key, fallback)
    return (unit.isEmpty ? "\(one.plain)" : "\(one.plain) \(unit)", false, one)
  }

  private mutating func loads() throws(ProjectFault) -> [String] {
    var lines: [String] = []
    for row in try table("loads") {
      let name = row["name"] ?? ""
      let power = try value("loads", row, "p_set", 0, unit: "kW")
      lines.append("  \(id(name)): {bus: \(id(row["bus"] ?? "")), power: \(power.yaml)}")
      leave(row, of: "load '\(name)'", but: ["name", "bus", "p_set", "carrier", "type"])
    }
    return lines
  }

  /// Keys that are written and not carried over.
  private mutating func leave(_ row: [String: String], of what: String, but known: Set<String>) {
    let neutral: Set<String> = ["", "0.0", "0", "1.0", "1", "inf", "-inf", "False", "nan"]
    for (key, text) in row.sorted(by: { $0.key < $1.key })
    where !known.contains(key) && !neutral.contains(text) && !key.hasSuffix("_opt") {
      project.left.append("\(what): \(key) = \(text)")
    }
  }

  private func capacity(_ row: [String: String], _ size: String, unit: String) -> String {
    let nominal = number(row, size, 0)
    guard isTrue(row, "\(size)_extendable") else { return "{fixed: \(nominal.plain) \(unit)}" }
    let low = number(row, "\(size)_min", 0), high = number(row, "\(size)_max", .infinity)
    return "{min: \(low.plain) \(unit)" + (high.isFinite ? ", max: \(high.plain) \(unit)" : "") + "}"
  }

  /// Yearly cost of a unit of size and cost of a unit of energy.
  private func operation(_ row: [String: String], energy: Bool = false) -> String {
    let yearly = number(row, "capital_cost", 0) / years, marginal = number(row, "marginal_cost", 0)
    var parts: [String] = []
    if yearly != 0 { parts.append("\(yearly) \(currency)/\(energy ? "kWh" : "kW")/y") }
    if marginal != 0 { parts.append("\(marginal) \(currency)/kWh") }
    if energy { return yearly == 0 ? "" : ", operation: {energy: \(yearly) \(currency)/kWh/y}" }
    return parts.isEmpty ? "" : ", operation: " + (parts.count == 1 ? parts[0] : "[\(parts.joined(separator: ", "))]")
  }

  private mutating func machines() throws(ProjectFault) -> (components: [String], markets: [String]) {
    var components: [String] = [], markets: [String] = []
    for row in try table("generators") {
      let name = row["name"] ?? "", bus = id(row["bus"] ?? "")
      let carrier = row["carrier"] ?? ""
      let emission = (carriers[carrier] ?? 0) / number(row, "efficiency", 1)
      let cost = try value("generators", row, "marginal_cost", 0, unit: "\(currency)/kWh")
      if cost.isSeries, !isTrue(row, "p_nom_extendable") {
        markets.append(
          "  \(id(name)): {bus: \(bus), class: N, buy: \(cost.yaml), limit: {buy: \(number(row, "p_nom", 0).plain) kW}"
            + (emission > 0 ? ", emission: \(emission) kg/kWh" : "") + "}")
        continue
      }
      if cost.isSeries { project.left.append("generator '\(name)': its hourly marginal_cost, as its size is free") }
      let share = try value("generators", row, "p_max_pu", 1, unit: "")
      let word = carrier.lowercased()
      let energyClass =
        word.contains("solar") || word.contains("pv")
        ? "S.sun"
        : word.contains("wind")
          ? "W"
          : word.contains("hydro") || word == "ror" ? "S.hydro" : word.contains("bio") ? "B" : "N"
      components.append(
        "  \(id(name)): {kind: source, bus: \(bus), class: \(energyClass), availability: \(share.isSeries ? share.yaml : "\((share.value * 100).plain) %"), capacity: \(capacity(row, "p_nom", unit: "kW"))\(operation(row))"
          + (emission > 0 ? ", emission: \(emission) kg/kWh" : "") + "}")
      leave(
        row, of: "generator '\(name)'",
        but: [
          "name", "bus", "carrier", "p_nom", "p_nom_extendable", "p_nom_min", "p_nom_max", "marginal_cost",
          "capital_cost", "efficiency", "p_max_pu", "control", "type", "lifetime", "build_year",
        ])
    }
    for row in try table("storage_units") { components.append(try storageUnit(row)) }
    for row in try table("stores") { components.append(try store(row)) }
    for row in try table("links") { try link(row, &components) }
    return (components, markets)
  }

  private mutating func storageUnit(_ row: [String: String]) throws(ProjectFault) -> String {
    let name = row["name"] ?? ""
    leave(
      row, of: "storage unit '\(name)'",
      but: [
        "name", "bus", "carrier", "p_nom", "p_nom_extendable", "p_nom_min", "p_nom_max", "capital_cost",
        "cyclic_state_of_charge", "max_hours", "efficiency_store", "efficiency_dispatch", "standing_loss",
        "state_of_charge_initial", "lifetime", "build_year",
      ])
    let yearly = number(row, "capital_cost", 0) / years
    return
      "  \(id(name)): {kind: storage, bus: \(id(row["bus"] ?? "")), capacity: \(capacity(row, "p_nom", unit: "kW")), hours: \(number(row, "max_hours", 1).plain) h"
      + ", efficiency: {charge: \((number(row, "efficiency_store", 1) * 100).plain) %, discharge: \((number(row, "efficiency_dispatch", 1) * 100).plain) %}"
      + loss(row) + (yearly == 0 ? "" : ", operation: {power: \(yearly) \(currency)/kW/y}")
      + (isTrue(row, "cyclic_state_of_charge") ? "" : ", initial: 0 %") + "}"
  }

  private mutating func store(_ row: [String: String]) throws(ProjectFault) -> String {
    let name = row["name"] ?? ""
    leave(
      row, of: "store '\(name)'",
      but: [
        "name", "bus", "carrier", "e_nom", "e_nom_extendable", "e_nom_min", "e_nom_max", "capital_cost", "e_cyclic",
        "standing_loss", "e_initial", "lifetime", "build_year",
      ])
    return
      "  \(id(name)): {kind: storage, bus: \(id(row["bus"] ?? "")), capacity: \(capacity(row, "e_nom", unit: "kWh")), round_trip: 100 %"
      + loss(row) + operation(row, energy: true) + (isTrue(row, "e_cyclic") ? "" : ", initial: 0 %") + "}"
  }

  private func loss(_ row: [String: String]) -> String {
    let loss = number(row, "standing_loss", 0)
    return loss == 0 ? "" : ", standing_loss: \((loss * 100).plain) %/h"
  }

  /// A link by the carriers that it joins.
  private mutating func link(_ row: [String: String], _ components: inout [String]) throws(ProjectFault) {
    let name = row["name"] ?? "", from = row["bus0"] ?? "", to = row["bus1"] ?? "", third = row["bus2"] ?? ""
    leave(
      row, of: "link '\(name)'",
      but: [
        "name", "bus0", "bus1", "bus2", "carrier", "efficiency", "efficiency2", "p_nom", "p_nom_extendable",
        "p_nom_min", "p_nom_max", "capital_cost", "marginal_cost", "lifetime", "build_year", "type", "length",
      ])
    let share = try value("links", row, "efficiency", 1, unit: "")
    let start = busCarrier[from] ?? "", end = busCarrier[to] ?? ""
    let head = "  \(id(name)): "
    let tail = ", capacity: \(capacity(row, "p_nom", unit: "kW"))\(operation(row))}"
    let percent = share.isSeries ? share.yaml : "\((share.value * 100).plain) %"
    let isFuel = !["electricity", "heat", "cold", "hydrogen"].contains(start)
    if !third.isEmpty {
      let second = number(row, "efficiency2", 1)
      let ends = [end, busCarrier[third] ?? ""]
      guard isFuel, Set(ends) == ["electricity", "heat"], !share.isSeries else {
        project.left.append(
          "link '\(name)' from \(from) to \(to) and \(third): only fuel to electricity and heat has a machine here")
        return
      }
      let electric = end == "electricity"
      let (power, heat) = electric ? (share.value, second) : (second, share.value)
      components.append(
        head
          + "{kind: chp, fuel: \(id(from)), power: \(id(electric ? to : third)), heat: \(id(electric ? third : to)), efficiency: {power: \((power * 100).plain) %, heat: \((heat * 100).plain) %}, rated_at: fuel"
          + tail)
    } else if start == end {
      guard !share.isSeries else {
        return project.left.append("link '\(name)': its hourly efficiency between buses of one carrier")
      }
      components.append(head + "{kind: link, from: \(id(from)), to: \(id(to)), efficiency: \(percent)" + tail)
    } else if start == "electricity", end == "heat" {
      components.append(
        head
          + "{kind: heat-pump, power: \(id(from)), heat: \(id(to)), cop: \(share.isSeries ? share.yaml : share.value.plain), rated_at: power"
          + tail)
    } else if isFuel, end == "heat" {
      components.append(
        head + "{kind: boiler, fuel: \(id(from)), heat: \(id(to)), efficiency: \(percent), rated_at: fuel" + tail)
    } else if isFuel, end == "electricity" {
      components.append(
        head + "{kind: generator, fuel: \(id(from)), power: \(id(to)), efficiency: \(percent), rated_at: fuel" + tail)
    } else {
      project.left.append("link '\(name)' from \(start) to \(end): no machine of Tulou joins these carriers")
    }
  }

  private mutating func limits() throws(ProjectFault) -> [String] {
    for row in try table("global_constraints") {
      let name = row["name"] ?? ""
      let type = row["type"].flatMap { $0.isEmpty ? nil : $0 } ?? "primary_energy"
      let attribute = row["carrier_attribute"].flatMap { $0.isEmpty ? nil : $0 } ?? "co2_emissions"
      guard type == "primary_energy", attribute == "co2_emissions", row["sense"] == "<=" else {
        project.left.append("global constraint '\(name)' of type \(type), sense \(row["sense"] ?? "")")
        continue
      }
      if row["type"] == nil {
        project.notes.append(
          "global_constraints.csv has no type and no carrier_attribute: primary_energy and co2_emissions, as PyPSA takes them"
        )
      }
      return ["limits: {co2: {max: \(number(row, "constant", 0) / years) kg/y}}"]
    }
    return []
  }
}
