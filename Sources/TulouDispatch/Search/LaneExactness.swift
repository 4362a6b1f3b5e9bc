import TulouAssembly
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

/// Whether lanes give the numbers of `tulou simulate` for every design of a search: the one place that knows.
///
/// Lanes know sums over the horizon: of output, charge and discharge, fuel, hours, purchase and sale, what is shed. So they are exact
/// where every cost and every limit is a number times such a sum. What depends on which hour, which source or which tier it was needs
/// the hours themselves.
struct LaneExactness {
  let forms: LaneForms
  let system: SimulatedSystem
  let rule: Strategy

  private var assembled: Assembled { forms.assembled }
  private var project: Project { system.project }

  /// Why lanes are not exact for this project, one sentence each; empty: they are.
  func reasons() -> [String] {
    if let refusal = LaneEngine.refusal(system.problem, rule) { return [refusal] }
    var found: [String] = []
    func note(_ isInexact: Bool, _ reason: String) { if isInexact, !found.contains(reason) { found.append(reason) } }
    note(
      system.blocks.count > 1 || assembled.problem.weight.contains { $0 != 1 }, "The horizon has periods or weights.")
    if let market = system.market {
      note(
        project.markets[market].looksBeyondTheHour,
        "The tariff looks at more than the hour: at months, peaks or tiers.")
    }
    note(project.limits[.peakValley] != nil, "A limit on the load curve looks at single hours.")
    note(project.limits[.unservedHours] != nil, "A limit on hours that fail looks at single hours.")
    note(system.generators.contains { $0.unit != nil }, "A generator comes in units.")
    note(system.generators.contains { $0.fuel.isSeries }, "What a generator burns differs by the hour.")
    note(
      project.components.contains { component in
        if case .converter(let block) = component.block { return block.startCost > 0 }
        return false
      }, "Starts are paid for.")
    note(
      system.storages.contains { part in
        guard case .storage(let block) = project.components[part.component].block else { return false }
        return block.fade.map { $0.perCycle > 0 } ?? false
      }, "A storage wears by the depth of its cycles.")
    note(limitedByNature, "A source is limited by nature and by a free size.")
    note(hasSeveralPrices, "What is not served has several prices, and which of them counts is decided hour by hour.")
    note(
      project.limits.renewableFractionWithStorage != nil && !knowsAllSources,
      "What sources give in all depends on the hours in which machines give too much.")
    for form in forms.forms.indices { for reason in unknown(form) { note(true, reason) } }
    return found
  }

  /// A source whose series is no share of its size, while that size is free.
  private var limitedByNature: Bool {
    let sized = Set(forms.sides.map(\.capacity))
    return system.sources.contains { part in
      part.capacity == nil
        && assembled.problem.flows[part.flow].upper.contains { bound in
          if case .one(let k)? = bound.capacity { return sized.contains(k) }
          return false
        }
    }
  }

  /// Whether parts of demands that are shed differ in price, one of them having none, say.
  private var hasSeveralPrices: Bool {
    var prices = Set(system.demands.map(\.price))
    for d in system.waiting { prices.formUnion(project.demands[d].shedParts.map(\.price)) }
    return prices.count > 1
  }

  /// Whether surplus can come from sources alone, and these may all give less.
  private var knowsAllSources: Bool {
    system.problem.generators.allSatisfy { $0.minimumLoad == 0 } && system.sources.allSatisfy { !$0.mustTake }
  }

  /// Flows of which lanes know the sum over the horizon.
  private var known: Set<Int> {
    var known: Set<Int> = []
    for part in system.sources where part.mustTake { known.insert(part.flow) }
    if knowsAllSources, system.sources.count == 1 { known.insert(system.sources[0].flow) }
    for part in system.generators {
      known.formUnion([part.flow, part.fuelFlow])
      if let online = part.online { known.insert(online) }
    }
    for part in system.storages {
      known.insert(part.discharge)
      if let charge = part.charge { known.insert(charge) }
    }
    if let first = system.purchases.first { known.insert(first) }
    if let sale = system.sale { known.insert(sale) }
    for (j, flow) in assembled.problem.flows.enumerated() {
      switch flow.label.role {
      case .unserved, .serve, .reserveShortage: known.insert(j)
      case .spill: if knowsAllSources { known.insert(j) }
      default: continue
      }
    }
    return known
  }

  /// What of a form lanes do not know, one sentence each.
  private func unknown(_ place: Int) -> [String] {
    let form = forms.forms[place]
    let known = known
    var found: [String] = []
    if form.states.contains(where: { !$0.value.isZero }) { found.append("A content counts hour by hour.") }
    let sources = Set(system.sources.map(\.flow))
    // One factor for all sources is a factor of their sum.
    let factors = Set(system.sources.map { form.flows[$0.flow].map { $0.single ?? .nan } ?? 0 })
    let isOneFactor = knowsAllSources && factors.count == 1 && factors.allSatisfy { $0.isFinite }
    for (j, coefficient) in form.flows.sorted(by: { $0.key < $1.key }) where !coefficient.isZero {
      let label = assembled.problem.flows[j].label
      let isSource = sources.contains(j)
      if !known.contains(j), !(isSource && isOneFactor) {
        found.append(
          isSource
            ? "What '\(label.id)' gives counts, and which source gives less is decided hour by hour."
            : "What '\(label.id)' does (\(label.role.rawValue)) counts, which lanes do not look at.")
      } else if coefficient.single == nil, place > 0 || !(system.purchases.first == j || system.sale == j) {
        found.append("What '\(label.id)' costs or emits differs by the hour.")
      }
    }
    return found
  }
}

extension Profile {
  /// The one value of all steps; nil where they differ.
  var single: Double? {
    switch self {
    case .constant(let value): return value
    case .series(let values):
      guard let first = values.first else { return 0 }
      return values.allSatisfy { $0 == first } ? first : nil
    case .part(let part): return part.values.allSatisfy { $0 == 0 } ? 0 : nil
    }
  }

  /// Whether steps differ.
  var isSeries: Bool { single == nil }
}
