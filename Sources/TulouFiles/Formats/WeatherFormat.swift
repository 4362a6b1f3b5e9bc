package import TulouDocument
package import TulouResources

/// The weather file formats that carry their own description; found by what a file begins with, not by its name.
package enum WeatherFormat: String, Sendable, CaseIterable {
  /// EnergyPlus weather.
  case epw
  /// Typical meteorological year, third edition.
  case tmy3
  /// PVGIS, CSV or JSON.
  case pvgis
  /// National Solar Radiation Database.
  case nsrdb

  /// The format of a file, or nil where it is none of these (a plain CSV needs its columns named).
  package static func recognise(_ bytes: [UInt8]) -> WeatherFormat? {
    let start = String(decoding: bytes.prefix(2000), as: UTF8.self)
    let trimmed = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if trimmed.hasPrefix("LOCATION,") { return .epw }
    if trimmed.hasPrefix("{") { return trimmed.contains("\"inputs\"") ? .pvgis : nil }
    if trimmed.hasPrefix("Latitude (decimal degrees)") { return .pvgis }
    if trimmed.hasPrefix("Source,") || trimmed.hasPrefix("SiteID,") { return .nsrdb }
    let lines = trimmed.split(whereSeparator: \.isNewline)
    if lines.count > 1, lines[1].contains("GHI (W/m^2)") { return .tmy3 }
    return nil
  }

  /// Reads a file's bytes.
  package func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    switch self {
    case .epw: try EnergyPlusWeather.read(bytes, name: name)
    case .tmy3: try TypicalMeteorologicalYear.read(bytes, name: name)
    case .pvgis: try PhotovoltaicGeographicalSystem.read(bytes, name: name)
    case .nsrdb: try SolarRadiationDataBase.read(bytes, name: name)
    }
  }
}
