import Foundation
import TestSupport
import Testing
import TulouAssembly
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// A network that is written solves to the same least cost: its tables are read back here by PyPSA's own equations.
@Suite("Export to PyPSA")
struct PypsaExportTests {
  /// A day with sun, wind, a battery of one size, a store of two, a boiler and a heat pump, a line, sale and a limit.
  static let text = """
    tulou: 1
    name: A yard
    site: {time_zone: UTC}
    horizon: {start: 2027-01-01, length: 24 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}, hall: {carrier: electricity}, heat: {carrier: heat, supply: 60 degC, return: 40 degC}, gas: {carrier: methane}}
    carriers: {methane: {kind: fuel, emission: 0.2 kg/kWh}}
    demands:
      shop: {bus: ac, power: {values: [3,3,3,3,4,5,8,9,9,8,8,8,8,8,8,8,9,9,8,7,6,5,4,3], unit: kW}}
      lamps: {bus: hall, power: 2 kW}
      warm: {bus: heat, power: {values: [5,5,5,5,6,7,7,6,5,4,4,3,3,3,3,4,5,6,6,6,6,5,5,5], unit: kW}}
    components:
      sun: {kind: source, bus: ac, class: S.sun, availability: {values: [0,0,0,0,0,0,0,0.1,0.3,0.5,0.7,0.8,0.8,0.7,0.5,0.3,0.1,0,0,0,0,0,0,0], unit: "1"}, capacity: {max: 60 kW}, capital: 600 EUR/kW, life: 20 y}
      old: {kind: source, bus: ac, class: W, availability: 30 %, capacity: {fixed: 4 kW}, must_take: true}
      cells: {kind: storage, bus: ac, capacity: {max: 50 kW}, hours: 2 h, efficiency: {charge: 95 %, discharge: 94 %}, capital: {power: 200 EUR/kW}, life: 10 y}
      tank: {kind: storage, bus: heat, capacity: {max: 100 kWh}, round_trip: 95 %, standing_loss: 1 %/h, capital: {energy: 20 EUR/kWh}, life: 20 y}
      line: {kind: link, from: ac, to: hall, efficiency: 97 %, capacity: {fixed: 10 kW}}
      boiler: {kind: boiler, fuel: gas, heat: heat, efficiency: 90 %, capacity: {max: 20 kW}, capital: 80 EUR/kW, life: 20 y}
      pump: {kind: heat-pump, power: ac, heat: heat, cop: 3, capacity: {max: 20 kW}, capital: 700 EUR/kW, life: 20 y}
    markets:
      grid: {bus: ac, class: N, buy: {values: [0.2,0.2,0.2,0.2,0.2,0.2,0.3,0.4,0.4,0.3,0.3,0.3,0.3,0.3,0.3,0.3,0.4,0.5,0.5,0.4,0.3,0.3,0.2,0.2], unit: EUR/kWh}, sell: 0.05 EUR/kWh, limit: {buy: 30 kW, sell: 30 kW}, emission: 0.5 kg/kWh}
      pipe: {bus: gas, class: N, buy: 0.06 EUR/kWh, limit: {buy: 100 kW}}
    """

  private func project() throws -> Project {
    try ProjectReader.read(text: Self.text, path: "yard.yaml")
  }

  @Test("the tables solve to the plan's least cost")
  func sameOptimum() throws {
    let project = try project()
    let network = try PypsaExport.network(of: project)
    #expect(network.left.isEmpty, "left: \(network.left)")
    try expectSame(project, network, above: 1000)
  }

  @Test("room for floods holds in the hours in which it holds here")
  func flood() throws {
    let text = GroundLayoutTests.lake(
      "{volume: 300000 m3, flood: {volume: 250000 m3, months: [6], worth: 0.04 EUR/m3, source: a survey}}")
    let project = try ProjectReader.read(text: text, path: "lake.yaml")
    let network = try PypsaExport.network(of: project)
    let store = try #require(network.components[.stores]?.first)
    let room = try #require(store.series["e_max_pu"])
    // June begins with step 48: the content at its start is that at the end of step 47. The last step leads back to step 0.
    #expect(room[46] == 1 && room[47] < 0.2 && room[94] < 0.2 && room[95] == 1)
    try expectSame(project, network, above: 1)
  }

