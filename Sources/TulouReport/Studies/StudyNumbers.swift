import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities

/// Sizes and indicators that a study keeps of one plan, and how they stand in JSON and CSV.
package struct StudyNumbers: Sendable, Equatable {
  /// A total size.
  package struct Size: Sendable, Equatable {
    /// `id` or `id.part`.
    package var key: String
    /// Total.
    package var capacity: Double
    /// Unit.
    package var unit: String
  }
  /// An indicator that has a value.
  package struct Value: Sendable, Equatable {
    /// Key.
    package var key: String
    /// Value.
    package var value: Double
    /// Unit; `1` for a share.
    package var unit: String
    /// Whether it is at least the number (`AtLeast`).
    package var isAtLeast = false
  }
  /// In the order of the file.
  package var sizes: [Size] = []
  /// In the order of the report.
  package var indicators: [Value] = []

  /// Nothing.
  package init() {}

  /// What a report of a plan shows.
  package init(_ report: PlanReport) {
    sizes = report.sizeLines.map { Size(key: $0.key, capacity: $0.capacity, unit: $0.unit) }
    indicators = report.accounts.indicators.compactMap { indicator in
      indicator.value.map {
        Value(key: indicator.key, value: $0, unit: indicator.unit, isAtLeast: indicator.isAtLeast)
      }
    }
  }

  /// Keys of the indicators that are at least their number.
  package var atLeast: [String] { indicators.filter(\.isAtLeast).map(\.key) }

  /// Value of an indicator.
  package subscript(key: String) -> Double? { indicators.first { $0.key == key }?.value }

  package var sizesJSON: JSON {
    .object(sizes.map { ($0.key, .object([("capacity", .number($0.capacity)), ("unit", .text($0.unit))])) })
  }

  package var indicatorsJSON: JSON {
    .object(
      indicators.map {
        let mark: [(String, JSON)] = $0.isAtLeast ? [(AtLeast.field, .bool(true))] : []
        return ($0.key, .object([("value", .number($0.value)), ("unit", .text($0.unit))] + mark))
      })
  }

  package init(sizes: JSON?, indicators: JSON?) {
    self.sizes = (sizes?.fields ?? []).map {
      Size(key: $0.0, capacity: $0.1["capacity"]?.number ?? .nan, unit: $0.1["unit"]?.text ?? "")
    }
    self.indicators = (indicators?.fields ?? []).map {
      Value(
        key: $0.0, value: $0.1["value"]?.number ?? .nan, unit: $0.1["unit"]?.text ?? "",
        isAtLeast: $0.1[AtLeast.field]?.isTrue ?? false)
    }
  }

  /// Headings `key [unit]` of all sizes and indicators of several plans, each once.
  static func headings(_ all: [StudyNumbers]) -> (sizes: [Size], indicators: [Value]) {
    var sizes: [Size] = [], indicators: [Value] = []
    for one in all {
      for size in one.sizes where !sizes.contains(where: { $0.key == size.key }) { sizes.append(size) }
      for value in one.indicators where !indicators.contains(where: { $0.key == value.key }) {
        indicators.append(value)
      }
    }
    return (sizes, indicators)
  }

  /// A heading with its unit.
  static func heading(_ key: String, _ unit: String) -> String {
    unit.isEmpty ? key : key + " [" + unit + "]"
  }

  /// The heading of an indicator, which says where the number is read that some of its numbers are only "at least".
  static func heading(_ key: String, _ unit: String, _ isAtLeast: Bool) -> String {
    heading(AtLeast.quantity(key, isAtLeast), unit)
  }

  /// Cells under headings.
  func cells(_ headings: (sizes: [Size], indicators: [Value])) -> [String] {
    func digits(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "" }
      return JSON.digits(value)
    }
    return headings.sizes.map { heading in digits(sizes.first { $0.key == heading.key }?.capacity) }
      + headings.indicators.map { digits(self[$0.key]) }
  }

  /// A size as people read it; what is less than a millionth of the largest of its unit is zero.
  static func text(_ capacity: Double, _ unit: String, largest: Double) -> String {
    Dust.cleaned(capacity, scale: largest) == 0 ? "0" : Scale.text(capacity, unit, digits: 3)
  }
}
