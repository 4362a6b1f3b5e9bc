import TulouProblem

/// Place of a coefficient: among the constants, or a field of every row. Index = `offset + (row & series)`.
struct Place {
  var offset: Int
  /// All ones for a series, 0 for a constant.
  var series: Int
}

/// A column's coefficient in a row of the hour.
struct EntryCode {
  var row: Int
  var place: Place
}

/// A bound's part `factor * slot`.
struct TermCode {
  var slot: Int
  var place: Place
}

/// A column as the passes walk it: ranges in the tables of entries, sums and terms, and where its numbers stand.
struct ColumnCode {
  var entryBegin = 0, entryEnd = 0
  var sumBegin = 0, sumEnd = 0
  var termBegin = 0, termEnd = 0
  /// First of the positions in N for all pairs of entries, row by row.
  var blockBegin = 0
  /// First of the positions in V: for every entry first its sums, then its terms.
  var borderBegin = 0
  /// First of the positions in the lane's border matrix: sums with sums, then for every term: with sums, with itself.
  var cornerBegin = 0
  /// First field of the pair in a row.
  var pair = 0
  var hasUpper = false
  var cost = Place(offset: 0, series: 0)
  var offset = Place(offset: 0, series: 0)
  /// Greatest value for the dual bound: the offset, or what is proved where there is no bound.
  var most = Place(offset: 0, series: 0)
  var present = Place(offset: 0, series: 0)
  var bounded = Place(offset: 0, series: 0)
  /// States: retention and first position of -1 (hour before) in V: sums, then terms.
  var retention = Place(offset: 0, series: 0)
  var beforeBegin = 0
}

/// A size's coefficient in a row of the hour.
struct SizeCode {
  var row: Int
  var slot: Int
  var place: Place
  /// Position in V.
  var position: Int
}

/// Fields of a pair (x with z, slack s with v), each eight lanes. A column without an upper bound has the first four alone.
package enum PairField {
  package static let x = 0, z = 1, dx = 2, dz = 3, s = 4, v = 5, ds = 6, dv = 7

  /// Vectors that a column takes in a row.
  static func count(hasUpper: Bool) -> Int { hasUpper ? 8 : 4 }
}