  @Test("buses have their carriers, and what 'p_nom' counts is said")
  func carriers() throws {
    let network = try PypsaExport.network(of: try project())
    let buses = network.components[.buses] ?? []
    func carrier(_ bus: String) -> String? { buses.first { $0.name == bus }?.values["carrier"] }
    #expect(carrier("gas") == "methane" && carrier("heat") == "heat" && carrier("ac") == "AC")
    let names = Set((network.components[.carriers] ?? []).map(\.name))
    #expect(names.isSuperset(of: ["AC", "methane", "heat"]))
    #expect(network.notes.contains { $0.contains("0.8 for 'sun'") }, "\(network.notes)")
  }

  @Test("another objective is named: the network seeks least cost", arguments: ["co2", "exergy_efficiency"])
  func objective(name: String) throws {
    let project = try ProjectReader.read(text: Self.text + "\nobjective: \(name)\n", path: "yard.yaml")
    let network = try PypsaExport.network(of: project)
    #expect(network.left.contains { $0.contains("'\(name)'") && $0.contains("least cost") }, "\(network.left)")
    let cheapest = try PypsaExport.network(of: try self.project())
    #expect(network.components == cheapest.components)
  }

  @Test("a project of nothing has no hours to export or to plan")
  func nothing() throws {
    let text = """
      tulou: 1
      name: Town by shares
      horizon: {start: 2027-01-01, length: 24 h}
      economy: {currency: EUR, real_discount_rate: 3 %, lifetime: 25 y}
      """
    let project = try ProjectReader.read(text: text, path: "town.yaml")
    let fault = #expect(throws: ProjectFault.self) { try PypsaExport.network(of: project) }
    #expect(fault?.diagnostics.contains { $0.message.contains("no demand, no component and no market") } == true)
  }

  /// That the network's optimum, read back by PyPSA's equations, and what is the same in every plan are the plan's cost.
  private func expectSame(_ project: Project, _ network: PypsaNetwork, above least: Double) throws {
    let assembled = try Assembly.problem(for: project)
    let plan = Structured().solve(assembled.problem, options: SolveOptions())
    let read = try PypsaReading(network).problem()
    let there = Structured().solve(read, options: SolveOptions())
    let ours =
      assembled.problem.value(
        of: assembled.problem.objective, flows: plan.flows, contents: plan.contents, capacities: plan.capacities
      ).sum / assembled.problem.years
    let theirs = read.value(
      of: read.objective, flows: there.flows, contents: there.contents, capacities: there.capacities
    ).sum
    #expect(
      abs(ours - theirs - network.constant) <= 1e-6 * abs(ours), "ours \(ours), theirs \(theirs) + \(network.constant)")
    #expect(abs(ours) > least)
  }

  @Test("what has no place there is named")
  func left() throws {
    let project = try ProjectReader.read(
      text: Self.text.replacingOccurrences(
        of: "limit: {buy: 30 kW", with: "demand_charge: {rate: 5 EUR/kW/month}, limit: {buy: 30 kW"), path: "yard.yaml")
    let left = try PypsaExport.network(of: project).left
    #expect(left.contains { $0.contains("grid") && $0.contains("highest power") }, "\(left)")
  }

  @Test("the folder holds the tables, and names with commas keep their cells")
  func files() throws {
    let network = try PypsaExport.network(of: try project())
    let files = Dictionary(uniqueKeysWithValues: network.files)
    #expect(files["snapshots.csv"]?.split(separator: "\n").count == 25)
    #expect(files["snapshots.csv"]?.hasPrefix("snapshot,objective,generators,stores\n2027-01-01 00:00:00,") == true)
    #expect(files["generators-p_max_pu.csv"]?.hasPrefix("snapshot,sun\n") == true)
    #expect(files["storage_units.csv"]?.contains("cells,ac,") == true)
    #expect(files["links.csv"]?.contains("pump") == true)
    let folder = try ScratchFolder.make()
    try network.write(to: folder.path + "/net")
    #expect(throws: ProjectFault.self) { try network.write(to: folder.path + "/net") }
  }
}
