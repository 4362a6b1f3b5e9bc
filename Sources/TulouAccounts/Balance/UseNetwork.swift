package import TulouProblem
package import TulouProject
import TulouTechnologies

/// Buses beyond those that a renewable fraction looks at, fed by converters whose input it counts as use, where something may be
/// thrown away or turned back into what it looks at.
///
/// Use counts no output that a bus spills, and none that returns (rule M17): a heater beside a bus that spills, or an electrolyser
/// with a fuel cell behind it, would meet any limit by burning what is left over. What counts is at most what the buses keep, in
/// each step (what is served, sold, stored) and over the horizon (without what storages give back), each bus counted by what it takes
/// at most to bring a unit to it, so that what is lost on the way to what is kept counts and what is lost on the way to a spill does
/// not. What stores lose, and what is lost round a ring of lines, could be lost on purpose as well: it counts up to as much as is
/// used (`mostPerUse`), so that an honest store counts whole and one that is kept full to leak does not. Where nothing can be thrown
/// away or lost so there is no such network, and all that a converter takes is use.
package struct UseNetwork: Sendable {
  /// A converter that feeds the network with what the fraction looks at.
  package struct Maker: Sendable {
    /// Component.
    package var id: String
    /// What it takes of what the fraction looks at, and what it gives to the network, per unit of its driving flow.
    package var taken: Profile, made: Profile
  }

  /// What a flow keeps in the network per unit of the flow.
  package struct Kept: Sendable {
    /// In a step.
    package var inStep: Profile
    /// Over the horizon, where what a storage gives back was kept before.
    package var overHorizon: Profile
  }

  /// A store that may end fuller than it starts.
  package struct Fill: Sendable {
    /// Component.
    package var id: String
    /// What a unit of content took to bring there, in the worth of the network.
    package var perContent: Double
  }

  /// What a unit on each of its buses is worth: what it takes, at most, of what the converters give that feed the network.
  package private(set) var worth: [String: Double]
  /// Its buses.
  package var buses: Set<String> { Set(worth.keys) }
  /// What feeds it.
  package private(set) var makers: [Maker] = []
  /// Share of what a converter takes here that stays outside the fraction's carriers; absent: all of it.
  private var stays: [String: Profile] = [:]
  /// Whether something may be thrown away or turned back.
  package private(set) var canDump = false
  /// Whether a store or a ring of lines may lose something.
  package private(set) var canLose = false
  /// Stores that may end fuller than they start.
  package private(set) var fills: [Fill] = []
  /// What counts at most, losses of stores and rings included, per unit that is used.
  package static let mostPerUse = 2.0

  private init(_ worth: [String: Double]) { self.worth = worth }

  /// The networks of a project in which what is made may be lost on purpose.
  package static func all(of project: Project, scope: EnergyScope) -> [UseNetwork] {
    guard scope.countsUse else { return [] }
    let isIn = Dictionary(
      project.buses.map { ($0.id, scope.contains(project.carrier(ofBus: $0.id)?.kind)) },
      uniquingKeysWith: { first, _ in first })
    let converters = project.components.compactMap { component -> (id: String, block: ConverterBlock)? in
      if case .converter(let block) = component.block { (component.id, block) } else { nil }
    }
    var found: [Set<String>] = []
    for (_, block) in converters {
      guard block.ports.contains(where: { $0.takes && isIn[$0.bus] == true }) else { continue }
      let given = block.ports.filter { $0.gives && isIn[$0.bus] == false }.map(\.bus)
      if !given.isEmpty { found.append(reached(from: Set(given), project, isIn)) }
    }
    // Networks that meet are one.
    var joined: [Set<String>] = []
    for one in found {
      var whole = one
      for other in joined where !other.isDisjoint(with: one) { whole.formUnion(other) }
      joined.removeAll { !$0.isDisjoint(with: one) }
      joined.append(whole)
    }
    return joined.compactMap { buses in
      var network = UseNetwork(UseNetwork.worth(of: buses, project))
      network.canDump = project.buses.contains { buses.contains($0.id) && $0.spill }
      network.canLose = loses(in: buses, project)
      network.fills = fills(in: network.worth, project)
      for (id, block) in converters { network.note(block, of: id, isIn) }
      let isPlain = !network.canDump && !network.canLose && network.fills.isEmpty
      return isPlain || network.makers.isEmpty ? nil : network
    }
  }

  private static func fills(in worth: [String: Double], _ project: Project) -> [Fill] {
    project.components.compactMap { component in
      guard case .storage(let store) = component.block, let worth = worth[store.bus],
        let share = store.initialShare, share < 1, store.chargeEfficiency > 0
      else { return nil }
      return Fill(id: component.id, perContent: worth / store.chargeEfficiency)
    }
  }

  /// Whether a store on one of the buses loses anything, or lines between them that do so form a ring.
  private static func loses(in buses: Set<String>, _ project: Project) -> Bool {
    var group = Dictionary(buses.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
    func root(_ bus: String) -> String {
      var at = bus
      while let next = group[at], next != at { at = next }
      return at
    }
    var isRing = false, isLossy = false
    for component in project.components {
      switch component.block {
      case .storage(let store) where buses.contains(store.bus):
        if store.standingLoss > 0 || store.chargeEfficiency * store.dischargeEfficiency < 1 { return true }
      case .link(let link) where buses.contains(link.from) && buses.contains(link.to):
        if link.efficiency < 1 { isLossy = true }
        let (from, to) = (root(link.from), root(link.to))
        if from == to { isRing = true } else { group[from] = to }
      case .source, .converter, .storage, .link: continue
      }
    }
    return isRing && isLossy
  }

  /// Buses that what is put into `start` can reach.
  private static func reached(from start: Set<String>, _ project: Project, _ isIn: [String: Bool]) -> Set<String> {
    var buses = start
    var before = -1
    while before < buses.count {
      before = buses.count
      for component in project.components {
        switch component.block {
        case .link(let link):
          if buses.contains(link.from) { buses.insert(link.to) }
          if link.twoWay, buses.contains(link.to) { buses.insert(link.from) }
        case .converter(let block):
          guard block.ports.contains(where: { $0.takes && buses.contains($0.bus) }) else { continue }
          buses.formUnion(block.ports.filter { $0.gives && isIn[$0.bus] == false }.map(\.bus))
        case .source, .storage: continue
        }
      }
    }
    return buses
  }

  /// The dearest way to each bus through links and converters of the network; rings are followed once around.
  private static func worth(of buses: Set<String>, _ project: Project) -> [String: Double] {
    func mean(_ port: ConverterBlock.Port) -> Double {
      port.coefficient.reduce(0, +) / Double(max(1, port.coefficient.count))
    }
    var ways: [(from: String, to: String, perUnit: Double)] = []
    for component in project.components {
      switch component.block {
      case .link(let link) where link.efficiency > 0:
        ways.append((link.from, link.to, 1 / link.efficiency))
        if link.twoWay { ways.append((link.to, link.from, 1 / link.efficiency)) }
      case .converter(let block):
        for into in block.ports where into.takes {
          for out in block.ports where out.gives { ways.append((into.bus, out.bus, -mean(into) / mean(out))) }
        }
      case .source, .storage, .link: continue
      }
    }
    ways.removeAll { !buses.contains($0.from) || !buses.contains($0.to) || !$0.perUnit.isFinite }
    var worth = Dictionary(buses.map { ($0, 1.0) }, uniquingKeysWith: { first, _ in first })
    var before: [String: String] = [:]
    for _ in buses {
      for way in ways where before[way.from] != way.to {
        guard let from = worth[way.from], let to = worth[way.to], from * way.perUnit > to * (1 + 1e-9) else { continue }
        worth[way.to] = from * way.perUnit
        before[way.to] = way.from
      }
    }
    return worth
  }

  private mutating func note(_ block: ConverterBlock, of id: String, _ isIn: [String: Bool]) {
    func sum(_ ports: [ConverterBlock.Port]) -> Profile { ports.reduce(.zero) { $0 + $1.profile } }
    let inside = block.ports.filter { buses.contains($0.bus) }
    guard !inside.isEmpty else { return }
    let taken = sum(block.ports.filter { $0.takes && isIn[$0.bus] == true }) * -1
    let made = inside.reduce(Profile.zero) { $0 + $1.profile * (worth[$1.bus] ?? 0) }
    if taken != .zero, made.maximum > 0 { makers.append(Maker(id: id, taken: taken, made: made.map { max(0, $0) })) }
    let back = sum(block.ports.filter { $0.gives && isIn[$0.bus] == true })
    guard inside.contains(where: \.takes), back != .zero else { return }
    canDump = true
    let other = sum(block.ports.filter { $0.gives && isIn[$0.bus] == false })
    stays[id] = other.combined(back) { $0 + $1 > 0 ? $0 / ($0 + $1) : 0 }
  }

  /// What a flow keeps here; nil: nothing.
  ///
  /// - Parameter terms: What a unit of the flow puts into each bus that it touches.
  package func kept(by label: Label, _ terms: [(bus: String, coefficient: Profile)]) -> Kept? {
    let net = terms.reduce(Profile.zero) { $0 + $1.coefficient * (worth[$1.bus] ?? 0) }
    guard net != .zero else { return nil }
    switch label.role {
    case .spill: return nil
    case .discharge: return Kept(inStep: .zero, overHorizon: net * -1)
    // Demand that is not served is taken from what the demands keep.
    case .unserved: return Kept(inStep: net * -1, overHorizon: net * -1)
    default:
      var kept = net.map { max(0, -$0) }
      if let share = stays[label.id] { kept = kept * share }
      return kept == .zero ? nil : Kept(inStep: kept, overHorizon: kept)
    }
  }
}

extension UseNetwork {
  /// What a flow uses here per unit over the horizon, what stores and lines lose left out; nil: nothing.
  package func used(by label: Label, _ terms: [(bus: String, coefficient: Profile)]) -> Profile? {
    switch label.role {
    case .charge, .discharge, .forward, .backward: nil
    default: kept(by: label, terms)?.overHorizon
    }
  }
}

extension UseNetwork.Maker {
  /// What it gives to the network per unit that it takes, by means over the horizon.
  package var madePerTaken: Double { taken.mean > 0 ? made.mean / taken.mean : 0 }
}

extension Profile {
  fileprivate var mean: Double {
    switch self {
    case .constant(let value): value
    case .series(let values): values.reduce(0, +) / Double(max(1, values.count))
    case .part(let part): part.values.reduce(0, +) / Double(max(1, part.steps))
    }
  }
}

extension ConverterBlock.Port {
  fileprivate var profile: Profile { coefficient.count == 1 ? .constant(coefficient[0]) : .series(coefficient) }
  fileprivate var takes: Bool { coefficient.contains { $0 < 0 } }
  fileprivate var gives: Bool { coefficient.contains { $0 > 0 } }
}
