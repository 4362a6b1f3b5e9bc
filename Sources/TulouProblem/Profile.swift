/// One number for every step, or a number of its own for each.
///
/// Constants stay constants so that solvers need not store or read a year of equal numbers.
package enum Profile: Sendable, Equatable {
  /// The same value in every step.
  case constant(Double)
  /// One value a step; the count is that of the problem's steps.
  case series([Double])
  /// Values of a run of steps, zero in all others: what one year of thirty has of its own takes the memory of a year.
  case part(ProfilePart)

  /// The value in step `t`.
  @inlinable package subscript(t: Int) -> Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values[t]
    case .part(let part): part[t]
    }
  }

  /// Zero in every step.
  package static let zero = Profile.constant(0)
  /// One in every step.
  package static let one = Profile.constant(1)

  /// The single value, if it is the same in every step by construction.
  package var constantValue: Double? {
    if case .constant(let value) = self { value } else { nil }
  }

  /// Whether every value is exactly zero.
  package var isZero: Bool {
    switch self {
    case .constant(let value): value == 0
    case .series(let values): values.allSatisfy { $0 == 0 }
    case .part(let part): part.values.allSatisfy { $0 == 0 }
    }
  }

  /// The least value.
  package var minimum: Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values.min() ?? 0
    case .part(let part): part.values.min().map { part.isWhole ? $0 : min(0, $0) } ?? 0
    }
  }

  /// The greatest value.
  package var maximum: Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values.max() ?? 0
    case .part(let part): part.values.max().map { part.isWhole ? $0 : max(0, $0) } ?? 0
    }
  }

  /// The values written out for `count` steps.
  package func expanded(_ count: Int) -> [Double] {
    switch self {
    case .constant(let value): [Double](repeating: value, count: count)
    case .series(let values): values
    case .part(let part): part.expanded
    }
  }

  /// The profile with `transform` applied to each value.
  package func map(_ transform: (Double) -> Double) -> Profile {
    switch self {
    case .constant(let value): .constant(transform(value))
    case .series(let values): .series(values.map(transform))
    case .part(let part):
      transform(0) == 0 ? .part(part.mapped(transform)) : .series(part.expanded.map(transform))
    }
  }

  /// The profile of `combine(self, other)`, step by step; both series must have the same count.
  package func combined(_ other: Profile, _ combine: (Double, Double) -> Double) -> Profile {
    switch (self, other) {
    case (.constant(let a), .constant(let b)): return .constant(combine(a, b))
    case (.constant(let a), .series(let b)): return .series(b.map { combine(a, $0) })
    case (.series(let a), .constant(let b)): return .series(a.map { combine($0, b) })
    case (.series(let a), .series(let b)):
      precondition(a.count == b.count, "profiles of one problem have the same number of steps")
      return .series(zip(a, b).map(combine))
    case (.part(let part), _), (_, .part(let part)): return Profile.combined(self, other, part, combine)
    }
  }

  /// Two profiles of which one is a part: a part again where all that lies outside stays zero.
  private static func combined(
    _ a: Profile, _ b: Profile, _ part: ProfilePart, _ combine: (Double, Double) -> Double
  ) -> Profile {
    var run = part.run
    if case .part(let other) = a { run = min(run.lowerBound, other.first)..<max(run.upperBound, other.run.upperBound) }
    if case .part(let other) = b { run = min(run.lowerBound, other.first)..<max(run.upperBound, other.run.upperBound) }
    let steps = part.steps
    precondition(
      [a, b].allSatisfy { $0.count.map { $0 == steps } ?? true },
      "profiles of one problem have the same number of steps")
    let staysZero: Bool
    switch (a, b) {
    case (.series, _), (_, .series):
      staysZero =
        (0..<run.lowerBound).allSatisfy { combine(a[$0], b[$0]) == 0 }
        && (run.upperBound..<steps).allSatisfy { combine(a[$0], b[$0]) == 0 }
    // Outside of the run one is zero, the other zero or one number.
    default: staysZero = combine(a.constantValue ?? 0, b.constantValue ?? 0) == 0
    }
    guard staysZero, run.count < steps else { return .series((0..<steps).map { combine(a[$0], b[$0]) }) }
    return .part(ProfilePart(steps: steps, first: run.lowerBound, values: run.map { combine(a[$0], b[$0]) }))
  }

  /// Number of steps, where the profile says it.
  var count: Int? {
    switch self {
    case .constant: nil
    case .series(let values): values.count
    case .part(let part): part.steps
    }
  }

  /// The sum, step by step.
  package static func + (a: Profile, b: Profile) -> Profile { a.combined(b, +) }
  /// The difference, step by step.
  package static func - (a: Profile, b: Profile) -> Profile { a.combined(b, -) }
  /// The product, step by step.
  package static func * (a: Profile, b: Profile) -> Profile { a.combined(b, *) }
  /// Every value times `factor`.
  package static func * (a: Profile, factor: Double) -> Profile { a.map { $0 * factor } }
}

/// A run of steps with values of its own among steps in which the profile is zero.
package struct ProfilePart: Sendable, Equatable {
  /// Number of steps of the whole.
  package let steps: Int
  /// First step of the run.
  package let first: Int
  /// Values of the run.
  package private(set) var values: [Double]

  /// A run that lies within the steps.
  package init(steps: Int, first: Int, values: [Double]) {
    precondition(first >= 0 && first + values.count <= steps, "the run lies within the steps")
    self.steps = steps
    self.first = first
    self.values = values
  }

  /// The steps of the run.
  package var run: Range<Int> { first..<(first + values.count) }
  /// Whether no step lies outside.
  package var isWhole: Bool { values.count == steps }

  /// The value in step `t`.
  @inlinable package subscript(t: Int) -> Double {
    let place = t - first
    return place >= 0 && place < values.count ? values[place] : 0
  }

  /// The values written out for all steps.
  package var expanded: [Double] {
    var all = [Double](repeating: 0, count: steps)
    all.replaceSubrange(run, with: values)
    return all
  }

  /// The part with a function that leaves zero at zero applied to its values.
  func mapped(_ transform: (Double) -> Double) -> ProfilePart {
    ProfilePart(steps: steps, first: first, values: values.map(transform))
  }
}
