import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

extension PlanReport {
  /// Sizes in whole steps beside the best ones, and what rounding costs.
  func practicalSection() -> Page.Section {
    guard let practical else { return Page.Section(id: "practical", title: "", []) }
    var table = Table(
      "Sizes in whole steps",
      columns: [.text("Size"), .number("Best plan"), .number("Step"), .number("Practical"), .text("Step from")])
    for row in practical.rows {
      func text(_ value: Double) -> String { value == 0 ? "0" : Scale.text(value, row.unit) }
      let part = row.name.dropFirst(row.id.count).drop { $0 == "." }
      table.add([
        legend.name(row.id) + (part.isEmpty ? "" : ", " + part), text(row.best), row.step.map(text) ?? NumberText.none,
        text(row.practical), basis(row.basis),
      ])
    }
    return Page.Section(
      id: "practical", title: "Practical sizes",
      [
        .lead(practicalSentence(practical)), .table(table),
        .text(
          "Sizes are whole numbers of their steps and every hour is dispatched again with them, under all limits of the project; "
            + "\(practical.designs) designs were tried\(practical.isLocalOptimum ? ", and one step more or less of any size is no better" : "")."
            + " The greatest breach of any limit is \(NumberText.significant(practical.largestResidual, digits: 2)) in its unit. All hours and accounts of this design: tulou plan with --sizes \(practicalSizes(practical))."
        ),
      ])
  }

  private func basis(_ basis: PracticalPlan.Basis) -> String {
    switch basis {
    case .given: "given"
    case .rule: "rule: at most a twentieth of the size"
    case .file: "the file"
    case .none: "not built"
    }
  }

  /// What rounding costs, and how far the rounded plan may lie above the best there is.
  func practicalSentence(_ practical: PracticalPlan) -> String {
    let extra = practical.extraCost
    let share =
      Dust.ratio(abs(extra), of: abs(practical.bestCost)).map { " (\(NumberText.percent($0, digits: 2)))" } ?? ""
    let words =
      abs(extra) <= 1e-9 * max(1, abs(practical.bestCost))
      ? "Rounding the sizes costs nothing"
      : "Rounding the sizes \(extra > 0 ? "costs" : "saves") \(money(abs(extra), per: "/y"))\(share)"
    guard practical.gap.isFinite else { return words + "." }
    let proven =
      practical.gap <= 1e-9
      ? "; no sizes do better, as is proven."
      : "; no sizes whatever can do better than these by more than \(NumberText.percent(practical.gap, digits: 2)), as is proven."
    return words + proven
  }

  /// `pv=140,battery.power=50`: as `--sizes` takes it.
  private func practicalSizes(_ practical: PracticalPlan) -> String {
    practical.sizes.map { "\($0.name)=\($0.size.plain)" }.joined(separator: ",")
  }

  /// Lines for a terminal.
  var practicalRows: [(String, String)] {
    guard let practical else { return [] }
    let built = practical.rows.filter { $0.practical > 0 }
    let sizes = built.map { row in
      let part = row.name.dropFirst(row.id.count).drop { $0 == "." }
      return "\(legend.name(row.id))\(part.isEmpty ? "" : " \(part)") \(Scale.text(row.practical, row.unit))"
    }
    return [
      ("Practical", sizes.isEmpty ? "no plant" : sizes.joined(separator: ", ")), ("", practicalSentence(practical)),
      ("", "in full: --sizes " + practicalSizes(practical)),
    ]
  }

  /// `tables/practical.csv`.
  func practicalTable() -> DataTable {
    var table = DataTable(
      "practical", "Sizes in whole steps", ["size", "unit", "best", "step", "practical", "step_from"])
    for row in practical?.rows ?? [] {
      table.add(
        .text(row.name), .text(row.unit), .number(row.best), .optional(row.step), .number(row.practical),
        .text(row.basis.rawValue))
    }
    return table
  }

  /// The key `practical` of `result.json`.
  func json(_ practical: PracticalPlan) -> JSON {
    .object([
      ("objective_best", .number(practical.best)), ("objective", .number(practical.value)),
      ("bound", .number(practical.bound)), ("gap", .number(practical.gap)), ("unit", .text(practical.unit)),
      ("cost_best", .number(practical.bestCost)), ("cost", .number(practical.cost)),
      ("extra_cost", .number(practical.extraCost)), ("largest_breach", .number(practical.largestResidual)),
      ("designs", .integer(practical.designs)), ("is_local_optimum", .bool(practical.isLocalOptimum)),
      ("solver", .text(practical.solver)),
      (
        "sizes",
        .object(
          practical.rows.map {
            (
              $0.name,
              .object([
                ("best", .number($0.best)), ("practical", .number($0.practical)), ("step", .optional($0.step)),
                ("step_from", .text($0.basis.rawValue)), ("unit", .text($0.unit)),
              ])
            )
          })
      ),
    ])
  }
}
