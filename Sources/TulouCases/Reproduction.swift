/// A value of a publication beside ours.
package struct ReproducedRow: Sendable {
  /// How the two compare. Computed from the numbers, never written down.
  package enum Verdict: String, Sendable, CaseIterable {
    /// Our value agrees with the printed one.
    case reproduced
    /// Our plans, with inputs of ours, give another value.
    case notReproduced = "not_reproduced"
    /// Other statements of the same paper give another value; no input of ours is in it.
    case contradictsItself = "contradicts_itself"

    /// In words.
    package var words: String { rawValue.replacing("_", with: " ") }
  }

  /// The row of the publication.
  package var row: PublishedCase.Row
  /// Our value; nil where none was computed.
  package var computed: PublishedCase.Amount?
  /// Greatest difference that counts as agreement: half of the last printed digit, and the rounding of printed numbers
  /// that went into ours. Nil where nothing is compared.
  package var tolerance: Double?
  /// How they compare; nil where the paper prints nothing, and where nothing was computed in this run.
  package var verdict: Verdict?
  /// How our value was found.
  package var how: String

  /// A row with its verdict.
  package init(
    row: PublishedCase.Row, computed: PublishedCase.Amount?, tolerance: Double?, verdict: Verdict?, how: String
  ) {
    self.row = row
    self.computed = computed
    self.tolerance = tolerance
    self.verdict = verdict
    self.how = how
  }

  /// Why the verdict is what it is, a sentence each: what is missing and what would close it, then remarks.
  package var reasons: [String] {
    var list: [String] = []
    if verdict == .notReproduced {
      list += row.missing.map { "\($0.sentence); \($0.closing) would close it" }
    }
    return list + [how, row.note].filter { !$0.isEmpty }
  }
}

/// A value that a reproduction computed.
package struct ComputedValue: Sendable, Equatable {
  /// The value, in the unit of its row; nil: it was sought and not found.
  package var value: PublishedCase.Amount?
  /// How it was found, or why not.
  package var how: String

  /// A number; one that is not finite counts as not found, and what rounding leaves of zero is zero: no unit of a row has
  /// anything to say below 1e-9.
  package init(_ number: Double?, _ how: String = "") {
    value = number.flatMap { $0.isFinite ? .number(abs($0) < 1e-9 ? 0 : $0) : nil }
    self.how = how
  }

  /// Words.
  package init(words: Set<String>, _ how: String = "") {
    value = .words(words)
    self.how = how
  }
}

extension PublishedCase {
  /// Every row with its verdict, in the order of the case; inputs have none.
  ///
  /// - Parameters:
  ///   - computed: Our values by id.
  ///   - roundings: What the rounding of printed numbers may move each of them, see `roundings(of:)`.
  package func compared(
    with computed: [String: ComputedValue], roundings: [String: Double] = [:]
  ) -> [ReproducedRow] {
    rows.map { row in
      if row.basis == .given {
        return ReproducedRow(row: row, computed: nil, tolerance: nil, verdict: nil, how: "taken as it is")
      }
      guard let ours = computed[row.id] else {
        return ReproducedRow(row: row, computed: nil, tolerance: nil, verdict: nil, how: "not computed in this run")
      }
      let tolerance = row.published?.number.map { _ in row.lastDigit / 2 + (roundings[row.id] ?? 0) }
      var verdict: ReproducedRow.Verdict?
      if row.basis.hasVerdict {
        verdict =
          row.agrees(ours.value, within: tolerance ?? 0)
          ? .reproduced : row.basis == .arithmetic ? .contradictsItself : .notReproduced
      }
      return ReproducedRow(
        row: row, computed: ours.value, tolerance: row.basis.hasVerdict ? tolerance : nil, verdict: verdict,
        how: ours.how)
    }
  }

  /// How far the rounding of printed numbers may move each computed value: every printed number that is not taken as
  /// exact is moved by half of its last digit, and the changes add up.
  package func roundings(of values: (PublishedCase) -> [String: ComputedValue]) -> [String: Double] {
    let centre = values(self)
    var sums: [String: Double] = [:]
    for row in rows where row.rounding > 0 && row.published?.number != nil {
      let up = values(moving(row, by: row.rounding)), down = values(moving(row, by: -row.rounding))
      for (id, value) in centre {
        guard let middle = value.value?.number else { continue }
        let high = up[id]?.value?.number ?? middle, low = down[id]?.value?.number ?? middle
        sums[id, default: 0] += max(abs(high - middle), abs(low - middle))
      }
    }
    return sums
  }
}

extension PublishedCase.Row {
  /// Whether a computed value agrees with the printed one.
  func agrees(_ computed: PublishedCase.Amount?, within tolerance: Double) -> Bool {
    switch (published, computed) {
    case (.number(let printed), .number(let ours)):
      // 10.875 is printed as 10.88: a difference of exactly half a digit agrees, whatever binary makes of it.
      let most = tolerance * (1 + 1e-9) + 1e-12 * abs(printed)
      switch relation {
      case .equal: return abs(ours - printed) <= most
      case .atMost: return ours <= printed + most
      case .atLeast: return ours >= printed - most
      }
    case (.words(let printed), .words(let ours)): return printed == ours
    default: return false
    }
  }
}
