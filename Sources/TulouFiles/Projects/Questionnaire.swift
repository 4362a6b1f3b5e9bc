import Foundation

/// The questions by which `tulou init` makes a first project: place, communities, enterprises, sources, grid.
///
/// It talks through two functions, so that a terminal, a file of answers and a test all serve. An empty answer takes what
/// stands in brackets; the end of the answers takes it for all that is left.
package struct Questionnaire {
  /// Asks with a question and its default and brings the answer; nil at the end of the answers.
  let ask: (_ question: String, _ fallback: String) -> String?
  /// Says something by way of explanation.
  let say: (String) -> Void
  /// Says why an answer will not do; the question is asked again.
  let refuse: (String) -> Void
  var answers = Answers()

  /// A questionnaire that talks through two functions.
  ///
  /// - Parameter refuse: Told why an answer will not do; nil: `say` is.
  package init(
    ask: @escaping (_ question: String, _ fallback: String) -> String?, say: @escaping (String) -> Void,
    refuse: ((String) -> Void)? = nil
  ) {
    self.ask = ask
    self.say = say
    self.refuse = refuse ?? say
  }

  /// Asks everything and brings the answers.
  package mutating func run() -> Answers {
    say("A first project in a few questions. Enter takes what stands in brackets; everything can be changed later.")
    answers.name = text("Name of the cluster", "My valley")
    place()
    people()
    enterprises()
    sources()
    outside()
    return answers
  }

  private mutating func people() {
    say("")
    say("Communities that take part: a name and its people, one a line, such as 'Hongkeng, 2000'. An empty line ends.")
    answers.communities = list("Community", first: "Village, 1000") { words in
      guard words.count == 2, let people = Double(words[1]), people >= 1, people <= 1e8 else { return nil }
      return Answers.Community(name: words[0], people: people)
    } complaint: {
      "A name and a number of people, such as 'Hongkeng, 2000'."
    }
    answers.hotWater = yes("Hot water from the cluster", true)
    answers.protected = yes("Roofs of the communities are protected (no modules on them)", false)
  }

  private mutating func enterprises() {
    say("")
    say("Enterprises: name, kind, electricity a year, such as 'Mill, workshop, 800 MWh'. An empty line ends.")
    say("Kinds: \(Answers.kinds.joined(separator: ", ")).")
    answers.enterprises = list("Enterprise", first: "Workshop, workshop, 300 MWh") { words in
      guard words.count == 3, Answers.kinds.contains(words[1].lowercased()), let energy = Answers.energy(words[2])
      else {
        return nil
      }
      return Answers.Enterprise(name: words[0], kind: words[1].lowercased(), energy: energy)
    } complaint: {
      "Name, kind and energy with unit, such as 'Mill, workshop, 800 MWh'."
    }
    answers.cattle = number("Cattle whose manure can be digested", 0, within: 0...1e6)
  }

  private mutating func sources() {
    say("")
    let people = answers.communities.reduce(0) { $0 + $1.people }
    if !answers.place.sun.isEmpty {
      answers.roofs = number("Modules on roofs at most, kW", max(50, (people / 4).rounded()), within: 0...1e7)
      answers.field = number("Modules on open land at most, kW", max(100, (people / 2).rounded()), within: 0...1e7)
    }
    answers.head = number("Head of a stream for hydro, m (0: none)", 0, within: 0...2500)
    if answers.head > 0 {
      answers.flow = number("Mean flow of the stream, m3/s", 0.5, within: 0.001...1e5)
      answers.hydroExisting = number("Hydro that stands already, kW", 0, within: 0...1e6)
    }
    say("The mean wind of any place stands in the Global Wind Atlas (globalwindatlas.info).")
    answers.windMean = number("Mean wind at 100 m from a wind atlas, m/s (0: no wind farm)", 0, within: 0...20)
    answers.battery = yes("A battery", true)
  }

  private mutating func outside() {
    say("")
    answers.currency = currency()
    let code = answers.currency.code, price = answers.currency.usualPrice
    answers.buy = number("Price of electricity from the grid, \(code)/kWh", price, within: 0...1e7)
    answers.sell = number(
      "Price for electricity sold, \(code)/kWh", Currency.rounded(answers.buy * 0.6), within: 0...1e7)
    answers.isPriceProposed = answers.buy == price
    answers.share = number("Renewable share of electricity at least, %", answers.likelyShare, within: 0...100)
    let grid = GridEmission.proposed(country: answers.country)
    answers.emission = grid
    let emission = number(
      "Emission of the grid's electricity, kg CO2/kWh (\(grid.source))", grid.kilogramsPerKilowattHour, within: 0...2)
    if emission != grid.kilogramsPerKilowattHour {
      answers.emission = GridEmission(kilogramsPerKilowattHour: emission, source: "answered")
    }
  }

  // Single answers.

  func text(_ question: String, _ fallback: String) -> String {
    let answer = (ask(question, fallback) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return answer.isEmpty ? fallback : answer
  }

  func yes(_ question: String, _ fallback: Bool) -> Bool {
    while true {
      switch text(question + " (yes, no)", fallback ? "yes" : "no").lowercased() {
      case "yes", "y": return true
      case "no", "n": return false
      default: refuse("Please answer yes or no.")
      }
    }
  }

  func number(_ question: String, _ fallback: Double, within range: ClosedRange<Double>) -> Double {
    while true {
      if let value = Double(text(question, Answers.plain(fallback))), range.contains(value) { return value }
      refuse("A number between \(Answers.plain(range.lowerBound)) and \(Answers.plain(range.upperBound)).")
    }
  }

  /// Lines until an empty one; without any line the first one stands.
  private func list<Item>(
    _ question: String, first: String, _ read: ([String]) -> Item?, complaint: () -> String
  ) -> [Item] {
    var items: [Item] = []
    while items.count < 50 {
      let fallback = items.isEmpty ? first : ""
      let line = text(question, fallback)
      if line.isEmpty { break }
      if line.lowercased() == "none" { return [] }
      let words = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let item = read(words) else {
        refuse(complaint())
        continue
      }
      items.append(item)
    }
    return items
  }
}
