import TulouProblem

extension BlockCompiler {
  /// One column and one content row a state, and a spill at the end of blocks that begin at a given content.
  mutating func addStates() {
    var columns: [BlockForm.Column] = []
    for (s, state) in problem.states.enumerated() {
      if case .initial = state.boundary {
        var spill = BlockForm.Column(origin: .spill(state: s))
        spill.entries = [.init(row: -1 - s, coefficient: .constant(-1))]
        var last = [Double](repeating: 0, count: problem.steps)
        for block in problem.blocks { last[block.upperBound - 1] = 1 }
        spill.present = Profile.series(last).compact
        form.columns.append(spill)
      }
      columns.append(addState(state, s))
    }
    form.columns += columns
  }

  private mutating func addState(_ state: State, _ s: Int) -> BlockForm.Column {
    let steps = problem.steps
    let lower = reduce(state.lower)
    var shift = lower
    var column = BlockForm.Column(origin: .state(s))
    if case .initial(let bound) = state.boundary {
      let start = reduce(bound)
      checkStart(start, of: state, lower: lower)
      shift = withStarts(lower, start)
      var present = [Double](repeating: 1, count: steps)
      for t in problem.blockStarts { present[t] = 0 }
      column.present = Profile.series(present).compact
    }
    let following = problem.followingSteps(state.boundary)
    func next(_ profile: Profile) -> Profile {
      profile.constantValue == nil ? .series(following.map { profile[$0] }) : profile
    }
    // retention (e + shift) - (e + shift)_next + gains = -inflow, with the shifts moved to the right.
    let rhs = next(shift.offset) - state.retention * shift.offset - state.inflow
    form.links.append(
      BlockForm.Link(
        retention: state.retention.compact, rhs: rhs, boundary: state.boundary, shift: shift.offset,
        shiftReference: shift.capacity, shiftFactor: shift.factor))
    addShiftEntries(shift, state, s, following)
    column.entries = entries(state.rowTerms)
    for entry in column.entries {
      form.rows[entry.row].rhs = form.rows[entry.row].rhs - entry.coefficient * shift.offset
      if let reference = shift.capacity {
        form.sizeEntries.append(
          .init(row: entry.row, reference: reference, coefficient: entry.coefficient * shift.factor))
      }
    }
    (column.cost, column.sums) = weighted { $0.states[s] }
    moveShift(shift, cost: column.cost, sums: column.sums)
    // Without a limit of its own, or with none in some steps, the content gets the one that rows and flows prove.
    let proved = Profile.series(ranges.contentUpper[s]).compact
    let upper = state.upper ?? .fixed(proved)
    let isOpen = upper.offset.maximum == .infinity
    addUpper(
      reduce(
        isOpen
          ? Bound(offset: upper.offset.combined(proved, min), capacity: upper.capacity, factor: upper.factor) : upper),
      lower: lower, state, s, &column)
    return column
  }

  /// The given content at the first step of every block, the least content elsewhere.
  private func withStarts(_ lower: Bound, _ start: Bound) -> Bound {
    let starts = Set(problem.blockStarts)
    func mix(_ a: Profile, _ b: Profile) -> Profile {
      Profile.series((0..<problem.steps).map { starts.contains($0) ? b[$0] : a[$0] }).compact
    }
    let offset = mix(lower.offset, start.offset)
    if lower.capacity == nil && start.capacity == nil { return .fixed(offset) }
    let factor = mix(
      lower.capacity == nil ? .zero : lower.factor, start.capacity == nil ? .zero : start.factor)
    let indices = (0..<problem.steps).map { t in
      Int32((starts.contains(t) ? start : lower).capacity?.index(at: t) ?? -1)
    }
    let reference: CapacityReference
    if let only = Set(indices.filter { $0 >= 0 }).only {
      reference = .one(Int(only))
    } else {
      reference = .byStep(indices)
    }
    return Bound(offset: offset, capacity: reference, factor: factor)
  }

  /// A given start must lie within the bounds of its step. With one capacity that has narrowed its range already.
  private mutating func checkStart(_ start: Bound, of state: State, lower: Bound) {
    for t in problem.blockStarts {
      let upper = state.upper.map { reduce($0) }
      for (left, right) in [(lower, start)] + (upper.map { [(start, $0)] } ?? []) {
        let (a, b) = (left.capacity?.index(at: t), right.capacity?.index(at: t))
        let room = right.offset[t] - left.offset[t]
        if a == nil && b == nil {
          if room < -1e-9 * (1 + abs(left.offset[t])) {
            contradict("\(state.label) begins at a content outside its bounds in step \(t).")
          }
        } else if let a, let b, a != b {
          addStartRow(left.factor[t], a, right.factor[t], b, room)
        }
      }
    }
  }

