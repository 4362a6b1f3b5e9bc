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

  /// Every row `ours.*`.
  func values(_ out: inout [String: ComputedValue]) throws(ProjectFault) {
    func size(_ answer: Answer?, _ variables: ShareVariable...) -> Double? {
      answer.map { found in variables.reduce(0) { $0 + found.sizes[$1.rawValue] } }
    }
    let how = "four operators, \(population) individuals, \(generations) generations a day"
    for (scenario, weight) in [("A", 0.5), ("B", 0.33), ("C", 0.67)] {
      let found = try answer(Question(exergyWeight: weight))
      out["ours.\(scenario).ee"] = ComputedValue(found.map { 100 * $0.efficiency }, how)
      out["ours.\(scenario).lcc"] = ComputedValue(found.map { 100 * $0.cost }, how)
      out["ours.\(scenario).wind_sun"] = ComputedValue(size(found, .wind, .photovoltaics, .trough), how)
      out["ours.\(scenario).bchp"] = ComputedValue(size(found, .biomassPower), how)
    }
    for (scenario, limit) in [("A1", 0.01), ("A2", 0.05), ("A3", 0.1)] {
      let found = try answer(Question(lossLimit: limit))
      out["ours.\(scenario).wind_sun"] = ComputedValue(size(found, .wind, .photovoltaics, .trough), how)
      out["ours.\(scenario).storage"] = ComputedValue(size(found, .batteryEnergy, .vehicleEnergy), how)
    }
    for (scenario, fleet) in XizhouTables.fleets {
      let found = try answer(Question(fleet: fleet))
      out["ours.\(scenario).wind_sun"] = ComputedValue(size(found, .wind, .photovoltaics, .trough), how)
      out["ours.\(scenario).storage"] = ComputedValue(size(found, .batteryEnergy, .vehicleEnergy), how)
    }
    for per in [5, 10, 15, 20, 25] {
      let factor = 1 - Double(per) / 100
      let electric = try answer(
        Question(changes: [("battery.energy_capital", factor), ("battery.power_capital", factor)]))
      out["ours.cost.electric.\(per)"] = ComputedValue(size(electric, .batteryEnergy, .vehicleEnergy), how)
      let thermal = try answer(Question(changes: [("tank.energy_capital", factor), ("tank.power_capital", factor)]))
      out["ours.cost.thermal.\(per)"] = ComputedValue(size(thermal, .tankEnergy), how)
    }
    for cents in 1...5 {
      let found = try answer(Question(subsidy: Double(cents) / 100))
      out["ours.subsidy.\(cents)"] = ComputedValue(size(found, .batteryEnergy, .tankEnergy, .vehicleEnergy), how)
    }
  }
}
