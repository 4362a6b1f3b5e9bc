import TulouDocument
package import TulouProject
import TulouQuantities
package import TulouShares

/// What a search of the share model found: page, tables, `result.json`.
package struct ShareStudyReport: Sendable {
  /// The project.
  package var project: Project
  /// Id of the study.
  package var study: String
  /// What was found.
  package var outcome: ShareOutcome
  /// Version of the program.
  package var version: String

  /// A report.
  package init(project: Project, study: String, outcome: ShareOutcome, version: String) {
    self.project = project
    self.study = study
    self.outcome = outcome
    self.version = version
  }

  var currency: String { project.economy.currency }
  var price: String { currency + "/kWh" }
  var isFront: Bool { outcome.question.method == .nsga2 }
  /// Storages, and what is a share of a demand; shares of the waste heat have no size.
  var sized: [ShareVariable] { ShareVariable.allCases.filter { $0.isStorage || $0.carrier != nil } }

  func unit(_ variable: ShareVariable) -> String { variable.isStorage && !variable.isPower ? "MWh" : "MW" }

  /// Efficiency and cost in words.
  func words(_ design: ShareYear.Design) -> String {
    "exergy efficiency \(NumberText.percent(design.efficiency)) at \(NumberText.significant(design.cost)) \(price)"
  }

  /// The answer in a sentence.
  package var sentence: String {
    let limit = NumberText.percent(outcome.question.lossLimit)
    guard let first = outcome.designs.first, let last = outcome.designs.last else {
      return
        "None of \(outcome.evaluations) designs reaches every demand with loss of supply in at most \(limit) of the hours."
    }
    let before = "The existing system has \(words(outcome.existing))."
    return isFront
      ? "\(outcome.designs.count) designs that no other one found surpasses, from \(words(first)) to \(words(last)). \(before)"
      : "The best design of \(outcome.evaluations) has \(words(first)), fitness \(NumberText.significant(first.fitness)). \(before)"
  }

  /// Lines for a terminal.
  package func answer(report place: String) -> [String] {
    (outcome.designs.isEmpty ? [] : designs.lines + [""]) + [sentence, "Report            " + place]
  }

  /// Ends of a front and what stands between them, or the best design: those that are shown in full.
  var shown: [Int] {
    let count = outcome.designs.count
    return count < 3 ? Array(0..<count) : [0, count / 2, count - 1]
  }

  /// The existing system and designs side by side.
  package var designs: Table {
    let all = [outcome.existing] + shown.map { outcome.designs[$0] }
    var table = Table(
      "Of the year", columns: [.text(""), .number("Existing")] + shown.map { .number("Design \($0 + 1)") })
    table.add(["Exergy efficiency"] + all.map { NumberText.percent($0.efficiency) })
    table.add(["Life-cycle cost (\(price))"] + all.map { NumberText.significant($0.cost) })
    table.add(["Hours with loss of supply, worst day"] + all.map { NumberText.percent($0.lossHours) })
    table.add(["Energy that lacks"] + all.map { NumberText.percent($0.lossEnergy) })
    for variable in sized where all.contains(where: { $0.sizes[variable.rawValue] > 0.005 }) {
      table.add(
        ["\(variable.name)\(variable.isStorage ? "" : " (MW)")"]
          + all.map { NumberText.significant($0.sizes[variable.rawValue]) })
    }
    return table
  }

  /// Shares of a design by demand and day.
  func shares(_ index: Int) -> Table {
    let design = outcome.designs[index], seasons = outcome.question.seasons
    var table = Table(
      isFront ? "Design \(index + 1)" : "The best design",
      columns: [.text("Share")] + seasons.map { .number($0.name) })
    for variable in ShareVariable.allCases where !variable.isStorage {
      let values = design.days.map { $0[variable.rawValue] }
      guard values.contains(where: { $0 > 5e-5 }) else { continue }
      table.add([variable.name] + values.map { NumberText.percent($0) })
    }
    for (c, carrier) in ShareCarrier.allCases.enumerated() where c > 0 {
      let values = zip(design.days, design.figures).map { day, figures in
        figures.reached[c] - ShareVariable.allCases.filter { $0.carrier == carrier }.reduce(0) { $0 + day[$1.rawValue] }
      }
      table.add(["\(carrier.name) by waste heat"] + values.map { NumberText.percent(max(0, $0)) })
    }
    table.add(["Exergy efficiency"] + design.figures.map { NumberText.percent($0.efficiency) })
    table.add(["Cost (\(price))"] + design.figures.map { NumberText.significant($0.cost) })
    return table
  }

  /// What the short names of the model, which are the paper's, stand for.
  static let abbreviations =
    "EL is electricity, SH space heating, DHW hot water, CC cooling. BCHP is heat and power from biofuel, WT wind turbines, PV photovoltaics, PVT collectors of heat and power, PT parabolic troughs, PE the public grid, FC fuel cells, HP heat pumps, STH solar thermal collectors, AC air conditioners, ETH electric heaters, GB biogas boilers, SAC solar absorption chillers, TS thermal storage, EVV2G vehicles that give back."

  /// Which designs of a front stand in full.
  static let choice =
    " The cheapest design, the one in the middle of the front and the one of highest efficiency stand in full."

  /// The page.
  package func page() -> Page {
    var first: [Page.Content] = [.lead(sentence)]
    if outcome.isStopped { first.append(.alert("The search was stopped before its end; the same command goes on.")) }
    if isFront, !outcome.designs.isEmpty { first.append(.chart(chart)) }
    if !outcome.designs.isEmpty { first.append(.table(designs)) }
    if !outcome.designs.isEmpty { first.append(.text(Self.abbreviations + (isFront ? Self.choice : ""))) }
    first.append(
      .text(
        "The share model covers each demand by shares of its energy, day by day; a size is the share of the peak, the greatest of the days. It has no irradiance, no part load and no network, and a genetic search has no certificate: 'tulou pareto' draws the proven front of an hourly project."
      ))
    return Page(
      title: project.name, subtitle: "Shares: \(study)", cover: project.cover,
      sections: [
        Page.Section(id: "answer", title: "In short", first),
        Page.Section(id: "shares", title: "Shares by day", shown.map { .table(shares($0)) }),
        Page.Section(id: "search", title: "The search", [.chart(progress)]),
        Page.Section(id: "assumptions", title: "Assumptions", [.table(assumptions)]),
      ], footer: "Made by Tulou \(version).")
  }

  private var chart: Chart {
    let points = outcome.designs.enumerated().map { (100 * $1.efficiency, $1.cost, "Design \($0 + 1)") }
    return Chart(
      id: "share-front", title: "Front of exergy efficiency and life-cycle cost",
      summary: "Every point is a design that no other one found surpasses in both goals.",
      body: .scatter(
        Scatter(
          sets: [
            Scatter.Set("NSGA-II", points: points, colour: .plain(0)),
            Scatter.Set(
              "existing", points: [(100 * outcome.existing.efficiency, outcome.existing.cost, "existing system")],
              colour: .plain(1)),
          ], xQuantity: "Exergy efficiency", xUnit: "%", yQuantity: "Life-cycle cost", yUnit: price)))
  }

  private var progress: Chart {
    let points = outcome.history.compactMap { one in
      one.best.map { (Double(one.number), isFront ? 100 * $0 : $0, "generation \(one.number)") }
    }
    return Chart(
      id: "share-history", title: isFront ? "Best exergy efficiency by generation" : "Best fitness by generation",
      summary: "The best of a generation never falls.",
      body: .scatter(
        Scatter(
          sets: [Scatter.Set("best", points: points, colour: .plain(0), joined: true)], xQuantity: "Generation",
          xUnit: "", yQuantity: isFront ? "Exergy efficiency" : "Fitness", yUnit: isFront ? "%" : "")))
  }

  private var assumptions: Table {
    var table = Table("", columns: [.quoted("Path"), .quoted("Value"), .quoted("Source")])
    for one in project.assumptions where one.path.hasPrefix("studies.\(study).") {
      table.add([String(one.path.dropFirst("studies.\(study).".count)), one.value, one.source])
    }
    return table
  }
}
