package import Tulou
import TulouFiles

/// The Yanqing study computed again.
package enum YanqingReproduction {
  static let citation =
    "Yang, Zhang, Li, \"A Calculation Model for CO2 Emission Reduction of Energy Internet: A Case Study of Yanqing\", Sustainability 2019, 11(9), 2502"

  static func report(
    _ paper: PublishedCase, _ settings: Cases.Settings, solver: (any Solver)?, version: String
  ) throws(ProjectFault) -> ReproductionReport {
    let input = try self.input()
    func values(_ paper: PublishedCase) -> [String: ComputedValue] { YanqingArithmetic.values(of: paper, input) }
    var computed = values(paper)
    if !settings.tablesOnly, let solver { computed["fleet"] = try fleet(settings, solver) }
    var report = ReproductionReport(
      name: paper.name, citation: citation,
      rows: paper.compared(with: computed, roundings: paper.roundings(of: values)), version: version)
    report.remarks = [
      "The numbered equations of the paper are not in our copy: every formula is reconstructed from its symbols and headings.",
      "The printed total is the sum of five of the six printed rows; the true sum is 23,931.89 t.",
    ]
    return report
  }

  /// The case of the paper, with what it does not print assumed.
  package static func input() throws(ProjectFault) -> CarbonCase {
    try CarbonReader.read(path: (PaperFiles.folder ?? "") + "/yanqing/project.yaml").carbonCase
  }

  /// The four terms between two plans of Yanqing's example, a fortnight each.
  private static func fleet(_ settings: Cases.Settings, _ solver: any Solver) throws(ProjectFault) -> ComputedValue {
    var fortnight = ProjectReader.Options()
    fortnight.hours = 336
    let project = try ProjectReader.read(path: settings.examples + "/yanqing/cluster.yaml", options: fortnight)
    return try YanqingPlans.decomposition(of: project, options: settings.plan, solver: solver)
  }
}
