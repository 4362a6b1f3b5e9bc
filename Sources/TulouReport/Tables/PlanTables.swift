import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Every table of a plan with its full numbers, in a fixed order; empty ones are left out. Files `tables/NAME.csv` and
  /// `tables.json`, folded under "All tables" of the report. Energy per year, money as its unit says; what is paid is
  /// positive, what is received negative.
  package func dataTables() -> [DataTable] {
    let all =
      [
        summaryTable(), practicalTable(), costTable(), cashFlowTable(), comparisonTable(), replacementTable(),
        priceTable(),
        energyTable(isElectric: true),
        energyTable(isElectric: false), penetrationTable(),
      ] + deviceTables() + [
        gridTable(), fuelTable(), emissionTable(), exergyTable(), primaryEnergyTable(), lifeCycleTable(),
        reliabilityTable(),
        survivalTable(), memberTable(),
        assumptionTable(),
        warningTable(), provenanceTable(),
      ]
    return all.filter { !$0.rows.isEmpty }
  }

  private var currency: String { project.economy.currency }

  /// Indicators with their definitions.
  private func summaryTable() -> DataTable {
    var table = DataTable("summary", "Summary", ["key", "value", "unit", "definition", "note"])
    for one in accounts.indicators where one.value != nil {
      table.add(.text(one.key), .optional(one.value), .text(one.unit), .text(one.definition), .text(one.note))
    }
    return table
  }

  private func costTable() -> DataTable {
    var table = DataTable(
      "cost_component_type", "Cost by component and kind",
      ["component", "member", "kind", "annual [\(currency)/y]", "present [\(currency)]"])
    for line in accounts.costs where line.annual != 0 || line.present != 0 {
      table.add(
        .text(line.id), .text(line.member), .text(line.kind.rawValue), .number(line.annual), .number(line.present))
    }
    return table
  }

  /// Every payment: paid positive, received negative.
  private func cashFlowTable() -> DataTable {
    var table = DataTable(
      "cashflow", "Payments by year, component, kind and member",
      [
        "year", "time [y]", "component", "kind", "member", "nominal [\(currency)]", "real [\(currency)]",
        "discounted [\(currency)]",
      ])
    for row in accounts.cashFlow {
      table.add(
        .number(Double(row.year)), .number(row.time), .text(row.id), .text(row.kind.rawValue), .text(row.member),
        .number(nominal(row)), .number(row.amount), .number(row.discounted))
    }
    return table
  }

  /// The project against its reference.
  private func comparisonTable() -> DataTable {
    var table = DataTable("comparison", "Against the reference", ["quantity", "value", "unit"])
    guard let reference = accounts.reference else { return table }
    // A reference that lacks a price says too little.
    let isWhole = reference.missing.isEmpty
    let rows: [(String, Double?, String)] = [
      ("reference_net_present_cost", isWhole ? reference.netPresentCost : nil, currency),
      ("reference_annual_cost", isWhole ? reference.annualCost : nil, currency + "/y"),
      ("net_present_cost", accounts.value("net_present_cost"), currency),
      (
        "present_worth_of_savings",
        isWhole ? accounts.value("net_present_cost").map { reference.netPresentCost - $0 } : nil, currency
      ),
      ("irr", reference.internalRate, "1/y"), ("return_on_investment", reference.returnOnInvestment, "1/y"),
      ("payback_simple", reference.paybackSimple, "y"), ("payback_discounted", reference.paybackDiscounted, "y"),
    ]
    for row in rows { table.add(.text(row.0), .optional(row.1), .text(row.2)) }
    return table
  }

  /// What is replaced when and why, and what is left at the end.
  private func replacementTable() -> DataTable {
    var table = DataTable(
      "replacement_schedule", "Replacements and salvage values",
      ["component", "member", "time [y]", "amount [\(currency)]", "present [\(currency)]", "why"])
    for row in accounts.cashFlow where row.kind == .replacement || row.kind == .salvage {
      let why = row.kind == .salvage ? "salvage value at the end" : reason(of: row)
      table.add(
        .text(row.id), .text(row.member), .number(row.time), .number(row.amount), .number(row.discounted), .text(why))
    }
    return table
  }

  /// Which life was over: that of the size whose replacements fall at this time.
  private func reason(of row: CashFlowRow) -> String {
    let sizes = project.components.first { $0.id == row.id }?.sizes ?? []
    let years = project.economy.lifetime
    for size in sizes {
      let life = size.cost.life ?? years
      for age in [0, age(of: size, firstYear: project.firstYear)] {
        let due = Replacement(life: life, years: years, age: age).times
        guard due.contains(where: { abs($0 - row.time) < 1e-6 }) else { continue }
        let words = "\(size.cost.lifeEnd.rawValue): life of \(NumberText.significant(life)) years"
        return age > life + 1e-9 && row.time < 1e-9 ? words + " was over before the start" : words + " is over"
      }
    }
    return "its life is over"
  }

  private func gridTable() -> DataTable {
    var table = DataTable(
      "grid_bill", "Bills of the markets by month and rate",
      [
        "market", "member", "month", "rate", "bought [kWh]", "sold [kWh]", "net_bought [kWh]",
        "mean_price [\(currency)/kWh]", "energy_charge [\(currency)]", "sale_income [\(currency)]", "peak [kW]",
        "demand_charge [\(currency)]", "fixed_charge [\(currency)]",
      ])
    for bill in accounts.bills {
      let market = DataTable.Cell.text(bill.market), member = DataTable.Cell.text(member(ofMarket: bill.market))
      for month in bill.months {
        // A column sums up to the bill: where there are several rates, what falls on the whole month has a row of its own.
        let isOne = month.rates.count <= 1
        for rate in month.rates.isEmpty ? [BillRate("all")] : month.rates {
          table.add(
            market, member, .text(month.month), .text(rate.name), .number(rate.bought), .number(rate.sold),
            .number(rate.bought - rate.sold), rate.bought > 0 ? .number(rate.energyCharge / rate.bought) : .none,
            .number(rate.energyCharge), .number(rate.saleIncome), isOne ? .number(month.peak) : .none,
            isOne ? .number(month.demandCharge) : .none, isOne ? .number(month.fixedCharge) : .none)
        }
        guard !isOne else { continue }
        table.add(
          market, member, .text(month.month), .text("month"), .none, .none, .none, .none, .none, .none,
          .number(month.peak), .number(month.demandCharge), .number(month.fixedCharge))
      }
    }
    return table
  }

  /// Who holds the contract of a market; empty: the commons.
  func member(ofMarket id: String) -> String {
    guard let market = project.markets.first(where: { $0.id == id }) else { return "" }
    return project.buses.first { $0.id == market.bus }?.member ?? ""
  }

  private func emissionTable() -> DataTable {
    var table = DataTable(
      "emissions", "Emissions, each counted once where it enters",
      ["from", "kind", "carrier", "scope", "energy [kWh/y]", "co2 [kg/y]"]
        + Pollutant.all.map { "\($0.key) [kg/y]" })
    for row in emissionRows {
      table.rows.append(
        [
          .text(row.id), .text(row.kind), .text(row.carrier), .optional(row.scope.map(Double.init)),
          .number(row.energy), .optional(row.carbon),
        ] + Pollutant.all.map { row.hasPollutants ? .number(row.pollutants[$0] ?? 0) : .none })
    }
    return table
  }

  private func reliabilityTable() -> DataTable {
    let account = accounts.reliability
    var table = DataTable("reliability", "Reliability", ["quantity", "value", "unit"])
    guard accounts.value("unserved_energy") != nil || !account.tiers.isEmpty else { return table }
    var rows: [(String, Double?, String)] = [
      ("loss_of_power_supply_hours", account.lossOfPowerSupplyHours, "1"),
      ("loss_of_power_supply_energy", account.lossOfPowerSupplyEnergy, "1"),
      ("energy_not_served", account.unserved, "kWh/y"), ("capacity_shortage", account.capacityShortage, "1"),
      ("events", account.events, "1/y"), ("worst_event_energy", account.worstEvent?.energy, "kWh"),
      ("worst_event_hours", account.worstEvent?.hours, "h"),
      ("hours_of_autonomy_least", account.hoursOfAutonomy.least, "h"),
      ("hours_of_autonomy_mean", account.hoursOfAutonomy.mean, "h"),
    ]
    for tier in account.tiers {
      rows.append(("not_served.\(tier.demand).\(tier.tier)", tier.unserved, "kWh/y"))
    }
    for row in rows { table.add(.text(row.0), .optional(row.1), .text(row.2)) }
    return table
  }

  private func assumptionTable() -> DataTable {
    var table = DataTable("assumptions", "Assumptions", ["path", "value", "source", "kind"])
    for one in project.assumptions {
      table.add(.text(one.path), .text(one.value), .text(one.source), .text(one.kind.rawValue))
    }
    return table
  }

  private func warningTable() -> DataTable {
    var table = DataTable("warnings", "Warnings", ["severity", "path", "message", "advice"])
    for one in project.warnings + accounts.warnings {
      table.add(.text(one.severity.rawValue), .text(one.path), .text(one.message), .text(one.advice))
    }
    return table
  }
}
