import Testing
import TulouQuantities

@Suite("Units")
struct UnitTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var measure: Measure
    var value: Double
    var testDescription: String { text }
  }

  static let pricePerArea = Measure("money per area", in: "¤/m2", example: "900 CNY/m2")
  static let yearly = Measure("money per power and year", in: "¤/kW/y", example: "10 USD/kW/y")
  static let rows: [Row] = [
    Row(text: "110 MW", measure: .power, value: 110_000),
    Row(text: "4.2kW", measure: .power, value: 4.2),
    Row(text: "1 TWh", measure: .energy, value: 1e9),
    Row(text: "3600 MJ", measure: .energy, value: 1000),
    Row(text: "0.9223 kg/kWh", measure: .emission, value: 0.9223),
    Row(text: "540 g/kWh", measure: .emission, value: 0.54),
    Row(text: "80 %", measure: .share, value: 0.8),
    Row(text: "0.8", measure: .share, value: 0.8),
    Row(text: "34 %", measure: .share, value: 0.34),
    Row(text: "75 degC", measure: .temperature, value: 75),
    Row(text: "-5 °C", measure: .temperature, value: -5),
    Row(text: "7 K", measure: .temperatureDifference, value: 7),
    Row(text: "-1.5 %/K", measure: .ratePerKelvin, value: -0.015),
    Row(text: "0.4 %/h", measure: .ratePerHour, value: 0.004),
    Row(text: "9.6 %/d", measure: .ratePerHour, value: 0.004),
    Row(text: "1 y", measure: .time, value: 8760),
    Row(text: "2 month", measure: .time, value: 1460),
    Row(text: "90 min", measure: .time, value: 1.5),
    Row(text: "219000 h", measure: .years, value: 25),
    Row(text: "15 d", measure: .time, value: 360),
    Row(text: "12 km2", measure: .area, value: 12e6),
    Row(text: "6 ha", measure: .area, value: 60_000),
    Row(text: "3 mu", measure: .area, value: 2000),
    Row(text: "70 l/s", measure: .flow, value: 0.07),
    Row(text: "3600 m3/h", measure: .flow, value: 1),
    Row(text: "36 km/h", measure: .speed, value: 10),
    Row(text: "4.4 kWh/m2/d", measure: .dailyIrradiation, value: 4.4),
    Row(text: "15.84 MJ/m²/d", measure: .dailyIrradiation, value: 4.4),
    Row(text: "1150 USD/kW", measure: Measure("money per power", in: "¤/kW", example: "1 USD/kW"), value: 1150),
    Row(text: "1.15 MUSD/MW", measure: Measure("money per power", in: "¤/kW", example: "1 USD/kW"), value: 1150),
    Row(text: "62 USD/kW/y", measure: yearly, value: 62),
    Row(text: "62 kUSD/MW/y", measure: yearly, value: 62),
    Row(text: "900 CNY/m2", measure: pricePerArea, value: 900),
    Row(text: "32 CNY/kW/month", measure: .demandRate, value: 32),
    Row(text: "60 USD/t", measure: .pricePerMass, value: 0.06),
    Row(text: "1100 t/y", measure: .massPerYear, value: 1_100_000),
    Row(text: "1013.25 hPa", measure: Measure("a pressure", in: "Pa", example: "1013 hPa"), value: 101_325),
    Row(text: "0.08 m3/h/kW", measure: Measure("fuel per power", in: "m3/h/kW", example: "0.1 m3/h/kW"), value: 0.08),
    Row(text: "1e3 W", measure: .power, value: 1),
  ]

  @Test("are read with their prefixes and quotients", arguments: rows)
  func values(row: Row) throws {
    let quantity = try Quantity(row.text)
    #expect(row.measure.takes(quantity.unit), "\(quantity.unit.dimension.name)")
    let value = row.measure.value(quantity.number, in: quantity.unit)
    #expect(abs(value - row.value) <= 1e-14 * abs(row.value), "\(value)")
    #expect(quantity.description == row.text, "the text comes back as it was written")
  }

  @Test("percents and plain prefixes lose no digit")
  func exact() throws {
    for (text, value) in [("34 %", 0.34), ("0.01 %", 0.0001), ("7 %", 0.07), ("0.1 MW", 100.0), ("62 USD", 62.0)] {
      let quantity = try Quantity(text)
      #expect(quantity.number * quantity.unit.numerator / quantity.unit.denominator == value)
    }
  }

  @Test(
    "of another dimension are not taken",
    arguments: [
      ("4.2 kWh", Measure.power), ("4.2 kW", .energy), ("5 K", .temperature), ("5 degC", .temperatureDifference),
      ("10 USD/kWh", yearly), ("10 USD/kW", yearly), ("5 kg", .volume), ("3 y", .power), ("1 m", .area),
    ])
  func otherDimension(text: String, measure: Measure) throws {
    #expect(!measure.takes(try Quantity(text).unit))
  }

  @Test("`USD/kW/y` and `USD/kWh` stay apart, though kW times y is an energy")
  func writtenYearDecides() throws {
    #expect(Measure.price.takes(try Quantity("1 USD/kWh").unit))
    #expect(!Measure.price.takes(try Quantity("1 USD/kW/y").unit))
    let yearly = try Quantity("1 USD/kWh/y").unit.dimension
    let plain = try Quantity("1 USD/kWh").unit.dimension
    #expect(yearly != plain)
  }

  @Test(
    "that are misspelled get a suggestion",
    arguments: [
      ("5 kw", "kW"), ("5 KWh", "kWh"), ("5 mwh", "MWh"), ("5 hours", "h"), ("5 percent", "%"), ("5 usd", "USD"),
      ("5 $/kW", "USD"),
      ("5 year", "y"), ("5 celsius", "degC"), ("5 kWhh", "kWh"),
    ])
  func suggestions(text: String, expected: String) {
    do throws(Quantity.Failure) {
      _ = try Quantity(text)
      Issue.record("'\(text)' is read as a quantity")
    } catch {
      guard case .noUnit(_, let suggestion) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(suggestion == expected)
    }
  }

  @Test(
    "no text makes the parser trap",
    arguments: [
      "", " ", "/", "//", "5 /", "5 m0", "5 m9", "5 m²³", "1e", "1e+", "e5 kW", "--5 kW", "5..5 kW", "0x10 kW",
      "inf kW", "1e400 kW",
      "5 kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW/kW", "١٢ kW", "5 🍵", String(repeating: "9", count: 500),
      "5 \u{0}",
    ])
  func hostile(text: String) {
    if let quantity = Quantity.reading(text) { #expect(quantity.number.isFinite) }
  }
}

