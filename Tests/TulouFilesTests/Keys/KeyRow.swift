import Foundation
import TestSupport
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers
import TulouTechnologies

/// What becomes of a project when one key changes.
enum KeyEffect: Equatable {
  /// The number is greater with the second value.
  case rises
  /// The number is smaller with the second value.
  case falls
  /// The number is another one.
  case differs
  /// The second value is an error whose message holds the text.
  case refused(String)
  /// The second value is told by a warning that holds the text.
  case told(String)
  /// For people only: the key changes no number, and what is no text is refused.
  case people
  /// What it does is shown by another test, named here.
  case elsewhere(String)
}

/// A key of a table with a project in which changing it does what its page says.
struct KeyRow {
  /// Table and key, as schema and reference name them.
  var table: String, key: String
  /// The project.
  var base: FlowText
  /// Where the key stands in it.
  var path: String
  /// Two values in flow style; nil: left out.
  var first: String?, second: String?
  /// What is looked at, see `KeyNumber`.
  var number: String
  /// What is expected.
  var effect: KeyEffect

  var name: String { "\(table).\(key)" }

  /// Rows of a table, one a line: `key | first | second | number | effect [| path = value; ...]`.
  ///
  /// - Parameters:
  ///   - table: Table of the keys; several where the same keys stand in several.
  ///   - base: The project.
  ///   - place: Path of the mapping that the keys stand in.
  ///   - number: What is looked at where a line names nothing.
  static func rows(_ table: String, _ base: FlowText, at place: String, _ number: String, _ text: String) -> [KeyRow] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { part in
        part.trimmingCharacters(in: .whitespaces)
      }
      func part(_ i: Int) -> String { i < parts.count ? parts[i] : "" }
      func value(_ text: String) -> String? { text == "-" ? nil : text }
      var own = base
      for change in part(5).split(separator: ";") {
        let sides = change.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if sides.count == 2 { own = own.setting(sides[0], to: value(sides[1])) }
      }
      let path =
        part(0).contains("@") ? String(part(0).split(separator: "@")[1]) : place + (place.isEmpty ? "" : ".") + part(0)
      return KeyRow(
        table: table, key: String(part(0).split(separator: "@")[0]), base: own, path: path, first: value(part(1)),
        second: value(part(2)), number: part(3).isEmpty ? number : part(3), effect: effect(part(4)))
    }
  }

  private static func effect(_ text: String) -> KeyEffect {
    let rest = text.drop { $0 != " " }.trimmingCharacters(in: .whitespaces)
    switch text.prefix(while: { $0 != " " }) {
    case "<": return .rises
    case ">": return .falls
    case "refused": return .refused(rest)
    case "told": return .told(rest)
    case "people": return .people
    case "elsewhere": return .elsewhere(rest)
    default: return .differs
    }
  }

  /// What is wrong; nil: it does what is expected.
  func fault(in folder: URL) -> String? {
    func text(_ value: String?) -> String { base.setting(path, to: value).text }
    func findings(_ value: String?) -> [Diagnostic] {
      ProjectReader.check(text: text(value), path: folder.appendingPathComponent("project.yaml").path)
    }
    switch effect {
    case .elsewhere: return nil
    case .refused(let message):
      let found = findings(second).filter { $0.severity == .error }
      return found.contains { ($0.message + $0.advice).contains(message) } ? nil : "not refused: \(found)"
    case .told(let message):
      let found = findings(second)
      guard !found.contains(where: { $0.severity == .error }) else { return "errors: \(found)" }
      return found.contains { $0.message.contains(message) } ? nil : "not told: \(found)"
    case .people:
      let found = findings(second ?? "some words").filter { $0.severity == .error }
      guard found.isEmpty else { return "refused: \(found)" }
      return findings("{a: 1}").contains { $0.severity == .error } ? nil : "takes anything"
    case .rises, .falls, .differs:
      do {
        let a = try KeyNumber.value(number, text(first), folder)
        let b = try KeyNumber.value(number, text(second), folder)
        let scale = 1e-7 * max(abs(a), abs(b), 1e-6)
        switch effect {
        case .rises: return b > a + scale ? nil : "\(number) is \(a), then \(b)"
        case .falls: return b < a - scale ? nil : "\(number) is \(a), then \(b)"
        default: return abs(b - a) > scale ? nil : "\(number) is \(a) both times"
        }
      } catch let error as ProjectFault {
        return "\(error.diagnostics.filter { $0.severity == .error }.map { "\($0.path): \($0.message)" })"
      } catch {
        return "\(error)"
      }
    }
  }
}

/// Numbers of a project, read or planned.
enum KeyNumber {
  struct Missing: Error, CustomStringConvertible {
    var description: String
  }

  /// The number of a name:
  /// - `sum ID`, `demand ID`, `peak ID`, `named ID`, `owner ID`, `listed PATH`, `count KEY`: of the project as it is read,
  /// - `rule KEY`: an indicator after a year under a rule; `years KEY`: after years one by one,
  /// - `member ID`, `alone ID`, `size ID`, `carbon KEY`, `bill`, `page TEXT`, or the key of an indicator: of the plan.
  static func value(_ name: String, _ text: String, _ folder: URL) throws -> Double {
    let project = try ProjectReader.read(text: text, path: folder.appendingPathComponent("project.yaml").path)
    let words = name.split(separator: " ", maxSplits: 1).map(String.init)
    let word = words.count > 1 ? words[1] : ""
    if let read = try read(words[0], word, project) { return read }
    let library = try unwrapped(InstalledHighs.library, "HiGHS")
    if words[0] == "rule" {
      var options = SimulateOptions()
      options.comparesWithForesight = false
      let outcome = try SimulateStudy.run(project: project, options: options, solver: nil)
      let plan = try unwrapped(outcome.plan, "a year under a rule")
      return try indicator(word, Accounts.make(project: outcome.project, plan: plan))
    }
    let outcome = try PlanStudy.run(project: project, solver: Highs(library))
    guard let plan = outcome.plan else { throw Missing(description: "no plan: \(outcome.status)") }
    let accounts = Accounts.make(project: project, plan: plan)
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
    case "listed": return Double(project.assumptions.count { $0.path.hasPrefix(id) && $0.kind == "approximate" })
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
