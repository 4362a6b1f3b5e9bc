import TulouProblem

/// Flows and contents as generators, links, stores and storage units.
extension PypsaExport {
  /// The size that a bound needs in PyPSA: a number, or a capacity that is sought.
  struct Rating {
    /// Attributes of the size, with `p` for `p_nom` or `e` for `e_nom`.
    var values: [String: String] = [:]
    /// The greatest share of the size in each step.
    var share = Profile.one
    /// Whether the size is sought.
    var isFree = false
  }

  /// Far above any power of a plan: the limit of what has none.
  private static let boundless = 1e9

  /// The size of a flow rated at a port that takes `perFlow` per unit of it.
  ///
  /// - Parameters:
  ///   - prefix: `p` or `e`.
  ///   - perFlow: Units at the rated port per unit of the column; not below zero.
  ///   - what: Whose it is, for what is left out.
  mutating func rating(_ bounds: [Bound], _ prefix: String, perFlow: Profile, sharers: Int, _ what: String) -> Rating {
    let steps = problem.steps
    var fixed: Profile?
    var free: (k: Int, factor: Profile)?
    func tighten(_ limit: Profile) { fixed = fixed.map { $0.combined(limit, min) } ?? limit }
    for bound in bounds {
      guard let reference = bound.capacity else {
        tighten(bound.offset)
        continue
      }
      guard case .one(let k) = reference else {
        network.left.append("\(what): highest power by month")
        continue
      }
      let capacity = problem.capacities[k]
      if capacity.lower == capacity.upper {
        tighten(bound.offset + bound.factor * capacity.lower)
      } else if free == nil, bound.offset.isZero {
        free = (k, bound.factor)
      } else {
        network.left.append("\(what): a second limit by a size that is sought")
      }
    }
    let nominal = "\(prefix)_nom"
    guard let (k, factor) = free else {
      let limit = (fixed ?? .constant(Self.boundless)) * perFlow
      let size = limit.maximum
      guard size > 0 else { return Rating(values: [nominal: "0.0"], share: .one) }
      let share = limit.constantValue == nil ? limit.map { $0 / size } : .one
      return Rating(values: [nominal: PypsaNetwork.text(size)], share: share)
    }
    if fixed != nil, !isIdle(fixed, beside: factor, of: k) {
      network.left.append("\(what): a limit beside the size that is sought")
    }
    let capacity = problem.capacities[k]
    let rated = factor * perFlow
    let scale = rated.maximum
    guard scale > 0 else { return Rating(values: [nominal: "0.0"], share: .one) }
    if prefix == "p", abs(scale - 1) > 1e-9, !ratedSizes.contains(where: { $0.name == capacity.label.id }) {
      ratedSizes.append((capacity.label.id, scale))
    }
    var values = [
      nominal: "0.0", "\(nominal)_extendable": "True", "\(nominal)_min": PypsaNetwork.text(capacity.lower * scale),
      "\(nominal)_max": PypsaNetwork.text(capacity.upper * scale),
    ]
    // Of several that share a size one pays for it; this is only asked where they are tied to one another.
    let cost = (problem.objective.capacities[k] ?? 0) / problem.years
    if cost != 0 { values["capital_cost"] = PypsaNetwork.text(cost / scale) }
    if sharers > 1 { network.left.append("\(what): one size with \(sharers - 1) other flow\(sharers > 2 ? "s" : "")") }
    let share = rated.constantValue == nil ? .series(rated.expanded(steps).map { $0 / scale }) : Profile.one
    return Rating(values: values, share: share, isFree: true)
  }

  /// Whether a fixed limit never acts: it is above the greatest size.
  private func isIdle(_ limit: Profile?, beside factor: Profile, of k: Int) -> Bool {
    guard let limit else { return true }
    let most = problem.capacities[k].upper
    return (0..<problem.steps).allSatisfy { limit[$0] >= factor[$0] * most * (1 - 1e-12) }
  }

