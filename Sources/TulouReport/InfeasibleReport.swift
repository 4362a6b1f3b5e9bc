import TulouAssembly
import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject

/// What is shown where no plan holds: which limits conflict, when, and what would do.
package struct InfeasibleReport: Sendable {
  /// The project.
  package var project: Project
  /// How it ended and why.
  package var outcome: Outcome
  /// Version of the program.
  package var version: String

  /// A report of an outcome without plan.
  package init(outcome: Outcome, version: String) {
    project = outcome.project
    self.outcome = outcome
    self.version = version
  }

  /// Why there is no plan, in lines for a terminal.
  package func answer() -> [String] {
    outcome.infeasibility?.sentences ?? ["No plan was found (\(outcome.status.rawValue))."]
  }

  /// The page.
  package func page() -> Page {
    let legend = Legend(project)
    var contents: [Page.Content] = []
    if outcome.status == .infeasible {
      contents.append(.lead("No plan can meet everything that this project asks for."))
    } else {
      contents.append(.lead("The search ended without a plan (\(outcome.status.rawValue))."))
    }
    if let report = outcome.infeasibility {
      var table = Table(
        "Limits in conflict", columns: [.text("Limit"), .text("When it binds"), .quoted("Key in the file")])
      for conflict in report.conflicts {
        table.add([conflict.name, conflict.when.isEmpty ? "over the year" : conflict.when, conflict.path])
      }
      if !table.rows.isEmpty { contents.append(.table(table)) }
      let changes = report.remedies.filter { $0.change != nil }
      if !changes.isEmpty {
        contents.append(
          .heading(changes.count == 1 ? "This change alone would do" : "Any one of these changes would do"))
      }
      if !report.remedies.isEmpty { contents.append(.list(report.remedies.map(\.sentence))) }
      if !report.isComplete { contents.append(.text("The search for causes ran out of time; there may be more.")) }
      if report.conflicts.isEmpty { contents.append(.list(report.sentences)) }
    }
    let warnings = (project.warnings + outcome.warnings).map { $0.message + ($0.advice.isEmpty ? "" : " " + $0.advice) }
    let diagram = SystemDiagram(project, legend: legend)
    return Page(
      title: project.name, subtitle: "No plan was found", cover: project.cover,
      sections: [
        Page.Section(id: "summary", title: "In short", contents),
        Page.Section(
          id: "system", title: "The system",
          [
            .picture(
              Page.Picture(
                id: "system-drawing", title: "Buses, machines and demands",
                diagram, name: "The system"))
          ]),
        Page.Section(id: "warnings", title: "Warnings", warnings.isEmpty ? [] : [.list(warnings)]),
      ], footer: "Made by Tulou \(version).")
  }

  /// `result.json` of a project without plan: the same names, values null.
  package func resultJSON(timing: [(String, Double)]) -> JSON {
    func list(_ found: [Diagnostic]) -> JSON {
      .array(
        found.map {
          .object([
            ("severity", .text($0.severity.rawValue)), ("path", .text($0.path)), ("message", .text($0.message)),
            ("advice", .text($0.advice)),
          ])
        })
    }
    let report = outcome.infeasibility
    return .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("status", .text(outcome.status.rawValue)),
      ("solver", .null), ("currency", .text(project.economy.currency)),
      (
        "objective",
        .object([
          ("name", .text(outcome.assembled.objective.rawValue)), ("value", .null), ("bound", .null), ("gap", .null),
          ("unit", .null), ("cash", .null), ("penalties", .null),
        ])
      ),
      ("sizes", .object([])), ("indicators", .object([])), ("members", .array([])), ("balance", .object([])),
      ("cash_flow", .array([])),
      (
        "infeasibility",
        report.map { report in
          .object([
            (
              "conflicts",
              .array(
                report.conflicts.map {
                  .object([
                    ("path", .text($0.path)), ("name", .text($0.name)), ("when", .text($0.when)),
                    ("share", .number($0.share)),
                  ])
                })
            ),
            (
              "remedies",
              .array(
                report.remedies.map {
                  .object([
                    ("path", .text($0.path)), ("change", .optional($0.change)), ("unit", .text($0.unit)),
                    ("sentence", .text($0.sentence)),
                  ])
                })
            ), ("complete", .bool(report.isComplete)),
          ])
        } ?? .null
      ),
      ("warnings", list(project.warnings + outcome.warnings)),
      (
        "assumptions",
        .array(
          (project.assumptions + outcome.assumptions).map {
            .object([
              ("path", .text($0.path)), ("value", .text($0.value)), ("source", .text($0.source)),
              ("kind", .text($0.kind.rawValue)),
            ])
          })
      ),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }
}
