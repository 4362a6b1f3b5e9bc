import Foundation
import TulouDocument
import TulouQuantities
import TulouResources

extension Questionnaire {
  /// Facts of another place are proposed up to here [km].
  static let nearKilometres = 150.0
  /// Beyond here no town's clock is proposed [km].
  static let loneKilometres = 500.0

  /// Asks where it is: a place with its months at hand, a town of the world, or coordinates.
  mutating func place() {
    say("")
    say("Place: a town (Nairobi; Cordoba, AR), or latitude,longitude,altitude such as -1.29,36.82,1795.")
    say("Months of sun are at hand for \(KnownPlace.all.map(\.name).joined(separator: ", ")).")
    while true {
      let answer = text("Place", "Yongding")
      if let known = KnownPlace.named(answer) {
        answers.place = known
        answers.country = "CN"
        return
      }
      let words = answer.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      let numbers = words.compactMap { Double($0) }
      if numbers.count == words.count, (2...3).contains(numbers.count) {
        let site = Site(
          latitudeDegrees: numbers[0], longitudeDegrees: numbers[1], altitudeMetres: numbers.count > 2 ? numbers[2] : 0,
          utcOffsetHours: 0)
        do throws(ProjectFault) { try site.validate() } catch {
          refuse("Latitude is -90 to 90 deg, longitude -180 to 180 deg, altitude -500 to 9000 m.")
          continue
        }
        return own(site, name: nil)
      }
      if let town = Town.named(answer) { return own(town.site, name: town.name) }
      refuse("'\(answer)' is neither a known place nor a town of the list nor latitude,longitude,altitude.")
    }
  }

  /// Clock and months of a place that is not one of the six.
  private mutating func own(_ site: Site, name: String?) {
    let nearest = Town.nearest(latitude: site.latitudeDegrees, longitude: site.longitudeDegrees)
    answers.country = ""
    if let nearest {
      let isNear = nearest.kilometres <= Self.nearKilometres
      let country = Currency.country(nearest.town.country)?.name ?? nearest.town.country
      let distance = "\(Int(saturating: nearest.kilometres.rounded())) km away"
      say(
        isNear
          ? "Nearest town of the list: \(nearest.town.name), \(country), \(distance); the clock is proposed by it."
          : "No town of the list within 150 km: the clock is a guess. The nearest is \(nearest.town.name), \(country), \(distance)."
      )
      if isNear { answers.country = nearest.town.country }
    }
    let known = KnownPlace.all.map { place in
      let there = Site(latitudeDegrees: place.latitude, longitudeDegrees: place.longitude, utcOffsetHours: 0)
      return (place: place, kilometres: site.kilometres(to: there))
    }.filter { $0.kilometres <= Self.nearKilometres }.min { $0.kilometres < $1.kilometres }
    // At sea and on the ice no country keeps the clock: the longitude does.
    let solar = Int(saturating: (site.longitudeDegrees / 15).rounded())
    let lone = solar == 0 ? "UTC" : "UTC\(solar > 0 ? "+" : "-")\(abs(solar))"
    let isLone = (nearest?.kilometres ?? .infinity) > Self.loneKilometres
    let zone = zone(isLone ? lone : nearest?.town.zone ?? lone)
    if known == nil { for line in DataSources.long { say(line) } }
    let source = known.map {
      "\($0.place.name)'s, \(Int(saturating: $0.kilometres.rounded())) km away, approximate until replaced"
    }
    let sun = months(
      "Mean sun of each month, 12 numbers in kWh/m2/d", known?.place.sun ?? [], within: 0...14
    ) { Self.aboveClearSky($0, at: site) }
    let air = months(
      "Mean temperature of each month, 12 numbers in degC", known?.place.temperature ?? [], within: -70...50
    ) { _ in nil }
    func origin(_ values: [Double], _ proposed: [Double]?) -> String {
      values == proposed ? source ?? "answered" : "answered"
    }
    answers.place = KnownPlace(
      name: name ?? "own place", latitude: site.latitudeDegrees, longitude: site.longitudeDegrees,
      altitude: site.altitudeMetres, zone: zone, sun: sun, sunSource: origin(sun, known?.place.sun), temperature: air,
      temperatureSource: origin(air, known?.place.temperature), wind: [], windSource: "")
  }

