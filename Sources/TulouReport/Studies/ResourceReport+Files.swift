import TulouDocument
package import TulouPlanning
import TulouProject
import TulouQuantities

extension ResourceReport {
  /// Lines for a terminal.
  package func lines(_ survey: ResourceSurvey, page: String) -> [String] {
    var lines = [name, subtitle, ""]
    lines += overview.lines
    for plane in survey.planes {
      lines.append("")
      let more = plane.bestIrradiation / max(1e-9, plane.horizontalIrradiation) - 1
      lines.append(
        "Best fixed tilt \(NumberText.significant(plane.bestTilt))°, azimuth \(NumberText.significant(plane.bestAzimuth))°: \(NumberText.significant(plane.bestIrradiation)) kWh/m², \(NumberText.percent(more)) more than flat."
      )
      for stand in plane.stands.dropFirst() {
        lines.append(
          "  \(stand.name): \(NumberText.significant(stand.irradiation)) kWh/m², \(NumberText.significant(stand.yield)) kWh/kW"
        )
      }
    }
    for wind in survey.winds {
      guard let shape = wind.shape, let scale = wind.scale else { continue }
      lines.append("")
      lines.append(
        "Wind at \(NumberText.significant(wind.heightMetres)) m: mean \(NumberText.significant(wind.mean, digits: 3)) m/s, Weibull shape \(NumberText.significant(shape, digits: 3)), scale \(NumberText.significant(scale, digits: 3)) m/s."
      )
    }
    for facts in survey.facts { lines += ["", ResourceReport.sentence(facts)] }
    for split in survey.assumptions where split.kind == .split {
      let part = split.path.split(separator: ".").suffix(3)
      lines.append("\(part.joined(separator: " ").replacing("split ", with: "")): \(split.value) (\(split.source))")
    }
    let unsure = survey.assumptions.count { $0.kind == .approximate }
    if unsure > 0 {
      lines += ["", "\(unsure) input\(unsure == 1 ? " is" : "s are") approximate; the page lists them."]
    }
    lines += ["", "Page: \(page)"]
    return lines
  }

  /// The survey as JSON, stable names, base units.
  package static func json(_ survey: ResourceSurvey, version: String) -> String {
    let resources: [JSON] = survey.resources.map { resource in
      let facts = survey.facts.first { $0.resource == resource.id }
      return .object([
        ("id", .text(resource.id)), ("source", .text(resource.source)),
        ("notes", .array(resource.notes.map(JSON.text))),
        ("series", .array(resource.series.map { series($0, survey.horizon) })),
        ("monthly_rain_mm", facts?.rain.map(JSON.numbers) ?? .null),
        ("monthly_snow_days", facts?.snowDays.map(JSON.numbers) ?? .null),
      ])
    }
    let planes: [JSON] = survey.planes.map { plane in
      .object([
        ("resource", .text(plane.resource)), ("best_tilt_deg", .number(plane.bestTilt)),
        ("best_azimuth_deg", .number(plane.bestAzimuth)), ("irradiation_kwh_per_m2", .number(plane.bestIrradiation)),
        ("horizontal_kwh_per_m2", .number(plane.horizontalIrradiation)),
        (
          "stands",
          .array(
            plane.stands.map {
              .object([
                ("name", .text($0.name)), ("irradiation_kwh_per_m2", .number($0.irradiation)),
                ("yield_kwh_per_kw", .number($0.yield)),
              ])
            })
        ),
      ])
    }
    let winds: [JSON] = survey.winds.map { wind in
      .object([
        ("resource", .text(wind.resource)), ("height_m", .number(wind.heightMetres)),
        ("mean_m_per_s", .number(wind.mean)),
        ("weibull_shape", .optional(wind.shape)), ("weibull_scale_m_per_s", .optional(wind.scale)),
      ])
    }
    let demands: [JSON] = survey.demands.map { demand in
      .object([
        ("id", .text(demand.id)), ("carrier", .text(demand.carrier)), ("energy_kwh", .number(demand.energy)),
        ("peak_kw", .number(demand.peak)), ("monthly_kwh", .numbers(demand.monthly)),
        ("workday_kw", .numbers(demand.workday)), ("day_off_kw", .numbers(demand.dayOff)),
      ])
    }
    return JSON.object([
      ("tulou", .text(version)), ("name", .text(survey.name)),
      (
        "site",
        survey.coordinates.map {
          .object([
            ("latitude_deg", .number($0.latitude)), ("longitude_deg", .number($0.longitude)),
            ("altitude_m", .number($0.altitude)), ("utc_offset_h", .number($0.utcOffset)),
          ])
        } ?? .null
      ),
      ("steps", .integer(survey.horizon.steps)), ("step_h", .number(survey.horizon.stepHours)),
      ("resources", .array(resources)), ("planes", .array(planes)), ("winds", .array(winds)),
      ("demands", .array(demands)),
      ("quality", .array(survey.quality.map(quality))),
      ("findings", .array(survey.findings.map { .text($0.description) })),
      (
        "assumptions",
        .array(
          survey.assumptions.map {
            .object([
              ("path", .text($0.path)), ("value", .text($0.value)), ("source", .text($0.source)),
              ("kind", .text($0.kind.rawValue)),
            ])
          })
      ),
    ]).indented
  }

