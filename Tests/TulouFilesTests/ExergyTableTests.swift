import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouQuantities

/// Tables of `tulou exergy`: units, and what the second law forbids.
@Suite("Tables of exergy") struct ExergyTableTests {
  private func exergy(_ amount: String) throws -> Double {
    let table = try ExergyTableReader.read(text: "cases: [{name: it, \(amount)}]\n", path: "table.yaml")
    guard case .amount(let found) = try #require(table.cases.first).content else { return .nan }
    return found.exergy
  }

  @Test(
    "a unit of its own says the same as the bare number",
    arguments: [
      (
        "kind: heat, heat: 100 MWh, supply: 353.15 K, return: 60 degC, t0: 283.15 K",
        "kind: heat, heat: 100000, supply: 80, return: 60, t0: 10"
      ),
      (
        "kind: heat, heat: 360 GJ, supply: 80, return: 60, t0: 10",
        "kind: heat, heat: 100000, supply: 80, return: 60, t0: 10"
      ),
      (
        "kind: cold, cold: 2 MW, supply: 6 degC, return: 12, t0: [30 degC, 20]",
        "kind: cold, cold: 2000, supply: 6, return: 12, t0: [30, 20]"
      ),
      ("kind: electricity, electricity: 3.5 MWh", "kind: electricity, electricity: 3500"),
      ("kind: wind, density: 1.2, area: 1 ha, speed: 36 km/h", "kind: wind, density: 1.2, area: 10000, speed: 10"),
      (
        "kind: fuel, amount: 3, heating_value: 10, factor: 104 %",
        "kind: fuel, amount: 3, heating_value: 10, factor: 1.04"
      ),
    ])
  func units(_ written: String, _ bare: String) throws {
    let value = try exergy(bare)
    #expect(abs(try exergy(written) - value) <= 1e-12 * abs(value) && value > 0)
  }

  @Test("a unit of another kind is refused where it stands", arguments: ["100 kg", "3 EUR", "much"])
  func refused(_ heat: String) throws {
    let fault = #expect(throws: ProjectFault.self) {
      try exergy("kind: heat, heat: \(heat), supply: 80, return: 60, t0: 10")
    }
    let found = try #require(fault?.diagnostics.first)
    #expect(found.place?.line == 1 && found.message.contains(heat) && found.message.contains("an energy"))
  }

  @Test(
    "what gives more exergy than enters names component and line",
    arguments: [
      "pump, in: [{kind: electricity, electricity: 1}], out: [{kind: heat, heat: 9.9, supply: 80, return: 60, t0: 10}]",
      "pipe, in: [{kind: heat, heat: 1, supply: 60, return: 40, t0: 10}], out: [{kind: heat, heat: 1, supply: 80, return: 60, t0: 10}]",
      "maker, in: [], out: [{kind: electricity, electricity: 1}]",
      "plant, streams: {a: {exergy: 1}, b: {exergy: 2}}, components: {mill: {in: [a], out: [b]}}",
    ])
  func gain(_ component: String) throws {
    let fault = #expect(throws: ProjectFault.self) {
      try ExergyTableReader.read(
        text: "cases:\n  - {name: fine, kind: electricity, electricity: 1}\n  - {name: \(component)}\n",
        path: "table.yaml")
    }
    let found = try #require(fault?.diagnostics.first)
    let name = component.hasPrefix("plant") ? "mill" : String(component.prefix { $0 != "," })
    #expect(found.message.contains("'\(name)'") && found.message.contains("second law") && found.place?.line == 3)
  }

  @Test("heat between equal loops, and a loss, are no gain")
  func fine() throws {
    let loop = "supply: 80, return: 60, t0: 10"
    _ = try ExergyTableReader.read(
      text:
        "cases: [{in: [{kind: heat, heat: 3, \(loop)}], out: [{kind: heat, heat: 1, \(loop)}, {kind: heat, heat: 2, \(loop)}]}]\n",
      path: "table.yaml")
  }
}
