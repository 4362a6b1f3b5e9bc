import TulouDocument
package import TulouPlanning
import TulouProject
import TulouQuantities

extension ResourceReport {
  /// The page of a survey.
  package init(_ survey: ResourceSurvey, version: String) {
    var resources: [Resource] = []
    for resource in survey.resources {
      for series in resource.series {
        // A name says which resource is meant only where several have the same to show.
        let alike = survey.resources.count { $0.values(series.kind) != nil }
        if let shown = ResourceReport.shown(series, of: resource, alone: alike == 1) {
          resources.append(shown)
        }
      }
    }
    self.init(
      name: survey.name, subtitle: survey.subtitle, horizon: survey.horizon, resources: resources, version: version)
    cover = survey.cover
    tiles = ResourceReport.tiles(survey)
    alerts = survey.findings.filter { $0.severity == .warning }.map { finding in
      finding.message + (finding.advice.isEmpty ? "" : " " + finding.advice)
    }
    remarks = survey.findings.filter { $0.severity == .note }.map(\.message)
    for plane in survey.planes { further.append(ResourceReport.section(plane, survey)) }
    for wind in survey.winds { further.append(ResourceReport.section(wind, survey)) }
    if let facts = ResourceReport.rainAndSnow(survey) { further.append(facts) }
    if let demands = ResourceReport.demands(survey) { further.append(demands) }
    if let quality = ResourceReport.quality(survey) { further.append(quality) }
    if let assumptions = ResourceReport.assumptions(survey) { further.append(assumptions) }
  }

  private static func shown(_ series: ProjectResource.Series, of resource: ProjectResource, alone: Bool) -> Resource? {
    let suffix = alone ? "" : " · \(resource.id)"
    let source = resource.source.isEmpty ? resource.notes.joined(separator: " ") : resource.source
    func made(_ name: String, _ unit: String, _ colour: Colour, _ sum: Sum, factor: Double = 1) -> Resource {
      Resource(
        name + suffix, unit: unit, colour: colour,
        values: factor == 1 ? series.values : series.values.map { $0 * factor },
        sum: sum, source: source)
    }
    switch series.kind {
    case .irradiance:
      return made(
        "Radiation on the ground", "W/m2", .sun, .daily(unit: "kWh/m2/d", factor: 0.001), factor: 1000)
    case .temperature: return made("Temperature", "degC", .heat, .mean)
    case .speed:
      return made("Wind speed at \(NumberText.significant(resource.windHeightMetres)) m", "m/s", .wind, .mean)
    case .flow: return made("Flow of the river", "m3/s", .water, .mean)
    case .gas: return made("Gas of the digester", "m3/h", .biomass, .mean)
    case .current:
      // Flood and ebb cancel out in a mean, so the page shows how fast the water runs, not where to.
      var shown = made("Speed of the tidal current", "m/s", .water, .mean)
      shown.values = shown.values.map(abs)
      return shown
    case .beam, .diffuse, .direction, .usableFlow: return nil
    }
  }

  /// What sums are of.
  private static func span(_ survey: ResourceSurvey) -> String {
    abs(Double(survey.horizon.steps) * survey.horizon.stepHours - 8760) < 25 ? "a year" : "over the horizon"
  }

  private static func tiles(_ survey: ResourceSurvey) -> [Page.Tile] {
    var tiles: [Page.Tile] = []
    let days = Double(survey.horizon.steps) * survey.horizon.stepHours / 24
    for plane in survey.planes.prefix(2) {
      tiles.append(
        Page.Tile(
          "Sun on the ground", NumberText.significant(plane.horizontalIrradiation / days, digits: 3) + " kWh/m²/d",
          note: "\(NumberText.significant(plane.horizontalIrradiation)) kWh/m² \(span(survey))"))
      tiles.append(
        Page.Tile(
          "Best fixed tilt", "\(NumberText.significant(plane.bestTilt))°",
          note:
            "azimuth \(NumberText.significant(plane.bestAzimuth))°, \(NumberText.percent(plane.bestIrradiation / max(1e-9, plane.horizontalIrradiation) - 1)) more than flat"
        ))
      if plane.stands.count > 1 {
        tiles.append(
          Page.Tile(
            "Modules at best tilt", NumberText.significant(plane.stands[1].yield) + " kWh/kW",
            note: "PVWatts with usual losses, \(span(survey))"))
      }
    }
    for wind in survey.winds.prefix(2) {
      tiles.append(
        Page.Tile(
          "Wind at \(NumberText.significant(wind.heightMetres)) m",
          NumberText.significant(wind.mean, digits: 3) + " m/s",
          note: wind.shape.map { "Weibull shape \(NumberText.significant($0, digits: 3))" } ?? "mean"))
    }
    let energy = survey.demands.reduce(0) { $0 + $1.energy }
    if energy > 0 {
      tiles.append(Page.Tile("Wanted", Scale.text(energy, "kWh"), note: "all carriers, \(span(survey))"))
    }
    return tiles
  }

