import TulouAccounts
import TulouPlanning
import TulouProject

extension PolicyAccount {
  /// A policy with its flows, for `result.json`.
  var json: JSON {
    .object([
      ("policy", .text(id)), ("kind", .text(kind.rawValue)), ("public", .text(publicBody)),
      ("member_benefit", .number(memberBenefit)), ("public_cost", .number(publicCost)),
      ("public_cost_present", .number(publicCostPresent)),
      (
        "flows",
        .array(
          flows.map {
            .object([
              ("payer", .text($0.payer)), ("receiver", .text($0.receiver)), ("annual", .number($0.annual)),
              ("present", .number($0.present)),
            ])
          })
      ),
    ])
  }
}

extension PolicyReport {
  private func json(_ effect: PolicyStudy.Effect?) -> JSON {
    guard let effect else { return .null }
    return .object([
      ("member_benefit", .number(effect.memberBenefit)), ("public_cost", .number(effect.publicCost)),
      ("co2_avoided", .number(effect.avoided)), ("public_cost_per_tonne", .optional(effect.perTonne)),
      ("outside_energy_less", .number(effect.autonomy)), ("public_cost_per_kwh", .optional(effect.perAutonomy)),
    ])
  }

  private func json(_ state: PolicyStudy.State) -> [(String, JSON)] {
    [
      ("cost", .optional(state.cost)), ("public_cost", .number(state.publicCost)), ("co2", .optional(state.emission)),
      ("outside_energy", .optional(state.outside)), ("reason", .text(state.reason)),
      (
        "members",
        .object((state.accounts?.members ?? []).filter { !$0.id.isEmpty }.map { ($0.id, .number($0.costInCluster)) })
      ),
    ]
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    .object([
      ("tulou", .text(version)), ("study", .text("policies")),
      ("status", .text(result.isStopped ? "cancelled" : "done")), ("project", .text(project.name)),
      ("currency", .text(currency)), ("with", .object(json(result.all))), ("without", .object(json(result.none))),
      ("together", json(result.together)),
      (
        "policies",
        .array(
          result.without.map { state in
            .object([("policy", .text(state.policy)), ("effect", json(result.effect(of: state)))] + json(state))
          })
      ), ("flows", .array((result.all.accounts?.policies ?? []).map(\.json))),
      (
        "sweep",
        .array(
          result.sweep.map { state in
            .object(
              [
                ("policy", .text(state.policy)), ("level", .number(state.level)),
                ("effect", json(result.effect(ofLevel: state))),
              ] + json(state))
          })
      ), ("sentences", .array(sentences.map(JSON.text))),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  /// `policies.csv`.
  package func csv() -> [UInt8] {
    var table = DataTable(
      "policies", "What policies bring and cost",
      [
        "state", "policy", "level", "cost [\(currency)/y]", "public_cost [\(currency)/y]",
        "member_benefit [\(currency)/y]",
        "extra_public_cost [\(currency)/y]", "co2_avoided [t/y]", "public_cost_per_tonne [\(currency)/t]",
        "outside_energy_less [kWh/y]", "public_cost_per_kwh [\(currency)/kWh]",
      ])
    func add(_ name: String, _ state: PolicyStudy.State, _ effect: PolicyStudy.Effect?) {
      table.rows.append([
        .text(name), .text(state.policy), .number(state.level), .optional(state.cost), .number(state.publicCost),
        .optional(effect?.memberBenefit), .optional(effect?.publicCost), .optional(effect?.avoided),
        .optional(effect?.perTonne), .optional(effect?.autonomy), .optional(effect?.perAutonomy),
      ])
    }
    add("all", result.all, result.together)
    add("none", result.none, nil)
    for state in result.without { add("without", state, result.effect(of: state)) }
    for state in result.sweep { add("level", state, result.effect(ofLevel: state)) }
    return table.csv()
  }
}
