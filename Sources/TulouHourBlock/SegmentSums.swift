import TulouProblem

/// Which sums act in which segment: those that never meet in one share a place in the border of a lane.
///
/// A limit on each of thirty years is thirty sums, but a segment lies in one year, so its lane needs a place for that year's sum
/// alone. The border of a row, and with it memory and work, then grows with the sums of a year and not with the years.
package struct SegmentSums {
  /// Lane place of every sum; -1 for sums of sizes alone.
  let places: [Int]
  /// By lane place and place of the segment: the sum that acts there, or -1.
  let acting: [[Int]]

  /// Lane places.
  package var count: Int { acting.count }

  /// Hourly sums take the first place that is free in all their segments, in the order of the form.
  package init(form: BlockForm, segments: Segments) {
    let lanes = segments.byPlace.count
    var touched = form.sums.map { _ in [Bool](repeating: false, count: lanes) }
    for column in form.columns {
      for entry in column.sums where !entry.coefficient.isZero {
        for segment in segments.byPlace.compactMap({ $0 }) where !touched[entry.row][segment.place] {
          touched[entry.row][segment.place] =
            switch entry.coefficient {
            case .constant: true
            case .series(let values):
              values[segment.first..<(segment.first + segment.length)].contains { $0 != 0 }
            case .part(let part):
              part.run.overlaps(segment.first..<(segment.first + segment.length))
                && (segment.first..<(segment.first + segment.length)).contains { part[$0] != 0 }
            }
        }
      }
    }
    var places = [Int](repeating: -1, count: form.sums.count)
    var acting: [[Int]] = []
    for (r, sum) in form.sums.enumerated() where sum.isHourly {
      let mine = (0..<lanes).filter { touched[r][$0] }
      let free = acting.indices.first { q in mine.allSatisfy { acting[q][$0] < 0 } } ?? acting.count
      if free == acting.count { acting.append([Int](repeating: -1, count: lanes)) }
      for place in mine { acting[free][place] = r }
      places[r] = free
    }
    self.places = places
    self.acting = acting
  }

  /// A column's sums by lane place, ascending: of sums that share one, at most one is not zero in any segment, so their
  /// coefficients add up.
  func entries(_ column: BlockForm.Column) -> [BlockForm.Entry] {
    var merged: [BlockForm.Entry] = []
    for entry in column.sums {
      let place = places[entry.row]
      if let known = merged.firstIndex(where: { $0.row == place }) {
        merged[known].coefficient = merged[known].coefficient + entry.coefficient
      } else {
        merged.append(BlockForm.Entry(row: place, coefficient: entry.coefficient))
      }
    }
    return merged
  }

  /// What the lanes of a group add to sum r, in a fixed order.
  func total(_ values: Block<Lanes>, of r: Int, in group: Int) -> Double {
    guard places[r] >= 0 else { return 0 }
    var kept = values[places[r]]
    for lane in 0..<Segments.lanes where acting[places[r]][group * Segments.lanes + lane] != r { kept[lane] = 0 }
    return kept.total
  }
}