@Suite("Decimal numbers")
struct DecimalNumberTests {
  @Test("are the nearest double, as the standard library reads them")
  func nearest() {
    var random = SeededRandom(seed: 4)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...20, using: &random)
      var text = Bool.random(using: &random) ? "-" : ""
      let point = Int.random(in: 0...digits, using: &random)
      for i in 0..<digits {
        if i == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
      }
      if Bool.random(using: &random) { text += "e\(Int.random(in: -30...30, using: &random))" }
      let value = DecimalNumber.parse(Array(text.utf8)[...])
      #expect(value == Double(text), "\(text)")
    }
  }

  @Test(
    "refuse what is none",
    arguments: ["", "-", ".", "1e", "1e5.", "nan", "inf", "0x1p3", "1 ", " 1", "1,5", "1_000", "1e999"])
  func refused(text: String) { #expect(DecimalNumber.parse(Array(text.utf8)[...]) == nil) }
}

@Suite("Nearest names")
struct NearestNameTests {
  @Test("find slips of the finger, not other words")
  func nearest() {
    let names = ["capacity", "capital", "operation", "life", "bus"]
    #expect(nearestName(to: "capcity", among: names) == "capacity")
    #expect(nearestName(to: "captial", among: names) == "capital")
    #expect(nearestName(to: "bsu", among: names) == "bus")
    #expect(nearestName(to: "wind", among: names) == nil)
    #expect(nearestName(to: "", among: names) == nil)
  }
}
