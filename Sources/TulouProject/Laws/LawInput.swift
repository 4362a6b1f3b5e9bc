import TulouDocument
import TulouFinance
import TulouQuantities
package import TulouSharing
import TulouTechnologies

/// A law that a project is under, with what the law asks of it.
package struct LawInUse: LawHolder, Equatable {
  /// The law.
  package var law = Law()
  /// What members share of the grid, as the law names it.
  package var reach = ""
  /// Stations on which members hang, where the law asks for them.
  package var stations: [String] = []
  /// Level of the grid.
  package var level: Int?
  /// Charge of the grid per kWh, of which a part falls away [money/kWh].
  package var gridCharge = 0.0
  /// What the supplier's energy costs without charges and levies [money/kWh]; nil: not stated.
  package var energyPrice: Double?
  /// Where the plant stands, power that counts [kW], whether it is solar.
  package var zone = "", plantPower = 0.0, solar = true
  /// Price of the zone: one, or one a step [money/kWh].
  package var zonePrice: [Double] = [0]
  /// Limits that the law has set, which the file does not state itself.
  package var limits: [LimitKey] = []
  /// Sentences on what of it takes no hold here.
  package var remarks: [String] = []

  /// No law.
  package init() {}

  /// Policies by which it acts in a plan; the word is the policy's id.
  package enum Effect: String, Sendable, CaseIterable {
    /// A premium on shared energy, from the state.
    case premium = "law-premium"
    /// A part of the grid charge falls away.
    case grid = "law-grid"
    /// Shared energy takes the place of the supplier's.
    case energy = "law-energy"
  }
}

struct LawChoiceInput: LawHolder {
  var law = Law()
  var chosen = LawInUse()
  var zonePrice: Node?

  static let table = FieldTable<LawChoiceInput>(
    "a law",
    LawFields.fields() + [
      Field("reach", .text, "What the members share of the grid, as the law names it: local, regional, station, level.")
      {
        $0.chosen.reach = $2.text($1) ?? ""
      },
      Field("stations", .list(.text), "Stations on which the members hang, where the law goes by them.") {
        $0.chosen.stations = $2.texts($1) ?? []
      },
      Field("level", .integer, "Level of the grid.") { $0.chosen.level = $2.integer($1, in: 1...9) },
      Field("grid_charge", .number([.price]), "Charge of the grid per kWh, of which the law lets a part fall away.") {
        $0.chosen.gridCharge = $2.number($1, .price, in: .notNegative) ?? 0
      },
      Field("energy_price", .number([.price]), "What the supplier's energy costs without charges and levies.") {
        $0.chosen.energyPrice = $2.number($1, .price, in: .notNegative)
      },
      Field("zone", .text, "Where the plant stands, as the law names places.") {
        $0.chosen.zone = $2.text($1) ?? ""
      },
      Field("plant_power", .number([.power]), "Power of the plant by which the premium goes.") {
        $0.chosen.plantPower = $2.number($1, .power, in: .notNegative) ?? 0
      },
      Field("solar", .flag, "Whether the plant is solar; left out: it is.") {
        $0.chosen.solar = $2.flag($1) ?? true
      },
      .node("zone_price", \.zonePrice, .series([.price]), "Price of electricity in the zone."),
    ])
}

/// What a shared kWh earns under a law, by part and step [money/kWh]; a part that the law does not have is empty.
private struct Earned {
  var premium: [Double] = [], grid: [Double] = [], energy: [Double] = []

  /// Takes what a part loses from what the others earn, the grid charge first; where all lose together nothing is earned. A plan shares
  /// nothing at a loss, so each part is zero or more afterwards. A sentence where sharing would lose in sum.
  mutating func settle(currency: String) -> String? {
    var parts = [grid, premium, energy]
    guard parts.contains(where: { $0.contains { $0 < 0 } }) else { return nil }
    let steps = parts.map(\.count).max() ?? 0
    for index in parts.indices where parts[index].count == 1 {
      parts[index] = [Double](repeating: parts[index][0], count: steps)
    }
    var losing = 0
    var worst = (gain: 0.0, loss: 0.0)
    for t in 0..<steps {
      let here = parts.indices.filter { !parts[$0].isEmpty }
      let gain = here.reduce(0.0) { $0 + max(0, parts[$1][t]) }
      let loss = here.reduce(0.0) { $0 + max(0, -parts[$1][t]) }
      if loss > gain + 1e-12 {
        losing += 1
        if loss - gain > worst.loss - worst.gain { worst = (gain, loss) }
      }
      var left = loss
      for index in here {
        let kept = max(0, parts[index][t])
        let taken = min(kept, left)
        parts[index][t] = kept - taken
        left -= taken
      }
    }
    grid = parts[0]
    premium = parts[1]
    energy = parts[2]
    guard losing > 0 else { return nil }
    let often = losing == steps ? "" : " (in \(losing) of \(steps) steps; these numbers are of the worst)"
    return
      "sharing would lose: a shared kWh gains \(shortNumber(worst.gain)) \(currency) by the law and brings "
      + "\(shortNumber(worst.loss)) \(currency) less than its sale, so nothing is gained by it\(often)"
  }
}

