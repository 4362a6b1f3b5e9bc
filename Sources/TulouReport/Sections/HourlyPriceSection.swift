import TulouPlanning
import TulouProject
import TulouQuantities

extension PlanReport {
  /// What one more kWh would cost over the hours: a curve a bus, highest first, and its table.
  func hourlyPriceContents() -> [Page.Content] {
    guard !hourlyPrices.isEmpty else { return [] }
    var table = Table(
      "One more unit at each bus, over the hours",
      columns: [
        .text("Bus"), .number("Lowest hour"), .number("Mean of all hours"), .number("Highest hour"),
        .number("Hours at zero or below"),
      ])
    for price in hourlyPrices {
      let sum = priceSummary(price)
      let words = { (value: Double) in NumberText.significant(value, digits: 3) + " " + Scale.pretty(price.unit) }
      table.add([
        legend.name(price.bus), words(sum.least), words(sum.mean), words(sum.greatest),
        NumberText.percent(sum.shareAtZero),
      ])
    }
    return [
      .chart(priceDuration()), .table(table),
      .text(
        "The price of an hour is what one more kWh of demand there would cost, or one less would save, with everything else best adapted. Every hour is in flows.csv. Where several prices fit an hour, it is one in their middle."
      ),
    ]
  }

  /// Numbers of the prices of a bus, hours weighted as the horizon weights them.
  private func priceSummary(_ price: HourlyPrice) -> (
    least: Double, mean: Double, greatest: Double, shareAtZero: Double
  ) {
    let weights = project.horizon.weights
    var sum = 0.0, weight = 0.0, zero = 0.0
    for (t, value) in price.values.enumerated() {
      let share = t < weights.count ? weights[t] : 1
      sum += share * value
      weight += share
      if value <= 0 { zero += share }
    }
    return (price.values.min() ?? 0, sum / max(weight, 1e-300), price.values.max() ?? 0, zero / max(weight, 1e-300))
  }

  private func priceDuration() -> Chart {
    let points = 200
    let shares = (0...points).map { Double($0) / Double(points) }
    let colours: [Colour] = [.demand, .heat, .biomass, .storage, .wind, .sun]
    let weights = project.horizon.weights
    let shown = hourlyPrices.prefix(colours.count)
    let series = zip(shown, colours).map { price, colour -> Series in
      let order = price.values.indices.sorted { price.values[$0] > price.values[$1] }
      let whole = order.reduce(0) { $0 + ($1 < weights.count ? weights[$1] : 1) }
      var values: [Double] = []
      var passed = 0.0, at = 0
      for share in shares {
        while at < order.count - 1, passed + (order[at] < weights.count ? weights[order[at]] : 1) < share * whole {
          passed += order[at] < weights.count ? weights[order[at]] : 1
          at += 1
        }
        values.append(price.values[order[at]])
      }
      return Series(legend.name(price.bus), values, colour: colour, style: .step)
    }
    return Chart(
      id: "prices", title: "What one more kWh costs, highest price first",
      summary: "Marginal price at each bus over the share of the hours in which it is at least as high."
        + (hourlyPrices.count > shown.count ? " The first \(shown.count) buses; the table has all." : ""),
      body: .lines(
        Lines(
          axis: .numbers(shares.map { 100 * $0 }, quantity: "Share of hours", unit: "%"), series: series,
          quantity: "Price", unit: shown.first?.unit ?? "")))
  }

  /// The prices of each bus in few numbers: `tables/prices.csv`.
  func priceTable() -> DataTable {
    let unit = hourlyPrices.first?.unit ?? ""
    var table = DataTable(
      "prices", "Price of one more unit at each bus",
      ["bus", "lowest [\(unit)]", "mean [\(unit)]", "highest [\(unit)]", "at zero or below [1]"])
    for price in hourlyPrices where price.unit == unit {
      let sum = priceSummary(price)
      table.add(
        .text(price.bus), .number(sum.least), .number(sum.mean), .number(sum.greatest), .number(sum.shareAtZero))
    }
    return table
  }
}
