import TulouDocument
package import TulouProblem
import TulouProject
import TulouTechnologies

/// What stands ready on a bus.
package struct ReserveOffers: Sendable {
  /// Flows with what a unit of them adds to readiness.
  var flows: [(flow: Int, coefficient: Profile)] = []
  /// Capacities likewise.
  package var capacities: [(capacity: Int, coefficient: Profile)] = []
  /// Ready whatever is decided.
  var constant = Profile.zero
  /// Sources with their class, for the shares of output that must be covered.
  var sources: [(flow: Int, energyClass: EnergyClass)] = []
  /// Purchases with their common limit (nil: the derived one) and the hours in which there is none.
  var purchases: [(flows: [Int], limit: Double?, outages: GridOutages?)] = []
}

extension Project {
  /// Buses of which it matters what stands ready: those that are asked for a reserve, and where buses lend those from which links lead
  /// to them. What stands behind a member's meter is the member's own.
  var busesWithReadiness: Set<String> {
    var found = Set(reliability.reserve.keys)
    guard !found.isEmpty, reliability.lendsReserve else { return found }
    let behindMeters = Set(buses.filter { $0.member != nil }.map(\.id))
    var known = -1
    while known < found.count {
      known = found.count
      for component in components {
        guard case .link(let link) = component.block else { continue }
        if found.contains(link.to), !behindMeters.contains(link.from) { found.insert(link.from) }
        if link.twoWay, found.contains(link.from), !behindMeters.contains(link.to) { found.insert(link.to) }
      }
    }
    return found
  }
}

extension Draft {
  /// Notes what a component offers to the reserve of a bus, where that matters.
  mutating func offer(at bus: String, _ change: (inout ReserveOffers) -> Void) {
    guard busesWithReadiness.contains(bus) else { return }
    change(&reserveOffers[bus, default: ReserveOffers()])
  }

  /// One row a bus: `sum (o - g) + (I - i) + ready - d + curtailed >= r_D D + r_peak max D + sum r_class p_class - q`
  /// (rule M12), and what links would carry beyond what they do, `eta (w - f)` at their end, `f - w` at their begin.
  mutating func addReserve() {
    for bus in busesWithReadiness.sorted() {
      let asked = project.reliability.reserve[bus]
      let shares = asked ?? BusReserve()
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
        wanted[row] * shares.ofDemand + .constant(shares.ofPeak * max(0, wanted[row].maximum))
      var lower = spare - offers.constant
      for (flow, coefficient) in offers.flows { problem.flows[flow].rowTerms.append(RowTerm(r, coefficient)) }
      for (capacity, coefficient) in offers.capacities {
        problem.capacities[capacity].rowTerms.append(RowTerm(r, coefficient))
      }
      for (flow, energyClass) in offers.sources {
        let share = shares.share(of: energyClass)
        guard share != 0 else { continue }
        problem.flows[flow].rowTerms.append(RowTerm(r, .constant(-share)))
      }
      for (flows, limit, outages) in offers.purchases {
        for flow in flows { problem.flows[flow].rowTerms.append(RowTerm(r, .constant(-1))) }
        let available = outages.map { profile($0.available(steps: steps)) } ?? .one
        lower = lower - available * (limit ?? 10 * scale.peak)
      }
      problem.rows.append(HourlyRow(label: Label(bus, .limit, part: .reserve, bus: bus), lower: lower))
      if project.limits.capacityShortage != nil, asked != nil {
        let most = spare + .constant(shares.greatest) * (10 * scale.peak)
        add(
          Flow(
            Label(bus, .reserveShortage, bus: bus), rows: [RowTerm(r, .one)], upper: [.fixed(most)]))
      }
    }
    mergeRowTerms()
  }

  /// A link may carry `w` in place of its flow f when power is called for, so one bus lends the other what it has left over.
  mutating func lend(_ id: String, _ role: Label.Role, _ flow: Int, from: String, to: String, efficiency: Double) {
    guard project.reliability.lendsReserve, busesWithReadiness.contains(from), busesWithReadiness.contains(to) else {
      return
    }
    let w = add(
      Flow(
        Label(id, .auxiliary, part: role == .forward ? .reserve : .reserveBack), upper: problem.flows[flow].upper))
    offer(at: to) { $0.flows += [(w, .constant(efficiency)), (flow, .constant(-efficiency))] }
    offer(at: from) { $0.flows += [(w, .constant(-1)), (flow, .one)] }
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
