import TulouProblem

/// Where each element of an hourly problem stands among HiGHS's columns and rows.
///
/// Step by step: all flows, all contents, then (with integers) one 0/1 column an exclusion; behind the last step the
/// capacities and the whole numbers of units. Rows likewise: hourly rows, content rows, bound rows and exclusion rows
/// of each step, then starts of blocks, yearly rows and rows of sizes.
struct HighsLayout {
  /// A bound that names a capacity and so must be a row: `x - factor G` against `offset`.
  struct BoundRow {
    enum Element { case flow(Int), content(Int) }
    var element: Element
    var bound: Bound
    /// True: `x >= bound`; false: `x <= bound`.
    var isLower: Bool
  }

  /// A block whose first content is tied to a capacity: `e_start - factor G = offset`.
  struct StartRow {
    var state: Int
    var step: Int
    var capacity: Int
    var factor: Double
    var offset: Double
  }

  let steps: Int
  let flowCount: Int
  let stateCount: Int
  let rowCount: Int
  let capacityCount: Int
  let yearlyCount: Int
  let exclusionCount: Int
  let integers: Bool
  let boundRows: [BoundRow]
  /// Indices into `boundRows` by flow and by state.
  let boundRowsOfFlow: [[Int]]
  let boundRowsOfState: [[Int]]
  /// The same by capacity.
  let boundRowsOfCapacity: [[Int]]
  /// Yearly rows by what stands in them: looking each up in each row would take as long as both numbers multiplied.
  let yearlyRows: YearlyPlaces
  let startRows: [StartRow]
  /// Constant upper and lower limits that are not rows, merged: `[element][bound]`.
  let nativeUpperOfFlow: [[Bound]]
  let nativeOfState: [(lower: Bound?, upper: Bound?)]
  /// Columns and rows a step.
  let columnsPerStep: Int
  let rowsPerStep: Int

  init(_ problem: HourlyProblem, integers: Bool) {
    steps = problem.steps
    flowCount = problem.flows.count
    stateCount = problem.states.count
    rowCount = problem.rows.count
    capacityCount = problem.capacities.count
    yearlyCount = problem.yearlyRows.count
    exclusionCount = integers ? problem.exclusions.count : 0
    self.integers = integers

    // A capacity that cannot move makes its bounds plain numbers.
    func isPlain(_ bound: Bound) -> Bool {
      switch bound.capacity {
      case nil: true
      case .one(let k): problem.capacities[k].lower == problem.capacities[k].upper
      case .byStep: false
      }
    }
    var boundRows: [BoundRow] = []
    var ofFlow: [[Int]] = []
    var nativeUpper: [[Bound]] = []
    for (j, flow) in problem.flows.enumerated() {
      nativeUpper.append(flow.upper.filter(isPlain))
      let rows = flow.upper.filter { !isPlain($0) }
      ofFlow.append(Array(boundRows.count..<boundRows.count + rows.count))
      boundRows += rows.map { BoundRow(element: .flow(j), bound: $0, isLower: false) }
    }
    var ofState: [[Int]] = []
    var native: [(lower: Bound?, upper: Bound?)] = []
    var starts: [StartRow] = []
    for (s, state) in problem.states.enumerated() {
      var mine: [Int] = []
      var plain: (lower: Bound?, upper: Bound?) = (nil, nil)
      if isPlain(state.lower) {
        plain.lower = state.lower
      } else {
        mine.append(boundRows.count)
        boundRows.append(BoundRow(element: .content(s), bound: state.lower, isLower: true))
      }
      if let upper = state.upper {
        if isPlain(upper) {
          plain.upper = upper
        } else {
          mine.append(boundRows.count)
          boundRows.append(BoundRow(element: .content(s), bound: upper, isLower: false))
        }
      }
      ofState.append(mine)
      native.append(plain)
      if case .initial(let start) = state.boundary, !isPlain(start) {
        for block in problem.blocks {
          let t = block.lowerBound
          guard let k = start.capacity?.index(at: t) else { continue }
          starts.append(StartRow(state: s, step: t, capacity: k, factor: start.factor[t], offset: start.offset[t]))
        }
      }
    }
    self.boundRows = boundRows
    boundRowsOfFlow = ofFlow
    var ofCapacity = [[Int]](repeating: [], count: problem.capacities.count)
    for (b, row) in boundRows.enumerated() {
      switch row.bound.capacity {
      case .one(let k): ofCapacity[k].append(b)
      case .byStep(let indices): for k in Set(indices) where k >= 0 { ofCapacity[Int(k)].append(b) }
      case nil: break
      }
    }
    boundRowsOfCapacity = ofCapacity
    yearlyRows = YearlyPlaces(problem)
    boundRowsOfState = ofState
    nativeUpperOfFlow = nativeUpper
    nativeOfState = native
    startRows = starts
    columnsPerStep = flowCount + stateCount + exclusionCount
    rowsPerStep = rowCount + stateCount + boundRows.count + 2 * exclusionCount
  }

  func column(flow j: Int, _ t: Int) -> Int { t * columnsPerStep + j }
  func column(state s: Int, _ t: Int) -> Int { t * columnsPerStep + flowCount + s }
  func column(exclusion x: Int, _ t: Int) -> Int { t * columnsPerStep + flowCount + stateCount + x }
  func column(capacity k: Int) -> Int { steps * columnsPerStep + k }
  /// First of the columns behind the capacities.
  var tailColumn: Int { steps * columnsPerStep + capacityCount }

  func row(hourly r: Int, _ t: Int) -> Int { t * rowsPerStep + r }
  func row(state s: Int, _ t: Int) -> Int { t * rowsPerStep + rowCount + s }
  func row(bound b: Int, _ t: Int) -> Int { t * rowsPerStep + rowCount + stateCount + b }
  func row(exclusion x: Int, side: Int, _ t: Int) -> Int {
    t * rowsPerStep + rowCount + stateCount + boundRows.count + 2 * x + side
  }
  func row(start index: Int) -> Int { steps * rowsPerStep + index }
  func row(yearly y: Int) -> Int { steps * rowsPerStep + startRows.count + y }
  /// First of the rows behind the yearly ones.
  var tailRow: Int { steps * rowsPerStep + startRows.count + yearlyCount }
}
