import TulouDocument
import TulouQuantities
import TulouTechnologies

/// A policy as written.
struct PolicyInput: Sendable {
  var name: String?
  var kind: Policy.Kind?
  var targets: [String] = []
  var rate: Amount?
  var cap: Amount?
  var from: Int?
  var until: Int?
  var years: Double?
  var payer: String?
  var receiver: String?
  var interest: Double?
  var guaranteed: Double?
  var share: Double?
  var losses = 0.0
  var fee = 0.0
  var labour: Double?
  var through: String?
  var parts: Node?

  /// What a rate may be, in this order.
  static let rates: [Measure] = [.share, .price, .pricePerMass, .money]
  static let interest = Bounds(0, 1, "between 0 % and 100 %")
  static let perYear = Bounds(0, 1, "between 0 %/y and 100 %/y")
  private static let levies = Policy.Kind.allCases.filter(\.isLevy).map(\.rawValue)
  private static let supports = Policy.Kind.allCases.filter { !$0.isLevy }.map(\.rawValue)
  private static let capped = Policy.Kind.allCases.filter(\.takesCap).map(\.rawValue)

  static let table = FieldTable<PolicyInput>(
    "a policy",
    [
      .reference("name", to: "text", \.name, "Free text."),
      Field("kind", .choice(Policy.Kind.allCases.map(\.rawValue)), .required, "What kind of policy.") {
        $0.kind = $2.choice($1, Policy.Kind.self)
      },
      Field(
        "for", .list(.text),
        "What it is for: components (capital_subsidy, guarantee, social_burden, production_premium), markets (feed_in_premium, procurement_price, sharing_premium), members (grant). A tax is on markets, or on the output of components; without 'for' a tax is on all markets, a carbon price on all emission."
      ) { $0.targets = $2.texts($1) ?? [] },
      Field(
        "rate", .number(rates),
        "How much: a share of capital (capital_subsidy), of wages (social_burden), of what energy costs (tax); money per energy (tax, premiums, procurement_price), per mass (carbon_price), or an amount (grant); of a sharing_premium money per energy that is shared. A tax below zero is a relief."
      ) { $0.rate = $2.steadyAmount($1, rates) },
      Field(
        "cap", .number([.money, .moneyOfYear]),
        "Most that is paid, over all that it is for: money for a capital subsidy, money a year for premiums and procurement."
      ) { $0.cap = $2.steadyAmount($1, [.money, .moneyOfYear]) }.needing("kind", as: capped),
      .integer("from", \.from, in: 1900...2300, "First calendar year in which it is there."),
      .integer("until", \.until, in: 1900...2300, "Last calendar year in which it is there."),
      Field(
        "years", .number([.years]),
        "Years from the start of the project in which it is paid, '10 y' or 10; of a guarantee, those of the loan."
      ) { input, node, decoding in
        if let text = node.text, Int(text) != nil {
          input.years = decoding.integer(node, in: 1...200).map(Double.init)
        } else {
          input.years = decoding.number(node, .years, in: Bounds(1, 200, "between 1 y and 200 y"))
        }
      },
      .reference("payer", to: "text", \.payer, "Public body that pays it; left out: the state.")
        .needing("kind", as: supports),
      .reference("receiver", to: "text", \.receiver, "Public body that receives it; left out: the state.")
        .needing("kind", as: levies),
      .number("interest", \.interest, .share, in: interest, "Real yearly interest without the guarantee.")
        .needing("kind", as: ["guarantee"]),
      .number("guaranteed", \.guaranteed, .share, in: interest, "Real yearly interest with it.")
        .needing("kind", as: ["guarantee"]),
      .number("share", \.share, .share, in: .share, "Share of the capital that is lent.")
        .needing("kind", as: ["guarantee"]),
      .number(
        "losses", \.losses, .ratePerYear, .silent("0 %/y"), in: perYear,
        "What the guarantor expects to lose of the debt that is open."
      ).needing("kind", as: ["guarantee"]),
      .number(
        "fee", \.fee, .ratePerYear, .silent("0 %/y"), in: perYear,
        "What the borrower pays the guarantor of the debt that is open."
      ).needing("kind", as: ["guarantee"]),
      .number("labour", \.labour, .share, in: .share, "Share of yearly operation that is wages.")
        .needing("kind", as: ["social_burden"]),
      .reference(
        "through", to: "member", \.through,
        "Manager without whom nothing is paid, and who receives the premium; left out: who sells and who buys get half each."
      ).needing("kind", as: [Policy.Kind.sharingPremium.rawValue]),
      .node(
        "parts", \.parts, .map(.number([.share])),
        "Part of each market in what all sell, agreed beforehand (static key); left out: in proportion to what each buys."
      ).needing("kind", as: [Policy.Kind.sharingPremium.rawValue]),
      .note("source", "Where it is from."),
    ])
}

extension Measure {
  /// Money in a year.
  static let moneyOfYear = Measure("money per year", in: "¤/y", example: "200 USD/y")
}

