import TulouAccounts
import TulouDispatch
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouTechnologies

extension PlanReport {
  /// A table for each kind of machine, with the fields of HOMER's tabs.
  func deviceTables() -> [DataTable] { [sourceTable(), generatorDataTable(), storageDataTable(), converterTable()] }

  /// Mean, least and greatest of a series and the hours in which it is above zero.
  private func statistics(_ values: [Double]) -> (mean: Double, least: Double, most: Double, hours: Double) {
    let weight = plan.problem.weight, dt = plan.problem.stepHours
    var sum = 0.0, whole = 0.0, running = 0.0
    for t in values.indices {
      sum += values[t] * weight[t]
      whole += weight[t]
      if values[t] > 0 { running += weight[t] * dt }
    }
    return (whole > 0 ? sum / whole : 0, values.min() ?? 0, values.max() ?? 0, running / max(plan.problem.years, 1e-12))
  }

  private func supply(_ id: String) -> YearlyFlows.Line? {
    flows.lines.first { $0.id == id && $0.part == .supply && $0.note != .discharge }
  }

  /// PV, wind, hydro and other sources.
  private func sourceTable() -> DataTable {
    let currency = project.economy.currency
    var table = DataTable(
      "device_source", "Sources",
      [
        "component", "kind", "capacity", "unit", "production [kWh/y]", "mean [kW]", "least [kW]", "greatest [kW]",
        "capacity_factor [1]", "hours [h/y]", "penetration [1]", "left_unused [kWh/y]",
        "levelised_cost [\(currency)/kWh]",
      ])
    let demand = flows.lines.reduce(0) {
      $1.part == .demand && project.carrier(ofBus: $1.bus)?.kind == .electricity ? $0 + $1.yearly : $0
    }
    for component in project.components {
      guard case .source = component.block, let line = supply(component.id) else { continue }
      let machine = accounts.machines.first { $0.id == component.id }
      let own = statistics(line.values)
      let isElectric = project.carrier(ofBus: line.bus)?.kind == .electricity
      table.add(
        .text(component.id), .text(component.kind), .optional(machine?.capacity), .text(machine?.unit ?? ""),
        .number(line.yearly), .number(own.mean), .number(own.least), .number(own.most),
        .optional(machine?.capacityFactor), .number(own.hours),
        isElectric && demand > 0 ? .number(line.yearly / demand) : .none,
        .optional(accounts.sources.first { $0.id == component.id }?.curtailed), .optional(machine?.levelisedCost))
    }
    return table
  }

  /// Generators with fuel, hours, starts and what an hour costs.
  ///
  /// Fixed cost of an hour = replacement spread over the hours that the life has at this use, and fuel at no load;
  /// marginal cost = fuel of one more kWh. Source: HOMER Pro manual, "Generator" results.
  private func generatorDataTable() -> DataTable {
    let currency = project.economy.currency
    var table = DataTable(
      "device_generator", "Generators",
      [
        "component", "capacity [kW]", "production [kWh/y]", "mean [kW]", "least_running [kW]", "greatest [kW]",
        "capacity_factor [1]", "hours [h/y]", "starts [1/y]", "life [y]", "fuel [kWh/y]", "specific_fuel [1]",
        "mean_efficiency [1]", "fixed_cost [\(currency)/h]", "marginal_cost [\(currency)/kWh]", "commitment",
      ])
    for component in project.components
    where component.kind == Generator.kind || component.kind == CombinedHeatAndPower.kind {
      guard case .converter(let block) = component.block,
        let line = flows.lines.first(where: {
          $0.id == component.id && $0.part == .supply && project.carrier(ofBus: $0.bus)?.kind == .electricity
        })
      else { continue }
      let machine = accounts.machines.first { $0.id == component.id }
      let own = statistics(line.values)
      let use = rules?.generators.first { $0.id == component.id }
      // Of a machine that is on line in parts nobody knows the hours, and its fuel is the least that it may burn.
      let isApproximate = proof.approximated.contains(component.id)
      let hours = use.map { $0.hours / accounts.years } ?? (isApproximate ? 0 : own.hours)
      let fuel = machine?.fuel ?? 0
      let price = project.fuelPrice(of: component, steps: plan.problem.steps)
      let cost = component.sizes.first?.cost
      let capacity = machine?.capacity ?? 0
      // An hour on line: a share of the replacement, operation by hours, fuel without output.
      let lifeHours = block.lifeHours ?? cost?.life.map { $0 * hours }
      let wear = lifeHours.map { $0 > 0 ? (cost?.replacement ?? 0) * capacity / $0 : 0 } ?? 0
      let operation = block.costPerKWh.values.reduce(0, +) / Double(max(1, block.costPerKWh.values.count))
      let slope = block.fuelPort.flatMap { block.ports[$0].coefficient.first }.map(abs)
      let output = block.ports.first { project.carrier(ofBus: $0.bus)?.kind == .electricity }?.coefficient.first ?? 1
      table.add(
        .text(component.id), .number(capacity), .number(line.yearly),
        hours > 0 ? .number(line.yearly / hours) : .none,
        .optional(line.values.filter { $0 > 0 }.min()), .number(own.most), .optional(machine?.capacityFactor),
        isApproximate ? .none : .number(hours), .optional(use.map { $0.starts / accounts.years }),
        .optional(cost?.life), .number(fuel),
        line.yearly > 0 ? .number(fuel / line.yearly) : .none, fuel > 0 ? .number(line.yearly / fuel) : .none,
        .optional(price.map { wear + block.runCost * capacity + block.noLoad * capacity * $0 }),
        .optional(zip(slope, price).map { ($0 * $1 + operation) / max(output, 1e-12) }),
        .text(isApproximate ? "approximate: fuel is at least this" : "whole machines"))
    }
    return table
  }

