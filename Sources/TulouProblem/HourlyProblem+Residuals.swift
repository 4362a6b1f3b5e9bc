/// How far a point is from holding, by kind of limit, on the problem's own unscaled numbers.
public struct Residuals: Sendable, Equatable {
  /// The worst breach among the limits of one kind.
  package struct Violation: Sendable, Equatable {
    /// Amount in the unit of the limit; 0 where all hold.
    package var amount = 0.0
    /// Amount divided by 1 + the largest magnitude among the terms and the limit of that row.
    package var relative = 0.0
    /// Index of the row, state, flow or capacity.
    package var element = -1
    /// Step, or -1 for limits over the horizon.
    package var step = -1
    /// Nothing broken.
    public init() {}

    mutating func admit(_ amount: Double, scale: Double, element: Int, step: Int) {
      // `!(<=)` instead of `>` so that NaN is a violation and not a pass.
      guard !(amount <= 0) else { return }
      if !(amount <= self.amount) {
        self.amount = amount.isNaN ? .infinity : amount
        self.element = element
        self.step = step
      }
      let part = amount / (1 + scale)
      if !(part <= relative) { relative = part.isNaN ? .infinity : part }
    }
  }

  /// Hourly rows.
  package var rows = Violation()
  /// Rows that carry contents from step to step, closing of cycles included.
  package var states = Violation()
  /// `0 <= x <= each upper bound`.
  package var flowBounds = Violation()
  /// `lower <= e <= upper`.
  package var contentBounds = Violation()
  /// `lower <= G <= upper`.
  package var capacityBounds = Violation()
  /// Sums over the horizon.
  package var yearlyRows = Violation()
  /// Nothing broken.
  public init() {}

  /// Largest amount of all kinds (mixed units).
  public var largest: Double { kinds.map(\.amount).max() ?? 0 }
  /// Largest relative amount of all kinds.
  public var largestRelative: Double { kinds.map(\.relative).max() ?? 0 }
  private var kinds: [Violation] { [rows, states, flowBounds, contentBounds, capacityBounds, yearlyRows] }
}

extension HourlyProblem {
  /// The objective of a point, fixed charges left out, over the horizon.
  ///
  /// - Parameters:
  ///   - flows: `flows[j][t]`.
  ///   - contents: `contents[s][t]`, at the start of step t.
  ///   - capacities: Total sizes.
  /// - Complexity: O(terms of the objective x steps).
  public func objectiveValue(flows: [[Double]], contents: [[Double]], capacities: [Double]) -> Double {
    value(of: objective, flows: flows, contents: contents, capacities: capacities).sum
  }

  /// Fixed charges of the sizes: paid by every capacity built beyond what exists (tolerance 1e-9 relative).
  public func fixedCharges(capacities: [Double]) -> Double {
    var sum = 0.0
    for (capacity, size) in zip(self.capacities, capacities) where capacity.fixedCharge > 0 {
      if size > capacity.existing + 1e-9 * (1 + capacity.existing) { sum += capacity.fixedCharge }
    }
    return sum
  }

  /// A linear form's value at a point, constant included, and the largest of its parts in magnitude.
  public func value(
    of form: LinearForm, flows: [[Double]], contents: [[Double]], capacities: [Double]
  ) -> (sum: Double, largest: Double) {
    var sum = form.constant
    var largest = abs(form.constant)
    func add(_ part: Double) {
      sum += part
      largest = max(largest, abs(part))
    }
    // Sorted, because the order of a dictionary differs from run to run and with it the last digit of the sum.
    for (j, profile) in form.flows.sorted(by: { $0.key < $1.key }) { add(weightedSum(profile, flows[j])) }
    for (s, profile) in form.states.sorted(by: { $0.key < $1.key }) { add(weightedSum(profile, contents[s])) }
    for (k, value) in form.capacities.sorted(by: { $0.key < $1.key }) { add(value * capacities[k]) }
    return (sum, largest)
  }

  /// `sum_t weight_t dt profile_t values_t`.
  private func weightedSum(_ profile: Profile, _ values: [Double]) -> Double {
    var sum = 0.0
    switch profile {
    case .constant(let c): for t in 0..<steps { sum += c * weight[t] * values[t] }
    case .series(let c): for t in 0..<steps { sum += c[t] * weight[t] * values[t] }
    case .part(let c): for t in c.run { sum += c[t] * weight[t] * values[t] }
    }
    return sum * stepHours
  }

