/// What a bought kWh emits, as a first project has it.
struct GridEmission: Sendable, Equatable {
  /// Emission of purchase [kg CO2/kWh].
  var kilogramsPerKilowattHour: Double
  /// Where the number is from.
  var source: String

  /// A first value for a country by its ISO 3166 code.
  static func proposed(country: String) -> GridEmission {
    country == "CN"
      ? GridEmission(kilogramsPerKilowattHour: 0.54, source: "national mean of China, from memory, approximate")
      : GridEmission(
        kilogramsPerKilowattHour: 0.48, source: "mean of the world in 2023, Ember 2024, approximate: put your country's"
      )
  }
}
