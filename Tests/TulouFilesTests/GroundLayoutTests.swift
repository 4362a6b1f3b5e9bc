import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers

/// Where plant stands, what it keeps from, what the cluster means to people, and room for floods.
@Suite("Layout, social account, room for floods") struct GroundLayoutTests {
  static func text(_ layout: String, social: String = "") -> String {
    """
    tulou: 1
    name: ridge
    horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    members:
      village: {kind: village, at: [25.00 deg, 116.00 deg]}
      works: {kind: sme, at: [25.00 deg, 116.05 deg]}
    demands:
      homes: {bus: ac, member: village, power: 60 kW}
      shop: {bus: ac, member: works, power: 60 kW}
    components:
      wind: {kind: source, bus: ac, class: W, member: works, availability: 50 %, capacity: {max: 240 kW}, capital: 500 EUR/kW, life: 20 y}
      roof: {kind: source, bus: ac, class: S.sun, member: village, availability: 20 %, capacity: {max: 100 kW}, capital: 300 EUR/kW, life: 20 y}
    markets:
      grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, sell: 0.01 EUR/kWh, emission: 0.5 kg/kWh}
    \(layout.isEmpty ? "" : "layout: \(layout)")
    \(social.isEmpty ? "" : "social: \(social)")
    """
  }

  static func read(_ text: String) throws -> Project { try ProjectReader.read(text: text, path: "ridge.yaml") }

  static func planned(_ text: String) throws -> (outcome: Outcome, accounts: Accounts) {
    let outcome = try PlanStudy.run(project: read(text), solver: Structured())
    return (outcome, Accounts.make(outcome, solver: Structured()))
  }

  private static func size(_ id: String, _ outcome: Outcome) -> Double {
    outcome.plan.flatMap { plan in
      plan.problem.capacities.firstIndex { $0.label.id == id && $0.label.role == .size }.map {
        plan.solution.capacities[$0]
      }
    } ?? -1
  }

  @Test("plant nearer to homes than asked is not built, farther it is")
  func distance() throws {
    let far =
      "{places: {wind: [25.02 deg, 116.00 deg]}, distances: {quiet: {of: [wind], from: [village], least: 1500 m}}}"
    let near = far.replacing("25.02", with: "25.01")
    let built = try Self.planned(Self.text(far)), kept = try Self.planned(Self.text(near))
    #expect(Self.size("wind", built.outcome) > 100)
    #expect(Self.size("wind", kept.outcome) < 1e-6)
    let finding = try #require(kept.outcome.project.layout?.findings.first)
    // A hundredth of a degree of latitude is 1,112 m.
    #expect(abs(finding.metres - 1112) < 1 && !finding.isKept && finding.to == "village")
    #expect(kept.outcome.project.warnings.contains { $0.message.contains("nothing new is built") })
  }

