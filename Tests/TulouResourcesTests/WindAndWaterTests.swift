import Testing
import TulouDocument
import TulouQuantities
import TulouResources

@Suite("Wind and water formulas") struct WindAndWaterTests {
  @Test("R45: roughness 0.204 m carries 4.5 m/s at 10 m to 6.75 m/s at 70 m")
  func logarithmic() throws {
    let factor = try WindShear.logarithmic(roughnessMetres: 0.204).factor(from: 10, to: 70)
    #expect(abs(factor - 1.5) < 0.001)
    #expect(abs(try WindShear.roughness(ratio: 1.5, from: 10, to: 70) - 0.204) < 0.001)
    #expect(abs(try WindShear.power(exponent: 0.21).factor(from: 10, to: 70) - 1.505) < 0.001)
    #expect(throws: ProjectFault.self) { try WindShear.logarithmic(roughnessMetres: 12).factor(from: 10, to: 70) }
  }

  @Test("R46: power goes with density")
  func density() throws {
    #expect(abs(AirDensity.idealGas(pressurePascal: 101_325, temperatureCelsius: 15) - 1.225) < 0.001)
    let ratio = try AirDensity.altitudeRatio(metres: 2392)
    #expect(abs(ratio - 0.79) < 0.005)
    let curve = try PowerCurve(speeds: [3, 10, 25], outputs: [0, 1, 1], source: "test")
    #expect(curve.series(hubSpeeds: [10], densityRatio: ratio)[0] == ratio)
  }

  @Test("power curves: ten classes, each rising to rated power, with a plausible yield")
  func curves() throws {
    #expect(PowerCurve.classes.count >= 8)
    for kind in PowerCurve.classes {
      let curve = kind.curve
      #expect(curve.output(at: 1) == 0 && curve.output(at: kind.cutOut + 0.1) == 0)
      #expect((curve.outputs.max() ?? 0) > 0.999)
      #expect((150...800).contains(kind.specificPower) || kind.name.hasPrefix("small"))
      let share = curve.capacityFactor(Weibull(shape: 2, mean: 7))
      #expect((0.18...0.55).contains(share), "\(kind.name): \(share)")
    }
    #expect(throws: ProjectFault.self) { try PowerCurve(speeds: [3, 3], outputs: [0, 1], source: "") }
  }

  @Test("R47: flows and volumes of the pumped-storage stations")
  func pumpedHydro() throws {
    for (kilowatts, flow) in [(13e3, 16.56), (110e3, 140.2), (1059e3, 1349.4)] {
      let computed = try HydroPower.flow(kilowatts: kilowatts, headMetres: 100, efficiency: 0.8)
      #expect(abs(computed / flow - 1) < 0.0005)
      #expect(abs(HydroPower.kilowatts(flow: computed, headMetres: 100, efficiency: 0.8) - kilowatts) < 1e-6)
    }
    for (flow, volume) in [(16.0, 0.576e6), (140, 5.04e6), (1450, 52.2e6)] {
      #expect(abs(HydroPower.volume(flow: flow, hours: 10) - volume) < 1e-3)
    }
  }

  @Test("R48: run-of-river never takes more than nature gives after the ecological flow")
  func runOfRiver() throws {
    let river = RunOfRiver(headMetres: 28, efficiency: 0.82, ecologicalFlow: 0.07, designFlow: 1.2)
    let power = try river.series(flow: [0, 0.05, 0.07, 0.57, 3])
    #expect(power[0] == 0 && power[1] == 0 && power[2] == 0)
    #expect(abs(power[3] - 0.82 * 9.81 * 28 * 0.5) < 1e-9)
    #expect(abs(power[4] - 0.82 * 9.81 * 28 * 1.2) < 1e-9)
    #expect(throws: ProjectFault.self) { try river.series(flow: [-1]) }
  }
}
