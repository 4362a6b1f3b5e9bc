import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// `result.json`: the contract of model.md section 7, fields in fixed order, numbers in full precision.
  ///
  /// - Parameter timing: seconds by step, in the order in which they passed; `peak_memory` in MB.
  package func resultJSON(timing: [(String, Double)]) -> JSON {
    var fields = fields
    if !accounts.policies.isEmpty { fields.append(("policies", .array(accounts.policies.map(\.json)))) }
    if let primary = primaryEnergyJSON { fields.append(("primary_energy", primary)) }
    if let phases = lifeCycleJSON { fields.append(("life_cycle", phases)) }
    if let practical { fields.append(("practical", json(practical))) }
    if let layoutJSON { fields.append(("layout", layoutJSON)) }
    if let socialJSON { fields.append(("social", socialJSON)) }
    fields.append(("timing", .object(timing.map { ($0.0, .number($0.1)) })))
    return .object(fields)
  }

  /// Everything but what only some plans have, and the time that it took.
  private var fields: [(String, JSON)] {
    [
      ("tulou", .text(version)), ("project", .text(project.name)), ("status", .text(proof.status)),
      ("solver", .text(proof.solver)), ("currency", .text(project.economy.currency)), ("clock", clockJSON),
      ("objective", objectiveJSON),
      ("certificate", certificateJSON), ("shadow_prices", shadowPricesJSON),
      ("sizes", sizesJSON), ("indicators", indicatorsJSON),
      ("members", .array(accounts.members.map(json))), ("side_payments", sidePaymentsJSON),
      ("balance", balanceJSON), ("sources", .array(accounts.sources.map(json))),
      ("costs", .array(accounts.costs.map(json))),
      ("cash_flow", .array(accounts.cashFlow.map(json))), ("emissions", emissionsJSON), ("land", landJSON),
      ("exergy", exergyJSON),
      ("reliability", reliabilityJSON), ("machines", .array(accounts.machines.map(json))),
      ("storages", .array(accounts.storages.map(json))), ("bills", .array(accounts.bills.map(json))),
      ("simulation", rules.map(json) ?? .null),
      ("warnings", .array((project.warnings + accounts.warnings).map(json))),
      ("assumptions", .array(project.assumptions.map(json))),
    ]
  }

  /// Which clock stamps are: the zone, and what its standard time is to universal time.
  private var clockJSON: JSON {
    let clock = project.horizon.clock
    return .object([
      ("time_zone", .text(clock.zone)), ("stamps", .text("standard time")),
      ("standard_time", .text(clock.standardName)),
      ("summer_time", .bool(project.horizon.hasClockChanges)),
    ])
  }

  private var objectiveJSON: JSON {
    .object(
      [
        ("name", .text(proof.objective)), ("value", .number(proof.value)), ("bound", .number(proof.bound)),
        ("gap", .number(proof.gap)), ("unit", .text(proof.unit)), ("cash", .optional(proof.cash)),
        ("penalties", .optional(proof.penalties)),
      ] + (objectiveIsAtLeast ? [(AtLeast.field, .bool(true))] : []))
  }

  private var certificateJSON: JSON {
    .object([
      (
        "checks",
        .array(
          proof.checks.map {
            .object([("name", .text($0.name)), ("value", .number($0.value)), ("unit", .text($0.unit))])
          })
      ),
      ("messages", .array(proof.messages.map(JSON.text))), ("bound_from_multipliers", .bool(proof.isBoundOwn)),
      ("sizes_given", .bool(proof.hasGivenSizes)),
      ("whole_numbers", .bool(hasWholeNumbers)),
    ])
  }

  private var sizesJSON: JSON {
    .object(
      sizeLines.map { line in
        (
          line.key,
          .object(
            [
              ("capacity", .number(line.capacity)), ("unit", .text(line.unit)), ("existing", .number(line.existing)),
              ("new", .number(line.new)),
            ] + (line.mayRetire ? [("retired", .number(line.retired))] : []))
        )
      })
  }

  private var indicatorsJSON: JSON {
    .object(
      accounts.indicators.map { indicator in
        var fields = indicator.numberFields
        fields.append(("definition", .text(indicator.definition)))
        if !indicator.note.isEmpty { fields.append(("note", .text(indicator.note))) }
        return (indicator.key, .object(fields))
      })
  }

  private var balanceJSON: JSON {
    func sums(_ sums: BalanceSums) -> JSON {
      .object([
        ("period", .text(sums.period)),
        ("entries", named(sums.entries.map { ClassEnergy($0.energyClass.name, $0.energy) })),
        ("curtailed", .number(sums.curtailed)),
        ("discharged", .number(sums.discharged)), ("charged", .number(sums.charged)), ("served", .number(sums.served)),
        ("served_by_kind", named(sums.servedByKind)), ("sold", .number(sums.sold)), ("losses", .number(sums.losses)),
        ("converted", .number(sums.converted)), ("unserved", .number(sums.unserved)),
        ("residual", .number(sums.residual)), ("autonomy", .number(sums.autonomy)),
        ("autonomy_without_losses", .number(sums.autonomyWithoutLosses)),
      ])
    }
    func view(_ view: BalanceView) -> (String, JSON) {
      (view.name, .object([("year", sums(view.yearly)), ("months", .array(view.monthly.map(sums)))]))
    }
    return .object(
      [("unit", .text("kWh")), ("residual", .number(accounts.balance.residual)), view(accounts.balance.all)]
        + accounts.balance.carriers.map(view))
  }

  private func named(_ energies: [ClassEnergy]) -> JSON {
    .object(energies.map { ($0.name, .number($0.energy)) })
  }

  private func json(_ member: MemberAccount) -> JSON {
    .object([
      ("id", .text(member.id)), ("name", .text(member.name)), ("kind", .text(member.kind)),
      ("served", named(member.served)), ("produced", named(member.produced)),
      (
        "trade",
        .array(
          member.trade.map {
            .object([
              ("carrier", .text($0.carrier)), ("bought_inside", .number($0.boughtInside)),
              ("sold_inside", .number($0.soldInside)), ("bought_outside", .number($0.boughtOutside)),
              ("sold_outside", .number($0.soldOutside)), ("inside_payment", .number($0.insidePayment)),
            ])
          })
      ),
      ("costs", .object(member.costs.map { ($0.kind.rawValue, .number($0.annual)) })),
      ("own_cost", .number(member.ownCost)), ("commons_cost", .number(member.commonsCost)),
      ("cost_in_cluster", .number(member.costInCluster)), ("cost_alone", .optional(member.costAlone)),
      ("benefit", .optional(member.benefit)), ("investment", .number(member.investment)),
      ("discount_rate", .number(member.discountRate)), ("present_benefit", .optional(member.presentBenefit)),
      ("cash_by_year", .numbers(member.cashByYear)),
    ])
  }

  private func json(_ source: SourceEnergy) -> JSON {
    .object([
      ("id", .text(source.id)), ("carrier", .text(source.carrier)), ("class", .text(source.energyClass?.name ?? "")),
      ("kind", .text(source.kind)), ("yearly", .number(source.yearly)), ("curtailed", .number(source.curtailed)),
      ("months", .array(source.months.map(JSON.text))), ("monthly", .numbers(source.monthly)),
    ])
  }

  private func json(_ line: CostLine) -> JSON {
    .object([
      ("id", .text(line.id)), ("member", .text(line.member)), ("kind", .text(line.kind.rawValue)),
      ("annual", .number(line.annual)), ("present", .number(line.present)),
    ])
  }

  private func json(_ row: CashFlowRow) -> JSON {
    .object([
      ("time", .number(row.time)), ("year", .integer(row.year)), ("id", .text(row.id)), ("member", .text(row.member)),
      ("kind", .text(row.kind.rawValue)), ("stage", .text(row.stage)), ("amount", .number(row.amount)),
      ("discounted", .number(row.discounted)), ("nominal", .number(nominal(row))),
    ])
  }

  private var emissionsJSON: JSON {
    let carbon = accounts.carbon
    return .object([
      ("unit", .text("kg/y")), ("fossil", .number(carbon.fossil)), (AtLeast.field, .bool(carbon.isAtLeast)),
      ("scope_1", .number(carbon.scope1)),
      ("scope_2", .number(carbon.scope2)), ("biogenic", .number(carbon.biogenic)), ("methane", .number(carbon.methane)),
      ("export_credit", .number(carbon.exportCredit)), ("life_cycle", .number(carbon.lifeCycle)),
      ("vehicle_fuel", .number(-carbon.displaced)),
      ("marginal", .optional(carbon.marginal)), ("business_as_usual", .optional(carbon.businessAsUsual)),
      ("cost", .number(carbon.cost)), ("pollutants", pollutantsJSON),
      (
        "lines",
        .array(
          carbon.lines.map {
            .object([
              ("id", .text($0.id)), ("kind", .text($0.kind.rawValue)), ("carrier", .text($0.carrier)),
              ("scope", .integer($0.scope)), ("energy", .number($0.energy)), ("first_year", .number($0.firstYear)),
              ("amount", .number($0.amount)), ("factor_given", .bool($0.hasFactor)),
            ])
          })
      ),
    ])
  }

  private var pollutantsJSON: JSON {
    let account = accounts.pollutants
    func masses(_ amounts: [Pollutant: Double]) -> JSON {
      .object(Pollutant.all.map { ($0.key, .number(amounts[$0] ?? 0)) })
    }
    return .object([
      ("together", masses(account.totals)), ("business_as_usual", account.businessAsUsual.map(masses) ?? .null),
      ("cost", .number(account.cost)),
      (
        "lines",
        .array(
          account.lines.map {
            .object([
              ("id", .text($0.id)), ("kind", .text($0.kind.rawValue)), ("carrier", .text($0.carrier)),
              ("energy", .number($0.energy)), ("amounts", masses($0.amounts)),
            ])
          })
      ),
    ])
  }

  private var landJSON: JSON {
    .object([
      ("unit", .text("m2")), ("total", .number(accounts.land.total)),
      ("share_of_site", .optional(accounts.land.shareOfSite)),
      ("uses", .object(accounts.land.uses.map { ($0.id, .number($0.area)) })),
      (
        "violations",
        .array(
          accounts.land.violations.map {
            .object([("zone", .text($0.zone)), ("component", .text($0.component)), ("capacity", .number($0.capacity))])
          })
      ),
      (
        "places",
        .object(
          accounts.land.places.map { use in
            (use.place, .object([("area", .number(use.area)), ("machines", .array(use.ids.map(JSON.text)))]))
          })
      ),
      (
        "reservoirs",
        .array(
          accounts.land.reservoirs.map {
            .object([
              ("id", .text($0.id)), ("power", .number($0.power)), ("head", .number($0.head)),
              ("flow", .number($0.flow)),
              ("volume", .number($0.volume)), ("hours", .number($0.hours)),
            ])
          })
      ),
    ])
  }
}

extension Indicator {
  /// Value, unit, and whether it is at least the number.
  var numberFields: [(String, JSON)] {
    [("value", .optional(value)), ("unit", .text(unit))] + (isAtLeast ? [(AtLeast.field, .bool(true))] : [])
  }
}
