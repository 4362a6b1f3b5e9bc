import TulouProblem

/// The iterate and the passes of the structured interior point on one scaled hour-block form.
///
/// Hours live in the arenas of the lane groups, everything that spans the horizon here: sizes, slacks of sums, and the
/// contents at segment starts, which link the lanes.
final class InteriorPoint {
  /// A content at the start of a segment: where it stands in the arenas.
  struct Start {
    var state: Int
    var group: Int, lane: Int
    /// First vector of its row.
    var row: Int
    /// The last row before it: group, lane, first vector.
    var beforeGroup: Int, beforeLane: Int, beforeRow: Int
    /// Place in the border.
    var index: Int
    var pair = ScalarPair()
    /// Residual data kept between affine step and corrector.
    var affineTarget = 0.0
  }

  let form: BlockForm
  let segments: Segments
  let program: BlockProgram
  let groups: [LaneGroup]
  let workers: Workers
  var starts: [Start] = []
  /// By `place * stateCount + state`: index into `starts`, or -1.
  var startAt: [Int]
  /// Same key: index into `starts` of the content behind the last row of the segment, or -1.
  var endAt: [Int]
  var sizes: [ScalarPair]
  var slacks: [ScalarPair]
  /// Multipliers of the sums and their step.
  var rho: [Double], rhoStep: [Double]
  /// For every slot and place the size it stands for, or -1.
  let slotSize: [[Int]]
  /// Lane place of a sum, or -1.
  let sumPlace: [Int]
  var border: Border
  var rhs: [Double]
  var solution: [Double] = []
  var regularisation = Regularisation()
  /// Residuals of the sums and of the sizes' dual rows.
  var sumResidual: [Double], sizeResidual: [Double]
  let pairCount: Int
  /// What the last direction left of the sums and of the sizes' dual rows.
  var sumRest: [Double] = [], sizeRest: [Double] = []

  init(form: BlockForm, threads: Int) {
    self.form = form
    segments = Segments(blocks: form.blocks, steps: form.steps)
    workers = Workers(threads: threads, groups: segments.groups)
    let segments = segments
    var distinct: [(CapacityReference, [[Int32]])] = []
    func segmentCapacities(_ reference: CapacityReference) -> [[Int32]] {
      guard case .byStep(let indices) = reference else { return [] }
      if let known = distinct.first(where: { $0.0 == reference }) { return known.1 }
      let lists = segments.byPlace.map { segment -> [Int32] in
        guard let segment else { return [] }
        var seen: [Int32] = []
        for t in segment.first..<(segment.first + segment.length) where indices[t] >= 0 && !seen.contains(indices[t]) {
          seen.append(indices[t])
        }
        return seen
      }
      distinct.append((reference, lists))
      return lists
    }
    program = BlockProgram(form: form) { reference in segmentCapacities(reference).map(\.count).max() ?? 0 }
    let program = program
    slotSize = program.slots.map { slot in
      switch slot.reference {
      case .one(let k): return [Int](repeating: k, count: segments.byPlace.count)
      case .byStep:
        return segmentCapacities(slot.reference).map { slot.rank < $0.count ? Int($0[slot.rank]) : -1 }
      }
    }
    let slotSize = slotSize
    groups = (0..<segments.groups).map { LaneGroup(program: program, segments: segments, group: $0) }
    for group in groups { group.fill(segments: segments, slotCapacity: slotSize) }
    sumPlace = BlockProgram.sumPlaces(form)
    sizes = form.sizes.map { size in
      var pair = ScalarPair()
      pair.s = size.width
      return pair
    }
    slacks = form.sums.map { sum in
      var pair = ScalarPair()
      pair.exists = sum.width > 0
      pair.bounded = sum.width < .infinity
      return pair
    }
    rho = [Double](repeating: 0, count: form.sums.count)
    rhoStep = rho
    sumResidual = rho
    sizeResidual = [Double](repeating: 0, count: form.sizes.count)
    startAt = [Int](repeating: -1, count: segments.byPlace.count * form.links.count)
    endAt = startAt
    border = Border(startCount: 0, globalCount: 0, components: [])
    rhs = []
    var pairs = 0
    for column in form.columns {
      for t in 0..<form.steps where column.present[t] != 0 { pairs += column.offset[t] < .infinity ? 2 : 1 }
    }
    pairCount = pairs + sizes.reduce(0) { $0 + $1.pairs } + slacks.reduce(0) { $0 + $1.pairs }
    linkSegments()
  }