extension ProjectDecoder {
  /// The policies of a project whose components, markets and members are known.
  func readPolicies(_ node: Node?, _ project: Project, _ decoding: inout Decoding) -> [Policy] {
    guard let node else { return [] }
    var policies: [Policy] = []
    decoding.within("policies") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          if let policy = policy(entry, project, &inner) { policies.append(policy) }
        }
      }
    }
    return policies
  }

  private func policy(_ entry: Node.Entry, _ project: Project, _ decoding: inout Decoding) -> Policy? {
    var input = PolicyInput()
    let count = decoding.diagnostics.count
    decoding.read(PolicyInput.table, entry.value, into: &input)
    guard decoding.diagnostics[count...].allSatisfy({ $0.severity != .error }), let kind = input.kind else {
      return nil
    }
    var policy = Policy(id: entry.key, kind: kind)
    policy.name = input.name ?? entry.key
    policy.from = input.from
    policy.until = input.until
    policy.years = input.years
    policy.publicBody = (kind.isLevy ? input.receiver : input.payer) ?? "state"
    if let from = input.from, let until = input.until, until < from {
      decoding.within("until") {
        $0.error("'until' (\(until)) lies before 'from' (\(from)).", at: (entry.value["until"] ?? entry.value).mark)
      }
    }
    if project.members.contains(where: { $0.id == policy.publicBody }) {
      let key = kind.isLevy ? "receiver" : "payer"
      decoding.within(key) {
        $0.error(
          "'\(policy.publicBody)' is a member, but a policy is between members and a public body outside.",
          advice: "Payments between members stand under 'sharing'.", at: (entry.value[key] ?? entry.value).mark)
      }
    }
    policy.targets = PolicyTargets(project, isStage: stageYear != nil).read(input.targets, kind, entry, &decoding)
    PolicyRates.read(input, into: &policy, entry, project, &decoding)
    readShared(input, into: &policy, entry, project, &decoding)
    let found = decoding.diagnostics[count...].contains { $0.severity == .error }
    // A stage may lack all that it is for.
    guard !found, !(policy.targets.isEmpty && !input.targets.isEmpty) else { return nil }
    return policy
  }

  /// The manager and the agreed parts of a premium on shared energy.
  private func readShared(
    _ input: PolicyInput, into policy: inout Policy, _ entry: Node.Entry, _ project: Project, _ decoding: inout Decoding
  ) {
    guard policy.kind == .sharingPremium else { return }
    var shared = SharedEnergy()
    if policy.targets.count < 2, stageYear == nil, !policy.targets.isEmpty {
      decoding.within("for") {
        $0.error(
          "Energy is shared between two markets or more; '\(policy.targets[0])' is one.",
          advice: "Give each member a market at a bus of its own, and name them all.",
          at: (entry.value["for"] ?? entry.value).mark)
      }
    }
    if let manager = input.through {
      let ids = project.members.map(\.id)
      if ids.contains(manager) {
        shared.manager = manager
      } else {
        decoding.within("through") {
          $0.error(
            "'\(Node.short(manager))' is no member.",
            advice: nearestName(to: manager, among: ids).map { "Did you mean '\($0)'?" }
              ?? (ids.isEmpty ? "The project has none." : "Members: \(ids.prefix(8).joined(separator: ", "))."),
            at: (entry.value["through"] ?? entry.value).mark)
        }
      }
    }
    if let parts = input.parts { shared.parts = readParts(parts, policy, &decoding) }
    policy.shared = shared
  }

  private func readParts(_ node: Node, _ policy: Policy, _ decoding: inout Decoding) -> [String: Double] {
    var parts: [String: Double] = [:]
    decoding.within("parts") { inner in
      for item in inner.things(node) {
        guard policy.targets.contains(item.key) else {
          inner.error(
            "'\(Node.short(item.key))' is not among the markets of '\(policy.id)'.",
            advice: "Its markets: \(policy.targets.joined(separator: ", ")).", at: item.mark)
          continue
        }
        if let part = inner.within(item.key, { $0.number(item.value, .share, in: .share) }) { parts[item.key] = part }
      }
      let sum = parts.values.reduce(0, +)
      if sum > 1 + 1e-9 {
        inner.error(
          "The parts sum to \(shortNumber(sum * 100)) %, more than is sold.", advice: "They sum to 100 % at the most.",
          at: node.mark)
      }
    }
    return parts
  }

  /// Lays the years of policies along those of the project, of its stages and of its weather years.
  static func layPolicies(_ project: inout Project) {
    let first = project.firstYear, lifetime = project.economy.lifetime
    func lay(_ policies: inout [Policy]) {
      for i in policies.indices { policies[i].lay(firstYear: first, lifetime: lifetime) }
    }
    lay(&project.policies)
    for i in project.stages.indices { lay(&project.stages[i].project.policies) }
    for i in project.weatherYears.indices { lay(&project.weatherYears[i].project.policies) }
  }
}
