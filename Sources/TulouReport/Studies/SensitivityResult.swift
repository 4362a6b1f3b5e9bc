import TulouAccounts
package import TulouDispatch
import TulouDocument
import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// A sensitivity as it is shown and written.
package struct SensitivityResult: Sendable {
  /// A number of the file that was varied.
  package struct Input: Sendable {
    /// Key path.
    package var path: String
    /// Unit of the values; `1` for factors of something that is not one number.
    package var unit: String
    /// What the file says, in that unit.
    package var base: Double
    /// Settings as written, with their values in that unit.
    package var values: [(setting: String, value: Double)]
    /// An input.
    package init(path: String, unit: String, base: Double, values: [(setting: String, value: Double)]) {
      self.path = path
      self.unit = unit
      self.base = base
      self.values = values
    }
  }

  /// The project as the file has it.
  package var project: Project
  /// What was varied.
  package var inputs: [Input]
  /// How the values were combined.
  package var design: SensitivityDesign
  /// Indicator that is drawn; nil: the value of the objective.
  package var key: String?
  /// Size that was made as small as the limits allow; nil: cost or the project's objective was sought.
  package var least: String?
  /// Who answered in place of plans, e.g. `searched: load following`; empty: plans.
  package var by = ""
  /// Cases asked for.
  package var cases: Int
  /// Cases that are there, in the order of their numbers.
  package var rows: [SensitivityRow]
  /// `optimal` where every case has a proven plan, else `feasible`, `cancelled`, `infeasible`.
  package var status: String
  /// Version of the program.
  package var version: String

  /// A sensitivity.
  package init(
    project: Project, inputs: [Input], design: SensitivityDesign, key: String? = nil, cases: Int,
    rows: [SensitivityRow], status: String, version: String
  ) {
    self.project = project
    self.inputs = inputs
    self.design = design
    self.key = key
    self.cases = cases
    self.rows = rows
    self.status = status
    self.version = version
  }

  /// Unit of what is drawn.
  package var unit: String {
    guard let key else {
      return rows.first { !$0.unit.isEmpty }?.unit ?? project.economy.currency + "/y"
    }
    let declared = IndicatorDeclaration.of(key)?.with(nil, currency: project.economy.currency).unit ?? ""
    return declared == "t/y" ? "kg/y" : declared
  }

  /// Name of what is drawn.
  package var quantity: String {
    if let least { return "Least " + Legend.plain(least) }
    let isAtLeast = rows.contains(where: isAtLeast)
    guard let key else {
      return project.objective == .netPresentCost || !by.isEmpty
        ? "Cost and penalties per year" : AtLeast.quantity(Legend.plain(project.objective.rawValue), isAtLeast)
    }
    return AtLeast.quantity(Legend.indicator(key), isAtLeast)
  }

  /// Whether what is drawn of a case is at least the number.
  private func isAtLeast(_ row: SensitivityRow) -> Bool {
    let drawn = key ?? (by.isEmpty && least == nil ? project.objective.rawValue : "")
    return row.atLeast.contains(drawn)
  }

  /// What is drawn of a case.
  func result(_ row: SensitivityRow) -> Double? {
    guard let key else { return row.value }
    let factor = IndicatorDeclaration.of(key)?.unit == "t/y" ? 1000.0 : 1
    return row.indicators[key].map { $0 * factor }
  }

  private var baseResult: Double? { rows.first { $0.settings.isEmpty }.flatMap(result) }

  /// Result of the case with these settings.
  private func result(_ settings: [String: String]) -> Double? {
    rows.first { $0.settings == settings }.flatMap(result)
  }

  /// The page and its pictures.
  package var report: SensitivityReport {
    var report = SensitivityReport(
      project: project.name, quantity: quantity, unit: unit, base: baseResult ?? .nan,
      inputs: design == .grid && inputs.count > 1
        ? []
        : inputs.map { input in
          SensitivityReport.Input(
            path: input.path, unit: input.unit, base: input.base,
            cases: input.values.map { ($0.value, result([input.path: $0.setting])) })
        }, version: version)
    if design == .grid, inputs.count > 1 { report.grids = grids }
    report.cases = table
    report.cover = project.cover
    report.remarks = remarks
    return report
  }

  /// The first two inputs against each other, a grid for each setting of the others, eight at most.
  private var grids: [SensitivityReport.Grid] {
    var rest: [[(path: String, setting: String)]] = [[]]
    for input in inputs.dropFirst(2) {
      rest = rest.flatMap { held in input.values.map { held + [(input.path, $0.setting)] } }
    }
    return rest.prefix(8).map(grid)
  }

  private func grid(_ rest: [(path: String, setting: String)]) -> SensitivityReport.Grid {
    let fixed = Dictionary(rest.map { ($0.path, $0.setting) }, uniquingKeysWith: { first, _ in first })
    let x = inputs[0], y = inputs[1]
    let across = x.values.sorted { $0.value < $1.value }, up = y.values.sorted { $0.value < $1.value }
    let settings = up.map { b in
      across.map { a in fixed.merging([x.path: a.setting, y.path: b.setting]) { $1 } }
    }
    return SensitivityReport.Grid(
      x: SensitivityReport.Input(path: x.path, unit: x.unit, base: x.base, cases: x.values.map { ($0.value, nil) }),
      y: SensitivityReport.Input(path: y.path, unit: y.unit, base: y.base, cases: y.values.map { ($0.value, nil) }),
      results: settings.map { $0.map(result) },
      systems: settings.map { line in
        line.map { wanted in
          rows.first { $0.settings == wanted }.flatMap { $0.value == nil || $0.system.isEmpty ? nil : $0.system }
        }
      },
      fixed: rest.map { "\($0.path) = \($0.setting)" })
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if rows.count < cases { remarks.append("\(rows.count) of \(cases) cases are here; the study was stopped.") }
    for row in rows where !row.message.isEmpty {
      remarks.append("Case \(row.number) (\(name(row))): \(row.message)")
    }
    for row in rows where row.status == .infeasible {
      remarks.append("Case \(row.number) (\(name(row))): infeasible.")
    }
    let gaps = rows.compactMap(\.gap).filter(\.isFinite)
    if !by.isEmpty { remarks.append("Every case was \(by); values and sizes stand in cases.csv.") }
    if least != nil {
      remarks.append("Every case serves all demand; of all plans with the least size the cheapest is shown.")
    }
    if by.isEmpty, let widest = gaps.max() {
      remarks.append(
        "Every case is a plan of its own with its own proof; the widest gap to a bound is \(FrontResult.gap(max(0, widest))). Values, bounds, sizes and indicators of every case stand in cases.csv."
      )
    }
    return remarks
  }

  private func name(_ row: SensitivityRow) -> String {
    row.settings.isEmpty
      ? "base"
      : inputs.compactMap { input in row.settings[input.path].map { "\(input.path) \($0)" } }.joined(separator: ", ")
  }

  /// A row a case.
  package var table: Table { table(sizes: true) }

  private func table(sizes withSizes: Bool) -> Table {
    let names = sizeNames
    var columns: [Table.Column] = [.number("Case")] + inputs.map { .number($0.path) }
    columns += [.number(quantity), .number("Change"), .number("Gap")]
    let showsSystem = withSizes && Set(rows.map(\.system).filter { !$0.isEmpty }).count > 1
    if showsSystem { columns.append(.text("Best system")) }
    if withSizes { columns += names.map { .number($0.key) } }
    var table = Table(columns: columns)
    let base = baseResult
    func largest(_ unit: String) -> Double {
      names.filter { $0.unit == unit }.flatMap { name in rows.compactMap { $0.sizes[name.key] } }.max() ?? 0
    }
    for row in rows {
      let value = result(row)
      var change = ""
      if isAtLeast(row) || (rows.first { $0.settings.isEmpty }.map(isAtLeast) ?? false) {
        change = row.settings.isEmpty ? "" : AtLeast.noDifference
      } else if let base, let value, base != 0, !row.settings.isEmpty {
        let share = Dust.ratio(value - base, of: abs(base))
        change =
          share.map { share in abs(share) < 5e-7 ? "0" : (share > 0 ? "+" : "") + NumberText.percent(share) }
          ?? NumberText.none
      }
      var cells = ["\(row.number)"] + inputs.map { row.settings[$0.path] ?? "·" }
      cells += [
        value.map { AtLeast.text(Scale.text($0, unit, digits: 5), isAtLeast(row)) } ?? row.status.rawValue, change,
        row.gap.map(FrontResult.gap) ?? "",
      ]
      if showsSystem { cells.append(row.system) }
      if withSizes {
        cells += names.map { name in
          row.sizes[name.key].map { StudyNumbers.text($0, name.unit, largest: largest(name.unit)) } ?? ""
        }
      }
      table.add(cells)
    }
    return table
  }

  /// Sizes in the order of the file with their units.
  private var sizeNames: [(key: String, unit: String)] {
    project.components.flatMap { component in
      component.sizes.map { size in
        (key: size.part.name(of: component.id), unit: size.unit)
      }
    }.filter { name in rows.contains { $0.sizes[name.key] != nil } }
  }

  /// `result.json` of the study.
  package func json(timing: [(String, Double)]) -> JSON {
    .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text("sensitivity")),
      ("status", .text(status)), ("currency", .text(project.economy.currency)), ("mode", .text(design.rawValue)),
      ("result", .text(least.map { "least " + $0 } ?? key ?? "objective")), ("by", .text(by.isEmpty ? "plan" : by)),
      ("unit", .text(unit)), ("cases_asked", .integer(cases)),
      (
        "vary",
        .array(
          inputs.map { input in
            .object([
              ("path", .text(input.path)), ("unit", .text(input.unit)), ("base", .number(input.base)),
              ("settings", .array(input.values.map { .text($0.setting) })),
              ("values", .numbers(input.values.map(\.value))),
            ])
          })
      ),
      (
        "tornado",
        .array(
          TornadoBar.all(rows, key: key).map { bar in
            .object([
              ("path", .text(bar.path)), ("low_setting", .text(bar.lowSetting)), ("low", .number(bar.low)),
              ("high_setting", .text(bar.highSetting)), ("high", .number(bar.high)), ("base", .number(bar.base)),
              ("width", .number(bar.width)),
            ])
          })
      ), ("cases", .array(rows.map(\.json))),
      (
        "warnings",
        .array(project.warnings.map { .object([("path", .text($0.path)), ("message", .text($0.message))]) })
      ), ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  /// `cases.csv`: a row a case; settings, value, bound, gap, sizes, indicators, units in the header.
  package func csv() -> [UInt8] {
    let sizes = sizeNames
    let keys = Set(rows.flatMap(\.indicators.keys))
    let declared = IndicatorDeclaration.all.map(\.key).filter(keys.contains)
    let indicators = declared + keys.subtracting(declared).sorted()
    let objectiveUnit = rows.first { !$0.unit.isEmpty }?.unit ?? ""
    var names = ["case"] + inputs.map(\.path) + inputs.map { StudyNumbers.heading($0.path, $0.unit) }
    names += ["status", "system"] + ["value", "bound"].map { StudyNumbers.heading($0, objectiveUnit) } + ["gap"]
    names += sizes.map { StudyNumbers.heading($0.key, $0.unit) }
    let atLeast = Set(rows.flatMap(\.atLeast))
    names += indicators.map { key in
      StudyNumbers.heading(
        key, IndicatorDeclaration.of(key)?.with(nil, currency: project.economy.currency).unit ?? "",
        atLeast.contains(key))
    }
    let marks = !atLeast.isEmpty
    var text = (names + ["message"] + (marks ? [AtLeast.column] : [])).map(CSVText.cell).joined(separator: ",") + "\n"
    func digits(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "" }
      return JSON.digits(value)
    }
    for row in rows {
      var cells = ["\(row.number)"] + inputs.map { CSVText.cell(row.settings[$0.path] ?? "") }
      cells += inputs.map { input in
        digits(row.settings[input.path].map { set in input.values.first { $0.setting == set }?.value } ?? input.base)
      }
      cells += [row.status.rawValue, CSVText.cell(row.system), digits(row.value), digits(row.bound), digits(row.gap)]
      cells += sizes.map { digits(row.sizes[$0.key]) } + indicators.map { digits(row.indicators[$0]) }
      cells.append(CSVText.cell(row.message))
      if marks { cells.append(row.atLeast.joined(separator: " ")) }
      text += cells.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  /// A few lines for a terminal: the widest bars, or every case.
  package func answer(report place: String) -> [String] {
    var lines = table(sizes: false).lines
    let bars = design == .grid ? [] : TornadoBar.all(rows, key: key)
    if bars.count > 1, let widest = bars.first {
      lines.append("Of the values tried those of \(widest.path) move \(quantity.inSentence) most.")
    }
    let failed = rows.count { $0.value == nil }
    lines.append(
      "\(rows.count) of \(cases) cases" + (failed == 0 ? "" : ", \(failed) without a plan")
        + (rows.compactMap(\.gap).max().map { ", widest gap \(FrontResult.gap(max(0, $0)))" } ?? ""))
    return lines + ["Report: " + place]
  }
}

extension SensitivityRow {
  package var json: JSON {
    .object([
      ("number", .integer(number)),
      ("settings", .object(settings.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })),
      ("status", .text(status.rawValue)), ("value", .optional(value)), ("bound", .optional(bound)),
      ("gap", .optional(gap)),
      ("unit", .text(unit)), ("system", .text(system)),
      ("sizes", .object(sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
      ("indicators", .object(indicators.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
      (AtLeast.column, .array(atLeast.map(JSON.text))),
      ("message", .text(message)),
    ])
  }

  package init?(json: JSON) {
    guard let number = json["number"]?.number, let settings = json["settings"]?.fields,
      let status = (json["status"]?.text).flatMap(Status.init)
    else { return nil }
    func numbers(_ key: String) -> [String: Double] {
      Dictionary(
        (json[key]?.fields ?? []).compactMap { field in field.1.number.map { (field.0, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    self.init(
      number: Int(saturating: number),
      settings: Dictionary(settings.map { ($0.0, $0.1.text ?? "") }, uniquingKeysWith: { first, _ in first }))
    self.status = status
    value = json["value"]?.number
    bound = json["bound"]?.number
    gap = json["gap"]?.number
    unit = json["unit"]?.text ?? ""
    system = json["system"]?.text ?? ""
    sizes = numbers("sizes")
    indicators = numbers("indicators")
    atLeast = (json[AtLeast.column]?.values ?? []).compactMap(\.text)
    message = json["message"]?.text ?? ""
  }
}
