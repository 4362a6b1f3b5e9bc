import Foundation
package import Tulou

/// What the words of a question mean, whoever hears them: paths with values, sizes, goals, weights.
package enum QuestionWords {
  /// Key paths with values in place of the file's, `path=value` each, in the order given.
  package static func settings(_ texts: [String]) throws(WordFault) -> [(path: String, value: String)] {
    var settings: [(path: String, value: String)] = []
    for text in texts {
      guard let (path, value) = WordFault.pair(text) else {
        throw WordFault("--set takes path=value such as components.wind.capital=\"900 USD/kW\"; found '\(text)'.")
      }
      guard !settings.contains(where: { $0.path == path }) else { throw WordFault("--set gives '\(path)' twice.") }
      settings.append((path, value))
    }
    return settings
  }

  /// Sizes by name: `pv=1200,battery.power=300`.
  package static func sizes(_ text: String, of option: String = "--sizes") throws(WordFault) -> [String: Double] {
    func fault(_ found: some StringProtocol) -> WordFault {
      WordFault("\(option) takes id=number pairs such as pv=1200,battery.power=300; found '\(found)'.")
    }
    var sizes: [String: Double] = [:]
    for pair in text.split(separator: ",") {
      guard let (name, number) = WordFault.pair(pair), let value = Double(number), value >= 0, value <= 1e15 else {
        throw fault(pair)
      }
      guard sizes.updateValue(value, forKey: name) == nil else { throw WordFault("\(option) names '\(name)' twice.") }
    }
    guard !sizes.isEmpty else { throw fault(text) }
    return sizes
  }

  /// Steps in which sizes are sold, by name: `pv=0.5,battery.power=50`.
  package static func steps(_ text: String) throws(WordFault) -> [String: Double] {
    let steps = try sizes(text, of: "--steps")
    if let zero = steps.first(where: { $0.value <= 0 }) {
      throw WordFault("--steps takes steps above 0; found \(zero.key)=0.")
    }
    return steps
  }

  /// Totals of sizes that a search tries: `id=number,number,...` each.
  package static func candidates(_ texts: [String]) throws(WordFault) -> [String: [Double]] {
    var totals: [String: [Double]] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1)
      let values = parts.count == 2 ? parts[1].split(separator: ",").map { Double($0) } : []
      let sizes = values.compactMap { $0 }.filter { $0 >= 0 && $0 <= 1e15 }
      guard parts.count == 2, !sizes.isEmpty, sizes.count == values.count else {
        throw WordFault("--candidates takes id=number,number,... from 0 to 1e15; found '\(text)'.")
      }
      totals[String(parts[0])] = sizes
    }
    return totals
  }

  /// Two or three goals that a search breeds designs for.
  package static func goalsOfDesigns(_ text: String) throws(WordFault) -> [Study.Goal] {
    var goals: [Study.Goal] = []
    for word in WordFault.list(text) {
      guard let goal = Study.Goal(rawValue: word), Study.Goal.ofDesigns.contains(goal) else {
        let known = Study.Goal.ofDesigns.map(\.rawValue).joined(separator: ", ")
        throw WordFault("'\(word)' is no goal of designs; there are \(known).")
      }
      goals.append(goal)
    }
    guard (2...3).contains(goals.count), Set(goals).count == goals.count else {
      throw WordFault("--objectives takes two or three different goals, found '\(text)'.")
    }
    return goals
  }

  /// The two goals of a front.
  package static func axes(_ text: String) throws(WordFault) -> (ParetoAxis, ParetoAxis) {
    let words = WordFault.list(text)
    guard words.count == 2 else {
      throw WordFault("--objectives takes two goals such as net_present_cost,co2; found '\(text)'.")
    }
    func axis(_ word: String) throws(WordFault) -> ParetoAxis {
      if let axis = ParetoAxis(rawValue: word) { return axis }
      let near = nearestName(to: word, among: Study.Goal.words).map { " Did you mean '\($0)'?" } ?? ""
      throw WordFault("'\(word)' is no goal; there are \(Study.Goal.words.joined(separator: ", ")).\(near)")
    }
    return (try axis(words[0]), try axis(words[1]))
  }

  /// Paths with the values that a sensitivity gives them: `path=value,value,...` each.
  package static func variations(_ texts: [String]) throws(WordFault) -> [Study.Variation] {
    var all: [Study.Variation] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw WordFault("--vary takes path=value,value,... such as components.wind.capital=x0.5,x2; found '\(text)'.")
      }
      var list = parts[1]
      if list.hasPrefix("["), list.hasSuffix("]") { list = String(list.dropFirst().dropLast()) }
      let values = WordFault.list(list).filter { !$0.isEmpty }
      guard !values.isEmpty else { throw WordFault("--vary '\(parts[0])' is given no values.") }
      all.append(Study.Variation(path: parts[0], values: values))
    }
    return all
  }

  /// Weights of the criteria by which sites are ranked: `isolation=1,resources=2`; left out ones are 0.
  package static func siteWeights(_ text: String) throws(WordFault) -> [Double] {
    var found = SiteCriterion.allCases.map { _ in 0.0 }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
      guard pair.count == 2, let index = SiteCriterion.allCases.firstIndex(where: { $0.rawValue == pair[0] }),
        let weight = Double(pair[1]), weight >= 0, weight.isFinite
      else {
        throw WordFault("--weights takes pairs such as isolation=1,resources=2,culture=1; found '\(part)'.")
      }
      found[index] = weight
    }
    guard found.reduce(0, +) > 0 else { throw WordFault("--weights: all are 0.") }
    return found
  }

  /// Levels of a policy that is swept: `0,0.5,1`.
  package static func levels(_ text: String) throws(WordFault) -> [Double] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.count <= PolicyStudy.mostLevels,
      numbers.allSatisfy({ $0 >= 0 && $0 <= 1000 })
    else {
      throw WordFault(
        "--levels takes up to \(PolicyStudy.mostLevels) numbers from 0 to 1000 such as 0,0.5,1; found '\(text)'.")
    }
    return numbers
  }

  /// By how much a plan may cost more than the best one, in per cent: `5`, `10 %`.
  package static func within(_ text: String) throws(WordFault) -> Double {
    let number = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard let value = Double(number.filter { $0 != " " }), value > 0, value <= 1000 else {
      throw WordFault("--within takes per cent above 0 such as 5 or \"10 %\"; found '\(text)'.")
    }
    return value / 100
  }

  /// What a robust match has in view: a weight of the worst loss, or each partner's share of time away.
  package static func robust(_ text: String) throws(WordFault) -> RobustRule {
    let byShares = "shares"
    if text == byShares { return .shares }
    guard let weight = Double(text), (0...1e6).contains(weight) else {
      throw WordFault("--robust takes a weight of 0 or more, or '\(byShares)'; found '\(text)'.")
    }
    return .worst(weight: weight)
  }

  /// Two goals of a match that are traded off.
  package static func tradeOff(_ text: String) throws(WordFault) -> (first: MatchGoal, second: MatchGoal) {
    let words = WordFault.list(text), found = words.compactMap(MatchGoal.init)
    guard words.count == 2, found.count == 2, found[0] != found[1] else {
      let known = MatchGoal.allCases.map(\.rawValue).joined(separator: ", ")
      throw WordFault("--trade-off takes two of \(known), such as co2,money; found '\(text)'.")
    }
    return (found[0], found[1])
  }

  /// A place: `latitude,longitude[,altitude[,clock]]`, the clock against universal time [h].
  package static func place(_ text: String) throws(WordFault) -> Site {
    let numbers = WordFault.list(text).map { Double($0) }
    let values = numbers.compactMap(\.self)
    guard values.count == numbers.count, (2...4).contains(values.count), values.allSatisfy(\.isFinite),
      abs(values[0]) <= 90, abs(values[1]) <= 180
    else { throw WordFault("--site takes latitude,longitude[,altitude[,clock]], found '\(text)'.") }
    return Site(
      latitudeDegrees: values[0], longitudeDegrees: values[1], altitudeMetres: values.count > 2 ? values[2] : 0,
      utcOffsetHours: values.count > 3 ? values[3] : (values[1] / 15).rounded())
  }

  /// Years that are simulated one by one; nil: not asked for.
  ///
  /// - Parameters:
  ///   - years: How many.
  ///   - samples: Paths drawn over weather years and prices.
  ///   - priceVolatility: Standard deviation of the yearly change of prices [%].
  package static func years(
    _ years: Int?, samples: Int?, priceVolatility: Double?
  ) throws(WordFault) -> MultiYearOptions? {
    if let years, !(1...100).contains(years) { throw WordFault("--years takes 1 to 100.") }
    if samples != nil, years == nil { throw WordFault("--samples belongs to --years.") }
    if let samples, !(1...100_000).contains(samples) { throw WordFault("--samples takes 1 to 100000.") }
    if priceVolatility != nil, samples == nil { throw WordFault("--price-volatility belongs to --samples.") }
    if let priceVolatility, !(0...100).contains(priceVolatility) {
      throw WordFault("--price-volatility takes 0 to 100 %.")
    }
    guard let years else { return nil }
    var asked = MultiYearOptions(years: years)
    asked.samples = samples ?? 0
    asked.priceVolatility = (priceVolatility ?? 0) / 100
    return asked
  }
}
