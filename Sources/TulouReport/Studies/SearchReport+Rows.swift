import TulouAccounts
package import TulouDispatch
import TulouDocument
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouTechnologies

extension SearchReport {
  /// A number of each row.
  struct RowColumn {
    /// Key in files, heading on the page.
    var key: String, title: String
    /// Unit; `1` for a share.
    var unit: String
    /// Value.
    var value: (SearchCandidate) -> Double
  }

  /// Whether the emission of some row is at least the number.
  var isCarbonAtLeast: Bool {
    outcome.rows.contains(where: \.isCarbonAtLeast)
      || (outcome.surface?.all.contains { $0.cell.isCarbonAtLeast } ?? false)
  }

  /// The columns of `candidates.csv`, table 2 of the contract, then what single machines do.
  var columns: [RowColumn] {
    var columns = [
      RowColumn(key: "npc", title: "Net present cost", unit: currency, value: \.netPresentCost),
      RowColumn(key: "annual_cost", title: "Cost per year", unit: currency + "/y", value: \.annualCost),
      RowColumn(key: "value", title: "Cost and penalties per year", unit: currency + "/y", value: \.value),
      RowColumn(key: "coe_served", title: "Cost of energy served", unit: currency + "/kWh", value: \.costOfEnergy),
      RowColumn(key: "coe_served_plus_sales", title: "Cost of energy served and sold", unit: currency + "/kWh") {
        $0.served + $0.sold > 0 ? $0.annualCost / ($0.served + $0.sold) : .infinity
      },
      RowColumn(key: "coe_production", title: "Cost of energy produced", unit: currency + "/kWh") {
        $0.produced > 0 ? $0.annualCost / $0.produced : .infinity
      },
      RowColumn(key: "capital", title: "Capital", unit: currency, value: \.capital),
      RowColumn(key: "opex", title: "Operating cost", unit: currency + "/y", value: \.operatingCost),
      RowColumn(key: "rf_direct", title: "Renewable fraction", unit: "1") { $0.renewableFraction ?? .nan },
      RowColumn(
        key: "rf_with_storage", title: "Renewable fraction with storage output", unit: "1",
        value: { $0.renewableFractionWithStorage ?? .nan }),
      RowColumn(key: "co2", title: AtLeast.quantity("CO₂", isCarbonAtLeast), unit: "kg/y", value: \.co2),
      RowColumn(key: "lpsp", title: "Not served", unit: "1", value: \.lossOfPowerSupply),
      RowColumn(key: "capacity_shortage", title: "Capacity shortage", unit: "1", value: \.capacityShortage),
    ]
    for (p, pollutant) in Pollutant.all.enumerated() {
      columns.append(
        RowColumn(key: pollutant.key, title: Scale.pretty(pollutant.name), unit: "kg/y") {
          $0.pollutants.indices.contains(p) ? $0.pollutants[p] : 0
        })
    }
    columns += [
      RowColumn(key: "unserved", title: "Energy not served", unit: "kWh/y", value: \.unserved),
      RowColumn(key: "curtailed", title: "Curtailed", unit: "kWh/y", value: \.curtailed),
      RowColumn(key: "bought", title: "Bought", unit: "kWh/y", value: \.bought),
      RowColumn(key: "sold", title: "Sold", unit: "kWh/y", value: \.sold),
      RowColumn(key: "generated", title: "Made by generators", unit: "kWh/y", value: \.generated),
      RowColumn(key: "fuel", title: "Fuel", unit: "kWh/y", value: \.fuel),
      RowColumn(key: "generator_hours", title: "Hours of generators", unit: "h/y", value: \.generatorHours),
      RowColumn(key: "generator_starts", title: "Starts of generators", unit: "1/y", value: \.generatorStarts),
      RowColumn(key: "land", title: "Land", unit: "m2", value: \.land),
      RowColumn(key: "exergy_eff", title: "Exergy efficiency", unit: "1") { $0.exergyEfficiency ?? .nan },
      RowColumn(key: "gap_to_bound", title: "Above the bound of any plan", unit: "1") { gap($0) ?? .nan },
    ]
    if outcome.valuedInYears > 0 {
      func inYears(_ key: String, _ title: String, _ unit: String, _ value: @escaping (YearsOfDesign) -> Double) {
        columns.append(RowColumn(key: key, title: title, unit: unit) { $0.inYears.map(value) ?? .nan })
      }
      inYears("years_npc", "Net present cost, year by year", currency) { $0.netPresentCost }
      inYears("years_annual_cost", "Cost per year, year by year", currency + "/y") { $0.annualCost }
      inYears("years_value", "Cost and penalties per year, year by year", currency + "/y") { $0.value }
      inYears("years_worst_lpsp", "Not served in the worst year", "1") { $0.worstLoss }
      inYears("years_least_content", "Least content left of a storage", "1") { $0.leastContent }
      inYears("years_replacements", "Replacements", "1") { Double($0.replacements) }
    }
    for (i, part) in outcome.partNames.enumerated() {
      columns.append(
        RowColumn(key: part.key, title: Legend.plain(part.key), unit: part.unit) {
          $0.parts.indices.contains(i) ? $0.parts[i] : .nan
        })
    }
    return columns
  }

