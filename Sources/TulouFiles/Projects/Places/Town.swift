import Foundation
import Synchronization
import TulouResources

/// A town of the bundled list: what a clock, a country and a name are proposed by.
struct Town: Sendable, Equatable {
  /// Its name.
  var name: String
  /// Latitude and longitude [deg].
  var site: Site
  /// Code of the country, ISO 3166.
  var country: String
  /// Name of the time zone.
  var zone: String
}

extension Town {
  /// The towns, the most populous first; empty where the shelf was moved away.
  ///
  /// - Source: GeoNames (www.geonames.org), CC BY 4.0, as the head of `Shelf/places/towns.csv` says.
  static var all: [Town] {
    cache.withLock { cached in
      if let cached { return cached }
      let towns = PlaceTable.rows("towns.csv").compactMap { cells -> Town? in
        guard cells.count == 5, let latitude = Double(cells[0]), let longitude = Double(cells[1]) else { return nil }
        return Town(
          name: cells[4], site: Site(latitudeDegrees: latitude, longitudeDegrees: longitude, utcOffsetHours: 0),
          country: cells[2],
          zone: cells[3])
      }
      cached = towns
      return towns
    }
  }

  /// The town nearest to coordinates [deg] and its distance [km].
  static func nearest(latitude: Double, longitude: Double) -> (town: Town, kilometres: Double)? {
    let here = Site(latitudeDegrees: latitude, longitudeDegrees: longitude, utcOffsetHours: 0)
    return all.map { (town: $0, kilometres: here.kilometres(to: $0.site)) }.min { $0.kilometres < $1.kilometres }
  }

  /// The most populous town of a name, written `Nairobi` or with its country's code `Cordoba, AR`; letters' marks and cases do not count.
  static func named(_ text: String) -> Town? {
    let parts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard let name = parts.first, parts.count <= 2 else { return nil }
    let wanted = plain(name), country = parts.count == 2 ? parts[1].uppercased() : nil
    return all.first { plain($0.name) == wanted && (country == nil || $0.country == country) }
  }

  private static func plain(_ text: String) -> String {
    text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }

  private static let cache = Mutex<[Town]?>(nil)
}
