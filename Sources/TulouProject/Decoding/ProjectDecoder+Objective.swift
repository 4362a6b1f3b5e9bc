import TulouDocument
import TulouQuantities

/// The objective `weighted` as written.
struct WeightedInput: Sendable {
  var weights: Node?
  var reference: Node?

  static let table = FieldTable<WeightedInput>(
    "a weighted objective",
    [
      .node(
        "weights", \.weights, .map(.number([.share])), .required,
        "Share of each goal (net_present_cost, co2, outside_energy, local_energy, land, capital); they add up to 100 %."
      ),
      .node(
        "reference", \.reference, .map(.number([.power, .energy, .area])),
        "Sizes of the design that goals are measured against, by id or id.part; left out: the design of least cost."),
    ])
}

extension ProjectDecoder {
  /// What is sought, with the weights and the reference of a weighted objective.
  func readObjective(
    _ node: Node?, _ decoding: inout Decoding
  ) -> (objective: Objective, weights: [GoalWeight], reference: [String: Double]) {
    guard let node else { return (.netPresentCost, [], [:]) }
    return decoding.within("objective") { inner in
      if node.entries != nil {
        var input = WeightedInput()
        inner.read(WeightedInput.table, node, into: &input)
        return (.weighted, readWeights(input.weights, &inner), readReferenceSizes(input.reference, &inner))
      }
      let words = Objective.allCases.map(\.rawValue)
      guard let word = inner.choice(node, words), let objective = Objective(rawValue: word) else {
        return (.netPresentCost, [], [:])
      }
      if objective == .weighted {
        inner.error(
          "The objective 'weighted' needs weights.",
          advice: "For example 'objective: {weights: {net_present_cost: 50 %, co2: 50 %}}'.", at: node.mark)
      }
      return (objective, [], [:])
    }
  }

  private func readWeights(_ node: Node?, _ decoding: inout Decoding) -> [GoalWeight] {
    guard let node else { return [] }
    let goals = Study.Goal.weighable.map(\.rawValue)
    return decoding.within("weights") { outer in
      guard let entries = node.entries, !entries.isEmpty else {
        outer.error("'weights' takes a mapping from goals to shares.", at: node.mark)
        return []
      }
      var weights: [GoalWeight] = []
      for entry in entries {
        outer.within(entry.key) { inner in
          guard let goal = Study.Goal(rawValue: entry.key), Study.Goal.weighable.contains(goal) else {
            inner.error(
              "'\(Node.short(entry.key))' is no goal that can be weighed; there are \(goals.joined(separator: ", ")).",
              advice: nearestName(to: entry.key, among: goals).map { "Did you mean '\($0)'?" } ?? "", at: entry.mark)
            return
          }
          if let weight = inner.number(entry.value, .share, in: .positiveShare) {
            weights.append(GoalWeight(goal: goal, weight: weight))
          }
        }
      }
      let sum = weights.reduce(0) { $0 + $1.weight }
      if weights.count == entries.count, abs(sum - 1) > 1e-6 {
        outer.error("The weights add up to \(sum * 100) %, not to 100 %.", at: node.mark)
      }
      return weights
    }
  }

  private func readReferenceSizes(_ node: Node?, _ decoding: inout Decoding) -> [String: Double] {
    guard let node else { return [:] }
    return decoding.within("reference") { outer in
      guard let entries = node.entries else {
        outer.error("'reference' takes a mapping from ids to sizes.", at: node.mark)
        return [:]
      }
      var sizes: [String: Double] = [:]
      for entry in entries {
        outer.within(entry.key) { inner in
          guard let size = inner.quantity(entry.value, takes: "a size such as '500 kW'") else { return }
          if size.isBare, size.number != 0 {
            inner.error("'\(entry.key)' needs a unit.", advice: "For example '500 kW'.", at: entry.value.mark)
          }
          sizes[entry.key] = size.number * size.unit.numerator / size.unit.denominator
        }
      }
      return sizes
    }
  }
}
