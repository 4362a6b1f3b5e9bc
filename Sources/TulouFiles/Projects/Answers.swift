import Foundation
import TulouDemand
import TulouQuantities

/// What a questionnaire brought.
public struct Answers: Sendable {
  struct Community: Sendable {
    var name: String
    var people: Double
  }
  struct Enterprise: Sendable {
    var name: String
    var kind: String
    /// Electricity of a year [kWh].
    var energy: Double
  }

  var name = ""
  var place = KnownPlace.all[3]
  var communities: [Community] = []
  var hotWater = true
  var protected = false
  var enterprises: [Enterprise] = []
  var cattle = 0.0
  var roofs = 0.0
  var field = 0.0
  var head = 0.0
  var flow = 0.0
  var hydroExisting = 0.0
  var windMean = 0.0
  var battery = true
  var currency = "CNY"
  var buy = 0.0
  var sell = 0.0
  var share = 0.0

  /// Kinds of enterprises: archetypes of power.
  static let kinds = [
    "workshop", "food-drying", "cold-store", "dairy-farm", "hotel", "school", "office", "commerce", "hospital",
    "warehouse", "desalination", "port", "constant",
  ]

  /// Currencies with units per EUR and USD (rough, for a first plan) and a usual price of a kWh.
  static let exchange: [String: (eur: Double, usd: Double, price: Double)] = [
    "CNY": (7.8, 7.1, 0.6), "USD": (1.1, 1, 0.13), "EUR": (1, 0.91, 0.25), "GBP": (0.86, 0.79, 0.25),
    "JPY": (160, 148, 30), "INR": (90, 83, 8),
  ]

  /// `300 MWh` as kWh, or nil.
  static func energy(_ text: String) -> Double? {
    let factors = ["kWh": 1.0, "MWh": 1000, "GWh": 1e6]
    for (unit, factor) in factors where text.hasSuffix(unit) {
      let number = text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)
      if let value = Double(number), value > 0, value < 1e9 { return value * factor }
    }
    return nil
  }

  /// A number without needless digits.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  /// An id from free text, none of `taken`.
  static func id(_ text: String, fallback: String, taken: inout Set<String>) -> String {
    var id = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        id.unicodeScalars.append(scalar)
      } else if !id.isEmpty, id.last != "-" {
        id += "-"
      }
    }
    while id.last == "-" { id.removeLast() }
    if id.isEmpty || !(id.first?.isLetter ?? false) { id = fallback }
    var number = 2
    let base = id
    while !taken.insert(id).inserted {
      id = base + "-\(number)"
      number += 1
    }
    return id
  }

  /// Text in double quotes for YAML.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": out += "\\" + String(character)
      default: out += character.acts || character.value < 32 ? " " : String(character)
      }
    }
    return out + "\""
  }
}
