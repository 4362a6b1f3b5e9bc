public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Splits global horizontal irradiance into beam and diffuse.
public enum Decomposition: String, Sendable, Equatable, CaseIterable {
  /// Diffuse share as a polynomial of the clearness index.
  /// - Source: D. G. Erbs, S. A. Klein, J. A. Duffie 1982, Solar Energy 28(4), 293-302.
  case erbs
  /// Beam by the clearness index and the air mass.
  /// - Source: E. L. Maxwell 1987, "A quasi-physical model for converting hourly global horizontal to direct normal
  ///   insolation", SERI/TR-215-3087.
  case disc
  /// DISC corrected by clearness, sun, change from hour to hour and humidity.
  /// - Source: R. Perez et al. 1992, ASHRAE Transactions 98(1), 354-369.
  case dirint

  /// Beam normal and diffuse horizontal irradiance [kW/m2], `count == path.up.count` each.
  public struct Split: Sendable, Equatable {
    /// Beam on a plane normal to the sun [kW/m2].
    public var beamNormal: [Double]
    /// Diffuse on the horizontal [kW/m2].
    public var diffuseHorizontal: [Double]

    /// The split without beam above that of a clear sky in very clean air (Linke turbidity 2): where stamps are wrong or
    /// values impossible, a model divides by the low sun; what is too much counts as diffuse, so that
    /// global = diffuse + beam cos z stays.
    public func possible(_ path: SunPath) -> Split {
      var result = self
      let sky = ClearSky(altitudeMetres: path.site.altitudeMetres, linkeTurbidity: 2)
      for t in beamNormal.indices where beamNormal[t] > 0 {
        let cosine = cos(radians(path.trueZenith[t]))
        let most = sky.beamNormal(cosZenith: cosine, extraterrestrialNormal: path.extraterrestrialNormal[t])
        guard beamNormal[t] > most else { continue }
        result.diffuseHorizontal[t] += (beamNormal[t] - most) * max(0, cosine)
        result.beamNormal[t] = most
      }
      return result
    }
  }

  /// Zenith [deg] beyond which no beam is claimed.
  static let lastZenith = 87.0
  /// Least cosine of the zenith in clearness indices.
  static let leastCosine = 0.065

  /// Splits a year or any other run of steps.
  ///
  /// - Parameters:
  ///   - global: Global horizontal irradiance [kW/m2]; negative values count as 0 beam.
  ///   - path: The sun at the same steps.
  ///   - pressurePascal: Pressure for DISC and DIRINT [Pa].
  ///   - dewPointCelsius: Dew point for DIRINT [degC]; nil where unknown.
  public func split(
    global: [Double], path: SunPath, pressurePascal: Double = 101_325, dewPointCelsius: [Double]? = nil
  ) throws(ProjectFault) -> Split {
    guard global.count == path.up.count, dewPointCelsius.map({ $0.count == global.count }) ?? true else {
      throw ProjectFault("Irradiance, dew point and sun must have as many values each as there are steps.")
    }
    if let t = global.firstIndex(where: { !($0 > -0.1 && $0 < 2) }) {
      throw ProjectFault(
        "Global irradiance of step \(t + 1) is \(global[t]) kW/m2, but must lie between 0 and 2 kW/m2.")
    }
    var beam = [Double](repeating: 0, count: global.count)
    var diffuse = beam
    switch self {
    case .erbs:
      for t in global.indices {
        let zenith = path.trueZenith[t]
        if zenith > Decomposition.lastZenith {
          diffuse[t] = global[t]
        } else {
          (beam[t], diffuse[t]) = Decomposition.erbs(
            global: global[t], cosZenith: cos(radians(zenith)), zenith: zenith,
            extraterrestrial: path.extraterrestrialNormal[t])
        }
      }
      return Split(beamNormal: beam, diffuseHorizontal: diffuse)
    case .disc, .dirint:
      var clearness = beam
      for t in global.indices where path.trueZenith[t] < 95 {
        (beam[t], clearness[t]) = Decomposition.disc(
          global: global[t], cosZenith: cos(radians(path.trueZenith[t])), zenith: path.trueZenith[t],
          extraterrestrial: path.extraterrestrialNormal[t], pressurePascal: pressurePascal)
      }
      if self == .dirint {
        Decomposition.correct(&beam, clearness, path, pressurePascal: pressurePascal, dewPoint: dewPointCelsius)
      }
      for t in global.indices { diffuse[t] = max(0, global[t] - beam[t] * max(0, cos(radians(path.trueZenith[t])))) }
      return Split(beamNormal: beam, diffuseHorizontal: diffuse)
    }
  }

