/// Cycle charging: a generator that must run gives all it can, and what the demand leaves charges the storage.
///
/// With a set point, charging once begun goes on, generator running, until the state of charge reaches it or the sources
/// fill the storage as fast as it can take. Surplus of sources is never pushed aside: a running generator first backs off to its minimum before anything is thrown away
/// or sold.
///
/// Source: Barley, Winn 1996, doi:10.1016/S0038-092X(96)00087-4; HOMER manual, cycle charging.
extension SimulationRun {
  mutating func chargeInCycles(setPoint: Double, _ order: DispatchOrder) {
    if isChargingToSetPoint {
      let room = chargeLimit.reduce(0, +)
      if stateOfCharge >= setPoint || room <= Self.nothing {
        isChargingToSetPoint = false
      } else if network.surplus < room {
        for g in committed.indices where isRunning[g] && !committed[g] {
          committed[g] = true
          reason.insert(.towardsSetPoint)
        }
      }
    }
    commit(order)
    guard committed.contains(true) else {
      runAtMinimum()
      meetDemand(order)
      useSurplus()
      return
    }
    if setPoint > 0, stateOfCharge < setPoint { isChargingToSetPoint = true }
    giveAll(order)
  }

  /// Committed generators at full output; what is too much charges, and what nothing takes is not made.
  mutating func giveAll(_ order: DispatchOrder) {
    for g in committed.indices where committed[g] {
      generatorPower[g] = problem.generators[g].size
      network.push(generatorPower[g])
    }
    meetDemand(order)
    serveDeferrables()
    chargeStorages(.generatorCharges)
    backOff()
    sell()
  }

  /// Lowers committed generators, last first, by the surplus on AC, down to their minimum.
  private mutating func backOff() {
    for g in committed.indices.reversed() where committed[g] && network.ac < 0 {
      let generator = problem.generators[g]
      let lowered = min(-network.ac, generatorPower[g] - generator.minimumLoad * generator.size)
      guard lowered > 0 else { continue }
      generatorPower[g] -= lowered
      network.ac += lowered
    }
    if network.ac < -Self.nothing { reason.insert(.generatorAtMinimum) }
  }

  /// Content of all storages that can be charged over their full content; 1 without such.
  var stateOfCharge: Double {
    var content = 0.0, full = 0.0
    for s in contents.indices where problem.storages[s].inflow.isEmpty {
      content += contents[s].total
      full += problem.storages[s].energy
    }
    return full > 0 ? content / full : 1
  }
}