/// The tape that all groups walk: index lists and field places for one row of eight hours.
package final class BlockProgram: @unchecked Sendable {
  let size: Int, rowCount: Int, stateCount: Int, flowCount: Int
  /// Hourly sums, slots and border columns of a lane.
  let sumCount: Int, slotCount: Int, borderCount: Int
  let pattern: BlockPattern
  /// Lane slots: which reference, and which of its capacities.
  let slots: [Slot]
  /// Series to be laid into the rows.
  private(set) var series: [SeriesSource] = []
  private(set) var constants: [Double] = []
  private var constantPlace: [Double: Int] = [:]
  private let sharesSeries: Bool

  private(set) var columns: Block<ColumnCode>
  private(set) var entries: Block<EntryCode>
  private(set) var sums: Block<EntryCode>
  private(set) var terms: Block<TermCode>
  private(set) var positions: Block<Int>
  private(set) var sizes: Block<SizeCode>
  private(set) var rhs: Block<Place>
  private(set) var sizeCount = 0

  // Fields of a row, in vectors from its beginning.
  package let y: Int, dy: Int, work: Int, residual: Int, rest: Int
  package let factor: Int, pivot: Int, coupling: Int, border: Int
  private(set) var stride = 0

  // Index lists of the elimination.
  let lowerBegin: Block<Int>
  let lowerRow: Block<Int>
  let lowerPlace: Block<Int>
  let diagonal: Block<Int>
  let updates: Block<Int>
  let updateBegin: Block<Int>
  let borderBegin: Block<Int>
  let borderColumn: Block<Int>
  let borderMap: Block<Int>
  let borderMapBegin: Block<Int>
  let couplingRow: Block<Int>
  let couplingFirst: Block<Int>
  let couplingPlace: Block<Int>
  let couplingOfRow: Block<Int>
  /// Position in N for pairs of coupled rows.
  let couplingTarget: Block<Int>
  let couplingCount: Int
  /// Positions of the trailing block of contents, row by row.
  let statePosition: Block<Int>
  /// Whether the rows hold V; else two buffers of a group take it in turns, and each solve walks over the rows once more.
  let keepsBorder: Bool
  /// First row from which all rows of V are full.
  let denseFrom: Int

  /// A lane's border column for a size.
  struct Slot {
    var reference: CapacityReference
    /// Which of the segment's distinct capacities, for references by step.
    var rank: Int
  }

  /// Where a series' numbers come from.
  struct SeriesSource: Equatable {
    var profile: Profile
    /// Only where this slot's capacity is the one that acts.
    var slot: Int?
  }

  /// - Parameters:
  ///   - rows: Rows of all groups.
  ///   - keepsBorder: Whether the rows hold V; nil: where they take less than `BlockProgram.longArenas` with it.
  init(
    form: BlockForm, segmentSums: SegmentSums, rows: Int, keepsBorder: Bool? = nil, ranks: (CapacityReference) -> Int
  ) {
    rowCount = form.rows.count
    stateCount = form.links.count
    size = rowCount + stateCount
    flowCount = form.flowCount
    sumCount = segmentSums.count
    let slots = Self.collectSlots(form, ranks)
    self.slots = slots
    slotCount = slots.count
    borderCount = sumCount + slots.count + stateCount
    let slotsOf: (CapacityReference) -> [Int] = { reference in
      slots.indices.filter { slots[$0].reference == reference }
    }
    pattern = Self.findPattern(form, segmentSums, borderCount, slotsOf)
    // Row fields.
    var next = 0
    let pairs = form.columns.map { column in
      defer { next += PairField.count(hasUpper: column.hasUpper) }
      return next
    }
    func take(_ count: Int) -> Int {
      defer { next += count }
      return next
    }
    y = take(size)
    dy = take(size)
    work = take(size)
    residual = take(size)
    // What a direction leaves of a row takes the place of the residual that it began with.
    rest = residual
    factor = take(pattern.count)
    pivot = take(size)
    let couplingLists = Self.couplingLists(pattern)
    coupling = take(couplingLists.count)
    couplingRow = couplingLists.row
    couplingFirst = couplingLists.first
    couplingPlace = couplingLists.place
    couplingCount = couplingLists.row.count
    couplingOfRow = couplingLists.ofRow
    couplingTarget = couplingLists.target
    statePosition = couplingLists.states
    let borderLength = pattern.border.reduce(0) { $0 + $1.count }
    let widest = rows * (next + borderLength) * MemoryLayout<Lanes>.size
    let keepsBorder = keepsBorder ?? (widest < Self.longArenas)
    self.keepsBorder = keepsBorder
    border = take(keepsBorder ? borderLength : 0)
    let lists = Self.eliminationLists(pattern)
    lowerBegin = lists.begin
    lowerRow = lists.row
    lowerPlace = lists.place
    diagonal = lists.diagonal
    updates = lists.updates
    updateBegin = lists.updateBegin
    let borderLists = Self.borderLists(pattern)
    borderBegin = borderLists.begin
    borderColumn = borderLists.column
    borderMap = borderLists.map
    borderMapBegin = borderLists.mapBegin
    denseFrom = borderLists.denseFrom
    columns = Block([], filler: ColumnCode())
    entries = Block([], filler: EntryCode(row: 0, place: Place(offset: 0, series: 0)))
    sums = Block([], filler: EntryCode(row: 0, place: Place(offset: 0, series: 0)))
    terms = Block([], filler: TermCode(slot: 0, place: Place(offset: 0, series: 0)))
    positions = Block([], filler: 0)
    sizes = Block([], filler: SizeCode(row: 0, slot: 0, place: Place(offset: 0, series: 0), position: 0))
    rhs = Block([], filler: Place(offset: 0, series: 0))
    fieldStart = next
    sharesSeries = form.steps > 2190
    encode(form, segmentSums, slotsOf, pairs)
    stride = fieldStart + series.count
  }

  /// Bytes of arenas from which the border is not kept: it is a quarter of them, and walking again takes a fifth of the time. A
  /// number of the problem and not of the machine, so that the same bytes come out everywhere.
  static let longArenas = 1 << 30

  /// Vectors of V in a row.
  package var borderLength: Int { borderBegin.pointer[size] }

  /// First of the series' fields in a row.
  let fieldStart: Int

  /// Lets go of the series once they stand in the rows.
  func forgetSeries() { series = [] }

  /// Vectors of a row that say where an iterate stands, multipliers aside: values and duals of pairs.
  var savedPairs: Int { columns.indices.reduce(0) { $0 + (columns[$1].hasUpper ? 4 : 2) } }

  /// First field of the pair of column j in a row.
  package func pair(of j: Int) -> Int { columns.pointer[j].pair }

  /// Place of a profile, times a slot's mask if one is given.
  private func place(_ profile: Profile, slot: Int? = nil) -> Place {
    let needsMask = slot.map { slots[$0].reference.isByStep } ?? false
    if let value = profile.constantValue, !needsMask {
      if let known = constantPlace[value] { return Place(offset: known, series: 0) }
      constantPlace[value] = constants.count
      constants.append(value)
      return Place(offset: constants.count - 1, series: 0)
    }
    let source = SeriesSource(profile: profile, slot: needsMask ? slot : nil)
    // The same series stands in a row once. In a short window looking for it costs more than it spares.
    if sharesSeries, let known = series.firstIndex(of: source) {
      return Place(offset: fieldStart + known, series: -1)
    }
    series.append(source)
    return Place(offset: fieldStart + series.count - 1, series: -1)
  }

  private func encode(
    _ form: BlockForm, _ segmentSums: SegmentSums, _ slotsOf: (CapacityReference) -> [Int], _ pairs: [Int]
  ) {
    var columns: [ColumnCode] = []
    var entries: [EntryCode] = []
    var sums: [EntryCode] = []
    var terms: [TermCode] = []
    var positions: [Int] = []
    for (j, column) in form.columns.enumerated() {
      var code = ColumnCode()
      code.pair = pairs[j]
      code.cost = place(column.cost)
      code.present = place(column.present)
      let bounded = column.bounded
      code.hasUpper = !bounded.isZero
      code.bounded = place(bounded)
      let implied = min(column.implied, 1e9)
      code.offset = place(column.offset.map { $0 < .infinity ? $0 : 0 }.compact)
      code.most =
        code.hasUpper && bounded == column.present
        ? code.offset : place(column.offset.map { $0 < .infinity ? $0 : implied }.compact)
      var rows = column.entries
      if j >= flowCount {
        code.retention = place(form.links[j - flowCount].retention)
        rows.append(.init(row: rowCount + j - flowCount, coefficient: form.links[j - flowCount].retention))
      }
      let myRows = rows.map(\.row)
      precondition(zip(myRows, myRows.dropFirst()).allSatisfy { $0 < $1 }, "entries are sorted by row")
      let sumEntries = segmentSums.entries(column)
      let mySums = sumEntries.map(\.row)
      let mySlots = column.reference.map { column.factor.isZero ? [] : slotsOf($0) } ?? []
      (code.entryBegin, code.sumBegin, code.termBegin) = (entries.count, sums.count, terms.count)
      entries += rows.map { EntryCode(row: $0.row, place: place($0.coefficient)) }
      sums += sumEntries.map { EntryCode(row: $0.row, place: place($0.coefficient)) }
      terms += mySlots.map { TermCode(slot: $0, place: place(column.factor, slot: $0)) }
      (code.entryEnd, code.sumEnd, code.termEnd) = (entries.count, sums.count, terms.count)
      code.blockBegin = positions.count
      for (a, r) in myRows.enumerated() { for b in 0...a { positions.append(pattern.position[r][myRows[b]]) } }
      code.borderBegin = positions.count
      for r in myRows {
        for q in mySums { positions.append(borderPosition(r, q)) }
        for slot in mySlots { positions.append(borderPosition(r, sumCount + slot)) }
      }
      code.cornerBegin = positions.count
      for (a, q) in mySums.enumerated() { for b in 0...a { positions.append(Self.corner(q, mySums[b])) } }
      for slot in mySlots {
        for q in mySums { positions.append(Self.corner(sumCount + slot, q)) }
        positions.append(Self.corner(sumCount + slot, sumCount + slot))
      }
      if j >= flowCount {
        code.beforeBegin = positions.count
        let r = rowCount + j - flowCount
        for q in mySums { positions.append(borderPosition(r, q)) }
        for slot in mySlots { positions.append(borderPosition(r, sumCount + slot)) }
      }
      columns.append(code)
    }
    var sizes: [SizeCode] = []
    for entry in form.sizeEntries {
      for slot in slotsOf(entry.reference) {
        sizes.append(
          SizeCode(
            row: entry.row, slot: slot, place: place(entry.coefficient, slot: slot),
            position: borderPosition(entry.row, sumCount + slot)))
      }
    }
    sizeCount = sizes.count
    rhs = Block(
      form.rows.map { place($0.rhs) } + form.links.map { place($0.rhs) }, filler: Place(offset: 0, series: 0))
    self.columns = Block(columns, filler: ColumnCode())
    self.entries = Block(entries, filler: EntryCode(row: 0, place: Place(offset: 0, series: 0)))
    self.sums = Block(sums, filler: EntryCode(row: 0, place: Place(offset: 0, series: 0)))
    self.terms = Block(terms, filler: TermCode(slot: 0, place: Place(offset: 0, series: 0)))
    self.positions = Block(positions, filler: 0)
    self.sizes = Block(sizes, filler: SizeCode(row: 0, slot: 0, place: Place(offset: 0, series: 0), position: 0))
  }

  /// Position of (row, border column) in V.
  private func borderPosition(_ row: Int, _ column: Int) -> Int {
    guard let i = pattern.border[row].firstIndex(of: column) else {
      preconditionFailure("the border pattern holds every entry of a column")
    }
    return borderBegin.pointer[row] + i
  }

  /// Position of (a, b) in the packed lower triangle.
  static func corner(_ a: Int, _ b: Int) -> Int { a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a }
}

extension CapacityReference {
  /// Whether different capacities act in different steps.
  var isByStep: Bool { if case .byStep = self { true } else { false } }
}
