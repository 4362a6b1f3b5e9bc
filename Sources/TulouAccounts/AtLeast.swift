/// A number that is at least what stands there, as something is not counted for want of an emission factor: the one place that knows
/// how such a number is written and marked.
///
/// `Indicator.isAtLeast` and `CarbonAccount` say which numbers are so; whoever prints or exports one asks here for the words.
package enum AtLeast {
  /// Name of the mark: the field `is_at_least` beside a number in JSON, true; absent where the number is whole.
  package static let field = "is_at_least"
  /// Heading of the last column of a CSV file of many rows: keys of the numbers in a row that are so. Absent where none is.
  package static let column = "at_least"

  /// A number as printed: `at least 3.2 t/y`.
  package static func text(_ number: String, _ isAtLeast: Bool) -> String { isAtLeast ? "at least " + number : number }

  /// The name of a quantity of which some number is so: `CO₂ (at least)`.
  package static func quantity(_ name: String, _ isAtLeast: Bool) -> String { isAtLeast ? name + " (at least)" : name }

  /// In place of a difference or a quotient of numbers that are only known from below.
  package static let noDifference = "not known"
}

extension Indicator {
  /// Its number as printed.
  public func worded(_ number: String) -> String { AtLeast.text(number, isAtLeast) }
}

extension CarbonAccount {
  /// The fossil emission, or a part of it, as printed.
  public func worded(_ number: String) -> String { AtLeast.text(number, isAtLeast) }
  /// The emission of the reference as printed.
  public func wordedUsual(_ number: String) -> String { AtLeast.text(number, !usualWithoutFactor.isEmpty) }
  /// A scope's emission as printed.
  public func worded(_ number: String, scope: Int) -> String {
    AtLeast.text(number, lines.contains { !$0.hasFactor && $0.scope == scope })
  }
}
