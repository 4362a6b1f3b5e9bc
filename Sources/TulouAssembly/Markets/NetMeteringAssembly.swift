import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// Purchases and sales of a band set off as energy over a month or a year.
///
/// `bought - sold - carried in = paid - surplus`, one row a month and band (a year and band); what is paid fills its tiers.
struct NetMeteringLayout: Sendable {
  /// A balance.
  struct Entry: Sendable {
    var runs: [Range<Int>]
    /// Sizes of what is paid, by tier, with cumulative limits, weights included [kWh].
    var paid: [Int]
    var limits: [Double]
    var orders: [Int?]
    /// Size of the surplus.
    var surplus: Int
    /// Whether the surplus goes into the next entry.
    var carries: Bool
  }

  var bought: Int
  var sold: Int
  var price: Market.Price
  var band: Int
  /// In the order in which a surplus is carried.
  var entries: [Entry] = []

  func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    var carried = 0.0
    for entry in entries {
      let isOwn = { price.band($0) == band }
      let left =
        problem.energy(solution.flows[bought], in: entry.runs, where: isOwn)
        - problem.energy(solution.flows[sold], in: entry.runs, where: isOwn) - carried
      solution.capacities[entry.surplus] = max(0, -left)
      carried = entry.carries ? max(0, -left) : 0
      var done = 0.0
      for (k, size) in entry.paid.enumerated() {
        let part = max(0, min(left, entry.limits[k]) - done)
        solution.capacities[size] = part
        done += part
        if let order = entry.orders[k] { solution.capacities[order] = part > 0 ? 1 : 0 }
      }
    }
  }
}

extension Draft {
  mutating func addNetMetering(
    _ net: NetMetering, _ buy: Market.Price, _ sell: Market.Price?, id: String, bought: Int, sold: Int
  ) -> [NetMeteringLayout] {
    var layouts: [NetMeteringLayout] = []
    let most = (bought: greatest(of: bought), sold: greatest(of: sold))
    for year in settlementYears(net.lastMonth) {
      for band in 0..<buy.bandCount {
        var layout = NetMeteringLayout(bought: bought, sold: sold, price: buy, band: band)
        let months = calendarMonths()
        let spans = net.period == .year ? [year] : year.map { [$0] }
        var before: Int?
        var room = 0.0
        for (i, span) in spans.enumerated() {
          let runs = span.flatMap { months[$0].runs }
          var mask = [Double](repeating: 0, count: steps)
          for run in runs { for t in run where buy.band(t) == band { mask[t] = 1 } }
          let hours = problem.energy(mask, in: runs)
          // Without a step of its band a month passes on what was carried into it.
          guard hours > 0 else { continue }
          room = (net.period == .month && net.surplus == .carried ? room : 0) + most.sold * hours
          let isLast = i == spans.count - 1 || !spans[(i + 1)...].contains { has(band, buy, $0) }
          let entry = addBalance(
            net, buy, sell, id: id, band: band, span: span, runs: runs, mask: mask,
            flows: (bought, sold), room: (most.bought * hours, room), before: before, isLast: isLast)
          before = entry.carries ? entry.surplus : nil
          layout.entries.append(entry)
        }
        if !layout.entries.isEmpty { layouts.append(layout) }
      }
    }
    return layouts
  }

  private mutating func has(_ band: Int, _ price: Market.Price, _ span: [Int]) -> Bool {
    let months = calendarMonths()
    return span.contains { m in months[m].runs.contains { run in run.contains { price.band($0) == band } } }
  }

  private mutating func addBalance(
    _ net: NetMetering, _ buy: Market.Price, _ sell: Market.Price?, id: String, band: Int, span: [Int],
    runs: [Range<Int>], mask: [Double], flows: (bought: Int, sold: Int), room: (paid: Double, surplus: Double),
    before: Int?, isLast: Bool
  ) -> NetMeteringLayout.Entry {
    let months = calendarMonths()
    let m = span[span.count - 1]
    let name = "set off \(months[m].key)" + (buy.bands.isEmpty ? "" : " \(buy.bands[band])")
    let first = runs.lazy.flatMap(\.self).first { buy.band($0) == band } ?? 0
    var form = LinearForm(flows: [flows.bought: .series(mask), flows.sold: .series(mask.map { -$0 })])
    let scale = months[m].share * money.weightFactor
    let tiers = buy.tiers.isEmpty ? [Market.Tier(upTo: nil, price: buy.price[first])] : buy.tiers
    let all = tiers.map { $0.limit(band: band) * scale }
    let limits = Array(all.prefix(1 + (all.firstIndex { !$0.isFinite } ?? all.count - 1)))
    var entry = NetMeteringLayout.Entry(
      runs: runs, paid: [], limits: limits, orders: limits.map { _ in nil }, surplus: 0, carries: false)
    for k in limits.indices {
      let width = k == 0 ? limits[0] : limits[k] - limits[k - 1]
      let size = problem.capacities.count
      problem.capacities.append(
        Capacity(Label(id, .auxiliary, part: .named("\(name) tier \(k + 1)")), upper: min(width, room.paid)))
      let price = buy.tiers.isEmpty ? buy.price[first] : tiers[k].price(band: band)
      pay(id, capacity: size, price, growing: buy.price.escalation, month: m)
      form.add(capacity: size, -1)
      entry.paid.append(size)
      if tiers[..<k].contains(where: { price < $0.price(band: band) - 1e-12 }) {
        let before = limits[k - 1] - (k > 1 ? limits[k - 2] : 0)
        entry.orders[k] = addOrder(
          full: [entry.paid[k - 1]], width: before, then: [size], name: "\(name) tier \(k + 1)", id: id)
      }
    }
    entry.surplus = problem.capacities.count
    problem.capacities.append(Capacity(Label(id, .auxiliary, part: .named("\(name) surplus")), upper: room.surplus))
    form.add(capacity: entry.surplus, 1)
    entry.carries = net.period == .month && net.surplus == .carried && !isLast
    if let before { form.add(capacity: before, -1) }
    if !entry.carries, net.surplus != .lost {
      let price = net.surplus == .paid ? sell?.price[first] ?? 0 : net.trueUp
      pay(id, capacity: entry.surplus, -price, growing: sell?.price.escalation ?? 0)
    }
    problem.yearlyRows.append(YearlyRow(Label(id, .limit, part: .named(name)), form, lower: 0, upper: 0))
    return entry
  }

  /// Months by years of set-off, each year in its order: a horizon of at most one year repeats itself, so its months run
  /// round from the one after the last; a longer one is cut after each last month.
  private mutating func settlementYears(_ last: Int) -> [[Int]] {
    let months = calendarMonths()
    guard Set(months.map(\.number)).count < months.count else {
      let byNumber = months.indices.sorted { months[$0].number < months[$1].number }
      return [byNumber.filter { months[$0].number > last } + byNumber.filter { months[$0].number <= last }]
    }
    var years: [[Int]] = [[]]
    for m in months.indices {
      years[years.count - 1].append(m)
      if months[m].number == last, m + 1 < months.count { years.append([]) }
    }
    return years
  }
}
