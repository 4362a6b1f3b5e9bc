import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// Projects and tariffs of other programs, made up here.
@Suite("Import of foreign projects and tariffs")
struct ForeignImportTests {
  private func found(_ name: String, _ files: [String: String]) throws -> ForeignProject.Found? {
    let folder = try ScratchFolder.make()
    for (file, text) in files { try text.write(toFile: folder.path + "/" + file, atomically: true, encoding: .utf8) }
    return try ForeignProject.find(path: name.isEmpty ? folder.path : folder.path + "/" + name, currency: nil)
  }

  @Test("a tariff of OpenEI becomes a block of a market, what is left is named")
  func tariff() throws {
    let day = "[" + (0..<24).map { (8..<21).contains($0) ? "1" : "0" }.joined(separator: ",") + "]"
    let flat = "[" + [String](repeating: "0", count: 24).joined(separator: ",") + "]"
    let json = """
      {"energyratestructure": [[{"rate": 0.1, "adj": 0.01, "unit": "kWh"}], [{"rate": 0.2, "max": 500}, {"rate": 0.3}]],
       "energyweekdayschedule": [\([String](repeating: day, count: 12).joined(separator: ","))],
       "energyweekendschedule": [\([String](repeating: flat, count: 12).joined(separator: ","))],
       "flatdemandstructure": [[{"rate": 7}]], "flatdemandmonths": [0,0,0,0,0,0,0,0,0,0,0,0],
       "fixedchargefirstmeter": 20, "fixedchargeunits": "$/month", "fuelattr": "x"}
      """
    guard case .tariff(let tariff)? = try found("t.json", ["t.json": json]) else {
      Issue.record("no tariff")
      return
    }
    #expect(tariff.market.contains("band1: {tiers: [{up_to: 500 kWh, price: 0.2 USD/kWh}, {price: 0.3 USD/kWh}]"))
    #expect(tariff.market.contains("others: {price: 0.11 USD/kWh, hours: rest}"))
    #expect(tariff.market.contains("fixed_charge: 20 USD/month"))
    #expect(tariff.left == ["fuelattr ('x')"])
    let text = """
      tulou: 1
      site: {time_zone: UTC}
      horizon: {start: 2025-01-01}
      economy: {currency: USD, real_discount_rate: 5 %}
      demands: {load: {bus: ac, power: 10 kW}}
      markets:
        grid:
          bus: ac
          class: N

      """ + tariff.market.split(separator: "\n").map { "    " + $0 + "\n" }.joined()
    #expect(throws: Never.self) { _ = try ProjectReader.read(text: text, path: "p.yaml") }
  }

  @Test("a network of PyPSA becomes a project that is read")
  func pypsa() throws {
    let hours = (0..<24).map { String(format: "%02d", $0) }
    let files = [
      "network.csv": "name\nsmall\n", "buses.csv": "name,carrier\nel,AC\nth,heat\ng,gas\n",
      "carriers.csv": "name,co2_emissions\ngas,0.2\n",
      "snapshots.csv": "snapshot,objective,stores,generators\n"
        + hours.map { "2025-03-10 \($0):00:00,365.0,1.0,365.0" }.joined(separator: "\n") + "\n",
      "loads.csv": "name,bus,p_set\na load,el,10.0\nwarmth,th,5.0\n",
      "generators.csv":
        "name,bus,p_nom,p_nom_extendable,p_nom_max,carrier,marginal_cost,capital_cost,ramp_limit_up\ngas in,g,100.0,False,inf,gas,0.05,0.0,0.5\nsun,el,0.0,True,50.0,solar,0.0,60.0,\n",
      "generators-p_max_pu.csv": "snapshot,sun\n"
        + (0..<24).map { "\($0),\($0 > 6 && $0 < 18 ? 0.5 : 0)" }.joined(separator: "\n") + "\n",
      "links.csv":
        "name,bus0,bus1,efficiency,p_nom,p_nom_extendable,capital_cost\nengine,g,el,0.4,0.0,True,30.0\nboiler,g,th,0.9,0.0,True,10.0\nodd,th,el,0.2,1.0,False,0.0\n",
      "global_constraints.csv": "name,sense,constant\nlimit,<=,100000.0\n",
    ]
    guard case .project(let project)? = try found("", files) else {
      Issue.record("no project")
      return
    }
    #expect(project.left.contains { $0.contains("ramp_limit_up = 0.5") })
    #expect(project.left.contains { $0.contains("link 'odd'") })
    #expect(project.yaml.contains("operation: 60.0 EUR/kW/y"))
    let folder = try ScratchFolder.make().path + "/made"
    try project.write(to: folder)
    let read = try ProjectReader.read(path: folder + "/project.yaml")
    #expect(read.components.count == 4)
  }

  @Test("a scenario of REopt becomes a project; what is not in it is asked for")
  func reopt() throws {
    let load = [String](repeating: "5.0", count: 8760).joined(separator: ",")
    let json = """
      {"Site": {"latitude": 30.0, "longitude": -90.0}, "Financial": {"analysis_years": 20, "offtaker_discount_rate_fraction": 0.06,
       "elec_cost_escalation_rate_fraction": 0.02}, "ElectricLoad": {"loads_kw": [\(load)], "year": 2023},
       "ElectricTariff": {"blended_annual_energy_rate": 0.1, "urdb_label": "abc"},
       "PV": {"existing_kw": 10, "max_kw": 20, "installed_cost_per_kw": 1000}, "Settings": {"solver_name": "HiGHS"}}
      """
    guard case .project(let project)? = try found("r.json", ["r.json": json]) else {
      Issue.record("no project")
      return
    }
    #expect(project.yaml.contains("capacity: {existing: 10 kW, min: 10 kW, max: 30 kW}"))
    #expect(project.yaml.contains("buy: {value: 0.102"))
    #expect(project.questions.contains { $0.contains("production_factor_series") })
    #expect(project.questions.contains { $0.contains("urdb_label 'abc'") })
    #expect(project.left.contains { $0.contains("Settings.solver_name") })
  }

  @Test("files that are neither are refused with what to do")
  func refused() throws {
    #expect(throws: ProjectFault.self) { _ = try found("x.json", ["x.json": "{\"a\": 1}"]) }
    #expect(throws: ProjectFault.self) { _ = try found("", ["notes.txt": "x"]) }
    #expect(try found("a.csv", ["a.csv": "time,kW\n2025-01-01T00:00,1\n"]) == nil)
  }

  @Test("a look at a file says what it found, with the line to paste")
  func look() throws {
    let folder = try ScratchFolder.make()
    var text = "Zeit;Last [kW]\n"
    for i in 0..<48 {
      text += "\(15 + i / 24).01.2024 \(LayoutTests.clock(i));\(LayoutTests.german(LayoutTests.load[i]))\n"
    }
    try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    let found = try SeriesImport.look(path: folder.path + "/a.csv")
    #expect(found.columns.map(\.line) == ["{file: a.csv, column: \"Last [kW]\", unit: kW, time: {column: Zeit}}"])
    #expect(found.text.contains("steps of 60 min"))
    #expect(found.text.contains("decimal comma"))
  }
}
