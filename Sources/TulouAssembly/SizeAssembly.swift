import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
package import TulouTechnologies

extension Draft {
  /// A capacity for each size, with its yearly cost and the constants of existing plant.
  mutating func addSizes() {
    for component in project.components {
      for size in component.sizes where size.sharedWith == nil { add(size, of: component) }
    }
    // A shared size is the other component's; what it costs here is added to it.
    for component in project.components {
      for size in component.sizes {
        guard let other = size.sharedWith else { continue }
        guard let k = capacityOfSize[other]?[size.part] ?? capacityOfSize[other]?.values.sorted().first else {
          faults.append(
            Diagnostic(
              .error, "'\(component.id)' shares the size of '\(other)', which has none.",
              path: "components.\(component.id).capacity.share_with"))
          continue
        }
        capacityOfSize[component.id, default: [:]][size.part] = k
        let cost = money.investment(size, of: component.id)
        let built = newCapacity[k] ?? k
        cash.add(capacity: k, money.operation(size.cost))
        cash.add(capacity: built, cost.perUnit)
        cash.constant -= cost.perUnit * problem.capacities[built].existing
        problem.capacities[built].fixedCharge += cost.fixed
        problem.capacities[k].fixedCharge += money.fixedOperation(size.cost)
        yearlyCharge[k, default: 0] += money.fixedOperation(size.cost)
        investment[built, default: 0] += cost.perUnit
        capital[built, default: 0] += size.cost.capital
      }
    }
  }

  private mutating func add(_ size: Size, of component: Component) {
    let path = "components.\(component.id).capacity"
    let forbidden = project.limits.protectedZones.first { $0.forbids(component) }
    var lower = size.least
    var upper = size.maximum ?? .nan
    var choice = Capacity.Choice.continuous
    switch size.choice {
    case .continuous:
      if size.maximum == nil, size.existing > 0 { upper = max(lower, size.existing) }
    case .fixed(let total):
      lower = size.mayRetire ? total : max(total, size.existing)
      upper = total
    case .multiples(let unit): choice = .multiples(of: unit)
    case .options(let totals):
      choice = .options(totals.sorted())
      upper = min(totals.max() ?? 0, size.maximum ?? .infinity)
    }
    if let zone = forbidden {
      upper = size.existing
      if case .options = choice { choice = .continuous }
      if lower > upper {
        faults.append(
          Diagnostic(
            .error, "Zone '\(zone.id)' forbids '\(component.id)', which is to be at least \(lower) \(size.unit).",
            advice: "Take the minimum away, or the component out of limits.protected.\(zone.id).", path: path))
      }
    }
    let k = problem.capacities.count
    if upper.isNaN {
      upper = max(lower, derivedLimit(of: size, component))
      derivedLimits[k] = upper
      notes.append(
        Diagnostic(
          .note, "'\(component.id)' states no greatest size; \(rounded(upper)) \(size.unit) is taken, far above need.",
          path: path))
    }
    if lower > upper * (1 + 1e-12) {
      faults.append(
        Diagnostic(
          .error,
          "'\(component.id)' is to be at least \(lower) \(size.unit) and at most \(upper) \(size.unit).", path: path))
      upper = lower
    }
    let cost = money.investment(size, of: component.id)
    let label = Label(size: size.part, of: component.id)
    capacityOfSize[component.id, default: [:]][size.part] = k
    let operation = money.operation(size.cost)
    let yearly = money.fixedOperation(size.cost)
    if size.mayRetire {
      // What is kept and what is new are two numbers: the one may go, and costs less than the other.
      yearlyCharge[k] = yearly
      problem.capacities.append(
        Capacity(label, lower: lower, upper: upper, choice: choice, fixedCharge: yearly))
      addRetirable(size, of: component, total: k, perUnit: cost.perUnit, fixed: cost.fixed)
    } else {
      yearlyCharge[k] = size.existing > 0 ? 0 : yearly
      problem.capacities.append(
        Capacity(
          label, existing: size.existing, lower: lower, upper: upper, choice: choice,
          fixedCharge: cost.fixed + (yearlyCharge[k] ?? 0)))
      investment[k] = cost.perUnit
      capital[k] = size.cost.capital
      if cost.perUnit != 0 { cash.add(capacity: k, cost.perUnit) }
      cash.constant += money.existing(size, of: component.id) - cost.perUnit * size.existing
      // What stands already is run whatever is decided.
      if size.existing > 0 { cash.constant += yearly }
    }
    if operation != 0 { cash.add(capacity: k, operation) }
  }

  /// `G = kept + new`, `0 <= kept <= existing`: what is kept pays for its replacement, what is new for all of it.
  private mutating func addRetirable(
    _ size: Size, of component: Component, total k: Int, perUnit: Double, fixed: Double
  ) {
    let kept = k + 1, new = k + 2
    problem.capacities.append(
      Capacity(Label(component.id, .auxiliary, part: size.keptLabel), upper: size.existing))
    // Old plant may give way to new plant of the same kind.
    problem.capacities.append(
      Capacity(
        Label(component.id, .auxiliary, part: .new(.init(size.part))),
        // Above the total's limit, so that this is the only one that binds.
        upper: problem.capacities[k].upper + size.existing, fixedCharge: fixed))
    problem.yearlyRows.append(
      YearlyRow(
        Label(component.id, .limit, part: .stands(.init(size.part))),
        LinearForm(capacities: [k: 1, kept: -1, new: -1]), lower: 0, upper: 0))
    retirable.append(Retirable(total: k, kept: kept, new: new, existing: size.existing))
    newCapacity[k] = new
    investment[new] = perUnit
    capital[new] = size.cost.capital
    cash.add(capacity: new, perUnit)
    cash.add(capacity: kept, money.existing(size, of: component.id) / size.existing)
  }

  /// Whether a protected zone keeps a component from being built.
  private func derivedLimit(of size: Size, _ component: Component) -> Double {
    switch component.block {
    case .source(let source):
      switch source.supply {
      case .share(let share):
        let mean = share.count == 1 ? share[0] : share.prefix(steps).reduce(0, +) / Double(steps)
        return scale.source(meanShare: mean)
      case .natural(let natural): return max(natural.max() ?? 0, 1)
      case .stock: return 10 * scale.peak
      case .reservoir(let lake): return max(lake.most ?? 10 * scale.peak, 1)
      }
    case .converter(let converter):
      let outputs = converter.ports.flatMap { port in port.coefficient.filter { $0 > 0 } }
      return scale.converter(leastOutput: outputs.min() ?? 1)
    case .storage(let storage):
      switch storage.shape {
      case .energyOnly: return scale.storageEnergy
      case .hours(let hours): return min(scale.storagePower, scale.storageEnergy / max(hours, 0.1))
      case .hoursBetween(_, let hours):
        guard size.part == .energy else { return scale.storagePower }
        let power = component.sizes.first { $0.part == .power }?.maximum ?? scale.storagePower
        return hours.isFinite ? hours * power : scale.storageEnergy
      case .independent: return size.part == .energy ? scale.storageEnergy : scale.storagePower
      }
    case .link(let link): return scale.converter(leastOutput: link.efficiency)
    }
  }

  /// The capacity of a component's part, or of its only size.
  package func capacity(_ component: Component, _ part: Size.Part = .only) -> Int? {
    guard let parts = capacityOfSize[component.id] else { return nil }
    return parts[part] ?? (parts.count == 1 ? parts.values.first : nil)
  }

  /// Three significant digits, for messages.
  func rounded(_ value: Double) -> String { shortNumber(value) }
}
