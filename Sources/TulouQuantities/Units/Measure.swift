/// What a key takes: a dimension, the unit that its value is kept in, and an example for messages.
package struct Measure: Sendable, Hashable {
  /// What it is called, e.g. `a power`.
  package let name: String
  /// The unit that values are kept in.
  package let unit: Unit
  /// How one is written, e.g. `4.2 kW`.
  package let example: String
  /// Whether years and months may stand for hours (8760 h, 730 h) and the other way round.
  package let countsYearsAsHours: Bool
  /// Values that are taken, in `unit`; what lies outside is a slip of the pen, and would drown all other numbers of a plan.
  package let extent: ClosedRange<Double>

  /// Nothing in a cluster is larger than this in base units, and what is smaller than its inverse is 0.
  package static let greatest = 1e15

  /// A measure kept in `unit`, which must be a unit (a mistake of the programmer otherwise).
  package init(
    _ name: String, in unit: String, example: String, countsYearsAsHours: Bool = false,
    extent: ClosedRange<Double> = -greatest...greatest
  ) {
    self.extent = extent
    do throws(Unit.Failure) {
      self.unit = try Unit(unit)
    } catch {
      preconditionFailure("'\(unit)' is no unit: \(error.symbol)")
    }
    self.name = name
    self.example = example
    self.countsYearsAsHours = countsYearsAsHours
  }

  /// Whether a value in this measure's unit is within its extent, and is 0 or far enough from 0 to be divided by.
  package func holds(_ value: Double) -> Bool {
    extent.contains(value) && (value == 0 || abs(value) * Measure.greatest >= 1)
  }

  /// What `holds` asks for, e.g. `between -1e15 kW and 1e15 kW`.
  package var extentWords: String {
    func text(_ end: Double) -> String {
      let number = abs(end) >= 1e15 ? (end < 0 ? "-1e15" : "1e15") : end.plain
      return unit.dimension.isPure ? number : "\(number) \(unit)"
    }
    return "between \(text(extent.lowerBound)) and \(text(extent.upperBound))"
      + (extent.contains(0) ? ", and 0 or at least 1e-15 away from it" : "")
  }

  /// Whether a bare number will do.
  package var isPure: Bool { unit.dimension.isPure }

  /// Whether a value in `other` can be kept in this measure's unit.
  package func takes(_ other: Unit) -> Bool {
    if unit.dimension == other.dimension {
      return unit.dimension != Dimension(temperature: 1) || unit.isCelsius == other.isCelsius
    }
    return countsYearsAsHours && unit.dimension.inHours == other.dimension.inHours
  }

  /// `value` in `other`, kept in this measure's unit, money unconverted. Call only where `takes(other)`.
  package func value(_ value: Double, in other: Unit) -> Double {
    let size = (value * other.numerator / other.denominator) * unit.denominator / unit.numerator
    guard unit.dimension != other.dimension else { return size }
    // 8760 h in a year, 730 in a month: the numbers of hours that the two spellings differ by.
    let years = other.dimension.year - unit.dimension.year
    let months = other.dimension.month - unit.dimension.month
    return size * Measure.power(8760, years) * Measure.power(730, months)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= base }
    return exponent < 0 ? 1 / result : result
  }
}

extension Measure {
  /// A pure number.
  package static let number = Measure("a number", in: "1", example: "0.8")
  /// A share, kept as a fraction.
  package static let share = Measure("a share", in: "1", example: "80 %")
  /// Power [kW].
  package static let power = Measure("a power", in: "kW", example: "4.2 kW")
  /// Energy [kWh].
  package static let energy = Measure("an energy", in: "kWh", example: "4.2 kWh")
  /// Energy per year [kWh/y].
  package static let energyPerYear = Measure("an energy per year", in: "kWh/y", example: "1.1 GWh/y")
  /// Time [h].
  package static let time = Measure("a time", in: "h", example: "4 h", countsYearsAsHours: true)
  /// Years [y].
  package static let years = Measure(
    "a number of years", in: "y", example: "25 y", countsYearsAsHours: true, extent: -1000...1000)
  /// A share per hour [1/h].
  package static let ratePerHour = Measure("a share per hour", in: "1/h", example: "0.4 %/h", countsYearsAsHours: true)
  /// A share per year [1/y].
  package static let ratePerYear = Measure("a share per year", in: "1/y", example: "2 %/y", extent: -0.99...100)
  /// A share per kelvin [1/K].
  package static let ratePerKelvin = Measure("a share per kelvin", in: "1/K", example: "-0.4 %/K")
  /// Temperature [degC].
  package static let temperature = Measure("a temperature", in: "degC", example: "55 degC", extent: -273.15...10_000)
  /// Difference of temperatures [K].
  package static let temperatureDifference = Measure(
    "a difference of temperatures", in: "K", example: "5 K", extent: -10_000...10_000)
  /// Angle [degree].
  package static let angle = Measure("an angle", in: "deg", example: "24.72 deg", extent: -720...720)
  /// Length [m].
  package static let length = Measure("a length", in: "m", example: "230 m")
  /// Area [m2].
  package static let area = Measure("an area", in: "m2", example: "6000 m2")
  /// Volume [m3].
  package static let volume = Measure("a volume", in: "m3", example: "500 m3")
  /// Volume flow [m3/s].
  package static let flow = Measure("a volume flow", in: "m3/s", example: "1.2 m3/s")
  /// Speed [m/s].
  package static let speed = Measure("a speed", in: "m/s", example: "5.3 m/s")
  /// Daily irradiation [kWh/m2/d].
  package static let dailyIrradiation = Measure("an irradiation per day", in: "kWh/m2/d", example: "4.4 kWh/m2/d")
  /// Irradiance [kW/m2].
  package static let irradiance = Measure("an irradiance", in: "kW/m2", example: "0.6 kW/m2")
  /// Money.
  package static let money = Measure("an amount of money", in: "¤", example: "60000 USD")
  /// Money per energy.
  package static let price = Measure("money per energy", in: "¤/kWh", example: "0.12 USD/kWh")
  /// Money per mass [money/kg].
  package static let pricePerMass = Measure("money per mass", in: "¤/kg", example: "60 USD/t")
  /// Money per power and month.
  package static let demandRate = Measure("money per power and month", in: "¤/kW/month", example: "12 USD/kW/month")
  /// Money per power and year, paid on the year's highest.
  package static let demandRatePerYear = Measure("money per power and year", in: "¤/kW/y", example: "100 USD/kW/y")
  /// Money per day.
  package static let moneyPerDay = Measure("money per day", in: "¤/d", example: "0.5 USD/d")
  /// Money per month.
  package static let moneyPerMonth = Measure("money per month", in: "¤/month", example: "20 USD/month")
  /// Emission [kg/kWh].
  package static let emission = Measure("a mass per energy", in: "kg/kWh", example: "0.55 kg/kWh")
  /// Mass per year [kg/y].
  package static let massPerYear = Measure("a mass per year", in: "kg/y", example: "1100 t/y")
  /// Money per length [currency/km].
  package static let moneyPerLength = Measure("money per length", in: "¤/km", example: "25000 USD/km")
  /// Money per length and year [currency/km/y].
  package static let moneyPerLengthAndYear = Measure(
    "money per length and year", in: "¤/km/y", example: "200 USD/km/y")
}
