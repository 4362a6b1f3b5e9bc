import TulouAccounts
package import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

/// What policies bring to members and cost the public.
package struct PolicyReport: Sendable {
  /// What was found.
  package var result: PolicyStudy.Result
  /// Version of the program.
  package var version: String

  /// A report.
  package init(result: PolicyStudy.Result, version: String) {
    self.result = result
    self.version = version
  }

  var project: Project { result.project }
  var currency: String { project.economy.currency }
  func money(_ value: Double?, per unit: String = "/y") -> String {
    value.map { Scale.text($0, currency + unit) } ?? NumberText.none
  }

  private func cells(_ effect: PolicyStudy.Effect?) -> [String] {
    [
      money(effect?.memberBenefit), money(effect?.publicCost),
      effect.map { Scale.text($0.avoided, "t/y") } ?? NumberText.none,
      money(effect?.perTonne, per: "/t"), effect.map { Scale.text($0.autonomy, "kWh") + "/y" } ?? NumberText.none,
      money(effect?.perAutonomy, per: "/kWh"),
    ]
  }

  private static let heads: [Table.Column] = [
    .number("Members gain"), .number("The public pays"), .number("CO2 avoided"), .number("Public cost of a tonne"),
    .number("Less from outside"), .number("Public cost of a kWh"),
  ]

  /// What each policy brings beside the others, and all together.
  package var effects: Table {
    var table = Table("Each policy beside the others, and all against none", columns: [.text("Policy")] + Self.heads)
    for state in result.without {
      let name = project.policies.first { $0.id == state.policy }?.name ?? state.policy
      table.add([name] + cells(result.effect(of: state)))
    }
    table.add(["All together"] + cells(result.together))
    table.hasTotal = true
    return table
  }

  /// The flows of all policies.
  package var flows: Table {
    PolicyTables.flows(result.all.accounts?.policies ?? [], project)
  }

  /// The swept policy at its levels.
  package var levels: Table? {
    guard let id = result.sweep.first?.policy else { return nil }
    var table = Table(
      "'\(id)' at other levels, against the state without it",
      columns: [.text("Level"), .number("Members pay")] + Self.heads)
    for state in result.sweep {
      table.add(
        [NumberText.significant(state.level), money(state.cost)] + cells(result.effect(ofLevel: state)))
    }
    return table
  }

  /// Each actor with and without policies.
  package var actors: Table {
    var table = Table(
      "Cost per year of each actor",
      columns: [
        .text("Actor"), .text("Kind"), .number("Without policies"), .number("With them"), .number("Gain"),
        .number("Of it by policies' own flows"),
      ])
    let with = result.all.accounts?.members ?? [], without = result.none.accounts?.members ?? []
    for member in with where !member.id.isEmpty {
      let before = without.first { $0.id == member.id }?.costInCluster
      let flow = member.costs.reduce(0) { $1.kind == .policy ? $0 + $1.annual : $0 }
      table.add([
        member.name, Legend.plain(member.kind), money(before), money(member.costInCluster),
        money(before.map { $0 - member.costInCluster }), money(-flow),
      ])
    }
    for body in bodies {
      table.add([body, "public", money(0), money(cost(of: body)), money(-cost(of: body)), money(-cost(of: body))])
    }
    return table
  }

  /// Public bodies, in the order of the file.
  var bodies: [String] {
    project.policies.reduce(into: []) { list, policy in
      if !list.contains(policy.publicBody) { list.append(policy.publicBody) }
    }
  }

  func cost(of body: String) -> Double {
    (result.all.accounts?.policies ?? []).reduce(0) { $1.publicBody == body ? $0 + $1.publicCost : $0 }
  }

  /// What lenders and others give up or gain, as a part of a sentence; empty where they do not.
  private func others(_ effect: PolicyStudy.Effect) -> String {
    guard Dust.cleaned(effect.othersCost, scale: max(abs(effect.memberBenefit), abs(effect.publicCost))) != 0 else {
      return ""
    }
    let known = Set(project.members.map(\.id) + bodies + ["commons"])
    let flows = (result.all.accounts?.policies ?? []).flatMap(\.flows)
    let names = flows.flatMap { [$0.payer, $0.receiver] }.reduce(into: [String]()) { list, name in
      if !known.contains(name), !list.contains(name) { list.append(name) }
    }
    return
      ", \(names.isEmpty ? "others" : names.joined(separator: " and ")) \(effect.othersCost >= 0 ? "give up" : "gain") \(money(abs(effect.othersCost)))"
  }

  /// The answer in sentences.
  package var sentences: [String] {
    var list: [String] = []
    if let effect = result.together {
      let net = effect.net
      let whole = net == 0 ? "neither better nor worse" : "\(money(abs(net))) \(net > 0 ? "better" : "worse")"
      list.append(
        "All policies together: members pay \(money(abs(effect.memberBenefit))) \(effect.memberBenefit >= 0 ? "less" : "more"), the public \(effect.publicCost >= 0 ? "pays" : "receives") \(money(abs(effect.publicCost)))\(others(effect)); society as a whole is \(whole) off, before what cleaner air is worth."
      )
      if effect.publicCost < 0, effect.perTonne != nil {
        list.append("They avoid \(Scale.text(effect.avoided, "t/y")) of CO2, and the public earns by it.")
      } else if let tonne = effect.perTonne, let energy = effect.perAutonomy {
        list.append(
          "An avoided tonne of CO2 costs the public \(money(tonne, per: "/t")), a kWh that does not come from outside \(money(energy, per: "/kWh"))."
        )
      } else if let tonne = effect.perTonne {
        list.append("An avoided tonne of CO2 costs the public \(money(tonne, per: "/t")).")
      } else {
        list.append("They avoid no CO2.")
      }
    }
    for state in [result.all, result.none] + result.without + result.sweep where state.accounts == nil {
      let name =
        state.policy.isEmpty
        ? (state.level == 0 ? "Without policies" : "With all policies")
        : "'\(state.policy)' at level \(NumberText.significant(state.level))"
      list.append("\(name) there is no plan: \(state.reason).")
    }
    return list
  }

  /// Lines for a terminal.
  package func answer(report place: String) -> [String] {
    var lines = effects.lines + [""]
    if let levels { lines += levels.lines + [""] }
    return lines + sentences + [
      "Report            \(place), a page per actor in actors/, numbers in result.json and policies.csv"
    ]
  }
}
