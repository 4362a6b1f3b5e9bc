import Testing
import TulouQuantities
import TulouReport

@Suite("Pages of studies") struct StudyPageTests {
  @Test("a front shows its points and the price of each step")
  func front() {
    let report = FrontReport(
      project: "A & B", x: ("Cost per year", "USD/y"), y: ("CO₂", "kg/y"),
      points: [
        .init(name: "cheapest", x: 300_000, y: 900_000), .init(name: "cleanest", x: 500_000, y: 100_000),
        .init(name: "<middle>", x: 350_000, y: 400_000, isProven: false),
      ], version: "test")
    #expect(report.table.rows.map { $0[0] } == ["cheapest", "<middle> (not proven)", "cleanest"])
    #expect(report.table.rows[1][3] == "0.1 USD/kg")
    #expect(MarkupChecker.fault(in: report.page().html(plotly: "x"), isHTML: true) == nil)
  }

  @Test("sensitivities rank inputs and leave gaps where no plan holds")
  func sensitivity() throws {
    let report = SensitivityReport(
      project: "A & B", quantity: "Cost per year", unit: "USD/y", base: 352_000,
      inputs: [
        .init(
          path: "components.wind.capital", unit: "USD/kW", base: 1300,
          cases: [(1000, 330_000), (1300, 352_000), (1600, 361_000)]),
        .init(path: "economy.real_discount_rate", unit: "1", base: 0.05, cases: [(0.08, 410_000), (0.03, 300_000)]),
        .init(
          path: "markets.grid.limit.buy", unit: "kW", base: 250, cases: [(100, nil), (250, 352_000), (400, 340_000)]),
      ], version: "test")
    let chart = try #require(report.tornado)
    guard case .tornado(let tornado) = chart.body else { return }
    #expect(tornado.bars.map(\.name).contains("economy.real_discount_rate"))
    #expect(tornado.bars.first { $0.name == "markets.grid.limit.buy" }?.low == 352_000)
    #expect(report.spider != nil)
    #expect(MarkupChecker.fault(in: report.page().html(plotly: "x"), isHTML: true) == nil)
  }

  @Test("resources show months, days, durations and the wind's directions")
  func resource() {
    let horizon = Horizon.year(2025)
    let sun = (0..<8760).map { t in t % 24 > 6 && t % 24 < 18 ? 500.0 : 0 }
    var report = ResourceReport(
      name: "Mountain <village>", subtitle: "test", horizon: horizon,
      resources: [
        .init(
          "Radiation", unit: "W/m2", colour: .sun, values: sun, sum: .daily(unit: "kWh/m2/d", factor: 0.001),
          source: "made up"),
        .init(
          "Temperature", unit: "degC", colour: .heat, values: sun.map { $0 / 50 - 5 }, sum: .mean, source: "made up"),
      ], version: "test")
    report.rose = .init(
      shares: (0..<16).map { [0.01 * Double($0 % 4), 0.02, 0.01] },
      classes: ["below 3 m/s", "3 to 7 m/s", "above 7 m/s"])
    report.weibull = .init(
      speeds: [0, 1, 2, 3], measured: [0.1, 0.3, 0.4, 0.2], fitted: [0.12, 0.31, 0.37, 0.2], shape: 2.1, scale: 2.4)
    let html = report.page().html()
    #expect(MarkupChecker.fault(in: html, isHTML: true) == nil)
    #expect(html.contains("Mountain &lt;village&gt;"))
    // 11 hours at 500 W/m2 are 5.5 kWh a day.
    #expect(html.contains("5.5 kWh/m2/d") || html.contains("5.5 kWh/m²/d"))
  }
}
