import TulouQuantities

/// The best design over any two sizes: what a search knows of every pair of them, not only of the rows that it keeps.
///
/// For each pair of sizes a table; in each place the best design that was run there, whatever its other sizes. A size that
/// was tried at few totals has a place a total, any other has equal spans between its least and greatest.
package struct DesignSurface: Sendable, Equatable {
  /// The best design of a place.
  package struct Cell: Sendable, Equatable, Codable {
    /// Place of the strategy.
    package var strategy: Int
    /// Totals by side.
    package var sizes: [Double]
    /// Sum of what limits are broken by [-]; zero: it is feasible.
    package var violation: Double
    /// Cash and penalties [currency/y], by which designs are ranked.
    package var value: Double
    /// Net present cost and capital [currency].
    package var netPresentCost: Double, capital: Double
    /// Renewable fraction [-], nil where nothing is wanted or sold, and emission [kg/y].
    package var renewableFraction: Double?, co2: Double
    /// Whether the emission is at least the number.
    package var isCarbonAtLeast: Bool

    /// The design of a row.
    init(_ row: SearchCandidate) {
      strategy = row.strategy
      sizes = row.sizes
      violation = row.violation
      value = row.value
      netPresentCost = row.netPresentCost
      capital = row.capital
      renewableFraction = row.renewableFraction
      co2 = row.co2
      isCarbonAtLeast = row.isCarbonAtLeast
    }

    /// Violation, value, net present cost, capital, renewable fraction, emission.
    package var numbers: [Double] { [violation, value, netPresentCost, capital, renewableFraction ?? .nan, co2] }
    var merit: DesignMerit { DesignMerit(violation: violation, value: value) }
  }

  /// Totals, or middles of the spans, of each side.
  package let places: [[Double]]
  /// Whether the places of a side are all totals that were tried.
  package let isExact: [Bool]
  /// Pairs of sides, the first of a pair before the second.
  package let pairs: [(x: Int, y: Int)]
  /// Cells by pair: place of the first side times the count of the second, plus place of the second.
  package private(set) var cells: [[Cell?]]
  private let lower: [Double], width: [Double]

  /// Cells in all that are worth keeping.
  private static let most = 4000

  /// An empty surface; nil where there are not two sizes.
  init?(_ sides: [SearchSide], isGrid: Bool) {
    guard sides.count > 1 else { return nil }
    var pairs: [(x: Int, y: Int)] = []
    for x in sides.indices { for y in (x + 1)..<max(x + 1, sides.count) { pairs.append((x, y)) } }
    self.pairs = pairs
    let share = Double(DesignSurface.most) / Double(pairs.count)
    let bins = max(4, min(24, Int(saturating: share.squareRoot())))
    isExact = sides.map { ($0.isDiscrete || isGrid) && $0.values.count <= max(bins, 12) }
    var places: [[Double]] = []
    for (side, isExact) in zip(sides, isExact) {
      let step = (side.upper - side.lower) / Double(bins)
      places.append(isExact ? side.values : (0..<bins).map { side.lower + (Double($0) + 0.5) * step })
    }
    self.places = places
    lower = sides.map(\.lower)
    width = sides.map { max(1e-12, $0.upper - $0.lower) }
    cells = pairs.map { [Cell?](repeating: nil, count: places[$0.x].count * places[$0.y].count) }
  }

  /// The place of a total of a side.
  func place(_ size: Double, _ d: Int) -> Int {
    let values = places[d]
    guard isExact[d] else {
      return max(0, min(values.count - 1, Int(saturating: (size - lower[d]) / width[d] * Double(values.count))))
    }
    var low = 0, high = values.count - 1
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < size - 1e-9 * max(1, abs(size)) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Takes a row where it is better than what is there.
  mutating func admit(_ row: SearchCandidate) {
    admit(row.sizes, DesignMerit(violation: row.violation, value: row.value)) { Cell(row) }
  }

  /// Takes over the cells of the same surface of an interrupted search.
  mutating func restore(_ before: [[Cell?]]) {
    if before.map(\.count) == cells.map(\.count) { cells = before }
  }

  private mutating func admit(_ sizes: [Double], _ merit: DesignMerit, _ cell: () -> Cell) {
    guard sizes.count == places.count else { return }
    let place = sizes.indices.map { self.place(sizes[$0], $0) }
    for p in pairs.indices {
      let i = place[pairs[p].x] * places[pairs[p].y].count + place[pairs[p].y]
      if let known = cells[p][i], !merit.isBetter(than: known.merit) { continue }
      cells[p][i] = cell()
    }
  }

  /// Every design that is the best of a place, each once for each of its places: pair, place and design.
  package var all: [(pair: Int, place: Int, cell: Cell)] {
    cells.enumerated().flatMap { pair, cells in
      cells.enumerated().compactMap { place, cell in cell.map { (pair, place, $0) } }
    }
  }

  /// Whether places and cells are the same.
  package static func == (a: DesignSurface, b: DesignSurface) -> Bool { a.places == b.places && a.cells == b.cells }
}
