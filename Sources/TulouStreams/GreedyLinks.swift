/// One link by itself: what flows in it at most, and the size that is best for given gains.
struct SingleLink {
  private let link: Link
  private let perCapacity: Double, fixed: Double
  /// Most that flows in each block [kW or t/h].
  private let most: [Double]

  init(_ link: Link, in park: Park, _ price: MatchPrices) {
    self.init(link, supply: park.sources[link.source].supply, need: park.sinks[link.sink].need, price)
  }

  init(_ link: Link, supply: [Double], need: [Double], _ price: MatchPrices) {
    self.link = link
    perCapacity = price.money(link.perCapacity)
    fixed = price.money(link.fixed)
    most = zip(supply, need).map { max(0, min($0, $1 / link.efficiency, link.largest)) }
  }

  /// The most that it gains beyond its cost when a unit that flows in block t gains `units[t]`, and the size for that.
  ///
  /// A further unit of size gains in all blocks that flow above it: the best size is the flow at which the sum of these gains exceeds the
  /// cost of size, counted from the largest flow down.
  func best(_ units: [Double]) -> (gain: Double, size: Double) {
    let useful = most.indices.filter { units[$0] > 0 && most[$0] > 0 }.sorted { (most[$1], $0) < (most[$0], $1) }
    var size = link.smallest, margin = 0.0
    for t in useful {
      margin += units[t]
      if margin > perCapacity {
        size = max(size, most[t])
        break
      }
    }
    if perCapacity < 0 { size = link.largest }
    return (useful.reduce(-fixed - perCapacity * size) { $0 + units[$1] * min(size, most[$1]) }, size)
  }

  /// What flows at a size in the blocks that gain.
  func flows(_ units: [Double], size: Double) -> [Double] {
    zip(units, most).map { $0 > 0 ? min(size, $1) : 0 }
  }
}

/// Links taken one after the other, each the one that gains most with what the others have left: a first set in no time.
///
/// What is left only shrinks, and with it what a link gains, so that a link whose gain is counted anew and is still the greatest
/// is the one to take. Limits of quality, contracts and shared trenches are left to the linear problem of the set.
package struct GreedyLinks {
  /// Whether each link is taken.
  package private(set) var built: [Bool]

  /// The links of `park` without those that can gain nothing.
  package init(_ park: Park, goal: MatchGoal, without useless: [Int]) {
    built = park.links.map { _ in false }
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    var supply = park.sources.map(\.supply)
    var need = park.sinks.map { sink in zip(sink.need, sink.accepts ?? sink.need).map { min($0, $1) } }
    let units = park.links.map { link in
      let unit =
        link.efficiency * price.fresh(park.sinks[link.sink]) + price.disposal(park.sources[link.source])
        - price.transport(link)
      return park.blocks.map { $0 * unit }
    }
    func single(_ a: Int) -> SingleLink {
      let link = park.links[a]
      return SingleLink(link, supply: supply[link.source], need: need[link.sink], price)
    }
    let barred = Set(useless)
    var heap = park.links.indices.filter { !barred.contains($0) }
      .map { (link: $0, gain: single($0).best(units[$0]).gain) }.filter { $0.gain > 0 }
      .sorted { ($0.gain, $1.link) < ($1.gain, $0.link) }
    while let top = heap.popLast() {
      let a = top.link, link = park.links[a], one = single(a), now = one.best(units[a])
      guard now.gain > 0 else { continue }
      if let next = heap.last, now.gain < next.gain {
        let place = heap.firstIndex { $0.gain >= now.gain } ?? heap.count
        heap.insert((a, now.gain), at: place)
        continue
      }
      let flows = one.flows(units[a], size: now.size)
      guard park.yearly(flows) >= link.minimum else { continue }
      built[a] = true
      for t in park.blocks.indices {
        supply[link.source][t] -= flows[t]
        need[link.sink][t] -= link.efficiency * flows[t]
      }
    }
  }
}