  /// `candidates.csv` or `categorized.csv`: one row a design, units in the heading.
  package func csv(_ rows: [SearchCandidate]) -> [UInt8] {
    let columns = columns
    var text = "id,rank,type,dispatch,feasible,reason,warning"
    for side in outcome.sides { text += "," + CSVText.cell("\(side.name) [\(side.unit)]") }
    let marks = rows.contains(where: \.isCarbonAtLeast)
    for column in columns {
      let key = AtLeast.quantity(column.key, marks && column.key == LimitKey.co2.name)
      text += "," + CSVText.cell(column.unit == "1" ? key : "\(key) [\(column.unit)]")
    }
    if marks { text += "," + AtLeast.column }
    text += "\n"
    for (i, row) in rows.enumerated() {
      let rank = row.isFeasible ? outcome.rows.prefix(outcome.ranked).firstIndex(of: row).map { "\($0 + 1)" } : nil
      text += "\(i + 1),\(rank ?? ""),\(CSVText.cell(outcome.type(row))),"
      text += "\(CSVText.cell(outcome.strategy(row).name)),"
      text += "\(row.isFeasible),\(CSVText.cell(outcome.reasons(row).joined(separator: " "))),"
      text += row.warning?.rawValue ?? ""
      for size in row.sizes { text += "," + JSON.digits(size) }
      for column in columns {
        let value = column.value(row)
        text += "," + (value.isFinite ? JSON.digits(value) : "")
      }
      if marks { text += "," + (row.isCarbonAtLeast ? "co2" : "") }
      text += "\n"
    }
    return Array(text.utf8)
  }

