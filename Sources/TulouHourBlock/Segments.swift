/// How the horizon is cut into segments, one SIMD lane each.
///
/// The cut depends on the horizon alone, never on the number of threads, so results are the same bytes for any number
/// of workers. A block of steps is cut into segments of nearly equal length; lanes of one group that are shorter than
/// its longest begin with empty rows. Only the first `paddedRows + 1` rows of a group can hold a segment's start.
package struct Segments {
  /// A run of steps in one lane.
  package struct Segment {
    package var first: Int
    package var length: Int
    /// Position among all lanes: `group * lanes + lane`.
    package var place: Int
  }

  /// Lanes of one vector.
  package static let lanes = 8

  /// Segments by place; nil for lanes without any.
  package var byPlace: [Segment?]
  /// Rows of each group: its longest segment.
  var rows: [Int]
  /// Place of the segment that holds a step's start, for steps at which a segment begins; -1 elsewhere.
  var placeOfStart: [Int]

  /// Number of groups.
  var groups: Int { rows.count }

  /// Cuts blocks of steps, into as many groups as the horizon asks for unless `groups` says otherwise.
  package init(blocks: [Range<Int>], steps: Int, groups: Int? = nil) {
    let lanes = Self.lanes
    let wanted = lanes * (groups ?? (steps < 2190 ? 1 : steps < 26_280 ? 2 : steps < 105_120 ? 4 : 8))
    var parts: [Range<Int>] = []
    if blocks.count >= wanted {
      parts = blocks
    } else {
      // The least length with which all blocks fit into the lanes wanted.
      var low = 1, high = steps
      while low < high {
        let middle = (low + high) / 2
        let count = blocks.reduce(0) { $0 + ($1.count + middle - 1) / middle }
        if count <= wanted { high = middle } else { low = middle + 1 }
      }
      for block in blocks {
        let count = (block.count + low - 1) / low
        for p in 0..<count {
          parts.append(
            (block.lowerBound + block.count * p / count)..<(block.lowerBound + block.count * (p + 1) / count))
        }
      }
    }
    // Long ones first, so that lanes of a group are of nearly one length; equal ones stay in order of time.
    parts.sort { $0.count != $1.count ? $0.count > $1.count : $0.lowerBound < $1.lowerBound }
    let groupCount = (parts.count + lanes - 1) / lanes
    byPlace = [Segment?](repeating: nil, count: groupCount * lanes)
    rows = [Int](repeating: 0, count: groupCount)
    placeOfStart = [Int](repeating: -1, count: steps)
    for (place, part) in parts.enumerated() {
      byPlace[place] = Segment(first: part.lowerBound, length: part.count, place: place)
      rows[place / lanes] = max(rows[place / lanes], part.count)
      placeOfStart[part.lowerBound] = place
    }
  }

  /// Empty rows before the segment of a lane; all rows if it has none.
  package func padding(of place: Int) -> Int { rows[place / Self.lanes] - (byPlace[place]?.length ?? 0) }

  /// Greatest padding in a group among lanes that have a segment.
  func paddedRows(of group: Int) -> Int {
    (group * Self.lanes..<(group + 1) * Self.lanes).reduce(0) { byPlace[$1] == nil ? $0 : max($0, padding(of: $1)) }
  }

  /// The step in a row of a lane; nil in empty rows.
  func step(place: Int, row: Int) -> Int? {
    guard let segment = byPlace[place] else { return nil }
    let i = row - (rows[place / Self.lanes] - segment.length)
    return i < 0 ? nil : segment.first + i
  }
}
