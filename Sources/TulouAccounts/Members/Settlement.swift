import TulouProblem
import TulouProject
import TulouTechnologies

/// Who buys and sells what, hour by hour, on the cluster side of the meters.
///
/// Cluster buses of one carrier that links join form an area. In each area the net n_it of member i is what its things
/// put in less what they take out; the commons count as one member. With s = max(n, 0), d = max(-n, 0) the exchanged
/// energy is E = sum d less what is bought outside (= min(sum s, sum d) where buying and selling exclude each other).
/// Pro rata: i sells E s_i / sum s and buys E d_i / sum d inside, the rest on the market. What is bought only to be
/// sold again (gross metering, several markets) is the commons'.
struct Settlement {
  /// An area with the nets of all members.
  struct Area {
    var carrier: Int
    var buses: Set<Int>
    /// Net by member (last: the commons) [kW].
    var net: [[Double]]
    /// Bought and sold outside [kW].
    var bought: [Double]
    var sold: [Double]
    /// Exchanged inside [kW].
    var exchanged: [Double]
    /// Sums of d and s [kW].
    var demand: [Double]
    var supply: [Double]
  }

  let reading: Reading
  /// Ids of the members; the commons ("") last.
  let ids: [String]
  private(set) var areas: [Area] = []
  private var areaOfBus: [Int]
  private let indexOf: [String: Int]

  init(_ reading: Reading) {
    self.reading = reading
    ids = reading.project.members.map(\.id) + [""]
    indexOf = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    areaOfBus = [Int](repeating: -1, count: reading.buses.count)
    findAreas()
    addNets()
    addExchange()
  }

  private func index(_ member: String?) -> Int { member.flatMap { indexOf[$0] } ?? ids.count - 1 }

  /// Member that receives network charges, if they stay in the cluster.
  var networkChargeReceiver: String? {
    reading.project.sharing.networkChargeTo.flatMap { indexOf[$0] != nil && !$0.isEmpty ? $0 : nil }
  }

  private mutating func findAreas() {
    var parent = Array(reading.buses.indices)
    func root(_ b: Int) -> Int {
      var b = b
      while parent[b] != b { b = parent[b] }
      return b
    }
    let common = reading.buses.map { $0.member == nil }
    for component in reading.project.components {
      guard case .link(let link) = component.block, let a = reading.busIndex[link.from],
        let b = reading.busIndex[link.to], common[a], common[b], reading.carrierOfBus[a] == reading.carrierOfBus[b]
      else { continue }
      parent[root(a)] = root(b)
    }
    var areaOfRoot: [Int: Int] = [:]
    for b in reading.buses.indices where common[b] && reading.carrierOfBus[b] >= 0 {
      let r = root(b)
      if let a = areaOfRoot[r] {
        areas[a].buses.insert(b)
        areaOfBus[b] = a
      } else {
        areaOfRoot[r] = areas.count
        areaOfBus[b] = areas.count
        areas.append(
          Area(
            carrier: reading.carrierOfBus[b], buses: [b], net: [], bought: zero, sold: zero, exchanged: zero,
            demand: zero, supply: zero))
      }
    }
  }

  private var zero: [Double] { [Double](repeating: 0, count: reading.steps) }

  private mutating func addNets() {
    let project = reading.project
    for a in areas.indices { areas[a].net = ids.map { _ in zero } }
    for (j, flow) in reading.plan.problem.flows.enumerated() where flow.label.stage == reading.stage {
      for touch in reading.touches[j] where areaOfBus[touch.bus] >= 0 {
        let a = areaOfBus[touch.bus]
        let injected = reading.injected(j, touch)
        switch flow.label.role {
        case .purchase: areas[a].bought.add(injected)
        case .sale: areas[a].sold.add(injected, times: -1)
        default:
          areas[a].net[owner(of: flow.label)].add(injected)
        }
      }
    }
    for demand in project.demands where demand.kind == .fixed {
      guard let b = reading.busIndex[demand.bus], areaOfBus[b] >= 0 else { continue }
      areas[areaOfBus[b]].net[index(demand.member)].add(demand.power, times: -1)
    }
  }

