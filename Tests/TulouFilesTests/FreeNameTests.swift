import Testing
import TulouDocument
import TulouFiles
import TulouFinance
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Names that a mapping leaves free have to be those of something.
@Suite("Free names in mappings") struct FreeNameTests {
  @Test(
    "what cannot grow over the years refuses an escalation",
    arguments: [
      "availability: {value: 30 %, escalation: 1 %/y}", "availability: 30 %, land: {value: 5 m2/kW, escalation: 1 %/y}",
      "natural: {values: [1, 2, 1], unit: kW, escalation: 1 %/y}",
    ])
  func growth(words: String) {
    let text = """
      tulou: 1
      name: growth
      horizon: {start: 2027-01-01, length: 3 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 1 kW}}
      components: {sun: {kind: source, bus: ac, class: S.sun, capacity: {max: 9 kW}, \(words)}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
      """
    let found = ProjectReader.check(text: text, path: "p.yaml").filter { $0.severity == .error }
    #expect(found.map(\.message).contains { $0.contains("cannot grow over the years") }, "\(found)")
  }

  private static func text(_ more: String, tiers: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}, hot: {carrier: heat}}
    demands: {load: {bus: ac, power: 10 kW\(tiers)}, bath: {bus: hot, power: 1 kW}}
    components:
      sun: {kind: source, class: S.sun, bus: ac, availability: 50 %, capacity: {max: 100 kW}}
      store: {kind: storage, bus: ac, round_trip: 90 %, hours: 4 h, capacity: {max: 10 kW}}
    markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}, main: {bus: hot, class: N, buy: 0.1 USD/kWh, emission: 0.2 kg/kWh}}
    \(more)
    """
  }

  private func found(_ more: String, tiers: String = "") -> [Diagnostic] {
    ProjectReader.check(text: Self.text(more, tiers: tiers), path: "names.yaml")
  }

  @Test(
    "what names nothing is an error with its place and the nearest name",
    arguments: [
      ("reliability: {unserved_cost: {norml: 1 USD/kWh}}", "reliability.unserved_cost.norml", "normal"),
      ("reliability: {unserved_cost: {electricty: 1 USD/kWh}}", "reliability.unserved_cost.electricty", "electricity"),
      ("reliability: {reserve: {ac: {demandd: 10 %}}}", "reliability.reserve.ac.demandd", "demand"),
      ("reliability: {reserve: {dc: {demand: 10 %}}}", "reliability.reserve.dc", ""),
      ("limits: {protected: {roofs: {forbids: [sorce]}}}", "limits.protected.roofs.forbids", "source"),
      ("limits: {protected: {roofs: {forbids: [pv-rooftp]}}}", "limits.protected.roofs.forbids", "pv-rooftop"),
      ("limits: {pollutants: {NO2: {max: 1 t/y}}}", "limits.pollutants", "SO2"),
      ("studies: {s: {kind: search, candidates: {sonne: [0 kW, 5 kW]}}}", "studies.s.candidates", ""),
      ("studies: {s: {kind: search, candidates: {store.energi: [0 kWh]}}}", "studies.s.candidates", "store.energy"),
      ("studies: {s: {kind: simulate, sizes: {sn: 5 kW}}}", "studies.s.sizes", "sun"),
      ("studies: {s: {kind: sensitivity, vary: {economy.lifetime: [x1]}, least: stor}}", "studies.s.least", "store"),
      (
        "objective: {weights: {net_present_cost: 50 %, co2: 50 %}, reference: {son: 5 kW}}", "objective.reference",
        "sun"
      ),
    ])
  func refused(more: String, path: String, near: String) {
    let errors = found(more, tiers: ", tiers: {normal: 100 %}").filter { $0.severity == .error }
    #expect(errors.contains { $0.path == path && $0.advice.contains(near) && ($0.place?.line ?? 0) > 0 }, "\(errors)")
  }

  @Test(
    "a price of a carrier stands for its tiers without one; where it prices nothing, that is said",
    arguments: [("", false), (", tiers: {normal: 100 %}", true)])
  func carrier(tiers: String, prices: Bool) throws {
    let more = "reliability: {unserved_cost: {electricity: 0.01 USD/kWh}}"
    let project = try ProjectReader.read(text: Self.text(more, tiers: tiers), path: "names.yaml")
    let warnings = project.warnings.filter { $0.path == "reliability.unserved_cost.electricity" }
    #expect(warnings.isEmpty == prices && warnings.allSatisfy { $0.message.contains("'unserved_cost'") })
    #expect(project.demands[0].tiers.map(\.unservedCost) == (prices ? [0.01] : []))
  }

  @Test("a tier's own price comes before that of its carrier")
  func both() throws {
    let more = "reliability: {unserved_cost: {electricity: 0.01 USD/kWh, high: 2 USD/kWh}}"
    let project = try ProjectReader.read(
      text: Self.text(more, tiers: ", tiers: {high: 40 %, low: 60 %}"), path: "names.yaml")
    #expect(project.demands[0].tiers.map(\.unservedCost) == [2, 0.01])
  }

  @Test("what is right is taken: kinds, catalogue entries, sizes by part")
  func taken() {
    let more = """
      limits: {protected: {roofs: {forbids: [source, pv-rooftop, store]}}}
      studies: {s: {kind: search, candidates: {sun: [0 kW, 5 kW], store.energy: [0 kWh, 8 kWh]}}}
      """
    #expect(found(more).filter { $0.severity == .error } == [])
  }
}
