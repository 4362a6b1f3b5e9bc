import Testing
import TulouDemand

/// Zhang et al. 2016, Sustainability 8(5), 452.
@Suite("Bottom-up demand of the Shenzhen paper") struct BottomUpDemandTests {
  static let stock = BuildingStock(
    kinds: [
      .init("research", floorArea: 1.20e6, benchmark: 150), .init("residential", floorArea: 0.40e6, benchmark: 40),
      .init("commercial", floorArea: 0.20e6, benchmark: 350), .init("public", floorArea: 0.06e6, benchmark: 100),
    ], otherEnergy: 8e6)
  static let land = LandUse(
    uses: [
      .init("public lawn", land: 127e3, floorAreaRatio: 1.0, loadDensity: 0.5, service: .deferrable),
      .init("industrial land", land: 231e3, floorAreaRatio: 2.5, loadDensity: 46.8, service: .deferrable),
      .init("new industry", land: 99e3, floorAreaRatio: 4.0, loadDensity: 39.2, service: .primary),
      .init("commercial", land: 40e3, floorAreaRatio: 5.0, loadDensity: 33.8, service: .primary),
      .init("cultural facilities", land: 223e3, floorAreaRatio: 1.2, loadDensity: 39.2, service: .primary),
      .init("residential", land: 100e3, floorAreaRatio: 4.0, loadDensity: 30.0, service: .primary),
      .init("water", land: 85e3, floorAreaRatio: 1.0, loadDensity: 0.5, service: .deferrable),
    ], otherKilowatts: 1740)

  @Test("R34: energy by equation (1), table 1")
  func energy() {
    let rows: [Double] = Self.stock.kinds.map { ($0.energy / 1e6).rounded() }
    #expect(rows == [180, 16, 70, 6])
    #expect(abs(Self.stock.energy / 1e6 - 280) < 1e-9)
  }

  @Test("R35: load by equation (2), table 2")
  func load() {
    let rows: [Double] = Self.land.uses.map { $0.kilowatts.rounded() }
    #expect(rows == [64, 27_027, 15_523, 6_760, 10_490, 12_000, 43])
    // The printed total adds rounded rows.
    #expect(abs(Self.land.kilowatts - 73_647) < 1)
  }

  @Test(
    "R36: stages of table 3",
    arguments: [
      (DistrictStage("experimental", areaRatio: 1, diversity: 0.8), 280.0, 58_918.0, 0.543),
      (DistrictStage("pilot", areaRatio: 5, diversity: 0.6), 1400.0, 220_941.0, 0.723),
      (DistrictStage("advanced", areaRatio: 53.4, diversity: 0.5), 14_952.0, 1_966_375.0, 0.868),
    ])
  func stages(stage: DistrictStage, gigawattHours: Double, kilowatts: Double, loadFactor: Double) {
    #expect(abs(stage.energy(base: Self.stock.energy) / 1e6 - gigawattHours) < 0.5)
    #expect(abs(stage.plannedKilowatts(base: 73_647) - kilowatts) < 0.6)
    #expect(abs(stage.loadFactor(energyBase: 280e6, loadBase: 73_647) - loadFactor) < 0.0006)
  }

  @Test("R37: primary and deferrable by share of the connected load, table 4")
  func classes() {
    #expect(abs(Self.land.kilowatts(.primary) - 44_773) < 1)
    #expect(abs(Self.land.kilowatts(.deferrable) - 28_874) < 1.5)
    let table: [(Double, Double, Double)] = [
      (1, 170.22, 109.78), (5, 851.10, 548.90), (53.4, 9089.75, 5862.25),
    ]
    for (ratio, primary, deferrable) in table {
      let gigawattHours = 280 * ratio
      #expect(abs(gigawattHours * Self.land.share(.primary) - primary) < 0.0001 * primary)
      #expect(abs(gigawattHours * Self.land.share(.deferrable) - deferrable) < 0.0001 * deferrable)
    }
  }
}