  /// The largest violation of every kind of limit at a point.
  ///
  /// - Parameters:
  ///   - flows: `flows[j][t]`.
  ///   - contents: `contents[s][t]`, at the start of step t.
  ///   - capacities: Total sizes.
  /// - Complexity: O(coefficients x steps).
  public func residuals(flows: [[Double]], contents: [[Double]], capacities: [Double]) -> Residuals {
    var found = Residuals()
    hourlyResiduals(flows, contents, capacities, &found.rows)
    stateResiduals(flows, contents, capacities, &found.states)
    boundResiduals(flows, contents, capacities, &found)
    for (k, size) in capacities.enumerated() {
      let range = relaxedRange(ofCapacity: k)
      found.capacityBounds.admit(
        max(range.lower - size, size - range.upper), scale: abs(size), element: k, step: -1)
    }
    for (r, row) in yearlyRows.enumerated() {
      let (sum, largest) = value(of: row.form, flows: flows, contents: contents, capacities: capacities)
      found.yearlyRows.admit(max(row.lower - sum, sum - row.upper), scale: largest, element: r, step: -1)
    }
    return found
  }

  private func hourlyResiduals(
    _ flows: [[Double]], _ contents: [[Double]], _ capacities: [Double], _ worst: inout Residuals.Violation
  ) {
    let empty = [Double](repeating: 0, count: steps)
    var activity = [[Double]](repeating: empty, count: rows.count)
    var largest = activity
    func add(_ terms: [RowTerm], _ values: [Double]) {
      for term in terms { accumulate(&activity[term.row], &largest[term.row], term.coefficient, values) }
    }
    for (flow, values) in zip(self.flows, flows) { add(flow.rowTerms, values) }
    for (state, values) in zip(states, contents) { add(state.rowTerms, values) }
    for (capacity, size) in zip(self.capacities, capacities) where !capacity.rowTerms.isEmpty {
      add(capacity.rowTerms, [Double](repeating: size, count: steps))
    }
    for (r, row) in rows.enumerated() {
      for t in 0..<steps {
        let excess = max(row.lower[t] - activity[r][t], activity[r][t] - row.upper[t])
        worst.admit(excess, scale: largest[r][t], element: r, step: t)
      }
    }
  }

  private func stateResiduals(
    _ flows: [[Double]], _ contents: [[Double]], _ capacities: [Double], _ worst: inout Residuals.Violation
  ) {
    for (s, state) in states.enumerated() {
      var arriving = state.inflow.expanded(steps)
      var largest = arriving.map { abs($0) }
      accumulate(&arriving, &largest, state.retention, contents[s])
      for (flow, values) in zip(self.flows, flows) {
        for term in flow.stateTerms where term.state == s {
          accumulate(&arriving, &largest, term.gain * stepHours, values)
        }
      }
      let following = followingSteps(state.boundary)
      for t in 0..<steps {
        let next = following[t]
        let scale = max(largest[t], abs(contents[s][next]))
        var excess = abs(contents[s][next] - arriving[t])
        if case .initial = state.boundary, next <= t { excess = contents[s][next] - arriving[t] }
        worst.admit(excess, scale: scale, element: s, step: t)
      }
      if case .initial(let start) = state.boundary {
        for t in blockStarts {
          let value = start.value(at: t, capacities: capacities)
          worst.admit(abs(contents[s][t] - value), scale: abs(value), element: s, step: t)
        }
      }
    }
  }

  private func boundResiduals(
    _ flows: [[Double]], _ contents: [[Double]], _ capacities: [Double], _ found: inout Residuals
  ) {
    for (j, flow) in self.flows.enumerated() {
      for t in 0..<steps { found.flowBounds.admit(-flows[j][t], scale: 0, element: j, step: t) }
      for bound in flow.upper {
        for t in 0..<steps {
          let limit = bound.value(at: t, capacities: capacities)
          found.flowBounds.admit(flows[j][t] - limit, scale: abs(limit), element: j, step: t)
        }
      }
    }
    for (s, state) in states.enumerated() {
      for t in 0..<steps {
        let content = contents[s][t]
        let least = state.lower.value(at: t, capacities: capacities)
        found.contentBounds.admit(least - content, scale: abs(least), element: s, step: t)
        if let upper = state.upper {
          let limit = upper.value(at: t, capacities: capacities)
          found.contentBounds.admit(content - limit, scale: abs(limit), element: s, step: t)
        }
      }
    }
  }

  private func accumulate(_ sum: inout [Double], _ largest: inout [Double], _ profile: Profile, _ values: [Double]) {
    for t in 0..<steps {
      let part = profile[t] * values[t]
      sum[t] += part
      largest[t] = max(largest[t], abs(part))
    }
  }
}
