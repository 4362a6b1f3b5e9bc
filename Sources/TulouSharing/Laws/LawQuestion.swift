/// A question that a law answers by its numbers alone: what a tariff comes to, what is divided, what is allowed.
package enum LawQuestion: Sendable, Equatable {
  /// Premium at a power [kW] and a zone price [money/kWh].
  case tariff(power: Double, zonePrice: Double, solar: Bool, zone: String)
  /// Premium of some hours: each plant's injection and each member's withdrawal [kWh], zone price of each hour [money/kWh].
  case premium(
    injected: [[Double]], withdrawn: [[Double]], zonePrice: [Double], power: Double, solar: Bool, zone: String)
  /// What of a premium is reserved; energies in one unit.
  case surplus(shared: Double, injected: Double, premium: Double, grant: Bool)
  /// Grid charge of energy from the community and of the rest [kWh], at a charge [money/kWh].
  case gridCharge(reach: String, level: Int?, community: Double, rest: Double, price: Double)
  /// Division of an interval [Wh]; what a store charges is the last need.
  case allocation(MeteringCase)
  /// Parts of each hour's production, agreed beforehand [Wh].
  case coefficients(production: [Double], need: [[Double]], weights: [[Double]], unit: Double)
  /// Whether agreed parts may be changed.
  case change(last: [Int], request: [Int])
  /// Whether plant and use may share.
  case area(day: String, sameArea: Bool, adjacent: Bool, sameControlArea: Bool)
  /// What a member pays: shared energy at the agreed price with the charges that stay, the rest at the supplier's price.
  case cost(shared: Double, rest: Double, agreed: Double, charges: Double, supplier: Double)
  /// Whether plant is large enough for the connections [kW].
  case generation(power: Double, connection: Double)
  /// Whether a year's energies meet the shares.
  case year(Int, available: Double, selfUse: Double, consumption: Double)
}

/// One number of an answer, or several.
package enum LawValue: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// Numbers in the order of hours or members.
  case numbers([Double])
  /// Numbers by hour and member.
  case table([[Double]])
  /// Yes or no.
  case flag(Bool)
}

extension Law {
  /// What the law says, by name, in the order in which it is told.
  package func answer(_ question: LawQuestion) -> [(name: String, value: LawValue)] {
    switch question {
    case .tariff(let power, let price, let solar, let zone):
      return [("tariff", .number(premium(power: power, zonePrice: price, solar: solar, zone: zone)))]
    case .premium(let injected, let withdrawn, let prices, let power, let solar, let zone):
      let shared = prices.indices.map { hour in
        min(injected.reduce(0) { $0 + $1[hour] }, withdrawn.reduce(0) { $0 + $1[hour] })
      }
      let tariff = prices.map { premium(power: power, zonePrice: $0, solar: solar, zone: zone) }
      return [
        ("shared", .numbers(shared)), ("tariff", .numbers(tariff)),
        ("premium", .number(zip(shared, tariff).reduce(0) { $0 + $1.0 * $1.1 })),
      ]
    case .surplus(let shared, let injected, let premium, let grant):
      let kept = reserved(premium: premium, shared: shared, injected: injected, grant: grant)
      return [("reserved", .number(kept)), ("free", .number(premium - kept))]
    case .gridCharge(let reach, let level, let community, let rest, let price):
      let part = discount(reach: reach, level: level)
      return [("discount", .number(part)), ("grid_charge", .number((community * (1 - part) + rest) * price))]
    case .allocation(let metering):
      let parts = Allocation.of(metering)
      let shareable = min(metering.production, metering.need.reduce(0, +))
      return [
        ("allocation", .numbers(parts.map(Double.init))), ("shareable", .number(Double(shareable))),
        ("surplus", .number(Double(metering.production - parts.reduce(0, +)))),
      ]
    case .coefficients(let production, let need, let weights, let unit):
      let own = zip(production, weights).map { amount, parts in parts.map { $0 / unit * amount } }
      let used = zip(own, need).map { zip($0, $1).map(min) }
      return [
        ("individual", .table(own)), ("used", .table(used)),
        ("own_surplus", .table(zip(own, used).map { zip($0, $1).map { $0 - $1 } })),
      ]
    case .change(let last, let request): return [("allowed", .flag(mayChange(last: last, request: request)))]
    case .area(let day, let same, let adjacent, let control):
      return [
        ("allowed", .flag(allows(day: day, sameArea: same, adjacent: adjacent, sameControlArea: control)))
      ]
    case .cost(let shared, let rest, let agreed, let charges, let supplier):
      return [("cost", .number(shared * (agreed + charges) + rest * supplier))]
    case .generation(let power, let connection):
      return [("allowed", .flag(allows(generation: power, connection: connection)))]
    case .year(let year, let available, let selfUse, let consumption):
      return [
        ("of_generation", .number(available > 0 ? selfUse / available : 0)),
        ("of_consumption", .number(consumption > 0 ? selfUse / consumption : 0)),
        ("met", .flag(isMet(available: available, selfUse: selfUse, consumption: consumption, year: year))),
      ]
    }
  }
}