  /// `leftFactor G_a - rightFactor G_b <= room` as a row of capacities alone (index -1: not a row of the problem).
  private mutating func addStartRow(_ leftFactor: Double, _ a: Int, _ rightFactor: Double, _ b: Int, _ room: Double) {
    let r = form.sums.count
    form.sums.append(BlockForm.Sum(index: -1, sign: 1, rhs: room, width: .infinity, isHourly: false))
    form.sizes[a].sums.append((row: r, coefficient: leftFactor))
    form.sizes[b].sums.append((row: r, coefficient: -rightFactor))
  }

  /// Capacity parts of the shifts in the content rows.
  private mutating func addShiftEntries(_ shift: Bound, _ state: State, _ s: Int, _ following: [Int]) {
    guard let reference = shift.capacity else { return }
    let factors = shift.factor.expanded(problem.steps)
    let now = (state.retention * shift.factor).expanded(problem.steps)
    let later = following.map { factors[$0] }
    switch reference {
    case .one(let k):
      let net = zip(now, later).map { $0 - $1 }
      form.sizeEntries.append(
        .init(row: -1 - s, reference: .one(k), coefficient: Profile.series(net).compact))
    case .byStep(let indices):
      form.sizeEntries.append(.init(row: -1 - s, reference: reference, coefficient: Profile.series(now).compact))
      form.sizeEntries.append(
        .init(
          row: -1 - s, reference: .byStep(following.map { indices[$0] }),
          coefficient: Profile.series(later.map { -$0 }).compact))
    }
  }

  /// Shifts of a content that has a cost or stands in sums: constants and coefficients of the capacity.
  private mutating func moveShift(_ shift: Bound, cost: Profile, sums: [BlockForm.Entry]) {
    func total(_ profile: Profile, _ use: (Int, Double) -> Void) -> Double {
      var constant = 0.0
      for t in 0..<problem.steps where profile[t] != 0 {
        constant += profile[t] * shift.offset[t]
        if let k = shift.capacity?.index(at: t) { use(k, profile[t] * shift.factor[t]) }
      }
      return constant
    }
    if !cost.isZero {
      var added = [Double](repeating: 0, count: form.sizes.count)
      form.constant += total(cost) { added[$0] += $1 }
      for k in added.indices { form.sizes[k].cost += added[k] }
    }
    for entry in sums {
      var added = [Double](repeating: 0, count: form.sizes.count)
      form.sums[entry.row].rhs -= total(entry.coefficient) { added[$0] += $1 }
      for k in added.indices where added[k] != 0 {
        if let i = form.sizes[k].sums.firstIndex(where: { $0.row == entry.row }) {
          form.sizes[k].sums[i].coefficient += added[k]
        } else {
          form.sizes[k].sums.append((row: entry.row, coefficient: added[k]))
        }
      }
    }
  }

  private mutating func addUpper(
    _ upper: Bound, lower: Bound, _ state: State, _ s: Int, _ column: inout BlockForm.Column
  ) {
    let width = (upper.offset - lower.offset).compact
    let sharesCapacity = upper.capacity == nil || lower.capacity == nil || upper.capacity == lower.capacity
    if sharesCapacity {
      column.offset = width
      column.reference = upper.capacity ?? lower.capacity
      column.factor =
        ((upper.capacity == nil ? .zero : upper.factor) - (lower.capacity == nil ? .zero : lower.factor)).compact
    } else {
      let row = Bound(offset: width, capacity: upper.capacity, factor: upper.factor)
      addBoundRow(row, .upper(state: s), &column)
      if let reference = lower.capacity {
        let last = form.rows.count - 1
        form.sizeEntries.append(
          .init(row: last, reference: reference, coefficient: (lower.factor * form.rows[last].active).compact))
      }
      return
    }
    let most = greatest(Bound(offset: column.offset, capacity: column.reference, factor: column.factor))
    let present = column.present
    for t in 0..<problem.steps where present[t] != 0 && most[t] < -1e-9 * (1 + lower.offset[t].magnitude) {
      contradict("The bounds of \(state.label) cross in step \(t).")
      break
    }
    column.present = present.combined(most) { $1 <= 1e-12 ? 0 : $0 }.compact
    // Rounding may leave a width a hair below zero where the variable is absent anyway.
    if column.reference == nil { column.offset = column.offset.map { max(0, $0) } }
  }
}

extension Set {
  /// The sole element, if there is exactly one.
  var only: Element? { count == 1 ? first : nil }
}