  private static func section(_ plane: PlaneSurvey, _ survey: ResourceSurvey) -> Page.Section {
    var table = Table(
      "What falls on planes, and what modules make of it",
      columns: [.text("Stand"), .number("Irradiation [kWh/m²]"), .number("Output [kWh/kW]")])
    for stand in plane.stands {
      table.add([
        stand.name, NumberText.significant(stand.irradiation), NumberText.significant(stand.yield),
      ])
    }
    let chart = Chart(
      id: "tilt-\(plane.resource)", title: "Irradiation by tilt towards the equator",
      summary: "The best fixed plane stands at \(NumberText.significant(plane.bestTilt)) degrees.",
      body: .lines(
        Lines(
          axis: .numbers(plane.tilts.map(\.tilt), quantity: "Tilt", unit: "deg"),
          series: [Series("Irradiation", plane.tilts.map(\.irradiation), colour: .sun)], quantity: "Irradiation",
          unit: "kWh/m2")))
    let how =
      plane.hasBeam
      ? "Beam and diffuse light are those of the file." : "Beam and diffuse light are split from the global by Erbs."
    let title = survey.planes.count > 1 ? "Planes · \(plane.resource)" : "Planes"
    return Page.Section(
      id: "planes-\(plane.resource)", title: title,
      [
        .text(
          "\(how) Sky by Hay and Davies, ground reflection 20 %; output per kW of modules by PVWatts with 14.08 % losses, ratio 1.2 of modules to inverter."
        ), .table(table), .chart(chart),
      ])
  }

  private static func section(_ wind: WindSurvey, _ survey: ResourceSurvey) -> Page.Section {
    var contents: [Page.Content] = []
    var table = Table(columns: [.text("Wind at \(NumberText.significant(wind.heightMetres)) m"), .number("")])
    table.add(["Mean speed", NumberText.significant(wind.mean, digits: 3) + " m/s"])
    table.add(["Calm (below 0.5 m/s)", NumberText.percent(wind.calms)])
    if let shape = wind.shape, let scale = wind.scale {
      table.add(["Weibull shape", NumberText.significant(shape, digits: 3)])
      table.add(["Weibull scale", NumberText.significant(scale, digits: 3) + " m/s"])
    }
    contents.append(.table(table))
    if let shares = wind.rose {
      let limits = WindSurvey.roseLimits.map { NumberText.significant($0) }
      var names = ["below \(limits[0]) m/s"]
      for (low, high) in zip(limits, limits.dropFirst()) { names.append("\(low) to \(high) m/s") }
      names.append("above \(limits[limits.count - 1]) m/s")
      contents.append(
        .picture(
          Page.Picture(
            id: "rose-\(wind.resource)", title: "Where the wind comes from",
            svg: Rose(shares: shares, classes: names).svg())))
    }
    if let shape = wind.shape, let scale = wind.scale {
      var chart = Weibull(
        speeds: wind.classes.indices.map(Double.init), measured: wind.classes, fitted: wind.fitted, shape: shape,
        scale: scale
      ).chart
      chart.id = "weibull-\(wind.resource)"
      contents.append(.chart(chart))
    }
    let title = survey.winds.count > 1 ? "Wind · \(wind.resource)" : "Wind"
    return Page.Section(id: "winds-\(wind.resource)", title: title, contents)
  }

  /// A name for people: where the file gives none, its id as words.
  private static func title(_ demand: DemandSurvey) -> String {
    guard demand.name == demand.id else { return demand.name }
    let words = demand.id.split(whereSeparator: { $0 == "-" || $0 == "_" }).joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func demands(_ survey: ResourceSurvey) -> Page.Section? {
    guard !survey.demands.isEmpty else { return nil }
    let hours = Double(survey.horizon.steps) * survey.horizon.stepHours
    var table = Table(
      "What is wanted",
      columns: [
        .text("Demand"), .text("Carrier"), .number("Energy"), .number("Peak"), .number("Load factor"),
      ])
    var contents: [Page.Content] = []
    for demand in survey.demands {
      table.add([
        title(demand), demand.carrier, Scale.text(demand.energy, "kWh"), Scale.text(demand.peak, "kW"),
        NumberText.percent(demand.loadFactor(hours: hours)),
      ])
    }
    contents.append(.table(table))
    let largest = survey.demands.sorted { $0.energy > $1.energy }.prefix(8)
    for demand in survey.demands where largest.contains(where: { $0.id == demand.id }) {
      let slots = demand.workday.count
      let axis = (0..<slots).map { Double($0) * survey.horizon.stepHours }
      var series = [Series("Workday", demand.workday, colour: .demand)]
      if demand.dayOff.contains(where: \.isFinite) {
        series.append(Series("Weekend and holiday", demand.dayOff, colour: .heat, style: .dashed))
      }
      let day = Chart(
        id: "day-\(demand.id)", title: "\(title(demand)), mean day", summary: "Mean power by hour of the day.",
        width: .half,
        body: .lines(
          Lines(
            axis: .numbers(axis, quantity: "Hour of the day", unit: "h"), series: series, quantity: "Power", unit: "kW")
        ))
      let kept = (0..<12).filter { demand.monthly[$0] > 0 }
      let months = Chart(
        id: "month-\(demand.id)", title: "\(title(demand)) by month", summary: "Energy of each calendar month.",
        width: .half,
        body: .bars(
          Bars(
            categories: kept.map { HourlyData.months[$0] },
            series: [Series(title(demand), kept.map { demand.monthly[$0] }, colour: .demand)], quantity: "Energy",
            unit: "kWh")))
      contents.append(.pair(.chart(day), .chart(months)))
    }
    if survey.demands.count > largest.count {
      contents.append(.text("Drawn are the \(largest.count) largest of \(survey.demands.count) demands."))
    }
    return Page.Section(id: "demands", title: "Demands", contents)
  }

  private static func assumptions(_ survey: ResourceSurvey) -> Page.Section? {
    guard !survey.assumptions.isEmpty else { return nil }
    var table = Table(columns: [.quoted("Input"), .quoted("Value"), .text("Kind"), .quoted("Source")])
    for assumption in survey.assumptions {
      table.add([assumption.path, assumption.value, assumption.kind.rawValue, assumption.source])
    }
    return Page.Section(
      id: "assumptions", title: "Register of assumptions",
      [.text("Inputs that a default, a repair or an unsure source supplied."), .table(table)])
  }
}
