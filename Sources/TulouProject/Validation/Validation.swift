import TulouDocument

/// What a typed project has to obey beyond its single numbers, and what is implausible in it; one rule a file.
enum Validation {
  /// A rule: looks at the project, tells what it finds.
  typealias Rule = @Sendable (Project, Node, inout Decoding) -> Void

  /// Every rule, in the order in which findings are told.
  static let rules: [Rule] = [
    supplyRule, referenceRule, sharedCapacityRule, tradeRule, arbitrageRule, priceRule, availabilityRule, demandRule,
    storageRule, periodStorageRule, inverterLossRule, limitRule, netLoadRule, pollutantRule, reserveRule, emissionRule,
    secondLawRule, monthShareRule,
  ]

  static func check(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    // A project with errors lacks parts, and what follows from that would only be noise.
    guard !decoding.hasErrors else {
      for rule in [referenceRule, sharedCapacityRule] { rule(project, document, &decoding) }
      return
    }
    for rule in rules { rule(project, document, &decoding) }
  }

  /// Where a thing stands in the document: the deepest node of the path that is there.
  static func mark(_ document: Node, _ path: String...) -> Mark {
    var node = document
    for key in path {
      guard let child = node[key] else { break }
      node = child
    }
    return node.mark
  }
}