extension ProjectDecoder {
  /// The law of a project; nil where it names none.
  func readLaw(_ node: Node?, _ decoding: inout Decoding) -> LawInUse? {
    guard let node else { return nil }
    return decoding.within("law") { inner in
      var input = LawChoiceInput()
      inner.read(LawChoiceInput.table, node, into: &input)
      var chosen = input.chosen
      chosen.law = input.law
      if let price = input.zonePrice {
        chosen.zonePrice = inner.within("zone_price") { $0.series(price, [.price])?.values } ?? [0]
      }
      let law = chosen.law
      if chosen.reach.isEmpty, !chosen.stations.isEmpty { chosen.reach = law.reach(stations: chosen.stations) }
      let reaches = Set(law.discounts.map(\.reach)).sorted()
      if !chosen.reach.isEmpty, !reaches.contains(chosen.reach) {
        inner.within("reach") {
          $0.error(
            "'\(Node.short(chosen.reach))' is no reach of '\(law.id)'.",
            advice: reaches.isEmpty
              ? "The law lets no grid charge fall away." : "It knows \(reaches.joined(separator: ", ")).",
            at: (node["reach"] ?? node).mark)
        }
      } else if !chosen.reach.isEmpty, law.discount(reach: chosen.reach, level: chosen.level) == 0 {
        inner.within("level") {
          $0.error(
            "'\(law.id)' has no discount for the reach '\(chosen.reach)' on this level.",
            advice:
              "Levels: \(law.discounts.filter { $0.reach == chosen.reach }.flatMap(\.levels).map(String.init).joined(separator: ", ")).",
            at: (node["level"] ?? node).mark)
        }
      }
      if !law.bands.isEmpty, !law.corrections.isEmpty, chosen.solar, law.corrections[chosen.zone] == nil {
        inner.within("zone") {
          $0.error(
            "'\(law.id)' pays solar plant by place, and 'zone' is \(chosen.zone.isEmpty ? "missing" : "'\(Node.short(chosen.zone))'").",
            advice: "Places: \(law.corrections.keys.sorted().joined(separator: ", ")); or 'solar: false'.",
            at: (node["zone"] ?? node).mark)
        }
      }
      return chosen
    }
  }

  /// Puts a law into a project: limits that the file does not state itself, and what shared energy earns.
  func layLaw(_ project: inout Project, _ document: Node, _ decoding: inout Decoding) {
    guard var use = project.sharing.law, let place = document["sharing"]?["law"] else { return }
    // What is wrong with the law is said: no remark on what it would do.
    let isFaulty = decoding.diagnostics.contains { $0.severity == .error && $0.path.hasPrefix("sharing.law") }
    guard !isFaulty else { return }
    let law = use.law
    let year = stageYear ?? project.firstYear
    let later = laterStart(of: law, project)
    func limit(_ key: LimitKey, _ value: Double?) {
      guard let value, later == nil, project.limits[key] == nil else { return }
      project.limits[key] = value
      use.limits.append(key)
    }
    limit(.selfConsumption, Law.share(law.selfConsumption, in: year))
    limit(.selfCoverage, Law.share(law.selfCoverage, in: year))
    limit(.exportShare, law.exportShare)
    if let later {
      use.remarks.append(
        "it holds from \(law.validFrom) on, and the project begins in \(year): its limits are not set, "
          + "and what it lets off or pays counts from \(later) on"
      )
    }
    var made = lawPolicies(use, project)
    for index in made.policies.indices { made.policies[index].from = later }
    project.policies += made.policies
    use.remarks += made.remarks
    if project.horizon.stepHours > law.interval + 1e-9, !made.policies.isEmpty {
      use.remarks.append(
        "the law counts by \(shortNumber(law.interval)) h and the project by \(shortNumber(project.horizon.stepHours)) h, so meters will find less that is shared at once"
      )
    }
    for remark in use.remarks {
      decoding.within("sharing.law") { $0.warning("Of '\(law.id)': \(remark).", at: place.mark) }
    }
    project.sharing.law = use
  }

  /// First calendar year that begins, with the project's day of the year, under the law; nil where it holds from the start.
  private func laterStart(of law: Law, _ project: Project) -> Int? {
    let first = stageYear.map { CivilDate(year: $0, month: 1, day: 1) } ?? project.horizon.periods.first?.start
    guard let first, let valid = CivilDate(law.validFrom), valid > first else { return nil }
    let isEarlier = (valid.month, valid.day) <= (first.month, first.day)
    return isEarlier ? valid.year : valid.year + 1
  }

