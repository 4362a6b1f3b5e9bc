package import TulouAccounts
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// Carbon of planned projects: origins, what lowers emission from one to the other, and the cost of going further.
package struct ProjectCarbonReport: Sendable {
  /// A planned project.
  package struct Case: Sendable {
    /// Its name.
    package var name: String
    /// Its accounts.
    package var accounts: Accounts
    /// Names of its things.
    private let legend: Legend
    /// What stands on the cover.
    let cover: Cover
    /// A planned project with its accounts.
    ///
    /// - Parameter name: What tells it from another plan of the same name; nil: the project's name.
    package init(project: Project, accounts: Accounts, name: String? = nil) {
      self.name = name ?? project.name
      self.accounts = accounts
      legend = Legend(project)
      cover = project.cover
    }
    /// The name of a component, a market or a demand.
    func name(_ id: String) -> String { legend.name(id) }
    /// The name of a carrier.
    func carrier(_ id: String) -> String { legend.carrier(id) }
  }
  /// The project.
  package var base: Case
  /// The project that it is compared with, if any.
  package var target: Case?
  /// Cost against budget, if asked.
  package var curve: AbatementCurve?
  /// What each measure and each new component avoids and costs, if asked.
  package var measures: [MeasureAbatement] = []
  /// Version of the program.
  package var version: String

  /// A report.
  package init(base: Case, target: Case? = nil, curve: AbatementCurve? = nil, version: String) {
    self.base = base
    self.target = target
    self.curve = curve
    self.version = version
  }

  /// Why no difference between the two is stated; nil where one is, or where there is no second.
  var differenceMissing: String? {
    guard let target else { return nil }
    let missing = base.accounts.carbon.withoutFactor + target.accounts.carbon.withoutFactor
    guard !missing.isEmpty else { return nil }
    var named: [String] = []
    for id in missing where !named.contains("'\(id)'") { named.append("'\(id)'") }
    return "No difference is stated: no emission factor was given for \(PlanReport.listed(named))."
  }

  /// The four terms from `base` to `target`; nil where something is not counted for want of a factor.
  package var decomposition: EmissionDecomposition? {
    guard differenceMissing == nil else { return nil }
    return target.map { EmissionDecomposition(from: base.accounts.carbon.fleet, to: $0.accounts.carbon.fleet) }
  }

  /// What the second plan avoids against the first, and what it costs.
  var comparison: MeasureAbatement? {
    target.map { MeasureAbatement(name: $0.name, without: base.accounts, with: $0.accounts) }
  }

  /// What a kind of line is, in words.
  static func title(_ kind: CarbonLine.Kind) -> String {
    switch kind {
    case .fuel: "Fuel burnt here"
    case .grid: "Bought energy"
    case .source: "Process"
    case .biogenic: "Biogenic CO₂"
    case .methane: "Methane slip"
    case .exportCredit: "Export credit"
    case .lifeCycle: "Life cycle of plant"
    case .vehicleFuel: "Fuel that vehicles replace"
    }
  }

  /// What the vehicles' electricity emits beside the fuel that they replace; nil without such vehicles.
  func vehicleNote(_ one: Case) -> String? {
    let carbon = one.accounts.carbon
    let energy = carbon.lines.reduce(0) {
      $1.kind == .vehicleFuel && $1.carrier == CarrierKind.electricity.rawValue ? $0 + $1.energy : $0
    }
    guard carbon.displaced != 0 else { return nil }
    let text = "Vehicles replace fuel of \(Scale.text(carbon.displaced, "kg")) CO₂ a year"
    guard energy > 0, carbon.fleet.generation > 0 else { return text + "." }
    let factor = carbon.fleet.emission / carbon.fleet.generation
    return text
      + "; their \(Scale.text(energy, "kWh")) cause about \(carbon.worded(Scale.text(energy * factor, "kg"))) at the plan's mean factor of \(NumberText.significant(factor)) kg/kWh, which the fossil total holds already."
  }

  func terms(_ parts: EmissionDecomposition) -> [(name: String, key: String, value: Double, colour: Colour)] {
    let largest = abs(base.accounts.carbon.fossil) + abs(target?.accounts.carbon.fossil ?? 0)
    let all: [(name: String, key: String, value: Double, colour: Colour)] = [
      ("More clean generation", "substitution", parts.substitution, .wind),
      ("Fewer losses", "losses", parts.losses, .lost), ("Less consumption", "saving", parts.saving, .demand),
      ("Lower factor of thermal power", "factor", parts.factor, .fuel),
      ("Outside electricity", "other", parts.other, .heat),
    ]
    // What solvers leave behind is zero to a reader; result.json has it.
    return all.map { ($0.name, $0.key, Dust.cleaned($0.value, scale: largest), $0.colour) }
  }

  /// The answer in the terminal.
  package func answer(report: String) -> [String] {
    var lines = summary(base)
    if let target { lines += summary(target) }
    if let differenceMissing { lines.append("  " + differenceMissing) }
    if let parts = decomposition {
      for term in terms(parts) { lines.append("  \(term.name): \(Scale.text(term.value, "kg/y"))") }
      lines.append("  Together: \(Scale.text(abs(parts.total), "kg/y")) \(parts.total >= 0 ? "less" : "more")")
      if parts.vehicles != 0 {
        lines.append("  Beside it, fuel that vehicles replace: \(Scale.text(parts.vehicles, "kg/y")) less")
      }
      if let cost = comparison?.costPerKg {
        lines.append("  At \(NumberText.significant(1000 * cost)) \(base.accounts.currency)/t")
      }
    }
    if !measures.isEmpty { lines += measureTable.lines }
    if let curve { lines += curveTable(curve).lines }
    return lines + ["Report: \(report)"]
  }

  /// A plan in a few lines: total, scopes, business as usual, and what stands apart.
  private func summary(_ one: Case) -> [String] {
    let carbon = one.accounts.carbon
    func mass(_ value: Double) -> String { Scale.text(value, "kg") }
    var lines = [
      "\(one.name): \(carbon.worded(mass(carbon.fossil))) of fossil CO2 a year (scope 1 \(carbon.worded(mass(carbon.scope1), scope: 1)), scope 2 \(carbon.worded(mass(carbon.scope2), scope: 2)))"
    ]
    if let usual = carbon.businessAsUsual {
      let share = carbon.reduction.map { ", \(NumberText.percent($0)) less" } ?? ""
      lines.append("  Business as usual: \(carbon.wordedUsual(mass(usual)))\(share)")
    }
    if let missing = carbon.reductionMissing {
      lines.append("  No reduction is stated: \(missing).")
    } else if carbon.isAtLeast {
      lines.append(
        "  No emission factor was given for \(PlanReport.listed(carbon.withoutFactor.map { "'\($0)'" })).")
    }
    var apart: [String] = []
    if carbon.biogenic != 0 { apart.append("biogenic \(mass(carbon.biogenic))") }
    if carbon.methane != 0 { apart.append("methane slip \(mass(carbon.methane)) CH4") }
    if carbon.exportCredit != 0 { apart.append("export credit \(mass(-carbon.exportCredit))") }
    if carbon.lifeCycle != 0 { apart.append("life cycle \(mass(carbon.lifeCycle))") }
    if carbon.displaced != 0 { apart.append("fuel that vehicles replace \(mass(-carbon.displaced))") }
    if !apart.isEmpty { lines.append("  Apart, in no total: " + apart.joined(separator: ", ")) }
    return lines
  }

  /// Terms of the difference.
  func termTable(_ parts: EmissionDecomposition) -> Table {
    var table = Table("Less CO2 than before [t/y]", columns: [.text("What"), .number("Less")])
    for term in terms(parts) { table.add([term.name, CarbonReport.tonnes(term.value)]) }
    table.add(["Together", CarbonReport.tonnes(parts.total)])
    table.hasTotal = true
    if parts.vehicles != 0 {
      table.hasTotal = false
      table.add(["Beside it: fuel that vehicles replace", CarbonReport.tonnes(parts.vehicles)])
      table.add(["With vehicles", CarbonReport.tonnes(parts.withVehicles)])
      table.hasTotal = true
    }
    return table
  }

  var measureTable: Table {
    let currency = base.accounts.currency
    let knowsMargin = measures.contains { $0.avoidedAtMargin != nil }
    var table = Table(
      "Each measure: the plan with it against the plan without it",
      columns: [
        .text("Measure"), .number("Avoids [t/y]"), .number("Costs [\(currency)/y]"),
        .number("Per tonne [\(currency)/t]"),
      ] + (knowsMargin ? [.number("Avoids at the margin [t/y]")] : []))
    for one in measures {
      table.add(
        [
          one.name, one.avoided.map { CarbonReport.tonnes($0) } ?? AtLeast.noDifference,
          NumberText.significant(one.cost, digits: 5),
          one.costPerKg.map { NumberText.significant(1000 * $0) }
            ?? (one.avoided == nil ? AtLeast.noDifference : NumberText.none),
        ] + (knowsMargin ? [one.avoidedAtMargin.map { CarbonReport.tonnes($0) } ?? NumberText.none] : []))
    }
    return table
  }

  func curveTable(_ curve: AbatementCurve) -> Table {
    let currency = base.accounts.currency
    var table = Table(
      "Least cost against CO2 budget",
      columns: [.number("CO2 [t/y]"), .number("Cost [\(currency)/y]"), .number("Further tonne [\(currency)/t]")])
    for (k, point) in curve.points.enumerated() {
      let before = k > 0 ? curve.points[k - 1] : nil
      let avoided = before.map { $0.emission - point.emission } ?? 0
      let marginal = before.flatMap { avoided > 0 ? 1000 * (point.annualCost - $0.annualCost) / avoided : nil }
      let isKnown = !point.isAtLeast && !(before?.isAtLeast ?? false)
      table.add([
        AtLeast.text(NumberText.significant(point.emission / 1000, digits: 6), point.isAtLeast),
        NumberText.significant(point.annualCost, digits: 6),
        isKnown ? marginal.map { NumberText.significant($0) } ?? NumberText.none : AtLeast.noDifference,
      ])
    }
    return table
  }
}
