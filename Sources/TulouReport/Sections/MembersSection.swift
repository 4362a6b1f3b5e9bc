import TulouAccounts
import TulouProject
import TulouQuantities
import TulouSharing

extension PlanReport {
  /// What each member produces, uses, trades and pays.
  func membersSection() -> Page.Section {
    let members = accounts.members
    guard members.contains(where: { !$0.id.isEmpty }) else { return Page.Section(id: "members", title: "Members", []) }
    var contents: [Page.Content] = []
    let judged = members.filter { !$0.id.isEmpty && $0.costAlone != nil }
    let currency = project.economy.currency + "/y"
    if !judged.isEmpty {
      contents.append(
        .chart(
          Chart(
            id: "member-chart", title: "Cost per year alone and in the cluster",
            summary: "A member gains where its bar in the cluster ends further to the left.",
            body: .bars(
              Bars(
                categories: judged.map { legend.member($0.id) },
                series: [
                  Series("alone", judged.map { $0.costAlone ?? 0 }, colour: .outside),
                  Series("in the cluster", judged.map(\.costInCluster), colour: .biomass),
                ], quantity: "Cost", unit: currency, direction: .lying, arrangement: .grouped)))))
    }
    var table = Table(
      "Money per year",
      columns: [
        .text("Member"), .text("Kind"), .number("Own cost"), .number("Part of the commons"), .number("In the cluster"),
        .number("Alone"), .number("Benefit"), .number("Worth today"), .number("Investment"),
      ])
    for member in members {
      table.add([
        legend.member(member.id), Legend.plain(member.kind), money(member.ownCost),
        member.id.isEmpty ? "shared out" : money(member.commonsCost),
        member.id.isEmpty ? "·" : money(member.costInCluster),
        member.costAlone.map { money($0) } ?? NumberText.none, member.benefit.map { money($0) } ?? NumberText.none,
        member.presentBenefit.map { money($0) } ?? NumberText.none, money(member.investment),
      ])
    }
    contents.append(.table(table))
    contents += sidePaymentContents()
    var trade = Table(
      "Energy per year",
      columns: [
        .text("Member"), .text("Carrier"), .number("Used"), .number("Produced"), .number("Bought inside"),
        .number("Sold inside"), .number("Bought outside"), .number("Sold outside"), .number("Paid inside"),
      ])
    for member in members {
      let carriers =
        (member.served + member.produced).map(\.name) + member.trade.map(\.carrier)
      let each = carriers.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      for carrier in each {
        func energy(_ list: [ClassEnergy]) -> String {
          let value = list.first { $0.name == carrier }?.energy ?? 0
          return abs(value) < 1e-3 ? "·" : Scale.text(value, "kWh")
        }
        let traded = member.trade.first { $0.carrier == carrier }
        func amount(_ value: Double?) -> String { abs(value ?? 0) < 1e-3 ? "·" : Scale.text(value ?? 0, "kWh") }
        trade.add([
          legend.member(member.id), legend.carrier(carrier), energy(member.served), energy(member.produced),
          amount(traded?.boughtInside), amount(traded?.soldInside), amount(traded?.boughtOutside),
          amount(traded?.soldOutside), traded.map { $0.insidePayment == 0 ? "·" : money($0.insidePayment) } ?? "·",
        ])
      }
    }
    contents.append(.table(trade))
    let kinds = CostKind.allCases.filter { kind in
      members.contains(where: { $0.costs.contains(where: { $0.kind == kind && $0.annual != 0 }) })
    }
    contents.append(
      .folded(
        "Money by kind",
        [
          .table(
            .numbers(
              "Per year; paid is positive", rowTitle: "Member",
              columns: kinds.map { Legend.costName($0) } + ["Sum"], unit: currency,
              rows: members.map { member in
                (
                  legend.member(member.id),
                  kinds.map { kind in member.costs.reduce(0) { $1.kind == kind ? $0 + $1.annual : $0 } }
                    + [member.ownCost]
                )
              }, total: "Together"))
        ]))
    contents.append(.text(sharingSentence))
    if !judged.isEmpty {
      contents.append(
        .text(
          "Alone: the member's own contract with its demand as it is wanted, its heat from the boiler of the reference, and the plant that it owned before the project, run at least cost; no meter, no network charge."
        ))
    }
    for missing in accounts.reference?.missing ?? [] { contents.append(.text("Not compared: \(missing).")) }
    return Page.Section(id: "members", title: "Members", contents)
  }

  private var sharingSentence: String {
    let midway = "midway between the outside prices"
    let price = project.sharing.internalPrice.map {
      "of \(money($0, per: "/kWh")) for electricity, \(midway) for the rest"
    }
    let words = ["investment": "capital of new plant", "energy": "energy served"]
    let key = words[accounts.commonsKey].map { "in proportion to the members' \($0)" } ?? "equally among the members"
    let asked = project.sharing.commonsKey
    let weights = project.sharing.weights.sorted { $0.key < $1.key }.map {
      "\($0.key) \(NumberText.significant($0.value))"
    }
    let outside = project.sharing.outside == .contract ? "its own contract" : "the cluster's markets"
    return
      "Inside the cluster energy changes hands pro rata at the internal price \(price ?? midway); the commons' result is divided \(key)\(accounts.commonsKey == asked ? "" : ", for the key of the file, \(asked), is zero for all"). 'tulou share' divides by the rule \(project.sharing.rule.rawValue)\(weights.isEmpty ? "" : " (weights \(weights.joined(separator: ", ")))") against each member alone on \(outside)."
  }
}
