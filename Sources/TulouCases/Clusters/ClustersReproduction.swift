import Tulou
import TulouFiles

/// What the thesis on cooperative energy clusters states of its sites and of Kalundborg, and what must hold of any cluster.
///
/// The thesis prints no results, so rows are facts and properties: sites grown from answers, their balances in both views, the
/// preset of Kalundborg. Properties are residuals, printed as zero.
package enum ClustersReproduction {
  static let citation = "Deng, \"Cooperative Energy Clusters\", thesis, Politecnico di Torino"

  /// Sites with the files of their answers.
  static let sites = ["yongding", "biancheng", "zhoushan"]

  static func report(
    _ paper: PublishedCase, _ settings: Cases.Settings, solver: (any Solver)?, version: String
  ) throws(ProjectFault) -> ReproductionReport {
    var computed = values(of: paper)
    if !settings.tablesOnly, let solver {
      for site in sites { try add(site, settings, solver, &computed) }
    }
    var report = ReproductionReport(
      name: paper.name, citation: citation,
      rows: paper.compared(with: computed, roundings: paper.roundings(of: values)), version: version)
    report.remarks = [
      "The thesis has no equations beyond the balance and no tables of results: what it states is taken or computed again, the rest are properties of our plans.",
      "P_S is photovoltaics in the abstract of the thesis and hydro power in its chapter 3; here both are classes of S.",
    ]
    return report
  }

  /// What follows from printed numbers, and from the preset of Kalundborg.
  package static func values(of paper: PublishedCase) -> [String: ComputedValue] {
    let small = paper["firms.labour"] / paper["firms.assets"]
    let large = (100 - paper["firms.labour"]) / (100 - paper["firms.assets"])
    let own = [
      "zhoushan.heat": ComputedValue(
        paper["zhoushan.lng"] * 1e9 * 50 / (8760 * 3600) / 1000, "3 Mt a year at 50 MJ/kg, over 8,760 h"),
      "yongding.county": ComputedValue(
        paper["yongding.basin"] / paper["yongding.basin_share"] * 100, "basin / its share"),
      "yongding.density": ComputedValue(paper["yongding.people"] / paper["yongding.area"], "people / area"),
      "yongding.park": ComputedValue(paper["yongding.park_first"] + paper["yongding.park_second"], "both phases"),
      "biancheng.density": ComputedValue(paper["biancheng.people"] / paper["biancheng.area"], "people / area"),
      "firms.small": ComputedValue(100 * paper["firms.below"] / paper["firms.all"], "small firms / all firms"),
      "firms.per_asset": ComputedValue(small / large, "share of labour / share of assets, small against large"),
    ]
    return own.merging(kalundborg) { $1 }
  }

  /// Partners by role, and streams, of the preset that comes with Tulou.
  private static let kalundborg: [String: ComputedValue] = {
    guard let shelf = Shelf.folder,
      let project = try? ProjectReader.read(path: shelf + "/templates/kalundborg/project.yaml"),
      let symbiosis = project.symbiosis
    else { return [:] }
    func count(_ role: PartnerRole) -> Double { Double(symbiosis.park.partners.count { $0.role == role }) }
    return [
      "kalundborg.private": ComputedValue(count(.private), "partners of the preset"),
      "kalundborg.public": ComputedValue(count(.public), "partners of the preset"),
      "kalundborg.partners": ComputedValue(count(.private) + count(.public), "partners of the preset"),
      "kalundborg.streams": ComputedValue(
        // The preset numbers them as the lists do; what else it holds is ours.
        Double(symbiosis.park.sources.count { Int($0.id.dropFirst()) != nil }), "numbered streams of the preset"),
    ]
  }()

  /// A site grown from its answers: energies of a year, residuals of both views, what members and measures do.
  private static func add(
    _ site: String, _ settings: Cases.Settings, _ solver: any Solver, _ computed: inout [String: ComputedValue]
  ) throws(ProjectFault) {
    let answers = try SiteAnswers.read(path: settings.examples + "/sites/\(site).yaml")
    let project = try ProjectReader.read(text: answers.projectFile, path: "project.yaml")
    let outcome = try PlanStudy.run(project: project, options: settings.plan, solver: solver)
    guard outcome.hasPlan else {
      computed["\(site).residual"] = ComputedValue(nil, "no plan: \(outcome.status.rawValue)")
      return
    }
    let accounts = Accounts.make(outcome, solver: solver)
    for key in ["p_o", "p_a", "p_a_prime", "p_w", "p_b", "p_s", "p_n"] {
      computed["\(site).\(key)"] = ComputedValue(accounts.value(key).map { $0 / 1e6 }, "plan of three days a season")
    }
    computed["\(site).autonomy"] = ComputedValue(accounts.value("autonomy").map { $0 * 100 }, "1 - P_N over all uses")
    let year = accounts.balance.all.yearly
    let scale = max(1, year.served)
    computed["\(site).residual"] = ComputedValue(
      accounts.balance.residual / scale, "greatest of all hours and carriers, per energy served")
    // V1 counts what enters against what is used, V2 what members use; both are of one plan.
    let entered = year.entries.reduce(0) { $0 + $1.energy } + year.converted
    let first = entered + year.discharged - year.charged - year.sold - year.losses
    let second = (accounts.value("p_a") ?? 0) + (accounts.value("p_a_prime") ?? 0)
    computed["\(site).views"] = ComputedValue(
      Dust.cleaned(abs(first - second) / scale, scale: 1), "P of V1 against P_A + P_A' of V2, per P_O")
    let members = accounts.members.reduce(0) { $0 + $1.ownCost }
    let total = accounts.value("annual_cost") ?? .nan
    computed["\(site).members"] = ComputedValue(
      abs(members - total) / max(1, abs(total)), "sum of members' costs against the project's")
    let broken = accounts.land.violations.reduce(0) { $0 + $1.capacity }
    computed["\(site).zones"] = ComputedValue(broken, "kW in protected zones")
  }
}
