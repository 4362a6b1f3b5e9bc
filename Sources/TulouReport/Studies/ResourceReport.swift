package import TulouProject
package import TulouQuantities

/// What nature gives at a place: months, days and hours of each resource, how often it blows from where.
package struct ResourceReport: Sendable {
  /// One resource as a series over the horizon.
  package struct Resource: Sendable {
    /// Name, e.g. `Radiation on the ground`.
    package var name: String
    /// Unit of a step's value, e.g. `W/m2`, `m/s`, `degC`, `kW`.
    package var unit: String
    /// Colour.
    package var colour: Colour
    /// One value a step.
    package var values: [Double]
    /// How months are summed up.
    package var sum: Sum
    /// Where it comes from, and how it was made.
    package var source: String
    /// A resource.
    package init(_ name: String, unit: String, colour: Colour, values: [Double], sum: Sum, source: String) {
      self.name = name
      self.unit = unit
      self.colour = colour
      self.values = values
      self.sum = sum
      self.source = source
    }
  }

  /// How months are summed up.
  package enum Sum: Sendable {
    /// Mean of the steps.
    case mean
    /// Mean of the daily sums, in this unit, e.g. `kWh/m2/d`, with this factor on value x hours.
    case daily(unit: String, factor: Double)
  }

  /// How often the wind blows from where, at which speed.
  package struct Rose: Sendable {
    /// Shares of time [-]: `shares[sector][speed class]`; sector 0 is north, clockwise.
    package var shares: [[Double]]
    /// Upper ends of the speed classes [m/s]; the last is open.
    package var classes: [String]
    /// A rose.
    package init(shares: [[Double]], classes: [String]) {
      self.shares = shares
      self.classes = classes
    }
  }

  /// Speeds beside the Weibull distribution that fits them.
  package struct Weibull: Sendable {
    /// Lower ends of the classes [m/s], one metre per second each.
    package var speeds: [Double]
    /// Share of time in each class: measured and fitted [-].
    package var measured: [Double], fitted: [Double]
    /// Shape [-] and scale [m/s].
    package var shape: Double, scale: Double
    /// A distribution.
    package init(speeds: [Double], measured: [Double], fitted: [Double], shape: Double, scale: Double) {
      self.speeds = speeds
      self.measured = measured
      self.fitted = fitted
      self.shape = shape
      self.scale = scale
    }
  }

  /// Name of the place.
  package var name: String
  /// Line below it: coordinates, source.
  package var subtitle: String
  /// The steps.
  package var horizon: Horizon
  /// Resources in order.
  package var resources: [Resource]
  /// Wind rose, if directions are known.
  package var rose: Rose?
  /// Weibull fit, if there is wind.
  package var weibull: Weibull?
  /// Tables, e.g. of gaps and repairs.
  package var tables: [Table] = []
  /// Remarks, a sentence each.
  package var remarks: [String] = []
  /// Numbers that stand out.
  package var tiles: [Page.Tile] = []
  /// What must be seen: suspicious data, a sentence each.
  package var alerts: [String] = []
  /// Sections after the resources: planes, winds, demands, quality, assumptions.
  package var further: [Page.Section] = []
  /// What stands on the cover.
  package var cover = Cover()
  /// Version of the program.
  package var version: String

  /// A report.
  package init(name: String, subtitle: String, horizon: Horizon, resources: [Resource], version: String) {
    self.name = name
    self.subtitle = subtitle
    self.horizon = horizon
    self.resources = resources
    self.version = version
  }

  /// The page.
  package func page() -> Page {
    var summary: [Page.Content] = tiles.isEmpty ? [] : [.tiles(tiles)]
    summary += alerts.map { .alert($0) }
    if !remarks.isEmpty { summary.append(.list(remarks)) }
    summary.append(.table(overview))
    summary += tables.map { .table($0) }
    var sections = [Page.Section(id: "summary", title: "In short", summary)]
    for (i, resource) in resources.enumerated() where resource.values.count == horizon.steps {
      sections.append(section(resource, i))
    }
    var wind: [Page.Content] = []
    if let rose { wind.append(.picture(Page.Picture(id: "rose", title: "Where the wind comes from", svg: rose.svg()))) }
    if let weibull { wind.append(.chart(weibull.chart)) }
    sections.append(Page.Section(id: "wind-section", title: "Wind", wind))
    sections += further
    return Page(title: name, subtitle: subtitle, cover: cover, sections: sections, footer: "Made by Tulou \(version).")
  }

  /// Mean, least and greatest value of each resource.
  var overview: Table {
    var table = Table(
      columns: [.text("Resource"), .number("Mean"), .number("Least"), .number("Greatest")])
    for resource in resources {
      let finite = resource.values.filter(\.isFinite)
      guard !finite.isEmpty else { continue }
      let mean = finite.reduce(0, +) / Double(finite.count)
      func text(_ value: Double) -> String { Scale.text(value, resource.unit, digits: 3) }
      table.add([resource.name, text(mean), text(finite.min() ?? 0), text(finite.max() ?? 0)])
    }
    return table
  }

  private func section(_ resource: Resource, _ index: Int) -> Page.Section {
    let sorted = resource.values.filter(\.isFinite).sorted(by: >)
    guard let greatest = sorted.first, let least = sorted.last, greatest > least else {
      let value = sorted.first.map { Scale.text($0, resource.unit) } ?? NumberText.none
      return Page.Section(
        id: "resource-\(index)", title: resource.name,
        sourceLine(resource) + [.text("The same in every step: \(value).")])
    }
    var contents: [Page.Content] =
      sourceLine(resource) + [.pair(.chart(months(resource, index)), .chart(duration(resource, sorted, index)))]
    let data = HourlyData(
      id: "map-\(index)",
      lines: [
        HourlyData.Line(
          resource.name, unit: resource.unit, part: .other, view: "", colour: resource.colour, values: resource.values)
      ], horizon: horizon, firstShown: 0)
    if var map = data.map() {
      map.id = "map-\(index)"
      map.title = "\(resource.name), day by hour"
      contents.append(.chart(map))
    }
    return Page.Section(id: "resource-\(index)", title: resource.name, contents)
  }

  private func sourceLine(_ resource: Resource) -> [Page.Content] {
    resource.source.isEmpty ? [] : [.text("Source: \(resource.source)")]
  }

  private func duration(_ resource: Resource, _ sorted: [Double], _ index: Int) -> Chart {
    let points = min(200, sorted.count - 1)
    let hours = Double(sorted.count) * horizon.stepHours
    return Chart(
      id: "duration-\(index)", title: "\(resource.name), duration curve",
      summary: "For how many hours each value is reached or passed.", width: .half,
      body: .lines(
        Lines(
          axis: .numbers((0...points).map { hours * Double($0) / Double(points) }, quantity: "Hours", unit: "h"),
          series: [
            Series(
              resource.name, (0...points).map { sorted[$0 * (sorted.count - 1) / points] }, colour: resource.colour)
          ], quantity: resource.name, unit: resource.unit, fromZero: (sorted.last ?? 0) >= 0)))
  }

  private func months(_ resource: Resource, _ index: Int) -> Chart {
    var sums = [Double](repeating: 0, count: 12), hours = sums
    for (t, value) in resource.values.enumerated() where value.isFinite {
      let month = horizon.moment(t).date.month - 1
      sums[month] += value * horizon.stepHours
      hours[month] += horizon.stepHours
    }
    let kept = (0..<12).filter { hours[$0] > 0 }
    let (unit, factor): (String, Double) =
      switch resource.sum {
      case .mean: (resource.unit, 1)
      case .daily(let unit, let factor): (unit, 24 * factor)
      }
    return Chart(
      id: "months-\(index)", title: "\(resource.name) by month",
      summary: "Means over each calendar month.", width: .half,
      body: .bars(
        Bars(
          categories: kept.map { HourlyData.months[$0] },
          series: [Series(resource.name, kept.map { sums[$0] / hours[$0] * factor }, colour: resource.colour)],
          quantity: resource.name, unit: unit)))
  }
}

extension ResourceReport.Weibull {
  /// Classes beside the fitted curve.
  var chart: Chart {
    Chart(
      id: "weibull", title: "Frequency of wind speeds",
      summary:
        "Bars are the series, the line is the Weibull distribution with shape \(NumberText.significant(shape, digits: 3)) and scale \(NumberText.significant(scale, digits: 3)) m/s.",
      body: .bars(
        Bars(
          categories: speeds.map { NumberText.significant($0) },
          series: [Series("Series", measured.map { $0 * 100 }, colour: .wind)], quantity: "Share of time", unit: "%",
          line: Series("Weibull", fitted.map { $0 * 100 }, colour: .heat))))
  }
}
