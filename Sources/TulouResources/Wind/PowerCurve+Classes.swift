#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension PowerCurve {
  /// A synthetic class of turbines.
  public struct Class: Sendable, Equatable {
    /// Name for files, e.g. `small-10kw`.
    public var name: String
    /// Rated power [kW].
    public var ratedKilowatts: Double
    /// Rotor diameter [m].
    public var rotorMetres: Double
    /// Usual hub height [m].
    public var hubMetres: Double
    /// Largest share of the wind's power that reaches the grid connection [-].
    public var peakCoefficient: Double
    /// Speed at which the rotor starts [m/s].
    public var cutIn: Double
    /// Speed above which it stops [m/s].
    public var cutOut: Double
    /// Where rating and diameter come from.
    public var source: String

    /// Rated power over swept area [W/m2].
    public var specificPower: Double { ratedKilowatts * 1000 / (.pi / 4 * rotorMetres * rotorMetres) }
    /// The class's curve.
    public var curve: PowerCurve { PowerCurve.synthetic(self) }
  }

  /// Classes from a farm's small turbine to offshore; ratings and diameters of public reference turbines or typical of
  /// their class, curves by `synthetic`.
  public static let classes: [Class] = [
    Class(
      name: "small-10kw", ratedKilowatts: 10, rotorMetres: 7.5, hubMetres: 18, peakCoefficient: 0.30, cutIn: 3,
      cutOut: 25, source: "typical of small turbines of 10 kW; approximate"),
    Class(
      name: "small-50kw", ratedKilowatts: 50, rotorMetres: 17, hubMetres: 25, peakCoefficient: 0.34, cutIn: 3,
      cutOut: 25, source: "typical of its class; approximate"),
    Class(
      name: "village-100kw", ratedKilowatts: 100, rotorMetres: 24, hubMetres: 37, peakCoefficient: 0.36, cutIn: 3,
      cutOut: 25, source: "NREL ATB distributed wind, commercial class 100 kW; diameter approximate"),
    Class(
      name: "onshore-1500kw", ratedKilowatts: 1500, rotorMetres: 77, hubMetres: 70, peakCoefficient: 0.43, cutIn: 3,
      cutOut: 25,
      source: "WindPACT 1.5 MW class (Malcolm and Hansen 2006, NREL/SR-500-32495), rotor 77 m as built widely"),
    Class(
      name: "onshore-2000kw-low", ratedKilowatts: 2000, rotorMetres: 121, hubMetres: 90, peakCoefficient: 0.44,
      cutIn: 2.5, cutOut: 20, source: "typical of Chinese low-wind turbines of 2 MW and 121 m; approximate"),
    Class(
      name: "onshore-3400kw", ratedKilowatts: 3370, rotorMetres: 130, hubMetres: 110, peakCoefficient: 0.45, cutIn: 4,
      cutOut: 25,
      source: "IEA Wind Task 37 land-based reference turbine 3.4 MW (Bortolotti et al. 2019, NREL/TP-5000-73492)"),
    Class(
      name: "onshore-5500kw", ratedKilowatts: 5500, rotorMetres: 175, hubMetres: 120, peakCoefficient: 0.45, cutIn: 3,
      cutOut: 22, source: "NREL ATB 2022 land-based class 5.5 MW, 175 m"),
    Class(
      name: "offshore-5000kw", ratedKilowatts: 5000, rotorMetres: 126, hubMetres: 90, peakCoefficient: 0.45, cutIn: 3,
      cutOut: 25, source: "NREL offshore 5 MW baseline turbine (Jonkman et al. 2009, NREL/TP-500-38060)"),
    Class(
      name: "offshore-10mw", ratedKilowatts: 10_000, rotorMetres: 178.3, hubMetres: 119, peakCoefficient: 0.45,
      cutIn: 4, cutOut: 25, source: "DTU 10 MW reference turbine (Bak et al. 2013)"),
    Class(
      name: "offshore-15mw", ratedKilowatts: 15_000, rotorMetres: 240, hubMetres: 150, peakCoefficient: 0.46, cutIn: 3,
      cutOut: 25, source: "IEA Wind 15 MW offshore reference turbine (Gaertner et al. 2020, NREL/TP-5000-75698)"),
  ]

  /// The class of that name, or nil.
  public static func named(_ name: String) -> Class? { classes.first { $0.name == name } }

  /// Power of the rotor below rating, averaged over a normal distribution of speeds within the hour.
  ///
  /// `p(v) = min(1, 0.5 rho0 Cp A v^3 / P)`, zero below cut-in and above cut-out; smoothed with turbulence intensity 0.10
  /// within the step, so that the corner at rated speed is round as in measured curves.
  /// - Source: form of Y.-M. Saint-Drenan et al. 2020, "A parametric model for wind turbine power curves incorporating
  ///   environmental conditions", Renewable Energy 157, 754-768, doi 10.1016/j.renene.2020.04.123, reduced to a constant
  ///   power coefficient.
  static func synthetic(_ kind: Class) -> PowerCurve {
    let area = Double.pi / 4 * kind.rotorMetres * kind.rotorMetres
    func sharp(_ v: Double) -> Double {
      guard v >= kind.cutIn else { return 0 }
      return min(1, 0.5 * AirDensity.standard * kind.peakCoefficient * area * v * v * v / 1000 / kind.ratedKilowatts)
    }
    var speeds: [Double] = []
    var outputs: [Double] = []
    var v = 0.0
    while v <= kind.cutOut + 1e-9 {
      // Eighty-one points over +-4 standard deviations; the weights add to one.
      var sum = 0.0, weight = 0.0
      for i in -40...40 {
        let x = Double(i) / 10
        let w = exp(-x * x / 2)
        sum += w * sharp(v * (1 + 0.10 * x))
        weight += w
      }
      speeds.append(v)
      outputs.append(sum / weight < 1e-6 ? 0 : min(1, sum / weight))
      v += 0.5
    }
    return PowerCurve(trusted: speeds, outputs, source: kind.source + "; synthetic curve")
  }
}
