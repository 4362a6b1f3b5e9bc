import Tulou
import TulouFiles

/// The Shenzhen study computed again: what its tables allow, and what plans of its stages show.
enum ShenzhenReproduction {
  static let citation =
    "Zhang, Ma, Ye, Chen, Xiong, \"Feasibility Analyses of Developing Low Carbon City with Hybrid Energy Systems in China: The Case of Shenzhen\", Sustainability 2016, 8(5), 452"

  static func report(
    _ paper: PublishedCase, _ settings: Cases.Settings, solver: (any Solver)?, version: String
  ) throws(ProjectFault) -> ReproductionReport {
    var values = ShenzhenArithmetic.values(of: paper)
    let roundings = paper.roundings(of: ShenzhenArithmetic.values(of:))
    var plans: ShenzhenPlans?
    if !settings.tablesOnly, let solver {
      plans = try self.plans(paper, settings, solver)
      values.merge(plans?.values ?? [:]) { _, planned in planned }
    }
    var report = ReproductionReport(
      name: paper.name, citation: citation, rows: paper.compared(with: values, roundings: roundings), version: version)
    guard let plans else { return report }
    report.main = main(report.rows, plans.columns)
    report.tables = ShenzhenArithmetic.stages.map { comparison(plans.columns, $0, paper) }
    report.charts = ReproductionReport.figures(plans.curves)
    report.data = plans.tables.all(paper, plans.columns, used: plans.used)
    report.remarks =
      [
        "The price of purchase is not in the paper. \(ShenzhenPlans.price) USD/kWh is what its stage 1 leaves for the grid; at the city's tariff of 0.127 selling at 0.163 would earn from every kWh bought, so there only one direction an hour is allowed, and bound and best plan found within the time limit are shown."
      ] + plans.searches.map { "Search, \($0.stage) stage, \($0.design): \($0.words)." }
    return report
  }

  /// Every plan of the study, one after the other.
  static func plans(
    _ paper: PublishedCase, _ settings: Cases.Settings, _ solver: any Solver
  ) throws(ProjectFault) -> ShenzhenPlans {
    var plans = ShenzhenPlans(paper: paper, solver: solver, options: settings.plan)
    func read(_ file: String, _ changes: [(path: String, value: String)] = []) throws(ProjectFault) -> Project {
      var options = ProjectReader.Options(hours: settings.hours)
      options.overrides = changes
      return try ProjectReader.read(path: "\(settings.examples)/shenzhen/\(file).yaml", options: options)
    }
    for stage in ShenzhenArithmetic.stages {
      let project = try read(stage)
      plans.used.merge(ShenzhenInputs.used(project, stage: stage)) { first, _ in first }
      try plans.add(stage: stage, project: project)
      try plans.addRules(stage: stage, project: project)
      plans.addPrice(stage: stage)
      if settings.designs > 0 {
        try plans.addSearch(stage: stage, project: project, most: settings.designs, spread: settings.spread)
      }
      if stage != "experimental" {
        try plans.addLeastWind(stage: stage, project: project)
        try plans.addLocal(stage: stage, project: try read(stage, local))
      }
      let tariff = [(path: "markets.grid.buy", value: "\(paper["tariff"]) USD/kWh")]
      try plans.addTariff(stage: stage, project: try read(stage, tariff), seconds: settings.tariffSeconds)
    }
    try plans.addStages(project: try read("stages"))
    return plans
  }

  /// What is left of a stage's resources on its own ground.
  private static let local: [(path: String, value: String)] = [
    (path: "components.wind.capacity.max", value: "0 MW"), (path: "limits.reservoir.max", value: "2800000 m3"),
  ]

  /// Net present cost, cost of energy, mix and CO2 of the three stages.
  private static func main(_ rows: [ReproducedRow], _ columns: [ShenzhenColumn]) -> [MainResult] {
    var found: [MainResult] = []
    for stage in ShenzhenArithmetic.stages {
      let best = columns.first { $0.stage == stage && $0.design == "least cost" && $0.price == ShenzhenPlans.price }
      func add(_ name: String, _ id: String, _ ours: Double?) {
        guard let row = rows.first(where: { $0.row.id == "\(id).\(stage)" }) else { return }
        found.append(
          MainResult(
            name: "\(name), \(stage) stage", printed: row.row.published?.number ?? .nan,
            ours: row.computed?.number ?? .nan, range: row.computed?.words?.joined(separator: "; "), best: ours ?? .nan,
            verdict: row.verdict))
      }
      add("net present cost [MUSD]", "t9.npc", best?.npc)
      add("cost of energy [USD/kWh]", "t9.coe", best?.coe)
      for source in ShenzhenArithmetic.sources {
        add("\(source) in the mix [%]", "t8.\(source)", best?.share(source))
      }
      add("CO2 [t/y]", "t10.low", best.map { $0.co2 * 1000 })
    }
    return found
  }

  /// The paper's sizes and ours for a stage, every design a column.
  private static func comparison(_ columns: [ShenzhenColumn], _ stage: String, _ paper: PublishedCase) -> Table {
    let shown = columns.filter { $0.stage == stage }
    var table = Table(
      "Shenzhen, \(stage) stage: what the paper chose and what is best",
      columns: [.text(""), .number("published")]
        + shown.map { .number("\($0.design), \(NumberText.significant($0.price)) USD/kWh") })
    func row(_ name: String, _ published: Double?, _ value: (ShenzhenColumn) -> Double?) {
      table.add(
        [name, published.map { NumberText.significant($0) } ?? NumberText.none]
          + shown.map { column in
            value(column).flatMap { $0.isFinite ? NumberText.significant($0) : nil }
              ?? NumberText.none
          })
    }
    func printed(_ id: String) -> Double { paper["\(id).\(stage)"] }
    for (_, size) in ShenzhenColumn.sizes { row("\(size) [MW]", printed("t7.\(size)")) { $0.sizes[size] } }
    for source in ShenzhenArithmetic.sources {
      row("\(source) [% of the mix]", printed("t8.\(source)")) { $0.share(source) }
    }
    row("sold [GWh/y]", nil) { $0.energy["sold"] }
    row("unserved [% of the demand]", nil) { $0.unserved }
    row("net present cost [MUSD]", printed("t9.npc")) { $0.npc }
    row("cost of energy served [USD/kWh]", printed("t9.coe")) { $0.coe }
    let direct = printed("t8.pv") + printed("t8.wind")
    row("renewable fraction [%]", direct) { $0.renewableFraction * 100 }
    row("the same with storage output [%]", direct + printed("t8.psh")) { $0.renewableFractionWithStorage * 100 }
    row("CO2 [kt/y]", printed("t10.low") / 1000) { $0.co2 }
    row("minimised [MUSD/y]", nil) { $0.value }
    row("proven bound [MUSD/y]", nil) { $0.bound }
    row("gap [%]", nil) { $0.gap * 100 }
    let best = shown.first { $0.design == "least cost" && $0.price == ShenzhenPlans.price }
    row("more expensive than the best [MUSD]", nil) { column in
      column.design == "sizes of table 7" ? best.map { column.npc - $0.npc } : nil
    }
    return table
  }
}