  private static func quality(_ one: QualitySurvey) -> JSON {
    let rows: [JSON] = one.rows.map { row in
      .object([
        ("key", .text(row.key)), ("unit", .text(row.unit)), ("recorded", .optional(row.recorded)),
        ("repaired", .optional(row.repaired)),
      ])
    }
    return .object([
      ("resource", .text(one.resource)), ("source", .text(one.source)), ("steps", .integer(one.steps)),
      ("rows", .array(rows)),
    ])
  }

  private static func series(_ series: ProjectResource.Series, _ horizon: Horizon) -> JSON {
    let finite = series.values.filter(\.isFinite)
    var sums = [Double](repeating: 0, count: 12), counts = sums
    for (t, value) in series.values.enumerated() where value.isFinite {
      let month = horizon.moment(t).date.month - 1
      sums[month] += value
      counts[month] += 1
    }
    return .object([
      ("quantity", .text(series.kind.rawValue)), ("unit", .text(unit(series.kind))),
      ("mean", .number(finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count))),
      ("least", .optional(finite.min())), ("greatest", .optional(finite.max())),
      ("monthly_means", .numbers((0..<12).map { counts[$0] > 0 ? sums[$0] / counts[$0] : .nan })),
    ])
  }

  /// Unit of the values of a kind.
  static func unit(_ kind: ProjectResource.Kind) -> String {
    switch kind {
    case .irradiance, .beam, .diffuse: "kW/m2"
    case .temperature: "degC"
    case .speed, .current: "m/s"
    case .direction: "deg"
    case .flow, .usableFlow: "m3/s"
    case .gas: "m3/h"
    }
  }

  /// The series of resources and demands as comma-separated values: one row a step, stamps at its start.
  package static func csv(_ survey: ResourceSurvey, demands: [(id: String, power: [Double])]) -> [UInt8] {
    var columns: [(title: String, values: [Double])] = []
    for resource in survey.resources {
      for series in resource.series {
        columns.append(("\(resource.id).\(series.kind.rawValue) [\(unit(series.kind))]", series.values))
      }
    }
    for demand in demands where demand.power.count == survey.horizon.steps {
      columns.append(("\(demand.id).demand [kW]", demand.power))
    }
    var bytes = Array(CSVText.cell("time (\(survey.horizon.clock.zone) standard time)").utf8)
    for column in columns { bytes += ("," + CSVText.cell(column.title)).utf8 }
    bytes.append(10)
    for t in 0..<survey.horizon.steps {
      bytes += survey.horizon.moment(t).stamp.utf8
      for column in columns {
        bytes.append(44)
        CSVText.append(column.values[t], to: &bytes)
      }
      bytes.append(10)
    }
    return bytes
  }
}
