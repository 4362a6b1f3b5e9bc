package import TulouProblem

/// Turns an `HourlyProblem` into the hour-block form, unscaled and without presolve.
///
/// Fixed capacities become constants, the others count from their least total. Range rows become balances with a
/// bounded slack. Of several upper bounds the first with a capacity stays with its flow, the others become rows.
/// Contents count from their least value (or, at the start of a block with a given content, from that), so a lower bound
/// with a capacity part (depth of discharge) leaves coefficients of that capacity in the content row.
package struct BlockCompiler {
  let problem: HourlyProblem
  var form: BlockForm
  /// Index into `form.sizes`, or -1 for fixed capacities.
  var sizeIndex: [Int] = []
  var base: [Double] = []
  let scale: Profile
  let ranges: ImpliedRanges

  /// The hour-block form of `problem`.
  package static func compile(_ problem: HourlyProblem, ranges: ImpliedRanges) -> BlockForm {
    var compiler = BlockCompiler(problem: problem, ranges: ranges)
    compiler.addSizes()
    compiler.addRows()
    compiler.addSums()
    compiler.addFlows()
    compiler.addRowSlacks()
    compiler.addStates()
    compiler.addSizeEntries()
    compiler.mergeTanks()
    compiler.finish()
    return compiler.form
  }

  private init(problem: HourlyProblem, ranges: ImpliedRanges) {
    self.problem = problem
    self.ranges = ranges
    form = BlockForm(steps: problem.steps, blocks: problem.blocks)
    scale = (Profile.series(problem.weight) * problem.stepHours).compact
  }

  mutating func contradict(
    _ message: String, rows: [(row: Int, steps: [Int])] = [], yearlyRows: [Int] = []
  ) {
    if form.contradiction == nil {
      form.contradiction = .init(message: message, rows: rows, yearlyRows: yearlyRows)
    }
  }

  private mutating func addSizes() {
    for (k, capacity) in problem.capacities.enumerated() {
      let range = problem.rangeWithStarts(ofCapacity: k)
      let cost = problem.objective.capacities[k] ?? 0
      base.append(range.lower)
      form.constant += cost * range.lower
      let width = range.upper - range.lower
      if width < -1e-9 * (1 + abs(range.lower)) {
        contradict("The limits of \(capacity.label) leave no size: least \(range.lower), greatest \(range.upper).")
      }
      if width > 1e-12 * (1 + abs(range.upper)) {
        sizeIndex.append(form.sizes.count)
        form.sizes.append(BlockForm.Size(index: k, base: range.lower, width: width, cost: cost))
      } else {
        sizeIndex.append(-1)
      }
    }
    form.constant += problem.objective.constant
  }

  private mutating func addRows() {
    for (r, row) in problem.rows.enumerated() {
      let rhs = row.upper.combined(row.lower) { $0 < .infinity ? $0 : $1 > -.infinity ? $1 : 0 }
      let active = row.lower.combined(row.upper) { $0 > -.infinity || $1 < .infinity ? 1 : 0 }.compact
      form.rows.append(BlockForm.Row(origin: .row(r), rhs: rhs, active: active))
    }
  }

  /// A slack for every row that is not an equation in all steps: `+1` below an upper limit, `-1` above a lower one.
  private mutating func addRowSlacks() {
    for (r, row) in problem.rows.enumerated() {
      let present = row.lower.combined(row.upper) { $0 == $1 || ($0 == -.infinity && $1 == .infinity) ? 0 : 1 }.compact
      if present.isZero { continue }
      var column = BlockForm.Column(origin: .slack(row: r))
      column.entries = [.init(row: r, coefficient: row.upper.map { $0 < .infinity ? 1 : -1 }.compact)]
      column.offset = row.upper.combined(row.lower) { $0 < .infinity && $1 > -.infinity ? $0 - $1 : .infinity }.compact
      column.present = present
      form.columns.append(column)
    }
  }

  private mutating func addSums() {
    for (r, row) in problem.yearlyRows.enumerated() {
      let sign = row.upper < .infinity ? 1.0 : -1.0
      let limit = row.upper < .infinity ? row.upper : row.lower
      var rhs = sign * (limit - row.form.constant)
      for (k, value) in row.form.capacities.sorted(by: { $0.key < $1.key }) {
        rhs -= sign * value * base[k]
        if sizeIndex[k] >= 0, value != 0 {
          form.sizes[sizeIndex[k]].sums.append((row: r, coefficient: sign * value))
        }
      }
      let isHourly = row.form.flows.values.contains { !$0.isZero } || row.form.states.values.contains { !$0.isZero }
      form.sums.append(
        BlockForm.Sum(index: r, sign: sign, rhs: rhs, width: row.upper - row.lower, isHourly: isHourly))
    }
  }

  /// Weighted coefficients of a column in the objective and in the sums.
  func weighted(_ select: (LinearForm) -> Profile?) -> (cost: Profile, sums: [BlockForm.Entry]) {
    var sums: [BlockForm.Entry] = []
    for (r, row) in problem.yearlyRows.enumerated() {
      if let profile = select(row.form), !profile.isZero {
        sums.append(.init(row: r, coefficient: (profile * scale * form.sums[r].sign).compact))
      }
    }
    let cost = select(problem.objective).map { ($0 * scale).compact } ?? .zero
    return (cost, sums)
  }

  /// Row terms of a column, switched off in steps in which the row does not hold.
  func entries(_ terms: [RowTerm]) -> [BlockForm.Entry] {
    var entries: [BlockForm.Entry] = []
    for term in terms {
      let active = form.rows[term.row].active
      let coefficient = (active.constantValue == 1 ? term.coefficient : term.coefficient * active).compact
      if coefficient.isZero { continue }
      if let i = entries.firstIndex(where: { $0.row == term.row }) {
        entries[i].coefficient = entries[i].coefficient + coefficient
      } else {
        entries.append(.init(row: term.row, coefficient: coefficient))
      }
    }
    return entries
  }

  private mutating func addFlows() {
    for (j, flow) in problem.flows.enumerated() {
      var column = BlockForm.Column(origin: .flow(j))
      column.entries = entries(flow.rowTerms)
      for term in flow.stateTerms {
        // Rows of extra bounds are appended later, so content rows are marked by negative numbers until `finish`.
        let gain = (term.gain * problem.stepHours).compact
        if gain.isZero { continue }
        if let i = column.entries.firstIndex(where: { $0.row == -1 - term.state }) {
          column.entries[i].coefficient = column.entries[i].coefficient + gain
        } else {
          column.entries.append(.init(row: -1 - term.state, coefficient: gain))
        }
      }
      (column.cost, column.sums) = weighted { $0.flows[j] }
      column.implied = ranges.flowUpper[j].max() ?? .infinity
      // A flow without bound and without cost would have no interior in the dual: it gets the bound that rows prove.
      let isUnbounded = flow.upper.allSatisfy { $0.offset.maximum == .infinity }
      if isUnbounded, column.cost.minimum <= 0, column.implied < .infinity {
        column.offset = .constant(column.implied)
      }
      addBounds(of: flow, j, to: &column)
      form.columns.append(column)
    }
  }

  /// The first bound with a capacity (else the least constant) stays; the others become rows with a slack.
  private mutating func addBounds(of flow: Flow, _ j: Int, to column: inout BlockForm.Column) {
    var constant: Profile?
    var members: [BlockForm.BoundMember] = []
    var sized: [(bound: Bound, index: Int)] = []
    for (i, bound) in flow.upper.enumerated() {
      let reduced = reduce(bound)
      // Never above zero, whatever the size: no room for the flow.
      column.present = column.present.combined(greatest(reduced)) { $1 <= 0 ? 0 : $0 }.compact
      if reduced.capacity == nil {
        constant = constant.map { $0.combined(reduced.offset, min) } ?? reduced.offset
        members.append(.init(index: i, offset: reduced.offset))
      } else {
        sized.append((reduced, i))
      }
    }
    if let bound = constant, bound.minimum < 0 {
      contradict("\(flow.label) has an upper bound below zero.")
    }
    // A constant above what the largest size allows never acts.
    if let bound = constant, let first = sized.first,
      bound.combined(greatest(first.bound), { $0 >= $1 ? 0 : 1 }).isZero
    {
      constant = nil
    }
    guard let native = sized.first else {
      if let constant {
        column.offset = constant.compact
        column.nativeBounds = members
      }
      return
    }
    column.offset = native.bound.offset.compact
    column.nativeBounds = [.init(index: native.index, offset: .zero)]
    column.reference = native.bound.capacity
    column.factor = native.bound.factor.compact
    for extra in sized.dropFirst() {
      addBoundRow(extra.bound, .bound(flow: j, members: [.init(index: extra.index, offset: .zero)]), &column)
    }
    if let constant { addBoundRow(.fixed(constant), .bound(flow: j, members: members), &column) }
  }

  /// `column + slack - factor G = offset` as a row of its own.
  mutating func addBoundRow(_ bound: Bound, _ origin: BlockForm.RowOrigin, _ column: inout BlockForm.Column) {
    let r = form.rows.count
    let active = (column.present * bound.offset.map { $0 < .infinity ? 1 : 0 }).compact
    let rhs = bound.offset.combined(active) { $1 == 0 ? 0 : $0 }.compact
    form.rows.append(BlockForm.Row(origin: origin, rhs: rhs, active: active))
    column.entries.append(.init(row: r, coefficient: active))
    var slack = BlockForm.Column(origin: .slack(row: r))
    slack.entries = [.init(row: r, coefficient: .one)]
    slack.present = active
    slack.implied = greatest(bound).combined(active) { $1 == 0 ? 0 : $0 }.maximum
    form.columns.append(slack)
    if let reference = bound.capacity {
      form.sizeEntries.append(.init(row: r, reference: reference, coefficient: (bound.factor * active * -1).compact))
    }
  }

  /// A bound with fixed capacities and least totals moved into its constant part.
  func reduce(_ bound: Bound) -> Bound {
    guard let reference = bound.capacity else { return Bound(offset: bound.offset, capacity: nil, factor: .zero) }
    let mapped = reference.mapped(sizeIndex)
    var offset = bound.offset
    switch reference {
    case .one(let k): if base[k] != 0 { offset = offset + bound.factor * base[k] }
    case .byStep(let indices):
      let bases = Profile.series(indices.map { $0 < 0 ? 0 : base[Int($0)] }).compact
      if !bases.isZero { offset = offset + bound.factor * bases }
    }
    return Bound(offset: offset.compact, capacity: mapped, factor: mapped == nil ? .zero : bound.factor)
  }

  /// Greatest value of a reduced bound over the sizes.
  func greatest(_ bound: Bound) -> Profile {
    switch bound.capacity {
    case nil: return bound.offset
    case .one(let k):
      let width = form.sizes[k].width
      return bound.offset.combined(bound.factor) { $0 + max(0, $1 * width) }
    case .byStep(let indices):
      let widths = Profile.series(indices.map { $0 < 0 ? 0 : form.sizes[Int($0)].width })
      return bound.offset + (bound.factor * widths).map { max(0, $0) }
    }
  }

  private mutating func addSizeEntries() {
    for (k, capacity) in problem.capacities.enumerated() {
      for entry in entries(capacity.rowTerms) {
        if base[k] != 0 { form.rows[entry.row].rhs = form.rows[entry.row].rhs - entry.coefficient * base[k] }
        if sizeIndex[k] >= 0 {
          form.sizeEntries.append(
            .init(row: entry.row, reference: .one(sizeIndex[k]), coefficient: entry.coefficient))
        }
      }
    }
  }

  /// Content rows get their place behind the balances, entries are sorted, profiles compacted.
  private mutating func finish() {
    let rowCount = form.rows.count
    func place(_ row: Int) -> Int { row < 0 ? rowCount - 1 - row : row }
    for j in form.columns.indices {
      for e in form.columns[j].entries.indices {
        form.columns[j].entries[e].row = place(form.columns[j].entries[e].row)
        form.columns[j].entries[e].coefficient = form.columns[j].entries[e].coefficient.compact
      }
      form.columns[j].entries.sort { $0.row < $1.row }
    }
    for e in form.sizeEntries.indices { form.sizeEntries[e].row = place(form.sizeEntries[e].row) }
    form.sizeEntries.removeAll { $0.coefficient.isZero }
    orderRows()
    for r in form.rows.indices { form.rows[r].rhs = form.rows[r].rhs.compact }
    for s in form.links.indices { form.links[s].rhs = form.links[s].rhs.compact }
  }

  /// Balances with few neighbours first (leaf buses before the bus that joins them): less fill in the block of an hour.
  private mutating func orderRows() {
    let rowCount = form.rows.count
    var neighbours = [Set<Int>](repeating: [], count: rowCount)
    for column in form.columns {
      let rows = column.entries.map(\.row)
      for a in rows where a < rowCount { neighbours[a].formUnion(rows.filter { $0 != a }) }
    }
    var place = [Int](repeating: -1, count: rowCount)
    var order: [Int] = []
    while order.count < rowCount {
      let open = (0..<rowCount).filter { place[$0] < 0 }
      guard let next = open.min(by: { (neighbours[$0].count, $0) < (neighbours[$1].count, $1) }) else { break }
      place[next] = order.count
      order.append(next)
      for a in neighbours[next] where a < rowCount {
        neighbours[a].formUnion(neighbours[next].filter { $0 != a })
        neighbours[a].remove(next)
      }
    }
    form.rows = order.map { form.rows[$0] }
    for j in form.columns.indices {
      for e in form.columns[j].entries.indices where form.columns[j].entries[e].row < rowCount {
        form.columns[j].entries[e].row = place[form.columns[j].entries[e].row]
      }
      form.columns[j].entries.sort { $0.row < $1.row }
    }
    for e in form.sizeEntries.indices where form.sizeEntries[e].row < rowCount {
      form.sizeEntries[e].row = place[form.sizeEntries[e].row]
    }
  }
}
