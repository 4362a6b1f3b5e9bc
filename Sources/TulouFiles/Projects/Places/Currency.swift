/// Money of a first project: its code and what it is worth, which converts the catalogue's.
struct Currency: Sendable, Equatable {
  /// ISO 4217.
  var code: String
  /// Units of it for one euro and for one dollar.
  var perEuro: Double, perDollar: Double

  /// A usual price of a bought kWh [currency/kWh]: a guess to begin with, two digits.
  ///
  /// Ours are guesses for four currencies; elsewhere 0.15 dollars.
  var usualPrice: Double {
    if let own = Currency.usual[code] { return own }
    return Currency.rounded(0.15 * perDollar)
  }

  /// Currencies with a bundled rate: means of 2024 of the European Central Bank's reference rates, approximate.
  static let bundled: [Currency] = {
    let rates = PlaceTable.rows("rates.csv").compactMap { cells -> (String, Double)? in
      guard cells.count == 2, let rate = Double(cells[1]), rate > 0 else { return nil }
      return (cells[0], rate)
    }
    let dollar = rates.first { $0.0 == "USD" }?.1 ?? 1.08
    return rates.map { Currency(code: $0.0, perEuro: rounded($0.1), perDollar: rounded($0.1 / dollar)) }
  }()

  /// The dollar: what is counted in where no currency is known.
  static let dollar = Currency(code: "USD", perEuro: 1.1, perDollar: 1)

  /// The bundled currency of a code.
  static func named(_ code: String) -> Currency? { bundled.first { $0.code == code } }

  /// Code of the currency and name of a country by its ISO 3166 code.
  static func country(_ code: String) -> (currency: String, name: String)? {
    PlaceTable.rows("countries.csv").first { $0.count == 3 && $0[0] == code }.map { ($0[1], $0[2]) }
  }

  private static let usual = ["CNY": 0.6, "EUR": 0.25, "GBP": 0.25, "JPY": 30, "INR": 8]

  /// Three digits of a number, as a decimal one writes.
  static func rounded(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value }
    var scale = 1.0
    while value * scale < 100, scale < 1e12 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
