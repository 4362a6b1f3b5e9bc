import TulouAccounts
package import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSharing

/// Who gains and loses as members enter and leave.
package struct GrowthReport: Sendable {
  /// What was found.
  package var result: GrowthStudy.Result
  /// Version of the program.
  package var version: String

  /// A report.
  package init(result: GrowthStudy.Result, version: String) {
    self.result = result
    self.version = version
  }

  var game: Game { result.game.game }
  var currency: String { result.project.economy.currency }
  func money(_ value: Double, per unit: String = "/y") -> String { Scale.text(value, currency + unit) }
  func names(_ group: Int) -> String { game.names(group).joined(separator: ", ") }

  /// One row a step.
  package var steps: Table {
    var table = Table(
      "Entries, by the rule \(result.growth.rule.words)",
      columns: [
        .text("Year"), .text("Who enters"), .number("Worth together"), .text("Who loses"), .number("Entry fee"),
        .number("Entrants keep"), .text("Whole"), .text("Stable"),
      ])
    for (step, year) in zip(result.path.steps, result.years) {
      let losers = game.members.indices.filter { step.changes[$0] < -result.slack }
      table.add([
        "\(year)", step.entrants == 0 ? names(step.group) + " begin" : names(step.entrants), money(step.value),
        step.entrants == 0
          ? ""
          : losers.isEmpty
            ? "nobody" : losers.map { "\(game.members[$0]) \(money(-step.changes[$0]))" }.joined(separator: ", "),
        step.entrants == 0 ? "" : money(step.fee), step.entrants == 0 ? "" : money(step.kept),
        step.entrants == 0 ? "" : result.isWhole(step) ? "yes" : "no",
        stability(step),
      ])
    }
    return table
  }

  private func stability(_ step: EntryPath.Step) -> String {
    guard result.isStable(step) else { return "no shares are: \(money(-step.coreSurplus)) short" }
    return step.shortfall > result.slack
      ? "some shares are, the rule's not: \(money(step.shortfall)) short" : "yes"
  }

  /// Shares of each member at each step.
  package var shares: Table {
    var table = Table(
      "What each gains a year, before entry fees", columns: [.text("Member")] + result.years.map { .number("\($0)") })
    for member in game.members.indices {
      table.add(
        [game.members[member]]
          + result.path.steps.map { step in
            guard step.group >> member & 1 == 1 else { return NumberText.none }
            return step.shares.map { money($0[member]) } ?? "no shares"
          })
    }
    return table
  }

  /// What stands after each step, in the sizes that are not zero.
  package var standing: Table? {
    guard result.standing.count > 1 else { return nil }
    let names = Set(result.standing.flatMap { $0.sizes.filter { $0.value > 1e-6 }.keys }).sorted()
    guard !names.isEmpty else { return nil }
    var table = Table(
      "Plant that stands after each step", columns: [.text("Size")] + result.years.map { .number("\($0)") })
    for name in names {
      table.add([name] + result.standing.map { NumberText.significant($0.sizes[name] ?? 0, digits: 5) })
    }
    table.add(
      ["more a year than planned anew"] + result.standing.map { $0.reason.isEmpty ? money($0.extra) : $0.reason })
    return table
  }

  /// One row a case of exit.
  package var exits: Table? {
    guard !result.exits.isEmpty else { return nil }
    let currency = currency
    var table = Table(
      "Exits",
      columns: [
        .text("Who leaves"), .number("After"), .number("Its years were worth"), .number("Its plant not worn"),
        .number("Others' plant idle"), .text("What each of the others loses"), .number("Exit fee"),
      ])
    for exit in result.exits {
      guard exit.reason.isEmpty else {
        table.add([exit.member, "\(NumberText.significant(exit.after)) y", exit.reason])
        continue
      }
      let others = exit.changes.indices.filter { abs(exit.changes[$0]) > result.slack }
      table.add([
        exit.member, "\(NumberText.significant(exit.after)) y", Scale.text(exit.worth, currency),
        Scale.text(exit.stranded, currency), money(exit.idle),
        others.isEmpty
          ? "nothing" : others.map { "\(game.members[$0]) \(money(-exit.changes[$0]))" }.joined(separator: ", "),
        Scale.text(exit.fee, currency),
      ])
    }
    return table
  }

  /// The answer in sentences.
  package var sentences: [String] {
    var list: [String] = []
    let orders = result.orders
    if orders.all > 1 {
      list.append(
        orders.sound > 0
          ? "Of \(NumberText.significant(orders.all, digits: 6)) orders of entry \(NumberText.significant(orders.sound, digits: 6)) keep every group at every step and need nobody to lose; the one worth most: \((orders.best ?? []).map { game.members[$0] }.joined(separator: ", "))."
          : "No order of entry keeps every group at every step without anybody losing."
      )
    }
    if !orders.never.isEmpty {
      list.append(
        "No order can take in \(orders.never.map { game.members[$0] }.joined(separator: ", ")): it lowers what the others gain, or leaves no stable shares."
      )
    }
    let unsound = zip(result.path.steps, result.years).filter { !result.isWhole($0.0) }.map(\.1)
    if !unsound.isEmpty {
      list.append(
        "By this rule the entrants of \(unsound.map(String.init).joined(separator: ", ")) do not gain enough to pay what others lose."
      )
    }
    for exit in result.exits where exit.reason.isEmpty && exit.worth < 0 {
      list.append(
        "\(exit.member) would lose by taking part if it left after \(NumberText.significant(exit.after)) years: plant of \(Scale.text(exit.lost, currency)) that it would not have built alone is left behind."
      )
    }
    return list
  }

  /// Lines for a terminal.
  package func answer(report place: String) -> [String] {
    var lines = steps.lines + [""] + shares.lines + [""]
    if let standing { lines += standing.lines + [""] }
    if let exits { lines += exits.lines + [""] }
    return lines + sentences + ["Report            \(place), numbers in result.json and growth.csv"]
  }

  /// The page.
  package func page() -> Page {
    var sections = [
      Page.Section(id: "steps", title: "In short", sentences.map { .lead($0) } + [.table(steps)]),
      Page.Section(id: "shares", title: "Shares", chart + [.table(shares)]),
    ]
    if let standing {
      sections.append(
        Page.Section(
          id: "standing", title: "Plant that stands",
          [
            .table(standing),
            .text(
              "What was built in earlier steps stays and is paid for. The last row is what that costs a year above a plan made anew for those who are there."
            ),
          ]))
    }
    if let exits {
      sections.append(
        Page.Section(
          id: "exits", title: "Exits",
          [
            .table(exits),
            .text(
              "Those who stay keep the plant that stands there and may add to it; what that costs above a plan made anew for them is idle plant. A loss below zero is a gain. Plant wears in equal parts of its life. The exit fee is what their losses until the end of the project are worth when the member leaves."
            ),
          ]))
    }
    return Page(
      title: result.project.name, subtitle: "Growth", cover: result.project.cover, sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json and growth.csv.")
  }

  private var chart: [Page.Content] {
    guard result.path.steps.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          id: "growth-chart", title: "What each gains a year",
          summary: "A member whose bar shrinks from step to step loses by an entry; the entry fee makes up for it.",
          body: .bars(
            Bars(
              categories: result.years.map { "\($0)" },
              series: game.members.indices.map { member in
                Series(
                  game.members[member], result.path.steps.map { $0.shares?[member] ?? .nan }, colour: .plain(member))
              }, quantity: "Gain", unit: currency + "/y", direction: .upright, arrangement: .grouped))))
    ]
  }

  /// `growth.csv`: a row a step and member.
  package func csv() -> [UInt8] {
    var table = DataTable(
      "growth", "Shares by step and member",
      ["year", "member", "is_there", "enters", "gain [\(currency)/y]", "change [\(currency)/y]"])
    for (step, year) in zip(result.path.steps, result.years) {
      for member in game.members.indices {
        let isThere = step.group >> member & 1 == 1
        table.rows.append([
          .number(Double(year)), .text(game.members[member]), .text(isThere ? "yes" : "no"),
          .text(step.entrants >> member & 1 == 1 ? "yes" : "no"), .optional(isThere ? step.shares?[member] : nil),
          .number(step.changes[member]),
        ])
      }
    }
    return table.csv()
  }
}
