/// A park with blocks as one in which every stream flows alike: the same matches with fewer numbers.
///
/// Nothing is lost: flows of equal blocks may be replaced by their mean, for costs are linear and all limits are convex and the same
/// in each of them. A park with flat streams and streams of days and nights has two blocks in place of the year's 24.
struct EqualBlocks {
  /// The smaller park.
  private(set) var park: Park
  /// Where each block of the whole park went.
  private(set) var place: [Int] = []

  init(_ whole: Park) {
    park = whole
    var seen: [[Double]: Int] = [:]
    var kept: [Int] = []
    for t in whole.blocks.indices {
      let flows =
        whole.sources.map { $0.supply[t] } + whole.sinks.map { $0.need[t] }
        + whole.sinks.compactMap { $0.accepts?[t] }
      if let one = seen[flows] {
        place.append(one)
        park.blocks[one] += whole.blocks[t]
      } else {
        seen[flows] = kept.count
        place.append(kept.count)
        park.blocks[kept.count] = whole.blocks[t]
        kept.append(t)
      }
    }
    park.blocks.removeLast(whole.blocks.count - kept.count)
    for s in park.sources.indices { park.sources[s].supply = kept.map { whole.sources[s].supply[$0] } }
    for d in park.sinks.indices {
      park.sinks[d].need = kept.map { whole.sinks[d].need[$0] }
      park.sinks[d].accepts = whole.sinks[d].accepts.map { accepts in kept.map { accepts[$0] } }
    }
  }

  /// A plan of the smaller park, told for every block of the whole.
  func spread(_ plan: MatchPlan) -> MatchPlan {
    func all(_ flows: [[Double]]) -> [[Double]] { flows.map { one in place.map { one[$0] } } }
    var plan = plan
    plan.flows = all(plan.flows)
    plan.fresh = all(plan.fresh)
    plan.disposed = all(plan.disposed)
    return plan
  }
}
