import TulouProblem

/// Which capacities act in a segment, for bounds that name theirs step by step.
final class SegmentCapacities {
  private let segments: Segments
  private var known: [(reference: CapacityReference, lists: [[Int32]])] = []

  init(_ segments: Segments) { self.segments = segments }

  /// The most distinct capacities that a reference has in a segment; 0 for one capacity throughout.
  func ranks(_ reference: CapacityReference) -> Int { lists(reference).map(\.count).max() ?? 0 }

  /// For every place the capacity that a slot stands for, -1 for none.
  func sizes(of slot: BlockProgram.Slot) -> [Int] {
    switch slot.reference {
    case .one(let k): [Int](repeating: k, count: segments.byPlace.count)
    case .byStep: lists(slot.reference).map { slot.rank < $0.count ? Int($0[slot.rank]) : -1 }
    }
  }

  private func lists(_ reference: CapacityReference) -> [[Int32]] {
    guard case .byStep(let indices) = reference else { return [] }
    if let found = known.first(where: { $0.reference == reference }) { return found.lists }
    let lists = segments.byPlace.map { segment -> [Int32] in
      guard let segment else { return [] }
      var seen: [Int32] = []
      for t in segment.first..<(segment.first + segment.length) where indices[t] >= 0 && !seen.contains(indices[t]) {
        seen.append(indices[t])
      }
      return seen
    }
    known.append((reference, lists))
    return lists
  }
}
