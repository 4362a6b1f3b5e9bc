import Foundation
import TulouDemand
import TulouQuantities
import TulouReport

/// What a questionnaire brought.
package struct Answers: Sendable {
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
  /// ISO 3166 code of the country; empty: not known.
  var country = "CN"
  var currency = Currency.dollar
  var buy = 0.0
  var sell = 0.0
  /// Whether the prices are those that were proposed.
  var isPriceProposed = true
  var emission = GridEmission.proposed(country: "")
  var share = 0.0

  /// Kinds of enterprises: archetypes of power.
  static let kinds = [
    "workshop", "food-drying", "cold-store", "dairy-farm", "hotel", "school", "office", "commerce", "hospital",
    "warehouse", "desalination", "port", "constant",
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
    JSON.digits(value)
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