  private func zip(_ a: Double?, _ b: Double?) -> (Double, Double)? { a.flatMap { a in b.map { (a, $0) } } }

  private func storageDataTable() -> DataTable {
    let currency = project.economy.currency
    var table = DataTable(
      "device_storage", "Storages",
      [
        "component", "power [kW]", "nominal [kWh]", "usable [kWh]", "autonomy [h]", "energy_in [kWh/y]",
        "energy_out [kWh/y]", "losses [kWh/y]", "depletion [kWh]", "throughput [kWh/y]", "cycles [1/y]",
        "expected_life [y]", "lifetime_throughput [kWh]", "wear_cost [\(currency)/kWh]", "mean_content [1]",
      ])
    for storage in accounts.storages where storage.energy > 1e-3 {
      let component = project.components.first { $0.id == storage.id }
      var discharge = 1.0
      var whole: Double?
      if case .storage(let block)? = component?.block {
        discharge = max(block.dischargeEfficiency, 1e-9)
        whole = block.cycleLife.map { $0 * storage.energy }
      }
      let throughput = storage.discharged / discharge
      let calendar = component?.sizes.compactMap(\.cost.life).min()
      let life = [calendar, storage.cycleLifeYears].compactMap { $0 }.min()
      let content = plan.content(Label(storage.id, .content)) ?? []
      let replaced = component?.sizes.reduce(0) { sum, size in
        sum + size.cost.replacement * (size.unit == "kWh" ? storage.energy : storage.power ?? 0)
      }
      table.add(
        .text(storage.id), .optional(storage.power), .number(storage.energy), .number(storage.usable),
        .optional(storage.hoursOfLoad), .number(storage.charged), .number(storage.discharged), .number(storage.losses),
        .number((content.first ?? 0) - (content.last ?? 0)), .number(throughput), .number(storage.cycles),
        .optional(life), .optional(whole),
        .optional(zip(replaced, whole).flatMap { $1 > 0 ? $0 / ($1 * discharge) : nil }), .number(storage.meanContent))
    }
    return table
  }

  /// Inverters, rectifiers and other lines.
  private func converterTable() -> DataTable {
    var table = DataTable(
      "device_converter", "Inverters, rectifiers and lines",
      [
        "component", "direction", "capacity [kW]", "energy_in [kWh/y]", "energy_out [kWh/y]", "losses [kWh/y]",
        "mean_output [kW]", "least_output [kW]", "greatest_output [kW]", "capacity_factor [1]", "hours [h/y]",
      ])
    let weights = plan.problem.weight.reduce(0, +) * plan.problem.stepHours / max(plan.problem.years, 1e-12)
    for component in project.components {
      guard case .link(let link) = component.block else { continue }
      let capacity = sizeLines.first { $0.id == component.id }?.capacity
      for line in flows.lines where line.id == component.id && line.part == .supply {
        let own = statistics(line.values)
        let into = link.efficiency > 0 ? line.yearly / link.efficiency : line.yearly
        table.add(
          .text(component.id), .text(line.note.words + " to " + line.bus), .optional(capacity), .number(into),
          .number(line.yearly), .number(into - line.yearly), .number(own.mean), .number(own.least), .number(own.most),
          .optional(capacity.flatMap { $0 > 0 ? line.yearly / ($0 * weights) : nil }), .number(own.hours))
      }
    }
    return table
  }
}
