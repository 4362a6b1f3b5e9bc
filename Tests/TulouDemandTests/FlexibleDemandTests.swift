import Testing
import TulouDemand
import TulouDocument
import TulouQuantities

@Suite("Vehicles") struct VehicleTests {
  @Test("the shuttles of the Yongding example: away from 8:00 to 17:30")
  func shuttles() throws {
    let fleet = VehicleFleet(
      count: 8, batteryKilowattHours: 60, chargerKilowatts: 20, tripKilometres: 90, consumption: 0.35,
      away: [.init(start: 8, end: 17.5)])
    let series = try fleet.series(over: Horizon.year(2027).prefix(48))
    #expect(series.chargePower[7] == 160 && series.chargePower[8] == 0)
    #expect(abs(series.chargePower[17] - 80) < 1e-9)
    let driven: Double = series.tripEnergy.reduce(0, +)
    #expect(abs(driven - 504) < 1e-9)
    #expect(series.greatestContent[0] == 480)
  }

  @Test("a night away passes midnight, in quarter hours and in steps of five hours", arguments: [0.25, 1, 5.0])
  func night(step: Double) throws {
    let fleet = VehicleFleet(
      count: 2, batteryKilowattHours: 100, chargerKilowatts: 20, tripKilometres: 100, consumption: 0.3,
      away: [.init(start: 22, end: 4)])
    let steps = Int(240 / step)
    let series = try fleet.series(
      over: Horizon(periods: [.init(start: CivilDate(year: 2027, month: 3, day: 1), steps: steps)], stepHours: step))
    let driven: Double = series.tripEnergy.reduce(0, +)
    #expect(abs(driven - 600) < 1e-6)
  }

  @Test("hours away are counted past midnight") func absence() {
    #expect(VehicleFleet.Absence(start: 22, end: 6).hours == 8)
    #expect(VehicleFleet.Absence(start: 8, end: 17.5).hours == 9.5)
    #expect(VehicleFleet.Absence(start: 7, end: 7).hours == 24)
  }

  @Test("workdays only: no trip on Saturday and Sunday")
  func workdays() throws {
    let fleet = VehicleFleet(
      count: 1, batteryKilowattHours: 50, chargerKilowatts: 7, tripKilometres: 50, consumption: 0.2,
      away: [.init(start: 8, end: 18)], days: .workdays)
    let series = try fleet.series(over: Horizon.year(2027).prefix(24 * 7))
    #expect(abs(series.tripEnergy.reduce(0, +) - 50) < 1e-9)
  }

  @Test("a trip beyond the battery or the charger is refused")
  func refusals() {
    let fleet = VehicleFleet(
      count: 1, batteryKilowattHours: 20, chargerKilowatts: 1, tripKilometres: 200, consumption: 0.2,
      away: [.init(start: 8, end: 18)])
    do {
      _ = try fleet.series(over: Horizon.year(2027).prefix(24))
      Issue.record("accepted")
    } catch { #expect(error.diagnostics.count == 2) }
  }
}

/// Lu, Yang, Alanne 2018, Energies 11(4), 1007, tables 6 to 8.
@Suite("Charge points of the Xizhou paper") struct ChargePointTests {
  @Test("R43: the twelve session counts of table 7")
  func sessions() {
    // Points, power [kW], first and last hour, length of a session [h], sessions: midday 11-14, night 23-7 and within it.
    let rows: [(Double, Double, Int, Int, Double, Int)] = [
      (40, 60, 11, 14, 1, 120), (40, 40, 11, 14, 1.5, 80), (100, 7, 23, 7, 8, 100), (20, 40, 0, 3, 1.5, 40),
      (20, 60, 3, 6, 1, 60), (60, 60, 11, 14, 1, 180), (60, 40, 11, 14, 1.5, 120), (40, 40, 0, 6, 1.5, 160),
      (40, 60, 6, 7, 1, 40), (80, 60, 11, 14, 1, 240), (80, 40, 11, 14, 1.5, 160), (60, 60, 1, 6, 1, 300),
    ]
    for (points, power, start, end, length, published) in rows {
      let block = ChargingBlock(points: points, kilowatts: power, startHour: start, endHour: end)
      #expect(block.sessions(lasting: length) == published)
      // The other way round: so many sessions need the same power.
      let back = ChargingBlock(
        sessions: Double(published), sessionHours: length, kilowatts: power, startHour: start, endHour: end)
      #expect(abs(back.points - points) < 1e-9)
    }
  }

