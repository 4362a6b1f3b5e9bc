/// Shape of a kind of demand: course over the day, the week and the year, and how irregular it is.
///
/// All shapes are relative; `DemandProfile` scales them to an energy.
package struct Archetype: Sendable, Equatable {
  /// What drives a part of the demand besides the calendar.
  package enum Driver: Sendable, Equatable {
    /// Nothing: the calendar alone.
    case calendar
    /// Degrees below a base temperature [degC]: space heat.
    case heating(baseCelsius: Double)
    /// Degrees above a base temperature [degC]: cooling.
    case cooling(baseCelsius: Double)
  }

  /// Name in the project file.
  package var name: String
  /// One line for people.
  package var title: String
  /// Relative power in each hour of a workday, 24 values.
  package var workday: [Double]
  /// Relative power in each hour of a weekend day, 24 values.
  package var weekend: [Double]
  /// Factor on a holiday's (weekend-shaped) day [-].
  package var holidayFactor: Double
  /// Relative level of each month on the northern half of the earth, 12 values.
  package var months: [Double]
  /// What drives it.
  package var driver: Driver
  /// Standard deviation of the day's factor [-].
  package var dayVariability: Double
  /// Standard deviation of the step's factor [-].
  package var stepVariability: Double
  /// Whether `shifts` replaces the workday shape.
  package var worksInShifts: Bool
  /// Where the shape comes from.
  package var source: String

  /// An archetype of one's own.
  package init(
    name: String, title: String, workday: [Double], weekend: [Double]? = nil, holidayFactor: Double = 1,
    months: [Double] = [Double](repeating: 1, count: 12), driver: Driver = .calendar, dayVariability: Double = 0.10,
    stepVariability: Double = 0.10, worksInShifts: Bool = false, source: String
  ) {
    self.name = name
    self.title = title
    self.workday = workday
    self.weekend = weekend ?? workday
    self.holidayFactor = holidayFactor
    self.months = months
    self.driver = driver
    self.dayVariability = dayVariability
    self.stepVariability = stepVariability
    self.worksInShifts = worksInShifts
    self.source = source
  }

  /// The archetype of that name or synonym, or nil.
  package static func named(_ name: String) -> Archetype? {
    let wanted = synonyms[name] ?? name
    return all.first { $0.name == wanted }
  }

  /// Other names that files may use.
  package static let synonyms = [
    "residential": "dwelling", "commercial": "commerce", "industry": "workshop", "public": "office",
    "research": "office", "factory": "workshop", "domestic-hot-water": "hot-water", "farm": "dairy-farm",
    "heating": "space-heat", "space-cooling": "cooling",
  ]
}
