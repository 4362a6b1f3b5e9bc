/// The symbols that a unit may be made of.
enum UnitSymbols {
  /// A symbol's meaning.
  struct Meaning: Sendable {
    var dimension: Dimension
    var numerator: Double
    var denominator: Double
    var currency: String?
    var isCelsius = false
  }

  private struct Stem {
    var symbol: String
    var meaning: Meaning
    var prefixes: String
  }

  private static func stem(
    _ symbol: String, _ dimension: Dimension, _ numerator: Double = 1, over denominator: Double = 1,
    prefixes: String = ""
  ) -> Stem {
    Stem(
      symbol: symbol, meaning: Meaning(dimension: dimension, numerator: numerator, denominator: denominator),
      prefixes: prefixes)
  }

  private static let power = Dimension(energy: 1, time: -1)
  private static let pressure = Dimension(energy: 1, length: -3)

  /// Sizes in kWh, h, m, kg, K, degree. A joule is a watt-second; a pascal a joule per cubic metre.
  private static let stems: [Stem] = [
    stem("W", power, 1, over: 1000, prefixes: "kMGT"),
    stem("Wp", power, 1, over: 1000, prefixes: "kMG"),
    stem("Wh", Dimension(energy: 1), 1, over: 1000, prefixes: "kMGT"),
    stem("J", Dimension(energy: 1), 1, over: 3_600_000, prefixes: "kMGT"),
    stem("g", Dimension(mass: 1), 1, over: 1000, prefixes: "mk"),
    stem("t", Dimension(mass: 1), 1000, prefixes: "kMG"),
    stem("m", Dimension(length: 1), prefixes: "mck"),
    stem("ha", Dimension(length: 2), 10_000),
    stem("mu", Dimension(length: 2), 2000, over: 3),
    stem("l", Dimension(length: 3), 1, over: 1000),
    stem("L", Dimension(length: 3), 1, over: 1000),
    stem("s", Dimension(time: 1), 1, over: 3600),
    stem("min", Dimension(time: 1), 1, over: 60),
    stem("h", Dimension(time: 1)),
    stem("d", Dimension(time: 1), 24),
    stem("week", Dimension(time: 1), 168),
    stem("month", Dimension(month: 1)),
    stem("y", Dimension(year: 1)),
    stem("Pa", pressure, 1, over: 3_600_000, prefixes: "hkM"),
    stem("bar", pressure, 100_000, over: 3_600_000, prefixes: "m"),
    stem("deg", Dimension(angle: 1)),
    stem("rad", Dimension(angle: 1), 57.295779513082323),
    stem("K", Dimension(temperature: 1)),
    stem("%", Dimension(), 1, over: 100),
    stem("ppm", Dimension(), 1, over: 1_000_000),
    stem("1", Dimension()),
    stem("head", Dimension(count: 1)),
    stem("person", Dimension(count: 1)),
    stem("vehicle", Dimension(count: 1)),
  ]

  private static let prefixSizes: [Character: (Double, Double)] = [
    "m": (1, 1000), "c": (1, 100), "h": (100, 1), "k": (1000, 1), "M": (1e6, 1), "G": (1e9, 1), "T": (1e12, 1),
  ]

  /// Every symbol with its prefixes spelled out, except money.
  static let table: [String: Meaning] = {
    var all: [String: Meaning] = [:]
    for stem in stems {
      all[stem.symbol] = stem.meaning
      for prefix in stem.prefixes {
        guard let (up, down) = prefixSizes[prefix] else { continue }
        var meaning = stem.meaning
        meaning.numerator *= up
        meaning.denominator *= down
        all["\(prefix)\(stem.symbol)"] = meaning
      }
    }
    let celsius = Meaning(dimension: Dimension(temperature: 1), numerator: 1, denominator: 1, isCelsius: true)
    all["degC"] = celsius
    all["°C"] = celsius
    all["°"] = all["deg"]
    return all
  }()

  /// The meaning of a symbol; money is any ISO code with an optional prefix k, M or G, and `¤` the project's own.
  static func find(_ symbol: String) -> Meaning? {
    if let known = table[symbol] { return known }
    var code = Substring(symbol)
    var size = 1.0
    if code.count == 4, let first = code.first, let (up, _) = prefixSizes[first], "kMG".contains(first) {
      size = up
      code = code.dropFirst()
    }
    guard Currencies.codes.contains(String(code)) || code == "¤" else { return nil }
    return Meaning(dimension: Dimension(money: 1), numerator: size, denominator: 1, currency: String(code))
  }

  /// Words that people write, and what they mean here.
  private static let spoken: [String: String] = [
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "year": "y", "years": "y", "yr": "y", "a": "y", "day": "d",
    "days": "d", "months": "month", "mo": "month", "percent": "%", "pct": "%", "celsius": "degC", "c": "degC",
    "ton": "t", "tonne": "t", "tons": "t", "$": "USD", "€": "EUR", "¥": "CNY", "rmb": "CNY", "£": "GBP", "sqm": "m2",
    "kelvin": "K", "degree": "deg", "degrees": "deg", "people": "person", "heads": "head", "minute": "min",
    "second": "s", "sec": "s", "meter": "m", "metre": "m", "litre": "l", "liter": "l", "nm3": "m3", "°f": "degC",
  ]

  /// The known symbol that a wrong one was probably meant to be.
  static func nearest(to symbol: String) -> String? {
    let lower = symbol.lowercased()
    if let word = spoken[lower] { return word }
    let all = table.keys.sorted()
    // `m` and `M` differ a billionfold, so a spelling that only differs in case is offered, never taken.
    if let same = all.first(where: { $0.lowercased() == lower && "kMGT".contains($0.prefix(1)) })
      ?? all.first(where: { $0.lowercased() == lower })
    {
      return same
    }
    if Currencies.codes.contains(symbol.uppercased()) { return symbol.uppercased() }
    guard symbol.count > 1 else { return nil }
    return nearestName(to: symbol, among: all, within: 1)
  }
}
