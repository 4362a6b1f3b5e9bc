import Testing
import TulouQuantities

@Suite("Numbers as text") struct NumberTextTests {
  @Test(
    "four significant digits, commas, no needless zeros",
    arguments: [
      (0.0, "0"), (352_151.472349, "352,200"), (0.18734, "0.1873"), (999.96, "1,000"), (0.99996, "1"), (12.30, "12.3"),
      (-4_388_612, "-4,389,000"), (1e-7, "1e-7"), (-0.00001234, "-0.00001234"), (9.9996e-7, "1e-6"), (100, "100"),
      (1234.5, "1,235"), (1.5e15, "1.5e15"),
    ] as [(Double, String)])
  func significant(value: Double, text: String) { #expect(NumberText.significant(value) == text) }

  @Test("what is no number says so")
  func special() {
    #expect(NumberText.significant(.nan) == "–")
    #expect(NumberText.significant(.infinity) == "∞")
    #expect(NumberText.fixed(-.infinity, decimals: 2) == "-∞")
    #expect(NumberText.percent(.nan) == "–")
  }

  @Test(
    "fixed decimals",
    arguments: [(1234.565, 2, "1,234.57"), (-0.001, 2, "0.00"), (0.5, 0, "1"), (1e6, 0, "1,000,000"), (7, 3, "7.000")]
      as [(Double, Int, String)])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(
    "percent neither reaches all nor nothing by rounding",
    arguments: [(0.8312, "83.1 %"), (0.99996, "99.99 %"), (1, "100 %"), (0.0004, "0.04 %"), (0, "0 %")]
      as [(Double, String)])
  func percent(share: Double, text: String) { #expect(NumberText.percent(share) == text) }

  @Test(
    "units climb their ladders",
    arguments: [
      (950.0, "kW", "950 kW"), (1200, "kW", "1.2 MW"), (3_214_000, "kWh", "3.214 GWh"), (412_300, "kg", "412.3 t"),
      (13_500, "m2", "1.35 ha"), (352_151, "USD/y", "352,200 USD/y"), (4_388_600, "USD", "4.389 million USD"),
      (2.69e9, "EUR", "2.69 billion EUR"), (999_999, "EUR", "1 million EUR"), (12_340, "L", "12,340 litres"),
      (9_500, "USD", "9,500 USD"), (0.1164, "USD/kWh", "0.1164 USD/kWh"), (1300, "USD/kW", "1,300 USD/kW"),
      (0.5, "1", "50 %"),
      (20, "y", "20 y"), (0, "kWh", "0 kWh"), (2_500_000, "kWh/y", "2.5 GWh/y"), (12, "m3", "12 m³"),
    ] as [(Double, String, String)])
  func scale(value: Double, unit: String, text: String) { #expect(Scale.text(value, unit) == text) }

  @Test("many numbers of one unit share one scale, thousands among them")
  func columns() {
    #expect(Scale.fitting(352_151, unit: "USD/y") == Scale(factor: 1e3, unit: "thousand USD/y"))
    #expect(Scale.fitting(2.69e6, unit: "EUR") == Scale(factor: 1e6, unit: "million EUR"))
  }

  @Test("one formatter, three forms: for people, for a file, for a program")
  func forms() {
    #expect(NumberText.significant(1_234_567.891) == "1,235,000")
    #expect(NumberText.short(1_234_567.891, digits: 6) == "1234570" && shortNumber(0.018734) == "0.0187")
    #expect(NumberText.plain(0.1) == "0.1" && 250.0.plain == "250" && NumberText.plain(1.0 / 3) == "0.3333")
    #expect(NumberText.digits(1.0 / 3) == "0.3333333333333333" && NumberText.digits(.nan) == "null")
  }
}
