import TulouAssembly
package import TulouDocument
import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// The hourly problem of a project as a network of PyPSA.
///
/// It starts from the problem that the plan solves, where no technology has a name, so that whatever the project holds is either the
/// same linear problem there or named in `left`. Balances and contents become buses; a flow that touches one bus is a generator (of
/// sign -1 where it takes), a flow that touches several is a link from the first bus that it takes from, rated at that bus.
package struct PypsaExport {
  let assembled: Assembled
  let problem: HourlyProblem
  var network: PypsaNetwork
  /// Names of the buses of balance rows and of contents.
  var busOfRow: [Int: String] = [:], busOfState: [Int: String] = [:]
  /// Rows that force a source to run (`must_take`).
  var forcedRows: Set<Int> = []
  /// Emission factors of flows under the limit on CO2 [kg/kWh].
  var emission: [Int: Double] = [:]
  /// How many flows and contents each capacity acts on.
  var uses: [Int: (flows: [Int], states: [Int])] = [:]
  /// Flows that are already part of a storage unit or a shared port.
  var done: Set<Int> = []
  var doneStates: Set<Int> = []
  /// Sizes that are sought and of which one unit is not one unit of `p_nom`: whose, and how many of it there are per unit.
  var ratedSizes: [(name: String, share: Double)] = []

  /// The network of a project; its goal is least cost, whatever the project seeks, and another goal is named in `left`.
  ///
  /// - Throws: what cannot be planned, as `Assembly` says it.
  package static func network(of project: Project) throws(ProjectFault) -> PypsaNetwork {
    var export = PypsaExport(try Assembly.problem(for: project, objective: .netPresentCost))
    if project.objective != .netPresentCost {
      export.network.left.append(
        "the objective '\(project.objective.rawValue)': the network seeks least cost, in \(project.economy.currency) a year"
      )
    }
    export.fill()
    return export.network
  }

  init(_ assembled: Assembled) {
    self.assembled = assembled
    problem = assembled.problem
    network = PypsaNetwork(name: assembled.project.name)
  }

  private mutating func fill() {
    snapshots()
    buses()
    countUses()
    limits()
    storageUnits()
    states()
    sharedPorts()
    for j in problem.flows.indices where !done.contains(j) { add(flow: j) }
    constants()
    for exclusion in problem.exclusions {
      network.left.append(
        "\(problem.flows[exclusion.first].label.words) and \(problem.flows[exclusion.second].label.words): never both in one hour"
      )
    }
    network.notes += [
      "powers in kW, energies in kWh, money in \(assembled.project.economy.currency) a year",
      "'capital_cost' is Tulou's yearly cost of a size, existing plant included as least size",
      "buses named 'content of ...' hold what is stored; links to and from them are rated at the bus that they take from",
    ]
    if !ratedSizes.isEmpty {
      let list = ratedSizes.map { "\(shortNumber($0.share)) for '\($0.name)'" }.joined(separator: ", ")
      network.notes.append(
        "'p_nom' counts the greatest power of any hour at the bus, not the size; per unit of size in Tulou: \(list)")
    }
    if network.constant != 0 {
      network.notes.append(
        "Tulou's objective is PyPSA's and \(shortNumber(network.constant, digits: 12)) \(assembled.project.economy.currency) a year of plant whose size is given and of fixed terms"
      )
    }
    // What is left is said once, however many rows it has.
    var seen: Set<String> = []
    network.left = network.left.filter { seen.insert($0).inserted }
  }

  private mutating func snapshots() {
    let horizon = assembled.project.horizon
    for t in 0..<problem.steps {
      let moment = horizon.moment(t)
      let minutes = Int(saturating: (moment.hour * 60).rounded())
      func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
      network.snapshots.append("\(moment.date) \(two(minutes / 60)):\(two(minutes % 60)):00")
    }
    network.weights = problem.weight.map { $0 * problem.stepHours / problem.years }
    network.stepHours = problem.stepHours
    if problem.blockStarts.count > 1, problem.states.contains(where: { $0.boundary != .cyclicOverHorizon }) {
      network.left.append("contents that close their cycle within each of the \(problem.blockStarts.count) periods")
    }
  }

  private mutating func buses() {
    network.add(.carriers, "AC", [:])
    for (r, row) in problem.rows.enumerated() {
      if row.label.role == .balance {
        let kind = carrier(ofBus: row.label.id)
        let name = network.add(.buses, row.label.id, ["carrier": kind])
        busOfRow[r] = name
        guard row.lower == row.upper else {
          network.left.append(row.label.words)
          continue
        }
        if !row.lower.isZero { add(load: row.lower, at: name, "demand at \(name)") }
      } else if row.label.part == .mustTake {
        forcedRows.insert(r)
      } else {
        network.left.append(row.label.words)
      }
    }
    for (s, state) in problem.states.enumerated() {
      busOfState[s] = network.add(.buses, "content of \(state.label.sizeName)", ["carrier": "AC"])
    }
  }

  /// The carrier of a bus: PyPSA's word for electricity, else its own name, among the carriers of the network.
  private mutating func carrier(ofBus bus: String) -> String {
    guard let carrier = assembled.project.carrier(ofBus: bus), carrier.kind != .electricity else { return "AC" }
    if !network.components[.carriers, default: []].contains(where: { $0.name == carrier.id }) {
      network.add(.carriers, carrier.id, [:])
    }
    return carrier.id
  }

  mutating func add(load power: Profile, at bus: String, _ name: String) {
    if let constant = power.constantValue {
      network.add(.loads, name, ["bus": bus, "p_set": PypsaNetwork.text(constant)])
    } else {
      network.add(.loads, name, ["bus": bus], series: ["p_set": power.expanded(problem.steps)])
    }
  }

  private mutating func countUses() {
    func capacities(_ bounds: [Bound]) -> Set<Int> {
      Set(bounds.compactMap { if case .one(let k)? = $0.capacity { k } else { nil } })
    }
    for j in problem.flows.indices {
      for k in capacities(bounds(of: j)) { uses[k, default: ([], [])].flows.append(j) }
    }
    for (s, state) in problem.states.enumerated() {
      for k in capacities([state.lower] + (state.upper.map { [$0] } ?? [])) {
        uses[k, default: ([], [])].states.append(s)
      }
    }
    for (k, capacity) in problem.capacities.enumerated() {
      if case .continuous = capacity.choice {
      } else if capacity.lower < capacity.upper {
        network.left.append("\(capacity.label.words): sizes in whole units")
      }
      if capacity.fixedCharge > 0, capacity.lower < capacity.upper {
        network.left.append("\(capacity.label.words): what is paid once anything is built")
      }
      let others = capacity.rowTerms.filter { !forcedRows.contains($0.row) }
      if !others.isEmpty { network.left.append("\(capacity.label.words): its part in hourly limits") }
      let isFree = capacity.lower < capacity.upper
      if isFree, uses[k] == nil, problem.objective.capacities[k].map({ $0 != 0 }) ?? false {
        network.left.append(
          "\(capacity.label.words): a size that costs money, but by itself limits no power and no content")
      }
    }
  }

  /// Terms of the objective that no decision of the network moves, per year.
  private mutating func constants() {
    var sum = problem.objective.constant
    for (k, cost) in problem.objective.capacities {
      let capacity = problem.capacities[k]
      if capacity.lower == capacity.upper { sum += cost * capacity.lower }
    }
    for capacity in problem.capacities where capacity.lower == capacity.upper && capacity.lower > capacity.existing {
      sum += capacity.fixedCharge
    }
    network.constant = sum / problem.years
    if !problem.objective.states.isEmpty { network.left.append("costs of contents") }
  }

  /// Limits on sums: on CO2 where its factors are those of generators, constant over time; others are named.
  private mutating func limits() {
    for (i, row) in problem.yearlyRows.enumerated() {
      let key = assembled.limitRows.first { $0.row == i }?.key
      guard key == .co2, row.upper.isFinite, !row.lower.isFinite, row.form.capacities.isEmpty, row.form.states.isEmpty,
        emission.isEmpty
      else {
        network.left.append(row.label.words)
        continue
      }
      var factors: [Int: Double] = [:]
      for (j, factor) in row.form.flows where !factor.isZero {
        guard let one = Self.constant(factor), terms(of: j).count == 1 else { break }
        factors[j] = one
      }
      guard factors.count == row.form.flows.filter({ !$0.value.isZero }).count else {
        network.left.append(row.label.words + ": emission of what is no generator there, or changes by the hour")
        continue
      }
      emission = factors
      network.add(
        .globalConstraints, "co2",
        [
          "type": "primary_energy", "carrier_attribute": "co2_emissions", "sense": "<=",
          "constant": PypsaNetwork.text((row.upper - row.form.constant) / problem.years),
        ])
    }
  }

  /// The one value of a profile, also of a series that repeats it.
  static func constant(_ profile: Profile) -> Double? {
    profile.constantValue ?? (profile.minimum == profile.maximum ? profile.minimum : nil)
  }

  /// Upper bounds of a flow without those that only say that a step can at most fill or empty a whole content: PyPSA's stores
  /// hold them by themselves.
  func bounds(of j: Int) -> [Bound] {
    let flow = problem.flows[j]
    return flow.upper.filter { bound in
      guard let reference = bound.capacity, bound.offset.isZero, let factor = Self.constant(bound.factor) else {
        return true
      }
      return !flow.stateTerms.contains { term in
        guard let upper = problem.states[term.state].upper, upper.capacity == reference,
          let content = Self.constant(upper.factor), let gain = Self.constant(term.gain)
        else { return false }
        return abs(gain) * factor * problem.stepHours >= content * (1 - 1e-9)
      }
    }
  }

  /// What a flow puts into each bus, balances and contents alike, per unit of flow.
  func terms(of j: Int) -> [(bus: String, coefficient: Profile)] {
    let flow = problem.flows[j]
    var terms: [(bus: String, coefficient: Profile)] = []
    for term in flow.rowTerms {
      if let bus = busOfRow[term.row], !term.coefficient.isZero { terms.append((bus, term.coefficient)) }
    }
    for term in flow.stateTerms {
      if let bus = busOfState[term.state], !term.gain.isZero { terms.append((bus, term.gain)) }
    }
    return terms
  }
}
