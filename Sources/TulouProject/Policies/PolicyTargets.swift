import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// What policies may be for.
struct PolicyTargets {
  let project: Project
  /// Whether a stage is read, which may not have yet what a policy is for.
  let isStage: Bool

  init(_ project: Project, isStage: Bool) {
    self.project = project
    self.isStage = isStage
  }

  private func names(_ kind: Policy.Kind) -> (what: String, ids: [String]) {
    let made = project.components.filter { component in
      switch component.block {
      case .source, .converter: true
      case .storage, .link: false
      }
    }.map(\.id)
    let bought = project.markets.filter { $0.buy != nil }.map(\.id)
    let sold = project.markets.filter { $0.sell != nil }.map(\.id)
    let plant = project.components.filter { !$0.sizes.isEmpty && !$0.isMeter }.map(\.id)
    return switch kind {
    case .tax: ("a market that sells or a component that makes energy", bought + made)
    case .guarantee, .capitalSubsidy, .socialBurden: ("a component with a size", plant)
    case .grant: ("a member", project.members.map(\.id))
    case .procurementPrice, .feedInPremium: ("a market that buys ('sell')", sold)
    case .productionPremium: ("a source or converter", made)
    case .carbonPrice: ("a market that sells or a source", bought + made)
    case .sharingPremium:
      ("a market", project.markets.filter { !$0.onlyAlone && ($0.buy != nil || $0.sell != nil) }.map(\.id))
    }
  }

  /// The ids that a policy is for; tells of those that are none.
  func read(_ given: [String], _ kind: Policy.Kind, _ entry: Node.Entry, _ decoding: inout Decoding) -> [String] {
    let (what, ids) = names(kind)
    if given.isEmpty, kind != .tax, kind != .carbonPrice {
      decoding.within("for") {
        $0.error(
          "A policy of kind '\(kind.rawValue)' needs 'for'.",
          advice: ids.isEmpty
            ? "It is for \(what); there is none." : "It is for \(what): \(ids.prefix(8).joined(separator: ", ")).",
          at: entry.mark)
      }
      return []
    }
    var found: [String] = []
    for name in given {
      if ids.contains(name) {
        if !found.contains(name) { found.append(name) }
      } else if !isStage {
        decoding.within("for") {
          $0.error(
            "'\(Node.short(name))' is not \(what).",
            advice: nearestName(to: name, among: ids).map { "Did you mean '\($0)'?" }
              ?? (ids.isEmpty ? "There is none." : "Here: \(ids.prefix(8).joined(separator: ", "))."),
            at: (entry.value["for"] ?? entry.value).mark)
        }
      }
    }
    return found
  }
}

/// How much policies are, in the measure of their kind.
enum PolicyRates {
  /// Reads rate, cap and loan into a policy, and tells of what does not fit its kind.
  static func read(
    _ input: PolicyInput, into policy: inout Policy, _ entry: Node.Entry, _ project: Project,
    _ decoding: inout Decoding
  ) {
    func error(_ key: String, _ message: String, _ advice: String = "") {
      decoding.within(key) { $0.error(message, advice: advice, at: (entry.value[key] ?? entry.value).mark) }
    }
    if policy.kind == .guarantee {
      if input.rate != nil { error("rate", "A guarantee has no 'rate'; it has 'interest' and 'guaranteed'.") }
      readLoan(input, into: &policy, error)
      return
    }
    guard let rate = input.rate else {
      error("rate", "A policy of kind '\(policy.kind.rawValue)' needs 'rate'.", example(policy.kind, project))
      return
    }
    let measure = PolicyInput.rates[rate.measure]
    guard measures(policy.kind).contains(measure) else {
      let wanted = measures(policy.kind).map(\.name).joined(separator: " or ")
      let found = entry.value["rate"]?.text.map { ", not '\(Node.short($0))'" } ?? ""
      error("rate", "'rate' of a \(policy.kind.words) takes \(wanted)\(found).", example(policy.kind, project))
      return
    }
    policy.rate = rate.value
    policy.isShareOfMoney = measure == .share
    if rate.value < 0, policy.kind != .tax { error("rate", "'rate' is below zero.", "Only a tax may be, as a relief.") }
    if measure == .share, abs(rate.value) > 1 { error("rate", "'rate' is above 100 %.") }
    if policy.kind == .socialBurden {
      if let labour = input.labour {
        policy.labour = labour
      } else {
        error(
          "labour", "A social burden needs 'labour', the share of yearly operation that is wages.",
          "For example labour: 40 %.")
      }
    }
    readCap(input, into: &policy, project, error)
    checkPrices(policy, project, error)
  }

