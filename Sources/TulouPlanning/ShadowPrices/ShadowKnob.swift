import TulouAccounts
import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A number of the project that may be a little more, and what is said of that.
struct ShadowKnob: Sendable {
  /// Key path in the file, or the bus.
  var path: String
  /// What the printed value counts per.
  var unit: String
  /// The number as the project has it, in base units; zero where it is none.
  var amount: Double
  /// The printed value per unit of the number, of what the cost of the horizon changes by: below zero where more saves.
  var factor: Double
  /// Whether more of it costs; otherwise it saves.
  var costs = false
  /// Adds to the number.
  var turn: @Sendable (inout Project, Double) -> Void
  /// The sentence of a printed value.
  var sentence: @Sendable (String) -> String

  /// All that may hold a plan back: limits that cost something, connections and sizes at their greatest, and the demand at each bus.
  static func all(of plan: Plan, in assembled: Assembled, _ multipliers: Multipliers) -> [ShadowKnob] {
    limits(plan, assembled, multipliers) + connections(plan, assembled) + ways(plan, assembled)
      + sizes(plan, assembled) + buses(plan, assembled)
  }

  private static func limits(_ plan: Plan, _ assembled: Assembled, _ multipliers: Multipliers) -> [ShadowKnob] {
    let currency = assembled.project.economy.currency
    return assembled.limitRows.compactMap { limit in
      let key = limit.key
      guard multipliers.yearly.indices.contains(limit.row), multipliers.yearly[limit.row] != 0,
        let amount = assembled.project.limits[key]
      else { return nil }
      let step = key.quantity.step(of: amount)
      let unit = step.name.isEmpty ? currency : step.name
      let isLeast = key.sense == .least
      return ShadowKnob(
        path: key.path, unit: "\(currency)/y per \(unit)", amount: amount,
        factor: (isLeast ? 1 : -1) * step.size / assembled.years, costs: isLeast,
        turn: { project, more in project.limits[key] = (project.limits[key] ?? 0) + more },
        sentence: { value in
          isLeast
            ? "One more percent of \(key.words) would cost \(value) \(currency) a year."
            : key == .land
              ? "One more \(unit) would save \(value) \(currency) a year."
              : "One more \(unit) in the limit on \(key.words) would save \(value) \(currency) a year."
        })
    }
  }

  private static func connections(_ plan: Plan, _ assembled: Assembled) -> [ShadowKnob] {
    let currency = assembled.project.economy.currency
    return assembled.project.markets.enumerated().flatMap { m, market -> [ShadowKnob] in
      func knob(
        _ role: Label.Role, _ key: String, _ word: String, _ limit: any WritableKeyPath<Market, Double?> & Sendable
      ) -> ShadowKnob? {
        guard let amount = market[keyPath: limit], isReached(plan, market.id, role) else { return nil }
        let step = powerStep(of: amount)
        return ShadowKnob(
          path: "markets.\(market.id).limit.\(key)", unit: "\(currency)/y per \(step.name)", amount: amount,
          factor: -step.size / assembled.years,
          turn: { project, more in
            project.markets[m][keyPath: limit] = (project.markets[m][keyPath: limit] ?? 0) + more
          },
          sentence: { "One more \(step.name) of \(word) at '\(market.id)' would save up to \($0) \(currency) a year." })
      }
      return [
        knob(.purchase, "buy", "purchase", \.buyLimit), knob(.sale, "sell", "sale", \.sellLimit),
      ].compactMap { $0 }
    }
  }

