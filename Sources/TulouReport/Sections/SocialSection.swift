import TulouAccounts
import TulouProject
import TulouQuantities

extension PlanReport {
  /// Work, people, guests and rooms for floods, each with its factor's source.
  func socialSection() -> Page.Section {
    let social = accounts.social
    guard !social.isEmpty else { return Page.Section(id: "social", title: "For those who live there", []) }
    var tiles: [Page.Tile] = []
    if !social.jobs.isEmpty {
      tiles.append(Page.Tile("Lasting jobs", NumberText.significant(social.lastingJobs)))
      tiles.append(Page.Tile("Work of building", NumberText.significant(social.buildingWork) + " years of work"))
    }
    if let kept = social.peopleKept { tiles.append(Page.Tile("People who stay", NumberText.significant(kept))) }
    if !social.visitors.isEmpty {
      tiles.append(Page.Tile("Income from guests", money(social.visitorsIncome, per: "/y")))
    }
    if !social.floods.isEmpty { tiles.append(Page.Tile("Rooms for floods", money(social.floodWorth, per: "/y"))) }
    var table = Table(columns: [.text("What"), .text("Where"), .number("How much"), .quoted("Factor from")])
    for one in social.jobs {
      table.add([
        "Work", legend.name(one.id),
        "\(NumberText.significant(one.run)) jobs, \(NumberText.significant(one.build)) years of building", one.source,
      ])
    }
    if let kept = social.peopleKept {
      table.add(["People who stay", "", NumberText.significant(kept), social.peopleSource])
    }
    for one in social.visitors {
      table.add([
        "Guests (\(one.id))", one.member.isEmpty ? "the place" : legend.member(one.member),
        money(one.income, per: "/y"),
        one.source,
      ])
    }
    for one in social.floods {
      table.add([
        "Room for floods", legend.name(one.id),
        "\(Scale.text(one.volume, "m3")) in months \(one.months.map(String.init).joined(separator: ", ")): \(money(one.worth, per: "/y"))",
        one.source,
      ])
    }
    return Page.Section(
      id: "social", title: "For those who live there",
      [
        .tiles(tiles), .table(table),
        .text(
          "Beside the money of the plan, not within it. What a room for floods costs in energy is the difference to a plan without 'flood'."
        ),
      ])
  }

  /// The social account, where there is one.
  var socialJSON: JSON? {
    let social = accounts.social
    guard !social.isEmpty else { return nil }
    return .object([
      ("lasting_jobs", .number(social.lastingJobs)), ("building_work", .number(social.buildingWork)),
      ("people_kept", .optional(social.peopleKept)), ("visitors_income", .number(social.visitorsIncome)),
      ("flood_worth", .number(social.floodWorth)),
      (
        "jobs",
        .array(
          social.jobs.map {
            .object([
              ("id", .text($0.id)), ("build", .number($0.build)), ("run", .number($0.run)),
              ("source", .text($0.source)),
            ])
          })
      ),
      (
        "visitors",
        .array(
          social.visitors.map {
            .object([
              ("id", .text($0.id)), ("member", .text($0.member)), ("income", .number($0.income)),
              ("source", .text($0.source)),
            ])
          })
      ),
      (
        "floods",
        .array(
          social.floods.map {
            .object([
              ("id", .text($0.id)), ("volume", .number($0.volume)), ("months", .array($0.months.map(JSON.integer))),
              ("worth", .number($0.worth)), ("source", .text($0.source)),
            ])
          })
      ),
    ])
  }
}
