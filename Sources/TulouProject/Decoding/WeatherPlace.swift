package import TulouDocument
import TulouQuantities
package import TulouResources

extension ProjectDecoder {
  /// Compares the place of a weather file with the site, and its clock with its longitude: a file of another town, a sign
  /// that was lost, or a clock of another country give plausible numbers that are wrong.
  func comparePlace(_ weather: Weather, _ file: String, _ mark: Mark, _ decoding: inout Decoding) {
    let place = weather.site
    func degrees(_ value: Double) -> String { "\(((value * 100).rounded() / 100).plain) deg" }
    let words = "\(degrees(place.latitudeDegrees)) north, \(degrees(place.longitudeDegrees)) east"
    if let finding = weather.clockFinding(file) { decoding.warning(finding.message, advice: finding.advice, at: mark) }
    guard let site = site?.site else {
      decoding.assume(
        words, source: "place of '\(file)' (\(weather.source)); the project has no site to compare it with",
        kind: .default)
      return
    }
    let distance = site.kilometres(to: place)
    let far = distance < 10 ? ((distance * 10).rounded() / 10).plain : distance.rounded().plain
    decoding.assume(
      "\(far) km from the site",
      source:
        "place of '\(file)' (\(weather.source)): \(words), \(place.altitudeMetres.rounded().plain) m high, the site \(site.altitudeMetres.rounded().plain) m",
      kind: .default)
    if site.latitudeDegrees * place.latitudeDegrees < 0 {
      decoding.warning(
        "'\(file)' is of another hemisphere: \(words), but the site is at \(degrees(site.latitudeDegrees)).",
        advice: "Check the signs of the latitudes; south is negative.", at: mark)
    } else if distance > 100 {
      decoding.warning(
        "'\(file)' is of a place \(far) km from the site: \(words).",
        advice: "Check 'site', or take a file of a nearer place.", at: mark)
    }
  }
}

extension Weather {
  /// Whether the clock of a file is not that of its longitude; nil: it is.
  ///
  /// - Parameter file: What the file is called.
  package func clockFinding(_ file: String) -> Diagnostic? {
    guard !keepsUniversalTime, let apart = hoursApart(site.utcOffsetHours, longitude: site.longitudeDegrees) else {
      return nil
    }
    let clock = ZoneRules.name(ofSeconds: Int(saturating: (site.utcOffsetHours * 3600).rounded()))
    let longitude = ((site.longitudeDegrees * 100).rounded() / 100).plain
    return Diagnostic(
      .warning,
      "'\(file)' says that its clock is \(clock), but at its \(longitude) deg the sun is \(apart.plain) h away from it.",
      advice: "Check zone and longitude in the head of the file; west is negative.")
  }
}
