import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

/// A resource as written: what is given says what it is.
struct ResourceFileInput: Sendable {
  var seed = 1
  var scale = 1.0
  var monthlyGHI: [Double]?
  var ghi: Node?
  var turbidity: [Double]?
  var monthlyTemperature: [Double]?
  var temperature: Node?
  var dailyRange = 8.0
  var monthlySpeed: [Double]?
  var meanSpeed: Double?
  var speed: Node?
  var weibullShape = 2.0
  var autocorrelation = 0.85
  var diurnalStrength = 0.25
  var peakHour = 15.0
  var height = 10.0
  var roughness: Double?
  var shearExponent: Double?
  var stability: String?
  var monthlyFlow: [Double]?
  var flow: Node?
  var flowDuration: Node?
  var ecological = 0.0
  var gas: Node?
  var animals: [String: Double] = [:]
  var residues: [String: Double] = [:]
  var yield: Double?
  var collected = 1.0
  var weather: Node?
  var atlas: Node?
  var tidal: Node?
  var current: Node?
  var upstream: String?
  var rain: [Double]?
  var snowDays: [Double]?
  var source = ""

  static func monthly(
    _ name: String, _ key: any WritableKeyPath<ResourceFileInput, [Double]?> & Sendable, _ measure: Measure,
    _ sentence: String
  ) -> Field<ResourceFileInput> {
    Field(name, .list(.number([measure])), sentence) { input, node, decoding in
      guard let values = decoding.numberList(node, measure) else { return }
      guard values.count == 12 else {
        decoding.error("'\(name)' takes 12 values, one a month, not \(values.count).", at: node.mark)
        return
      }
      input[keyPath: key] = values
    }
  }

