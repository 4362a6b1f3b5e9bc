import TulouDocument
import TulouQuantities
import TulouTechnologies

/// What a project means to those who live there, by factors that the file states with their sources.
package struct Social: Sendable, Equatable {
  /// Work that plant brings, per 1,000 units of its size (MW, MWh, 1,000 m2).
  package struct Jobs: Sendable, Equatable {
    /// Component.
    package var id: String
    /// Work of building, of new plant [years of work per 1,000 units]; lasting work, of all plant [jobs per 1,000 units].
    package var build = 0.0, run = 0.0
    /// Where the factors are from.
    package var source = ""
    /// No work.
    package init(id: String) { self.id = id }
  }

  /// People who stay because there is work.
  package struct Population: Sendable, Equatable {
    /// People kept for each lasting job [-].
    package var perJob = 0.0
    /// Where the factor is from.
    package var source = ""
    /// Nobody.
    package init() {}
  }

  /// Guests who come because of the project.
  package struct Visitors: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Nights of guests a year, and what each spends [money].
    package var nights = 0.0, spending = 0.0
    /// Part of them that comes because of the project [-].
    package var share = 1.0
    /// Member that receives it; nil: the place.
    package var member: String?
    /// Where the numbers are from.
    package var source = ""
    /// No guests.
    package init(id: String) { self.id = id }
  }

  /// Work by component.
  package var jobs: [Jobs] = []
  /// People who stay; nil: not asked.
  package var population: Population?
  /// Guests.
  package var visitors: [Visitors] = []
  /// Nothing is asked.
  package init() {}
}

struct SocialInput: Sendable {
  var jobs: Node?
  var population: Node?
  var visitors: Node?

  static let table = FieldTable<SocialInput>(
    "the social account",
    [
      .node("jobs", \.jobs, .map(.table("jobs of plant")), "Work that plant brings, by component."),
      .node("population", \.population, .table("population kept"), "People who stay because there is work."),
      .node("visitors", \.visitors, .map(.table("visitors")), "Guests who come because of the project."),
    ])

  static let jobs = FieldTable<Social.Jobs>(
    "jobs of plant",
    [
      .number(
        "build", \.build, .number, .absent, in: .notNegative,
        "Years of work of building per 1,000 units of new size (MW, MWh)."),
      .number("run", \.run, .number, .absent, in: .notNegative, "Lasting jobs per 1,000 units of size (MW, MWh)."),
      Field("source", .text, .required, "Where the factors are from.") { $0.source = $2.text($1) ?? "" },
    ])

  static let population = FieldTable<Social.Population>(
    "population kept",
    [
      .number("per_job", \.perJob, .number, .required, in: .notNegative, "People who stay for each lasting job."),
      Field("source", .text, .required, "Where the factor is from.") { $0.source = $2.text($1) ?? "" },
    ])

  static let visitors = FieldTable<Social.Visitors>(
    "visitors",
    [
      .number("nights", \.nights, .number, .required, in: .notNegative, "Nights of guests a year."),
      .number("spending", \.spending, .money, .required, in: .notNegative, "What a guest spends a night."),
      .number(
        "share", \.share, .share, .silent("100 %"), in: .share, "Part of them that comes because of the project."),
      .reference("to", to: "member", \.member, "Member that receives it; left out: the place."),
      Field("source", .text, .required, "Where the numbers are from.") { $0.source = $2.text($1) ?? "" },
    ])
}

extension ProjectDecoder {
  /// The social account that a project asks for; nil where it asks none.
  func readSocial(_ node: Node?, _ project: Project, _ decoding: inout Decoding) -> Social? {
    guard let node else { return nil }
    return decoding.within("social") { inner in
      var input = SocialInput()
      inner.read(SocialInput.table, node, into: &input)
      var social = Social()
      let ids = project.components.filter { !$0.sizes.isEmpty && !$0.isMeter }.map(\.id)
      if let jobs = input.jobs {
        inner.within("jobs") { outer in
          for entry in outer.things(jobs) {
            outer.within(entry.key) { deeper in
              guard ids.contains(entry.key) else {
                if stageYear == nil {
                  deeper.error(
                    "'\(Node.short(entry.key))' is no component with a size.",
                    advice: nearestName(to: entry.key, among: ids).map { "Did you mean '\($0)'?" } ?? "", at: entry.mark
                  )
                }
                return
              }
              var one = Social.Jobs(id: entry.key)
              deeper.read(SocialInput.jobs, entry.value, into: &one)
              social.jobs.append(one)
            }
          }
        }
      }
      if let population = input.population {
        var one = Social.Population()
        inner.within("population") { $0.read(SocialInput.population, population, into: &one) }
        social.population = one
        if input.jobs == nil {
          inner.within("population") {
            $0.warning(
              "Without 'jobs' nobody stays for work.", advice: "Say what work plant brings.", at: population.mark)
          }
        }
      }
      if let visitors = input.visitors {
        inner.within("visitors") { outer in
          for entry in outer.things(visitors) {
            outer.within(entry.key) { deeper in
              var one = Social.Visitors(id: entry.key)
              deeper.read(SocialInput.visitors, entry.value, into: &one)
              let members = project.members.map(\.id)
              if let to = one.member, !members.contains(to) {
                deeper.within("to") {
                  $0.error(
                    "'\(Node.short(to))' is no member.",
                    advice: nearestName(to: to, among: members).map { "Did you mean '\($0)'?" } ?? "",
                    at: (entry.value["to"] ?? entry.value).mark)
                }
              }
              social.visitors.append(one)
            }
          }
        }
      }
      return social
    }
  }
}
