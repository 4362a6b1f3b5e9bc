/// Shape of a kind of demand: course over the day, the week and the year, and how irregular it is.
///
/// All shapes are relative; `DemandProfile` scales them to an energy.
public struct Archetype: Sendable, Equatable {
  /// What drives a part of the demand besides the calendar.
  public enum Driver: Sendable, Equatable {
    /// Nothing: the calendar alone.
    case calendar
    /// Degrees below a base temperature [degC]: space heat.
    case heating(baseCelsius: Double)
    /// Degrees above a base temperature [degC]: cooling.
    case cooling(baseCelsius: Double)
  }

  /// Name in the project file.
  public var name: String
  /// One line for people.
  public var title: String
  /// Relative power in each hour of a workday, 24 values.
  public var workday: [Double]
  /// Relative power in each hour of a weekend day, 24 values.
  public var weekend: [Double]
  /// Factor on a holiday's (weekend-shaped) day [-].
  public var holidayFactor: Double
  /// Relative level of each month on the northern half of the earth, 12 values.
  public var months: [Double]
  /// What drives it.
  public var driver: Driver
  /// Standard deviation of the day's factor [-].
  public var dayVariability: Double
  /// Standard deviation of the step's factor [-].
  public var stepVariability: Double
  /// Whether `shifts` replaces the workday shape.
  public var worksInShifts: Bool
  /// Where the shape comes from.
  public var source: String

  /// An archetype of one's own.
  public init(
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
  public static func named(_ name: String) -> Archetype? {
    let wanted = synonyms[name] ?? name
    return all.first { $0.name == wanted }
  }

  /// Other names that files may use.
  public static let synonyms = [
    "residential": "dwelling", "commercial": "commerce", "industry": "workshop", "public": "office",
    "research": "office", "factory": "workshop", "domestic-hot-water": "hot-water", "farm": "dairy-farm",
    "heating": "space-heat", "space-cooling": "cooling",
  ]
}
