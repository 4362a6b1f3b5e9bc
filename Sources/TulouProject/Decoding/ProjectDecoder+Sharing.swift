import TulouDocument
import TulouQuantities
import TulouSharing

struct SharingInput: Sendable {
  var rule = SharingMethod.proRata
  var outside = OutsideOption.contract
  var weights: Node?
  var internalPrice: Node?
  var commons = "investment"
  var chargeTo: String?
  var law: Node?

  static let table = FieldTable<SharingInput>(
    "sharing",
    [
      Field(
        "rule", .choice(SharingMethod.allCases.map(\.rawValue)), .value("pro-rata", source: "our assumption"),
        "How the benefit is divided: accounts of a plan are pro rata at the internal price, 'tulou share' shows all rules and divides by this one."
      ) { root, node, decoding in
        if let rule = decoding.choice(node, SharingMethod.self) { root.rule = rule }
      },
      Field(
        "outside", .choice(OutsideOption.allCases.map(\.rawValue)), .value("contract", source: "our assumption"),
        "What a member would do without the others, for 'tulou share': plan on its own contract ('alone'), or on the cluster's markets; 'aggregated' as the latter, and groups without the manager of shared energy are paid for what such plans happen to share."
      ) { root, node, decoding in
        if let outside = decoding.choice(node, OutsideOption.self) { root.outside = outside }
      },
      .node(
        "weights", \.weights, .map(.number([.number])),
        "Numbers of the members by which the rule 'key' divides; who is left out has none."),
      .node(
        "internal_price", \.internalPrice, .either([.choice(["midpoint"]), .number([.price])]),
        "'midpoint' of the outside prices, or a price."),
      .choice(
        "commons", \.commons, ["investment", "energy", "equal"], .value("investment", source: "our assumption"),
        "Key of the commons' result."),
      .reference(
        "network_charge_to", to: "member", \.chargeTo,
        "Who receives network charges; no member: they leave the cluster."),
      .node(
        "law", \.law, .either([.text, .table("law")]),
        "Law of sharing energy that holds: its name, or a table with 'use' and what the law asks."),
    ])
}

extension ProjectDecoder {
  func readSharing(_ node: Node?, _ decoding: inout Decoding) -> Sharing {
    var sharing = Sharing()
    // Without members there is nothing to share, and with them a rule holds whether the file names it or not.
    guard node != nil || !members.isEmpty else { return sharing }
    let node = node ?? Node(.mapping([]))
    decoding.within("sharing") { inner in
      var input = SharingInput()
      inner.assume("internal_price", "midpoint of the outside prices", in: node)
      inner.read(SharingInput.table, node, into: &input)
      sharing.rule = input.rule
      sharing.outside = input.outside
      sharing.weights = readWeights(input, node, &inner)
      if let price = input.internalPrice, price.text != "midpoint" {
        sharing.internalPrice = inner.within("internal_price") { $0.number(price, .price, in: .notNegative) }
      }
      sharing.commonsKey = input.commons
      sharing.law = readLaw(input.law, &inner)
      if stageYear == nil, members.isEmpty {
        inner.idle(
          ["rule", "outside", "weights", "internal_price", "commons", "network_charge_to", "law"], of: node,
          because: "the project has no members")
      } else if stageYear == nil, meters.allSatisfy({ !$0.paysNetwork }), meterLinks.allSatisfy({ $0.charge == 0 }) {
        inner.idle(["network_charge_to"], of: node, because: "no meter has a 'charge'")
      }
      if let receiver = input.chargeTo {
        if members.contains(where: { $0.id == receiver }) {
          sharing.networkChargeTo = receiver
        } else if let near = nearestName(to: receiver, among: members.map(\.id), within: 1) {
          inner.warning(
            "'\(Node.short(receiver))' is no member, so network charges leave the cluster.",
            advice: "Did you mean '\(near)'?", at: (node["network_charge_to"] ?? node).mark)
        }
      }
    }
    return sharing
  }

  /// Weights of the rule `key`: of members only, not all zero.
  private func readWeights(_ input: SharingInput, _ node: Node, _ decoding: inout Decoding) -> [String: Double] {
    var weights: [String: Double] = [:]
    if let given = input.weights {
      decoding.within("weights") { inner in
        for entry in inner.things(given) {
          guard members.contains(where: { $0.id == entry.key }) else {
            let near = nearestName(to: entry.key, among: members.map(\.id)).map { "Did you mean '\($0)'?" }
            inner.error(
              "'\(Node.short(entry.key))' is no member.",
              advice: near ?? "Members: \(members.map(\.id).joined(separator: ", ")).",
              at: entry.mark)
            continue
          }
          if let number = inner.within(entry.key, { $0.number(entry.value, .number, in: .notNegative) }) {
            weights[entry.key] = number
          }
        }
      }
      if !weights.isEmpty, weights.values.reduce(0, +) <= 0 {
        decoding.error("All 'weights' are 0; nothing can be divided by them.", at: given.mark)
      }
    }
    if input.rule == .key, input.weights == nil {
      decoding.error(
        "The rule 'key' needs 'weights', a number for each member.",
        advice: "For example weights: {village: 3, works: 1}.",
        at: (node["rule"] ?? node).mark)
    }
    return weights
  }
}
