import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// How a power looks over day, month and distribution: HOMER's profile, monthly box, histogram and cumulative plots.
  ///
  /// - Parameter data: The hours of the page; demand and own sources are drawn.
  func profileCharts(_ data: HourlyData) -> [Page.Content] {
    guard let demand = data.lines.first(where: { $0.part == .demand }), project.horizon.steps >= 48 else { return [] }
    let dt = project.horizon.stepHours
    let perDay = Int(saturating: (24 / dt).rounded())
    guard perDay > 0, abs(Double(perDay) * dt - 24) < 1e-9 else { return [] }
    var own = [Double](repeating: 0, count: demand.values.count)
    var hasOwn = false
    for line in data.lines where line.view == demand.view && line.part == .supply {
      let isSource = project.components.contains { component in
        guard case .source = component.block else { return false }
        return legend.name(component.id) == line.name
      }
      guard isSource else { continue }
      hasOwn = true
      for t in own.indices { own[t] += line.values[t] }
    }
    var charts = [profile("demand", demand.name, demand.values, .demand, demand.unit, perDay)]
    if hasOwn { charts.append(profile("own", "Own sources", own, .sun, demand.unit, perDay)) }
    charts.append(box("demand", demand.name, demand.values, demand.unit, perDay))
    if hasOwn { charts.append(box("own", "Own sources", own, demand.unit, perDay)) }
    var sets = [(demand.name, demand.values, Colour.demand)]
    if hasOwn { sets.append(("Own sources", own, .sun)) }
    charts += distribution(sets, demand.unit)
    return [.folded("Profiles, monthly ranges, histogram and cumulative distribution", Page.Content.pairs(charts))]
  }

  private func month(_ t: Int) -> Int { project.horizon.civil(t).date.month }

  /// The mean day of each quarter and of all.
  private func profile(
    _ id: String, _ name: String, _ values: [Double], _ colour: Colour, _ unit: String, _ perDay: Int
  ) -> Chart {
    let quarters = [
      ("December to February", [12, 1, 2]), ("March to May", [3, 4, 5]), ("June to August", [6, 7, 8]),
      ("September to November", [9, 10, 11]),
    ]
    let months = values.indices.map(month)
    func day(_ wanted: (Int) -> Bool) -> [Double]? {
      var sum = [Double](repeating: 0, count: perDay), count = sum
      for t in values.indices where wanted(months[t]) {
        sum[t % perDay] += values[t]
        count[t % perDay] += 1
      }
      guard count.allSatisfy({ $0 > 0 }) else { return nil }
      return Swift.zip(sum, count).map { $0 / $1 }
    }
    var series: [Series] = []
    for (i, quarter) in quarters.enumerated() {
      if let values = day({ quarter.1.contains($0) }) {
        series.append(Series(quarter.0, values, colour: colour.variant(i)))
      }
    }
    if series.count > 1, let all = day({ _ in true }) {
      series.append(Series("whole horizon", all, colour: .unserved, style: .dashed))
    }
    let hours = (0..<perDay).map { Double($0) * 24 / Double(perDay) }
    return Chart(
      id: "profile-\(id)", title: "\(name): mean day", summary: "Mean power of each hour of the day.", width: .half,
      body: .lines(
        Lines(
          axis: .numbers(
            hours, quantity: project.horizon.hasClockChanges ? "Hour of the day, standard time" : "Hour of the day",
            unit: "h"), series: series, quantity: "Power", unit: unit))
    )
  }

  /// Least, mean of daily lows, mean, mean of daily highs and greatest of each month.
  private func box(_ id: String, _ name: String, _ values: [Double], _ unit: String, _ perDay: Int) -> Chart {
    var least = [Double](repeating: .nan, count: 12), most = least
    var sums = [Double](repeating: 0, count: 12), lows = sums, highs = sums, counts = sums, days = sums
    for first in stride(from: 0, to: values.count - perDay + 1, by: perDay) {
      let m = month(first) - 1
      let day = values[first..<(first + perDay)]
      let low = day.min() ?? 0, high = day.max() ?? 0
      least[m] = least[m].isNaN ? low : min(least[m], low)
      most[m] = most[m].isNaN ? high : max(most[m], high)
      lows[m] += low
      highs[m] += high
      sums[m] += day.reduce(0, +)
      counts[m] += Double(perDay)
      days[m] += 1
    }
    func mean(_ sum: [Double], _ count: [Double]) -> [Double] { Swift.zip(sum, count).map { $1 > 0 ? $0 / $1 : .nan } }
    return Chart(
      id: "box-\(id)", title: "\(name): range of each month",
      summary: "Greatest, mean of the daily highest, mean, mean of the daily lowest and least power.", width: .half,
      body: .lines(
        Lines(
          axis: .numbers((1...12).map(Double.init), quantity: "Month", unit: ""),
          series: [
            Series("greatest", most, colour: .unserved, style: .dashed),
            Series("daily highest", mean(highs, days), colour: .heat),
            Series("mean", mean(sums, counts), colour: .demand),
            Series("daily lowest", mean(lows, days), colour: .wind),
            Series("least", least, colour: .outside, style: .dashed),
          ], quantity: "Power", unit: unit)))
  }

  /// How often powers occur, and how much of the time they stay below.
  private func distribution(_ sets: [(String, [Double], Colour)], _ unit: String) -> [Chart] {
    let most = sets.flatMap { $0.1 }.max() ?? 0
    guard most > 0 else { return [] }
    let bins = 24
    let weights = project.horizon.weights
    let total = weights.reduce(0, +)
    var shares: [[Double]] = []
    for set in sets {
      var share = [Double](repeating: 0, count: bins)
      for (t, value) in set.1.enumerated() {
        share[max(0, min(bins - 1, Int(saturating: value / most * Double(bins))))] += weights[t] / total * 100
      }
      shares.append(share)
    }
    let scale = Scale.fitting(most, unit: unit)
    let middles = (0..<bins).map { (Double($0) + 0.5) * most / Double(bins) }
    let edges = (0...bins).map { Double($0) * most / Double(bins) }
    let histogram = Chart(
      id: "histogram", title: "Histogram", summary: "Share of the time in each of \(bins) ranges of power.",
      width: .half,
      body: .bars(
        Bars(
          categories: middles.map { NumberText.significant($0 / scale.factor, digits: 2) },
          series: Swift.zip(sets, shares).map { Series($0.0, $1, colour: $0.2) },
          quantity: "Share of time, power in \(scale.unit)",
          unit: "%", arrangement: .grouped)))
    let cumulative = Chart(
      id: "cumulative", title: "Cumulative distribution", summary: "Share of the time with at most this power.",
      width: .half,
      body: .lines(
        Lines(
          axis: .numbers(edges, quantity: "Power", unit: unit),
          series: Swift.zip(sets, shares).map { set, share in
            var sum = 0.0
            return Series(
              set.0,
              [0]
                + share.map { part -> Double in
                  sum += part
                  return sum
                }, colour: set.2)
          }, quantity: "Share of time", unit: "%")))
    return [histogram, cumulative]
  }
}
