/// A place whose monthly facts are at hand, each with its source.
package struct KnownPlace: Sendable {
  /// Name as it is asked for.
  package var name: String
  /// Latitude and longitude [deg], altitude [m].
  package var latitude: Double, longitude: Double, altitude: Double
  /// Name of the zone.
  package var zone: String
  /// Mean global horizontal irradiation of each month [kWh/m2/d], and its source.
  package var sun: [Double], sunSource: String
  /// Mean air temperature of each month [degC], and its source.
  package var temperature: [Double], temperatureSource: String
  /// Mean wind speed of each month at 10 m [m/s], and its source; empty: none at hand.
  package var wind: [Double], windSource: String

  /// The six places of the published studies; sources as `Documentation/methods/sun.md` lists them.
  package static let all: [KnownPlace] = [
    KnownPlace(
      name: "Shenzhen", latitude: 22.55, longitude: 114.10, altitude: 18, zone: "Asia/Shanghai",
      sun: [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29],
      sunSource: "SWERA typical year, own station",
      temperature: [15.3, 15.1, 19.8, 21.9, 26.7, 27.9, 28.4, 27.9, 27.7, 24.1, 21.6, 18.0],
      temperatureSource: "SWERA typical year, own station",
      wind: [2.65, 3.17, 3.20, 2.57, 3.13, 1.59, 2.28, 1.84, 2.83, 2.54, 2.34, 3.25],
      windSource: "SWERA typical year, city station at 10 m"),
    KnownPlace(
      name: "Xizhou", latitude: 25.85, longitude: 100.13, altitude: 1980, zone: "Asia/Shanghai",
      sun: [3.97, 4.82, 4.9, 5.37, 5.06, 4.54, 4.05, 4.35, 3.66, 3.9, 3.92, 3.63],
      sunSource: "mean of CSWD Lijiang (115 km north) and Chuxiong (165 km east); own station not found, approximate",
      temperature: [8.2, 10.2, 13.1, 15.8, 18.7, 20.2, 19.9, 19.2, 17.8, 15.4, 11.4, 8.1],
      temperatureSource: "normals of Dali city, table of Yunnan stations",
      wind: [4.19, 4.40, 4.21, 4.13, 3.11, 2.39, 2.11, 1.64, 1.80, 2.37, 2.53, 2.85],
      windSource: "CSWD Lijiang, 115 km north, approximate here"),
    KnownPlace(
      name: "Yanqing", latitude: 40.45, longitude: 115.97, altitude: 500, zone: "Asia/Shanghai",
      sun: [2.41, 3.23, 4.32, 5.04, 6.19, 6.01, 5.59, 5.01, 4.42, 3.52, 2.43, 2.11],
      sunSource: "CSWD Huailai, same basin, 40 km",
      temperature: [-7.2, -2.5, 2.4, 12.0, 18.7, 22.9, 24.8, 23.4, 18.2, 10.5, 0.5, -4.8],
      temperatureSource: "CSWD Huailai, same basin, 40 km",
      wind: [2.56, 2.45, 3.16, 3.40, 2.50, 2.23, 2.12, 1.83, 1.62, 2.20, 3.22, 3.22],
      windSource: "CSWD Huailai, Guanting corridor"),
    KnownPlace(
      name: "Yongding", latitude: 24.72, longitude: 116.73, altitude: 230, zone: "Asia/Shanghai",
      sun: [2.27, 2.26, 2.08, 2.64, 3.41, 4.29, 4.80, 4.28, 4.12, 3.81, 3.01, 2.45], sunSource: "CSWD Shanghang, 50 km",
      temperature: [11.3, 12.3, 15.5, 20.9, 24.6, 26.4, 27.7, 27.5, 26.1, 23.3, 17.3, 12.0],
      temperatureSource: "CSWD Shanghang, 50 km",
      wind: [2.45, 2.22, 2.31, 1.89, 2.08, 1.93, 2.04, 1.61, 1.73, 2.15, 2.16, 2.45],
      windSource: "CSWD Shanghang, in the valley"),
    KnownPlace(
      name: "Biancheng", latitude: 28.44, longitude: 109.27, altitude: 290, zone: "Asia/Shanghai",
      sun: [1.26, 1.50, 1.61, 2.71, 3.57, 3.24, 4.11, 4.15, 3.61, 2.56, 1.79, 1.37], sunSource: "CSWD Jishou, 50 km",
      temperature: [6.0, 7.9, 11.0, 16.8, 21.5, 24.8, 28.1, 27.1, 24.0, 18.3, 12.5, 7.6],
      temperatureSource: "CSWD Jishou, 50 km",
      wind: [0.82, 1.24, 0.96, 1.41, 1.18, 1.36, 1.20, 1.24, 1.36, 1.31, 1.18, 0.76],
      windSource: "CSWD Jishou, in the valley"),
    KnownPlace(
      name: "Zhoushan", latitude: 30.03, longitude: 122.11, altitude: 36, zone: "Asia/Shanghai",
      sun: [1.89, 2.95, 3.80, 4.47, 4.78, 4.49, 4.94, 4.48, 4.26, 3.33, 2.46, 2.25],
      sunSource: "CSWD Dinghai, on the island",
      temperature: [5.9, 7.0, 10.0, 14.8, 19.7, 23.1, 27.5, 26.9, 24.0, 19.3, 14.7, 8.3],
      temperatureSource: "CSWD Dinghai, on the island",
      wind: [2.99, 3.17, 3.36, 2.84, 2.52, 2.33, 3.43, 2.83, 3.49, 2.71, 2.92, 2.97],
      windSource: "CSWD Dinghai, a sheltered town"),
  ]

  /// The place of a name, whatever its case.
  package static func named(_ name: String) -> KnownPlace? { all.first { $0.name.lowercased() == name.lowercased() } }
}
