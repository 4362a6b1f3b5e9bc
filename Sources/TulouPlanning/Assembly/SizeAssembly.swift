import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

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
        let cost = money.investment(size.cost)
        let operation = money.operation(size.cost)
        cash.add(capacity: k, cost.perUnit + operation)
        cash.constant -= cost.perUnit * problem.capacities[k].existing
        problem.capacities[k].fixedCharge += cost.fixed + money.fixedOperation(size.cost)
        yearlyCharge[k, default: 0] += money.fixedOperation(size.cost)
        investment[k, default: 0] += cost.perUnit
      }
    }
  }

  private mutating func add(_ size: Size, of component: Component) {
    let path = "components.\(component.id).capacity"
    let forbidden = project.limits.protectedZones.first { forbids($0, component) }
    var lower = max(size.minimum, size.existing)
    var upper = size.maximum ?? .nan
    var choice = Capacity.Choice.continuous
    switch size.choice {
    case .continuous:
      if size.maximum == nil, size.existing > 0 { upper = lower }
    case .fixed(let total):
      lower = max(total, size.existing)
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
    let cost = money.investment(size.cost)
    yearlyCharge[k] = size.existing > 0 ? 0 : money.fixedOperation(size.cost)
    problem.capacities.append(
      Capacity(
        Label(component.id, .size, part: size.part), existing: size.existing, lower: lower, upper: upper,
        choice: choice,
        fixedCharge: cost.fixed + (yearlyCharge[k] ?? 0)))
    capacityOfSize[component.id, default: [:]][size.part] = k
    investment[k] = cost.perUnit
    let coefficient = cost.perUnit + money.operation(size.cost)
    if coefficient != 0 { cash.add(capacity: k, coefficient) }
    cash.constant += money.existing(size, of: component.id) - cost.perUnit * size.existing
    // What stands already is run whatever is decided.
    if size.existing > 0 { cash.constant += money.fixedOperation(size.cost) }
  }

  /// Whether a protected zone keeps a component from being built.
  private func forbids(_ zone: Limits.ProtectedZone, _ component: Component) -> Bool {
    let isNamed = zone.forbids.contains { $0 == component.kind || $0 == component.catalogueEntry || $0 == component.id }
    guard isNamed else { return false }
    return zone.members.isEmpty || component.member.map(zone.members.contains) ?? false
  }

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
        guard size.part == "energy" else { return scale.storagePower }
        let power = component.sizes.first { $0.part == "power" }?.maximum ?? scale.storagePower
        return hours.isFinite ? hours * power : scale.storageEnergy
      case .independent: return size.part == "energy" ? scale.storageEnergy : scale.storagePower
      }
    case .link(let link): return scale.converter(leastOutput: link.efficiency)
    }
  }

  /// The capacity of a component's part, or of its only size.
  func capacity(_ component: Component, _ part: String = "") -> Int? {
    guard let parts = capacityOfSize[component.id] else { return nil }
    return parts[part] ?? (parts.count == 1 ? parts.values.first : nil)
  }

  /// Three significant digits, for messages.
  func rounded(_ value: Double) -> String { shortNumber(value) }
}
