import Foundation
import TulouQuantities
import TulouResources

// Times the chains of sun and wind on a year of hours: ResourceBench weather.csv [repeats]; prints JSON, milliseconds a site-year.

let arguments = CommandLine.arguments
guard arguments.count > 1, let text = try? String(contentsOfFile: arguments[1], encoding: .utf8) else {
  FileHandle.standardError.write(Data("usage: ResourceBench weather.csv [repeats]\n".utf8))
  exit(2)
}
let repeats = arguments.count > 2 ? max(1, Int(arguments[2]) ?? 20) : 20
var columns = [[Double]](repeating: [], count: 5)
for line in text.split(separator: "\n").dropFirst() {
  let cells = line.split(separator: ",").compactMap { Double($0) }
  guard cells.count == 5 else { continue }
  for i in 0..<5 { columns[i].append(cells[i]) }
}
let site = Site(latitudeDegrees: 30.03, longitudeDegrees: 122.1, altitudeMetres: 35.7, utcOffsetHours: 8)
let horizon = Horizon.year(2021)

func time(_ work: () throws -> Double) throws -> (milliseconds: Double, result: Double) {
  var best = Double.infinity, result = 0.0
  for _ in 0..<repeats {
    let begin = ContinuousClock.now
    result = try work()
    best = min(best, (ContinuousClock.now - begin) / .milliseconds(1))
  }
  return (best, result)
}

let global = columns[0].map { $0 / 1000 }, beam = columns[1].map { $0 / 1000 }, diffuse = columns[2].map { $0 / 1000 }
let air = columns[3], wind = columns[4]
let system = PhotovoltaicSystem(mounting: .fixed(tilt: 30, azimuth: 180))
let sun = try time {
  // Position, plane by Hay and Davies, cell temperature, modules, inverter: everything anew for each site-year.
  let path = try SunPath(site: site, horizon: horizon)
  let series = try system.series(
    .init(global: global, beam: beam, diffuse: diffuse), path: path, airTemperature: air, windSpeed: wind)
  return series.power.reduce(0, +)
}
let split = try time {
  let path = try SunPath(site: site, horizon: horizon)
  return try Decomposition.erbs.split(global: global, path: path).beamNormal.reduce(0, +)
}
let curve = try PowerCurve(
  speeds: [0, 3, 5, 10, 15, 25], outputs: [0, 26, 180, 1500, 3000, 3000].map { $0 / 3000 }, source: "made up")
let turbine = WindTurbine(curve: .power(curve))
let blow = try time {
  let factor = try WindShear.logarithmic(roughnessMetres: 0.1).factor(from: 10, to: 105)
  return try turbine.series(hubSpeeds: wind.map { $0 * factor }).reduce(0, +)
}
print(
  "{\"sun_ms\": \(sun.milliseconds), \"sun_kwh\": \(sun.result), \"split_ms\": \(split.milliseconds), \"wind_ms\": \(blow.milliseconds), \"wind_h\": \(blow.result)}"
)
