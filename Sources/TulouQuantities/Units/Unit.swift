/// A unit as written, such as `USD/kW/y`, with its dimension and its size in base units (kWh, h, m, kg, K, degree).
///
/// The size is a quotient of two exact numbers, so that `34 %` is 0.34 and not its neighbour.
package struct Unit: Sendable, Hashable, CustomStringConvertible {
  /// The text it was read from, kept exactly.
  package let text: String
  /// What it measures.
  package let dimension: Dimension
  /// Size in base units is `numerator / denominator`.
  package let numerator: Double
  /// See `numerator`.
  package let denominator: Double
  /// Currencies with their exponents, in the order written.
  package let currencies: [Currency]
  /// Whether it is a temperature on the Celsius scale (`degC` alone), with its offset.
  package let isCelsius: Bool

  /// A currency and its exponent in a unit.
  package struct Currency: Sendable, Hashable {
    /// ISO 4217 code.
    package var code: String
    /// Exponent.
    package var power: Int
    /// A currency to a power.
    package init(code: String, power: Int) {
      self.code = code
      self.power = power
    }
  }

  /// The text as written.
  package var description: String { text }

  /// Why a text is no unit.
  package struct Failure: Error, Sendable, Hashable {
    /// The part that is not known.
    package var symbol: String
    /// The nearest known symbol, if any is near.
    package var suggestion: String?
  }

  /// Reads a unit: symbols with optional whole exponents (`m2`, `m^2`, `m²`), joined by `/`, `*` or `·`.
  package init(_ text: some StringProtocol) throws(Failure) {
    self.text = String(text)
    var dimension = Dimension()
    var numerator = 1.0
    var denominator = 1.0
    var currencies: [Currency] = []
    var celsius = false
    var factors = 0
    var sign = 1
    var symbol = ""
    var failure: Failure?

    func close() {
      guard failure == nil else { return }
      let (name, power) = Unit.splitExponent(symbol)
      guard !name.isEmpty, power != 0, let known = UnitSymbols.find(name) else {
        failure = Failure(symbol: symbol, suggestion: UnitSymbols.nearest(to: name))
        return
      }
      factors += 1
      if known.isCelsius && power == 1 && sign == 1 { celsius = true }
      dimension = dimension.adding(known.dimension, power: sign * power)
      for _ in 0..<power {
        if sign > 0 {
          numerator *= known.numerator
          denominator *= known.denominator
        } else {
          numerator *= known.denominator
          denominator *= known.numerator
        }
      }
      if let code = known.currency { currencies.append(Currency(code: code, power: sign * power)) }
    }

    for character in text {
      switch character {
      case "/", "*", "·":
        close()
        sign = character == "/" ? -1 : 1
        symbol = ""
      case " ":
        if !symbol.isEmpty { symbol.append(character) }
      default: symbol.append(character)
      }
    }
    while symbol.last == " " { symbol.removeLast() }
    close()
    if let failure { throw failure }
    // Whole quotients are made plain, so that kW is exactly 1.
    if numerator >= denominator, (numerator / denominator).rounded() * denominator == numerator {
      numerator = (numerator / denominator).rounded()
      denominator = 1
    } else if denominator > numerator, (denominator / numerator).rounded() * numerator == denominator {
      denominator = (denominator / numerator).rounded()
      numerator = 1
    }
    self.dimension = dimension
    self.numerator = numerator
    self.denominator = denominator
    self.currencies = currencies
    isCelsius = celsius && factors == 1
  }

  private static func splitExponent(_ text: String) -> (name: String, power: Int) {
    guard let last = text.last, text.count > 1 else { return (text, 1) }
    let power: Int
    switch last {
    case "2", "²": power = 2
    case "3", "³": power = 3
    default: return (text, 1)
    }
    var name = text.dropLast()
    if name.last == "^" { name = name.dropLast() }
    return (String(name), power)
  }
}
