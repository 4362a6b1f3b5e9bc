/// China: direct green supply, NDRC/NEA notice 650 of 21 May 2025, projects with a grid connection, by year.
///
/// At least 60 % of what the plant can generate is used on the site, and covers at least 30 % of consumption, 35 % from 2030 on (the
/// page that we found says: raised, at least 35 % before 2030; we read: new projects from 2030). Export is capped, at about 20 %.
/// Source: youfuw.com/guides/27018.html and news of 30 May 2025; the official text was not found. Not legal advice.
package enum China {
  /// Least part of available generation that is used on the site.
  package static let leastOfGeneration = 0.6

  /// Least part of consumption that own generation covers.
  package static func leastOfConsumption(year: Int) -> Double { year >= 2030 ? 0.35 : 0.3 }

  /// Whether a year meets both shares. All energies in one unit.
  package static func met(available: Double, selfUse: Double, consumption: Double, year: Int) -> Bool {
    let slack = 1e-12
    return selfUse >= leastOfGeneration * available * (1 - slack)
      && selfUse >= leastOfConsumption(year: year) * consumption * (1 - slack)
  }
}
