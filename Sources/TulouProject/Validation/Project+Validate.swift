public import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Project {
  /// Everything there is to say about a project that was made or changed in code: what its parts lack, then what the rules say that a
  /// file's project has to obey.
  ///
  /// - Returns: Errors, warnings and notes; empty where all is well. With an error it cannot be planned.
  public func validate() -> [Diagnostic] {
    var decoding = Decoding(files: [], seriesReader: NoFiles())
    decoding.horizon = horizon
    decoding.wholeHorizon = horizon
    decoding.calendar = calendar
    decoding.currency = economy.currency
    PartCheck(project: self).run(&decoding)
    if !decoding.hasErrors { Validation.check(self, Node(.mapping([])), &decoding) }
    return Diagnostic.shown(decoding.diagnostics)
  }
}

/// Names that lead nowhere, series of a wrong length, and numbers that are none.
private struct PartCheck {
  let project: Project

  func run(_ decoding: inout Decoding) {
    economy(&decoding)
    names(&decoding)
    for demand in project.demands { check(demand, &decoding) }
    for component in project.components {
      decoding.within("components.\(component.id)") { inner in
        check(component.block, &inner)
        for size in component.sizes { check(size, &inner) }
      }
    }
    for market in project.markets { check(market, &decoding) }
  }

  private func economy(_ decoding: inout Decoding) {
    let economy = project.economy
    decoding.within("economy") { inner in
      if !(economy.realDiscountRate > -1 && economy.realDiscountRate <= 10) {
        inner.error("The real discount rate is \(economy.realDiscountRate), and has to be above -1.", at: Mark())
      }
      if !(economy.lifetime >= 1 && economy.lifetime <= 1000) {
        inner.error("The lifetime is \(economy.lifetime) years, and has to be 1 to 1000.", at: Mark())
      }
    }
    if project.horizon.steps < 1 { decoding.error("The horizon has no steps.", at: Mark()) }
  }

  /// Ids are told apart, and every carrier and member that is named is there.
  private func names(_ decoding: inout Decoding) {
    let ids =
      project.buses.map(\.id) + project.members.map(\.id) + project.demands.map(\.id) + project.components.map(\.id)
      + project.markets.map(\.id)
    var seen: Set<String> = []
    for id in ids where !seen.insert(id).inserted {
      decoding.error("The id '\(id)' stands twice.", advice: "Ids share one name space.", at: Mark())
    }
    let carriers = Set(project.carriers.map(\.id))
    for bus in project.buses where !carriers.contains(bus.carrier) {
      decoding.within("buses.\(bus.id)") { $0.error("There is no carrier '\(bus.carrier)'.", at: Mark()) }
    }
    let members = Set(project.members.map(\.id))
    let owned =
      project.demands.map { ("demands.\($0.id)", $0.member) }
      + project.components.map { ("components.\($0.id)", $0.member) }
    for case (let path, let member?) in owned where !members.contains(member) {
      decoding.within(path) { $0.error("There is no member '\(member)'.", at: Mark()) }
    }
  }

  private func check(_ demand: Demand, _ decoding: inout Decoding) {
    decoding.within("demands.\(demand.id)") { inner in
      bus(demand.bus, &inner)
      series(demand.power, "power", from: 0, isWhole: true, &inner)
      if case .vehicles(let fleet) = demand.kind {
        for (name, values) in [
          ("charge power", fleet.chargePower), ("discharge power", fleet.dischargePower),
          ("least content", fleet.leastContent), ("greatest content", fleet.greatestContent),
          ("trip energy", fleet.tripEnergy),
        ] { series(values, name, from: 0, isWhole: true, &inner) }
      }
      let shares = demand.tiers.reduce(0) { $0 + $1.share }
      if !demand.tiers.isEmpty, !(abs(shares - 1) < 1e-6) {
        inner.error("The shares of its tiers come to \(shares), and have to come to 1.", at: Mark())
      }
    }
  }