  /// Whose net a flow on a cluster bus belongs to: a link to a member's own bus is that member's meter.
  private func owner(of label: Label) -> Int {
    if let c = reading.componentIndex[label.id] {
      let component = reading.project.components[c]
      if case .link(let link) = component.block {
        for end in [link.from, link.to] {
          if let b = reading.busIndex[end], let member = reading.buses[b].member { return index(member) }
        }
        return index(link.meterOf ?? component.member)
      }
      return index(component.member)
    }
    if let d = reading.demandIndex[label.id] { return index(reading.project.demands[d].member) }
    return ids.count - 1
  }

  private mutating func addExchange() {
    for a in areas.indices {
      for t in 0..<reading.steps {
        var d = 0.0, s = 0.0
        for i in ids.indices {
          let n = areas[a].net[i][t]
          if n > 0 { s += n } else { d -= n }
        }
        areas[a].demand[t] = d
        areas[a].supply[t] = s
        areas[a].exchanged[t] = max(0, min(d - areas[a].bought[t], min(s, d)))
      }
    }
  }

  private func area(of market: Market) -> Int? {
    reading.busIndex[market.bus].flatMap { areaOfBus[$0] >= 0 ? areaOfBus[$0] : nil }
  }

  /// A market at a member's own bus is that member's alone.
  private func ownerOfBus(_ market: Market) -> String? {
    reading.busIndex[market.bus].flatMap { reading.buses[$0].member }
  }

  /// Who pays a market's fixed charges: the member at whose bus it stands, else the commons.
  func payerOfFixedCharges(_ market: Market) -> String { ownerOfBus(market) ?? "" }

  /// Share of each member in what is bought from a market in a step; nil or an idle step: the commons.
  func buyShares(of market: Market, at step: Int?) -> [(member: String, share: Double)] {
    if let owner = ownerOfBus(market) { return [(owner, 1)] }
    guard ids.count > 1, let a = area(of: market), let t = step, areas[a].bought[t] > 0, areas[a].demand[t] > 0 else {
      return [("", 1)]
    }
    let area = areas[a]
    let outside = min(1, (area.demand[t] - area.exchanged[t]) / area.bought[t])
    var left = 1.0
    var shares: [(String, Double)] = []
    for i in ids.indices.dropLast() {
      let share = max(0, -area.net[i][t]) / area.demand[t] * outside
      left -= share
      shares.append((ids[i], share))
    }
    return shares + [("", left)]
  }

  /// Amounts by step of a market's purchases [per h], summed over the horizon by who buys.
  func buyers(of market: Market, amounts: [Double]) -> [(member: String, sum: Double)] {
    divide(market, amounts) { area, t, i in
      let d = -area.net[i][t]
      guard d > 0, area.bought[t] > 0 else { return 0 }
      return d / area.demand[t] * min(1, (area.demand[t] - area.exchanged[t]) / area.bought[t])
    }
  }

  /// Amounts by step of a market's sales [per h], summed over the horizon by who sells.
  func sellers(to market: Market, amounts: [Double]) -> [(member: String, sum: Double)] {
    divide(market, amounts) { area, t, i in
      let s = area.net[i][t]
      guard s > 0, area.sold[t] > 0 else { return 0 }
      return s / area.supply[t] * min(1, (area.supply[t] - area.exchanged[t]) / area.sold[t])
    }
  }

  private func divide(
    _ market: Market, _ amounts: [Double], share: (Area, Int, Int) -> Double
  ) -> [(member: String, sum: Double)] {
    let total = reading.sum(amounts)
    if let owner = ownerOfBus(market) { return [(owner, total)] }
    guard ids.count > 1, let a = area(of: market) else { return [("", total)] }
    let area = areas[a]
    var left = total
    var parts: [(String, Double)] = []
    for i in ids.indices.dropLast() {
      var sum = 0.0
      for t in amounts.indices where amounts[t] != 0 {
        sum += reading.weight[t] * reading.dt * amounts[t] * share(area, t, i)
      }
      left -= sum
      parts.append((ids[i], sum))
    }
    return parts + [("", left)]
  }
}