  @Test("zones forbid what they name: circles and outlines, by kind and by id")
  func zones() throws {
    let circle =
      "{places: {wind: [25.003 deg, 116.00 deg]}, zones: {old: {use: culture, at: [25 deg, 116 deg], radius: 500 m, forbids: [wind]}}}"
    #expect(try Self.size("wind", Self.planned(Self.text(circle)).outcome) < 1e-6)
    #expect(try Self.size("wind", Self.planned(Self.text(circle.replacing("500 m", with: "300 m"))).outcome) > 100)
    let outline =
      "{places: {wind: [25.005 deg, 116.005 deg]}, zones: {wood: {use: forest, outline: [[25 deg, 116 deg], [25.01 deg, 116 deg], [25.01 deg, 116.01 deg], [25 deg, 116.01 deg]], forbids: [source]}}}"
    #expect(try Self.size("wind", Self.planned(Self.text(outline)).outcome) < 1e-6)
    #expect(
      try Self.size("wind", Self.planned(Self.text(outline.replacing("[25.005 deg", with: "[25.015 deg"))).outcome)
        > 100)
    // By use of land, to the edge of the zone.
    let use = outline.replacing(", forbids: [source]", with: "").replacing(
      "zones:", with: "distances: {trees: {of: [wind], from: [forest], least: 200 m}}, zones:")
    let finding = try #require(Self.read(Self.text(use)).layout?.findings.first)
    #expect(finding.metres == 0 && !finding.isKept)
    let beside = try #require(
      Self.read(Self.text(use.replacing("[25.005 deg", with: "[25.015 deg"))).layout?.findings.first)
    #expect(abs(beside.metres - 556) < 1 && beside.isKept)
  }

  @Test(
    "distances that do nothing are told",
    arguments: [
      ("{distances: {quiet: {of: [wind], from: [village], least: 5 m}}}", "nothing has a place ('wind')"),
      (
        "{places: {wind: [25.02 deg, 116 deg]}, distances: {quiet: {of: [wind], from: [homes], least: 5 m}}}",
        "No zone of the layout is 'homes'"
      ),
      (
        "{places: {wind: [25.02 deg, 116 deg]}, distances: {quiet: {of: [wind-turbine], from: [village], least: 5 m}}}",
        "No component of the project is meant"
      ),
    ])
  func idle(layout: String, said: String) throws {
    let warnings = try Self.read(Self.text(layout)).warnings
    #expect(warnings.contains { $0.message.contains(said) && ($0.place?.line ?? 0) > 0 }, "\(warnings)")
  }

  @Test("the report has a map with scale and north, the network of members, and distances")
  func map() throws {
    let layout =
      "{places: {wind: [25.02 deg, 116.00 deg]}, zones: {old: {name: Old town, use: culture, at: [25 deg, 116 deg], radius: 400 m}}, distances: {quiet: {of: [wind], from: [old], least: 500 m}}}"
    let (outcome, accounts) = try Self.planned(Self.text(layout))
    let plan = try #require(outcome.plan)
    let report = PlanReport(
      project: outcome.project, plan: plan, accounts: accounts, proof: PlanReport.Proof(), version: "test")
    let page = report.page().html()
    #expect(page.contains("map-cluster") && page.contains("Old town") && page.contains(">N</text>"))
    #expect(page.contains("member-network"))
    let bare = try Self.planned(Self.text(""))
    let plain = PlanReport(
      project: bare.outcome.project, plan: try #require(bare.outcome.plan), accounts: bare.accounts,
      proof: PlanReport.Proof(), version: "test")
    #expect(!plain.page().html().contains("map-cluster"))
  }

  @Test("work, people and guests by the stated factors")
  func social() throws {
    let text = Self.text(
      "",
      social:
        "{jobs: {wind: {build: 2, run: 0.5, source: a study}}, population: {per_job: 3, source: a census}, visitors: {rooms: {nights: 1000, spending: 50 EUR, share: 20 %, to: village, source: counted}}}"
    )
    let (outcome, accounts) = try Self.planned(text)
    let wind = Self.size("wind", outcome)
    #expect(abs(accounts.social.lastingJobs - 0.5 * wind / 1000) < 1e-9)
    #expect(abs(accounts.social.buildingWork - 2 * wind / 1000) < 1e-9)
    #expect(abs((accounts.social.peopleKept ?? 0) - 1.5 * wind / 1000) < 1e-9)
    #expect(accounts.social.visitorsIncome == 10_000)
  }

  @Test(
    "wrong files are told",
    arguments: [
      (text("{places: {winds: [25 deg, 116 deg]}}"), "There is no component"),
      (text("{places: {wind: [25 deg]}}"), "takes [latitude, longitude]"),
      (text("{zones: {old: {use: castle, at: [25 deg, 116 deg], radius: 4 m}}}"), "castle"),
      (text("{zones: {old: {use: culture, at: [25 deg, 116 deg]}}}"), "needs 'radius'"),
      (text("{zones: {old: {use: culture}}}"), "either a circle"),
      (text("{zones: {old: {use: culture, outline: [[25 deg, 116 deg], [25 deg, 117 deg]]}}}"), "three corners"),
      (text("{distances: {quiet: {of: [wind], from: [city], least: 5 m}}}"), "is no member, zone or use"),
      (text("{distances: {quiet: {of: [mill], from: [village], least: 5 m}}}"), "is no component, kind"),
      (text("{distances: {quiet: {of: [], from: [village], least: 5 m}}}"), "'of' is an empty list"),
      (text("{distances: {quiet: {of: [wind], from: [], least: 5 m}}}"), "'from' is an empty list"),
      (text("", social: "{jobs: {winds: {run: 1, source: x}}}"), "is no component with a size"),
      (text("", social: "{jobs: {wind: {run: 1}}}"), "needs 'source'"),
      (text("", social: "{visitors: {v: {nights: 3, spending: 4 EUR, to: nobody, source: x}}}"), "is no member"),
    ])
  func wrong(text: String, said: String) throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.read(text) }
    #expect(
      fault?.diagnostics.contains { ($0.message + $0.advice).contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }

  static func lake(_ reservoir: String) -> String {
    """
    tulou: 1
    name: lake
    horizon: {start: 2027-05-30, length: 96 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    resources: {river: {flow: {values: [\((0..<96).map { $0 < 48 ? "4" : "0.5" }.joined(separator: ","))], unit: m3/s}}}
    demands: {town: {bus: ac, power: 300 kW}}
    components:
      dam: {kind: hydro, bus: ac, resource: river, head: 20 m, efficiency: 80 %, capacity: {fixed: 600 kW}, reservoir: \(reservoir)}
    markets: {grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, sell: 0.01 EUR/kWh, emission: 0.5 kg/kWh}}
    """
  }

  @Test("room for floods is kept in its months, costs energy, and stands with its worth")
  func flood() throws {
    let free = try Self.planned(Self.lake("{volume: 300000 m3}"))
    let kept = try Self.planned(
      Self.lake("{volume: 300000 m3, flood: {volume: 250000 m3, months: [6], worth: 0.04 EUR/m3, source: a survey}}"))
    let a = try #require(free.outcome.certificate).value, b = try #require(kept.outcome.certificate).value
    #expect(b > a * 1.001)
    let plan = try #require(kept.outcome.plan)
    let state = try #require(plan.problem.states.firstIndex { $0.label.id == "dam" })
    let perVolume = 20 * 9.81 * 0.8 / 3600
    // From 1 June on, after 48 hours, 50,000 m3 are left.
    for step in 49..<96 { #expect(plan.solution.contents[state][step] < 50_000 * perVolume * 1.01) }
    let account = try #require(kept.accounts.social.floods.first)
    #expect(account.worth == 10_000 && account.volume == 250_000 && account.months == [6])
    #expect(free.accounts.social.isEmpty)
  }

  @Test("months that the horizon does not hold are told, and alone they are worth nothing")
  func monthsOutside() throws {
    func found(_ months: String) throws -> (worth: Double?, told: [String]) {
      let text = Self.lake(
        "{volume: 300000 m3, flood: {volume: 1000 m3, months: \(months), worth: 1 EUR/m3, source: a survey}}")
      let told = ProjectReader.check(text: text, path: "lake.yaml").map(\.message)
      return (try Self.planned(text).accounts.social.floods.first?.worth, told.filter { $0.contains("no hour of") })
    }
    let outside = try found("[1]"), partly = try found("[6, 7]"), inside = try found("[6]")
    #expect(outside.worth == 0 && partly.worth == 1000 && inside.worth == 1000)
    #expect(outside.told.count == 1 && outside.told.first?.contains("month 1, ") == true)
    #expect(partly.told.count == 1 && partly.told.first?.contains("month 7, ") == true)
    #expect(inside.told.isEmpty)
  }

  @Test(
    "rooms for floods that cannot be are told",
    arguments: [
      ("{volume: 3000 m3, flood: {volume: 4000 m3, months: [6]}}", "larger than the lake"),
      ("{volume: 3000 m3, flood: {volume: 400 m3, months: [13]}}", "13"),
      ("{volume: 3000 m3, flood: {volume: 400 m3, months: []}}", "in no month"),
      ("{volume: 3000 m3, initial: 95 %, flood: {volume: 400 m3, months: [5]}}", "within the room for floods"),
    ])
  func floods(reservoir: String, said: String) throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.read(Self.lake(reservoir)) }
    #expect(
      fault?.diagnostics.contains { ($0.message + $0.advice).contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }
}
