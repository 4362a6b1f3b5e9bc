package import TulouFinance
import TulouQuantities
package import TulouTechnologies

/// What a public body gives to the cluster or takes from it: a named flow of money with a payer and a receiver.
///
/// Policies change what members pay, so plans answer to them; what they cost the public stands in accounts of its own.
package struct Policy: Sendable, Equatable {
  /// What it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// Paid by members on energy bought, on money paid for it, or on output; below zero it is a relief.
    case tax
    /// Loans that somebody answers for, so that their interest is lower.
    case guarantee
    /// A share of the capital of new plant.
    case capitalSubsidy = "capital_subsidy"
    /// Contributions on wages that are not asked for.
    case socialBurden = "social_burden"
    /// An amount that a member gets once.
    case grant
    /// A least price of what is sold outside: the difference is paid.
    case procurementPrice = "procurement_price"
    /// An amount per kWh sold outside.
    case feedInPremium = "feed_in_premium"
    /// An amount per kWh made.
    case productionPremium = "production_premium"
    /// A price of emission beside that of the economy.
    case carbonPrice = "carbon_price"
    /// An amount per kWh that one market sells while another buys: shared by way of the public grid.
    case sharingPremium = "sharing_premium"

    /// Whether members pay it and the public receives it.
    package var isLevy: Bool { self == .tax || self == .carbonPrice }
    /// Whether it is counted on capital of new plant.
    package var isOnCapital: Bool { self == .guarantee || self == .capitalSubsidy }
    /// Whether it changes what energy is worth in an hour.
    package var isOnEnergy: Bool {
      switch self {
      case .tax, .procurementPrice, .feedInPremium, .productionPremium, .carbonPrice, .sharingPremium: true
      case .guarantee, .capitalSubsidy, .socialBurden, .grant: false
      }
    }
    /// Whether its sum may be bounded.
    package var takesCap: Bool {
      switch self {
      case .capitalSubsidy, .procurementPrice, .feedInPremium, .productionPremium: true
      case .tax, .guarantee, .socialBurden, .grant, .carbonPrice, .sharingPremium: false
      }
    }
    /// What it is called in a sentence.
    package var words: String { rawValue.split(separator: "_").joined(separator: " ") }
  }

  /// A loan that somebody answers for.
  package struct Loan: Sendable, Equatable {
    /// Share of the capital that is lent [-].
    package var share = 1.0
    /// Real interest without the guarantee, and with it [1/y].
    package var interest = 0.0, guaranteed = 0.0
    /// Years in which it is paid back, in equal payments.
    package var years = 10
    /// What the guarantor expects to lose, in parts of the debt that is open [1/y].
    package var losses = 0.0
    /// What the borrower pays the guarantor, in parts of the debt that is open [1/y].
    package var fee = 0.0
    /// A loan without interest.
    package init() {}
  }

  /// Id.
  package var id: String
  /// Name for people.
  package var name: String
  /// What it is.
  package var kind: Kind
  /// Components, markets or members that it is for; empty: all (taxes and carbon prices alone).
  package var targets: [String] = []
  /// How much: a share, money per kWh, money per kg, or money, as the kind says.
  package var rate = 0.0
  /// Whether a tax is a share of the money paid for energy.
  package var isShareOfMoney = false
  /// Most that is paid: money, or money a year; nil: no limit.
  package var cap: Double?
  /// Calendar years in which it is there; nil: no bound.
  package var from: Int?, until: Int?
  /// Years from the start of the project in which it is paid; nil: as long as it is there.
  package var years: Double?
  /// Who pays what members receive, and receives what they pay.
  package var publicBody = "state"
  /// The loan behind a guarantee.
  package var loan: Loan?
  /// Share of yearly operation that is wages [-].
  package var labour = 0.0
  /// What belongs to a premium on shared energy; nil: it is another policy.
  package var shared: SharedEnergy?
  /// One in each year of the project in which it is there, zero in others; year 1 is `firstYear`.
  package var active = YearPath(1)
  /// Calendar year that is year 1.
  package var firstYear = 0

  /// A policy of a kind.
  package init(id: String, kind: Kind) {
    self.id = id
    self.name = id
    self.kind = kind
  }

  /// Whether it moves no money.
  package var isZero: Bool {
    if let loan, kind == .guarantee { return loan.share == 0 || loan.interest == loan.guaranteed && loan.fee == 0 }
    if kind == .socialBurden { return rate * labour == 0 }
    if let series = shared?.series { return series.allSatisfy { $0 == 0 } }
    return rate == 0 && kind != .procurementPrice
  }

  /// Whether it is for something of this id.
  package func isFor(_ id: String) -> Bool { targets.isEmpty || targets.contains(id) }

  /// Whether it is there in a calendar year.
  package func isThere(in year: Int) -> Bool { year >= (from ?? .min) && year <= (until ?? .max) }

  /// Lays its years along those of the project.
  package mutating func lay(firstYear: Int, lifetime: Double) {
    self.firstYear = firstYear
    let last = Int(saturating: lifetime.rounded(.up))
    active.values = (1...max(1, last)).map { number in
      isThere(in: firstYear + number - 1) && Double(number) <= (years ?? .infinity) + 1e-9 ? 1 : 0
    }
    active.escalation = 0
  }

  /// The same at another level: 0 is without it, 1 as it is, 2 twice as much.
  ///
  /// What is raised is the rate; of a guarantee the points of interest that it saves, of a procurement price the price.
  package func scaled(by level: Double) -> Policy {
    var other = self
    other.rate = rate * level
    other.shared?.series = shared?.series?.map { $0 * level }
    if var loan {
      loan.guaranteed = loan.interest - level * (loan.interest - loan.guaranteed)
      loan.fee *= level
      loan.losses *= level == 0 ? 0 : 1
      other.loan = loan
    }
    return other
  }

  /// What it pays per kWh sold on a market in step t, zero where it is for something else [money/kWh].
  package func salePremium(of market: Market, at t: Int) -> Double {
    guard targets.contains(market.id), let sell = market.sell else { return 0 }
    switch kind {
    case .feedInPremium: return rate
    case .procurementPrice: return max(0, rate - sell.price[t])
    // What is sold earns it at most; less where nobody buys meanwhile.
    case .sharingPremium: return sharingRate(at: t)
    default: return 0
    }
  }

  /// What it takes per kWh bought on a market in step t; zero where it is for something else [money/kWh].
  package func purchaseTax(of market: Market, at t: Int) -> Double {
    guard kind == .tax, isFor(market.id), let buy = market.buy else { return 0 }
    return isShareOfMoney ? rate * buy.price[t] : rate
  }

  /// What it pays per unit of the driving flow of a component in step t; zero where it is for something else [money/kWh].
  ///
  /// A converter's output is what it gives to buses of electricity, or to any bus where it makes none.
  package func outputPremium(of component: Component, in project: Project, at t: Int) -> Double {
    guard kind == .productionPremium || kind == .tax, !targets.isEmpty, targets.contains(component.id) else { return 0 }
    let sign = kind == .tax ? -1.0 : 1.0
    switch component.block {
    case .source: return sign * rate
    case .converter(let converter):
      let outputs = converter.ports.filter { $0.coefficient.contains { $0 > 0 } }
      let electric = outputs.filter { project.carrier(ofBus: $0.bus)?.kind == .electricity }
      return sign * rate * (electric.isEmpty ? outputs : electric).reduce(0) { $0 + max(0, $1[t]) }
    case .storage, .link: return 0
    }
  }
}

extension Project {
  /// Policies that are for something that is here.
  ///
  /// - Parameter members: Members that are here.
  package func policies(for members: [String]) -> [Policy] {
    let here = Set(components.map(\.id) + markets.map(\.id) + members)
    let players = Set(members)
    return policies.compactMap { policy in
      if let manager = policy.shared?.manager, !players.contains(manager) { return nil }
      guard !policy.targets.isEmpty else { return policy }
      var own = policy
      own.targets = policy.targets.filter(here.contains)
      return own.targets.isEmpty ? nil : own
    }
  }

  /// What policies pay beside the price of a kWh sold, and take beside that of a kWh bought, in step t [money/kWh].
  func policyPrices(of market: Market, at t: Int) -> (sale: Double, purchase: Double) {
    policies.reduce((0, 0)) { sum, policy in
      policy.active.isZero
        ? sum : (sum.0 + policy.salePremium(of: market, at: t), sum.1 + policy.purchaseTax(of: market, at: t))
    }
  }
}