  static let table = FieldTable<ResourceFileInput>(
    "a resource",
    [
      .integer(
        "seed", \.seedOrNil, in: 0...Int.max, .value("1", source: Decoding.ours), "Start of its random numbers."),
      .number(
        "scale", \.scale, .share, .silent("100 %"), in: .notNegative, "Factor on what it gives (not on temperature)."
      ).needing(
        "weather", "monthly_ghi", "ghi", "monthly_speed", "mean_speed", "speed", "monthly_flow", "flow", "upstream",
        "tidal",
        "current", "gas", "cattle", "pigs", "heads", "straw", "prunings", "kitchen_waste"),
      Field("source", .text, "Where its numbers come from.") { input, node, decoding in
        input.source = node.text ?? ""
        if let text = decoding.text(node),
          ["approx", "assum", "from memory"].contains(where: { text.lowercased().contains($0) })
        {
          decoding.noteApproximate(text)
        }
      },
      .note("name", "Free text."),
      .node(
        "weather", \.weather, .table("weather"),
        "Weather file (EPW, TMY3, PVGIS, NSRDB) with irradiance, temperature and wind."),
      monthly(
        "monthly_ghi", \.monthlyGHI, .dailyIrradiation,
        "Mean global horizontal irradiation of each month; hours are synthesised."),
      .node("ghi", \.ghi, .series([.irradiance]), "Global horizontal irradiance."),
      monthly("monthly_linke_turbidity", \.turbidity, .number, "Linke turbidity of each month, for the clear sky."),
      monthly(
        "monthly_temperature", \.monthlyTemperature, .temperature,
        "Mean air temperature of each month; hours are synthesised."),
      .node("temperature", \.temperature, .series([.temperature]), "Temperature: a number or a series."),
      .number(
        "daily_range", \.dailyRange, .temperatureDifference, .value("8 K", source: Decoding.ours),
        in: Bounds(0, 40, "between 0 K and 40 K"),
        "Mean daily range of the temperature."),
      monthly("monthly_speed", \.monthlySpeed, .speed, "Mean wind speed of each month; hours are synthesised."),
      .number(
        "mean_speed", \.meanSpeed, .speed, in: .notNegative, "Mean wind speed of the year; hours are synthesised."),
      .node("speed", \.speed, .series([.speed]), "Wind speed."),
      .number(
        "weibull_shape", \.weibullShape, .number, .value("2", source: "HOMER's default"),
        in: Bounds(1, 5, "between 1 and 5"),
        "Weibull shape k of the synthesis."),
      .number(
        "autocorrelation", \.autocorrelation, .number, .value("0.85", source: "HOMER's default"),
        in: Bounds(0, 0.99, "between 0 and 0.99"),
        "Autocorrelation of the wind after one hour."),
      .number(
        "diurnal_strength", \.diurnalStrength, .number, .value("0.25", source: "HOMER's default"),
        in: Bounds(0, 0.5, "between 0 and 0.5"),
        "Amplitude of the mean windy day over the mean."),
      .number(
        "peak_hour", \.peakHour, .number, .value("15", source: "HOMER's default"),
        in: Bounds(0, 24, "between 0 and 24"),
        "Hour of the day that is windiest."),
      .number(
        "height", \.height, .length, .value("10 m", source: "height of weather stations"),
        in: Bounds(0.5, 300, "between 0.5 m and 300 m"),
        "Height of the wind measurement."),
      .number(
        "roughness", \.roughness, .length, in: Bounds(1e-5, 5, "between 0.00001 m and 5 m"),
        "Roughness length of the ground."),
      .number(
        "shear_exponent", \.shearExponent, .number, in: Bounds(-0.2, 0.8, "between -0.2 and 0.8"),
        "Exponent of the power law, in place of the roughness."),
      Field(
        "stability", .choice(WindStability.allCases.map(\.rawValue) + ["hourly"]),
        "Stability of the air, in place of roughness and exponent: a class from A, very unstable, to F, stable; or 'hourly', by sun and wind."
      ) {
        $0.stability = $2.choice($1, WindStability.allCases.map(\.rawValue) + ["hourly"])
      },
      .node(
        "atlas", \.atlas, .table("wind atlas"),
        "Mean speed of a wind atlas or a mast nearby at a height; the series is scaled to it."),
      monthly("monthly_flow", \.monthlyFlow, .flow, "Mean flow of each month; hours are synthesised."),
      .node("flow", \.flow, .series([.flow]), "Flow of the river."),
      .node(
        "flow_duration", \.flowDuration, .table("flow duration"),
        "Flow-duration curve that the hours of 'monthly_flow' or 'flow', often a neighbour's, are brought to: their order, its values."
      ),
      .number(
        "ecological", \.ecological, .flow, .value("0 m3/s", source: "our assumption: nothing is kept back"),
        in: .notNegative, "Flow that stays in the river bed."),
      .reference(
        "upstream", to: "resource", \.upstream,
        "Reach of the same river above it: its water, which stations give back, joins this flow."),
      monthly(
        "monthly_rain", \.rain, Measure("a depth of water", in: "mm", example: "120 mm"),
        "Rain and snow as water in each month: a fact that pages show, in no model."),
      monthly(
        "monthly_snow_days", \.snowDays, .number,
        "Days of each month with snow on the ground: a fact that pages show, in no model."),
      .node("tidal", \.tidal, .table("tide"), "Current of the tide by its harmonic constituents."),
      .node("current", \.current, .series([.speed]), "Current of the tide or of a river."),
      .node("gas", \.gas, .series([.gasFlow]), "Gas that a digester makes."),
      animals("cattle"), animals("pigs"), animals("heads"),
      residues("straw"), residues("prunings"), residues("kitchen_waste"),
      .number(
        "yield", \.yield, .gasFlow, in: .notNegative,
        "Gas per head, e.g. '1.0 m3/d'; left out: a handbook's mean for cattle or pigs, listed as approximate."),
      .number("collected", \.collected, .share, .silent("100 %"), in: .share, "Share of the manure that is collected."),
    ])

  private static func animals(_ name: String) -> Field<ResourceFileInput> {
    Field(name, .number([.number]), "Number of animals.") { input, node, decoding in
      if let number = decoding.number(node, .number, in: .notNegative) { input.animals[name] = number }
    }
  }

  private static func residues(_ name: String) -> Field<ResourceFileInput> {
    Field(
      name, .number([.massPerYear]), "Fresh mass that is digested; its gas by a handbook's mean, listed as approximate."
    ) {
      input, node, decoding in
      if let mass = decoding.number(node, .massPerYear, in: .notNegative) { input.residues[name] = mass / 1000 }
    }
  }

  var seedOrNil: Int? {
    get { seed }
    set { seed = newValue ?? seed }
  }
}

extension Measure {
  static let gasFlow = Measure("a volume flow", in: "m3/h", example: "1.0 m3/d")
}

extension Decoding {
  /// Lists something whose source calls it approximate or assumed.
  mutating func noteApproximate(_ source: String) {
    let before = path
    if path.hasSuffix(".source") { path = String(path.dropLast(".source".count)) }
    assume("", source: source, kind: .approximate)
    path = before
  }
}
