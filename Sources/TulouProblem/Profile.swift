/// One number for every step, or a number of its own for each.
///
/// Constants stay constants so that solvers need not store or read a year of equal numbers.
package enum Profile: Sendable, Equatable {
  /// The same value in every step.
  case constant(Double)
  /// One value a step; the count is that of the problem's steps.
  case series([Double])

  /// The value in step `t`.
  @inlinable package subscript(t: Int) -> Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values[t]
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
    }
  }

  /// The least value.
  package var minimum: Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values.min() ?? 0
    }
  }

  /// The greatest value.
  package var maximum: Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values.max() ?? 0
    }
  }

  /// The values written out for `count` steps.
  package func expanded(_ count: Int) -> [Double] {
    switch self {
    case .constant(let value): [Double](repeating: value, count: count)
    case .series(let values): values
    }
  }

  /// The profile with `transform` applied to each value.
  package func map(_ transform: (Double) -> Double) -> Profile {
    switch self {
    case .constant(let value): .constant(transform(value))
    case .series(let values): .series(values.map(transform))
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
