import Foundation
import TestSupport
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers
import TulouTechnologies

/// Numbers of a project, read or planned.
enum KeyNumber {
  struct Missing: Error, CustomStringConvertible {
    var description: String
    /// Whether the project has no plan, which is a change like any other.
    var isWithoutPlan: Bool { description.hasPrefix("no plan") }
  }

  /// The number of a name:
  /// - `sum ID`, `shape ID`, `demand ID`, `peak ID`, `listed PATH` and their like: of the project as it is read,
  /// - `rule KEY`: an indicator after a year under a rule,
  /// - `multiyear`, `staged`, `weathered`: cost of years one by one, of stages, over weather years,
  /// - `member ID`, `alone ID`, `size ID`, `carbon KEY`, `bill` and their like, or the key of an indicator: of the plan.
  static func value(_ name: String, _ text: String, _ folder: URL) throws -> Double {
    let project = try ProjectReader.read(text: text, path: folder.appendingPathComponent("project.yaml").path)
    let words = name.split(separator: " ", maxSplits: 1).map(String.init)
    let word = words.count > 1 ? words[1] : ""
    if let read = try read(words[0], word, project) { return read }
    let library = try unwrapped(InstalledHighs.library, "HiGHS")
    if let study = try studied(words[0], project, Highs(library)) { return study }
    if words[0] == "rule" {
      var options = SimulateOptions()
      options.comparesWithForesight = false
      let outcome = try SimulateStudy.run(project: project, options: options, solver: nil)
      let plan = try unwrapped(outcome.plan, "a year under a rule")
      return try indicator(word, Accounts.make(project: outcome.project, plan: plan))
    }
    let (outcome, plan, accounts) = try planned(project, Highs(library))
    switch words[0] {
    case "size":
      let sum = zip(plan.problem.capacities, plan.solution.capacities).filter {
        $0.0.label.role == .size && $0.0.label.id == word
      }
      return sum.reduce(0) { $0 + $1.1 }
    case "member": return try unwrapped(accounts.members.first { $0.id == word }, "member").costInCluster
    case "own": return try unwrapped(accounts.members.first { $0.id == word }, "member").ownCost
    case "alone": return try unwrapped(accounts.members.first { $0.id == word }?.costAlone, "cost alone")
    case "benefit": return try unwrapped(accounts.members.first { $0.id == word }?.benefit, "benefit")
    case "present": return try unwrapped(accounts.members.first { $0.id == word }?.presentBenefit, "present benefit")
    case "carbon": return try carbon(word, accounts.carbon)
    case "bill": return accounts.bills.reduce(0) { $0 + $1.total }
    case "value": return try unwrapped(outcome.certificate, "certificate").value
    case "bound": return try unwrapped(outcome.certificate, "certificate").bound
    case "basin": return accounts.land.reservoirs.reduce(0) { $0 + $1.volume }
    case "siteshare": return accounts.land.shareOfSite ?? -1
    case "warnings": return Double(accounts.warnings.count { $0.message.contains(word) })
    case "flow":
      return plan.problem.flows.indices.filter { plan.problem.flows[$0].label.id == word }
        .reduce(0) { sum, j in
          sum + plan.solution.flows[j].enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        }
    case "content": return plan.content(Label(word, .content))?.first ?? -1
    default: return try indicator(name, accounts)
    }
  }

  /// The cost that a study over years finds; nil: the name is none of one.
  private static func studied(_ word: String, _ project: Project, _ solver: Highs) throws -> Double? {
    switch word {
    case "multiyear":
      var options = SimulateOptions()
      options.comparesWithForesight = false
      let asked = MultiYearOptions(years: Int(project.economy.lifetime))
      return try unwrapped(MultiYearStudy.run(project: project, options: options, asked: asked), "years").netPresentCost
    case "staged": return try StageStudy.run(project: project, mode: .foresight, solver: solver).netPresentCost
    case "weathered":
      let years = project.weatherYears.map { ($0.name, $0.project) }
      let outcome = try WeatherYearStudy.run(years: years, solver: solver, chained: project.chainsWeatherYears)
      return try unwrapped(outcome.certificate, "plan over weather years").value
    default: return nil
    }
  }

