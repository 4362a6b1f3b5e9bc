package import TulouFinance
package import TulouProject
package import TulouTechnologies

/// What every size costs in every stage of a project.
package struct StagedCosts: Sendable {
  private var costs: [String: [SizeCost?]] = [:]

  /// - Parameter projects: The whole project as it is in each stage, in order of time.
  package init(_ projects: [Project]) {
    for (s, project) in projects.enumerated() {
      for component in project.components {
        for size in component.sizes {
          let key = StagedCosts.key(component.id, size)
          var list = costs[key] ?? []
          list += [SizeCost?](repeating: nil, count: s - list.count) + [size.cost]
          costs[key] = list
        }
      }
    }
  }

  /// Costs of a size by stage, nil where a stage does not have it.
  package func of(_ id: String, _ size: Size) -> [SizeCost?] { costs[StagedCosts.key(id, size)] ?? [] }

  /// The first stage that has a size.
  package func first(_ id: String, _ size: Size) -> Int { of(id, size).firstIndex { $0 != nil } ?? 0 }

  private static func key(_ id: String, _ size: Size) -> String { "\(id) \(size.part)" }
}
