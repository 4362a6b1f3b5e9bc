import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What stands ready on a bus.
struct ReserveOffers: Sendable {
  /// Flows with what a unit of them adds to readiness.
  var flows: [(flow: Int, coefficient: Profile)] = []
  /// Capacities likewise.
  var capacities: [(capacity: Int, coefficient: Profile)] = []
  /// Ready whatever is decided.
  var constant = Profile.zero
  /// Sources with their class, for the shares of output that must be covered.
  var sources: [(flow: Int, energyClass: String)] = []
  /// Purchases with their common limit (nil: the derived one) and the hours in which there is none.
  var purchases: [(flows: [Int], limit: Double?, outages: GridOutages?)] = []
}

extension Draft {
  /// Notes what a component offers to the reserve of a bus, where the project asks for one.
  mutating func offer(at bus: String, _ change: (inout ReserveOffers) -> Void) {
    guard project.reliability.reserve[bus] != nil else { return }
    change(&reserveOffers[bus, default: ReserveOffers()])
  }

  /// One row a bus: `sum (o - g) + (I - i) + ready - d + curtailed >= r_D D + r_peak max D + sum r_class p_class - q`
  /// (rule M12).
  mutating func addReserve() {
    for (bus, shares) in project.reliability.reserve.sorted(by: { $0.key < $1.key }) {
      guard let row = rowOfBus[bus] else {
        faults.append(
          Diagnostic(
            .error, "A reserve is asked for bus '\(bus)', which the project does not have.", path: "reliability.reserve"
          ))
        continue
      }
      let offers = reserveOffers[bus] ?? ReserveOffers()
      let r = problem.rows.count
      let spare =
        wanted[row] * (shares["demand"] ?? 0) + .constant((shares["peak"] ?? 0) * max(0, wanted[row].maximum))
      var lower = spare - offers.constant
      for (flow, coefficient) in offers.flows { problem.flows[flow].rowTerms.append(RowTerm(r, coefficient)) }
      for (capacity, coefficient) in offers.capacities {
        problem.capacities[capacity].rowTerms.append(RowTerm(r, coefficient))
      }
      for (flow, energyClass) in offers.sources {
        guard let share = shares[energyClass], share != 0 else { continue }
        problem.flows[flow].rowTerms.append(RowTerm(r, .constant(-share)))
      }
      for (flows, limit, outages) in offers.purchases {
        for flow in flows { problem.flows[flow].rowTerms.append(RowTerm(r, .constant(-1))) }
        let available = outages.map { profile($0.available(steps: steps)) } ?? .one
        lower = lower - available * (limit ?? 10 * scale.peak)
      }
      problem.rows.append(HourlyRow(label: Label(bus, .limit, part: "reserve", bus: bus), lower: lower))
      if project.limits.capacityShortage != nil {
        let most = spare + .constant(shares.values.max() ?? 0) * (10 * scale.peak)
        add(
          Flow(
            Label(bus, .reserveShortage, bus: bus), rows: [RowTerm(r, .one)], upper: [.fixed(most)]))
      }
    }
    mergeRowTerms()
  }

  /// A capacity or flow that offers twice has one coefficient a row.
  private mutating func mergeRowTerms() {
    guard !reserveOffers.isEmpty else { return }
    func merged(_ terms: [RowTerm]) -> [RowTerm] {
      var result: [RowTerm] = []
      for term in terms {
        if let i = result.firstIndex(where: { $0.row == term.row }) {
          result[i].coefficient = result[i].coefficient + term.coefficient
        } else {
          result.append(term)
        }
      }
      return result
    }
    for k in problem.capacities.indices { problem.capacities[k].rowTerms = merged(problem.capacities[k].rowTerms) }
    for j in problem.flows.indices { problem.flows[j].rowTerms = merged(problem.flows[j].rowTerms) }
  }
}
