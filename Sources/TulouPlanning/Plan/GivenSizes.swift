import TulouAccounts
package import TulouAssembly
package import TulouDocument
package import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Limits that were taken out of a problem because its sizes are given.
package struct ReleasedLimits: Sendable {
  package var rows: [(limit: LimitRow, row: YearlyRow)] = []
  /// Of the project, in which capital is told.
  var currency = ""

  /// What each released limit reaches on a plan.
  func measured(on plan: Plan) -> [MeasuredLimit] {
    rows.map { entry in
      let solution = plan.solution
      // Without its slack: what is measured is the plan, not what it would pay for.
      let activity = plan.problem.value(
        of: entry.row.form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
      ).sum
      let bound = entry.row.upper.isFinite ? entry.row.upper : entry.row.lower
      let excess = (activity - bound) * entry.limit.perActivity(at: solution, of: plan.problem)
      // A renewable fraction is a least share written as a greatest remainder.
      let key = entry.limit.key
      var reached = key.sense == .least ? entry.limit.limit - excess : entry.limit.limit + excess
      // Whole hours are counted on what is not served: nothing holds the flow that counts them any more.
      if key == .unservedHours, let flow = entry.row.form.flows.keys.first {
        reached = FailingHours.share(of: plan, flow: flow)
      }
      return MeasuredLimit(
        key: key.name, limit: entry.limit.limit, reached: reached, unit: key.quantity.unit(in: currency),
        holds: key.allows(reached, limit: entry.limit.limit, tolerance: 1e-6), isElastic: entry.limit.price != nil)
    }
  }
}

extension Assembled {
  /// Fixes sizes at what the caller gives, those that are not named at their least, and takes the project's limits
  /// out: what is left is dispatch. A limit with a penalty stays: no sizes make it impossible, and it is paid for.
  ///
  /// - Parameter sizes: By `id`, or `id.power` and `id.energy`; a storage whose content follows from its power takes
  ///   either.
  package mutating func give(sizes: [String: Double]) throws(ProjectFault) -> ReleasedLimits {
    guard !sizes.isEmpty else { return ReleasedLimits() }
    var given = try totals(of: sizes)
    for one in retirable {
      let parts = one.parts(of: given[one.total] ?? max(one.existing, problem.capacities[one.total].lower))
      (given[one.total], given[one.kept], given[one.new]) = (parts.kept + parts.new, parts.kept, parts.new)
    }
    fix(given)
    derivedLimits = [:]
    return released()
  }

  /// Totals of capacities by the names of a caller; throws every name and number that is none.
  private mutating func totals(of sizes: [String: Double]) throws(ProjectFault) -> [Int: Double] {
    var given: [Int: Double] = [:]
    var faults: [Diagnostic] = []
    let names = sizeNames()
    for (name, value) in sizes.sorted(by: { $0.key < $1.key }) {
      guard let place = names[name] else {
        let known = names.keys.sorted().joined(separator: ", ")
        faults.append(
          Diagnostic(
            .error, "'--sizes' names '\(name)', which has no size.", advice: "Sizes of this project: \(known)."))
        continue
      }
      guard value.isFinite, value >= 0 else {
        faults.append(Diagnostic(.error, "'--sizes' gives \(name) = \(value), which is no size."))
        continue
      }
      let total = value / place.perUnit
      let standing = problem.capacities[place.capacity].existing
      guard total >= standing * (1 - 1e-9) else {
        faults.append(
          Diagnostic(
            .error,
            "'--sizes' gives \(name) = \(shortNumber(value)), but \(shortNumber(standing * place.perUnit)) stands already and stays.",
            advice: "'capacity: {retire: true}' lets existing plant go."))
        continue
      }
      let most = problem.capacities[place.capacity].upper
      if total > most * (1 + 1e-9), derivedLimits[place.capacity] == nil {
        notes.append(
          Diagnostic(
            .warning,
            "'--sizes' gives \(name) = \(shortNumber(value)), above the greatest size of \(shortNumber(most * place.perUnit)) that the file allows.",
            path: "components.\(problem.capacities[place.capacity].label.id).capacity.max"))
      }
      given[place.capacity] = total
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
    return given
  }

  /// Every size at its total, those that are not named at their least.
  private mutating func fix(_ given: [Int: Double]) {
    for k in problem.capacities.indices where problem.capacities[k].label.role == .size || given[k] != nil {
      let capacity = problem.capacities[k]
      let total = given[k] ?? capacity.lower
      if given[k] == nil, capacity.upper > capacity.lower {
        notes.append(
          Diagnostic(
            .warning,
            "'\(capacity.label.id)' is not among the given sizes and stays at \(shortNumber(capacity.lower)).",
            path: "components.\(capacity.label.id)"))
      }
      if capacity.fixedCharge > 0, capacity.isBuilt(at: total) {
        cash.constant += capacity.fixedCharge
        problem.objective.constant += chargeWeight * capacity.fixedCharge
      }
      problem.capacities[k].lower = total
      problem.capacities[k].upper = total
      problem.capacities[k].choice = .continuous
      problem.capacities[k].fixedCharge = 0
    }
    for one in builtFlags {
      let capacity = problem.capacities[one.capacity]
      problem.capacities[one.flag].lower = capacity.isBuilt(at: capacity.lower) ? 1 : 0
      problem.capacities[one.flag].upper = problem.capacities[one.flag].lower
      problem.capacities[one.flag].choice = .continuous
    }
    for j in problem.flows.indices where problem.flows[j].countsFailingHours { problem.flows[j].multipleOf = nil }
  }

  /// Takes the project's limits out, and what ties the content of a storage to its power.
  private mutating func released() -> ReleasedLimits {
    // The content of given sizes may be any share of their power.
    var released = ReleasedLimits(currency: project.economy.currency)
    let limits = Dictionary(limitRows.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
    var kept: [YearlyRow] = []
    for (index, row) in problem.yearlyRows.enumerated() {
      if let limit = limits[index] {
        var row = row
        for k in row.form.capacities.keys where problem.capacities[k].label.part == .slack {
          row.form.capacities[k] = nil
        }
        released.rows.append((limit, row))
        if limit.price != nil { kept.append(problem.yearlyRows[index]) }
      } else if row.label.part != .hoursMin, row.label.part != .hoursMax {
        kept.append(row)
      }
    }
    problem.yearlyRows = kept
    limitRows = []
    return released
  }

  /// Capacity behind each name that a user may write, and what one unit of it is called there.
  package func sizeNames() -> [String: (capacity: Int, perUnit: Double)] {
    var names: [String: (capacity: Int, perUnit: Double)] = [:]
    let indices = Dictionary(
      problem.capacities.enumerated().map { ($0.element.label, $0.offset) }, uniquingKeysWith: { first, _ in first })
    for component in project.components {
      for size in component.sizes {
        guard let k = indices[Label(size: size.part, of: component.id)] else { continue }
        names[size.part.name(of: component.id)] = (k, 1)
        if component.sizes.count == 1 { names[component.id] = (k, 1) }
        guard case .storage(let storage) = component.block else { continue }
        switch storage.shape {
        case .hours(let hours):
          names[component.id + ".power"] = (k, 1)
          names[component.id + ".energy"] = (k, hours)
        case .energyOnly: names[component.id + ".energy"] = (k, 1)
        case .hoursBetween, .independent: break
        }
      }
    }
    return names
  }
}

extension Capacity {
  /// Whether a total holds anything new.
  package func isBuilt(at total: Double) -> Bool { total > existing + 1e-9 * (1 + existing) }
}
