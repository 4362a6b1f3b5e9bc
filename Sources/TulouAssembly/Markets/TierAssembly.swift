import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// Energies of a flow by tier: sizes of the problem, one a month and tier.
///
/// `sum over the month of the flow = sum_k s_k`, `s_k <= width_k`, each s_k at what its tier costs beyond the first. So a
/// thousand tiers need no more flows than one. Where prices turn the cost non-convex a whole number says whether the tier
/// before is full (rule K12). Bands whose tiers rise alike are one class; others have energies of their own in each tier.
struct TierLayout: Sendable {
  /// A month, or a band of a month where each band fills its own tiers.
  struct Group: Sendable {
    /// Steps of the month.
    var runs: [Range<Int>]
    /// Bands whose energies are told apart.
    var classes: [Set<Int>]
    /// Cumulative limits, weights included; the last is infinite [kWh].
    var limits: [Double]
    /// Sizes by class and tier.
    var segments: [[Int]]
    /// Whole numbers that say whether the tier before is full, by tier.
    var orders: [Int?]
  }

  var flow: Int
  var price: Market.Price
  var groups: [Group] = []

  /// Fills the tiers in the order of time.
  func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    for group in groups {
      var energies = group.classes.map { _ in [Double](repeating: 0, count: group.limits.count) }
      var done = 0.0
      for run in group.runs {
        for t in run {
          guard let c = group.classes.firstIndex(where: { $0.contains(price.band(t)) }) else { continue }
          var left = problem.weight[t] * problem.stepHours * max(0, solution.flows[flow][t])
          for k in group.limits.indices where left > 0 {
            let part = min(left, max(0, group.limits[k] - done))
            energies[c][k] += part
            done += part
            left -= part
          }
        }
      }
      for (c, segments) in group.segments.enumerated() {
        for (k, capacity) in segments.enumerated() { solution.capacities[capacity] = energies[c][k] }
      }
      for (k, order) in group.orders.enumerated() {
        guard let order else { continue }
        solution.capacities[order] = energies.contains { $0[k] > 0 } ? 1 : 0
      }
    }
  }
}

extension Draft {
  /// Tiers of a price beyond the first, which the flow itself pays.
  ///
  /// - Parameter sign: 1 for what is paid, -1 for what is earned.
  mutating func addTiers(_ price: Market.Price, of flow: Int, sign: Double, id: String) -> [TierLayout] {
    guard price.tiers.count > 1 else { return [] }
    var layout = TierLayout(flow: flow, price: price)
    let most = greatest(of: flow)
    for (m, month) in calendarMonths().enumerated() {
      var bands: Set<Int> = []
      for run in month.runs { for t in run { bands.insert(price.band(t)) } }
      let groups = price.tiersCount == .band ? bands.sorted().map { [$0] } : [bands.sorted()]
      for bands in groups {
        let group = addGroup(bands, month: month, m, price, flow, most: most, sign: sign, id: id)
        if let group { layout.groups.append(group) }
      }
    }
    return layout.groups.isEmpty ? [] : [layout]
  }

  private mutating func addGroup(
    _ bands: [Int], month: CalendarMonth, _ m: Int, _ price: Market.Price, _ flow: Int, most: Double, sign: Double,
    id: String
  ) -> TierLayout.Group? {
    let scale = month.share * money.weightFactor
    // A band of one price fills the tiers of the others and asks none.
    let lead = bands.first { price.tiers[0].limit(band: $0).isFinite } ?? bands[0]
    let all = price.tiers.map { $0.limit(band: lead) * scale }
    let limits = Array(all.prefix(1 + (all.firstIndex { !$0.isFinite } ?? all.count - 1)))
    guard limits.count > 1 else { return nil }
    func extra(_ band: Int) -> [Double] {
      limits.indices.map { price.tiers[$0].price(band: band) - price.tiers[0].price(band: band) }
    }
    let first = extra(bands[0])
    let isAlike = bands.allSatisfy { band in
      zip(extra(band), first).allSatisfy { abs($0 - $1) <= 1e-12 * (1 + abs($1)) }
    }
    let classes = isAlike ? [Set(bands)] : bands.map { [$0] }
    let name =
      (sign > 0 ? "bought " : "sold ") + month.key
      + (bands.count == 1 && price.tiersCount == .band ? " \(bands[0])" : "")
    var group = TierLayout.Group(
      runs: month.runs, classes: classes, limits: limits, segments: [], orders: limits.map { _ in nil })
    let widths = limits.enumerated().map { $0 == 0 ? $1 : $1 - limits[$0 - 1] }
    for (c, own) in classes.enumerated() {
      var mask = [Double](repeating: 0, count: steps)
      for run in month.runs { for t in run where own.contains(price.band(t)) { mask[t] = 1 } }
      let room = most * problem.energy(mask, in: month.runs)
      var form = LinearForm(flows: [flow: .series(mask)])
      let rises = extra(own.min() ?? 0)
      group.segments.append(
        limits.indices.map { k in
          let s = problem.capacities.count
          problem.capacities.append(
            Capacity(
              Label(id, .auxiliary, part: .named("\(name) tier \(k + 1)" + (c == 0 ? "" : " class \(c + 1)"))),
              upper: min(widths[k], room)))
          form.add(capacity: s, -1)
          if rises[k] != 0 {
            pay(id, capacity: s, sign * rises[k], growing: price.price.escalation, month: sign > 0 ? m : nil)
          }
          return s
        })
      problem.yearlyRows.append(
        YearlyRow(Label(id, .limit, part: .named("\(name) class \(c + 1)")), form, lower: 0, upper: 0))
    }
    for k in limits.indices {
      let together = group.segments.map { $0[k] }
      if together.count > 1, widths[k].isFinite {
        problem.yearlyRows.append(
          YearlyRow(
            Label(id, .limit, part: .named("\(name) tier \(k + 1)")),
            LinearForm(capacities: Dictionary(uniqueKeysWithValues: together.map { ($0, 1) })), upper: widths[k]))
      }
      // A tier that is cheaper than any before it would be filled first.
      let falls = classes.contains { own in
        let rises = extra(own.min() ?? 0)
        return rises[..<k].contains { sign * (rises[k] - $0) < -1e-12 }
      }
      if falls {
        group.orders[k] = addOrder(
          full: group.segments.map { $0[k - 1] }, width: widths[k - 1], then: together, name: "\(name) tier \(k + 1)",
          id: id)
      }
    }
    return group
  }

  /// A whole number that is one where the sizes `full` are at `width` together, without which `then` are zero.
  mutating func addOrder(full: [Int], width: Double, then: [Int], name: String, id: String) -> Int {
    let z = problem.capacities.count
    problem.capacities.append(
      Capacity(Label(id, .auxiliary, part: .named(name + " opens")), upper: 1, choice: .multiples(of: 1)))
    var before = LinearForm(capacities: [z: -width])
    for k in full { before.add(capacity: k, 1) }
    problem.yearlyRows.append(
      YearlyRow(Label(id, .limit, part: .named(name + " after the one before")), before, lower: 0))
    var after = LinearForm(capacities: [z: -then.reduce(0) { $0 + problem.capacities[$1].upper }])
    for k in then { after.add(capacity: k, 1) }
    problem.yearlyRows.append(YearlyRow(Label(id, .limit, part: .named(name + " open")), after, upper: 0))
    return z
  }
}
