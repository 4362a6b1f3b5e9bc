import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// A class means one thing in plan, limits and accounts (rule K17): children and own classes count as their head.
@Suite("What a class means", .enabled(if: InstalledHighs.isPresent))
struct ClassMeaningTests {
  /// 10 kW for two days; own plant of 50 % at 10,000 USD/kW/y, or the grid at 0.1 USD/kWh.
  static func text(grid: String, own: String = "W", more: String) -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    classes: {geo: {name: heat of the rock, like: S}, steam: {like: N}}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: 10 kW}}
    components:
      own: {kind: source, class: \(own), bus: ac, availability: 50 %, capacity: {max: 100 kW}, operation: 10000 USD/kW/y}
    markets: {grid: {bus: ac, class: \(grid), buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
    \(more)
    """
  }

  private func accounts(_ text: String) throws -> Accounts {
    let project = try TemporaryText.project(text)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: project, plan: try #require(outcome.plan))
  }

  @Test("a limit on energy from outside", arguments: ["N", "N.coal", "N.coal.brown", "steam", "steam.old"])
  func outside(grid: String) throws {
    let accounts = try accounts(Self.text(grid: grid, more: "limits: {outside_energy: {max: 20 MWh/y}}"))
    // 20 MWh of 87.6 are bought, the rest by own plant at half its capacity.
    let own: Double = 2 * (10 - 20_000.0 / 8760) * 10_000
    #expect(abs((accounts.value("p_n") ?? 0) - 20_000) < 0.1)
    #expect(abs((accounts.value("annual_cost") ?? 0) - own - 2000) < 1)
  }

  @Test("the objective of least energy from outside", arguments: ["N", "N.coal", "steam"])
  func objective(grid: String) throws {
    let more = "objective: outside_energy\nlimits: {unserved_energy: {max: 0 %}}"
    #expect(abs(try accounts(Self.text(grid: grid, more: more)).value("p_n") ?? 1) < 1e-3)
  }

  @Test("the renewable fraction", arguments: ["N", "N.coal", "steam"])
  func fraction(grid: String) throws {
    let accounts = try accounts(Self.text(grid: grid, more: "limits: {renewable_fraction: {min: 80 %}}"))
    #expect(abs((accounts.value("renewable_fraction") ?? 0) - 0.8) < 1e-6)
    #expect(abs((accounts.value("p_n") ?? 0) - 0.2 * 87_600) < 0.1)
  }

  @Test(
    "entries of the balance stand under their head",
    arguments: [("W.sea", "p_w"), ("S.tidal", "p_s"), ("geo", "p_s"), ("B.straw", "p_b"), ("ambient.air", "ambient")])
  func entries(own: String, indicator: String) throws {
    let accounts = try accounts(Self.text(grid: "N.coal", own: own, more: "limits: {outside_energy: {max: 0 kWh/y}}"))
    #expect(abs((accounts.value(indicator) ?? 0) - 87_600) < 1e-3)
    #expect(accounts.balance.all.yearly.entries.contains { $0.energyClass.name == own })
  }

  @Test("a green market is renewable, its grey twin is not")
  func markets() throws {
    for (name, share) in [("S", 1.0), ("geo", 1.0), ("N.coal", 0.0)] {
      let accounts = try accounts(Self.text(grid: name, more: ""))
      #expect(abs((accounts.value("renewable_fraction") ?? -1) - share) < 1e-9, "\(name)")
    }
  }

  @Test(
    "a reserve asks each source by the nearest class that it names",
    arguments: [("W.sea: 50 %, W: 20 %", "W.sea", 0.5), ("W: 20 %", "W.sea", 0.2), ("S: 30 %", "geo", 0.3)])
  func reserve(shares: String, own: String, share: Double) throws {
    let more = "reliability: {reserve: {ac: {demand: 10 %, \(shares)}}}"
    let project = try TemporaryText.project(Self.text(grid: "N", own: own, more: more))
    let asked = try #require(project.reliability.reserve["ac"])
    guard case .source(let source) = project.components[0].block else { return }
    #expect(asked.share(of: source.energyClass) == share && asked.ofDemand == 0.1)
  }

  @Test(
    "a word that is no class, and a share of a reserve that nothing asks for, are told with their place",
    arguments: [
      ("n", "", "markets.grid.class", "'n' is not a class of energy."),
      (
        "N", "reliability: {reserve: {ac: {demand: 10 %, Wind: 20 %}}}", "reliability.reserve.ac.Wind",
        "'Wind' is neither 'demand' nor 'peak' nor a class of energy."
      ),
      (
        "N", "reliability: {reserve: {ac: {demandd: 10 %}}}", "reliability.reserve.ac.demandd",
        "'demandd' is neither 'demand' nor 'peak' nor a class of energy."
      ),
      (
        "N", "reliability: {reserve: {ac: {S.sun: 20 %}}}", "reliability.reserve.ac.S.sun",
        "No source of class S.sun stands on 'ac', so this share of the reserve does nothing."
      ),
    ])
  func told(grid: String, more: String, path: String, message: String) {
    let found = ProjectReader.check(text: Self.text(grid: grid, more: more), path: "class.yaml")
    #expect(found.contains { $0.path == path && $0.message == message && ($0.place?.line ?? 0) > 1 }, "\(found)")
  }

  @Test("own classes need a class that they are like, and may not take a name that stands")
  func declarations() {
    func errors(_ classes: String) -> [String] {
      let text = Self.text(grid: "N", own: "W", more: "").replacing(
        "classes: {geo: {name: heat of the rock, like: S}, steam: {like: N}}", with: "classes: {\(classes)}")
      return ProjectReader.check(text: text, path: "class.yaml").filter { $0.severity == .error }.map(\.message)
    }
    #expect(errors("N: {like: S}") == ["'N' is a class already."])
    #expect(errors("rock: {name: rock}") == ["A class needs 'like'."])
    #expect(errors("rock: {like: geo}") == ["'geo' is not a class of energy."])
    #expect(errors("rock: {like: S.hot}") == [])
  }
}