  /// Finds the contents at segment starts and the rows before them, and orders them by component.
  private func linkSegments() {
    let m = form.links.count
    var found: [Start] = []
    for s in 0..<m {
      let following = Self.followingSteps(form, s)
      var lastOf = [Int: (group: Int, lane: Int, row: Int, place: Int)]()
      for segment in segments.byPlace.compactMap({ $0 }) {
        let group = segment.place / Segments.lanes
        let row = groups[group].start(of: groups[group].rows - 1)
        lastOf[following[segment.first + segment.length - 1]] = (
          group, segment.place % Segments.lanes, row, segment.place
        )
      }
      let present = form.columns[form.flowCount + s].present
      for segment in segments.byPlace.compactMap({ $0 }) where present[segment.first] != 0 {
        guard let before = lastOf[segment.first] else { continue }
        let group = segment.place / Segments.lanes
        var start = Start(
          state: s, group: group, lane: segment.place % Segments.lanes,
          row: groups[group].start(of: segments.padding(of: segment.place)), beforeGroup: before.group,
          beforeLane: before.lane, beforeRow: before.row, index: 0)
        let code = program.columns.pointer[form.flowCount + s]
        start.pair.bounded =
          groups[group].vectors.pointer[code.bounded.offset + (start.row & code.bounded.series)][start.lane] != 0
        start.index = found.count
        startAt[segment.place * m + s] = found.count
        endAt[before.place * m + s] = found.count
        groups[before.group].endMask.pointer[s][before.lane] = 1
        found.append(start)
      }
    }
    // Components: starts that share a lane, as its start or its end.
    var parent = Array(found.indices)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    for place in segments.byPlace.indices {
      var here: [Int] = []
      for s in 0..<m { here += [startAt[place * m + s], endAt[place * m + s]].filter { $0 >= 0 } }
      for i in here.dropFirst() { parent[root(i)] = root(here[0]) }
    }
    let roots = found.indices.map { root($0) }
    let order = found.indices.sorted { roots[$0] != roots[$1] ? roots[$0] < roots[$1] : $0 < $1 }
    var components: [Range<Int>] = []
    for (position, i) in order.enumerated() {
      found[i].index = position
      if position > 0, roots[order[position - 1]] == roots[i], let last = components.last {
        components[components.count - 1] = last.lowerBound..<(position + 1)
      } else {
        components.append(position..<(position + 1))
      }
    }
    starts = found
    border = Border(startCount: found.count, globalCount: sizes.count + rho.count, components: components)
    rhs = [Double](repeating: 0, count: border.count)
  }

  /// `HourlyProblem.followingSteps` for a link of the form.
  static func followingSteps(_ form: BlockForm, _ s: Int) -> [Int] {
    var following = (0..<form.steps).map { $0 + 1 }
    if case .cyclicOverHorizon = form.links[s].boundary {
      following[form.steps - 1] = 0
    } else {
      for block in form.blocks { following[block.upperBound - 1] = block.lowerBound }
    }
    return following
  }

  /// Place in the border of size k and of sum r.
  func borderIndex(size k: Int) -> Int { starts.count + k }
  func borderIndex(sum r: Int) -> Int { starts.count + sizes.count + r }

  /// One field of the pair of a start content.
  func pairValue(_ start: Start, _ field: Int) -> Double {
    let code = program.columns.pointer[form.flowCount + start.state]
    return groups[start.group].vectors.pointer[start.row + code.pair + field][start.lane]
  }

  func setPairValue(_ start: Start, _ field: Int, _ value: Double) {
    let code = program.columns.pointer[form.flowCount + start.state]
    groups[start.group].vectors.pointer[start.row + code.pair + field][start.lane] = value
  }

  /// A coefficient in the row and lane of a start.
  func value(_ place: Place, _ start: Start) -> Double {
    groups[start.group].vectors.pointer[place.offset + (start.row & place.series)][start.lane]
  }

  /// Size behind a slot in a lane, or -1.
  func size(ofSlot slot: Int, _ start: Start) -> Int { slotSize[slot][start.group * Segments.lanes + start.lane] }

  /// Spreads sums, sizes and the contents behind the last rows over the lanes.
  func spread(step: StepLengths?) {
    for (r, place) in sumPlace.enumerated() where place >= 0 {
      for group in groups { group.sumValue.pointer[place] = Lanes(repeating: rho[r]) }
    }
    for slot in program.slots.indices {
      for group in groups {
        for lane in 0..<Segments.lanes {
          let k = slotSize[slot][group.group * Segments.lanes + lane]
          group.slotValue.pointer[slot][lane] = k < 0 ? 0 : sizes[k].x
        }
      }
    }
    let length = step?.primal ?? 0
    for start in starts {
      groups[start.beforeGroup].endValue.pointer[start.state][start.beforeLane] =
        pairValue(start, PairField.x) + (step == nil ? 0 : length * pairValue(start, PairField.dx))
    }
  }

  /// Outcomes of the groups' last pass, joined in order.
  func joined() -> PassOutcome { groups.reduce(into: PassOutcome()) { $0.add($1.outcome) } }
}