  static let fleets: [(fleet: Int, blocks: [ChargingBlock], peak: Double, energy: Double)] = [
    (200, blocks(40, [(20, 40, 0, 3), (20, 60, 3, 6)]), 4.0, 23.6),
    (300, blocks(60, [(40, 40, 0, 6), (40, 60, 6, 7)]), 6.0, 35.6),
    (400, blocks(80, [(60, 60, 1, 6)]), 8.0, 47.6),
  ]
  static func blocks(_ midday: Double, _ night: [(Double, Double, Int, Int)]) -> [ChargingBlock] {
    [
      ChargingBlock(points: midday, kilowatts: 60, startHour: 11, endHour: 14),
      ChargingBlock(points: midday, kilowatts: 40, startHour: 11, endHour: 14),
      ChargingBlock(points: 100, kilowatts: 7, startHour: 23, endHour: 7),
    ] + night.map { ChargingBlock(points: $0.0, kilowatts: $0.1, startHour: $0.2, endHour: $0.3) }
  }

  @Test("R42: added peak and energy of 200, 300 and 400 vehicles")
  func added() {
    for fleet in Self.fleets {
      let day = ChargingBlock.day(fleet.blocks)
      #expect(abs((day[11..<14].max() ?? 0) / 1000 - fleet.peak) < 1e-9)
      #expect(abs(day.reduce(0, +) / 1000 - fleet.energy) < 1e-9)
      // Peaks of table 8: base 27.4 (W), 22.99 (S), 24.4 (M) plus the fleet's, all between 11 and 14 o'clock.
      let peak = (day.max() ?? 0) / 1000
      let table: [(Double, [Double])] = [
        (27.4, [31.4, 33.4, 35.4]), (22.99, [26.99, 28.99, 30.99]), (24.4, [28.4, 30.4, 32.4]),
      ]
      for (base, published) in table {
        let difference = base + peak - published[fleet.fleet / 100 - 2]
        #expect(abs(difference) < 1e-9)
      }
    }
  }

  @Test("R42: with end hours counted, the paper's energies appear")
  func inclusive() {
    func energy(_ i: Int) -> Double {
      ChargingBlock.day(Self.fleets[i].blocks, endHour: .counted).reduce(0, +) / 1000
    }
    #expect(abs(energy(1) - 44.7) < 1e-9)
    #expect(abs(energy(2) - 59.9) < 1e-9)
    // Winter 300: only the midday end hour counted, 35.6 + 6.0.
    let day = ChargingBlock.day(Self.fleets[1].blocks).reduce(0, +) / 1000
    #expect(abs(day + 6.0 - 41.6) < 1e-9)
  }

  @Test("R40: tables 2 and 3 do not close with 0.98")
  func disaggregation() throws {
    let days: [(Double, Double, Double, Double, Double, Double, Double)] = [
      (1227.11, 274.63, 744.12, 356.80, 16.00, 58.63, 0.9000), (561.30, 283.36, 28.22, 279.31, 109.72, 108.36, 0.8998),
      (958.48, 304.18, 0, 419.11, 419.31, 171.38, 0.9809),
    ]
    for (metered, proper, heat, water, cold, solar, factor) in days {
      // Electricity that the tables move out of the meter, per heat and cold that they put in its place.
      let closure = (metered - proper) / (heat + water + cold - solar)
      #expect(abs(closure - factor) < 0.0001)
      // The product's split with the paper's 0.98 leaves another rest than the paper prints.
      let split = try MeterSplit(
        metered: [metered], temperature: nil, day: [0], stepHours: 1,
        uses: [
          .spaceHeat: .init(performance: 0.98, amount: .known([heat])),
          .hotWater: .init(performance: 0.98, amount: .known([water]), byOthers: [solar]),
          .cooling: .init(performance: 0.98, amount: .known([cold])),
        ])
      let rest = metered - (heat + water + cold - solar) / 0.98
      #expect(abs(split.electricity[0] - rest) < 1e-9)
      #expect(abs(split.electricity[0] - proper) > 1)
    }
  }
}
