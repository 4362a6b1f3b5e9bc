import Testing
import TulouDemand
import TulouQuantities

@Suite("Deferrable demand") struct DeferrableWindowTests {
  @Test("R38: a sliding window bounds the served energy and everything is served at the end")
  func sliding() throws {
    let horizon = Horizon.year(2027).prefix(6)
    let bounds = try DeferrableWindow.sliding(delayHours: 2, advanceHours: 1).bounds(
      wanted: [1, 2, 0, 4, 0, 1], over: horizon)
    #expect(bounds.due == [0, 0, 1, 3, 3, 8])
    #expect(bounds.allowed == [3, 3, 7, 7, 8, 8])
  }

  @Test("the same day: due at its last hour, allowed from its first; periods start anew")
  func day() throws {
    let start = CivilDate(year: 2027, month: 1, day: 1)
    let horizon = Horizon(
      periods: [
        .init(start: start, steps: 8), .init(start: CivilDate(year: 2027, month: 7, day: 1), steps: 4, weight: 3),
      ],
      stepHours: 6)
    let bounds = try DeferrableWindow.sameDay.bounds(wanted: [1, 1, 1, 1, 2, 2, 2, 2, 1, 0, 0, 0], over: horizon)
    #expect(bounds.due == [0, 0, 0, 24, 24, 24, 24, 72, 0, 0, 0, 6])
    #expect(bounds.allowed == [24, 24, 24, 24, 72, 72, 72, 72, 6, 6, 6, 6])
  }

  @Test("bounds never cross and end together", arguments: 0..<20)
  func property(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let steps = 20 + Int(random.uniform() * 100)
    let wanted = (0..<steps).map { _ in random.uniform() * 10 }
    for window in [
      DeferrableWindow.sameDay,
      .sliding(delayHours: random.uniform() * 40, advanceHours: random.uniform() * 5),
    ] {
      let bounds = try window.bounds(wanted: wanted, over: Horizon.year(2027).prefix(steps))
      #expect(zip(bounds.due, bounds.allowed).allSatisfy { $0 <= $1 + 1e-9 })
      let total = wanted.reduce(0, +)
      #expect(abs((bounds.due.last ?? 0) - total) < 1e-9 && abs((bounds.allowed.last ?? 0) - total) < 1e-9)
    }
  }
}

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
  static let slow = ChargePoints(count: 100, kilowatts: 7, sessionHours: 8)
  static let fast = ChargePoints(count: 80, kilowatts: 40, sessionHours: 1.5)
  static let direct = ChargePoints(count: 80, kilowatts: 60, sessionHours: 1)

  @Test("R43: the twelve session counts of table 7")
  func sessions() {
    func count(_ points: ChargePoints, _ used: Int, _ hours: Double) -> Int {
      ChargePoints(count: used, kilowatts: points.kilowatts, sessionHours: points.sessionHours).sessions(inHours: hours)
    }
    // Midday 11-14: 60 kW and 40 kW points; night: 7 kW 23-7, 40 kW and 60 kW in their hours.
    let rows: [(ChargePoints, Int, Double, Int)] = [
      (Self.direct, 40, 3, 120), (Self.fast, 40, 3, 80), (Self.slow, 100, 8, 100), (Self.fast, 20, 3, 40),
      (Self.direct, 20, 3, 60), (Self.direct, 60, 3, 180), (Self.fast, 60, 3, 120), (Self.fast, 40, 6, 160),
      (Self.direct, 40, 1, 40), (Self.direct, 80, 3, 240), (Self.fast, 80, 3, 160), (Self.direct, 60, 5, 300),
    ]
    for (points, used, hours, published) in rows {
      let computed = count(points, used, hours)
      #expect(computed == published)
    }
  }

  static let fleets: [(fleet: Int, blocks: [ChargingBlock], peak: Double, energy: Double)] = [
    (200, blocks(40, [(20, 40, 0, 3), (20, 60, 3, 6)]), 4.0, 23.6),
    (300, blocks(60, [(40, 40, 0, 6), (40, 60, 6, 7)]), 6.0, 35.6),
    (400, blocks(80, [(60, 60, 1, 6)]), 8.0, 47.6),
  ]
  static func blocks(_ midday: Int, _ night: [(Int, Double, Int, Int)]) -> [ChargingBlock] {
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
      let closure = Disaggregation.closure(
        metered: metered, electricity: proper, spaceHeat: heat, hotWater: water, cold: cold, heatByOthers: solar)
      #expect(abs(closure - factor) < 0.0001)
    }
    let rule = Disaggregation()
    let split = try rule.electricity(metered: 1000, spaceHeat: 300, hotWater: 200, cold: 49, heatByOthers: 10)
    #expect(abs(split - (1000 - 490 / 0.98 - 50)) < 1e-9)
    #expect(throws: ProjectFault.self) {
      try rule.electricity(metered: 100, spaceHeat: 300, hotWater: 0, cold: 0, heatByOthers: 0)
    }
  }
}
