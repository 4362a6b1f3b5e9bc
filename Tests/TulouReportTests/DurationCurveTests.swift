import Testing
import TulouQuantities
import TulouReport

/// Duration curves begin with what is reached in all but no hours and fall.
@Suite("Duration curves") struct DurationCurveTests {
  private func curves(_ page: Page) -> [[Double]] {
    var found: [[Double]] = []
    func look(_ content: Page.Content) {
      switch content {
      case .chart(let chart):
        guard chart.id.hasPrefix("duration"), case .lines(let lines) = chart.body else { return }
        found += lines.series.map(\.values)
      case .pair(let a, let b):
        look(a)
        look(b)
      case .folded(_, let contents): contents.forEach(look)
      default: return
      }
    }
    for section in page.sections { section.contents.forEach(look) }
    return found
  }

  private func expectFalling(_ curve: [Double]) {
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 >= $1 })
    #expect((curve.first ?? 0) > (curve.last ?? 0))
  }

  @Test("of a plan: demand, purchase and own sources fall from left to right")
  func plan() {
    let curves = curves(SyntheticPlan.report(hours: 240).page())
    #expect(curves.count >= 2)
    for curve in curves { expectFalling(curve) }
  }

  @Test("of a resource: from its greatest to its least value")
  func resource() {
    let values = (0..<8760).map { Double($0 * 7919 % 8760) }
    let report = ResourceReport(
      name: "place", subtitle: "test", horizon: .year(2025),
      resources: [.init("Radiation", unit: "W/m2", colour: .sun, values: values, sum: .mean, source: "made up")],
      version: "test")
    let curve = curves(report.page())[0]
    expectFalling(curve)
    #expect(curve.first == 8759 && curve.last == 0)
  }
}
