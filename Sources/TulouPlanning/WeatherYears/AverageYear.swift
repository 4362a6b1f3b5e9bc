import TulouProject
import TulouQuantities
import TulouTechnologies

extension Project {
  /// This project with every series of weather and load averaged over years, hour by hour: what a planner has who keeps
  /// the mean alone. Its calm winters are never as calm as real ones, which is the point of comparing.
  func averaged(_ years: [Project]) -> Project {
    var project = self
    let steps = horizon.steps
    func mean(_ series: [[Double]]) -> [Double] {
      guard let first = series.first, series.allSatisfy({ $0.count >= min(steps, first.count) }) else {
        return series.first ?? []
      }
      if first.count == 1 { return [series.reduce(0) { $0 + $1[0] } / Double(series.count)] }
      var sum = [Double](repeating: 0, count: steps)
      for one in series { for t in 0..<steps { sum[t] += one[t] } }
      return sum.map { $0 / Double(series.count) }
    }
    for i in project.components.indices {
      let blocks = years.compactMap { $0.components.indices.contains(i) ? $0.components[i].block : nil }
      project.components[i].block = Project.averaged(project.components[i].block, blocks, mean)
    }
    for i in project.demands.indices {
      project.demands[i].power = mean(years.compactMap { $0.demands.indices.contains(i) ? $0.demands[i].power : nil })
    }
    return project
  }

  private static func averaged(_ block: Block, _ blocks: [Block], _ mean: ([[Double]]) -> [Double]) -> Block {
    switch block {
    case .source(var source):
      let supplies = blocks.compactMap { block -> SourceBlock.Supply? in
        if case .source(let other) = block { other.supply } else { nil }
      }
      switch source.supply {
      case .share:
        source.supply = .share(mean(supplies.compactMap { if case .share(let values) = $0 { values } else { nil } }))
      case .natural:
        source.supply = .natural(
          mean(supplies.compactMap { if case .natural(let values) = $0 { values } else { nil } }))
      case .reservoir(var lake):
        lake.inflow = mean(supplies.compactMap { if case .reservoir(let other) = $0 { other.inflow } else { nil } })
        source.supply = .reservoir(lake)
      case .stock: break
      }
      return .source(source)
    case .converter(var converter):
      for p in converter.ports.indices {
        converter.ports[p].coefficient = mean(
          blocks.compactMap { block in
            if case .converter(let other) = block, other.ports.indices.contains(p) {
              other.ports[p].coefficient
            } else {
              nil
            }
          })
      }
      return .converter(converter)
    case .storage, .link: return block
    }
  }
}
