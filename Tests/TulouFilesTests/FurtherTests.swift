import TestSupport
import Testing
import TulouAccounts
import TulouAssembly
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouSharing
import TulouSolvers
import TulouTechnologies

/// A technology, a limit, an account, a sharing rule, an objective and a section that the product does not know: one declaration each,
/// given as a value where the product has a list, and nothing else is written anywhere.
@Suite("Further things by one declaration") struct FurtherTests {
  private enum Flywheel: Technology {
    static let kind = "flywheel"
    static let sentence = "A wheel that stores electricity for minutes."
    static var descriptions: [FieldDescription] { GenericStorage.descriptions }
    static func component(
      _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
    ) -> Component? {
      var made = GenericStorage.component(id, node, in: surroundings, &decoding)
      made?.kind = kind
      return made
    }
  }

  /// Copper in what stands: 2 kg in a kW of any source.
  @Sendable private static func copperOf(_ component: Component, _ size: Size) -> Double {
    if case .source = component.block { 2 } else { 0 }
  }
  private static let copper = LimitKey(
    "copper", .most, .mass, perUnit: copperOf, "Greatest mass of copper in what stands.")
  private static let power = LimitKey(
    "standing_power", .least, .power, perUnit: { _, _ in 1 }, "Least power of all that stands.")
  private static let copperGoal = Study.Goal("copper", "Copper", "kg", perUnit: copperOf)
  private static let equalSurplus = SharingMethod(
    "equal-surplus", .groups,
    divide: { game, _ in
      let alone = (0..<game.count).map { game.alone($0) }
      let rest = game.total - alone.reduce(0, +)
      return alone.map { $0 + rest / Double(game.count) }
    })

  private static let text = """
    tulou: 1
    name: A yard
    horizon: {start: 2027-06-04, length: 6 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity, spill: true}}
    demands: {load: {bus: ac, power: {values: [5, 5, 6, 7, 8, 5], unit: kW}}}
    components:
      sun: {kind: source, bus: ac, class: S.sun, availability: {values: [0.2, 0.6, 0.9, 0.9, 0.5, 0.1], unit: "1"}, capacity: {max: 40 kW}, capital: 300 EUR/kW}
    markets: {grid: {bus: ac, class: N, buy: 0.3 EUR/kWh, emission: 0.5 kg/kWh}}

    """

  private static func project() throws -> Project { try ProjectReader.read(text: text, path: "yard.yaml") }

  private static func plan(_ project: Project) throws -> (outcome: Outcome, sun: Double) {
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    let plan = try #require(outcome.plan)
    return (outcome, try #require(plan.capacity(Label(size: .only, of: "sun"))))
  }

  @Test("a technology is read, planned and named") func technology() throws {
    let text = Self.text.replacing(
      "markets:",
      with:
        "  wheel: {kind: flywheel, bus: ac, round_trip: 90 %, capacity: {fixed: 6 kWh}, capital: 10 EUR/kWh}\nmarkets:")
    #expect(throws: ProjectFault.self) { try ProjectReader.read(text: text, path: "yard.yaml") }
    var options = ProjectReader.Options()
    options.registry = Registry.standard.with(Flywheel.self)
    let project = try ProjectReader.read(text: text, path: "yard.yaml", options: options)
    #expect(project.components.map(\.kind) == ["source", "flywheel"])
    #expect(try Self.plan(project).outcome.status == .optimal)
  }

  @Test("a limit is held by the plan, measured by its accounts and told") func limit() throws {
    var project = try Self.project()
    let free = try Self.plan(project).sun
    #expect(free > 4)
    project.limits[Self.copper] = free  // kg, at 2 kg a kW: half of what is free.
    let (outcome, held) = try Self.plan(project)
    #expect(abs(held - free / 2) < 1e-6 * free)
    let accounts = Accounts.make(outcome, solver: Structured())
    let indicator = try #require(accounts.indicator("copper"))
    #expect(abs(try #require(indicator.value) - free) < 1e-6 * free)
    #expect(indicator.unit == "kg/y" && indicator.definition == Self.copper.meaning)
  }

  @Test("a limit is measured where a rule runs the hours") func underRules() throws {
    var project = try Self.project()
    project.limits[Self.copper] = 1
    var options = SimulateOptions()
    options.sizes = ["sun": 10]
    options.comparesWithForesight = false
    let outcome = try SimulateStudy.run(project: project, options: options, solver: Structured())
    let measured = try #require(outcome.givenSizes?.first { $0.key == "copper" })
    #expect(!measured.holds && abs(measured.reached - 20) < 1e-9)
  }

  @Test("a least sum is held, and a limit that is too much is named where no plan keeps it") func least() throws {
    var project = try Self.project()
    project.limits[Self.power] = 30
    #expect(try Self.plan(project).sun >= 30 - 1e-6)
    project.limits[Self.power] = 50
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    #expect(outcome.status == .infeasible)
    let told = "\(outcome.infeasibility?.sentences ?? [])"
    #expect(told.contains("standing power"), "\(told)")
  }

  @Test("an account has its numbers among the indicators") func account() throws {
    let outcome = try Self.plan(Self.project()).outcome
    let plan = try #require(outcome.plan)
    let declared = IndicatorDeclaration(
      "power_of_all", "kW", "Power of all that stands.",
      value: { builder in
        builder.project.components.reduce(0) { sum, component in
          component.sizes.reduce(sum) { $0 + builder.total($1, of: component) }
        }
      })
    let accounts = Accounts.make(
      project: outcome.project, plan: plan, declared: IndicatorDeclaration.all + [declared])
    #expect(accounts.value("power_of_all") == plan.capacity(Label(size: .only, of: "sun")))
    let report = try #require(PlanReport(outcome: outcome, accounts: accounts, version: "test"))
    #expect(report.resultJSON(timing: []).indented.contains("\"power_of_all\""))
    #expect(report.page().html().contains("Power of all that stands."))
  }

  @Test("a sharing rule stands among the others, with its test of stability") func rule() throws {
    let game = try #require(Game(members: ["a", "b"], values: [0, 1, 3, 10]))
    let all = MethodTable.all(game, methods: SharingMethod.allCases + [Self.equalSurplus])
    let found = try #require(all.last)
    #expect(found.method == Self.equalSurplus && found.amounts == [4, 6] && found.stability != nil)
    #expect(all.count > SharingMethod.allCases.filter(\.needsAllGroups).count)
  }

  @Test("an objective is weighed, and a front is drawn over it") func objective() async throws {
    let context = StudyContext(solver: Structured(), workers: 1)
    let front = try await ParetoStudy.run(
      project: Self.project(), first: .netPresentCost, second: Self.copperGoal, points: 3, in: context)
    let copper = front.points.map(\.place.second)
    #expect(copper.count >= 3 && (copper.min() ?? 1) < 1e-6, "\(copper)")
    var project = try Self.project()
    let free = try Self.plan(project).sun
    project.objective = .weighted
    project.weights = [
      GoalWeight(goal: .netPresentCost, weight: 0.01), GoalWeight(goal: Self.copperGoal, weight: 0.99),
    ]
    #expect(try Self.plan(project).sun < free - 1)
  }

  @Test("a section stands in the page") func section() throws {
    let outcome = try Self.plan(Self.project()).outcome
    let report = try #require(
      PlanReport(outcome: outcome, accounts: Accounts.make(outcome, solver: Structured()), version: "test"))
    let page = report.page(
      PlanReport.sections + [{ Page.Section(id: "quote", title: "In a word", [.lead($0.project.name)]) }])
    #expect(page.sections.last?.title == "In a word")
  }
}
