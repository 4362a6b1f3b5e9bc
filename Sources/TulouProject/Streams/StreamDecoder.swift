import TulouDocument
import TulouFinance
import TulouQuantities
import TulouStreams

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// From the nodes of 'partners', 'streams', 'routes', 'upgrades', 'agreements' and 'match' to a symbiosis.
struct StreamDecoder {
  var park = Park(blocks: [Horizon.hoursPerYear])
  /// Discount rate [1/y] and lifetime of the project [y], by which capital becomes yearly.
  let rate: Double, lifetime: Double
  /// Hours of blocks are given, or by months, days and nights.
  var isCalendar = false
  /// Half of the least difference of temperatures [K].
  var approach = 5.0
  var fresh: [String: Double] = [:]
  var processes: [WaterProcess] = []
  /// Energy in a mass of a source, by its id.
  var fuels: [String: Decoding.HeatingValue] = [:]

  /// Nodes of a project that are about streams; all absent: there is no symbiosis.
  struct Nodes {
    var partners, streams, routes, upgrades, agreements, match, association, equipment: Node?
    var isEmpty: Bool { partners == nil && streams == nil && match == nil }
    /// Keys that do nothing without streams, as they stand in the file.
    var others: [(key: String, node: Node?)] {
      [
        ("routes", routes), ("upgrades", upgrades), ("agreements", agreements), ("association", association),
        ("equipment", equipment),
      ]
    }
  }

  init(rate: Double, lifetime: Double) {
    self.rate = rate
    self.lifetime = lifetime
  }

  /// The symbiosis that the nodes describe; nil where there are none.
  static func read(
    _ nodes: Nodes, economy: Economy, _ decoding: inout Decoding
  ) -> Symbiosis? {
    guard !nodes.isEmpty else {
      for (key, node) in nodes.others where node != nil {
        decoding.within(key) {
          $0.error("'\(key)' needs 'partners' and 'streams'.", at: node?.mark ?? Mark())
        }
      }
      return nil
    }
    var decoder = StreamDecoder(rate: economy.realDiscountRate, lifetime: economy.lifetime)
    decoder.park.carbonPrice = economy.carbonPrice.values.first ?? 0
    let settings = decoder.readMatch(nodes.match, nodes.streams, &decoding)
    decoder.readPartners(nodes.partners, &decoding)
    decoder.readStreams(nodes.streams, &decoding)
    var symbiosis = Symbiosis(park: decoder.park)
    symbiosis.rules = decoder.readRoutes(nodes.routes, &decoding)
    symbiosis.rules.onlyListed = settings.onlyListed
    symbiosis.rules.detour = settings.detour ?? 1.3
    symbiosis.goal = settings.goal
    symbiosis.failureHours = settings.failure ?? 168
    symbiosis.reports = decoder.readReports(settings.reports, &decoding)
    symbiosis.freshWater = decoder.fresh
    symbiosis.operations = decoder.processes
    let (upgrades, regenerations) = decoder.readUpgrades(nodes.upgrades, &decoding)
    symbiosis.upgrades = upgrades
    symbiosis.regenerations = regenerations
    decoder.readAgreements(nodes.agreements, &decoding)
    symbiosis.association = decoder.readAssociation(nodes.association, &decoding)
    symbiosis.equipment = decoder.readEquipment(nodes.equipment, &decoding)
    symbiosis.park = decoder.park
    return symbiosis
  }

  /// What capital costs a year: its annuity.
  func yearly(_ capital: Double, life: Double?) -> Double {
    let years = life ?? lifetime
    return rate == 0 ? capital / years : capital * rate / (1 - pow(1 + rate, -years))
  }

  private mutating func readMatch(_ node: Node?, _ streams: Node?, _ decoding: inout Decoding) -> MatchInput {
    var input = MatchInput()
    if let node { decoding.within("match") { $0.read(MatchInput.table, node, into: &input) } }
    decoding.within("match") { inner in
      let text = input.approach == nil ? "10 K" : ""
      if !text.isEmpty { inner.assume("approach", text, in: node) }
      inner.assume("detour", "1.3", in: node)
      inner.assume("failure", "7 d", in: node)
      if let list = input.blocks {
        readBlocks(list, &inner)
      } else if streams.map(StreamDecoder.hasProfile) ?? false {
        isCalendar = true
        park.blocks = StreamDecoder.months.flatMap { [$0 * 12, $0 * 12] }
        inner.assume("blocks", "days (7 to 19 h) and nights of twelve months", in: node)
      } else {
        inner.assume("blocks", "8760 h", in: node)
      }
      fresh = inner.concentrations(input.fresh, "fresh_water", mustFit: true)
    }
    approach = (input.approach ?? 10) / 2
    return input
  }

  /// Days of the months of a year of 8760 h.
  static let months: [Double] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Whether any stream says when it flows.
  private static func hasProfile(_ streams: Node) -> Bool {
    (streams.entries ?? []).contains { way in
      (way.value.entries ?? []).contains { stream in
        stream.value["profile"].map { $0.text.flatMap(StreamProfile.init) != .flat } ?? false
      }
    }
  }

  private mutating func readBlocks(_ list: Node, _ decoding: inout Decoding) {
    decoding.within("blocks") { inner in
      let hours = (list.items ?? [list]).compactMap { inner.number($0, .time, in: .positive) }
      guard !inner.hasErrors else { return }
      let sum = hours.reduce(0, +)
      if sum > 8784 {
        inner.warning(
          "The blocks add up to \(sum.plain) h, more than a year has.",
          advice: "Yearly amounts count each block as long as it is stated.", at: list.mark)
      }
      if hours.count > 8784 || hours.isEmpty {
        inner.error("'blocks' takes a list of 1 to 8784 times.", at: list.mark)
        return
      }
      park.blocks = hours
    }
  }
}

extension Horizon {
  /// Hours of a year.
  static let hoursPerYear = 8760.0
}
