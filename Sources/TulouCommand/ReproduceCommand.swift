import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou reproduce CASE`: every checkable value of a publication beside ours.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Compute the values of a published study again and say which agree, which not, and why.")

  @Argument(help: ArgumentHelp("shenzhen, yanqing or all.", valueName: "case"))
  var name: String

  @Flag(name: .long, help: "Only what the paper's own tables allow; no plans.")
  var tablesOnly = false

  @Option(
    name: .long,
    help: ArgumentHelp("shenzhen: designs that the search of each stage may try under each rule.", valueName: "n"))
  var designs = 150

  @Option(name: .long, help: ArgumentHelp("Also write the tables as Markdown.", valueName: "file"))
  var markdown: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard ["shenzhen", "yanqing", "all"].contains(name) else {
      throw ValidationError(
        ["xizhou", "clusters"].contains(name)
          ? "'\(name)' is not built yet; there are shenzhen, yanqing and all."
          : "'\(name)' is no case; there are shenzhen, yanqing and all.")
    }
  }

  func run() throws {
    for one in ["shenzhen", "yanqing"] where [one, "all"].contains(name) { try Run(options).reserve(folder(one)) }
    var reports: [ReproductionReport] = []
    if name != "yanqing" { reports.append(try shenzhen()) }
    if name != "shenzhen" { reports.append(try yanqing()) }
    for report in reports { try show(report) }
    if let markdown {
      let text = reports.map(\.markdown).joined(separator: "\n")
      do { try text.write(toFile: markdown, atomically: true, encoding: .utf8) } catch {
        Terminal.error("error: '\(markdown)' cannot be written: \(error.localizedDescription)")
        throw Exit.internalError
      }
    }
  }

  private func folder(_ name: String) -> String { (options.out ?? "out") + "/reproduce-\(name)" }

  /// Prints a report and writes its page.
  private func show(_ report: ReproductionReport) throws {
    let folder = folder(report.name)
    try Run(options).writing { () throws(ResultFault) in
      try StudyFiles.write(report, to: folder, plotlyPath: Parts.plotly())
    }
    if options.json {
      Terminal.result(StudyFiles.text(report))
      return
    }
    for table in report.tables {
      for line in table.lines + [""] { Terminal.result(line) }
    }
    for line in report.table().lines { Terminal.result(line) }
    Terminal.result("\n\(report.name): \(report.count). Report: \(folder)/report.html")
  }

  private func published(_ name: String) throws -> PublishedCase {
    guard let paper = Shelf.publishedCase(name) else {
      Terminal.error("tulou: the published values of '\(name)' are not beside this program (folder Shelf).")
      throw Exit.partMissing
    }
    return paper
  }

  // MARK: Shenzhen

  private func shenzhen() throws -> ReproductionReport {
    let paper = try published("shenzhen")
    var values = ShenzhenReproduction.arithmetic(of: paper)
    var tables: [Table] = []
    var charts: [Chart] = []
    var found: [String] = []
    if !tablesOnly {
      let plans = try shenzhenPlans(paper)
      values.merge(plans.values) { _, planned in planned }
      tables = ["experimental", "pilot", "advanced"].map { comparison(plans.columns, $0, paper) }
      charts = ReproductionReport.figures(plans.curves)
      found = plans.searches.map { "Search, \($0.stage) stage, \($0.design): \($0.words)." }
    }
    return ReproductionReport(
      name: "shenzhen", rows: paper.compared(with: values), tables: tables, charts: charts,
      remarks: found + [
        "Zhang, Ma, Ye, Chen, Xiong, Sustainability 2016, 8(5), 452.",
        "The purchase price is not in the paper: \(ShenzhenPlans.price) USD/kWh is backed out of its stage 1; at the city's tariff of \(ShenzhenPlans.tariff) selling at 0.163 would earn from every kWh bought, so there only one direction an hour is allowed, and bound and best plan found within the time limit are shown.",
      ], version: Build.version)
  }

  /// Every plan of the study, one after the other.
  private func shenzhenPlans(_ paper: PublishedCase) throws -> ShenzhenPlans {
    let run = Run(options)
    var plan = run.planOptions("Planning Shenzhen")
    plan.neighbourSeconds = 20
    let solver = try run.solver()
    guard let folder = Parts.example("Examples/shenzhen") else {
      Terminal.error("tulou: Examples/shenzhen is not found from here; run it in the repository, or --tables-only.")
      throw Exit.partMissing
    }
    let seconds = options.timeLimit ?? 30
    return try run.stopping { () throws(ProjectFault) -> ShenzhenPlans in
      try ReproduceCommand.plans(
        paper, folder: folder, solver: solver, options: plan, tariffSeconds: seconds, designs: designs,
        spread: Threads.spread(self.options))
    }
  }

  private static func plans(
    _ paper: PublishedCase, folder: String, solver: any Solver, options: PlanOptions, tariffSeconds: Double,
    designs: Int, spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void
  ) throws(ProjectFault) -> ShenzhenPlans {
    var plans = ShenzhenPlans(paper: paper, solver: solver, options: options)
    var cheap = ProjectReader.Options()
    cheap.overrides = [(path: "markets.grid.buy", value: "\(ShenzhenPlans.tariff) USD/kWh")]
    for stage in ["experimental", "pilot", "advanced"] {
      let file = "\(folder)/\(stage).yaml"
      let project = try ProjectReader.read(path: file)
      try plans.add(stage: stage, project: project)
      try plans.addRules(stage: stage, project: project)
      if designs > 0 { try plans.addSearch(stage: stage, project: project, most: designs, spread: spread) }
      if stage != "experimental" { try plans.addLeastWind(stage: stage, project: project) }
      let atTariff = try ProjectReader.read(path: file, options: cheap)
      try plans.addTariff(stage: stage, project: atTariff, seconds: tariffSeconds)
    }
    try plans.addStages(project: try ProjectReader.read(path: "\(folder)/stages.yaml"))
    return plans
  }

  /// The paper's sizes and ours for a stage.
  private func comparison(_ columns: [ShenzhenPlans.Column], _ stage: String, _ paper: PublishedCase) -> Table {
    let shown = columns.filter { $0.stage == stage }
    var table = Table(
      "Shenzhen, \(stage) stage: what the paper chose and what is best",
      columns: [.text(""), .number("published")]
        + shown.map { .number("\($0.design), \(NumberText.significant($0.price)) USD/kWh") })
    func row(_ name: String, _ published: Double?, _ value: (ShenzhenPlans.Column) -> Double?) {
      table.add(
        [name, published.map { NumberText.significant($0) } ?? NumberText.none]
          + shown.map { column in
            value(column).flatMap { $0.isFinite ? NumberText.significant(abs($0) < 1e-4 ? 0 : $0) : nil }
              ?? NumberText.none
          })
    }
    for (_, size) in ShenzhenPlans.sizes { row("\(size) [MW]", paper["t7.\(size).\(stage)"]) { $0.sizes[size] } }
    for source in ["wind", "pv", "gas", "grid", "psh"] {
      row("\(source) [% of the mix]", paper["t8.\(source).\(stage)"]) { column in
        let total = ["wind", "pv", "gas", "grid", "psh"].reduce(0) { $0 + (column.energy[$1] ?? 0) }
        return column.energy[source].map { 100 * $0 / total }
      }
    }
    row("sold [GWh/y]", nil) { $0.energy["sold"] }
    row("unserved [GWh/y]", nil) { $0.energy["unserved"] }
    row("net present cost [MUSD]", paper["t9.npc.\(stage)"]) { $0.npc }
    row("cost of energy served [USD/kWh]", paper["t9.coe.\(stage)"]) { $0.coe }
    row("renewable fraction [%]", paper["t8.direct.\(stage)"].isFinite ? directShare(paper, stage) : nil) {
      $0.renewableFraction * 100
    }
    row("the same with storage output [%]", directShare(paper, stage) + paper["t8.psh.\(stage)"]) {
      $0.renewableFractionWithStorage * 100
    }
    row("CO2 [kt/y]", paper["t10.low.\(stage)"] / 1000) { $0.co2 }
    row("minimised [MUSD/y]", nil) { $0.value }
    row("proven bound [MUSD/y]", nil) { $0.bound }
    row("gap [%]", nil) { $0.gap * 100 }
    row("dearer than perfect foresight [%]", nil) { column in
      let foresight = shown.first { $0.design == "sizes of table 7" }
      guard column.remark.contains("more than perfect foresight"), let best = foresight else { return nil }
      return 100 * (column.value / best.value - 1)
    }
    if let given = shown.first(where: { $0.design != "least cost" }),
      let best = shown.first(where: { $0.design == "least cost" })
    {
      row("dearer than the best [MUSD]", nil) { $0.design == given.design ? given.npc - best.npc : nil }
    }
    return table
  }

  private func directShare(_ paper: PublishedCase, _ stage: String) -> Double {
    paper["t8.pv.\(stage)"] + paper["t8.wind.\(stage)"]
  }

  // MARK: Yanqing

  private func yanqing() throws -> ReproductionReport {
    let paper = try published("yanqing")
    guard let shelf = Shelf.folder else { throw Exit.partMissing }
    let reading = try Run(options).stopping { () throws(ProjectFault) in
      try CarbonReader.read(path: shelf + "/cases/yanqing/project.yaml")
    }
    var values = YanqingArithmetic.values(of: reading.carbonCase)
    if !tablesOnly { values["fleet"] = try plannedPair() }
    return ReproductionReport(
      name: "yanqing", rows: paper.compared(with: values),
      remarks: reading.warnings.map(\.message), version: Build.version)
  }

  /// The four terms between two plans of Yanqing's example, a fortnight each.
  private func plannedPair() throws -> ComputedValue {
    guard let folder = Parts.example("Examples/yanqing") else {
      return ComputedValue(nil, "Examples/yanqing is not found from here")
    }
    let run = Run(options)
    let solver = try run.solver()
    let plan = run.planOptions("Planning Yanqing")
    var fortnight = ProjectReader.Options()
    fortnight.hours = 336
    let chosen = fortnight
    let project = try run.stopping { () throws(ProjectFault) in
      try ProjectReader.read(path: folder + "/cluster.yaml", options: chosen)
    }
    return try run.stopping { () throws(ProjectFault) in
      try YanqingPlans.decomposition(of: project, options: plan, solver: solver)
    }
  }
}