  private func lawPolicies(_ use: LawInUse, _ project: Project) -> (policies: [Policy], remarks: [String]) {
    let law = use.law
    let discount = law.discount(reach: use.reach, level: use.level) * use.gridCharge
    guard !law.bands.isEmpty || law.replaces != .nothing || discount > 0 else { return ([], []) }
    let markets = project.markets.filter { market in
      !market.onlyAlone && (market.buy != nil || market.sell != nil)
        && project.carrier(ofBus: market.bus)?.kind == .electricity
    }
    guard markets.count > 1 else {
      return (
        [],
        [
          "it counts what meters share by way of the public grid, and the project has one market; give members buses and markets of their own"
        ]
      )
    }
    var policies: [Policy] = [], remarks: [String] = []
    func add(
      _ effect: LawInUse.Effect, _ name: String, series: [Double], payer: String, to receiver: SharedEnergy.Receiver
    ) {
      var policy = Policy(id: effect.rawValue, kind: .sharingPremium)
      policy.name = name
      policy.targets = markets.map(\.id)
      var shared = SharedEnergy()
      shared.series = series
      shared.receiver = receiver
      shared.parts = parts(law, markets, project)
      if effect != .premium { shared.payer = payer }
      policy.shared = shared
      policies.append(policy)
    }
    var earned = Earned()
    if !law.bands.isEmpty {
      earned.premium = use.zonePrice.map {
        law.premium(power: use.plantPower, zonePrice: $0, solar: use.solar, zone: use.zone)
      }
    }
    if discount > 0 {
      earned.grid = [discount]
    } else if !law.discounts.isEmpty {
      remarks.append("without 'reach' (or 'stations') and 'grid_charge' no charge of the grid falls away")
    }
    if law.replaces != .nothing {
      if let series = replaced(use, markets) {
        earned.energy = series
      } else {
        remarks.append(
          law.replaces == .energy
            ? "without 'energy_price', or where markets pay different prices for sale, what a shared kWh saves is not known"
            : "markets differ in their prices, so what a shared kWh saves is not known")
      }
    }
    if let loss = earned.settle(currency: project.economy.currency) { remarks.append(loss) }
    if !earned.premium.isEmpty {
      add(.premium, "Premium on shared energy (\(law.id))", series: earned.premium, payer: "state", to: .both)
    }
    if !earned.grid.isEmpty {
      add(.grid, "Grid charge let off (\(law.id))", series: earned.grid, payer: "grid operator", to: .buyers)
    }
    if !earned.energy.isEmpty {
      add(.energy, "Shared in place of the supplier (\(law.id))", series: earned.energy, payer: "suppliers", to: .both)
    }
    return (policies, remarks)
  }

  /// What a shared kWh saves both sides together: the supplier's price less what sale would have brought, below zero where sale brings
  /// more; nil where markets differ.
  private func replaced(_ use: LawInUse, _ markets: [Market]) -> [Double]? {
    let sales = markets.compactMap { $0.sell?.price.values }
    let purchases = markets.compactMap { $0.buy?.price.values }
    guard let sale = sales.first, sales.allSatisfy({ $0 == sale }) else { return nil }
    func price(_ values: [Double], _ t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
    if use.law.replaces == .energy {
      return use.energyPrice.map { energy in sale.map { energy - $0 } }
    }
    guard let bought = purchases.first, purchases.allSatisfy({ $0 == bought }) else { return nil }
    return (0..<max(sale.count, bought.count)).map { price(bought, $0) - price(sale, $0) }
  }

  /// Parts of each market where the law's key fixes them beforehand: by `sharing.weights` of the members, or equal.
  private func parts(_ law: Law, _ markets: [Market], _ project: Project) -> [String: Double] {
    guard law.key == .fixed || law.key == .exAnte || law.key == .file else { return [:] }
    let buyers = markets.filter { $0.buy != nil }
    let weights = buyers.map { market -> Double in
      guard !project.sharing.weights.isEmpty else { return 1 }
      let member = project.buses.first { $0.id == market.bus }?.member
      return member.flatMap { project.sharing.weights[$0] } ?? 0
    }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return [:] }
    return Dictionary(zip(buyers.map(\.id), weights.map { $0 / sum }), uniquingKeysWith: { first, _ in first })
  }
}

extension Project {
  /// The same without what its law binds: no limits of the law, and all that is sold while others buy is shared.
  package var withoutLawsBounds: Project {
    var free = self
    guard let law = sharing.law else { return free }
    for key in law.limits { free.limits[key] = nil }
    for index in free.policies.indices where LawInUse.Effect(rawValue: free.policies[index].id) != nil {
      free.policies[index].shared?.parts = [:]
    }
    return free
  }
}
