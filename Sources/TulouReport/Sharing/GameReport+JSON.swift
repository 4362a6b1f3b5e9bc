import TulouSharing

extension GameReport {
  /// The game's part of `result.json`: `members`, `total`, `shares`, `stability`, `values`.
  package var fields: [(String, JSON)] {
    var fields: [(String, JSON)] = [
      ("name", .text(name)), ("members", .array(members.map(JSON.text))), ("total", .number(total)),
    ]
    if !unit.isEmpty { fields.append(("unit", .text(unit))) }
    fields.append(("shares", .object(shares.map { ($0.method.rawValue, json($0)) })))
    fields.append(
      ("stability", .object(shares.filter { $0.amounts != nil }.map { ($0.method.rawValue, stability($0)) })))
    if let game {
      fields.append(("least_core", leastCore))
      fields.append(("banzhaf_plain", members(Contributions.banzhaf(game))))
      if let properties {
        fields.append(
          (
            "properties",
            .object([
              ("superadditive", .bool(properties.superadditive)), ("convex", .bool(properties.convex)),
              ("monotone", .bool(properties.monotone)),
            ])
          ))
      }
      if game.count <= 14 {
        let groups = (1..<game.values.count).map { group in
          (game.names(group).joined(separator: "+"), JSON.number(game.values[group]))
        }
        fields.append(("values", .object(groups)))
      }
    }
    if !remarks.isEmpty { fields.append(("remarks", .array(remarks.map(JSON.text)))) }
    return fields
  }

  private var leastCore: JSON {
    .object([
      ("epsilon", .optional(core?.surplus)), ("core_empty", coreIsEmpty.map { .bool($0) } ?? .null),
      ("subsidy_per_group", .number(max(0, -(core?.surplus ?? 0)))),
    ])
  }

  private func members(_ amounts: [Double]) -> JSON { .object(zip(members, amounts).map { ($0, .number($1)) }) }

  private func json(_ one: Shares) -> JSON {
    guard let amounts = one.amounts else { return .object([("members", .null), ("remark", .text(one.remark))]) }
    let rows = members.indices.map { index -> (String, JSON) in
      (
        members[index],
        .object([
          ("benefit", .number(amounts[index])),
          ("interval", one.intervals.isEmpty ? .null : .number(one.intervals[index])),
          ("share", .optional(shareOfAll(amounts[index]))),
        ])
      )
    }
    return .object([("members", .object(rows)), ("sum", .number(amounts.reduce(0, +))), ("remark", .text(one.remark))])
  }

  private func stability(_ one: Shares) -> JSON {
    guard let found = one.stability, let game else {
      guard let searched = one.searched else { return .object([("proven", .text(one.proof.rawValue))]) }
      return .object([
        ("proven", .text(one.proof.rawValue)), ("groups_asked", .integer(searched.asked)),
        ("shortfall", .number(max(0, searched.shortfall))),
        ("worst_group", .array(searched.members.map { .text(members[$0]) })),
      ])
    }
    return .object([
      ("stable", .bool(found.isStable)), ("proven", .text(one.proof.rawValue)), ("shortfall", .number(found.shortfall)),
      ("least_surplus", .number(found.leastSurplus)),
      ("worst_group", found.worstGroup.map { .array(game.names($0).map(JSON.text)) } ?? .null),
      ("leaving_groups", .integer(found.leavingGroups)),
      ("individually_rational", .bool(found.belowAlone.isEmpty)),
      ("below_alone", .array(found.belowAlone.map { .text(members[$0]) })),
      ("gini", .optional(one.amounts.flatMap(Statute.gini))),
    ])
  }
}
