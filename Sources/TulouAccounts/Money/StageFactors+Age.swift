import TulouFinance
package import TulouTechnologies

extension StageFactors {
  /// Age of existing plant as stage `s` begins [y], never below zero.
  ///
  /// - Parameter firstYear: Calendar year in which the project begins; plant without `built` is new then.
  package func age(of size: Size, firstYear: Int, stage s: Int) -> Double {
    max(0, starts[s] + Double(firstYear - (size.built ?? firstYear)))
  }
}
