import Foundation
import Tulou

/// Which rule runs the hours, in the words and units of a question: per cent, hours, kW.
package struct StrategyWords: Sendable {
  /// Names between commas; nil: none is named.
  package var strategy: String?
  /// `cycle_charging`: state of charge that it goes on to [%].
  package var setPoint = 0.0
  /// `combined`: share of the running generators below which it charges [%].
  package var threshold = 50.0
  /// `price_threshold`: prices at which the grid charges and the storage serves; nil: quarters of prices.
  package var lowPrice: Double?, highPrice: Double?
  /// `peak_shaving`: greatest purchase [kW]; nil: the least that can be kept.
  package var peak: Double?
  /// `optimal`: hours that it looks ahead, and hours that it does of each plan.
  package var horizon = 48.0, every = 6.0
  /// `optimal`: error of its forecasts a day ahead [%]; nil: none is stated.
  package var forecastError: Double?
  /// `optimal`: past days whose mean is its forecast; nil: none is stated.
  package var pastDays: Int?
  /// Whether each hour takes the cheapest combination of machines.
  package var cheapest = false

  /// Nothing said.
  package init() {}

  private var names: [String] {
    WordFault.list(strategy ?? Study.Strategy.loadFollowing.rawValue).filter { !$0.isEmpty }
  }

  /// What is asked.
  package func question() throws(WordFault) -> StrategyQuestion {
    let rules = names.compactMap(Study.Strategy.init)
    try check(rules)
    var question = StrategyQuestion()
    question.rules = strategy == nil ? nil : rules
    question.setPoint = setPoint / 100
    question.threshold = threshold / 100
    question.lowPrice = lowPrice
    question.highPrice = highPrice
    question.peak = peak
    question.horizon = horizon
    question.every = every
    question.knowledge =
      pastDays.map { .pastDays($0) } ?? forecastError.map { $0 > 0 ? .error($0 / 100) : .perfect } ?? .perfect
    question.cheapest = cheapest
    if cheapest, !question.dispatches().contains(where: \.takesCheapest) {
      throw WordFault("--cheapest belongs to load_following, cycle_charging and combined.")
    }
    return question
  }

  private func check(_ rules: [Study.Strategy]) throws(WordFault) {
    for name in names where Study.Strategy(rawValue: name) == nil {
      throw WordFault("'\(name)' is no strategy; there are \(DispatchStrategy.names.joined(separator: ", ")).")
    }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw WordFault("--strategy takes one name or several different ones; found '\(strategy ?? "")'.")
    }
    try checkRanges()
    let given: [(option: String, isGiven: Bool, rule: Study.Strategy)] = [
      ("--set-point", setPoint != 0, .cycleCharging), ("--threshold", threshold != 50, .combined),
      ("--low-price", lowPrice != nil, .priceThreshold), ("--high-price", highPrice != nil, .priceThreshold),
      ("--horizon", horizon != 48, .optimal), ("--every", every != 6, .optimal),
      ("--forecast-error", forecastError != nil, .optimal), ("--past-days", pastDays != nil, .optimal),
      ("--peak", peak != nil, .peakShaving),
    ]
    if let stray = given.first(where: { $0.isGiven && !rules.contains($0.rule) }) {
      throw WordFault("\(stray.option) belongs to --strategy \(stray.rule.rawValue).")
    }
  }

  private func checkRanges() throws(WordFault) {
    guard (0...100).contains(setPoint) else { throw WordFault("--set-point takes 0 to 100 %.") }
    guard (0...100).contains(threshold) else { throw WordFault("--threshold takes 0 to 100 %.") }
    for (name, price) in [("--low-price", lowPrice), ("--high-price", highPrice)] {
      if let price, !(abs(price) <= 1e9) { throw WordFault("\(name) takes a price per kWh of at most 1e9.") }
    }
    if let lowPrice, let highPrice, lowPrice > highPrice { throw WordFault("--low-price is above --high-price.") }
    guard (1...8784).contains(horizon), every >= 1.0 / 60, every <= horizon else {
      throw WordFault("--horizon takes 1 to 8784 hours, --every from a minute (0.0167) to those of --horizon.")
    }
    if let forecastError, !(0...300).contains(forecastError) {
      throw WordFault("--forecast-error takes 0 to 300 %.")
    }
    if let pastDays, !(1...366).contains(pastDays) { throw WordFault("--past-days takes 1 to 366.") }
    if forecastError != nil, pastDays != nil {
      throw WordFault("A forecast has --forecast-error or --past-days, not both.")
    }
    if let peak, !(0...1e12).contains(peak) { throw WordFault("--peak takes a power from 0 to 1e12 kW.") }
  }
}
