/// Which generators run. Those within their minimum run time are committed when this begins.
extension SimulationRun {
  /// What an evaluation of a set of generators gives; smaller is better, in this order.
  private struct Merit {
    var unmet: Double
    var shortage: Double
    var cost: Double

    func isBetter(than other: Merit) -> Bool {
      // Differences of rounding must not decide.
      if abs(unmet - other.unmet) > 1e-9 * (1 + max(unmet, other.unmet)) { return unmet < other.unmet }
      if abs(shortage - other.shortage) > 1e-9 * (1 + max(shortage, other.shortage)) {
        return shortage < other.shortage
      }
      return cost < other.cost - 1e-9 * (1 + abs(other.cost))
    }
  }

  /// Commits generators by the order asked for.
  ///
  /// `storageFirst`: as few as suffice for demand and reserve, as listed. `cheapest`: the set with the least cost of the
  /// step among those that suffice; more than eight generators are taken in the order listed instead of in all sets.
  mutating func commit(_ order: DispatchOrder, keepsReserve: Bool = true) {
    guard !committed.isEmpty else {
      shortage = shortage(with: committed)
      return
    }
    switch order {
    case .storageFirst: commitInTurn(keepsReserve: keepsReserve)
    case .cheapest: commitCheapest(keepsReserve: keepsReserve)
    }
    shortage = shortage(with: committed)
  }

  private mutating func commitInTurn(keepsReserve: Bool) {
    var next = 0
    var before = (unmet: Double.infinity, short: Double.infinity)
    var added: Int?
    while true {
      let unmet = unmet(with: committed)
      let short = keepsReserve ? shortageInAll(with: committed) : 0
      if let added {
        guard unmet < before.unmet - Self.nothing || short < before.short - Self.nothing else {
          // Where a converter is at its limit further machines are of no use.
          committed[added] = false
          return
        }
        reason.insert(before.unmet > Self.nothing ? .generatorForDemand : .generatorForReserve)
      }
      guard unmet > Self.nothing || short > Self.nothing else { return }
      while next < committed.count, committed[next] || problem.generators[next].size <= 0 { next += 1 }
      guard next < committed.count else { return }
      committed[next] = true
      (added, before) = (next, (unmet, short))
    }
  }

  private mutating func commitCheapest(keepsReserve: Bool) {
    let count = committed.count
    let base = committed
    var best = base
    var bestMerit = merit(of: base, keepsReserve: keepsReserve)
    var trial = base
    if count <= 8 {
      for set in 1..<(1 << count) {
        for g in 0..<count { trial[g] = base[g] || set >> g & 1 == 1 }
        guard trial != base else { continue }
        let merit = merit(of: trial, keepsReserve: keepsReserve)
        if merit.isBetter(than: bestMerit) { (best, bestMerit) = (trial, merit) }
      }
    } else {
      for g in 0..<count where !trial[g] {
        trial[g] = true
        let merit = merit(of: trial, keepsReserve: keepsReserve)
        if merit.isBetter(than: bestMerit) { (best, bestMerit) = (trial, merit) }
      }
    }
    if best != base {
      if unmet(with: base) > Self.nothing {
        reason.insert(.generatorForDemand)
      } else if keepsReserve, shortageInAll(with: base) > Self.nothing {
        reason.insert(.generatorForReserve)
      } else {
        reason.insert(.generatorCheapest)
      }
    }
    committed = best
  }

  /// Demand that stays unmet with these generators, all storages and the grid at their limits; what waiting demand is due
  /// counts too, and storages give nothing to it.
  private func unmet(with committed: [Bool]) -> Double {
    var trial = network
    for s in rules.indices {
      _ = trial.supply(at: problem.storages[s].bus, upTo: dischargeLimit[s] - max(0, storagePower[s]))
    }
    for (d, demand) in problem.deferrables.enumerated() { _ = trial.supply(at: demand.bus, upTo: givingLimit[d]) }
    ask(&trial)
    _ = trial.supply(at: .ac, upTo: buyLimit)
    for g in committed.indices where committed[g] { _ = trial.supply(at: .ac, upTo: problem.generators[g].size) }
    return trial.need
  }

  /// Demand unmet, reserve short and cost of the step with these generators, dispatched by marginal cost.
  private func merit(of committed: [Bool], keepsReserve: Bool) -> Merit {
    var trial = network
    var cost = 0.0
    for g in committed.indices where committed[g] {
      let generator = problem.generators[g]
      let least = generator.minimumLoad * generator.size
      trial.push(least)
      cost += (generator.fixedCost + generator.marginalCost * least) * problem.stepHours
      if !isRunning[g] { cost += generator.startCost }
    }
    var left = offers.map { offer -> Double in
      if offer.member < 0 { return buyLimit }
      if offer.member < committed.count {
        let generator = problem.generators[offer.member]
        return committed[offer.member] ? generator.size * (1 - generator.minimumLoad) : 0
      }
      let s = offer.member - committed.count
      return dischargeLimit[s] - max(0, storagePower[s])
    }
    func take(_ i: Int) {
      let member = offers[i].member
      let bus = member < committed.count ? .ac : problem.storages[member - committed.count].bus
      let used = trial.supply(at: bus, upTo: left[i])
      left[i] -= used
      cost += used * offers[i].cost * problem.stepHours
    }
    for i in offers.indices { take(i) }
    for (d, demand) in problem.deferrables.enumerated() { _ = trial.supply(at: demand.bus, upTo: givingLimit[d]) }
    if problem.deferrables.indices.contains(where: { duePower[$0] > forcedPower[$0] }) {
      ask(&trial)
      for i in offers.indices where offers[i].member < committed.count { take(i) }
    }
    return Merit(unmet: trial.need, shortage: keepsReserve ? shortageInAll(with: committed) : 0, cost: cost)
  }

  /// Meets the demand with what is committed, by the order asked for.
  mutating func meetDemand(_ order: DispatchOrder) {
    switch order {
    case .storageFirst:
      dischargeStorages()
      askWhatIsDue()
      buy(upTo: buyLimit)
      for g in committed.indices { raise(g) }
    case .cheapest:
      for offer in offers { take(offer) }
      giveBack()
      askWhatIsDue()
      for offer in offers where offer.member < committed.count { take(offer) }
    }
  }

  private mutating func take(_ offer: Offer) {
    if offer.member < 0 {
      buy(upTo: buyLimit)
    } else if offer.member < committed.count {
      raise(offer.member)
    } else {
      discharge(offer.member - committed.count)
    }
  }
}
