import TulouProblem

/// A problem whose chosen limits may be exceeded at a price, and whose own objective is dropped.
///
/// Each relaxed limit gets a slack; a slack measured by its peak stands under a size of its own, which is what is paid.
struct ElasticProblem {
  /// What stands for one relaxed limit.
  struct Slack {
    /// Flow that holds the change of each step, where the limit acts in every step.
    var flow: Int?
    /// Size that holds the greatest change (peak) or the change of a single number.
    var capacity: Int?
    /// Row of every step whose multiplier tells where the limit binds.
    var row: Int?
    /// Yearly row with that multiplier.
    var yearlyRow: Int?
    /// Natural size of the limit: the change is paid in parts of it.
    var scale: Double
  }

  var problem: HourlyProblem
  var slacks: [Slack] = []
  /// Largest right-hand side of any row: what a limit of zero is compared with.
  private let reference: Double

  /// `problem` with `limits` relaxed.
  init(_ problem: HourlyProblem, relaxing limits: [ElasticLimit]) {
    self.problem = problem
    self.problem.objective = LinearForm()
    var largest = 0.0
    for row in problem.rows { largest = max(largest, finiteMagnitude(row.lower), finiteMagnitude(row.upper)) }
    for capacity in problem.capacities where largest == 0 && capacity.upper.isFinite {
      largest = max(largest, capacity.upper)
    }
    reference = largest > 0 ? largest : 1
    for limit in limits { relax(limit) }
  }

  private mutating func relax(_ limit: ElasticLimit) {
    switch limit.place {
    case .rowLower(let r):
      addHourly(limit, row: r, sign: 1, scale: size(finiteMagnitude(problem.rows[r].lower)))
    case .rowUpper(let r):
      addHourly(limit, row: r, sign: -1, scale: size(finiteMagnitude(problem.rows[r].upper)))
    case .flowUpper(let j, let i):
      let bound = problem.flows[j].upper[i]
      let row = addRow(limit.label, of: bound, isLower: false)
      problem.flows[j].rowTerms.append(RowTerm(row, .one))
      // The bound stays in force with the greatest change added, so that the flow keeps a bound.
      let room = Self.most * size(greatest(bound))
      problem.flows[j].upper[i].offset = bound.offset.map { $0 + room }
      addHourly(limit, row: row, sign: -1, scale: size(greatest(bound)))
    case .contentUpper(let s):
      guard let bound = problem.states[s].upper else {
        slacks.append(Slack(scale: 1))
        return
      }
      let row = addRow(limit.label, of: bound, isLower: false)
      problem.states[s].rowTerms.append(RowTerm(row, .one))
      let room = Self.most * size(greatest(bound))
      problem.states[s].upper?.offset = bound.offset.map { $0 + room }
      addHourly(limit, row: row, sign: -1, scale: size(greatest(bound)))
    case .contentLower(let s):
      let bound = problem.states[s].lower
      let row = addRow(limit.label, of: bound, isLower: true)
      problem.states[s].rowTerms.append(RowTerm(row, .one))
      problem.states[s].lower = .fixed(.constant(min(0, bound.offset.minimum)))
      addHourly(limit, row: row, sign: 1, scale: size(greatest(bound)))
    case .yearlyLower(let y):
      addSingle(limit, yearlyRow: y, sign: 1, scale: yearlySize(problem.yearlyRows[y], problem.yearlyRows[y].lower))
    case .yearlyUpper(let y):
      addSingle(limit, yearlyRow: y, sign: -1, scale: yearlySize(problem.yearlyRows[y], problem.yearlyRows[y].upper))
    case .capacityLower(let k):
      let lower = problem.capacities[k].lower
      problem.yearlyRows.append(YearlyRow(limit.label, LinearForm(capacities: [k: 1]), lower: lower))
      problem.capacities[k].lower = min(0, lower)
      addSingle(limit, yearlyRow: problem.yearlyRows.count - 1, sign: 1, scale: size(abs(lower)))
    case .capacityUpper(let k):
      let upper = problem.capacities[k].upper
      problem.yearlyRows.append(YearlyRow(limit.label, LinearForm(capacities: [k: 1]), upper: upper))
      problem.capacities[k].upper = upper + ElasticProblem.most * size(abs(upper))
      addSingle(limit, yearlyRow: problem.yearlyRows.count - 1, sign: -1, scale: size(abs(upper)))
    }
  }

