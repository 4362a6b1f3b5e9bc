import TulouPlanning
import TulouProject
import TulouSharing

extension GrowthReport {
  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    let steps: [JSON] = zip(result.path.steps, result.years).map(json)
    let exits: [JSON] = result.exits.map(json)
    let times: [(String, JSON)] = timing.map { ($0.0, JSON.number($0.1)) }
    var fields: [(String, JSON)] = [
      ("tulou", .text(version)), ("study", .text("growth")), ("status", .text("done")),
      ("project", .text(result.project.name)), ("currency", .text(currency)),
    ]
    fields += [
      ("rule", .text(result.growth.rule.rawValue)), ("steps", .array(steps)), ("orders", ordersJSON),
      ("exits", .array(exits)), ("sentences", .array(sentences.map(JSON.text))), ("standing", standingJSON),
      ("timing", .object(times)),
    ]
    return .object(fields)
  }

  private func byMember(_ values: [Double], _ group: Int) -> JSON {
    let there = game.members.indices.filter { group >> $0 & 1 == 1 && values.indices.contains($0) }
    return .object(there.map { (game.members[$0], JSON.number(values[$0])) })
  }

  private func json(_ step: EntryPath.Step, _ year: Int) -> JSON {
    let shares: JSON = step.shares.map { byMember($0, step.group) } ?? .null
    return .object([
      ("year", .number(Double(year))), ("members", .array(game.names(step.group).map(JSON.text))),
      ("entrants", .array(game.names(step.entrants).map(JSON.text))), ("value", .number(step.value)),
      ("shares", shares), ("changes", byMember(step.changes, step.group & ~step.entrants)),
      ("entry_fee", .number(step.fee)), ("entrants_keep", .number(step.kept)),
      ("core_surplus", .number(step.coreSurplus)), ("shortfall", .number(step.shortfall)),
    ])
  }

  private var ordersJSON: JSON {
    let orders = result.orders
    let best: JSON = orders.best.map { order in .array(order.map { JSON.text(game.members[$0]) }) } ?? .null
    return .object([
      ("all", .number(orders.all)), ("sound", .number(orders.sound)), ("best", best),
      ("never", .array(orders.never.map { JSON.text(game.members[$0]) })),
    ])
  }

  private func json(_ exit: GrowthStudy.Exit) -> JSON {
    .object([
      ("member", .text(exit.member)), ("after", .number(exit.after)), ("worth", .number(exit.worth)),
      ("stranded", .number(exit.stranded)), ("lost", .number(exit.lost)), ("idle", .number(exit.idle)),
      ("changes", byMember(exit.changes, exit.group)), ("exit_fee", .number(exit.fee)), ("reason", .text(exit.reason)),
    ])
  }

  private var standingJSON: JSON {
    let rows = zip(result.standing, result.years).map { stands, year -> JSON in
      let built = stands.sizes.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      let sizes = built.map { (name: $0.key, value: JSON.number($0.value)) }
      return .object([
        ("year", .integer(year)), ("extra", .number(stands.extra)), ("reason", .text(stands.reason)),
        ("sizes", .object(sizes.map { ($0.name, $0.value) })),
      ])
    }
    return .array(rows)
  }
}
