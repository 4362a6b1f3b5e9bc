import TulouAccounts
import TulouPlanning
import TulouProject
import TulouQuantities

extension PlanReport {
  /// How surely demand is served.
  func reliabilitySection() -> Page.Section {
    let account = accounts.reliability
    guard accounts.value("unserved_energy") != nil || !account.tiers.isEmpty || rules?.survival != nil else {
      return Page.Section(id: "reliability", title: "Reliability", [])
    }
    var table = Table(columns: [.text("What"), .number("Value")])
    // Beside other carriers these numbers are of electricity alone, and say so.
    let electric = hasOneDemandCarrier ? "" : " of electricity"
    if !hasOneDemandCarrier, let unserved = accounts.value("unserved"), let share = accounts.value("unserved_energy") {
      table.add(["Energy of all carriers not served", unserved > 0 ? Scale.text(unserved, "kWh") + "/y" : "none"])
      table.add(["Share of the demand of all carriers not served", NumberText.percent(share)])
    }
    table.add([
      "Energy\(electric) not served (EENS)", account.unserved > 0 ? Scale.text(account.unserved, "kWh") + "/y" : "none",
    ])
    table.add([
      "Share of demand\(electric) not served (LPSP, energy)", NumberText.percent(account.lossOfPowerSupplyEnergy),
    ])
    table.add([
      "Share of hours with demand\(electric) not fully served (LPSP, hours)",
      NumberText.percent(account.lossOfPowerSupplyHours),
    ])
    table.add(["Capacity shortage", NumberText.percent(account.capacityShortage)])
    if account.events > 0 { table.add(["Events per year", NumberText.significant(account.events)]) }
    if let worst = account.worstEvent {
      table.add([
        "Worst event",
        "\(project.horizon.told(worst.start)), \(NumberText.significant(worst.hours)) h, \(Scale.text(worst.energy, "kWh")), up to \(Scale.text(worst.power, "kW"))",
      ])
    }
    let autonomy = account.hoursOfAutonomy
    func hours(_ value: Double) -> String {
      (value >= autonomy.limit - 1e-9 ? "at least " : "") + NumberText.significant(value, digits: 3) + " h"
    }
    table.add([
      "Hours of autonomy without grid and fuel deliveries: minimum, mean, maximum",
      "\(hours(autonomy.least)), \(hours(autonomy.mean)), \(hours(autonomy.greatest))",
    ])
    if let critical = account.hoursOfAutonomyCritical {
      table.add([
        "The same for critical demand alone",
        "\(hours(critical.least)), \(hours(critical.mean)), \(hours(critical.greatest))",
      ])
    }
    var contents: [Page.Content] = [.table(table)]
    let short = account.tiers.filter { $0.unserved > 0 }
    if !short.isEmpty {
      var tiers = Table(
        "Not served by demand and tier",
        columns: [.text("Demand"), .text("Tier"), .number("Wanted"), .number("Not served"), .number("Share")])
      for tier in short {
        tiers.add([
          legend.name(tier.demand), tier.tier, Scale.text(tier.wanted, "kWh"), Scale.text(tier.unserved, "kWh"),
          NumberText.percent(tier.unserved / max(tier.wanted, 1e-12)),
        ])
      }
      contents.append(.table(tiers))
    }
    contents += outageContents()
    return Page.Section(id: "reliability", title: "Reliability", contents)
  }

  /// What the outside markets charge, month by month, computed apart from the optimiser.
  func billsSection() -> Page.Section {
    var contents: [Page.Content] = []
    for bill in accounts.bills where !bill.months.isEmpty {
      let energies = Table.numbers(
        "\(legend.name(bill.market)): energy", rowTitle: "Month", columns: ["Bought", "Sold"], unit: "kWh",
        rows: bill.months.map { (PlanReport.monthTitle($0.month), [$0.bought, $0.sold]) }, total: "Together")
      var charges = Table.numbers(
        "\(legend.name(bill.market)): money of the first year", rowTitle: "Month",
        columns: ["Energy charge", "Demand charge", "Fixed charge", "Earned by sale", "To pay"],
        unit: project.economy.currency,
        rows: bill.months.map {
          (
            PlanReport.monthTitle($0.month),
            [
              $0.energyCharge, $0.demandCharge, $0.fixedCharge, -$0.saleIncome,
              $0.energyCharge + $0.demandCharge + $0.fixedCharge - $0.saleIncome,
            ]
          )
        }, total: "Together")
      charges.columns.append(.number("Highest purchase"))
      for i in charges.rows.indices {
        charges.rows[i].append(i < bill.months.count ? Scale.text(bill.months[i].peak, "kW") : "")
      }
      contents.append(
        .folded(
          "\(legend.name(bill.market)): \(money(bill.total)) over the horizon", [.table(charges), .table(energies)]))
      if let difference = bill.difference {
        let agrees = abs(difference) < 1e-6
        let sentence =
          agrees
          ? "The bill of \(legend.name(bill.market)), computed from the words of its tariff alone, agrees with what the plan counts for it."
          : "The bill of \(legend.name(bill.market)), computed from the words of its tariff alone, differs by \(NumberText.percent(abs(difference))) from what the plan counts for it."
        contents.append(agrees ? .text(sentence) : .alert(sentence))
      }
    }
    return Page.Section(id: "bills", title: "Bills", contents)
  }

  /// `2027-03` as `Mar 2027`.
  static func monthTitle(_ month: String) -> String {
    let name = monthName(month)
    return name == month ? month : name + " " + month.prefix(4)
  }
}