  private func check(_ block: Block, _ decoding: inout Decoding) {
    switch block {
    case .source(let source):
      bus(source.bus, &decoding)
      switch source.supply {
      case .share(let values): series(values, "share", from: 0, isWhole: true, &decoding)
      case .natural(let values): series(values, "natural", from: 0, isWhole: true, &decoding)
      case .reservoir(let lake): series(lake.inflow, "inflow", from: -.infinity, isWhole: true, &decoding)
      case .stock(let energy): series([energy], "stock", from: 0, &decoding)
      }
      series(source.costPerKWh.values, "cost per kWh", &decoding)
    case .converter(let converter):
      for port in converter.ports {
        bus(port.bus, &decoding)
        series(port.coefficient, "coefficient of \(port.name.rawValue)", &decoding)
      }
      if !converter.ports.indices.contains(converter.ratedPort) {
        decoding.error("Its rated port is none of its \(converter.ports.count) ports.", at: Mark())
      }
      series(converter.costPerKWh.values, "cost per kWh", &decoding)
    case .storage(let storage):
      bus(storage.bus, &decoding)
      for (name, value) in [("charge", storage.chargeEfficiency), ("discharge", storage.dischargeEfficiency)]
      where !(value > 0 && value <= 1) {
        decoding.error("Its \(name) efficiency is \(value), and has to be above 0 and at most 1.", at: Mark())
      }
      series(storage.costPerKWh.values, "cost per kWh", &decoding)
    case .link(let link):
      bus(link.from, &decoding)
      bus(link.to, &decoding)
      if !(link.efficiency > 0 && link.efficiency <= 1) {
        decoding.error("Its efficiency is \(link.efficiency), and has to be above 0 and at most 1.", at: Mark())
      }
      series(link.costPerKWh.values, "cost per kWh", &decoding)
    }
  }

  private func check(_ size: Size, _ decoding: inout Decoding) {
    let most = size.maximum ?? .infinity
    if !(size.existing >= 0 && size.existing.isFinite && size.minimum >= 0 && size.minimum.isFinite && most >= 0) {
      decoding.error("A size and its limits are numbers from zero.", at: Mark())
    } else if size.minimum > most {
      decoding.error("Its least total \(size.minimum.plain) is above its greatest \(most.plain).", at: Mark())
    }
    let cost = size.cost
    let payments = [cost.capital, cost.fixedCapital, cost.replacement, cost.operation, cost.fixedOperation]
    if !payments.allSatisfy(\.isFinite) { decoding.error("A cost is no number.", at: Mark()) }
    if let life = cost.life, !(life > 0) {
      decoding.error("Its life is \(life) years, and has to be above 0.", at: Mark())
    }
  }

  private func check(_ market: Market, _ decoding: inout Decoding) {
    decoding.within("markets.\(market.id)") { inner in
      bus(market.bus, &inner)
      for (name, price) in [("buy", market.buy), ("sell", market.sell)] {
        guard let price else { continue }
        series(price.price.values, name, &inner)
        if !price.bandOfStep.isEmpty, price.bandOfStep.count != project.horizon.steps {
          inner.error(
            "'\(name)' has bands for \(price.bandOfStep.count) steps of \(project.horizon.steps).", at: Mark())
        }
      }
      for case let values? in [market.emission?.values, market.marginalEmission?.values] {
        series(values, "emission", &inner)
      }
    }
  }

  private func bus(_ id: String, _ decoding: inout Decoding) {
    guard !project.buses.contains(where: { $0.id == id }) else { return }
    let near = nearestName(to: id, among: project.buses.map(\.id)).map { "Did you mean '\($0)'?" } ?? ""
    decoding.error("There is no bus '\(id)'.", advice: near, at: Mark())
  }

  /// - Parameter isWhole: Whether one value that holds for all steps will not do.
  private func series(
    _ values: [Double], _ name: String, from least: Double = -.infinity, isWhole: Bool = false,
    _ decoding: inout Decoding
  ) {
    let steps = project.horizon.steps
    if values.count != steps, isWhole || values.count != 1 {
      decoding.error(
        "'\(name)' has \(values.count) values, and the horizon has \(steps) steps.",
        advice: isWhole ? "Give one value a step." : "Give one value a step, or one for all.", at: Mark())
    }
    if let place = values.firstIndex(where: { !$0.isFinite || $0 < least }) {
      decoding.error(
        "'\(name)' is \(values[place]) in step \(place + 1), and has to be a number\(least == 0 ? " from zero" : "").",
        at: Mark())
    }
  }
}
