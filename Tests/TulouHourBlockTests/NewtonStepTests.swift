import TestSupport
import Testing
import TulouHourBlock
import TulouProblem

/// The direction of one Newton step, read back by column and step, against the unreduced equations written down anew.
///
/// The equations come from the form's own numbers, not from the index lists of the solver, so that a wrong list, a lost
/// sign or a wrong weight shows. The system is nonsingular: a direction that leaves no residual is the one.
private struct UnreducedEquations {
  let point: InteriorPoint
  let form: BlockForm
  /// Fields by column and step.
  private var places: [Int: (group: Int, row: Int, lane: Int)] = [:]

  init(_ point: InteriorPoint) {
    self.point = point
    form = point.form
    for segment in point.segments.byPlace.compactMap({ $0 }) {
      let group = segment.place / Segments.lanes
      let padding = point.segments.padding(of: segment.place)
      for i in 0..<segment.length {
        let row = point.groups[group].start(of: padding + i)
        places[segment.first + i] = (group, row, segment.place % Segments.lanes)
      }
    }
  }

  func field(_ offset: Int, _ t: Int) -> Double {
    guard let place = places[t] else { return .nan }
    return point.groups[place.group].vectors.pointer[place.row + offset][place.lane]
  }

  /// A field of a pair; 0 for the slack of a column that has no upper bound in any step.
  func pair(_ j: Int, _ field: Int, _ t: Int) -> Double {
    if field >= PairField.s, !(0..<form.steps).contains(where: { isPresent(j, $0) && isBounded(j, $0) }) { return 0 }
    return self.field(point.program.pair(of: j) + field, t)
  }
  func price(_ r: Int, _ t: Int) -> Double { field(point.program.y + r, t) }
  func priceStep(_ r: Int, _ t: Int) -> Double { field(point.program.dy + r, t) }
  func isBounded(_ j: Int, _ t: Int) -> Bool { form.columns[j].offset[t] < .infinity }
  func isPresent(_ j: Int, _ t: Int) -> Bool { form.columns[j].present[t] != 0 }

  /// Entries of a column at step t: row, step of the row, coefficient.
  func entries(_ j: Int, _ t: Int) -> [(row: Int, step: Int, coefficient: Double)] {
    var found = form.columns[j].entries.map { (row: $0.row, step: t, coefficient: $0.coefficient[t]) }
    guard j >= form.flowCount else { return found }
    let s = j - form.flowCount
    found.append((form.rows.count + s, t, form.links[s].retention[t]))
    let following = SegmentLinks.followingSteps(form, s)
    for before in 0..<form.steps where following[before] == t { found.append((form.rows.count + s, before, -1)) }
    return found
  }

  func room(_ j: Int, _ t: Int, _ size: (Int) -> Double) -> Double {
    guard let k = form.columns[j].reference?.index(at: t) else { return 0 }
    return form.columns[j].factor[t] * size(k)
  }

  /// Largest residual of all equations for the direction at hand; `aim` and the affine steps give the targets.
  func largestResidual(_ regularisation: Regularisation, targets: [[Double]]?, aim: Double) -> Double {
    let (steps, rows) = (form.steps, form.blockSize)
    let stepOf = { (k: Int) in point.sizes[k].dx }
    let sizeOf = { (k: Int) in point.sizes[k].x }
    var activity = [[Double]](repeating: [Double](repeating: 0, count: steps), count: rows)
    var sums = form.sums.map { -$0.rhs }
    var dual = form.sizes.map(\.cost)
    var worst = 0.0
    func admit(_ value: Double, _ scale: Double) { worst = max(worst, abs(value) / (1 + abs(scale))) }
    for r in 0..<rows {
      let rhs = r < form.rows.count ? form.rows[r].rhs : form.links[r - form.rows.count].rhs
      for t in 0..<steps { activity[r][t] = -rhs[t] + regularisation.dual * priceStep(r, t) }
    }
    for j in form.columns.indices {
      for t in 0..<steps where isPresent(j, t) {
        let (x, z, dx, dz) = (
          pair(j, PairField.x, t), pair(j, PairField.z, t), pair(j, PairField.dx, t), pair(j, PairField.dz, t)
        )
        let (s, v, ds, dv) = (
          pair(j, PairField.s, t), pair(j, PairField.v, t), pair(j, PairField.ds, t), pair(j, PairField.dv, t)
        )
        var cost = form.columns[j].cost[t] - z - dz + regularisation.primal * dx
        for entry in entries(j, t) {
          activity[entry.row][entry.step] += entry.coefficient * (x + dx)
          cost -= entry.coefficient * (price(entry.row, entry.step) + priceStep(entry.row, entry.step))
        }
        for entry in form.columns[j].sums {
          sums[entry.row] += entry.coefficient[t] * (x + dx)
          cost -= entry.coefficient[t] * (point.rho[entry.row] + point.rhoStep[entry.row])
        }
        let target = targets.map { ($0[2 * j][t], $0[2 * j + 1][t]) } ?? (0, 0)
        admit(z * dx + x * dz + x * z - target.0, x * z)
        if isBounded(j, t) {
          cost += v + dv
          admit(v * ds + s * dv + s * v - target.1, s * v)
          let limit = form.columns[j].offset[t] + room(j, t, sizeOf) + room(j, t, stepOf)
          admit(x + dx + s + ds - limit, limit)
          if let k = form.columns[j].reference?.index(at: t) { dual[k] -= form.columns[j].factor[t] * (v + dv) }
        }
        admit(cost, z)
      }
    }
    for entry in form.sizeEntries {
      for t in 0..<steps {
        guard let k = entry.reference.index(at: t) else { continue }
        activity[entry.row][t] += entry.coefficient[t] * (point.sizes[k].x + point.sizes[k].dx)
        dual[k] -= entry.coefficient[t] * (price(entry.row, t) + priceStep(entry.row, t))
      }
    }
    for (k, size) in form.sizes.enumerated() {
      let pair = point.sizes[k]
      for entry in size.sums {
        sums[entry.row] += entry.coefficient * (pair.x + pair.dx)
        dual[k] -= entry.coefficient * (point.rho[entry.row] + point.rhoStep[entry.row])
      }
      admit(dual[k] - pair.z - pair.dz + pair.v + pair.dv + regularisation.primal * pair.dx, size.cost)
      admit(pair.x + pair.dx + pair.s + pair.ds - size.width, size.width)
    }
    for r in form.sums.indices {
      var left = sums[r] + regularisation.sum * point.rhoStep[r]
      if point.slacks[r].exists { left += point.slacks[r].x + point.slacks[r].dx }
      admit(left, form.sums[r].rhs)
    }
    for r in 0..<rows { for t in 0..<steps { admit(activity[r][t], 1) } }
    return worst
  }

