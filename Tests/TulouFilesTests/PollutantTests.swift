import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Pollutants other than CO2: formed where fuel is burnt, priced, limited; all values by hand.
@Suite("Other pollutants") struct PollutantTests {
  /// 30 kW by two machines of 20 kW on diesel of 0.1 USD/kWh with 2 g NOx and 0.5 g SO2 a kWh: the old one makes a kWh of
  /// 2.5 kWh, the new one of 3.125 kWh, of which it forms a tenth of the NOx.
  static func text(economy: String = "", limits: String = "", old: String = "{fixed: 20 kW}") -> String {
    """
    tulou: 1
    name: two machines
    horizon: {start: 2027-01-04, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y\(economy)}
    carriers:
      diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.25 kg/kWh, pollutants: {NOx: 20 g/l, SO2: 5 g/l}}
    buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
    demands: {load: {bus: ac, power: 30 kW}}
    components:
      old: {kind: generator, fuel: tank, power: ac, efficiency: 40 %, capacity: \(old)}
      new: {kind: generator, fuel: tank, power: ac, efficiency: 32 %, pollutants: {NOx: 2 g/l}, capacity: {fixed: 20 kW}}
    markets: {fuel: {bus: tank, class: N, buy: 1 USD/l}}
    \(limits.isEmpty ? "" : "limits: {pollutants: {\(limits)}}")
    """
  }

  private struct Result {
    var accounts: Accounts
    var value: Double, penalties: Double
    var warnings: [Diagnostic]
    subscript(name: String) -> Double {
      Pollutant.all.first { $0.name == name }.map { accounts.pollutants[$0] } ?? .nan
    }
  }

