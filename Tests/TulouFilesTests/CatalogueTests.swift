import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouFinance
import TulouProject
import TulouQuantities
import TulouTechnologies

@Suite("Catalogue")
struct CatalogueTests {
  /// Buses and resources that any entry can live on.
  static func project(_ name: String, _ ports: String) -> String {
    """
    tulou: 1
    site: {latitude: 30 deg, longitude: 110 deg, time_zone: Asia/Shanghai}
    horizon: {start: 2025-01-01, length: 24 h}
    economy: {currency: USD, real_discount_rate: 5 %, exchange: {EUR: 1.1 USD/EUR, CNY: 0.14 USD/CNY}}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}}
    buses: {ac: {carrier: electricity}, dc: {carrier: electricity}, hot: {carrier: heat, supply: 75 degC, return: 45 degC}, cool: {carrier: cold, supply: 7 degC, return: 12 degC}, g: {carrier: gas}, h2: {carrier: hydrogen}}
    resources: {sun: {monthly_ghi: {values: [3, 3, 4, 4, 5, 5, 5, 5, 4, 4, 3, 3], unit: kWh/m2/d}}, air: {temperature: 15 degC}, hill: {mean_speed: 5 m/s}, stream: {flow: 1 m3/s}, manure: {cattle: 100, yield: 1 m3/d}}
    components:
      it: {use: \(name), \(ports)}
    markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh}, supplier: {bus: g, class: N, buy: 0.04 USD/kWh}}
    """
  }

  static let ports: [String: String] = [
    "pv": "bus: ac, resource: sun, capacity: {max: 10 kW}",
    "wind-turbine": "bus: ac, resource: hill, capacity: {max: 10 kW}",
    "hydro": "bus: ac, resource: stream, head: 10 m, capacity: {max: 10 kW}",
    "solar-collector": "bus: hot, resource: sun, capacity: {max: 10 m2}",
    "generator": "fuel: g, power: ac, capacity: {max: 10 kW}",
    "chp": "fuel: g, power: ac, heat: hot, capacity: {max: 10 kW}",
    "boiler": "fuel: g, heat: hot, capacity: {max: 10 kW}",
    "heat-pump": "power: ac, heat: hot, source: air, capacity: {max: 10 kW}",
    "chiller": "power: ac, cold: cool, source: 30 degC, capacity: {max: 10 kW}",
    "absorption-chiller": "heat: hot, cold: cool, capacity: {max: 10 kW}",
    "inverter": "from: dc, to: ac, capacity: {max: 10 kW}",
    "rectifier": "from: ac, to: dc, capacity: {max: 10 kW}",
    "source": "bus: g, resource: manure, capacity: {max: 10 kW}",
    "electrolyser": "power: ac, hydrogen: h2, capacity: {max: 10 kW}",
  ]

  static let entries: [(name: String, kind: String)] = Shelf.catalogueEntries

  @Test("every entry makes a component, its numbers listed with their sources", arguments: entries.map(\.name))
  func component(name: String) throws {
    let kind = try #require(Self.entries.first { $0.name == name }?.kind)
    let sized = name == "tank-water" ? "bus: hot, capacity: {max: 10 kWh}" : "bus: ac, capacity: {max: 10 kW}"
    let storage =
      name == "battery-lithium"
      ? "bus: ac, hours: 4 h, capacity: {max: 10 kW}" : name == "gas-holder" ? "bus: g, capacity: {max: 10 kW}" : sized
    let ports = Self.ports[kind] ?? storage
    let project = try ProjectReader.read(text: Self.project(name, ports), path: "catalogue-test.yaml")
    let component = try #require(project.components.first)
    #expect(component.catalogueEntry == name && component.kind == kind)
    #expect(component.sizes.contains { $0.cost.capital > 0 })
    let listed = project.assumptions.filter { $0.path.hasPrefix("components.it.") && $0.kind == .catalogue }
    #expect(listed.count >= 3)
    for assumption in listed {
      #expect(
        assumption.source.contains(/(19|20)\d\d/), "\(assumption.path) of \(name) has no year: \(assumption.source)")
    }
  }

  @Test("makes the page of entries with costs and sources, which is up to date") func page() throws {
    let path = SharedFolder.packageRoot + "/Documentation/catalogue.md"
    let text = Shelf.catalogueMarkdown()
    if ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text, "run the tests with TULOU_UPDATE_GOLDEN=1")
    for entry in Self.entries { #expect(text.contains("## \(entry.name)\n"), "\(entry.name)") }
  }

  @Test("has what the foundation promises") func complete() {
    let kinds = Set(Self.entries.map(\.kind))
    #expect(
      kinds.isSuperset(of: [
        "pv", "wind-turbine", "hydro", "storage", "generator", "chp", "boiler", "heat-pump", "chiller",
        "absorption-chiller",
        "solar-collector", "inverter", "source",
      ]))
    #expect(Self.entries.filter { $0.kind == "wind-turbine" }.count >= 4)
  }
}

@Suite("The format's tables")
struct FormatTests {
  @Test("make a JSON schema that is JSON and names every kind")
  func schema() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(Format.schemaJSON().utf8)) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    for technology in Registry.standard.technologies {
      #expect(definitions[technology.kind] != nil, "\(technology.kind)")
    }
    // Every reference leads somewhere.
    let text = Format.schemaJSON()
    for match in text.matches(of: /#\/\$defs\/([^"]+)"/) {
      #expect(definitions[String(match.1)] != nil, "\(match.1)")
    }
  }

  @Test("make the reference of the documentation, which is up to date")
  func reference() throws {
    let path = SharedFolder.packageRoot + "/Documentation/file-format.md"
    let text = Format.referenceMarkdown()
    if ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text, "run the tests with TULOU_UPDATE_GOLDEN=1")
    for table in Format.tables {
      for field in table.fields { #expect(field.sentence.hasSuffix("."), "\(table.name).\(field.name)") }
    }
  }
}

@Suite("Templates")
struct TemplateTests {
  @Test("read without a finding", arguments: Shelf.templates)
  func clean(name: String) throws {
    let text = try #require(Shelf.template(name))
    let findings = ProjectReader.check(text: text, path: "project.yaml")
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test("are there") func present() {
    #expect(
      Shelf.templates == ["cluster", "community", "company", "island", "kalundborg", "minimal", "town", "village"])
  }
}