  private static func measures(_ kind: Policy.Kind) -> [Measure] {
    switch kind {
    case .tax: [.share, .price]
    case .capitalSubsidy, .socialBurden: [.share]
    case .grant: [.money]
    case .procurementPrice, .feedInPremium, .productionPremium, .sharingPremium: [.price]
    case .carbonPrice: [.pricePerMass]
    case .guarantee: []
    }
  }

  private static func example(_ kind: Policy.Kind, _ project: Project) -> String {
    let example = measures(kind).last?.example ?? ""
    return "For example rate: \(example.replacing("USD", with: project.economy.currency))."
  }

  private static func readCap(
    _ input: PolicyInput, into policy: inout Policy, _ project: Project,
    _ error: (String, String, String) -> Void
  ) {
    guard let cap = input.cap, policy.kind.takesCap else { return }
    let isOnce = policy.kind == .capitalSubsidy
    guard (cap.measure == 0) == isOnce else {
      error(
        "cap", "'cap' of a \(policy.kind.words) is \(isOnce ? "an amount of money" : "money per year").",
        "For example cap: 600000 \(project.economy.currency)\(isOnce ? "" : "/y").")
      return
    }
    if cap.value < 0 { error("cap", "'cap' is below zero.", "") }
    let fixed = project.components.first { component in
      policy.targets.contains(component.id)
        && component.sizes.contains { $0.cost.fixedCapital != 0 || $0.sharedWith != nil }
    }
    if isOnce, let fixed {
      error(
        "cap",
        "'\(fixed.id)' has capital that does not grow with its size, or shares its size; a 'cap' is not for that.",
        "Take 'cap' out, or name other plant.")
    }
    policy.cap = cap.value
  }

  /// Prices with tiers or set-off energies have no price of the hour that a policy could go by.
  private static func checkPrices(_ policy: Policy, _ project: Project, _ error: (String, String, String) -> Void) {
    let goesByPrice = policy.kind == .procurementPrice || policy.kind == .tax && policy.isShareOfMoney
    if policy.kind == .tax, policy.isShareOfMoney,
      let made = policy.targets.first(where: { id in project.components.contains { $0.id == id } })
    {
      error(
        "rate", "A tax on the output of '\(made)' is money per energy, not a share.",
        "For example rate: 0.02 \(project.economy.currency)/kWh.")
    }
    guard goesByPrice || policy.kind == .feedInPremium || policy.kind == .sharingPremium else { return }
    for market in project.markets where policy.isFor(market.id) {
      let price = policy.kind == .tax ? market.buy : market.sell
      guard let price else { continue }
      if goesByPrice, price.tiers.count > 1 {
        error(
          "for", "The price of '\(market.id)' has tiers, so no price of the hour is known that this policy goes by.", ""
        )
      }
      if market.netMetering != nil {
        error("for", "'\(market.id)' sets off purchase and sale, so this policy has nothing to go by there.", "")
      }
    }
  }

  private static func readLoan(
    _ input: PolicyInput, into policy: inout Policy, _ error: (String, String, String) -> Void
  ) {
    var loan = Policy.Loan()
    loan.losses = input.losses
    loan.fee = input.fee
    func need(_ key: String, _ value: Double?, _ example: String) -> Double {
      if value == nil { error(key, "A guarantee needs '\(key)'.", "For example \(key): \(example).") }
      return value ?? 0
    }
    loan.interest = need("interest", input.interest, "6 %")
    loan.guaranteed = need("guaranteed", input.guaranteed, "4 %")
    loan.share = need("share", input.share, "70 %")
    let years = need("years", input.years, "10 y")
    loan.years = max(1, Int(saturating: years.rounded()))
    if years != 0, abs(years - years.rounded()) > 1e-6 {
      error("years", "A loan runs for whole years.", "For example years: 10 y.")
    }
    if loan.guaranteed > loan.interest {
      error("guaranteed", "With the guarantee the interest is higher than without.", "")
    }
    policy.years = nil
    policy.loan = loan
  }
}
