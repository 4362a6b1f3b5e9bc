import TulouAccounts
import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A limit of the project that may be relaxed, with the words for it.
struct RelaxableLimit {
  var elastic: ElasticLimit
  var path: String
  var name: String
  /// The sentence of its remedy before and after the amount: `Add 37 kW of purchase at 'grid'`.
  var before: String, after = ""
  var unit: String
  /// Units of `unit` per unit of the analysis' change.
  var perChange = 1.0

  func remedy(_ change: Double, when: String) -> InfeasibilityReport.Remedy {
    let amount = change * perChange
    // Rounded up in the fourth digit, so that what is printed does and asks for no more than that.
    let printed = shortNumber(roundedUp(amount, digits: 4), digits: 4)
    let needed = when.isEmpty ? "." : "; needed on \(when)."
    return InfeasibilityReport.Remedy(
      path: path, change: amount, unit: unit, sentence: "\(before) \(printed) \(unit)\(after)\(needed)")
  }

  /// What a planner could change in a project: limits, connections, sizes, service.
  static func all(of assembled: Assembled) -> [RelaxableLimit] {
    limits(assembled) + connections(assembled) + sizes(assembled) + balances(assembled)
  }

  private static func limits(_ assembled: Assembled) -> [RelaxableLimit] {
    var limits: [RelaxableLimit] = assembled.limitRows.map { limit in
      let row = assembled.problem.yearlyRows[limit.row]
      let isLeast = limit.key.sense == .least
      let isShare = limit.key.quantity.isShare
      let place: ElasticLimit.Place = row.upper.isFinite ? .yearlyUpper(limit.row) : .yearlyLower(limit.row)
      let words = limit.key.words
      let unit = limit.key.quantity.unit(in: assembled.project.economy.currency)
      let shown =
        isShare
        ? "\(shortNumber(100 * limit.limit, digits: 4)) %"
        : "\(shortNumber(limit.limit, digits: 4)) \(unit)"
      return RelaxableLimit(
        elastic: ElasticLimit(place, label: row.label, whole: limit.whole), path: limit.key.path,
        name: "\(words) of at \(isLeast ? "least" : "most") \(shown)",
        before: "\(isLeast ? "Lower" : "Raise") the limit on \(words) by",
        unit: isShare ? "percentage points" : unit,
        perChange: limit.whole == nil ? limit.perActivity * (isShare ? 100 : 1) : 100)
    }
    for (index, row) in assembled.problem.yearlyRows.enumerated()
    where row.label.part == .stock || row.label.part == .cycleLife {
      let isStock = row.label.part == .stock
      limits.append(
        RelaxableLimit(
          elastic: ElasticLimit(.yearlyUpper(index), label: row.label),
          path: "components.\(row.label.id).\(row.label.part)",
          name: isStock ? "the stock of '\(row.label.id)'" : "the cycle life of '\(row.label.id)'", before: "Add",
          after: isStock ? " to the stock of '\(row.label.id)'" : " of throughput to '\(row.label.id)'", unit: "kWh/y",
          perChange: 1 / assembled.years))
    }
    return limits
  }

  private static func connections(_ assembled: Assembled) -> [RelaxableLimit] {
    var found: [RelaxableLimit] = []
    let problem = assembled.problem
    let markets = Dictionary(assembled.project.markets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (j, flow) in problem.flows.enumerated() {
      guard let b = flow.upper.firstIndex(where: { $0.capacity == nil }) else { continue }
      let id = flow.label.id
      switch flow.label.role {
      case .purchase where flow.label.part == .whole:
        guard let limit = markets[id]?.buyLimit else { continue }
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "markets.\(id).limit.buy", name: "purchase at '\(id)' (at most \(shortNumber(limit)) kW)",
            before: "Add",
            after: " of purchase at '\(id)'", unit: "kW"))
      case .forward, .backward:
        let way = flow.label.role == .forward ? "towards" : "from"
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "components.\(id).limit", name: "the limit of '\(id)' (\(way) its end)", before: "Add",
            after: " to the limit of '\(id)'", unit: "kW"))
      case .serve:
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "demands.\(id).peak", name: "the greatest power of '\(id)'", before: "Add",
            after: " to the peak of '\(id)'", unit: "kW"))
      default: continue
      }
    }
    return found
  }

  private static func sizes(_ assembled: Assembled) -> [RelaxableLimit] {
    let problem = assembled.problem
    return problem.capacities.enumerated().compactMap { k, capacity in
      guard capacity.label.role == .size, assembled.derivedLimits[k] == nil else { return nil }
      let label = capacity.label
      let name = label.part == .only ? "'\(label.id)'" : "the \(label.part) of '\(label.id)'"
      let unit =
        assembled.project.components.first { $0.id == label.id }?.sizes.first { Label.Part($0.part) == label.part }?
        .unit ?? "kW"
      return RelaxableLimit(
        elastic: ElasticLimit(.capacityUpper(k), label: label), path: "components.\(label.id).capacity.max",
        name: "the size of \(name) (at most \(shortNumber(capacity.upper)) \(unit))", before: "Add",
        after: " to the greatest size of \(name)", unit: unit)
    }
  }

  private static func balances(_ assembled: Assembled) -> [RelaxableLimit] {
    let problem = assembled.problem
    let view = assembled.project.limits.renewableFractionOf
    let fractions = assembled.limitRows.filter { $0.key == .renewableFraction }.map(\.row)
    var found: [RelaxableLimit] = []
    for (r, row) in problem.rows.enumerated() {
      if row.label.role == .balance, row.lower.maximum > 0 {
        // Unserved counts against the renewable fraction, or to leave demand unserved would seem to meet it.
        let counts = view.contains(assembled.project.carrier(ofBus: row.label.id)?.kind)
        let demand = (0..<problem.steps).reduce(0.0) { $0 + problem.weight[$1] * row.lower[$1] } * problem.stepHours
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(
              .rowLower(r), label: row.label, measure: .sum, countedIn: counts ? fractions : []),
            path: "limits.unserved_energy", name: "serving all that is wanted at '\(row.label.id)'", before: "Leave",
            after: " of the demand at '\(row.label.id)' unserved", unit: "%", perChange: 100 / max(demand, 1e-9)))
      } else if row.label.part == .reserve, row.upper.minimum == .infinity,
        assembled.project.reliability.reserve[row.label.id] != nil
      {
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.rowLower(r), label: row.label), path: "reliability.reserve.\(row.label.id)",
            name: "the reserve on '\(row.label.id)'", before: "Accept", after: " less reserve on '\(row.label.id)'",
            unit: "kW"))
      } else if row.label.part == .mustTake {
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.rowLower(r), label: row.label, measure: .sum),
            path: "components.\(row.label.id).must_take", name: "taking all that '\(row.label.id)' gives",
            before: "Let", after: " of '\(row.label.id)' be curtailed", unit: "kWh"))
      }
    }
    return found
  }
}
