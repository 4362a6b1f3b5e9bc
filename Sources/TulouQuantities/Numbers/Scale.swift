/// A unit as printed, and how many base units it holds, so that numbers stay between 1 and some thousands.
package struct Scale: Sendable, Equatable {
  /// Base units in one printed unit.
  package var factor: Double
  /// Unit as printed, e.g. `MWh`, `thousand USD/y`, `km²`.
  package var unit: String

  /// A scale.
  package init(factor: Double, unit: String) {
    self.factor = factor
    self.unit = unit
  }

  /// The scale for numbers of `unit` whose largest magnitude is `largest`.
  ///
  /// Energy, power, mass and area climb their own ladders; any other unit that begins with a currency (three capitals)
  /// gets `thousand`, `million` or `billion` before it; the rest stays.
  package static func fitting(_ largest: Double, unit: String) -> Scale {
    let size = largest.isFinite ? abs(largest) : 0
    let (head, tail) = split(unit)
    if unit == "share" || unit == "1" || unit == "-" { return Scale(factor: 0.01, unit: "%") }
    if let ladder = ladders[head] {
      // Prices such as USD/kWh have the ladder unit below the stroke and never come here.
      let step = ladder.last { size >= $0.factor * 0.9999 } ?? ladder[0]
      return Scale(factor: step.factor, unit: step.unit + tail)
    }
    if isCurrency(head) && !(tail.contains("kWh") || tail.contains("kW") || tail.contains("kg")) {
      if size >= 0.9999e9 { return Scale(factor: 1e9, unit: "billion " + unit) }
      if size >= 0.9999e6 { return Scale(factor: 1e6, unit: "million " + unit) }
      if size >= 1e4 { return Scale(factor: 1e3, unit: "thousand " + unit) }
    }
    return Scale(factor: 1, unit: pretty(unit))
  }

  /// A number with its unit, at the scale that fits it: `3.214 GWh`, `2.69 million EUR`, `83.2 %`. Money below a million is
  /// written out, `352,200 USD/y`; where many numbers share a unit (axes, columns) thousands are a scale too.
  package static func text(_ value: Double, _ unit: String, digits: Int = 4) -> String {
    guard value.isFinite else { return NumberText.significant(value) }
    var scale = fitting(value, unit: unit)
    if scale.factor == 1e3, scale.unit.hasPrefix("thousand ") { scale = Scale(factor: 1, unit: unit) }
    if scale.unit == "%" { return NumberText.percent(value, digits: max(3, digits - 1)) }
    let number = NumberText.significant(value / scale.factor, digits: digits)
    return scale.unit.isEmpty ? number : number + " " + scale.unit
  }

  /// Decimals that show about four digits of `largest` (in base units), at most three.
  package func decimals(for largest: Double) -> Int {
    let size = abs(largest / factor)
    guard size.isFinite, size > 0 else { return 0 }
    return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3
  }

  /// A unit as people write it: `m2` as `m²`, `CO2` as `CO₂`, `NOx` as `NOₓ`, `degC` as `°C`, an angle's `deg` as `°`.
  package static func pretty(_ unit: String) -> String {
    switch unit {
    case "1", "-", "": return ""
    case "degC": return "°C"
    case "deg": return "°"
    default: break
    }
    var text = ""
    var previous: Character = " "
    for character in unit {
      switch (previous, character) {
      case ("m", "2"): text += "²"
      case ("m", "3"): text += "³"
      case ("O", "2"): text += "₂"
      case ("O", "x"): text += "ₓ"
      default: text.append(character)
      }
      previous = character
    }
    return text
  }

  private static func split(_ unit: String) -> (head: String, tail: String) {
    guard let end = unit.firstIndex(where: { $0 == "/" || $0 == " " }) else { return (unit, "") }
    return (String(unit[..<end]), pretty(String(unit[end...])))
  }

  private static func isCurrency(_ head: String) -> Bool {
    head.utf8.count == 3 && head.utf8.allSatisfy { $0 >= 65 && $0 <= 90 }
  }

  private static let ladders: [String: [Scale]] = [
    "kW": [Scale(factor: 1, unit: "kW"), Scale(factor: 1e3, unit: "MW"), Scale(factor: 1e6, unit: "GW")],
    "kWh": [
      Scale(factor: 1, unit: "kWh"), Scale(factor: 1e3, unit: "MWh"), Scale(factor: 1e6, unit: "GWh"),
      Scale(factor: 1e9, unit: "TWh"),
    ],
    "L": [Scale(factor: 1, unit: "litres")],
    "kg": [
      Scale(factor: 1, unit: "kg"), Scale(factor: 1e3, unit: "t"), Scale(factor: 1e6, unit: "kt"),
      Scale(factor: 1e9, unit: "Mt"),
    ],
    "m2": [Scale(factor: 1, unit: "m²"), Scale(factor: 1e4, unit: "ha"), Scale(factor: 1e6, unit: "km²")],
  ]
}
