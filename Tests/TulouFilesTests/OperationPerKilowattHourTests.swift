import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// `operation` per kWh is paid for the kWh that the page of its kind names, in plan, rules, search and accounts; values by hand.
@Suite("Operation per kWh") struct OperationPerKilowattHourTests {
  /// A day: 24 kWh of sun on DC at noon, 10 kWh wanted on AC at night; battery on DC 80 % each way, inverter 90 %.
  ///
  /// 10 kWh on AC are 11.111 on DC before the inverter and 13.889 out of the content.
  private static let text = """
    tulou: 1
    name: per kWh
    horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}, dc: {carrier: electricity}}
    demands:
      load: {bus: ac, power: {file: day.csv, column: load, unit: kW}}
    components:
      sun: {kind: source, bus: dc, class: S.sun, availability: {file: day.csv, column: sun, unit: 1}, capacity: {fixed: 12 kW}}
      battery: {kind: storage, bus: dc, efficiency: {charge: 80 %, discharge: 80 %}, capacity: {power: {fixed: 20 kW}, energy: {fixed: 50 kWh}}, operation: 0.05 USD/kWh}
      inverter: {kind: inverter, from: dc, to: ac, efficiency: 90 %, capacity: {fixed: 10 kW}, operation: 0.02 USD/kWh}
    """

  private func project() throws -> Project {
    let folder = try ScratchFolder.make()
    let rows = (0..<24).map { "\($0 == 20 || $0 == 21 ? 5 : 0),\($0 == 11 || $0 == 12 ? 1 : 0)" }
    try (["load,sun"] + rows + [""]).joined(separator: "\n")
      .write(toFile: folder.path + "/day.csv", atomically: true, encoding: .utf8)
    try Self.text.write(toFile: folder.path + "/project.yaml", atomically: true, encoding: .utf8)
    return try ProjectReader.read(path: folder.path + "/project.yaml")
  }

  /// A day's cost a year: 11.111 kWh that the battery gives, 10 kWh that the inverter gives.
  private static let expected = (0.05 * 10 / 0.9 + 0.02 * 10) * 365

  @Test("plan, rule and accounts charge what the storage gives and what the inverter gives") func charged() throws {
    let project = try project()
    let solver = try #require(SolverChoice.builtInStructured)
    let plan = try PlanStudy.run(project: project, solver: solver)
    let accounts = Accounts.make(project: plan.project, plan: try #require(plan.plan))
    #expect(abs((plan.certificate?.value ?? 0) - Self.expected) < 1e-3)
    #expect(abs((accounts.value("annual_cost") ?? 0) - Self.expected) < 1e-3)
    func cost(_ id: String) -> Double { accounts.costs.reduce(0) { $1.id == id ? $0 + $1.annual : $0 } }
    #expect(abs(cost("battery") - 0.05 * 10 / 0.9 * 365) < 1e-3 && abs(cost("inverter") - 0.02 * 10 * 365) < 1e-3)
    var options = SimulateOptions()
    options.comparesWithForesight = false
    let rule = try SimulateStudy.run(project: project, options: options, solver: nil)
    #expect(abs((rule.certificate?.value ?? 0) - Self.expected) < 1e-9)
    #expect(accounts.machines.first { $0.id == "inverter" }.map { abs($0.energy - 3650) < 1e-2 } == true)
  }

  @Test("pages say which kWh") func pages() {
    let text = Format.referenceMarkdown()
    #expect(text.contains("else per kWh that it gives to its bus"))
    #expect(
      text.contains("else per kWh that it gives;") && text.contains("else per kWh at its input, in either direction"))
  }
}