  /// Limits of links that are no choice: meters.
  private static func ways(_ plan: Plan, _ assembled: Assembled) -> [ShadowKnob] {
    let currency = assembled.project.economy.currency
    return assembled.project.components.enumerated().compactMap { c, component in
      guard case .link(let link) = component.block, let amount = link.limit,
        isReached(plan, component.id, .forward) || isReached(plan, component.id, .backward)
      else { return nil }
      let path =
        component.kind == Component.meterKind
        ? "members.\(link.meterOf ?? component.id).meters.\(link.from).limit" : "components.\(component.id).limit"
      let step = powerStep(of: amount)
      return ShadowKnob(
        path: path, unit: "\(currency)/y per \(step.name)", amount: amount, factor: -step.size / assembled.years,
        turn: { project, more in
          guard case .link(var block) = project.components[c].block else { return }
          block.limit = (block.limit ?? 0) + more
          project.components[c].block = .link(block)
        },
        sentence: {
          "One more \(step.name) of capacity of '\(component.id)' would save up to \($0) \(currency) a year."
        })
    }
  }

  /// What is one more of a power: a megawatt, but of limits below one a kilowatt.
  private static func powerStep(of limit: Double) -> (name: String, size: Double) {
    abs(limit) < 1000 ? ("kW", 1) : ("MW", 1000)
  }

  /// Whether a flow of an id stands at a limit of its own, above zero, in some step.
  private static func isReached(_ plan: Plan, _ id: String, _ role: Label.Role) -> Bool {
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.id == id && flow.label.role == role {
      for bound in flow.upper where bound.capacity == nil {
        for t in 0..<plan.problem.steps where bound.offset[t] > 0 && bound.offset[t] < .infinity {
          if plan.solution.flows[j][t] >= bound.offset[t] * (1 - 1e-5) { return true }
        }
      }
    }
    return false
  }

  private static func sizes(_ plan: Plan, _ assembled: Assembled) -> [ShadowKnob] {
    let currency = assembled.project.economy.currency
    return assembled.project.components.enumerated().flatMap { c, component in
      component.sizes.enumerated().compactMap { s, size -> ShadowKnob? in
        guard size.choice == .continuous, let most = size.maximum, size.sharedWith == nil,
          let k = plan.indexOfCapacity(Label(size: size.part, of: component.id))
        else { return nil }
        let capacity = plan.problem.capacities[k]
        guard capacity.upper > capacity.lower, plan.solution.capacities[k] > capacity.upper * (1 - 1e-6) else {
          return nil
        }
        let name = size.part == .only ? "'\(component.id)'" : "\(size.part.rawValue) of '\(component.id)'"
        let key = size.part == .only || component.sizes.count == 1 ? "" : size.part.rawValue + "."
        return ShadowKnob(
          path: "components.\(component.id).capacity.\(key)max", unit: "\(currency)/y per \(size.unit)", amount: most,
          factor: -1 / assembled.years,
          turn: { project, more in
            project.components[c].sizes[s].maximum = (project.components[c].sizes[s].maximum ?? 0) + more
          },
          sentence: {
            "One more \(size.unit) of \(name) than its greatest size would save \($0) \(currency) a year."
          })
      }
    }
  }

  /// The fixed demand at each bus, all of it in proportion.
  private static func buses(_ plan: Plan, _ assembled: Assembled) -> [ShadowKnob] {
    let currency = assembled.project.economy.currency
    let problem = plan.problem
    return problem.rows.compactMap { row in
      guard row.label.role == .balance, row.lower.maximum > 0 else { return nil }
      var energy = 0.0
      for t in 0..<problem.steps { energy += problem.weight[t] * problem.stepHours * row.lower[t] }
      guard energy > 0 else { return nil }
      let bus = row.label.id
      return ShadowKnob(
        path: "buses.\(bus)", unit: "\(currency)/kWh", amount: 1, factor: 1 / energy, costs: true,
        turn: { project, more in
          for d in project.demands.indices where project.demands[d].bus == bus {
            guard case .fixed = project.demands[d].kind else { continue }
            project.demands[d].power = project.demands[d].power.map { $0 * (1 + more) }
          }
        },
        sentence: { "One more kWh of the demand at '\(bus)' costs \($0) \(currency) on average." })
    }
  }
}
