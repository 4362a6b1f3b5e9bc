package import Tulou

/// The printed inputs of the Shenzhen study as a project of `Examples/shenzhen` takes them.
package enum ShenzhenInputs {
  /// What a project uses for the printed inputs of tables 5 and 6, by id of `published.csv`, in its unit.
  package static func used(_ project: Project, stage: String) -> [String: Double] {
    var used: [String: Double] = [:]
    func cost(_ id: String) -> SizeCost? { project.components.first { $0.id == id }?.sizes.first?.cost }
    func market(_ id: String) -> Market? { project.markets.first { $0.id == id } }
    for (id, name) in [("panels", "pv"), ("wind", "wind"), ("turbines", "gas"), ("reservoirs", "psh")] {
      guard let cost = cost(id) else { continue }
      used["t5.\(name).operation"] = cost.operation
      used["t5.\(name).life"] = cost.life
    }
    // Turbines and panels are priced with their auxiliaries.
    used["t5.pv+"] = cost("panels")?.capital
    used["t5.wind+"] = cost("wind")?.capital
    used["t5.converter"] = cost("converter")?.capital
    used["t5.gas"] = cost("turbines")?.capital
    used["t5.psh"] = cost("reservoirs")?.capital
    for component in project.components where component.id == "reservoirs" {
      guard case .storage(let block) = component.block else { continue }
      used["t5.psh.efficiency"] = block.chargeEfficiency * block.dischargeEfficiency
    }
    used["t6.rate"] = project.economy.realDiscountRate * 100
    used["t6.carbon"] = (project.economy.carbonPrice.values.first ?? 0) * 1000
    used["t6.sale"] = market("grid")?.sell?.price[0]
    used["t6.rf.\(stage)"] = project.limits.renewableFraction.map { $0 * 100 }
    if let fuel = market("gas"), let price = fuel.buy?.price[0],
      let content = project.carrier(ofBus: fuel.bus)?.heatingValue
    {
      used["t6.gas"] = price * content
    }
    used["t7.grid.\(stage)"] = market("grid")?.buyLimit.map { $0 / 1000 }
    used["grid.factor"] = market("grid")?.emission?[0]
    return used
  }
}