  /// Everything that a plan says in numbers, by name: what any key may move.
  static func all(_ text: String, _ folder: URL, rule: Bool) throws -> [String: Double] {
    let project = try ProjectReader.read(text: text, path: folder.appendingPathComponent("project.yaml").path)
    let accounts: Accounts
    if rule {
      var options = SimulateOptions()
      options.comparesWithForesight = false
      let outcome = try SimulateStudy.run(project: project, options: options, solver: nil)
      accounts = Accounts.make(project: outcome.project, plan: try unwrapped(outcome.plan, "a year under a rule"))
    } else {
      accounts = try planned(project, Highs(unwrapped(InstalledHighs.library, "HiGHS"))).accounts
    }
    var all: [String: Double] = [:]
    for indicator in accounts.indicators { all[indicator.key] = indicator.value }
    for member in accounts.members {
      all["member \(member.id)"] = member.costInCluster
      all["own \(member.id)"] = member.ownCost
      all["alone \(member.id)"] = member.costAlone
    }
    for line in accounts.carbon.lines { all["carbon \(line.id) \(line.kind)", default: 0] += line.amount }
    all["biogenic"] = accounts.carbon.biogenic
    all["methane"] = accounts.carbon.methane
    all["export"] = accounts.carbon.exportCredit
    all["life cycle"] = accounts.carbon.lifeCycle
    all["marginal"] = accounts.carbon.marginal
    all["bills"] = accounts.bills.reduce(0) { $0 + $1.total }
    all["basins"] = accounts.land.reservoirs.reduce(0) { $0 + $1.volume }
    all["site"] = accounts.land.shareOfSite
    for line in accounts.pollutants.lines {
      for (pollutant, amount) in line.amounts { all["\(pollutant.key) \(line.id)", default: 0] += amount }
    }
    return all
  }

  /// Words that people read: the report's page of a plan; `results`: its result file; `resource`: the page of resources.
  static func page(_ text: String, _ folder: URL, _ kind: String = "") throws -> String {
    let project = try ProjectReader.read(text: text, path: folder.appendingPathComponent("project.yaml").path)
    if kind == "resource" { return try ResourceReport(ResourceSurvey.project(project), version: "test").page().html() }
    let (outcome, _, accounts) = try planned(project, Highs(unwrapped(InstalledHighs.library, "HiGHS")))
    let report = try unwrapped(PlanReport(outcome: outcome, accounts: accounts, version: "test"), "report")
    return kind == "results"
      ? report.resultJSON(timing: []).indented : String(decoding: report.page().file(), as: UTF8.self)
  }

  private static func planned(_ project: Project, _ solver: Highs) throws -> (Outcome, plan: Plan, accounts: Accounts) {
    let outcome = try PlanStudy.run(project: project, solver: solver)
    guard let plan = outcome.plan else { throw Missing(description: "no plan: \(outcome.status)") }
    return (outcome, plan, Accounts.make(project: project, plan: plan))
  }

  private static func indicator(_ key: String, _ accounts: Accounts) throws -> Double {
    guard let value = accounts.value(key) else { throw Missing(description: "no indicator '\(key)'") }
    return value
  }

  private static func carbon(_ key: String, _ carbon: CarbonAccount) throws -> Double {
    switch key {
    case "life_cycle": carbon.lifeCycle
    case "biogenic": carbon.biogenic
    case "methane": carbon.methane
    case "export": carbon.exportCredit
    case "marginal": carbon.marginal ?? -1
    case "displaced": carbon.displaced
    case "usual": carbon.businessAsUsual ?? -1
    default: throw Missing(description: "no carbon '\(key)'")
    }
  }

  /// A number of the project as it is read; nil: the name asks for a plan.
  private static func read(_ word: String, _ id: String, _ project: Project) throws -> Double? {
    switch word {
    case "sum":
      guard let component = project.components.first(where: { $0.id == id }), case .source(let source) = component.block
      else { throw Missing(description: "no source '\(id)'") }
      switch source.supply {
      case .share(let values), .natural(let values): return values.reduce(0, +)
      case .reservoir(let lake): return lake.inflow.reduce(0, +)
      case .stock(let annual): return annual
      }
    case "shape":
      guard let component = project.components.first(where: { $0.id == id }),
        case .source(let source) = component.block,
        case .share(let values) = source.supply
      else { throw Missing(description: "no source '\(id)'") }
      return values.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    case "demand": return project.demands.filter { $0.id == id }.reduce(0) { $0 + $1.power.reduce(0, +) }
    case "alldemand": return project.demands.reduce(0) { $0 + $1.power.reduce(0, +) }
    case "moment":
      return project.demands.filter { $0.id == id }.reduce(0) { sum, demand in
        sum + demand.power.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
      }
    case "peak": return project.demands.first { $0.id == id }?.power.max() ?? -1
    case "named":
      let names =
        project.components.map { ($0.id, $0.name) } + project.members.map { ($0.id, $0.name) }
        + project.markets.map { ($0.id, $0.name) } + project.demands.map { ($0.id, $0.name) }
      return names.first { $0.0 == id }.map { $0.0 == $0.1 ? 0 : 1 } ?? -1
    case "owner": return project.components.first { $0.id == id }?.member == nil ? 0 : 1
    case "listed": return Double(project.assumptions.count { $0.path.hasPrefix(id) && $0.kind == .approximate })
    case "steps": return Double(project.horizon.steps)
    case "years": return project.horizon.years
    case "stages": return Double(project.stages.count)
    case "weathers": return Double(project.weatherYears.count)
    case "title": return project.name == "keys" ? 0 : 1
    default: return nil
    }
  }

  private static func unwrapped<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Missing(description: "no \(what)") }
    return value
  }
}
