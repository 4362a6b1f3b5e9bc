import TulouDocument
import TulouProject
import TulouQuantities
import TulouShares

extension ShareStudyReport {
  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    let question = outcome.question
    return .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text(study)), ("kind", .text("shares")),
      ("status", .text(outcome.isStopped ? "cancelled" : outcome.designs.isEmpty ? "infeasible" : "found")),
      ("currency", .text(currency)), ("method", .text(question.method.rawValue)),
      ("basis", .text(question.basis.rawValue)),
      ("exergy_weight", isFront ? .null : .number(question.exergyWeight)),
      ("loss_of_supply_limit", .number(question.lossLimit)), ("seed", .number(Double(outcome.seed))),
      ("population", .number(Double(question.population))), ("generations", .number(Double(question.generations))),
      ("evaluations", .number(Double(outcome.evaluations))), ("existing", json(outcome.existing)),
      ("designs", .array(outcome.designs.map(json))),
      (
        "history",
        .array(
          outcome.history.map { one in
            .object([
              ("generation", .number(Double(one.number))), ("evaluations", .number(Double(one.evaluations))),
              ("front", .number(Double(one.frontCount))), ("hypervolume", .number(one.hypervolume)),
              ("best", .optional(one.best)), ("least_cost", .optional(one.leastCost)),
            ])
          })
      ),
      (
        "assumptions",
        .array(
          project.assumptions.map {
            .object([("path", .text($0.path)), ("value", .text($0.value)), ("source", .text($0.source))])
          })
      ), ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  private func json(_ design: ShareYear.Design) -> JSON {
    .object([
      ("exergy_efficiency", .number(design.efficiency)), ("cost", .number(design.cost)),
      ("fitness", .number(design.fitness)), ("loss_of_supply_hours", .number(design.lossHours)),
      ("loss_of_supply_energy", .number(design.lossEnergy)),
      ("sizes", .object(sized.map { ($0.key, .number(design.sizes[$0.rawValue])) })),
      (
        "seasons",
        .array(
          zip(outcome.question.seasons, zip(design.days, design.figures)).map { season, day in
            .object([
              ("season", .text(season.name)), ("exergy_efficiency", .number(day.1.efficiency)),
              ("cost", .number(day.1.cost)), ("loss_of_supply_hours", .number(day.1.lossHours)),
              ("waste_heat", .number(day.1.wasteHeat)),
              (
                "shares",
                .object(
                  ShareVariable.allCases.filter { !$0.isStorage }.map { ($0.key, .number(day.0[$0.rawValue])) })
              ),
            ])
          })
      ),
    ])
  }

  /// `designs.csv`: a row a design, its figures of the year and its sizes.
  package func designsCSV() -> [UInt8] {
    var table = DataTable(
      "designs", "Designs",
      [
        "design", "exergy_efficiency [1]", "cost [\(price)]", "fitness [1]", "loss_of_supply_hours [1]",
        "loss_of_supply_energy [1]",
      ] + sized.map { "\($0.key) [\(unit($0))]" })
    let all = [("existing", outcome.existing)] + outcome.designs.enumerated().map { ("\($0 + 1)", $1) }
    for (name, design) in all {
      table.rows.append(
        [
          .text(name), .number(design.efficiency), .number(design.cost), .number(design.fitness),
          .number(design.lossHours), .number(design.lossEnergy),
        ] + sized.map { .number(design.sizes[$0.rawValue]) })
    }
    return table.csv()
  }

  /// `shares.csv`: a row a design, day and variable that is no storage.
  package func sharesCSV() -> [UInt8] {
    var table = DataTable("shares", "Shares", ["design", "season", "variable", "share [1]"])
    for (k, design) in outcome.designs.enumerated() {
      for (season, day) in zip(outcome.question.seasons, design.days) {
        for variable in ShareVariable.allCases where !variable.isStorage {
          table.rows.append([
            .text("\(k + 1)"), .text(season.name), .text(variable.key), .number(day[variable.rawValue]),
          ])
        }
      }
    }
    return table.csv()
  }

  /// `history.csv`: a row a generation.
  package func historyCSV() -> [UInt8] {
    var table = DataTable(
      "history", "Generations",
      [
        "generation", "evaluations", "front", "hypervolume", isFront ? "best_efficiency [1]" : "best_fitness [1]",
        "least_cost [\(price)]",
      ])
    for one in outcome.history {
      table.rows.append([
        .number(Double(one.number)), .number(Double(one.evaluations)), .number(Double(one.frontCount)),
        .number(one.hypervolume), .optional(one.best), .optional(one.leastCost),
      ])
    }
    return table.csv()
  }
}
