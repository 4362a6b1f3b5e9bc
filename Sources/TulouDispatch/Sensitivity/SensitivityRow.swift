import TulouAccounts
import TulouProblem

/// The result of one case.
package struct SensitivityRow: Sendable, Equatable, Codable {
  /// How a case ended: as a solve ends (`Solution.Status`), or refused where the project does not hold with its numbers.
  package enum Status: String, Sendable, Codable {
    case optimal, feasible, infeasible, limit, cancelled, unbounded, failed, refused

    /// How a solve ended.
    init(_ status: Solution.Status) { self = Status(rawValue: status.rawValue) ?? .failed }
  }

  /// Number of the case.
  package var number: Int
  /// Overrides by path.
  package var settings: [String: String]
  /// How the case ended.
  package var status = Status.failed
  /// Value, bound and gap of the objective, per year, where there is a plan.
  package var value: Double?, bound: Double?, gap: Double?
  /// Unit of value and bound.
  package var unit = ""
  /// Total sizes by `id` or `id.part`.
  package var sizes: [String: Double] = [:]
  /// Which free components are built, joined by ` + `; empty where nothing is known.
  package var system = ""
  /// Indicators by key.
  package var indicators: [String: Double] = [:]
  /// Keys of the indicators that are at least their number (`AtLeast`), ascending.
  package var atLeast: [String] = []
  /// Why it was refused.
  package var message = ""
  /// Seconds of the solve.
  package var seconds = 0.0

  /// A row to be filled.
  package init(number: Int, settings: [String: String]) {
    self.number = number
    self.settings = settings
  }

  /// Takes the indicators that have a value.
  mutating func take(_ measured: [Indicator]) {
    indicators = Dictionary(
      measured.compactMap { one in one.value.map { (one.key, $0) } }, uniquingKeysWith: { first, _ in first })
    atLeast = measured.filter { $0.isAtLeast && $0.value != nil }.map(\.key).sorted()
  }

  /// Key of its case.
  package var key: String { SensitivityCase(number: number, settings: settings).key }
}

/// A bar of a tornado: how far one number moves the result.
package struct TornadoBar: Sendable, Equatable {
  /// Path that is varied.
  package var path: String
  /// Settings at the two ends, as written.
  package var lowSetting: String, highSetting: String
  /// Results at the two ends and at the base.
  package var low: Double, high: Double, base: Double
  /// `|high - low|`.
  package var width: Double { abs(high - low) }

  /// The bars of a tornado study, the widest first.
  ///
  /// - Parameters:
  ///   - rows: Rows of cases that vary one path each, and the base.
  ///   - key: Indicator to draw; nil: the value of the objective.
  package static func all(_ rows: [SensitivityRow], key: String? = nil) -> [TornadoBar] {
    func result(_ row: SensitivityRow) -> Double? { key.map { row.indicators[$0] } ?? row.value }
    guard let base = rows.first(where: { $0.settings.isEmpty }).flatMap(result) else { return [] }
    var bars: [String: TornadoBar] = [:]
    for row in rows.sorted(by: { $0.number < $1.number }) where row.settings.count == 1 {
      guard let (path, setting) = row.settings.first, let value = result(row) else { continue }
      if var bar = bars[path] {
        bar.highSetting = setting
        bar.high = value
        bars[path] = bar
      } else {
        bars[path] = TornadoBar(
          path: path, lowSetting: setting, highSetting: setting, low: value, high: value, base: base)
      }
    }
    return bars.values.sorted { ($0.width, $1.path) > ($1.width, $0.path) }
  }
}
