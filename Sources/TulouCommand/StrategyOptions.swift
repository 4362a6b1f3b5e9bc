import ArgumentParser
import TulouStudies

/// Which rule runs the hours, and its settings.
struct StrategyOptions: ParsableArguments {
  @Option(
    help: .value(
      "name",
      "load_following, cycle_charging, combined, self_consumption, price_threshold, peak_shaving or optimal; a search takes several, with commas between."
    ))
  var strategy: String?

  @Option(help: .value("%", "cycle_charging: state of charge that it goes on to [%]."))
  var setPoint = 0.0

  @Option(
    help: .value(
      "%", "combined: cycle charging where the net demand is below this share of the running generators [%]."))
  var threshold = 50.0

  @Option(
    help: .value(
      "price", "price_threshold: at or below this price the grid charges; left out: lower quarter of prices."))
  var lowPrice: Double?

  @Option(
    help: .value(
      "price", "price_threshold: at or above this price the storage serves; left out: upper quarter of prices."))
  var highPrice: Double?

  @Option(help: .value("kW", "peak_shaving: greatest purchase; left out: the least that can be kept [kW]."))
  var peak: Double?

  @Option(help: .value("h", "optimal: hours that it looks ahead."))
  var horizon = 48.0

  @Option(help: .value("h", "optimal: hours that it does of each plan."))
  var every = 6.0

  @Option(help: .value("%", "optimal: error of its forecasts a day ahead, of sources and demand [%]."))
  var forecastError: Double?

  @Option(help: .value("n", "optimal: its forecast is the mean of the same hour in n past days."))
  var pastDays: Int?

  @Flag(help: "Each hour takes the cheapest combination of machines, as HOMER does, not storage first.")
  var cheapest = false

  func validate() throws { _ = try question() }

  /// What is asked.
  func question() throws -> StrategyQuestion {
    var words = StrategyWords()
    words.strategy = strategy
    words.setPoint = setPoint
    words.threshold = threshold
    words.lowPrice = lowPrice
    words.highPrice = highPrice
    words.peak = peak
    words.horizon = horizon
    words.every = every
    words.forecastError = forecastError
    words.pastDays = pastDays
    words.cheapest = cheapest
    return try read(try words.question())
  }
}
