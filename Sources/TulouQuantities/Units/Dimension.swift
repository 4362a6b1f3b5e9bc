/// What kind of thing a number measures: the exponents of the base dimensions.
///
/// Years and months are dimensions of their own, because a cost per kW and year (`USD/kW/y`) and a cost per
/// kWh (`USD/kWh`) would otherwise be the same thing. Where a plain time is wanted a year counts 8760 h and a
/// month 730 h; `Measure` says where that is allowed.
package struct Dimension: Sendable, Hashable {
  /// Exponent of energy (base kWh).
  package var energy = 0
  /// Exponent of time (base h).
  package var time = 0
  /// Exponent of calendar years.
  package var year = 0
  /// Exponent of calendar months.
  package var month = 0
  /// Exponent of length (base m).
  package var length = 0
  /// Exponent of mass (base kg).
  package var mass = 0
  /// Exponent of temperature (base K).
  package var temperature = 0
  /// Exponent of money (base: the unit's own currency).
  package var money = 0
  /// Exponent of plane angle (base degree).
  package var angle = 0
  /// Exponent of things counted (people, animals, vehicles).
  package var count = 0

  /// A pure number.
  package init() {}

  /// A dimension from its exponents.
  package init(
    energy: Int = 0, time: Int = 0, year: Int = 0, month: Int = 0, length: Int = 0, mass: Int = 0,
    temperature: Int = 0, money: Int = 0, angle: Int = 0, count: Int = 0
  ) {
    self.energy = energy
    self.time = time
    self.year = year
    self.month = month
    self.length = length
    self.mass = mass
    self.temperature = temperature
    self.money = money
    self.angle = angle
    self.count = count
  }

  /// Whether it is a pure number.
  package var isPure: Bool { self == Dimension() }

  /// The same with years and months counted as hours.
  package var inHours: Dimension {
    var plain = self
    plain.time += year + month
    plain.year = 0
    plain.month = 0
    return plain
  }

  /// `power` times this dimension is added.
  package func adding(_ other: Dimension, power: Int) -> Dimension {
    Dimension(
      energy: energy + power * other.energy, time: time + power * other.time, year: year + power * other.year,
      month: month + power * other.month, length: length + power * other.length, mass: mass + power * other.mass,
      temperature: temperature + power * other.temperature, money: money + power * other.money,
      angle: angle + power * other.angle, count: count + power * other.count)
  }

  /// What people call it, e.g. `an energy`; spelled with base units where it has no name.
  package var name: String {
    if let known = Dimension.names[self] { return known }
    return "a quantity in \(baseUnits)"
  }

  private var baseUnits: String {
    let parts: [(String, Int)] = [
      ("money", money), ("kWh", energy), ("kg", mass), ("m", length), ("K", temperature), ("deg", angle),
      ("head", count), ("h", time), ("month", month), ("y", year),
    ]
    func term(_ part: (String, Int)) -> String { abs(part.1) == 1 ? part.0 : "\(part.0)\(abs(part.1))" }
    let above = parts.filter { $0.1 > 0 }.map(term)
    let below = parts.filter { $0.1 < 0 }.map(term)
    return (above.isEmpty ? "1" : above.joined(separator: "·")) + below.map { "/" + $0 }.joined()
  }

  private static let names: [Dimension: String] = [
    Dimension(): "a pure number or share",
    Dimension(energy: 1): "an energy",
    Dimension(energy: 1, time: -1): "a power",
    Dimension(energy: 1, year: -1): "an energy per year",
    Dimension(energy: 1, month: -1): "an energy per month",
    Dimension(time: 1): "a time",
    Dimension(year: 1): "a number of years",
    Dimension(month: 1): "a number of months",
    Dimension(time: -1): "a rate per hour",
    Dimension(year: -1): "a rate per year",
    Dimension(length: 1): "a length",
    Dimension(length: 2): "an area",
    Dimension(length: 3): "a volume",
    Dimension(time: -1, length: 3): "a volume flow",
    Dimension(year: -1, length: 3): "a volume per year",
    Dimension(time: -1, length: 1): "a speed",
    Dimension(mass: 1): "a mass",
    Dimension(time: -1, mass: 1): "a mass flow",
    Dimension(year: -1, mass: 1): "a mass per year",
    Dimension(temperature: 1): "a temperature",
    Dimension(temperature: -1): "a rate per kelvin",
    Dimension(angle: 1): "an angle",
    Dimension(count: 1): "a count",
    Dimension(money: 1): "an amount of money",
    Dimension(year: -1, money: 1): "money per year",
    Dimension(month: -1, money: 1): "money per month",
    Dimension(time: -1, money: 1): "money per time",
    Dimension(energy: -1, money: 1): "money per energy",
    Dimension(energy: -1, time: 1, money: 1): "money per power",
    Dimension(energy: -1, time: 1, year: -1, money: 1): "money per power and year",
    Dimension(energy: -1, time: 1, month: -1, money: 1): "money per power and month",
    Dimension(energy: -1, year: -1, money: 1): "money per energy and year",
    Dimension(length: -2, money: 1): "money per area",
    Dimension(year: -1, length: -2, money: 1): "money per area and year",
    Dimension(length: -3, money: 1): "money per volume",
    Dimension(mass: -1, money: 1): "money per mass",
    Dimension(energy: -1, mass: 1): "a mass per energy",
    Dimension(energy: 1, mass: -1): "an energy per mass",
    Dimension(energy: 1, length: -3): "an energy per volume or a pressure",
    Dimension(energy: 1, time: -1, length: -2): "a power per area",
    Dimension(energy: 1, length: -2): "an energy per area",
  ]
}
