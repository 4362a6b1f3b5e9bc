import Tulou

/// What the paper says beside its tables: local resources, the line to the wind, where turbines may stand, the price.
extension ShenzhenPlans {
  /// Whether a stage can be supplied from its own ground: panels on a fifth of it, the two reservoirs, gas, the grid, and
  /// no wind (R113).
  ///
  /// - Parameter project: The stage without wind and with the local reservoirs alone.
  mutating func addLocal(stage: String, project: Project) throws(ProjectFault) {
    // The limit that would do stands in a row, so finding it may not depend on how busy the machine is.
    var patient = options
    patient.explanationSeconds = .infinity
    let outcome = try PlanStudy.run(project: project, options: patient, solver: solver)
    guard outcome.status == .infeasible, let report = outcome.infeasibility else {
      values["local.\(stage)"] =
        outcome.hasPlan
        ? ComputedValue(words: ["feasible"], "a plan was found") : ComputedValue(nil, outcome.status.rawValue)
      return
    }
    let reasons = report.conflicts.prefix(3).map(\.name)
    values["local.\(stage)"] = ComputedValue(
      words: ["infeasible"], "these limits conflict: " + reasons.joined(separator: "; "))
    let remedy = report.remedies.first { $0.path == "limits.renewable_fraction" }
    values["local.fraction.\(stage)"] = ComputedValue(
      remedy?.change.flatMap { change in project.limits.renewableFraction.map { $0 * 100 - change } },
      "the limit less the least relaxation that would do")
  }

  /// What a line to the wind would cost (R114): the paper neglects cost and loss of its 30 km, so both rows start from zero.
  ///
  /// A line as large as the wind plant: its cost comes on top of that of the turbines, its loss off their output.
  /// `Examples/shenzhen/line.yaml` plans the pilot stage with a line of its own size.
  ///
  /// - Parameters:
  ///   - given: The plan with the sizes of table 7.
  ///   - options: Options of that plan.
  mutating func addLine(
    stage: String, project: Project, given: Plan, options: PlanOptions
  ) throws(ProjectFault) {
    guard let wind = project.components.firstIndex(where: { $0.id == "wind" }),
      case .source(var source) = project.components[wind].block, case .share(let output) = source.supply,
      let before = Accounts.make(project: project, plan: given).value("cost_of_energy_served")
    else { return }
    let years = ShenzhenArithmetic.years, rate = ShenzhenArithmetic.rate(paper)
    // A line outlives the project, so its cost is capital alone.
    let yearly = 100 * paper["t7.wind.\(stage)"] * 1000 * capitalRecoveryFactor(rate: rate, years: years)
    let served =
      project.demands.reduce(0) { $0 + given.yearly($1.power) } - (columns.last?.energy["unserved"] ?? 0) * 1e6
    values["line.cost.\(stage)"] = ComputedValue(
      yearly / served, "a line as large as the wind of table 7, no replacement in 25 years")
    var lossy = project
    source.supply = .share(output.map { $0 * 0.95 })
    lossy.components[wind].block = .source(source)
    let outcome = try PlanStudy.run(project: lossy, options: options, solver: solver)
    let after = outcome.plan.flatMap { Accounts.make(project: lossy, plan: $0).value("cost_of_energy_served") }
    values["line.loss.\(stage)"] = ComputedValue(after.map { $0 - before }, "dispatched anew")
  }

  /// The price of purchase that makes table 9 true with the energies of equation (8) and table 8 (digest, section 5).
  ///
  /// Costs of table 5 over 25 years with straight-line salvage, carbon of table 10, gas by the fuel curve of the project.
  package mutating func addPrice(stage: String) {
    let p = paper
    let rate = ShenzhenArithmetic.rate(p), years = ShenzhenArithmetic.years
    func size(_ name: String) -> Double { p["t7.\(name).\(stage)"] * 1000 }
    func annual(_ capital: Double, _ life: Double, _ operation: Double) -> Double {
      var cost = SizeCost()
      cost.capital = capital
      cost.replacement = capital
      cost.life = life
      cost.operation = operation
      var economy = Economy()
      economy.realDiscountRate = rate
      economy.lifetime = years
      return annualCost(of: cost, economy.discounting).perUnit
    }
    let plant =
      size("wind")
      * annual(p["t5.wind.turbine"] + p["t5.wind.auxiliary"], p["t5.wind.life"], p["t5.wind.operation"])
      + size("pv") * annual(p["t5.pv"] + p["t5.pv.auxiliary"], p["t5.pv.life"], p["t5.pv.operation"])
      + size("converter") * annual(p["t5.converter"], p["t5.pv.life"], 0)
      + size("gas") * annual(p["t5.gas"], p["t5.gas.life"], p["t5.gas.operation"])
      + size("psh") * annual(p["t5.psh"], p["t5.psh.life"], p["t5.psh.operation"])
    let energy = ShenzhenArithmetic.energyOfEquation8(p, stage) * 1e6
    let gas = energy * p["t8.gas.\(stage)"] / 100 * 0.33 * p["t6.gas"]
    let carbon = p["t10.low.\(stage)"] * p["t6.carbon"]
    let whole = p["t9.npc.\(stage)"] * 1e6 * capitalRecoveryFactor(rate: rate, years: years)
    values["price.\(stage)"] = ComputedValue(
      (whole - plant - gas - carbon) / (energy * p["t8.grid.\(stage)"] / 100),
      "yearly cost less plant, gas at 0.33 m3/kWh and carbon, by the purchase of tables 8 and 9")
  }
}
