import Foundation
import Testing
import TulouQuantities
import TulouResources

@Suite("Beam of a clear sky") struct ClearBeamTests {
  private func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }

  @Test("no split claims more beam than a clear sky of very clean air has, and what is too much is diffuse")
  func cap() throws {
    let site = Site(latitudeDegrees: 52, longitudeDegrees: 13, altitudeMetres: 50, utcOffsetHours: 1)
    let path = try SunPath(site: site, horizon: Horizon.year(2027))
    var random = SeededRandom(seed: 7)
    // Anything up to what reaches the air from outside, also where the sun is low.
    let global = path.up.indices.map { t in
      random.uniform() * path.extraterrestrialNormal[t] * max(0.02, path.up[t]) * (path.trueZenith[t] < 92 ? 1 : 0)
    }
    let sky = ClearSky(altitudeMetres: 50, linkeTurbidity: 2)
    for model in Decomposition.allCases {
      let split = try model.split(global: global, path: path).possible(path)
      for t in global.indices {
        let cosZ = cosine(path.trueZenith[t])
        let most = sky.beamNormal(cosZenith: cosZ, extraterrestrialNormal: path.extraterrestrialNormal[t])
        #expect(split.beamNormal[t] <= most + 1e-12)
        let whole = split.diffuseHorizontal[t] + split.beamNormal[t] * max(0, cosZ)
        #expect(abs(whole - global[t]) < 1e-9)
      }
    }
  }

  @Test("a sun in the zenith at the sea has 0.827 of its light without haze, 0.756 in very clean air") func zenith() {
    let haze = ClearSky(altitudeMetres: 0, linkeTurbidity: 1), clean = ClearSky(altitudeMetres: 0, linkeTurbidity: 2)
    #expect(abs(haze.beamNormal(cosZenith: 1, extraterrestrialNormal: 1) - 0.827) < 1e-9)
    #expect(abs(clean.beamNormal(cosZenith: 1, extraterrestrialNormal: 1) - 0.827 * 0.9139311852712282) < 1e-3)
    #expect(clean.beamNormal(cosZenith: -0.1, extraterrestrialNormal: 1) == 0)
  }
}
