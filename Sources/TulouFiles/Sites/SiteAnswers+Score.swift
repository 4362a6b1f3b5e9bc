import TulouDocument
package import TulouPlanning
import TulouQuantities

extension SiteAnswers {
  /// What a place is like, beside what it has: how far off, how old.
  struct Character: Sendable {
    var travel: Double?
    var gridDistance: Double?
    var outages: Double?
    var heritage = Heritage.none
    var crafts = 0
    var source = ""
  }

  /// Standing of a place as heritage.
  enum Heritage: String, Sendable, CaseIterable {
    case world, national, regional, local, none

    /// From 0 to 1.
    var rank: Double {
      switch self {
      case .world: 4
      case .national: 3
      case .regional: 2
      case .local: 1
      case .none: 0
      }
    }
  }

  /// What is wanted in a year [kWh].
  private var wanted: Double {
    enterprises.reduce(0) { $0 + $1.energy } + communities.reduce(0) { $0 + $1.people * $1.perHead }
  }

  /// The scores of the site with their parts, each on a scale of ours.
  package var score: SiteScore {
    SiteScore(name: name, parts: isolation + resourceParts + cultureParts)
  }

  private var isolation: [SiteScore.Part] {
    var parts: [SiteScore.Part] = []
    if let travel = character?.travel {
      parts.append(
        .init(
          .isolation, "way to the next city", travel, answer: "\(shortNumber(travel)) h", zero: 0, one: 4, unit: "h"))
    }
    if let metres = character?.gridDistance {
      parts.append(
        .init(
          .isolation, "way to the strong grid", metres / 1000, answer: "\(shortNumber(metres / 1000)) km", zero: 0,
          one: 50, unit: "km"))
    }
    if let outages = character?.outages {
      parts.append(
        .init(
          .isolation, "hours without grid", outages, answer: "\(shortNumber(outages)) h/y", zero: 0, one: 100,
          unit: "h/y"))
    }
    if wanted > 0 {
      let times = money.connection / (wanted / 8760)
      parts.append(
        .init(
          .isolation, "connection", times, answer: "\(shortNumber(times)) times the mean demand", zero: 10, one: 1,
          unit: "times the mean"))
    }
    return parts
  }

  private var resourceParts: [SiteScore.Part] {
    let people = max(1, communities.reduce(0) { $0 + $1.people })
    var parts: [SiteScore.Part] = []
    if !sun.isEmpty {
      let mean = sun.reduce(0, +) / Double(sun.count)
      parts.append(
        .init(.resources, "sun", mean, answer: "\(shortNumber(mean)) kWh/m2/d", zero: 2, one: 6, unit: "kWh/m2/d"))
    }
    if let wind {
      parts.append(
        .init(
          .resources, "wind", wind.speed, answer: "\(shortNumber(wind.speed)) m/s at 100 m", zero: 4, one: 9,
          unit: "m/s"))
    }
    if !rivers.isEmpty, wanted > 0 {
      // Nine tenths of the flow, 80 % efficiency.
      let energy = rivers.reduce(0) { sum, river in
        let flow = river.flow.reduce(0, +) / Double(max(1, river.flow.count))
        return sum + min(9.81 * 0.8 * 0.9 * flow * river.head, max(river.most, river.existing)) * 8760
      }
      let part = energy / wanted
      parts.append(
        .init(
          .resources, "water", part, answer: "\(shortNumber(part * 100)) % of what is wanted", zero: 0, one: 1,
          unit: "of what is wanted"))
    }
    if cattle > 0 {
      let each = cattle / people * 1000
      parts.append(
        .init(
          .resources, "biomass", each, answer: "\(shortNumber(each)) cattle for 1,000 people", zero: 0, one: 200,
          unit: "cattle"))
    }
    if let geothermal {
      let each = geothermal.power / people * 1000
      parts.append(
        .init(
          .resources, "heat of the ground", each, answer: "\(shortNumber(each)) kW for 1,000 people", zero: 0, one: 100,
          unit: "kW"))
    }
    if let tide {
      parts.append(
        .init(.resources, "tide", tide.speed, answer: "\(shortNumber(tide.speed)) m/s", zero: 1, one: 3, unit: "m/s"))
    }
    if !spare.isEmpty, wanted > 0 {
      let part = spare.reduce(0) { $0 + $1.power } * 8760 / wanted
      parts.append(
        .init(
          .resources, "spare heat", part, answer: "\(shortNumber(part * 100)) % of the electricity wanted", zero: 0,
          one: 1, unit: "of the electricity"))
    }
    return parts
  }

  private var cultureParts: [SiteScore.Part] {
    let people = communities.reduce(0) { $0 + $1.people }
    let kept = communities.filter(\.isProtected).reduce(0) { $0 + $1.people }
    var parts: [SiteScore.Part] = []
    if let character {
      parts.append(
        .init(
          .culture, "heritage", character.heritage.rank, answer: character.heritage.rawValue, zero: 0, one: 4,
          unit: "steps from none to world"))
      parts.append(
        .init(
          .culture, "crafts", Double(character.crafts), answer: "\(character.crafts)", zero: 0, one: 5, unit: "crafts"))
    }
    if people > 0 {
      parts.append(
        .init(
          .culture, "people in protected houses", kept / people, answer: "\(shortNumber(kept / people * 100)) %",
          zero: 0,
          one: 1, unit: "of the people"))
    }
    let weeks = Double(guests?.weeks.count ?? 0)
    parts.append(
      .init(.culture, "weeks with guests", weeks, answer: "\(shortNumber(weeks))", zero: 0, one: 26, unit: "weeks"))
    return parts
  }
}

extension SiteQuestions {
  static let character = FieldTable<SiteAnswers.Character>(
    "the character of a place",
    [
      .number(
        "travel", \.travel, .time, in: Bounds(0, 1000, "between 0 h and 1000 h"), "Time to the next city."),
      .number(
        "grid_distance", \.gridDistance, .length, in: Bounds(0, 20_000_000, "between 0 km and 20000 km"),
        "Distance to the strong grid."),
      .number(
        "outages", \.outages, .number, in: Bounds(0, 8760, "between 0 and 8760 h/y"), "Hours a year without grid."),
      Field(
        "heritage", .choice(SiteAnswers.Heritage.allCases.map(\.rawValue)),
        "Standing as heritage: world, national, regional, local, none."
      ) {
        if let word = $2.choice($1, SiteAnswers.Heritage.self) { $0.heritage = word }
      },
      Field("crafts", .integer, "Crafts that are alive.") { $0.crafts = $2.integer($1, in: 0...1000) ?? 0 },
      .text("source", \.source, "Where these are from."),
    ])
}
