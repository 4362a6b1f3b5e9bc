package import TulouDocument
public import TulouProject
import TulouQuantities

/// One number of the file and the values that it takes.
package struct Variation: Sendable, Equatable {
  /// Key path, e.g. `components.wind.capital`.
  package var path: String
  /// Values as the file would write them: `x0.5` (times what stands there) or a value with its unit.
  package var values: [String]

  /// Values of a path.
  ///
  /// - Parameters:
  ///   - path: Key path of a number.
  ///   - values: As written: single values, or a range `x0.5 .. x3` or `600 USD/kW .. 900 USD/kW`, to which `/ 7` adds
  ///     the number of values (6 unless stated).
  /// - Throws: A range whose ends are of different kinds, or that is no range.
  package init(path: String, values: [String]) throws(ProjectFault) {
    self.path = path
    var all: [String] = []
    for text in values { all += try Variation.expanded(text, path: path) }
    self.values = all
    if all.isEmpty {
      throw ProjectFault([Diagnostic(.error, "'\(path)' is to be varied but is given no values.", path: path)])
    }
  }

  /// More values of one range than this are refused: each is a plan.
  private static let most = 10_000

  /// The values of `a .. b / n`, or the text itself.
  private static func expanded(_ text: String, path: String) throws(ProjectFault) -> [String] {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard let dots = parts.firstIndex(of: "..") else { return [parts.joined(separator: " ")] }
    func fault(_ message: String) -> ProjectFault {
      ProjectFault([
        Diagnostic(
          .error, message, advice: "Write 'x0.5 .. x3', or '600 USD/kW .. 900 USD/kW / 7' for seven values.", path: path
        )
      ])
    }
    var right = Array(parts[(dots + 1)...])
    var count = 6
    if let slash = right.firstIndex(of: "/") {
      guard slash + 2 == right.count, let stated = Int(right[slash + 1]), (2...most).contains(stated) else {
        throw fault("'\(text)' has no whole number of values from 2 to \(most) after '/'.")
      }
      count = stated
      right = Array(right[..<slash])
    }
    guard let low = Scalar(Array(parts[..<dots])), let high = Scalar(right) else {
      throw fault("'\(text)' is no range of numbers.")
    }
    let unit = low.unit.isEmpty ? high.unit : low.unit
    guard low.isFactor == high.isFactor, low.unit.isEmpty || high.unit.isEmpty || low.unit == high.unit else {
      throw fault("The ends of '\(text)' are not of one kind.")
    }
    return (0..<count).map { i in
      let value = low.value + (high.value - low.value) * Double(i) / Double(count - 1)
      let number = shortNumber(value, digits: 12)
      return (low.isFactor ? "x" : "") + number + (unit.isEmpty ? "" : " " + unit)
    }
  }

  /// A number with its unit, or a factor `x1.2`.
  private struct Scalar {
    var isFactor: Bool
    var value: Double
    var unit: String

    init?(_ words: [String]) {
      guard let first = words.first else { return nil }
      isFactor = first.hasPrefix("x")
      guard let value = Double(isFactor ? String(first.dropFirst()) : first) else { return nil }
      self.value = value
      unit = words.dropFirst().joined(separator: " ")
      if isFactor && !unit.isEmpty { return nil }
    }
  }
}

/// How variations are combined.
public typealias SensitivityDesign = Study.Mode

/// One project to plan: overrides by path.
package struct SensitivityCase: Sendable, Equatable {
  /// Number in the order of the study.
  package var number: Int
  /// Overrides by path; empty: the base.
  package var settings: [String: String]
  /// A case.
  package init(number: Int, settings: [String: String]) {
    self.number = number
    self.settings = settings
  }
  /// Same text for the same case, whatever the order: what an interrupted study is resumed by.
  package var key: String {
    settings.isEmpty
      ? "base" : settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }

  /// The cases of a study, the base first.
  package static func all(_ variations: [Variation], design: SensitivityDesign) -> [SensitivityCase] {
    var settings: [[String: String]] = [[:]]
    switch design {
    case .oneAtATime: settings += variations.flatMap { v in v.values.map { [v.path: $0] } }
    case .tornado:
      settings += variations.flatMap { v in
        (v.values.count > 1 ? [v.values[0], v.values[v.values.count - 1]] : v.values).map { [v.path: $0] }
      }
    case .grid:
      var grid: [[String: String]] = [[:]]
      for variation in variations {
        grid = grid.flatMap { row in variation.values.map { row.merging([variation.path: $0]) { $1 } } }
      }
      settings = variations.isEmpty ? [[:]] : [[:]] + grid
    }
    return settings.enumerated().map { SensitivityCase(number: $0.offset, settings: $0.element) }
  }
}