  /// Targets of the corrector, from the affine direction at hand.
  func targets(aim: Double) -> [[Double]] {
    form.columns.indices.flatMap { j in
      [
        (0..<form.steps).map { aim - pair(j, PairField.dx, $0) * pair(j, PairField.dz, $0) },
        (0..<form.steps).map { aim - pair(j, PairField.ds, $0) * pair(j, PairField.dv, $0) },
      ]
    }
  }
}

@Suite("One Newton step against the unreduced equations") struct NewtonStepTests {
  private func point(_ problem: HourlyProblem, groups: Int?, keepsBorder: Bool = true) -> InteriorPoint {
    let ranges = problem.impliedRanges()
    let form = BlockScaling.scale(BlockPresolve.run(BlockCompiler.compile(problem, ranges: ranges), problem: problem))
    return InteriorPoint(form: form, threads: 1, groups: groups, keepsBorder: keepsBorder)
  }

  @Test(
    "no equation is left with a residual: random problems of every kind, short and long, one group and two",
    arguments: [8, 24, 49], Array(UInt64(1)...14))
  func step(steps: Int, seed: UInt64) {
    let random = RandomHourlyProblem(seed: seed, steps: steps)
    for (groups, weight, keepsBorder) in [(1, 1e-8, true), (2, 1e-2, true), (1, 1e-8, false), (2, 1e-2, false)] {
      let point = point(random.problem, groups: groups, keepsBorder: keepsBorder)
      guard point.form.contradiction == nil else { return }
      // A large proximal weight shows at once where it was left out.
      point.regularisation = Regularisation(primal: weight, dual: weight)
      point.begin()
      let equations = UnreducedEquations(point)
      var length: StepLengths?
      for _ in 0..<4 {
        let measures = point.factor(step: length)
        let aim = 0.3 * measures.products / Double(point.pairCount)
        _ = point.solve(.affine)
        let affine = equations.largestResidualOfAffine(point)
        #expect(affine < 1e-7, "\(random.kinds) affine \(affine)")
        let targets = equations.targets(aim: aim)
        let found = point.solve(.corrector(aim))
        let whole = equations.largestResidual(point.regularisation, targets: targets, aim: aim)
        #expect(whole < 1e-7, "\(random.kinds) corrected \(whole)")
        length = StepLengths(
          primal: min(1, 0.9 / max(found.primalRatio, 1e-9)), dual: min(1, 0.9 / max(found.dualRatio, 1e-9)))
      }
    }
  }

  @Test("more segments, or walks in place of the border, change the first ten iterates by rounding only")
  func segments() {
    let problem = RandomHourlyProblem(seed: 11, steps: 168).problem
    let points = [1, 2, 4].map { point(problem, groups: $0) } + [point(problem, groups: 2, keepsBorder: false)]
    var values = [[Double]](repeating: [], count: points.count)
    for (i, point) in points.enumerated() {
      point.begin()
      var length: StepLengths?
      for _ in 0..<10 {
        let measures = point.factor(step: length)
        values[i].append(measures.primal)
        _ = point.solve(.affine)
        let found = point.solve(.corrector(0.2 * measures.products / Double(point.pairCount)))
        length = StepLengths(
          primal: min(1, 0.9 / max(found.primalRatio, 1e-9)), dual: min(1, 0.9 / max(found.dualRatio, 1e-9)))
      }
    }
    for other in values.dropFirst() {
      for (a, b) in zip(values[0], other) { #expect(abs(a - b) <= 1e-9 * (1 + abs(a))) }
    }
  }
}

extension UnreducedEquations {
  /// The affine pass keeps no dual steps of the hours, so they are put in by their definition first.
  fileprivate func largestResidualOfAffine(_ point: InteriorPoint) -> Double {
    for j in form.columns.indices {
      for t in 0..<form.steps where isPresent(j, t) {
        guard let place = places[t] else { continue }
        let row = point.groups[place.group].vectors.pointer + place.row + point.program.pair(of: j)
        let (x, z, dx) = (pair(j, PairField.x, t), pair(j, PairField.z, t), pair(j, PairField.dx, t))
        let (s, v, ds) = (pair(j, PairField.s, t), pair(j, PairField.v, t), pair(j, PairField.ds, t))
        row[PairField.dz][place.lane] = -z - z * dx / x
        if isBounded(j, t) { row[PairField.dv][place.lane] = -v - v * ds / s }
      }
    }
    return largestResidual(point.regularisation, targets: nil, aim: 0)
  }
}
