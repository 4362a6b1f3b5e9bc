/// What a strategy can do in a step; each action notes its reason.
extension SimulationRun {
  /// Committed generators at their least load, whether it is needed or not.
  mutating func runAtMinimum() {
    for g in committed.indices where committed[g] {
      let least = problem.generators[g].minimumLoad * problem.generators[g].size
      if least > max(0, network.ac) { reason.insert(.generatorAtMinimum) }
      generatorPower[g] = least
      network.push(least)
    }
  }

  /// Storage s covers what is needed, as far as it can.
  mutating func discharge(_ s: Int) {
    guard network.need > 0 else { return }
    let left = dischargeLimit[s] - max(0, storagePower[s])
    let used = network.supply(at: problem.storages[s].bus, upTo: left)
    storagePower[s] += used
    if used > 0 { reason.insert(.storageServes) }
    guard network.need > Self.nothing else { return }
    reason.insert(left - used > Self.nothing ? .converterAtLimit : rules[s].whyNoMoreIsGiven(contents[s], t))
  }

  /// Every storage in turn, then parked vehicles.
  mutating func dischargeStorages() {
    for s in rules.indices { discharge(s) }
    giveBack()
  }

  /// Parked vehicles that may give back cover what is needed, as far as their trips to come allow.
  mutating func giveBack() {
    for (d, demand) in problem.deferrables.enumerated() where network.need > 0 && givingLimit[d] > 0 {
      guard deferrablePower[d] <= 0 else { continue }
      let used = network.supply(at: demand.bus, upTo: givingLimit[d] + deferrablePower[d])
      deferrablePower[d] -= used
      if used > 0 { reason.insert(.vehiclesServe) }
    }
  }

  /// Lakes hold back what nobody takes; what finds no room runs over without passing the turbines.
  mutating func holdBack() {
    for s in rules.indices where !problem.storages[s].inflow.isEmpty && storagePower[s] > 0 && network.surplus > 0 {
      storagePower[s] -= network.absorb(at: problem.storages[s].bus, upTo: storagePower[s])
    }
  }

  /// Buys what is needed, up to `limit` in all.
  mutating func buy(upTo limit: Double) {
    guard problem.grid != nil, network.need > 0 else { return }
    let used = network.supply(at: .ac, upTo: min(limit, buyLimit) - bought)
    bought += used
    if used > 0 { reason.insert(.gridServes) }
    if network.need > Self.nothing, limit >= buyLimit { reason.insert(.gridAtLimit) }
  }

  /// Committed generator g gives more, as far as it is needed.
  mutating func raise(_ g: Int) {
    guard committed[g], network.need > 0 else { return }
    generatorPower[g] += network.supply(at: .ac, upTo: problem.generators[g].size - generatorPower[g])
  }

  /// Surplus to waiting demand, then to storages that do not discharge, then sold.
  mutating func useSurplus() {
    serveDeferrables()
    chargeStorages()
    sell()
  }

  /// Surplus to waiting demand.
  mutating func serveDeferrables() {
    for (d, demand) in problem.deferrables.enumerated()
    where network.surplus > Self.nothing && deferrablePower[d] >= 0 {
      let peak = waiting[d].peak(t)
      let greatest = min(peak, waiting[d].room(t, tank: tanks[d])) - deferrablePower[d]
      guard greatest > Self.nothing else { continue }
      var trial = network
      let taken = trial.absorb(at: demand.bus, upTo: greatest)
      let drawn = trial.ac - network.ac
      // Below its minimum load the equipment stands still.
      guard deferrablePower[d] + taken >= demand.minimumLoad * peak - Self.nothing else { continue }
      network = trial
      freeOnAC = max(0, freeOnAC - drawn)
      deferrablePower[d] += taken
      if taken > 0 { reason.insert(.deferrableServed) }
    }
  }

  /// Surplus into storages that do not discharge in this step.
  mutating func chargeStorages(_ why: Reason = .surplusCharges) {
    for s in rules.indices where network.surplus > 0 && storagePower[s] <= 0 && problem.storages[s].inflow.isEmpty {
      let room = chargeLimit[s] + storagePower[s], before = network.ac
      let taken = network.absorb(at: problem.storages[s].bus, upTo: room)
      storagePower[s] -= taken
      if taken > 0 { reason.insert(why) }
      payForCharge(s, drawn: network.ac - before)
      guard network.surplus > Self.nothing else { continue }
      reason.insert(room - taken > Self.nothing ? .converterAtLimit : rules[s].whyNoMoreIsTaken(contents[s], t))
    }
  }

  /// Surplus to the grid.
  mutating func sell() {
    guard sellLimit > 0, network.surplus > 0 else { return }
    let taken = network.absorb(at: .ac, upTo: sellLimit - sold)
    sold += taken
    if taken > 0 { reason.insert(.surplusSold) }
  }
}
