import TulouDocument
import TulouProject
import TulouQuantities
import TulouResources

/// What a weather file's record is like, before and after repairs.
package struct QualitySurvey: Sendable {
  /// Something that was looked for.
  package struct Row: Sendable, Equatable {
    /// Stable name, e.g. `closure`, `ghi.missing`.
    package var key: String
    /// What was looked for, in words.
    package var name: String
    /// Unit of the values: `W/m2`, `h`, `steps`.
    package var unit: String
    /// Value as recorded, and after repairs; nil where it cannot be told.
    package var recorded: Double?, repaired: Double?
  }

  /// Id of the resource.
  package var resource: String
  /// File.
  package var source: String
  /// Whether repairs were made.
  package var isRepaired: Bool
  /// Steps of the record.
  package var steps: Int
  /// What was looked for.
  package var rows: [Row]

  init(_ resource: ProjectResource, _ recorded: Weather, _ before: WeatherQuality) throws(ProjectFault) {
    self.resource = resource.id
    source = recorded.source
    steps = recorded.horizon.steps
    var after: WeatherQuality?
    if let weather = resource.weather, weather != recorded { after = try WeatherQuality(weather) }
    isRepaired = after != nil
    rows = [
      Row(
        key: "closure", name: "Closure of global, beam and diffuse", unit: "W/m2", recorded: before.closureWatts,
        repaired: after?.closureWatts),
      Row(
        key: "stamp_offset", name: "Offset of the sun, best correlation", unit: "h", recorded: before.stampOffsetHours,
        repaired: after?.stampOffsetHours),
      Row(
        key: "closure_offset", name: "Offset of the sun, best closure", unit: "h", recorded: before.closureOffsetHours,
        repaired: after?.closureOffsetHours),
    ]
    for finding in before.findings + (after?.findings ?? []) {
      let key = finding.quantity.rawValue + "." + finding.kind.rawValue
      guard !rows.contains(where: { $0.key == key }) else { continue }
      func count(_ quality: WeatherQuality) -> Double {
        Double(quality.findings.first { $0.kind == finding.kind && $0.quantity == finding.quantity }?.count ?? 0)
      }
      rows.append(
        Row(
          key: key, name: "\(finding.quantity.rawValue): \(finding.kind.rawValue)", unit: "steps",
          recorded: count(before), repaired: after.map(count)))
    }
  }
}
