import Tulou

/// The paper's scenarios and sensitivities, each an optimum of our share model by the four operators.
struct XizhouStudies {
  let paper: PublishedCase
  /// Generations and individuals of each search.
  var generations = 300, population = 100

  /// A question: how cost and exergy are weighed, what may fail, which vehicles charge, what storages cost.
  struct Question {
    var exergyWeight = 0.5
    var lossLimit = 0.0
    var fleet: Int?
    var changes: [(name: String, factor: Double)] = []
    var subsidy = 0.0
  }

  /// What an optimum of the three days comes to.
  struct Answer {
    /// By day: design and figures.
    var days: [(design: [Double], figures: ShareFigures)] = []
    /// Size of each variable: the greatest of the three days.
    var sizes = [Double](repeating: 0, count: 27)
    /// Of the year, by energy delivered.
    var efficiency = 0.0, cost = 0.0
  }

  /// The optimum of a question, day by day as in the paper; nil where a day has none.
  func answer(_ question: Question) throws(ProjectFault) -> Answer? {
    var assumptions = ShareAssumptions()
    for change in question.changes {
      _ = assumptions.set(change.name, assumptions[change.name] * change.factor, source: "varied")
    }
    if question.subsidy > 0 { _ = assumptions.set("storage.subsidy", question.subsidy, source: "varied") }
    let model = XizhouModel(paper, assumptions)
    var answer = Answer()
    var used = 0.0, paid = 0.0, delivered = 0.0, entered = 0.0
    for day in model.seasons(fleet: question.fleet) {
      let shares = ShareModel(day, assumptions: assumptions)
      let evaluator = ShareEvaluator(
        shares, goal: .fitness(exergyWeight: question.exergyWeight), lossLimit: question.lossLimit)
      var settings = EvolutionSettings(method: .fourOperators(FourOperators()))
      settings.population = population
      settings.generations = generations
      settings.startingPoints = evaluator.startingPoints
      let found: EvolutionResult
      do throws(EvolutionError) {
        found = try EvolutionRun(evaluator, settings: settings).run()
      } catch {
        throw PaperFiles.fault("The search of \(day.name) cannot run: \(error.description).")
      }
      guard let best = found.front.first else { return nil }
      let design = evaluator.design(of: best.point)
      let figures = shares.figures(design)
      answer.days.append((design, figures))
      for (i, size) in shares.sizes(design).enumerated() { answer.sizes[i] = max(answer.sizes[i], size) }
      let energy = day.electricityHours.reduce(0, +) + day.demands.dropFirst().reduce(0) { $0 + $1.energy }
      let exergy = zip([0, 1, 2, 3], [day.electricityHours.reduce(0, +)] + day.demands.dropFirst().map(\.energy))
        .reduce(0) { $0 + $1.1 * shares.factors[$1.0] }
      delivered += day.days * energy
      paid += day.days * energy * figures.cost
      used += day.days * exergy
      entered += day.days * exergy / max(figures.efficiency, 1e-12)
    }
    answer.efficiency = used / entered
    answer.cost = paid / delivered
    return answer
  }

  /// Names of the steps of a study of storage: 5 to 25 % cheaper, or 0.01 to 0.05 EUR/kWh of subsidy.
  static func steps(_ study: String) -> [String] {
    (1...5).map { study == "subsidy" ? "subsidy.\($0)" : "\(study).\(5 * $0)" }
  }

  /// Every question of the paper by its name.
  static var questions: [(name: String, question: Question)] {
    var all: [(name: String, question: Question)] = [
      ("A", Question()), ("B", Question(exergyWeight: 0.33)), ("C", Question(exergyWeight: 0.67)),
      ("A1", Question(lossLimit: 0.01)), ("A2", Question(lossLimit: 0.05)), ("A3", Question(lossLimit: 0.1)),
    ]
    all += XizhouTables.fleets.sorted { $0.key < $1.key }.map { ($0.key, Question(fleet: $0.value)) }
    for (k, name) in steps("electric").enumerated() {
      let factor = 1 - 0.05 * Double(k + 1)
      all.append(
        (name, Question(changes: [("battery.energy_capital", factor), ("battery.power_capital", factor)])))
    }
    for (k, name) in steps("thermal").enumerated() {
      let factor = 1 - 0.05 * Double(k + 1)
      all.append((name, Question(changes: [("tank.energy_capital", factor), ("tank.power_capital", factor)])))
    }
    all += steps("subsidy").enumerated().map { ($1, Question(subsidy: Double($0 + 1) / 100)) }
    return all
  }

  /// The optimum of every question that has one.
  func answers() throws(ProjectFault) -> [String: Answer] {
    var found: [String: Answer] = [:]
    for (name, question) in Self.questions { found[name] = try answer(question) }
    return found
  }

  /// Every row `ours.*` and `direction.*`.
  func values(_ found: [String: Answer], _ out: inout [String: ComputedValue]) {
    let how = "four operators, \(population) individuals, \(generations) generations a day"
    func record(_ id: String, _ name: String, _ value: (Answer) -> Double) {
      out["ours." + id] = ComputedValue(found[name].map(value), how)
    }
    for name in XizhouTables.basic {
      record("\(name).ee", name) { 100 * $0.efficiency }
      record("\(name).lcc", name) { 100 * $0.cost }
      record("\(name).bchp", name) { $0.size(.biomassPower) }
    }
    for name in XizhouTables.scenarios { record("\(name).wind_sun", name) { $0.windAndSun } }
    for name in XizhouTables.scenarios.dropFirst(3) { record("\(name).storage", name) { $0.electricEnergy } }
    for k in 1...5 {
      record("cost.electric.\(5 * k)", "electric.\(5 * k)") { $0.electricEnergy }
      record("cost.thermal.\(5 * k)", "thermal.\(5 * k)") { $0.size(.tankEnergy) }
      record("subsidy.\(k)", "subsidy.\(k)") { $0.electricEnergy + $0.size(.tankEnergy) }
    }
    out.merge(XizhouDirections.values(found)) { $1 }
  }
}
