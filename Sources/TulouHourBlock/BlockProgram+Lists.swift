import TulouProblem

extension BlockProgram {
  /// One slot a capacity that acts everywhere, several for one that changes with the step.
  static func collectSlots(_ form: BlockForm, _ ranks: (CapacityReference) -> Int) -> [Slot] {
    var references: [CapacityReference] = []
    for column in form.columns {
      if let reference = column.reference, !column.factor.isZero, !references.contains(reference) {
        references.append(reference)
      }
    }
    for entry in form.sizeEntries where !references.contains(entry.reference) { references.append(entry.reference) }
    return references.flatMap { reference in
      (0..<(reference.isByStep ? ranks(reference) : 1)).map { Slot(reference: reference, rank: $0) }
    }
  }

  static func findPattern(
    _ form: BlockForm, _ segmentSums: SegmentSums, _ borderCount: Int, _ slotsOf: (CapacityReference) -> [Int]
  ) -> BlockPattern {
    let sumCount = segmentSums.count
    let rowCount = form.rows.count
    var groups: [[Int]] = []
    var borderEntries: [(row: Int, column: Int)] = []
    var stateRows: [[Int]] = []
    for (j, column) in form.columns.enumerated() {
      var rows = column.entries.map(\.row)
      if j >= form.flowCount {
        rows.append(rowCount + j - form.flowCount)
        stateRows.append(rows)
      }
      groups.append(rows)
      var border = column.sums.map { segmentSums.places[$0.row] }
      if let reference = column.reference, !column.factor.isZero {
        border += slotsOf(reference).map { sumCount + $0 }
      }
      for r in rows { for c in border { borderEntries.append((r, c)) } }
    }
    for entry in form.sizeEntries {
      for slot in slotsOf(entry.reference) { borderEntries.append((entry.row, sumCount + slot)) }
    }
    return BlockPattern(
      size: rowCount + form.links.count, stateCount: form.links.count, borderCount: borderCount, groups: groups,
      stateRows: stateRows, borderEntries: borderEntries)
  }

  /// Rows of U with the place of their first vector; a row's columns run from `first` to the last state.
  static func couplingLists(
    _ pattern: BlockPattern
  ) -> (
    row: Block<Int>, first: Block<Int>, place: Block<Int>, ofRow: Block<Int>, target: Block<Int>, states: Block<Int>,
    count: Int
  ) {
    var place: [Int] = []
    var ofRow = [Int](repeating: -1, count: pattern.size)
    var target: [Int] = []
    var next = 0
    for (k, item) in pattern.coupled.enumerated() {
      place.append(next)
      next += pattern.stateCount - item.first
      ofRow[item.row] = k
      for other in pattern.coupled[...k] { target.append(pattern.position[item.row][other.row]) }
    }
    place.append(next)
    let rowCount = pattern.size - pattern.stateCount
    let states = (rowCount..<pattern.size).flatMap { a in (rowCount..<pattern.size).map { pattern.position[a][$0] } }
    return (
      Block(pattern.coupled.map(\.row), filler: 0), Block(pattern.coupled.map(\.first), filler: 0),
      Block(place, filler: 0), Block(ofRow, filler: 0), Block(target, filler: 0), Block(states, filler: 0), next
    )
  }

  /// For every column c: its rows below with their positions, and the targets of the update by pairs of those rows.
  static func eliminationLists(
    _ pattern: BlockPattern
  ) -> (
    begin: Block<Int>, row: Block<Int>, place: Block<Int>, diagonal: Block<Int>, updates: Block<Int>,
    updateBegin: Block<Int>
  ) {
    var begin = [0], row: [Int] = [], place: [Int] = [], updates: [Int] = [], updateBegin: [Int] = []
    for c in 0..<pattern.size {
      updateBegin.append(updates.count)
      for (a, r) in pattern.lower[c].enumerated() {
        row.append(r)
        place.append(pattern.position[r][c])
        for b in 0...a { updates.append(pattern.position[r][pattern.lower[c][b]]) }
      }
      begin.append(row.count)
    }
    return (
      Block(begin, filler: 0), Block(row, filler: 0), Block(place, filler: 0),
      Block((0..<pattern.size).map { pattern.position[$0][$0] }, filler: 0), Block(updates, filler: 0),
      Block(updateBegin, filler: 0)
    )
  }

  /// Rows of V, and for every non-zero (r, c) of L where the vectors of row c fall in row r (empty: one to one).
  static func borderLists(
    _ pattern: BlockPattern
  ) -> (begin: Block<Int>, column: Block<Int>, map: Block<Int>, mapBegin: Block<Int>, denseFrom: Int) {
    var begin = [0], column: [Int] = []
    for r in 0..<pattern.size {
      column += pattern.border[r]
      begin.append(column.count)
    }
    var map: [Int] = [], mapBegin: [Int] = []
    for c in 0..<pattern.size {
      for r in pattern.lower[c] {
        if pattern.border[r] == pattern.border[c] {
          mapBegin.append(-1)
        } else {
          mapBegin.append(map.count)
          for k in pattern.border[c] { map.append(begin[r] + (pattern.border[r].firstIndex(of: k) ?? 0)) }
        }
      }
    }
    var denseFrom = pattern.size
    while denseFrom > 0, pattern.border[denseFrom - 1].count == pattern.borderCount { denseFrom -= 1 }
    return (
      Block(begin, filler: 0), Block(column, filler: 0), Block(map, filler: 0), Block(mapBegin, filler: 0), denseFrom
    )
  }
}
