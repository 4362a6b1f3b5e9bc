/// Following a plan of the coming hours: what was planned is done; what reality adds is taken from storages whose content
/// is worth no more than a purchase, then bought, then made by machines that run, then taken from the other storages, then
/// made by machines that start; what it leaves over lowers machines and discharges, charges, is sold and is thrown away,
/// in this order.
extension SimulationRun {
  mutating func follow(_ wanted: Setpoints) {
    reason.insert(.planned)
    let surplus = network.surplus
    for g in committed.indices where wanted.generators[g] > Self.nothing && problem.generators[g].size > 0 {
      committed[g] = true
    }
    for g in committed.indices where committed[g] {
      let generator = problem.generators[g]
      let least = generator.minimumLoad * generator.size
      generatorPower[g] = min(generator.size, max(least, wanted.generators[g]))
      network.ac -= generatorPower[g]
    }
    for (d, demand) in problem.deferrables.enumerated() {
      if wanted.deferrables[d] < 0 {
        let given = min(-wanted.deferrables[d], givingLimit[d])
        deferrablePower[d] -= given
        demand.bus == .ac ? (network.ac -= given) : (network.dc -= given)
        if given > Self.nothing { reason.insert(.vehiclesServe) }
        continue
      }
      let peak = waiting[d].peak(t)
      let most = min(peak, waiting[d].room(t, tank: tanks[d]))
      let more = min(wanted.deferrables[d], most) - deferrablePower[d]
      guard more > Self.nothing, deferrablePower[d] + more >= demand.minimumLoad * peak - Self.nothing else { continue }
      deferrablePower[d] += more
      reason.insert(.deferrableServed)
      demand.bus == .ac ? (network.ac += more) : (network.dc += more)
      // What reality does not allow is cut again like demand that could not wait.
      forcedPower[d] = deferrablePower[d]
    }
    for s in rules.indices {
      // What would run over has passed the turbines already.
      let power = max(-chargeLimit[s], min(dischargeLimit[s], wanted.storages[s])) - storagePower[s]
      guard problem.storages[s].inflow.isEmpty || power > 0 else { continue }
      storagePower[s] += power
      problem.storages[s].bus == .ac ? (network.ac -= power) : (network.dc -= power)
      if power > Self.nothing { reason.insert(.storageServes) }
      if power < -Self.nothing { reason.insert(.plannedCharge) }
    }
    network.even()
    // What is left unserved on purpose is no need, until all else is done.
    let onAC = min(wanted.unserved, max(0, network.ac))
    let onDC = min(wanted.unserved - onAC, max(0, network.dc))
    network.ac -= onAC
    network.dc -= onDC
    coverNeed(wanted)
    network.ac += onAC
    network.dc += onDC
    sell(upTo: wanted.sold)
    useSurplusOfPlan()
    payForPlannedCharge(surplus: surplus)
    shortage = shortage(with: committed)
  }

  private mutating func coverNeed(_ wanted: Setpoints) {
    buy(upTo: min(buyLimit, wanted.bought ?? buyLimit))
    let storageBeforeGrid = wanted.storageBeforeGrid
    for s in rules.indices where storageBeforeGrid.indices.contains(s) && storageBeforeGrid[s] { giveMore(s) }
    buy(upTo: buyLimit)
    for g in committed.indices { raise(g) }
    for s in rules.indices { giveMore(s) }
    giveBack()
    for g in committed.indices where network.need > Self.nothing && !committed[g] && problem.generators[g].size > 0 {
      committed[g] = true
      reason.insert(.generatorForDemand)
      let generator = problem.generators[g]
      let least = generator.minimumLoad * generator.size
      generatorPower[g] = least
      network.push(least)
      raise(g)
    }
  }

  /// Storage s charges less, then gives more, as far as it is needed.
  private mutating func giveMore(_ s: Int) {
    if network.need > 0, storagePower[s] < 0 {
      storagePower[s] += network.supply(at: problem.storages[s].bus, upTo: -storagePower[s])
    }
    guard network.need > 0 else { return }
    let more = network.supply(at: problem.storages[s].bus, upTo: dischargeLimit[s] - max(0, storagePower[s]))
    storagePower[s] += more
    if more > Self.nothing { reason.insert(.storageServes) }
  }

  private mutating func useSurplusOfPlan() {
    for g in committed.indices.reversed() where committed[g] && network.ac < 0 {
      let generator = problem.generators[g]
      let lowered = min(-network.ac, generatorPower[g] - generator.minimumLoad * generator.size)
      guard lowered > 0 else { continue }
      generatorPower[g] -= lowered
      network.ac += lowered
    }
    for (d, demand) in problem.deferrables.enumerated() where network.surplus > 0 && deferrablePower[d] < 0 {
      deferrablePower[d] += network.absorb(at: demand.bus, upTo: -deferrablePower[d])
    }
    for s in rules.indices where network.surplus > 0 && storagePower[s] > 0 {
      storagePower[s] -= network.absorb(at: problem.storages[s].bus, upTo: storagePower[s])
    }
    chargeStorages()
    serveDeferrables()
    sell()
  }

  private mutating func sell(upTo wanted: Double) {
    guard wanted > 0, sellLimit > 0, network.surplus > 0 else { return }
    let taken = network.absorb(at: .ac, upTo: min(wanted, sellLimit) - sold)
    sold += taken
    if taken > 0 { reason.insert(.surplusSold) }
  }
}
