/// What a country's law of sharing energy says, in numbers: how meters are counted, what is limited, what is let off or paid.
///
/// Laws are data (`Shelf/laws`, one file a country), so that a changed amount is a changed file. Not legal advice.
package struct Law: Sendable, Equatable {
  /// What a shared kWh takes the place of.
  package enum Replaced: String, Sendable, CaseIterable {
    /// Nothing: all is bought and sold as before, and the sharing is only counted.
    case nothing
    /// The energy of the supplier; charges of the grid and levies stay.
    case energy
    /// All that is bought: it does not go by way of the public grid.
    case purchase
  }

  /// What of the grid charge falls away.
  package struct Discount: Sendable, Equatable {
    /// How near members are: what they share of the grid.
    package var reach = ""
    /// Grid levels for which it holds; empty: all.
    package var levels: [Int] = []
    /// Part of the charge per kWh that falls away [-].
    package var part = 0.0
    /// Nothing falls away.
    package init() {}
  }

  /// A premium on shared energy for plant up to a power.
  package struct Band: Sendable, Equatable {
    /// Greatest power [kW]; nil: any.
    package var power: Double?
    /// Premium at or above the reference price, and its cap [money/kWh].
    package var base = 0.0, cap = 0.0
    /// A premium of zero.
    package init() {}
  }

  /// A share that holds from a year on.
  package struct YearShare: Sendable, Equatable {
    /// Calendar year from which it holds.
    package var from = 0
    /// Share [-].
    package var share = 0.0
    /// A share of zero.
    package init() {}
  }

  /// An area in which plant and use may share, from a day on.
  package struct Area: Sendable, Equatable {
    /// First day, year-month-day.
    package var from = ""
    /// Whether it takes in areas directly adjacent that have the same control area.
    package var adjacent = false
    /// No area.
    package init() {}
  }

  /// Name, as a project writes it under `use`.
  package var id = ""
  /// What it is called, and where it holds.
  package var title = "", country = ""
  /// First day on which it holds, year-month-day.
  package var validFrom = ""
  /// Where its numbers are from.
  package var source = ""
  /// How what is shared is divided among meters.
  package var key = MeteringKey.proRata
  /// Length of the interval by which it is counted [h].
  package var interval = 1.0
  /// What a shared kWh takes the place of.
  package var replaces = Replaced.nothing
  /// What of the grid charge falls away.
  package var discounts: [Discount] = []
  /// Reach where all members hang on one station, and where they do not; empty: members say their reach.
  package var oneStation = "", severalStations = ""
  /// Premiums by power of the plant, ascending; empty: there is none.
  package var bands: [Band] = []
  /// Zone price below which the premium rises by what is missing [money/kWh].
  package var referencePrice = 0.0
  /// What solar plant gets on top by place, after the cap [money/kWh].
  package var corrections: [String: Double] = [:]
  /// Share of what is injected above which a premium is reserved, and the same where a capital grant was paid [-]; nil: none is.
  package var reservedAbove: Double?, reservedAboveWithGrant: Double?
  /// Least shares of generation used on site, and of consumption covered; each from a year on.
  package var selfConsumption: [YearShare] = [], selfCoverage: [YearShare] = []
  /// Greatest share of generation that is sold [-]; nil: none is stated.
  package var exportShare: Double?
  /// Least power of plant per power of the members' connections [-]; nil: none is stated.
  package var leastGeneration: Double?
  /// Where plant and use may lie.
  package var areas: [Area] = []
  /// Months after which agreed parts may be changed; nil: at any time.
  package var changeAfter: Int?
  /// Whether a store takes part: charging is consumption, discharging is production.
  package var countsStores = false

  /// A law that says nothing.
  package init() {}

  /// Part of the grid charge that falls away [-]; zero where the reach is none of the law's.
  package func discount(reach: String, level: Int?) -> Double {
    discounts.first { $0.reach == reach && ($0.levels.isEmpty || level.map($0.levels.contains) ?? false) }?.part ?? 0
  }

  /// The reach of members that hang on these stations.
  package func reach(stations: [String]) -> String { Set(stations).count <= 1 ? oneStation : severalStations }

  /// Premium of an hour: min(base + what the zone price is short of the reference, cap), and the correction of solar plant [money/kWh].
  package func premium(power: Double, zonePrice: Double, solar: Bool, zone: String) -> Double {
    guard let band = bands.first(where: { $0.power.map { power <= $0 } ?? true }) else { return 0 }
    return min(band.base + max(0, referencePrice - zonePrice), band.cap) + (solar ? corrections[zone] ?? 0 : 0)
  }

  /// What of a premium is reserved (in Italy for members who are no firms, and social purposes): what belongs to shared energy above
  /// the threshold, in proportion to energy.
  package func reserved(premium: Double, shared: Double, injected: Double, grant: Bool) -> Double {
    guard shared > 0, let threshold = grant ? reservedAboveWithGrant : reservedAbove else { return 0 }
    return premium * max(0, shared - threshold * injected) / shared
  }

  /// The shares that hold in a year; nil: none does.
  package static func share(_ list: [YearShare], in year: Int) -> Double? {
    list.filter { $0.from <= year }.max { $0.from < $1.from }?.share
  }

  /// Whether a year's energies meet both shares. All energies in one unit.
  package func isMet(available: Double, selfUse: Double, consumption: Double, year: Int) -> Bool {
    let slack = 1 - 1e-12
    return selfUse >= (Self.share(selfConsumption, in: year) ?? 0) * available * slack
      && selfUse >= (Self.share(selfCoverage, in: year) ?? 0) * consumption * slack
  }

  /// Whether plant and use may share on a day (year-month-day, which sorts by time).
  package func allows(day: String, sameArea: Bool, adjacent: Bool, sameControlArea: Bool) -> Bool {
    areas.contains { $0.from <= day && (sameArea || $0.adjacent && adjacent && sameControlArea) }
  }

  /// Whether agreed parts may be changed on a day, given that of the last change; days as year, month, day.
  package func mayChange(last: [Int], request: [Int]) -> Bool {
    guard last.count == 3, request.count == 3, let months = changeAfter else { return true }
    let month = last[1] + months
    let earliest = [last[0] + (month - 1) / 12, (month - 1) % 12 + 1, last[2]]
    return !request.lexicographicallyPrecedes(earliest)
  }

  /// Whether plant is large enough for the members' connections.
  package func allows(generation: Double, connection: Double) -> Bool {
    guard let least = leastGeneration else { return true }
    return generation >= least * connection * (1 - 1e-12)
  }
}