  /// A flow as a generator or a link.
  mutating func add(flow j: Int) {
    let flow = problem.flows[j], what = flow.label.words
    if flow.multipleOf != nil, flow.label.role != .auxiliary { network.left.append("\(what): whole machines") }
    let terms = terms(of: j)
    let others = flow.rowTerms.filter { busOfRow[$0.row] == nil && !forcedRows.contains($0.row) }
    if !others.isEmpty { network.left.append("\(what): its part in hourly limits") }
    guard !terms.isEmpty else {
      if !(problem.objective.flows[j] ?? .zero).isZero { network.left.append("\(what): it touches no bus") }
      return
    }
    let cost = problem.objective.flows[j] ?? .zero
    if terms.count == 1, let only = terms.first {
      generator(j, only, cost: cost, what)
    } else if let from = terms.first(where: { $0.coefficient.maximum < 0 }) {
      link(j, from, terms, cost: cost, what)
    } else {
      network.left.append("\(what): it takes from no bus all the time")
    }
  }

  private func name(of j: Int) -> String {
    let label = problem.flows[j].label
    return label.role == .production || label.role == .conversion
      ? label.id : "\(label.id) \(label.role.rawValue)" + (label.part == .only ? "" : " \(label.part.name)")
  }

  private mutating func generator(_ j: Int, _ term: (bus: String, coefficient: Profile), cost: Profile, _ what: String)
  {
    let isSink = term.coefficient.maximum <= 0
    guard isSink || term.coefficient.minimum >= 0 else { return network.left.append("\(what): it gives and takes") }
    let perFlow = term.coefficient.map(abs)
    guard perFlow.minimum > 0 else { return network.left.append("\(what): it does nothing in some hours") }
    let rating = rating(
      bounds(of: j), "p", perFlow: perFlow, sharers: sharers(of: j), what)
    var values = rating.values, series: [String: [Double]] = [:]
    values["bus"] = term.bus
    if isSink { values["sign"] = "-1.0" }
    put(rating.share, "p_max_pu", standard: 1, &values, &series)
    if problem.flows[j].rowTerms.contains(where: { forcedRows.contains($0.row) }) {
      put(rating.share, "p_min_pu", standard: 0, &values, &series)
    }
    put(cost.combined(perFlow, /), "marginal_cost", standard: 0, &values, &series)
    if let factor = emission[j] {
      let carrier = "emission \(PypsaNetwork.text(factor / perFlow[0]))"
      if !network.components[.carriers, default: []].contains(where: { $0.name == carrier }) {
        network.add(.carriers, carrier, ["co2_emissions": PypsaNetwork.text(factor / perFlow[0])])
      }
      values["carrier"] = carrier
    } else {
      values["carrier"] = "AC"
    }
    network.add(.generators, name(of: j), values, series: series)
  }

  private mutating func link(
    _ j: Int, _ from: (bus: String, coefficient: Profile), _ terms: [(bus: String, coefficient: Profile)],
    cost: Profile, _ what: String
  ) {
    let taken = from.coefficient * -1
    let rating = rating(bounds(of: j), "p", perFlow: taken, sharers: sharers(of: j), what)
    var values = rating.values, series: [String: [Double]] = [:]
    values["bus0"] = from.bus
    values["carrier"] = "AC"
    var n = 0
    for term in terms where term.bus != from.bus {
      n += 1
      values["bus\(n)"] = term.bus
      let key = n == 1 ? "efficiency" : "efficiency\(n)"
      // A constant beside a series is written as a number, so that nothing is read as one by chance.
      put(term.coefficient.combined(taken, /), key, standard: .nan, &values, &series)
    }
    put(rating.share, "p_max_pu", standard: 1, &values, &series)
    put(cost.combined(taken, /), "marginal_cost", standard: 0, &values, &series)
    network.add(.links, name(of: j), values, series: series)
  }

  /// An attribute as a number, or as a series where it changes.
  func put(
    _ profile: Profile, _ key: String, standard: Double, _ values: inout [String: String],
    _ series: inout [String: [Double]]
  ) {
    if let one = Self.constant(profile) {
      if one != standard { values[key] = PypsaNetwork.text(one) }
    } else {
      series[key] = profile.expanded(problem.steps)
    }
  }

  /// How many flows go by the size that bounds a flow, if that is sought.
  private func sharers(of j: Int) -> Int {
    for bound in bounds(of: j) {
      guard case .one(let k)? = bound.capacity, problem.capacities[k].lower < problem.capacities[k].upper else {
        continue
      }
      return uses[k].map { $0.flows.count + $0.states.count } ?? 1
    }
    return 1
  }
}
