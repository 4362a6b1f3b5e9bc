import TulouDocument
import TulouFinance
import TulouQuantities

extension CommonInput {
  /// The component of one size in `unit`, its costs read; the block is made from the cost per kWh.
  func component(
    _ id: String, kind: String, unit: CapacityUnit, capacity required: CapacityNeed, _ node: Node,
    _ decoding: inout Decoding, block: (PathSeries) -> Block
  ) -> Component? {
    var sizes: [Size] = []
    if let capacity {
      guard let size = decoding.within("capacity", { $0.size(capacity, unit) }) else { return nil }
      sizes = [size]
    } else if required == .needed {
      decoding.error(
        "'\(id)' needs 'capacity'.", advice: "For example 'capacity: {max: \(unit.measure.example)}'.", at: node.mark)
      return nil
    }
    let perKWh = applyCosts(to: &sizes, [unit], hours: nil, node, &decoding)
    return finished(Component(id: id, kind: kind, block: block(perKWh ?? PathSeries(0)), sizes: sizes))
  }

  /// Name, owner and catalogue entry.
  func finished(_ component: Component) -> Component {
    var component = component
    component.name = name ?? component.id
    component.member = member
    component.catalogueEntry = use
    component.maximumHours = maximumHours
    return component
  }

  /// Reads the costs into the sizes; returns the cost per kWh of flow.
  ///
  /// With `hours` (fixed content per power) costs of energy are added to the one size in kW.
  func applyCosts(
    to sizes: inout [Size], _ units: [CapacityUnit], hours: Double?, _ node: Node, _ decoding: inout Decoding
  ) -> PathSeries? {
    let capitalCost = capital.map { node in decoding.within("capital") { $0.cost(node, units) } }
    let replacementCost = replacement.map { node in decoding.within("replacement") { $0.cost(node, units) } }
    let yearly = operation.map { node in decoding.within("operation") { $0.operation(node, units) } }
    let landPerUnit = land.flatMap { node in
      decoding.within("land") { $0.steadyAmount(node, units.map(\.land), in: .notNegative) }
    }
    let embodiedPerUnit = embodied.flatMap { node in
      decoding.within("embodied") { $0.embodied(node, units) }
    }
    if sizes.isEmpty {
      let paid = [capitalCost, replacementCost].compactMap(\.self)
      if paid.contains(where: { !$0.perUnit.isEmpty || $0.fixed > 0 }) || !(yearly?.perUnit.isEmpty ?? true) {
        decoding.error(
          "A cost per unit of capacity needs 'capacity'.", at: (capital ?? operation ?? node).mark)
      }
      decoding.idle(["land", "embodied", "life"], of: node, because: "it has no 'capacity'")
      return yearly?.perKWh
    }
    let isPaid = [capitalCost, replacementCost].compactMap(\.self).contains { !$0.perUnit.isEmpty || $0.fixed > 0 }
    if isPaid {
      decoding.assume("life", "the project's lifetime", in: node)
      decoding.assume("replacement", "as 'capital'", in: node)
    } else if embodied == nil {
      decoding.idle(["life"], of: node, because: "nothing is paid for it that would be paid again")
    }
    func perUnit(_ cost: CostInput?, _ size: Size) -> Double {
      guard let cost else { return 0 }
      let own = cost.perUnit[size.unit] ?? 0
      guard let hours, size.unit == "kW" else { return own }
      return own + hours * (cost.perUnit["kWh"] ?? 0)
    }
    for i in sizes.indices {
      var cost = SizeCost()
      cost.capital = perUnit(capitalCost, sizes[i])
      cost.replacement = replacementCost == nil ? cost.capital : perUnit(replacementCost, sizes[i])
      cost.operation = perUnit(yearly, sizes[i])
      cost.operationEscalation = yearly?.escalation ?? 0
      cost.life = life
      if i == 0 {
        // What is paid once belongs to the first size of a component.
        cost.fixedCapital = capitalCost?.fixed ?? 0
        cost.fixedReplacement = replacementCost?.fixed ?? cost.fixedCapital
        cost.fixedOperation = yearly?.fixed ?? 0
      }
      sizes[i].cost = cost
      if let embodiedPerUnit {
        let unit = units[embodiedPerUnit.measure].name
        if unit == sizes[i].unit {
          sizes[i].embodied = embodiedPerUnit.value
        } else if let hours, unit == "kWh" {
          sizes[i].embodied = embodiedPerUnit.value.scaled(by: hours)
        }
      }
      if let landPerUnit {
        let unit = units[landPerUnit.measure].name
        if unit == sizes[i].unit {
          sizes[i].landPerUnit = landPerUnit.value
        } else if let hours, unit == "kWh" {
          sizes[i].landPerUnit = landPerUnit.value * hours
        }
      }
    }
    let written = Set(sizes.map(\.unit))
    for (name, amount) in [("land", landPerUnit?.measure), ("embodied", embodiedPerUnit?.measure)] {
      guard let amount, !written.contains(units[amount].name), hours == nil else { continue }
      let unit = units[amount].name
      decoding.within(name) {
        $0.error("'\(name)' is per \(unit), but this has no size in \(unit).", at: (node[name] ?? node).mark)
      }
    }
    for (name, cost) in [("capital", capitalCost), ("replacement", replacementCost), ("operation", yearly)] {
      for unit in cost?.perUnit.keys.sorted() ?? [] where !written.contains(unit) && hours == nil {
        decoding.within(name) {
          $0.error("'\(name)' is per \(unit), but this has no size in \(unit).", at: (node[name] ?? node).mark)
        }
      }
    }
    return yearly?.perKWh
  }
}

/// Whether a component can do without a capacity.
enum CapacityNeed: Sendable { case needed, optional }

/// A converter from ports with constant or varying coefficients per unit of the reference flow.
struct PortPlan {
  var name: ConverterBlock.PortName
  var place: Surroundings.Place
  var coefficient: [Double]
}

extension ConverterBlock {
  /// A block whose driving flow is that of the port named `rated`: every coefficient is divided by its size.
  init?(_ ports: [PortPlan], rated: PortName) {
    guard let index = ports.firstIndex(where: { $0.name == rated }) else { return nil }
    let base = ports[index].coefficient
    let scaled = ports.enumerated().map { i, plan in
      if i == index {
        return Port(name: plan.name, bus: plan.place.id, coefficient: [base[0] < 0 ? -1 : 1])
      }
      let count = max(base.count, plan.coefficient.count)
      let values = (0..<count).map { t in
        plan.coefficient[plan.coefficient.count == 1 ? 0 : t] / abs(base[base.count == 1 ? 0 : t])
      }
      return Port(name: plan.name, bus: plan.place.id, coefficient: values)
    }
    self.init(ports: scaled, ratedPort: index)
    fuelPort = scaled.firstIndex { $0.name == .fuel }
  }
}
