import TulouProblem

/// The iterate and the passes of the structured interior point on one scaled hour-block form.
///
/// Hours live in the arenas of the lane groups, everything that spans the horizon here: sizes, slacks of sums, and the
/// contents at segment starts, which link the lanes.
package final class InteriorPoint {
  package let form: BlockForm
  package let segments: Segments
  package let program: BlockProgram
  package let groups: [LaneGroup]
  let workers: Workers
  let starts: Block<SegmentLinks.Start>
  /// By `place * stateCount + state`: index into `starts`, or -1.
  let startAt: Block<Int>
  /// Same key: index into `starts` of the content behind the last row of the segment, or -1.
  let endAt: Block<Int>
  package let sizes: Block<ScalarPair>
  package let slacks: Block<ScalarPair>
  /// Multipliers of the sums and their step.
  package let rho: Block<Double>, rhoStep: Block<Double>
  /// For every slot and place the size it stands for, or -1.
  let slotSize: [[Int]]
  /// Lane places of the sums.
  let segmentSums: SegmentSums
  let border: Border
  let rhs: Block<Double>, solution: Block<Double>
  /// For every place the border indices of its lane's columns and ends, -1 where there is none.
  let localIndex: Block<Int>
  package var regularisation = Regularisation()
  /// Residuals of the sums and of the sizes' dual rows.
  let sumResidual: Block<Double>, sizeResidual: Block<Double>
  package let pairCount: Int
  /// What the last direction left of the sums and of the sizes' dual rows.
  let sumRest: Block<Double>, sizeRest: Block<Double>

  /// - Parameters:
  ///   - wanted: Groups of lanes; nil: as the horizon asks for.
  ///   - keepsBorder: Whether rows hold their border; nil: where the arenas are not long.
  package init(form: BlockForm, threads: Int, groups wanted: Int? = nil, keepsBorder: Bool? = nil) {
    self.form = form
    segments = Segments(blocks: form.blocks, steps: form.steps, groups: wanted)
    workers = Workers(threads: threads, groups: segments.groups)
    let capacities = SegmentCapacities(segments)
    segmentSums = SegmentSums(form: form, segments: segments)
    program = BlockProgram(
      form: form, segmentSums: segmentSums, rows: segments.rows.reduce(0, +), keepsBorder: keepsBorder
    ) { capacities.ranks($0) }
    let program = program
    slotSize = program.slots.map { capacities.sizes(of: $0) }
    let segments = segments, slotSize = slotSize
    groups = (0..<segments.groups).map { LaneGroup(program: program, segments: segments, group: $0) }
    for group in groups { group.fill(segments: segments, slotCapacity: slotSize) }
    program.forgetSeries()
    sizes = Block(count: form.sizes.count, repeating: ScalarPair())
    slacks = Block(form.sums.map { ScalarPair(ofSlack: $0.width) }, filler: ScalarPair())
    func numbers(_ count: Int) -> Block<Double> { Block(count: count, repeating: 0) }
    rho = numbers(form.sums.count)
    rhoStep = numbers(form.sums.count)
    sumResidual = numbers(form.sums.count)
    sizeResidual = numbers(form.sizes.count)
    sumRest = numbers(form.sums.count)
    sizeRest = numbers(form.sizes.count)
    let links = SegmentLinks(form: form, segments: segments, program: program, groups: groups)
    starts = Block(links.starts, filler: SegmentLinks.Start())
    startAt = Block(links.startAt, filler: -1)
    endAt = Block(links.endAt, filler: -1)
    border = Border(
      startCount: links.starts.count, globalCount: form.sizes.count + form.sums.count, components: links.components)
    rhs = numbers(border.count)
    solution = numbers(border.count)
    localIndex = Block(
      links.localIndices(
        program: program, slotSize: slotSize, segmentSums: segmentSums, sizes: form.sizes.count,
        places: segments.byPlace.count),
      filler: -1)
    var pairs = 0
    for column in form.columns {
      for t in 0..<form.steps where column.present[t] != 0 { pairs += column.offset[t] < .infinity ? 2 : 1 }
    }
    pairCount = pairs + 2 * form.sizes.count + slacks.elements.reduce(0) { $0 + $1.pairs }
  }

  /// Place in the border of size k and of sum r.
  func borderIndex(size k: Int) -> Int { starts.count + k }
  func borderIndex(sum r: Int) -> Int { starts.count + sizes.count + r }

  /// One field of the pair of a start content.
  func pairValue(_ start: SegmentLinks.Start, _ field: Int) -> Double {
    let code = program.columns.pointer[form.flowCount + start.state]
    return groups[start.group].vectors.pointer[start.row + code.pair + field][start.lane]
  }

  func setPairValue(_ start: SegmentLinks.Start, _ field: Int, _ value: Double) {
    let code = program.columns.pointer[form.flowCount + start.state]
    groups[start.group].vectors.pointer[start.row + code.pair + field][start.lane] = value
  }

  /// A coefficient in the row and lane of a start.
  func value(_ place: Place, _ start: SegmentLinks.Start) -> Double {
    groups[start.group].vectors.pointer[place.offset + (start.row & place.series)][start.lane]
  }

  /// Size behind a slot in a lane, or -1.
  func size(ofSlot slot: Int, _ start: SegmentLinks.Start) -> Int {
    slotSize[slot][start.group * Segments.lanes + start.lane]
  }

  /// Spreads sums, sizes and the contents behind the last rows over the lanes.
  func spread(step: StepLengths?) {
    for (place, acting) in segmentSums.acting.enumerated() {
      for group in groups {
        for lane in 0..<Segments.lanes {
          let r = acting[group.group * Segments.lanes + lane]
          group.sumValue.pointer[place][lane] = r < 0 ? 0 : rho[r]
        }
      }
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
    for i in starts.indices {
      let start = starts[i]
      groups[start.beforeGroup].endValue.pointer[start.state][start.beforeLane] =
        pairValue(start, PairField.x) + (step == nil ? 0 : length * pairValue(start, PairField.dx))
    }
  }

  /// Outcomes of the groups' last pass, joined in order.
  func joined() -> PassOutcome { groups.reduce(into: PassOutcome()) { $0.add($1.outcome) } }
}
