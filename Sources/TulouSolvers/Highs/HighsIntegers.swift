import TulouProblem

/// Pairs of flows of which at most one may be positive, with the greatest value that each flow can take.
struct HighsExclusions {
  private var pairs: [Exclusion] = []
  /// Greatest value of each side by exclusion and step.
  private var limits: [(first: [Double], second: [Double])] = []
  private var places: [[(exclusion: Int, side: Int)]] = []

  /// No exclusions.
  init() {}

  /// Those of `problem`; each of their flows needs a finite limit.
  init(_ problem: HourlyProblem) throws(HighsMatrix.Unwritable) {
    pairs = problem.exclusions
    places = [[(exclusion: Int, side: Int)]](repeating: [], count: problem.flows.count)
    for (x, pair) in pairs.enumerated() {
      let sides = try [pair.first, pair.second].map { (j) throws(HighsMatrix.Unwritable) -> [Double] in
        let limit = greatest(problem.flows[j], in: problem)
        guard limit.allSatisfy(\.isFinite) else {
          throw HighsMatrix.Unwritable(
            reason:
              "\(problem.flows[j].label.words) excludes another flow but has no upper limit, so no 0/1 can stand for it"
          )
        }
        return limit
      }
      limits.append((sides[0], sides[1]))
      places[pair.first].append((x, 0))
      places[pair.second].append((x, 1))
    }
  }

  /// Where flow j takes part.
  func ofFlow(_ j: Int) -> [(exclusion: Int, side: Int)] { places.isEmpty ? [] : places[j] }

  /// Whether exclusion x matters in step t: it is asked for, and both flows can be positive.
  func acts(_ x: Int, _ t: Int) -> Bool {
    (pairs[x].steps?[t] ?? true) && limits[x].first[t] > 0 && limits[x].second[t] > 0
  }

  /// The greatest value of a side.
  func limit(_ x: Int, _ side: Int, _ t: Int) -> Double { side == 0 ? limits[x].first[t] : limits[x].second[t] }

  private func greatest(_ flow: Flow, in problem: HourlyProblem) -> [Double] {
    (0..<problem.steps).map { t in
      flow.upper.reduce(Double.infinity) { least, bound in
        guard let k = bound.capacity?.index(at: t) else { return min(least, bound.offset[t]) }
        let factor = bound.factor[t]
        let size = factor >= 0 ? problem.capacities[k].upper : problem.capacities[k].lower
        return min(least, bound.offset[t] + factor * size)
      }
    }
  }
}

extension HighsMatrix {
  /// `x_1 / U_1 <= b` and `x_2 / U_2 <= 1 - b` with b in {0, 1}; b stays 0 where nothing is excluded.
  mutating func writeExclusionLimits(_ problem: HourlyProblem, _ exclusions: HighsExclusions) {
    for x in 0..<layout.exclusionCount {
      for t in 0..<layout.steps {
        let column = layout.column(exclusion: x, t)
        integrality[column] = 1
        columnUpper[column] = exclusions.acts(x, t) ? 1 : 0
        guard exclusions.acts(x, t) else { continue }
        rowUpper[layout.row(exclusion: x, side: 0, t)] = 0
        rowUpper[layout.row(exclusion: x, side: 1, t)] = 1
      }
    }
  }

  /// Sizes in whole units, sizes from a list, and charges paid once anything is built: columns and rows at the end.
  ///
  /// The capacity's own entries in these rows are put in afterwards, for its column is closed already.
  mutating func writeWholeSizes(_ problem: HourlyProblem) {
    var late: [(capacity: Int, row: Int, entry: Double)] = []
    for (k, capacity) in problem.capacities.enumerated() {
      let scale = scaling.capacities[k]
      switch capacity.choice {
      case .continuous: break
      case .multiples(let unit):
        // (G - unit n) / scale = existing / scale
        let row = addRow(capacity.existing / scale, capacity.existing / scale)
        late.append((k, row, 1))
        let least = max(0, ((capacity.lower - capacity.existing) / unit - 1e-9).rounded(.up))
        let most = ((capacity.upper - capacity.existing) / unit + 1e-9).rounded(.down)
        wholeSizes.append((capacity: k, column: start.count - 1, unit: unit))
        addWholeColumn(lower: least, upper: most, cost: 0, entries: [(row, -unit / scale)])
      case .options(let totals):
        let sum = addRow(0, 0), one = addRow(1, 1)
        late.append((k, sum, 1))
        for total in totals {
          addWholeColumn(lower: 0, upper: 1, cost: 0, entries: [(sum, -total / scale), (one, 1)])
        }
      }
      let room = capacity.upper - capacity.existing
      if capacity.fixedCharge > 0, room > 0 {
        // (G - existing) / room <= y
        let row = addRow(-.infinity, capacity.existing / room)
        late.append((k, row, scale / room))
        addWholeColumn(lower: 0, upper: 1, cost: capacity.fixedCharge * scaling.cost, entries: [(row, -1)])
      }
    }
    insertEntries(late)
  }

  private mutating func addRow(_ lower: Double, _ upper: Double) -> Int {
    rowLower.append(lower)
    rowUpper.append(upper)
    return rowLower.count - 1
  }

  private mutating func addWholeColumn(
    lower: Double, upper: Double, cost: Double, entries: [(row: Int, entry: Double)]
  ) {
    columnCost.append(cost)
    columnLower.append(lower)
    columnUpper.append(upper)
    integrality.append(1)
    for item in entries { append(item.row, item.entry) }
    endColumn()
  }

  /// Puts further entries into capacity columns that are closed already.
  private mutating func insertEntries(_ late: [(capacity: Int, row: Int, entry: Double)]) {
    guard !late.isEmpty else { return }
    let first = layout.column(capacity: 0)
    let oldStart = Array(start[first...])
    let cut = Int(oldStart[0])
    let oldIndex = Array(index[cut...]), oldValue = Array(value[cut...])
    index.removeSubrange(cut...)
    value.removeSubrange(cut...)
    start.removeSubrange((first + 1)...)
    for column in 0..<oldStart.count - 1 {
      for entry in Int(oldStart[column]) - cut..<Int(oldStart[column + 1]) - cut {
        append(Int(oldIndex[entry]), oldValue[entry])
      }
      for item in late where item.capacity == column { append(item.row, item.entry) }
      endColumn()
    }
  }
}
