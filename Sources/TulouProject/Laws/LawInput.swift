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
    let law = use.law
    func limit(_ key: LimitKey, _ value: Double?) {
      guard let value, project.limits[key] == nil else { return }
      project.limits[key] = value
      use.limits.append(key)
    }
    limit(.selfConsumption, Law.share(law.selfConsumption, in: project.firstYear))
    limit(.selfCoverage, Law.share(law.selfCoverage, in: project.firstYear))
    limit(.exportShare, law.exportShare)
    let made = lawPolicies(use, project)
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
    if !law.bands.isEmpty {
      let series = use.zonePrice.map {
        law.premium(power: use.plantPower, zonePrice: $0, solar: use.solar, zone: use.zone)
      }
      add(.premium, "Premium on shared energy (\(law.id))", series: series, payer: "state", to: .both)
    }
    if discount > 0 {
      add(.grid, "Grid charge let off (\(law.id))", series: [discount], payer: "grid operator", to: .buyers)
    } else if !law.discounts.isEmpty {
      remarks.append("without 'reach' (or 'stations') and 'grid_charge' no charge of the grid falls away")
    }
    if law.replaces != .nothing {
      if let series = replaced(use, markets) {
        add(.energy, "Shared in place of the supplier (\(law.id))", series: series, payer: "suppliers", to: .both)
      } else {
        remarks.append(
          law.replaces == .energy
            ? "without 'energy_price', or where markets pay different prices for sale, what a shared kWh saves is not known"
            : "markets differ in their prices, so what a shared kWh saves is not known")
      }
    }
    return (policies, remarks)
  }

  /// What a shared kWh saves both sides together: the supplier's price less what sale would have brought, never below zero; nil where
  /// markets differ.
  private func replaced(_ use: LawInUse, _ markets: [Market]) -> [Double]? {
    let sales = markets.compactMap { $0.sell?.price.values }
    let purchases = markets.compactMap { $0.buy?.price.values }
    guard let sale = sales.first, sales.allSatisfy({ $0 == sale }) else { return nil }
    func price(_ values: [Double], _ t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
    if use.law.replaces == .energy {
      return use.energyPrice.map { energy in sale.map { max(0, energy - $0) } }
    }
    guard let bought = purchases.first, purchases.allSatisfy({ $0 == bought }) else { return nil }
    return (0..<max(sale.count, bought.count)).map { max(0, price(bought, $0) - price(sale, $0)) }
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
