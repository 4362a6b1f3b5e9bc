import Testing
import TulouProject
import TulouReport
import TulouTechnologies

/// Fuel in the unit in which it is bought.
@Suite("Amounts of fuel") struct FuelAmountTests {
  private func carrier(_ heating: Double?, _ unit: String) -> Carrier {
    var carrier = Carrier(id: "fuel", kind: .fuel)
    carrier.heatingValue = heating
    carrier.heatingValueUnit = unit
    return carrier
  }

  @Test("liquids in litres, gases in cubic metres, solids in kilograms and tonnes")
  func units() {
    // Diesel 9.8 kWh a litre, natural gas 10 kWh/m3, wood 4.3 kWh/kg.
    #expect(FuelAmount(120_932, of: carrier(9800, "m3"))?.text == "12,340 litres")
    #expect(FuelAmount(184_000, of: carrier(10, "m3"))?.text == "18,400 m³")
    #expect(FuelAmount(22_360, of: carrier(4.3, "kg"))?.text == "5.2 t")
  }

  @Test("without a heating value nobody knows the amount")
  func unknown() {
    #expect(FuelAmount(1, of: carrier(nil, "kg")) == nil)
    #expect(FuelAmount(1, of: nil) == nil)
  }
}
