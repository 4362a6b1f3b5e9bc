import TulouStreams

extension MatchReport {
  /// The text of `result.json` of a match.
  ///
  /// Flows are in kW (energies) or t/h (water, materials), yearly amounts in kWh/y or t/y, CO2 in kg/y, temperatures in degC.
  package func resultJSON() -> String {
    JSON.object([
      ("tulou", .text(version)), ("project", .text(name)),
      ("status", .text(result.best.isProven ? "optimal" : "feasible")),
      ("solver", .text(solver)), ("currency", .text(currency)), ("goal", .text(result.best.goal.rawValue)),
      ("unit", .text(goalUnit)), ("cost_apart", .number(result.apart)), ("cost", .number(result.best.value)),
      ("value", .number(result.value)), ("bound", .number(result.best.bound)), ("gap", .number(result.best.gap)),
      ("built", .array(ids(result.best).map(JSON.text))),
      ("matches", .array(built.map(matchJSON))), ("rejected", .array(result.screening.rejected.map(rejectedJSON))),
      ("sources", .object(park.sources.indices.map(sourceJSON))), ("sinks", .object(park.sinks.indices.map(sinkJSON))),
      ("measures", .object(zip(park.reductions, result.best.measures).map { ($0.measure.id, .bool($1)) })),
      ("alternatives", .array(result.alternatives.map(planJSON))),
      ("clearly_different", .array(result.different.map(planJSON))),
      ("partner_failure", .object(result.failures.map { ($0.partner, failureJSON($0)) })),
      ("reduction", reductionJSON), ("robust", robustJSON), ("public_reports", reportsJSON),
      ("groups", .object(result.groups.map { ($0.members.joined(separator: "+"), .number($0.value)) })),
      ("trade_off", .array(result.front.map { frontJSON($0) })), ("targets", targetsJSON),
      ("left_out", .array(result.leftOut.map { .text("\($0)") })), ("association", associationJSON),
      ("agreements", .array(park.agreements.map(agreementJSON))),
      ("equipment", .array(symbiosis.equipment.map(equipmentJSON))), ("warnings", .array(warnings.map(JSON.text))),
      (
        "assumptions",
        .array(
          assumptions.map {
            .object([("path", .text($0.path)), ("value", .text($0.value)), ("source", .text($0.source))])
          })
      ),
    ]).indented
  }

  private func matchJSON(_ a: Int) -> JSON {
    let link = park.links[a], value = result.values[a], source = park.sources[link.source]
    return .object([
      ("id", .text(link.id)), ("from", .text(source.partner)), ("to", .text(park.taker(of: link))),
      ("source", .text(source.id)), ("sink", .text(park.sinks[link.sink].id)),
      ("upgrade", link.upgrade.map(JSON.text) ?? .null), ("kind", .text(source.kind.rawValue)),
      ("amount", .number(value.sent)), ("delivered", .number(value.delivered)),
      ("unit", .text(source.kind.amountUnit + "/y")), ("capacity", .number(result.best.sizes[a])),
      ("capacity_unit", .text(source.kind.flowUnit)), ("flow", .numbers(result.best.flows[a])),
      ("value", .number(value.accounting)), ("marginal", JSON.optional(result.marginals[a])),
      ("co2", .number(value.emission)), ("waste", .number(value.waste)),
      ("outside_energy", .number(value.outsideEnergy)), ("investment", .number(value.investment)),
      (
        "price",
        .object([
          ("lowest", .number(value.lowestPrice)), ("highest", .number(value.highestPrice)),
          ("proposed", JSON.optional(value.proposedPrice)),
          ("agreed", JSON.optional(agreedPrice(link))),
          ("unit", .text("\(currency)/\(source.kind.amountUnit)")),
        ])
      ), ("length", JSON.optional(link.length)), ("certain", .number(source.certainty)), ("why", .text(why(a))),
    ])
  }

  /// Price that an agreement names for a link.
  func agreedPrice(_ link: Link) -> Double? {
    park.agreements.first { $0.covers(link, in: park) && $0.price != nil }?.price
  }

