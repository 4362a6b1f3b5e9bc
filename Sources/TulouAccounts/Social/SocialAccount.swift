import TulouProject
import TulouQuantities
import TulouTechnologies

/// Work, people and guests that a plan brings, and what rooms for floods are worth.
package struct SocialAccount: Sendable, Equatable {
  /// Work of one component.
  package struct Jobs: Sendable, Equatable {
    /// Component.
    package var id: String
    /// Years of work of building, once; lasting jobs.
    package var build: Double, run: Double
    /// Where the factors are from.
    package var source: String
  }

  /// Income from guests.
  package struct Visitors: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Member that receives it; empty: the place.
    package var member: String
    /// Income [money/y].
    package var income: Double
    /// Where the numbers are from.
    package var source: String
  }

  /// Room for floods in a lake.
  package struct FloodRoom: Sendable, Equatable {
    /// Component.
    package var id: String
    /// Room that is kept free [m3], and in which months.
    package var volume: Double, months: [Int]
    /// What it is worth [money/y]; zero where the horizon holds none of the months.
    package var worth: Double
    /// Where its worth is from.
    package var source: String
  }

  /// Work by component.
  package var jobs: [Jobs] = []
  /// People who stay for work; nil: not asked.
  package var peopleKept: Double?
  /// Where that factor is from.
  package var peopleSource = ""
  /// Guests.
  package var visitors: [Visitors] = []
  /// Rooms for floods.
  package var floods: [FloodRoom] = []

  /// Nothing.
  package init() {}

  /// Whether nothing is asked.
  package var isEmpty: Bool { jobs.isEmpty && peopleKept == nil && visitors.isEmpty && floods.isEmpty }
  /// Lasting jobs.
  package var lastingJobs: Double { jobs.reduce(0) { $0 + $1.run } }
  /// Years of work of building.
  package var buildingWork: Double { jobs.reduce(0) { $0 + $1.build } }
  /// Income from guests [money/y].
  package var visitorsIncome: Double { visitors.reduce(0) { $0 + $1.income } }
  /// What rooms for floods are worth [money/y].
  package var floodWorth: Double { floods.reduce(0) { $0 + $1.worth } }
}

extension SocialAccount {
  /// The social account of a plan.
  init(_ reading: Reading) {
    self.init()
    let project = reading.project
    if let social = project.social {
      jobs = social.jobs.compactMap { jobs in
        guard let component = project.components.first(where: { $0.id == jobs.id }), let size = component.sizes.first
        else { return nil }
        let sizing = reading.sizing(component, size)
        return Jobs(
          id: jobs.id, build: jobs.build * max(0, sizing.new) / 1000, run: jobs.run * sizing.total / 1000,
          source: jobs.source)
      }
      if let population = social.population {
        peopleKept = population.perJob * lastingJobs
        peopleSource = population.source
      }
      visitors = social.visitors.map {
        Visitors(id: $0.id, member: $0.member ?? "", income: $0.nights * $0.spending * $0.share, source: $0.source)
      }
    }
    for component in project.components {
      guard case .source(let source) = component.block, case .reservoir(let lake) = source.supply,
        let flood = lake.flood
      else { continue }
      let isHeld = project.horizon.civilMoments.contains { flood.months.contains($0.date.month) }
      floods.append(
        FloodRoom(
          id: component.id, volume: flood.volume, months: flood.months,
          worth: isHeld ? flood.volume * flood.worth : 0, source: flood.source))
    }
  }
}
