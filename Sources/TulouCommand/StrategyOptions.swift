import ArgumentParser
import Foundation
import Tulou
import TulouStudies

/// Which rule runs the hours, and its settings.
struct StrategyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "load_following, cycle_charging, combined, self_consumption, price_threshold, peak_shaving or optimal; a search "
        + "takes several, with commas between.", valueName: "name"))
  var strategy: String?

  @Option(name: .long, help: ArgumentHelp("cycle_charging: state of charge that it goes on to [%].", valueName: "%"))
  var setPoint = 0.0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "combined: cycle charging where the net demand is below this share of the running generators [%].",
      valueName: "%"))
  var threshold = 50.0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "price_threshold: at or below this price the grid charges; left out: lower quarter of prices.", valueName: "price"
    ))
  var lowPrice: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "price_threshold: at or above this price the storage serves; left out: upper quarter of prices.",
      valueName: "price"))
  var highPrice: Double?

  @Option(
    name: .long,
    help: ArgumentHelp("peak_shaving: greatest purchase; left out: the least that can be kept [kW].", valueName: "kW"))
  var peak: Double?

  @Option(name: .long, help: ArgumentHelp("optimal: hours that it looks ahead.", valueName: "h"))
  var horizon = 48.0

  @Option(name: .long, help: ArgumentHelp("optimal: hours that it does of each plan.", valueName: "h"))
  var every = 6.0

  @Option(
    name: .long,
    help: ArgumentHelp("optimal: error of its forecasts a day ahead, of sources and demand [%].", valueName: "%"))
  var forecastError: Double?

  @Option(
    name: .long,
    help: ArgumentHelp("optimal: its forecast is the mean of the same hour in n past days.", valueName: "n"))
  var pastDays: Int?

  @Flag(name: .long, help: "Each hour takes the cheapest combination of machines, as HOMER does, not storage first.")
  var cheapest = false

  func validate() throws {
    for name in names where Study.Strategy(rawValue: name) == nil {
      throw ValidationError(
        "'\(name)' is no strategy; there are \(DispatchStrategy.names.joined(separator: ", ")).")
    }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw ValidationError("--strategy takes one name or several different ones; found '\(strategy ?? "")'.")
    }
    guard (0...100).contains(setPoint) else { throw ValidationError("--set-point takes 0 to 100 %.") }
    guard (0...100).contains(threshold) else { throw ValidationError("--threshold takes 0 to 100 %.") }
    for (name, price) in [("--low-price", lowPrice), ("--high-price", highPrice)] {
      if let price, !(abs(price) <= 1e9) {
        throw ValidationError("\(name) takes a price per kWh of at most 1e9.")
      }
    }
    if let lowPrice, let highPrice, lowPrice > highPrice {
      throw ValidationError("--low-price is above --high-price.")
    }
    guard (1...8784).contains(horizon), every >= 1.0 / 60, every <= horizon else {
      throw ValidationError(
        "--horizon takes 1 to 8784 hours, --every from a minute (0.0167) to those of --horizon.")
    }
    if let forecastError, !(0...300).contains(forecastError) {
      throw ValidationError("--forecast-error takes 0 to 300 %.")
    }
    if let pastDays, !(1...366).contains(pastDays) { throw ValidationError("--past-days takes 1 to 366.") }
    if forecastError != nil, pastDays != nil {
      throw ValidationError("A forecast has --forecast-error or --past-days, not both.")
    }
    if let peak, !(0...1e12).contains(peak) {
      throw ValidationError("--peak takes a power from 0 to 1e12 kW.")
    }
    func only(_ name: String, _ isGiven: Bool, _ wanted: Study.Strategy) throws {
      if isGiven, !rules.contains(wanted) {
        throw ValidationError("\(name) belongs to --strategy \(wanted.rawValue).")
      }
    }
    try only("--set-point", setPoint != 0, .cycleCharging)
    try only("--threshold", threshold != 50, .combined)
    try only("--low-price", lowPrice != nil, .priceThreshold)
    try only("--high-price", highPrice != nil, .priceThreshold)
    try only("--horizon", horizon != 48, .optimal)
    try only("--every", every != 6, .optimal)
    try only("--forecast-error", forecastError != nil, .optimal)
    try only("--past-days", pastDays != nil, .optimal)
    try only("--peak", peak != nil, .peakShaving)
    if cheapest, !question.dispatches().contains(where: \.takesCheapest) {
      throw ValidationError("--cheapest belongs to load_following, cycle_charging and combined.")
    }
  }

  /// The names asked for.
  var names: [String] {
    (strategy ?? "load_following").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
  }

  /// The rules asked for.
  var rules: [Study.Strategy] { names.compactMap(Study.Strategy.init) }

  /// What is asked.
  var question: StrategyQuestion {
    var question = StrategyQuestion()
    question.rules = strategy == nil ? nil : rules
    question.setPoint = setPoint / 100
    question.threshold = threshold / 100
    question.lowPrice = lowPrice
    question.highPrice = highPrice
    question.peak = peak
    question.horizon = horizon
    question.every = every
    question.knowledge = knowledge
    question.cheapest = cheapest
    return question
  }

  private var knowledge: DispatchStrategy.Knowledge {
    if let pastDays { return .pastDays(pastDays) }
    return forecastError.map { $0 > 0 ? .error($0 / 100) : .perfect } ?? .perfect
  }
}