  private func plan(_ text: String) throws -> Result {
    let project = try ProjectReader.read(text: text, path: "pollutants.yaml")
    let solver = try #require(SolverChoice.builtInStructured)
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.gap < 1e-6)
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    let cash = try #require(accounts.value("annual_cost"))
    #expect(abs(cash + certificate.penalties - certificate.value) < 1e-6 * max(1, abs(cash)))
    return Result(
      accounts: accounts, value: certificate.value, penalties: certificate.penalties, warnings: outcome.warnings)
  }

  private func simulate(_ text: String) throws -> Result {
    let project = try ProjectReader.read(text: text, path: "pollutants.yaml")
    var options = SimulateOptions()
    options.comparesWithForesight = false
    // Machines by what they cost, not as listed.
    options.cheapest = true
    let outcome = try SimulateStudy.run(project: project, options: options, solver: nil)
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    return Result(
      accounts: accounts, value: outcome.certificate?.value ?? .nan, penalties: 0,
      warnings: outcome.warnings + accounts.warnings)
  }

  private func near(_ value: Double, _ expected: Double, _ what: String = "") {
    #expect(abs(value - expected) <= 1e-5 * max(1, abs(expected)), "\(what) \(value), expected \(expected)")
  }

  @Test("each machine forms what it says, else what its fuel says; plan and rules count alike") func byHand() throws {
    for found in [try plan(Self.text()), try simulate(Self.text())] {
      // 50 kW of fuel in the old machine, 31.25 kW in the new one.
      near(found["NOx"], (50 * 2 + 31.25 * 0.2) * 8.76)
      near(found["SO2"], 81.25 * 0.5 * 8.76)
      near(found["CO"], 0)
      near(found.accounts.value("nox") ?? .nan, 930.75)
      near(found.accounts.value("co2") ?? .nan, 81.25 * 0.25 * 8.76)
      near(found.value, 81.25 * 0.1 * 8760)
      let lines = found.accounts.pollutants.lines
      #expect(lines.map(\.id) == ["old", "new"] && lines.allSatisfy { $0.kind == .burnt && $0.carrier == "diesel" })
      near(lines[1].energy, 31.25 * 8760)
      near(lines[1].amounts.first { $0.key.name == "NOx" }?.value ?? .nan, 31.25 * 0.2 * 8.76)
      #expect(found.accounts.pollutants.cost == 0)
    }
  }

  @Test("a price turns the order of machines, in the plan and under rules that take the cheapest") func price() throws {
    // 20 USD/kg: 0.25 + 0.1 USD/kWh of the old machine, 0.3125 + 0.0125 of the new one.
    let text = Self.text(economy: ", pollutant_prices: {NOx: 20000 USD/t}")
    for found in [try plan(text), try simulate(text)] {
      near(found["NOx"], (25 * 2 + 62.5 * 0.2) * 8.76)
      near(found.value, (87.5 * 0.1 + 0.0625 * 20) * 8760)
      near(found.accounts.pollutants.cost, 0.0625 * 20 * 8760)
      let items = found.accounts.costs.filter { $0.kind == .pollutants }
      #expect(items.map(\.id) == ["old", "new"])
      near(items[0].annual, 0.05 * 20 * 8760)
    }
    // Too low to turn it; it grows by 10 % a year over 20 years.
    let growing = try plan(Self.text(economy: ", pollutant_prices: {NOx: {value: 1 USD/kg, escalation: 10 %/y}}"))
    near(growing["NOx"], 930.75)
    var mean = 0.0, level = 1.0
    for _ in 0..<20 {
      mean += level / 20
      level *= 1.1
    }
    near(growing.accounts.pollutants.cost, 930.75 * mean)
  }

  @Test("a limit binds, or is broken at its price") func limit() throws {
    // A kWh from the new machine in place of the old one saves 4.375 g for 0.0625 USD.
    let bound = try plan(Self.text(limits: "NOx: {max: 700 kg/y}"))
    near(bound["NOx"], 700)
    near(bound.value, 71_175 + (930.75 - 700) / 4.375e-3 * 0.0625)
    let broken = try plan(Self.text(limits: "NOx: {max: 700 kg/y, penalty: 10 USD/kg}"))
    near(broken["NOx"], 930.75)
    near(broken.penalties, 230.75 * 10)
    near(broken.value, 71_175 + 230.75 * 10)
    let kept = try plan(Self.text(limits: "NOx: {max: 700 kg/y, penalty: 20 USD/kg}"))
    near(kept["NOx"], 700)
  }

  @Test("rules break a limit with a warning, a search rejects with the reason") func reject() throws {
    let found = try simulate(Self.text(limits: "NOx: {max: 0.7 t/y}"))
    #expect(found.warnings.contains { $0.path == "limits.pollutants.NOx" })
    let project = try ProjectReader.read(
      text: Self.text(limits: "NOx: {max: 0.7 t/y}", old: "{max: 20 kW}"), path: "pollutants.yaml")
    var options = SearchOptions()
    options.method = .grid
    options.points = 3
    options.seeksBound = false
    let outcome = try SearchStudy.run(project: project, options: options, solver: nil)
    #expect(outcome.rows.map(\.sizes) == [[10], [20], [0]] || outcome.rows.map(\.sizes) == [[10], [0], [20]])
    let rows = Dictionary(outcome.rows.map { ($0.sizes[0], $0) }, uniquingKeysWith: { first, _ in first })
    let best = try #require(rows[10]), all = try #require(rows[20])
    let place = try #require(Pollutant.all.firstIndex { $0.name == "NOx" })
    near(best.pollutants[place], 547.5)
    #expect(best.isFeasible && outcome.reasons(best).isEmpty)
    near(all.pollutants[place], 930.75)
    #expect(outcome.reasons(all) == ["pollutants.NOx"])
  }

  @Test("purchases by the hour and over the years, no credit for sale, the reference pays too") func market() throws {
    let factors = (0..<24).map { $0 < 12 ? "1" : "3" }.joined(separator: ", ")
    let text = """
      tulou: 1
      horizon: {start: 2027-01-04, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 2 y, pollutant_prices: {SO2: 100 USD/kg}}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        sun: {kind: source, bus: ac, class: S.sun, availability: {values: [\((0..<24).map { $0 < 12 ? "0" : "1" }.joined(separator: ", "))]}, capacity: {fixed: 15 kW}}
      markets:
        grid:
          bus: ac
          class: N
          buy: 0.1 USD/kWh
          sell: 0.05 USD/kWh
          limit: {buy: 100 kW, sell: 100 kW}
          pollutants:
            SO2: {values: [\(factors)], unit: g/kWh, escalation: -10 %/y}
            NOx: 1.34 g/kWh
            source: "round numbers"
      reference: {electricity: grid}
      """
    for found in [try plan(text), try simulate(text)] {
      // 120 kWh a day are bought in the morning, 60 kWh sold after noon.
      near(found["SO2"], 0.12 * 365 * 0.95)
      near(found["NOx"], 120 * 365 * 1.34e-3)
      near(found.accounts.pollutants.cost, 0.12 * 365 * 0.95 * 100)
      near(found.value, 365 * (12 - 3) + 0.12 * 365 * 0.95 * 100)
      #expect(found.accounts.pollutants.lines.map(\.kind) == [.grid])
      let usual = try #require(found.accounts.pollutants.businessAsUsual)
      near(usual.first { $0.key.name == "SO2" }?.value ?? .nan, (0.12 + 0.36) * 365 * 0.95)
      let reference = try #require(found.accounts.reference)
      near(reference.annualCost, 365 * 24 + 0.48 * 365 * 0.95 * 100)
    }
  }

  @Test("boilers and kitchens burn, what passes fuel on does not") func burning() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-04, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y, pollutant_prices: {CO: 10 USD/kg}}
      carriers: {gas: {kind: fuel, emission: 0.2 kg/kWh, pollutants: {CO: 1 g/kWh}}}
      buses: {pipe: {carrier: gas}, stove: {carrier: gas}, hot: {carrier: heat}}
      demands: {heat: {bus: hot, power: 9 kW}, cooking: {bus: stove, power: 2 kW}}
      components:
        boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 90 %, pollutants: {PM: 0.1 g/kWh}, capacity: {fixed: 10 kW}}
        hose: {kind: link, from: pipe, to: stove, efficiency: 80 %, capacity: {fixed: 10 kW}}
      markets: {works: {bus: pipe, class: N, buy: 0.1 USD/kWh}}
      limits: {pollutants: {CO: {max: 12 g/h}}}
      """
    let yearly = text.replacing("12 g/h", with: "105.12 kg/y")
    let found = try plan(yearly)
    near(found["CO"], (10 + 2) * 8.76)
    near(found["PM"], 10 * 0.1 * 8.76)
    #expect(found.accounts.pollutants.lines.map(\.id) == ["boiler", "cooking"])
    near(found.value, 8760 * (12.5 * 0.1 + 0.012 * 10))
    // What is burnt whatever is chosen counts against the limit.
    let project = try ProjectReader.read(text: yearly.replacing("105.12", with: "105"), path: "pollutants.yaml")
    let outcome = try PlanStudy.run(project: project, solver: try #require(SolverChoice.builtInStructured))
    #expect(outcome.certificate == nil)
    #expect(outcome.infeasibility?.remedies.contains { $0.path == "limits.pollutants.CO" } == true)
  }

  @Test("what is wrong is said where it stands") func wrong() {
    func findings(_ text: String, _ severity: Diagnostic.Severity = .error) -> [String] {
      ProjectReader.check(text: text, path: "pollutants.yaml").filter { $0.severity == severity }
        .map { "\($0.path) \($0.place?.line ?? 0): \($0.message) \($0.advice)" }
    }
    let base = Self.text()
    let misspelt = findings(base.replacing("{NOx: 20 g/l", with: "{NOX: 20 g/l"))
    #expect(misspelt.count == 1 && misspelt[0].contains(" 6: 'NOX' is not a key of pollutants. Did you mean 'NOx'?"))
    #expect(
      findings(base.replacing("SO2: 5 g/l", with: "SO2: 5 USD/l"))[0].hasPrefix("carriers.diesel.pollutants.SO2 6"))
    #expect(findings(base.replacing("SO2: 5 g/l", with: "SO2: -5 g/l"))[0].contains("has to be 0 or more"))
    let market = findings(base.replacing("buy: 1 USD/l}", with: "buy: 1 USD/l, pollutants: {CO: 1 g/l}}"))
    #expect(market.count == 1 && market[0].contains("form where it is burnt"))
    let carrier = findings(base.replacing("kind: fuel", with: "kind: material"))
    #expect(carrier.contains { $0.contains("is no fuel") })
    #expect(findings(Self.text(economy: ", pollutant_prices: {NOx: -1 USD/t}"))[0].contains("below zero"))
    #expect(findings(Self.text(limits: "NOx: 3 t/y"))[0].hasPrefix("limits.pollutants.NOx"))
    #expect(findings(Self.text(limits: "NOx: {max: 3 t/y, penalty: 3 USD/kWh}"))[0].contains("penalty"))
    #expect(findings(Self.text(limits: "PM: {max: 3 t/y}"), .warning)[0].hasPrefix("limits.pollutants.PM"))
    #expect(findings(Self.text(economy: ", pollutant_prices: {PM: 1 USD/t}"), .warning)[0].contains("does nothing"))
  }
}