  /// The greatest change that is looked for, in parts of the limit's natural size.
  static let most = 100.0

  private func size(_ limit: Double) -> Double { limit > 0 && limit.isFinite ? limit : reference }

  private func greatest(_ bound: Bound) -> Double {
    var size = finiteMagnitude(bound.offset)
    switch bound.capacity {
    case .one(let k): size += finiteMagnitude(bound.factor) * problem.capacities[k].upper
    case .byStep(let indices):
      size +=
        finiteMagnitude(bound.factor)
        * Set(indices.filter { $0 >= 0 }).map { problem.capacities[Int($0)].upper }
        .reduce(0, max)
    case nil: break
    }
    return size
  }

  private func yearlySize(_ row: YearlyRow, _ limit: Double) -> Double {
    if limit != 0, limit.isFinite { return abs(limit) }
    let hours = problem.weight.reduce(0, +) * problem.stepHours
    let largest = row.form.flows.values.map(finiteMagnitude).reduce(0, max)
    return largest > 0 ? largest * hours * reference : reference
  }

  /// A row `x - factor G (<= or >=) offset` that stands for a bound; the caller adds the column's own term.
  private mutating func addRow(_ label: Label, of bound: Bound, isLower: Bool) -> Int {
    let row = problem.rows.count
    problem.rows.append(
      isLower ? HourlyRow(label: label, lower: bound.offset) : HourlyRow(label: label, upper: bound.offset))
    switch bound.capacity {
    case .one(let k): problem.capacities[k].rowTerms.append(RowTerm(row, bound.factor * -1))
    case .byStep(let indices):
      for k in Set(indices) where k >= 0 {
        let factor = Profile.series(indices.indices.map { indices[$0] == k ? -bound.factor[$0] : 0 })
        problem.capacities[Int(k)].rowTerms.append(RowTerm(row, factor))
      }
    case nil: break
    }
    return row
  }

  /// A slack flow in an hourly row.
  private mutating func addHourly(_ limit: ElasticLimit, row: Int, sign: Double, scale: Double) {
    let flow = problem.flows.count
    var slack = Slack(flow: flow, row: row, scale: scale)
    switch limit.measure {
    case .peak:
      slack.capacity = problem.capacities.count
      problem.capacities.append(Capacity(limit.label, upper: Self.most * scale))
      problem.flows.append(
        Flow(limit.label, rows: [RowTerm(row, .constant(sign))], upper: [.capacity(problem.capacities.count - 1)]))
      problem.objective.add(capacity: problem.capacities.count - 1, 1 / scale)
      // A touch on the sum, so that the slack stands only where it is needed.
      let hours = problem.weight.reduce(0, +) * problem.stepHours
      problem.objective.add(flow: flow, .constant(1e-3 / (scale * hours)))
    case .sum:
      problem.flows.append(
        Flow(
          limit.label, rows: [RowTerm(row, .constant(sign))], upper: [.fixed(.constant(Self.most * scale))]))
      problem.objective.add(flow: flow, .constant(1 / scale))
    }
    for y in limit.yearlyRows { problem.yearlyRows[y].form.add(flow: flow, .one) }
    slacks.append(slack)
  }

  /// A slack size in a yearly row.
  private mutating func addSingle(_ limit: ElasticLimit, yearlyRow: Int, sign: Double, scale: Double) {
    let capacity = problem.capacities.count
    problem.capacities.append(Capacity(limit.label, upper: Self.most * scale))
    problem.yearlyRows[yearlyRow].form.add(capacity: capacity, sign)
    problem.objective.add(capacity: capacity, 1 / scale)
    slacks.append(Slack(capacity: capacity, yearlyRow: yearlyRow, scale: scale))
  }
}
