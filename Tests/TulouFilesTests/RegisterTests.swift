import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// The register of assumptions is complete: every default that reached a number stands in it.
@Suite("Register of assumptions") struct RegisterTests {
  /// Defaults that are meanings of silence though they are not neutral, with the reason (Documentation/architecture.md).
  static let conventions = [
    "horizon.length": "the plain meaning of a horizon without a length: its year",
    "horizon.step": "data come by the hour", "period.step": "data come by the hour",
    "demand.kind": "what is wanted is wanted when it is wanted",
    "charging block.end_hour": "a span ends where it ends",
    "tariff.tiers_count": "without bands there is nothing to tell apart",
    "demand charge.on": "a charge on power is one on what is bought",
    "limit 'renewable_fraction'.of": "a renewable fraction without more words is that of electricity",
    "market.for": "a market is there for all unless it says otherwise",
  ]

  /// Whether a default changes nothing: zero, none, a factor of one, false.
  private static func isNeutral(_ text: String) -> Bool {
    let first = text.split(separator: " ").first.map(String.init) ?? text
    return Double(first) == 0 || ["1", "100 %", "false", "none"].contains(text)
  }

  @Test("a default that is not listed among the assumptions by its source is neutral, or has a reason")
  func silent() {
    var found: Set<String> = []
    for table in Format.tables {
      for field in table.fields {
        guard case .silent(let text) = field.fallback, !Self.isNeutral(text) else { continue }
        found.insert("\(table.name).\(field.name)")
      }
    }
    // A kind's own class of energy is what the kind is.
    let own = found.filter { $0.hasSuffix(".class") }
    #expect(found.subtracting(own).sorted() == Self.conventions.keys.sorted())
  }

  @Test("the other defaults name their source")
  func sources() {
    for table in Format.tables {
      for field in table.fields {
        guard case .value(_, let source) = field.fallback else { continue }
        #expect(!source.isEmpty, "\(table.name).\(field.name)")
      }
    }
  }

  @Test("each default of each table is in the register of a project that uses it")
  func listed() throws {
    let folder = try ScratchFolder.make()
    try KeyFiles.write(to: folder)
    var register: Set<[String]> = []
    let texts = Set(try KeySheet.names.flatMap { try KeySheet.rows($0) }.map { $0.base.text })
    for text in texts {
      guard let project = try? ProjectReader.read(text: text, path: folder.path + "/project.yaml") else { continue }
      for one in project.assumptions {
        register.insert([one.path.split(separator: ".").last.map(String.init) ?? "", one.value])
      }
    }
    var missing: [String] = []
    for table in Format.tables {
      for field in table.fields {
        switch field.fallback {
        case .value(let text, _), .silent(let text):
          let value = text.replacing("¤", with: "USD")
          if !register.contains([field.name, value]) { missing.append("\(table.name).\(field.name): \(value)") }
        case .required, .absent: break
        }
      }
    }
    #expect(missing == [])
  }

  @Test("what is no key's default is listed too: archetype, life, flat panels, factor, sharing, metering, seed")
  func others() throws {
    let project = try ProjectReader.read(
      text: """
        tulou: 1
        site: {latitude: 30 deg, longitude: 120 deg, time_zone: Asia/Shanghai}
        horizon: {start: 2025-06-02, length: 24 h}
        economy: {currency: USD, real_discount_rate: 5 %}
        buses: {ac: {carrier: electricity}}
        resources:
          sun: {monthly_ghi: {values: [2, 3, 4, 4, 5, 5, 6, 5, 4, 3, 2, 2], unit: kWh/m2/d}}
          mast: {mean_speed: 5 m/s}
          brook: {flow: 1 m3/s}
        members: {mill: {kind: sme}}
        demands: {load: {bus: ac, annual: 9 MWh/y, profile: {archetype: office}}}
        components:
          pv: {kind: pv, bus: ac, resource: sun, capital: 500 USD/kW, capacity: {fixed: 1 kW}}
          tilted: {kind: pv, bus: ac, resource: sun, tilt: 30 deg, capacity: {fixed: 1 kW}}
          wind: {kind: wind-turbine, bus: ac, resource: mast, turbine: onshore-1500kw, capacity: {fixed: 1 kW}}
          water: {kind: hydro, bus: ac, resource: brook, head: 2 m, efficiency: 80 %, capacity: {fixed: 1 kW}}
        markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh}}
        """, path: "register.yaml")
    for path in [
      "demands.load.profile.archetype", "demands.load.seed", "components.pv.tilt", "components.pv.life",
      "components.tilted.albedo", "components.tilted.azimuth", "resources.mast.weibull_shape",
      "resources.brook.ecological", "resources.sun.seed", "markets.grid.emission", "markets.grid.metering",
      "sharing.rule", "economy.lifetime",
    ] {
      let entry = project.assumptions.first { $0.path == path && $0.kind == .default }
      #expect(entry != nil && entry?.source.isEmpty == false, "\(path)")
    }
  }
}
