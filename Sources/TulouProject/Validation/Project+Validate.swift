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
    let later =
      stages.map { ("stages.\($0.id): ", $0.project.validate()) }
      + weatherYears.filter { $0.project.weatherYears.isEmpty }
      .map { ("weather_years.\($0.name): ", $0.project.validate()) }
    let known = Set(decoding.diagnostics.map { $0.path + $0.message })
    for (prefix, findings) in later {
      for finding in findings where !known.contains(finding.path + finding.message) {
        var told = finding
        told.path = prefix + finding.path
        decoding.diagnostics.append(told)
      }
    }
    return Diagnostic.shown(decoding.diagnostics)
  }
}

/// Names that lead nowhere, series of a wrong length, and numbers that are none.
private struct PartCheck {
  let project: Project

  func run(_ decoding: inout Decoding) {
    numbers(&decoding)
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
    for (key, limit) in project.limits.values.sorted(by: { $0.key.name < $1.key.name }) {
      decoding.within(key.path) { number(limit, "value", 0...most, &$0) }
    }
  }

  /// No field of any part is without a number.
  private func numbers(_ decoding: inout Decoding) {
    let parts: [(path: String, part: Any)] =
      [
        ("economy", project.economy), ("limits", project.limits), ("reliability", project.reliability),
        ("sharing", project.sharing),
      ] + (project.reference.map { [("reference", $0)] } ?? [])
      + project.buses.map { ("buses.\($0.id)", $0) } + project.members.map { ("members.\($0.id)", $0) }
      + project.carriers.map { ("carriers.\($0.id)", $0) } + project.demands.map { ("demands.\($0.id)", $0) }
      + project.components.map { ("components.\($0.id)", $0) } + project.markets.map { ("markets.\($0.id)", $0) }
      + project.policies.map { ("policies.\($0.id)", $0) }
    for (path, part) in parts {
      guard let field = NumberCheck.place(in: part) else { continue }
      decoding.within(path) { $0.error("'\(field)' is no number (nan).", advice: "Give it a number.", at: Mark()) }
    }
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
      number(demand.growth, "growth", -1...10, &inner)
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
      number(source.degradation, "yearly loss of output", 0...1, &decoding)
    case .converter(let converter):
      for port in converter.ports {
        bus(port.bus, &decoding)
        series(port.coefficient, "coefficient of \(port.name.rawValue)", &decoding)
      }
      if !converter.ports.indices.contains(converter.ratedPort) {
        decoding.error("Its rated port is none of its \(converter.ports.count) ports.", at: Mark())
      }
      series(converter.costPerKWh.values, "cost per kWh", &decoding)
      number(converter.noLoad, "use at no load", 0...most, &decoding)
      number(converter.minimumLoad, "least load", 0...1, &decoding)
      for (name, value) in [
        ("cost of a start", converter.startCost), ("least run", converter.minimumRunHours),
        ("cost of an hour", converter.runCost), ("life in hours", converter.lifeHours ?? 0),
      ] { number(value, name, 0...most, &decoding) }
    case .storage(let storage):
      bus(storage.bus, &decoding)
      for (name, value) in [("charge", storage.chargeEfficiency), ("discharge", storage.dischargeEfficiency)]
      where !(value > 0 && value <= 1) {
        decoding.error("Its \(name) efficiency is \(value), and has to be above 0 and at most 1.", at: Mark())
      }
      series(storage.costPerKWh.values, "cost per kWh", &decoding)
      number(storage.standingLoss, "loss per hour", 0...1, &decoding)
      number(storage.depth, "depth", 0...1, &decoding)
      number(storage.initialShare ?? 0, "content at the start", 0...1, &decoding)
      number(storage.cycleLife ?? 1, "life in cycles", 0...most, &decoding)
      switch storage.shape {
      case .hours(let hours): number(hours, "hours", 0...most, &decoding)
      case .hoursBetween(let low, let high):
        number(low, "least hours", 0...most, &decoding)
        if !(high >= low) { decoding.error("Its hours go from \(low) to \(high).", at: Mark()) }
      case .independent, .energyOnly: break
      }
    case .link(let link):
      bus(link.from, &decoding)
      bus(link.to, &decoding)
      if !(link.efficiency > 0 && link.efficiency <= 1) {
        decoding.error("Its efficiency is \(link.efficiency), and has to be above 0 and at most 1.", at: Mark())
      }
      series(link.costPerKWh.values, "cost per kWh", &decoding)
      if let limit = link.limit, !(limit >= 0) {
        decoding.error("Its limit is \(limit), and has to be a number from zero.", at: Mark())
      }
      number(link.chargePerKWh, "charge per kWh", -most...most, &decoding)
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
    number(cost.operationEscalation, "growth of operation", -1...10, &decoding)
    number(size.landPerUnit, "land per unit", 0...self.most, &decoding)
    switch size.choice {
    case .continuous: break
    case .multiples(let unit):
      if !(unit > 0 && unit.isFinite) {
        decoding.error("A unit of it is \(unit), and has to be a number above 0.", at: Mark())
      }
    case .options(let totals):
      if totals.isEmpty || !totals.allSatisfy({ $0 >= 0 && $0.isFinite }) {
        decoding.error("Its options have to be numbers from zero, one at least.", at: Mark())
      }
    case .fixed(let total): number(total, "fixed total", 0...self.most, &decoding)
    }
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
      for case let price? in [market.buy, market.sell] { bands(of: price, &inner) }
      for (name, limit) in [("buy limit", market.buyLimit), ("sell limit", market.sellLimit)] {
        if let limit, !(limit >= 0) {
          inner.error("Its \(name) is \(limit), and has to be a number from zero.", at: Mark())
        }
      }
      number(market.renewableShare, "renewable share", 0...1, &inner)
      for charge in [market.fixedChargePerMonth, market.fixedChargePerDay, market.minimumPerMonth] {
        number(charge, "fixed charge", -most...most, &inner)
      }
      for charge in market.demandCharges {
        for rate in charge.terms.rates { number(rate, "demand charge", -most...most, &inner) }
      }
      let steps = project.horizon.steps
      let masks =
        market.demandCharges.compactMap(\.steps) + [market.outages?.planned, market.outages?.failed].compactMap(\.self)
      for mask in masks where !mask.isEmpty && mask.count != steps {
        inner.error("A mask of hours has \(mask.count) values, and the horizon has \(steps) steps.", at: Mark())
      }
    }
  }

  /// Bands and tiers of a price belong together.
  private func bands(of price: Market.Price, _ decoding: inout Decoding) {
    if let stray = price.bandOfStep.first(where: { Int($0) >= price.bandCount }) {
      decoding.error("A step is in band \(Int(stray) + 1) of \(price.bandCount).", at: Mark())
    }
    let counts: Set = [1, price.bandCount]
    for tier in price.tiers where !counts.contains(tier.limits.count) || !counts.contains(tier.prices.count) {
      decoding.error(
        "A tier has \(tier.limits.count) limits and \(tier.prices.count) prices for \(price.bandCount) bands.",
        at: Mark())
    }
  }

  /// Greatest amount that is taken for a number of the field's.
  private var most: Double { Measure.greatest }

  private func number(
    _ value: Double, _ name: String, _ range: ClosedRange<Double>, _ decoding: inout Decoding
  ) {
    guard !range.contains(value) else { return }
    decoding.error(
      "Its \(name) is \(value), and has to be between \(range.lowerBound.plain) and \(range.upperBound.plain).",
      at: Mark())
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
    if let place = values.firstIndex(where: { !(abs($0) <= most) || $0 < least }) {
      decoding.error(
        "'\(name)' is \(values[place]) in step \(place + 1), and has to be a number\(least == 0 ? " from zero" : "").",
        at: Mark())
    }
  }
}
