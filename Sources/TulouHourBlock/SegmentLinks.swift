import TulouProblem

/// How segments follow each other, state by state: the contents at their starts, which the border keeps.
package struct SegmentLinks {
  /// A content at the start of a segment: where it stands in the arenas.
  package struct Start: BitwiseCopyable {
    var state = 0
    var group = 0, lane = 0
    /// First vector of its row.
    var row = 0
    /// The last row before it: group, lane, first vector.
    var beforeGroup = 0, beforeLane = 0, beforeRow = 0
    /// Place in the border.
    var index = 0
    var pair = ScalarPair()
    /// Residual data kept between affine step and corrector.
    var affineTarget = 0.0
  }

  private(set) var starts: [Start] = []
  /// By `place * stateCount + state`: index into `starts` of the lane's own start and of what follows its end, or -1.
  private(set) var startAt: [Int], endAt: [Int]
  /// Starts that touch each other, as ranges of their place in the border.
  private(set) var components: [Range<Int>] = []

  /// Finds the contents at segment starts and the rows before them, and orders them by component.
  init(form: BlockForm, segments: Segments, program: BlockProgram, groups: [LaneGroup]) {
    startAt = [Int](repeating: -1, count: segments.byPlace.count * form.links.count)
    endAt = startAt
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
    self.components = components
  }

  /// Border indices of every lane's columns: sums, slots, own starts, ends.
  func localIndices(
    program: BlockProgram, slotSize: [[Int]], segmentSums: SegmentSums, sizes: Int, places: Int
  ) -> [Int] {
    let m = program.stateCount
    var result: [Int] = []
    for place in 0..<places {
      for acting in segmentSums.acting { result.append(acting[place] < 0 ? -1 : starts.count + sizes + acting[place]) }
      for slot in slotSize.indices {
        let k = slotSize[slot][place]
        result.append(k < 0 ? -1 : starts.count + k)
      }
      for s in 0..<m { result.append(startAt[place * m + s] < 0 ? -1 : starts[startAt[place * m + s]].index) }
      for s in 0..<m { result.append(endAt[place * m + s] < 0 ? -1 : starts[endAt[place * m + s]].index) }
    }
    return result
  }

  /// `HourlyProblem.followingSteps` for a link of the form.
  package static func followingSteps(_ form: BlockForm, _ s: Int) -> [Int] {
    var following = (0..<form.steps).map { $0 + 1 }
    if case .cyclicOverHorizon = form.links[s].boundary {
      following[form.steps - 1] = 0
    } else {
      for block in form.blocks { following[block.upperBound - 1] = block.lowerBound }
    }
    return following
  }
}