  private func zone(_ proposed: String) -> String {
    while true {
      let answer = text("Time zone", proposed)
      if TimeZones.rules(answer) != nil { return answer }
      // The list may know a zone that this machine does not: then the end of the answers would be no end.
      if answer == proposed { return "UTC" }
      refuse("'\(answer)' is no zone such as Asia/Shanghai or Europe/Berlin.")
    }
  }

  /// What a plan would refuse in months of sun: more than a clear sky gives, which a wrong hemisphere or unit does.
  private static func aboveClearSky(_ months: [Double], at site: Site) -> String? {
    guard months.contains(where: { $0 > 0 }) else { return "Twelve months without sun are no source; answer none." }
    let year = Horizon(
      periods: [Horizon.Period(start: CivilDate(year: 2027, month: 1, day: 1), steps: 8760)], stepHours: 1)
    do throws(ProjectFault) {
      _ = try IrradianceSynthesis(site: site, monthlyMeans: months).series(over: year)
      return nil
    } catch {
      return error.diagnostics.map { $0.message + " " + $0.advice }.joined(separator: " ")
    }
  }

  /// Twelve numbers, or none.
  ///
  /// - Parameter fault: Why twelve numbers in the range are impossible; nil where they are not.
  private func months(
    _ question: String, _ proposed: [Double], within range: ClosedRange<Double>, fault: ([Double]) -> String?
  ) -> [Double] {
    let shown = proposed.isEmpty ? "none" : proposed.map { "\($0)" }.joined(separator: " ")
    while true {
      let answer = text(question, shown)
      if answer.lowercased() == "none" { return [] }
      let words = answer.split { $0 == " " || $0 == "," || $0 == ";" || $0 == "\t" }
      let numbers = words.compactMap { Double($0) }
      if words.count == 12, numbers.count == 12, numbers.allSatisfy(range.contains) {
        guard let words = fault(numbers) else { return numbers }
        refuse(words)
        continue
      }
      refuse("Twelve numbers between \(range.lowerBound) and \(range.upperBound), January first; or none.")
    }
  }

  /// Asks for the currency; the country's is proposed where its rate is at hand, and for others the rates are asked.
  mutating func currency() -> Currency {
    let own = Currency.country(answers.country)
    let proposed = own.flatMap { Currency.named($0.currency) } ?? Currency.named("USD") ?? .dollar
    if let own, proposed.code != own.currency {
      say(
        "Money of \(own.name) is \(own.currency), of which no rate is at hand: answer \(own.currency) and be asked for it."
      )
    }
    while true {
      let code = text("Currency (three letters)", proposed.code).uppercased()
      if let known = Currency.named(code) { return known }
      if code == proposed.code { return proposed }
      guard code.count == 3, code.utf8.allSatisfy({ $0 >= 65 && $0 <= 90 }) else {
        refuse("A code of three letters such as \(Currency.bundled.map(\.code).joined(separator: ", ")).")
        continue
      }
      if let euro = rate("\(code) for one EUR"), let dollar = rate("\(code) for one USD") {
        return Currency(code: code, perEuro: euro, perDollar: dollar)
      }
      refuse("Without a rate of \(code) the catalogue's costs in EUR and USD cannot be converted.")
    }
  }

  private func rate(_ question: String) -> Double? {
    guard let value = Double(text(question, "none")), value > 0, value < 1e9 else { return nil }
    return value
  }
}

extension Answers {
  /// A renewable share [%] that sun and stream as answered surely reach: half of what they may bring, at most 50 %.
  ///
  /// A guess by which a first plan is not asked for what cannot be: panels give three quarters of their rated output in
  /// the sun of the months, a stream runs half of the year; wind and manure are not counted.
  var likelyShare: Double {
    let sun = place.sun.isEmpty ? 0 : place.sun.reduce(0, +) / 12 * 365
    let supply = (roofs + field) * sun * 0.75 + 9.81 * head * flow * 0.8 * 4380
    let people = communities.reduce(0) { $0 + $1.people }
    let demand = people * (hotWater ? 1500 : 1000) + enterprises.reduce(0) { $0 + $1.energy } + 1
    return min(50, (supply / demand * 100 / 2 / 5).rounded(.down) * 5)
  }
}
