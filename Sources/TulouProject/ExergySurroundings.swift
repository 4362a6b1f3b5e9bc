/// What exergy is counted against.
package struct ExergySurroundings: Sendable, Equatable {
  /// Temperature of the surroundings [degC], one value or one a step; empty: that of the only resource that has one.
  package var ambient: [Double] = []
  /// Exergy efficiency of the machine that high-grade heating and cooling is compared with [-].
  package var comparison = 0.45
  /// Nothing stated.
  package init() {}
}

extension Project {
  /// Temperature of the surroundings in each step [degC]: what the file says, else that of the only resource with a
  /// temperature; empty where there is none or more than one.
  public func ambientTemperature(steps: Int) -> [Double] {
    let stated = exergy.ambient
    if stated.count == 1 { return [Double](repeating: stated[0], count: steps) }
    if !stated.isEmpty { return stated.count >= steps ? Array(stated.prefix(steps)) : [] }
    let known = resources.compactMap { $0.values(.temperature) }
    guard known.count == 1, known[0].count >= steps else { return [] }
    return Array(known[0].prefix(steps))
  }
}