  /// `surface.csv`: the best design over any two sizes; empty where there is but one.
  package func surfaceCSV() -> [UInt8] {
    guard let surface = outcome.surface else { return [] }
    var text = "x_size,y_size,x,y,strategy,violation,value [\(currency)/y],npc [\(currency)],capital [\(currency)]"
    let marks = surface.all.contains { $0.cell.isCarbonAtLeast }
    text += ",rf_direct," + AtLeast.quantity("co2", marks) + " [kg/y]"
    for side in outcome.sides { text += "," + CSVText.cell("\(side.name) [\(side.unit)]") }
    if marks { text += "," + AtLeast.column }
    text += "\n"
    for (p, place, cell) in surface.all {
      let (x, y) = surface.pairs[p]
      let width = surface.places[y].count
      text += "\(CSVText.cell(outcome.sides[x].name)),\(CSVText.cell(outcome.sides[y].name)),"
      text += "\(JSON.digits(surface.places[x][place / width])),\(JSON.digits(surface.places[y][place % width])),"
      text += "\(cell.strategy)"
      for number in cell.numbers + cell.sizes { text += "," + (number.isFinite ? JSON.digits(number) : "") }
      if marks { text += "," + (cell.isCarbonAtLeast ? "co2" : "") }
      text += "\n"
    }
    return Array(text.utf8)
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    let columns = columns
    func row(_ row: SearchCandidate) -> JSON {
      let plan = opened.first { $0.row == row }
      var fields: [(String, JSON)] = [
        ("sizes", .object(zip(outcome.sides, row.sizes).map { ($0.name, .number($1)) })),
        ("type", .text(outcome.type(row))), ("dispatch", .text(outcome.strategy(row).name)),
        ("feasible", .text(row.isFeasible ? "yes" : "no")),
        ("reason", .array(outcome.reasons(row).map { .text($0) })), ("violation", .number(row.violation)),
        ("warning", row.warning.map { .text($0.rawValue) } ?? .null),
        ("exact", .text(row.isExact ? "yes" : "no")),
      ]
      fields += columns.map { ($0.key, .number($0.value(row))) }
      if row.isCarbonAtLeast { fields.append((AtLeast.column, .array([.text("co2")]))) }
      fields.append(("command", .text(command(row))))
      if let plan {
        fields.append(("plan", .text(plan.folder)))
        fields.append(("rule_excess", .optional(plan.foresight?.excess)))
      }
      return .object(fields)
    }
    return .object([
      ("tulou", .text(version)), ("project", .text(outcome.project.name)),
      ("status", .text(outcome.isStopped ? "cancelled" : best == nil ? "infeasible" : "feasible")),
      ("solver", .text("rules: " + outcome.strategies.map(\.words).joined(separator: "; "))),
      ("currency", .text(currency)),
      ("units", .object(columns.map { ($0.key, .text($0.unit)) })),
      ("search", state), ("best", best.map(row) ?? .null), ("comparison", comparisonJSON),
      ("categorized", .array(outcome.categories.map(row))), ("candidates", .array(outcome.rows.map(row))),
      ("goals", .array(outcome.goals.map { .text($0.rawValue) })), ("front", .array(outcome.front.map(row))),
      (
        "warnings",
        .array(
          outcome.warnings.map {
            .object([
              ("severity", .text($0.severity.rawValue)), ("path", .text($0.path)), ("message", .text($0.message)),
              ("advice", .text($0.advice)),
            ])
          })
      ),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  /// How the search was made.
  private var state: JSON {
    let strategies = outcome.strategies.map { JSON.text($0.name) }
    let rejected = counts(outcome.rejected), rejectedAlone = counts(outcome.rejectedAlone)
    return .object([
      ("method", .text(outcome.method.rawValue)), ("engine", .text(outcome.engine)),
      ("engine_reasons", .array(outcome.engineReasons.map { .text($0) })),
      ("designs_per_second", .number(outcome.pace)),
      ("fingerprint", .text(outcome.fingerprint)), ("designs", .optional(outcome.gridCount.map(Double.init))),
      ("valued_in_years", .number(Double(outcome.valuedInYears))),
      ("evaluated", .number(Double(outcome.evaluated))), ("feasible", .number(Double(outcome.feasible))),
      ("rejected", rejected), ("rejected_by_nothing_else", rejectedAlone),
      ("strategies", .array(strategies)), ("least_capital", leastCapital),
      ("complete", .text(outcome.isStopped ? "no" : "yes")), ("bound", .optional(outcome.bound)),
      ("seconds", .number(outcome.searchSeconds)),
    ])
  }

  /// Numbers of designs by limit.
  private func counts(_ numbers: [Int]) -> JSON {
    .object(zip(outcome.limits, numbers).map { ($0, .number(Double($1))) })
  }

  /// The design of least capital.
  private var leastCapital: JSON {
    guard let row = outcome.leastCapital else { return .null }
    return .object([
      ("strategy", .number(Double(row.strategy))), ("capital", .number(row.capital)),
      ("npc", .number(row.netPresentCost)),
      ("sizes", .object(zip(outcome.sides, row.sizes).map { ($0.name, .number($1)) })),
    ])
  }
}
