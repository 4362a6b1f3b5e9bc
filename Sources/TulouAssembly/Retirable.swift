/// Existing plant that may retire: its total is what is kept and what is new.
package struct Retirable: Sendable, Equatable {
  /// Capacity indices.
  package var total: Int, kept: Int, new: Int
  /// What stands before anything is decided [unit].
  package var existing: Double

  /// What is kept and what is new where the total is given: as much as there is of the old.
  package func parts(of total: Double) -> (kept: Double, new: Double) {
    (min(existing, total), max(0, total - existing))
  }
}

extension Assembled {
  /// Totals of all capacities with what is kept and what is new put beside the totals that are given.
  package func completed(_ totals: [Double]) -> [Double] {
    var totals = totals
    for one in retirable { (totals[one.kept], totals[one.new]) = one.parts(of: totals[one.total]) }
    return totals
  }
}
