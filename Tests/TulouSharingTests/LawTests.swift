import Testing

import TulouSharing

/// Worked examples of the laws, computed by hand.
@Suite("Laws of energy sharing") struct LawTests {
  @Test("Italy: the tariff by power, zone price and place; shared energy by the hour; what is reserved")
  func italy() {
    #expect(Italy.tariff(power: 150, zonePrice: 60, photovoltaic: true, zone: .south) == 120)
    #expect(Italy.tariff(power: 600, zonePrice: 200, photovoltaic: true, zone: .north) == 80)
    #expect(Italy.tariff(power: 601, zonePrice: 140, photovoltaic: true, zone: .north) == 110)
    #expect(Italy.tariff(power: 1000, zonePrice: 165.5, photovoltaic: true, zone: .south) == 74.5)
    #expect(Italy.shared(injected: [[0, 120], [10, 60]], withdrawn: [[90, 70], [40, 20]]) == [10, 90])
    #expect(abs(Italy.reserved(premium: 7700, shared: 70_000, injected: 100_000, threshold: 0.55) - 1650) < 1e-9)
    #expect(Italy.reserved(premium: 5500, shared: 50_000, injected: 100_000, threshold: 0.55) == 0)
  }

  @Test("Austria, Switzerland: discounts of the grid charge by the level that all share")
  func discounts() {
    let local = Austria.gridCharge(.local, level: 7, community: 1000, rest: 2500, centsPerKilowattHour: 6.12)
    #expect(abs(local - 179.316) < 1e-9)
    let regional = Austria.gridCharge(.regional, level: 5, community: 20_000, rest: 90_000, centsPerKilowattHour: 2.05)
    #expect(abs(regional - 1992.6) < 1e-9)
    #expect(abs(Switzerland.gridCharge(stations: ["a", "a"], energy: 1500, centsPerKilowattHour: 11.4) - 102.6) < 1e-9)
    #expect(Switzerland.discount(stations: ["a", "b"]) == 0.2)
    #expect(
      Switzerland.allowed(generation: 30, connection: 600) && !Switzerland.allowed(generation: 29, connection: 600))
  }

  @Test("China: shares of own use by year")
  func china() {
    #expect(China.met(available: 100_000, selfUse: 60_000, consumption: 200_000, year: 2026))
    #expect(!China.met(available: 100_000, selfUse: 59_999, consumption: 150_000, year: 2026))
    #expect(!China.met(available: 80_000, selfUse: 69_999, consumption: 200_000, year: 2030))
  }

  @Test("Germany: the ceiling of a quarter hour, no key agreed, who may share, what it costs")
  func germany() {
    #expect(Germany.shareable(generation: 500, consumption: [120, 80, 40]) == 240)
    let parts = Germany.withoutKey(
      generation: 210, consumption: [120, 80, 40], members: ["m1", "m2", "m3"], interval: 0)
    #expect(parts == [70, 70, 40])
    #expect(!Germany.sharingAllowed(date: "2026-05-31", sameZone: true, adjacent: false, sameControlArea: true))
    #expect(Germany.sharingAllowed(date: "2028-06-01", sameZone: false, adjacent: true, sameControlArea: true))
    #expect(abs(Germany.cost(shared: 900, rest: 2100, agreed: 12, gridAndLevies: 14.5, supplier: 33.2) - 935.7) < 1e-9)
  }

  @Test("Spain: coefficients of an hour and when they may change; France: a store takes part")
  func coefficients() {
    let hour = Spain.hour(production: 900, need: 500, weight: 0.6)
    #expect(hour.individual == 540 && hour.used == 500 && hour.surplus == 40)
    #expect(!Spain.mayChange(last: (2026, 1, 15), request: (2026, 5, 14)))
    #expect(Spain.mayChange(last: (2026, 11, 15), request: (2027, 3, 15)))
    let parts = France.withStore(
      members: ["m1", "m2", "m3"], need: [40, 0, 160], production: 210, charge: 50, discharge: 0, interval: 0)
    #expect(parts == [34, 0, 134, 42])
  }
}
