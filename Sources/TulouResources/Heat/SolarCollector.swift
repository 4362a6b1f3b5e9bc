package import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A solar thermal collector by its efficiency curve.
///
/// `q = max(0, eta0 K G - a1 (Tm - Ta) - a2 (Tm - Ta)^2)` [W/m2 of aperture].
/// - Source: form of EN ISO 9806:2013, quasi-steady curve; typical coefficients of the Solar Keymark data base, approximate.
package struct SolarCollector: Sendable, Equatable {
  /// Zero-loss efficiency eta0 [-].
  package var zeroLossEfficiency: Double
  /// Linear loss a1 [W/(m2 K)].
  package var linearLoss: Double
  /// Quadratic loss a2 [W/(m2 K2)].
  package var quadraticLoss: Double
  /// Share of module power that cells on the absorber take, at 25 degC [-]; 0 without cells.
  package var cellEfficiency: Double
  /// Temperature coefficient of the cells [1/K].
  package var cellCoefficient: Double

  /// A collector.
  package init(
    zeroLossEfficiency: Double, linearLoss: Double, quadraticLoss: Double, cellEfficiency: Double = 0,
    cellCoefficient: Double = -0.0035
  ) {
    self.zeroLossEfficiency = zeroLossEfficiency
    self.linearLoss = linearLoss
    self.quadraticLoss = quadraticLoss
    self.cellEfficiency = cellEfficiency
    self.cellCoefficient = cellCoefficient
  }

  /// Flat plate with selective absorber.
  package static let flatPlate = SolarCollector(zeroLossEfficiency: 0.79, linearLoss: 3.6, quadraticLoss: 0.014)
  /// Evacuated tubes.
  package static let evacuatedTube = SolarCollector(zeroLossEfficiency: 0.73, linearLoss: 1.2, quadraticLoss: 0.007)
  /// Covered photovoltaic-thermal collector.
  package static let photovoltaicThermal = SolarCollector(
    zeroLossEfficiency: 0.68, linearLoss: 5.0, quadraticLoss: 0.02, cellEfficiency: 0.16)

  /// Heat and power per square metre of aperture.
  package struct Series: Sendable, Equatable {
    /// Heat [kW/m2].
    package var heat: [Double]
    /// Electric power of the cells [kW/m2].
    package var power: [Double]
  }

  /// Output at a mean fluid temperature [degC]; irradiance on the plane [kW/m2] and air temperature [degC] per step.
  ///
  /// Cells take their power out of the absorbed light, so heat and power together never exceed it.
  package func series(
    irradiance: [Double], airTemperature: [Double], fluidCelsius: Double
  ) throws(ProjectFault) -> Series {
    var found: [Diagnostic] = []
    check(zeroLossEfficiency, in: 0.1...0.95, "zero-loss efficiency", "", &found)
    check(linearLoss, in: 0...30, "linear loss of the collector", "W/(m2 K)", &found)
    check(quadraticLoss, in: 0...1, "quadratic loss of the collector", "W/(m2 K2)", &found)
    check(cellEfficiency, in: 0...0.4, "efficiency of the cells", "", &found)
    check(fluidCelsius, in: -20...250, "fluid temperature", "degC", &found)
    if irradiance.count != airTemperature.count {
      found.append(
        Diagnostic(.error, "There are \(irradiance.count) irradiances and \(airTemperature.count) air temperatures."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    var result = Series(heat: [], power: [])
    for t in irradiance.indices {
      let light = irradiance[t] * 1000
      let cell = cellEfficiency * max(0, 1 + cellCoefficient * (fluidCelsius - 25))
      let power = light * cell
      let difference = fluidCelsius - airTemperature[t]
      let loss = linearLoss * difference + quadraticLoss * difference * abs(difference)
      let heat = max(0, light * zeroLossEfficiency - power - max(0, loss))
      result.heat.append(min(heat, light) / 1000)
      result.power.append(power / 1000)
    }
    return result
  }
}

/// A field of parabolic troughs on north-south axes with a simple power block.
///
/// Heat per aperture: `DNI cos(a) K(a) eta0 - loss`, `K cos(a) = cos a + 0.000884 a - 0.00005369 a^2` (a in degrees).
/// - Source: V. Dudley et al. 1994, "SEGS LS-2 Solar Collector", SAND94-1884 (incidence modifier); optical efficiency and loss
///   of the same report, rounded.
package struct ParabolicTrough: Sendable, Equatable {
  /// Optical efficiency with mirror dirt eta0 [-].
  package var opticalEfficiency: Double
  /// Heat loss of the receiver at operating temperature [W per m2 of aperture].
  package var receiverLoss: Double
  /// Efficiency of the power block at full load [-].
  package var blockEfficiency: Double
  /// Least share of the block's load [-].
  package var leastLoad: Double
  /// Irradiance at which the block is full [kW/m2].
  package var designIrradiance: Double

  /// A field.
  package init(
    opticalEfficiency: Double = 0.69, receiverLoss: Double = 25, blockEfficiency: Double = 0.25,
    leastLoad: Double = 0.15, designIrradiance: Double = 0.8
  ) {
    self.opticalEfficiency = opticalEfficiency
    self.receiverLoss = receiverLoss
    self.blockEfficiency = blockEfficiency
    self.leastLoad = leastLoad
    self.designIrradiance = designIrradiance
  }

  /// Heat [kW per m2 of aperture] and electric power [kW per m2] for beam irradiance [kW/m2].
  package func series(beam: [Double], path: SunPath) throws(ProjectFault) -> SolarCollector.Series {
    var found: [Diagnostic] = []
    check(opticalEfficiency, in: 0.1...0.95, "optical efficiency", "", &found)
    check(receiverLoss, in: 0...300, "receiver loss", "W/m2", &found)
    check(blockEfficiency, in: 0.01...0.5, "efficiency of the power block", "", &found)
    check(leastLoad, in: 0...1, "least load of the power block", "", &found)
    check(designIrradiance, in: 0.2...1.2, "design irradiance", "kW/m2", &found)
    if beam.count != path.up.count {
      found.append(Diagnostic(.error, "There are \(beam.count) values of beam and \(path.up.count) of the sun."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let full = max(1e-6, designIrradiance * opticalEfficiency - receiverLoss / 1000)
    var result = SolarCollector.Series(heat: [], power: [])
    for t in beam.indices {
      var heat = 0.0
      if path.up[t] > 0.05 && beam[t] > 0 {
        // About a north-south axis only the sun's northing stays as incidence.
        let cosine = (1 - path.north[t] * path.north[t]).squareRoot()
        let angle = degrees(asin(min(1, abs(path.north[t]))))
        let modified = max(0, cosine + 0.000884 * angle - 0.00005369 * angle * angle)
        heat = max(0, beam[t] * opticalEfficiency * min(1, modified) - receiverLoss / 1000)
      }
      result.heat.append(heat)
      let load = min(1, heat / full)
      // Part load costs up to a tenth of the efficiency.
      result.power.append(load < leastLoad ? 0 : min(heat, full) * blockEfficiency * (0.9 + 0.1 * load))
    }
    return result
  }
}
