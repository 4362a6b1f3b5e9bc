import Foundation
import TestSupport
import Testing
import TulouQuantities
import TulouResources

/// The difference to SAM PVWatts 8 (PySAM 7.1.1), taken apart link by link of the chain.
@Suite("Photovoltaics beside SAM, link by link", .enabled(if: SharedFolder.isPresent)) struct SystemAdvisorTests {
  /// One mounting of one station as SAM gives it, by month.
  private struct Expected: Decodable {
    var monthly: [Double]
    var poa_monthly_kwh_m2: [Double]
    var dc_monthly: [Double]
  }

  private struct Chain {
    var plane = 0.0, direct = 0.0, alternating = 0.0
  }

  private func chain(_ station: ReferenceStation, _ change: (inout PhotovoltaicSystem) -> Void) throws -> Chain {
    let (light, air, wind) = try station.weather()
    let path = try SunPath(site: station.site, horizon: .year(2021))
    var system = PhotovoltaicSystem(
      mounting: .fixed(tilt: station.tilt, azimuth: 180), transposition: .perez, incidence: .physical())
    change(&system)
    let found = try system.series(light, path: path, airTemperature: air, windSpeed: wind)
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    return Chain(plane: sum(found.planeIrradiance), direct: sum(found.directPower), alternating: sum(found.power))
  }

  @Test("each link within its own bound", arguments: ReferenceStation.all.filter { $0.file.hasSuffix(".epw") })
  func links(station: ReferenceStation) throws {
    let all: [String: [String: Expected]] = try JSONDecoder().decode(
      [String: [String: Expected]].self, from: Data(SharedFolder.text("validation/sam-pvwatts/expected.json").utf8))
    let key = String(station.file.dropLast(4))
    let sam = try #require(all[key]?["fixed_tilt_\(Int(station.tilt))"], "\(key)")
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    let plane = sum(sam.poa_monthly_kwh_m2), direct = sum(sam.dc_monthly), alternating = sum(sam.monthly)
    let ours = try chain(station) { _ in }
    let warm = try chain(station) { $0.module = .linear(temperatureCoefficient: -0.0037) }
    let bare = try chain(station) { $0.incidence = .none }
    let hay = try chain(station) { $0.transposition = .hayDavies }
    let plain = try chain(station) { $0.transposition = .isotropic }
    func percent(_ ratio: Double) -> Double { 100 * (ratio - 1) }
    let links = [
      ("plane", percent(ours.plane / plane)),
      ("plane by Hay-Davies", percent(hay.plane / plane)), ("plane isotropic", percent(plain.plane / plane)),
      ("plane to direct", percent(ours.direct / ours.plane / (direct / plane))),
      ("the same, -0.37 %/K", percent(warm.direct / warm.plane / (direct / plane))),
      ("the same, no reflection", percent(bare.direct / bare.plane / (direct / plane))),
      ("direct to alternating", percent(ours.alternating / ours.direct / (alternating / direct))),
      ("all", percent(ours.alternating / alternating)),
    ]
    print("SAM", station.name, links.map { "\($0.0) \(($0.1 * 100).rounded() / 100) %" }.joined(separator: ", "))
    // The sky's model decides the plane; what it gives too much the reflection of the modules takes back.
    for (name, bound) in [
      ("plane", 5.0), ("plane by Hay-Davies", 2.5), ("plane to direct", 3.0), ("direct to alternating", 0.7),
      ("all", 2.5),
    ] {
      let found = try #require(links.first { $0.0 == name }?.1)
      #expect(abs(found) < bound, "\(name): \(found) %")
    }
  }
}