  /// What a link is worth most by, in words.
  func why(_ a: Int) -> String {
    let value = result.values[a]
    let parts = [
      ("avoids purchase", value.avoidedPurchase), ("avoids disposal", value.avoidedDisposal),
      ("avoids CO2", value.carbon),
    ].filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
    if park.agreements.contains(where: { $0.covers(park.links[a], in: park) && $0.minimum(in: park) > 0 }),
      value.accounting < 0
    {
      return "an agreement holds it"
    }
    return parts.isEmpty ? "lowers \(goalWords)" : parts.map(\.0).joined(separator: ", ")
  }

  private func rejectedJSON(_ pair: RejectedPair) -> JSON {
    let source = park.sources[pair.source], sink = park.sinks[pair.sink]
    return .object([
      ("from", .text(source.partner)), ("to", .text(sink.partner)), ("source", .text(source.id)),
      ("sink", .text(sink.id)),
      ("kind", .text(source.kind.rawValue)), ("reason", .text(pair.reason)),
    ])
  }

  private func sourceJSON(_ s: Int) -> (String, JSON) {
    let source = park.sources[s]
    return (
      source.id,
      .object([
        ("partner", .text(source.partner)), ("kind", .text(source.kind.rawValue)),
        ("unit", .text(source.kind.flowUnit)),
        ("supply", .numbers(source.supply)), ("disposed", .numbers(result.best.disposed[s])),
      ])
    )
  }

  private func sinkJSON(_ d: Int) -> (String, JSON) {
    let sink = park.sinks[d]
    return (
      sink.id,
      .object([
        ("partner", .text(sink.partner)), ("kind", .text(sink.kind.rawValue)), ("unit", .text(sink.kind.flowUnit)),
        ("need", .numbers(sink.need)), ("fresh", .numbers(result.best.fresh[d])),
      ])
    )
  }

  private func planJSON(_ plan: MatchPlan) -> JSON {
    .object([
      ("value", .number(result.apart - plan.value)), ("cost", .number(plan.value)), ("gap", .number(plan.gap)),
      ("built", .array(ids(plan).map(JSON.text))),
    ])
  }

  private func failureJSON(_ failure: PartnerFailure) -> JSON {
    .object([
      ("cost", .number(failure.cost)), ("loss", .number(failure.loss)),
      ("partners_hit", .integer(failure.victims.count)),
      (
        "victims",
        .array(
          failure.victims.map { victim in
            .object([
              ("partner", .text(victim.partner)), ("loss", .number(victim.loss)),
              ("missing_share", .number(victim.missingShare)), ("stream", .text(victim.sink)),
              ("chain_broken", .bool(victim.isBroken)), ("stock_bridges", .number(bridged(victim))),
            ])
          })
      ),
    ])
  }

  /// Share of a failure that a victim's stock bridges [-].
  func bridged(_ victim: PartnerFailure.Victim) -> Double {
    min(1, victim.stockHours / max(1, symbiosis.failureHours * max(victim.missingShare, 1e-9)))
  }

  private var reductionJSON: JSON {
    guard let order = result.reduction else { return .null }
    func taken(_ plan: MatchPlan) -> JSON {
      .array(zip(park.reductions, plan.measures).filter { $0.1 }.map { .text($0.0.measure.id) })
    }
    func part(_ plan: MatchPlan) -> JSON {
      .object([
        ("cost", .number(plan.value)), ("value", .number(result.apart - plan.value)), ("measures", taken(plan)),
        ("built", .array(ids(plan).map(JSON.text))),
      ])
    }
    return .object([
      ("measures_only", part(order.measuresOnly)), ("together", part(order.together)),
      ("reduction_first", part(order.reductionFirst)), ("price", .number(order.price)),
      (
        "locked_in",
        .array(
          order.lockedIn.map {
            .object([
              ("source", .text($0.source)), ("contracts", .array($0.contracts.map(JSON.text))),
              ("missing", .number($0.missing)),
            ])
          })
      ),
    ])
  }

