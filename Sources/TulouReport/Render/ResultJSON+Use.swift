import TulouAccounts
import TulouDocument
import TulouProject

extension PlanReport {
  var reliabilityJSON: JSON {
    let account = accounts.reliability
    func hours(_ hours: HoursOfAutonomy) -> JSON {
      .object([
        ("least", .number(hours.least)), ("mean", .number(hours.mean)), ("greatest", .number(hours.greatest)),
        ("limit", .number(hours.limit)),
      ])
    }
    return .object([
      ("loss_of_power_supply_hours", .number(account.lossOfPowerSupplyHours)),
      ("loss_of_power_supply_energy", .number(account.lossOfPowerSupplyEnergy)),
      ("unserved", .number(account.unserved)),
      ("capacity_shortage", .number(account.capacityShortage)), ("events", .number(account.events)),
      (
        "worst_event",
        account.worstEvent.map {
          .object([
            ("stamp", .text($0.stamp)), ("hours", .number($0.hours)), ("energy", .number($0.energy)),
            ("power", .number($0.power)),
          ])
        } ?? .null
      ),
      (
        "tiers",
        .array(
          account.tiers.map {
            .object([
              ("demand", .text($0.demand)), ("tier", .text($0.tier)), ("wanted", .number($0.wanted)),
              ("unserved", .number($0.unserved)),
            ])
          })
      ),
      ("hours_of_autonomy", hours(account.hoursOfAutonomy)),
      ("hours_of_autonomy_critical", account.hoursOfAutonomyCritical.map(hours) ?? .null),
    ])
  }

  func json(_ machine: MachineStatistics) -> JSON {
    .object([
      ("id", .text(machine.id)), ("kind", .text(machine.kind)), ("capacity", .number(machine.capacity)),
      ("unit", .text(machine.unit)), ("energy", .number(machine.energy)),
      ("capacity_factor", .optional(machine.capacityFactor)), ("full_load_hours", .optional(machine.fullLoadHours)),
      ("greatest", .number(machine.greatest)), ("hours", .number(machine.hours)), ("losses", .number(machine.losses)),
      ("fuel", .number(machine.fuel)), ("levelised_cost", .optional(machine.levelisedCost)),
    ])
  }

  func json(_ storage: StorageStatistics) -> JSON {
    .object([
      ("id", .text(storage.id)), ("power", .optional(storage.power)), ("energy", .number(storage.energy)),
      ("usable", .number(storage.usable)), ("charged", .number(storage.charged)),
      ("discharged", .number(storage.discharged)), ("losses", .number(storage.losses)),
      ("cycles", .number(storage.cycles)), ("cycle_life_years", .optional(storage.cycleLifeYears)),
      ("mean_content", .number(storage.meanContent)), ("hours_of_load", .optional(storage.hoursOfLoad)),
      ("simultaneous_hours", .number(storage.simultaneousHours)),
    ])
  }

  func json(_ bill: Bill) -> JSON {
    .object([
      ("market", .text(bill.market)), ("member", .text(member(ofMarket: bill.market))),
      ("energy_charge", .number(bill.energyCharge)),
      ("sale_income", .number(bill.saleIncome)), ("demand_charge", .number(bill.demandCharge)),
      ("fixed_charge", .number(bill.fixedCharge)), ("minimum_charge", .number(bill.minimumCharge)),
      ("total", .number(bill.total)), ("believed", .optional(bill.believed)),
      ("difference", .optional(bill.difference)),
      (
        "months",
        .array(
          bill.months.map {
            .object([
              ("month", .text($0.month)), ("share", .number($0.share)), ("bought", .number($0.bought)),
              ("sold", .number($0.sold)),
              ("bought_by_band", .object($0.boughtByBand.map { ($0.name, .number($0.energy)) })),
              ("bought_by_tier", .numbers($0.boughtByTier)), ("rates", .array($0.rates.map(rate))),
              ("energy_charge", .number($0.energyCharge)),
              ("sale_income", .number($0.saleIncome)), ("peak", .number($0.peak)),
              ("billed_peaks", .numbers($0.billedPeaks)), ("demand_charge", .number($0.demandCharge)),
              ("fixed_charge", .number($0.fixedCharge)), ("minimum_charge", .number($0.minimumCharge)),
              ("carried", .number($0.carried)),
            ])
          })
      ),
    ])
  }

  private func rate(_ rate: BillRate) -> JSON {
    .object([
      ("rate", .text(rate.name)), ("bought", .number(rate.bought)), ("sold", .number(rate.sold)),
      ("energy_charge", .number(rate.energyCharge)), ("sale_income", .number(rate.saleIncome)),
    ])
  }

  func json(_ warning: Diagnostic) -> JSON {
    .object([
      ("severity", .text(warning.severity.rawValue)), ("path", .text(warning.path)),
      ("message", .text(warning.message)),
      ("advice", .text(warning.advice)),
    ])
  }

  func json(_ assumption: Assumption) -> JSON {
    .object([
      ("path", .text(assumption.path)), ("value", .text(assumption.value)), ("source", .text(assumption.source)),
      ("kind", .text(assumption.kind.rawValue)),
    ])
  }
}