  /// Beam and diffuse [kW/m2] of one step by Erbs.
  @inline(__always)
  static func erbs(
    global: Double, cosZenith: Double, zenith: Double, extraterrestrial: Double
  ) -> (Double, Double) {
    let k = min(1, max(0, global / (extraterrestrial * max(cosZenith, leastCosine))))
    let share: Double
    if k <= 0.22 {
      share = 1 - 0.09 * k
    } else if k <= 0.8 {
      share = 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)))
    } else {
      share = 0.165
    }
    let beam = global * (1 - share) / cosZenith
    if zenith > lastZenith || global < 0 || beam < 0 { return (0, global) }
    return (beam, global * share)
  }

  /// Beam [kW/m2] and clearness index [-] of one step by DISC.
  ///
  /// The index is formed with the model's own solar constant, 1.370 kW/m2, and Kasten's air mass of 1965.
  static func disc(
    global: Double, cosZenith: Double, zenith: Double, extraterrestrial: Double, pressurePascal: Double
  ) -> (Double, Double) {
    let normal = extraterrestrial * (1.370 / SunPath.solarConstant)
    let k = min(1, max(0, global / (normal * max(cosZenith, leastCosine))))
    guard zenith <= lastZenith, global >= 0 else { return (0, k) }
    let m = min(12, kastenAirMass(cosZenith, zenith) * pressurePascal / 101_325)
    let a: Double, b: Double, c: Double
    if k <= 0.6 {
      a = 0.512 + k * (-1.56 + k * (2.286 - 2.222 * k))
      b = 0.37 + 0.962 * k
      c = -0.28 + k * (0.932 - 2.048 * k)
    } else {
      a = -5.743 + k * (21.77 + k * (-27.49 + 11.56 * k))
      b = 41.4 + k * (-118.5 + k * (66.05 + 31.9 * k))
      c = -47.01 + k * (184.2 + k * (-222.0 + 73.81 * k))
    }
    let clear = 0.866 + m * (-0.122 + m * (0.0121 + m * (-0.000653 + 1.4e-05 * m)))
    return (max(0, (clear - (a + b * exp(c * m))) * normal), k)
  }

  /// Relative air mass of Kasten 1965, which DISC was fitted with.
  private static func kastenAirMass(_ cosZenith: Double, _ zenith: Double) -> Double {
    1 / (cosZenith + 0.15 * pow(93.885 - zenith, -1.253))
  }

  /// Multiplies DISC's beam by the factors of DIRINT.
  private static func correct(
    _ beam: inout [Double], _ clearness: [Double], _ path: SunPath, pressurePascal: Double, dewPoint: [Double]?
  ) {
    // Clearness index made independent of the sun's height; unknown at night.
    let index: [Double] = clearness.indices.map { t in
      guard path.trueZenith[t] <= 90 else { return .nan }
      let m = min(12, kastenAirMass(cos(radians(path.trueZenith[t])), path.trueZenith[t]) * pressurePascal / 101_325)
      return min(1, max(0, clearness[t] / (1.031 * exp(-1.4 / (0.9 + 9.4 / m)) + 0.1)))
    }
    for t in beam.indices where beam[t] > 0 && !index[t].isNaN {
      var change = 0.0, neighbours = 0.0
      for n in [t - 1, t + 1] where index.indices.contains(n) && !index[n].isNaN {
        change += abs(index[t] - index[n])
        neighbours += 1
      }
      let k = bin(index[t], [0.24, 0.4, 0.56, 0.7, 0.8])
      let z = bin(path.trueZenith[t], [25, 40, 55, 70, 80])
      let d = neighbours == 0 ? 6 : bin(change / neighbours, [0.015, 0.035, 0.07, 0.15, 0.3])
      let w = dewPoint.map { bin(exp(0.07 * $0[t] - 0.075), [1, 2, 3]) } ?? 4
      beam[t] *= DirintTable.factors[((k * 6 + z) * 7 + d) * 5 + w]
    }
  }

  private static func bin(_ value: Double, _ edges: [Double]) -> Int {
    edges.firstIndex { value < $0 } ?? edges.count
  }
}