  private func frontJSON(_ point: FrontPoint) -> JSON {
    .object([
      ("first", .number(point.first)), ("second", .number(point.second)),
      ("built", .array(ids(point.plan).map(JSON.text))),
    ])
  }

  private var targetsJSON: JSON {
    var parts: [(String, JSON)] = []
    if let heat = result.heat {
      var fields = heatJSON(heat.all)
      fields.append(("alone", .object(heat.alone.map { ($0.partner, .object(heatJSON($0.targets, curves: false))) })))
      fields.append(("recovered_by_match", JSON.optional(recoveredShare)))
      parts.append(("heat", .object(fields)))
    }
    parts.append(
      (
        "water",
        .object(
          result.water.map { one in
            let alone = one.alone.map { ($0.partner, JSON.object(waterJSON($0.targets))) }
            return (one.substance, .object(waterJSON(one.all) + [("alone", .object(alone))]))
          })
      ))
    return .object(parts)
  }

  private func heatJSON(_ targets: HeatTargets, curves: Bool = true) -> [(String, JSON)] {
    func curve(_ points: [CurvePoint]) -> JSON {
      .object([("heat", .numbers(points.map(\.heat))), ("temperature", .numbers(points.map(\.temperature)))])
    }
    var fields: [(String, JSON)] = [
      ("unit", .text("kW")), ("hot_utility", .number(targets.hotUtility)),
      ("cold_utility", .number(targets.coldUtility)),
      ("recovered", .number(targets.recovered)), ("threshold", .bool(targets.isThreshold)),
      ("pinch_shifted", .numbers(targets.pinches)),
    ]
    if curves {
      fields += [
        ("grand_composite", curve(targets.grandComposite)), ("hot_composite", curve(targets.hotComposite)),
        ("cold_composite", curve(targets.coldComposite)),
      ]
    }
    return fields
  }

  private func waterJSON(_ targets: WaterTargets) -> [(String, JSON)] {
    [
      ("unit", .text("t/h")), ("fresh", .number(targets.fresh)), ("waste", .number(targets.waste)),
      ("without_reuse", .number(targets.withoutReuse)), ("regenerated", .number(targets.regenerated)),
      ("pinch", JSON.optional(targets.pinch)),
    ]
  }

  private var associationJSON: JSON {
    guard let association = symbiosis.association else { return .null }
    return .object([
      ("name", .text(association.name)), ("founded", association.founded.map(JSON.integer) ?? .null),
      ("board", .array(association.board.map(JSON.text))),
      (
        "projects",
        .array(
          association.projects.map {
            .object([
              ("id", .text($0.id)), ("name", .text($0.name)), ("state", .text($0.state.rawValue)),
              ("year", $0.year.map(JSON.integer) ?? .null),
            ])
          })
      ),
    ])
  }

  private func agreementJSON(_ agreement: StreamAgreement) -> JSON {
    .object([
      ("id", .text(agreement.id)), ("name", .text(agreement.name)),
      ("between", .array([.text(agreement.giver), .text(agreement.taker)])),
      ("streams", .array(agreement.streams.map(JSON.text))), ("minimum", .number(agreement.minimum(in: park))),
      ("years", JSON.optional(agreement.years)), ("price", JSON.optional(agreement.price)),
    ])
  }

  private func equipmentJSON(_ machine: SharedEquipment) -> JSON {
    .object([
      ("id", .text(machine.id)), ("name", .text(machine.name)),
      ("days_used", .number(machine.days.values.reduce(0, +))), ("days_available", .number(machine.available)),
      ("owners", .object(machine.owners.keys.sorted().map { ($0, .number(machine.owners[$0, default: 0])) })),
      (
        "cost",
        .object(
          Set(machine.owners.keys).union(machine.days.keys).sorted().map { ($0, .number(machine.cost(of: $0))) })
      ),
    ])
  }
}
