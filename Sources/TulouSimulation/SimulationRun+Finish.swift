/// The end of a step: what is left over, the contents, the sums.
extension SimulationRun {
  mutating func finish() {
    let dt = problem.stepHours
    if asksBeyondSpare, network.need > Self.nothing { dischargeStorages() }
    holdBack()
    if network.isFullTowardsNeed { reason.insert(.converterAtLimit) }
    let spilled = network.surplus
    let shed = shed()
    count(shed: shed, spilled: spilled)
    var stored = 0.0, generated = 0.0, waitingPower = 0.0

    for g in generatorPower.indices {
      let power = generatorPower[g]
      generated += power
      let runs = committed[g]
      if runs {
        let generator = problem.generators[g]
        if !isRunning[g] {
          statistics.generators[g].starts += 1
          runStepsLeft[g] = generator.minimumRunSteps
        }
        runStepsLeft[g] = max(0, runStepsLeft[g] - 1)
        statistics.generators[g].hours += dt
        statistics.generators[g].energy += power * dt
        statistics.generators[g].fuel += (generator.fuelIntercept * generator.size + generator.fuelSlope * power) * dt
      }
      isRunning[g] = runs
    }
    for s in rules.indices {
      let power = storagePower[s]
      stored += power
      trace?.contents[s].append(contents[s].total)
      trace?.storages[s].append(power)
      trace?.paid[s].append(paid[s])
      paid[s] = paidAfter(s)
      contents[s] = rules[s].after(contents[s], power: power, t)
      if !problem.storages[s].inflow.isEmpty {
        let over = max(0, contents[s].total - problem.storages[s].energy)
        // What evaporates beyond what lies there does not.
        contents[s] = rules[s].evened(max(0, contents[s].total - over))
        statistics.storages[s].inflow += problem.storages[s].inflow[t] * dt
        statistics.storages[s].overflow += over
        trace?.overflows[s].append(over / dt)
      }
      if power > 0 {
        statistics.storages[s].discharged += power * dt
        statistics.storages[s].throughput += power * dt / problem.storages[s].dischargeEfficiency
      } else {
        statistics.storages[s].charged -= power * dt
      }
    }
    for d in waiting.indices {
      waitingPower += deferrablePower[d]
      trace?.deferrableContents[d].append(tanks[d])
      let after = waiting[d].after(t, tank: tanks[d], power: deferrablePower[d])
      tanks[d] = after.content
      statistics.deferrableServed += max(0, deferrablePower[d]) * dt
      statistics.givenBack += max(0, -deferrablePower[d]) * dt
      statistics.deferrableUnserved += after.unserved
      trace?.deferrables[d].append(deferrablePower[d])
      trace?.deferrableUnserved[d].append(after.unserved / dt)
    }

    let potential = potential.ac[t] + potential.dc[t]
    let wanted = wanted.ac[t] + wanted.dc[t]
    statistics.demand += wanted * dt
    statistics.sourcePotential += potential * dt
    statistics.bought += bought * dt
    statistics.sold += sold * dt
    statistics.boughtMaximum = max(statistics.boughtMaximum, bought)
    if let grid = problem.grid {
      statistics.purchaseCost += bought * grid.buyPrice[t] * dt
      statistics.saleRevenue += sold * grid.sellPrice[t] * dt
    }
    statistics.converterLoss += network.converterLoss * dt
    statistics.capacityShortage += (shortage.ac + shortage.dc) * dt
    let given = potential + generated + stored + bought + shed
    let taken = wanted + waitingPower + sold + spilled + network.converterLoss
    let turned = potential + generated + abs(stored) + bought + shed + wanted + abs(waitingPower) + sold + spilled
    if turned > 0 { statistics.balanceResidual = max(statistics.balanceResidual, abs(given - taken) / turned) }
    if shortage.ac + shortage.dc > Self.nothing { reason.insert(.reserveShort) }
    record(potential: potential, spilled: spilled, shed: shed, waiting: waitingPower)
  }

  private mutating func count(shed: Double, spilled: Double) {
    let dt = problem.stepHours
    statistics.shed += shed * dt
    statistics.shedMaximum = max(statistics.shedMaximum, shed)
    if shed > Self.nothing {
      reason.insert(.shed)
      statistics.shedHours += dt
      shedDuration += dt
      statistics.shedLongest = max(statistics.shedLongest, shedDuration)
    } else {
      shedDuration = 0
    }
    statistics.spilled += spilled * dt
    statistics.spilledMaximum = max(statistics.spilledMaximum, spilled)
    if spilled > Self.nothing { reason.insert(.spilled) }
  }

  private mutating func record(potential: Double, spilled: Double, shed: Double, waiting: Double) {
    guard trace != nil else { return }
    trace?.sources.append(potential)
    for g in generatorPower.indices {
      trace?.generators[g].append(generatorPower[g])
      trace?.isRunning[g].append(isRunning[g])
    }
    trace?.inverted.append(network.inverted)
    trace?.rectified.append(network.rectified)
    trace?.spilledByBus[0].append(max(0, -network.ac))
    trace?.spilledByBus[1].append(max(0, -network.dc))
    trace?.bought.append(bought)
    trace?.sold.append(sold)
    trace?.spilled.append(spilled)
    trace?.shed.append(shed)
    trace?.deferrable.append(waiting)
    trace?.capacityShortage[0].append(shortage.ac)
    trace?.capacityShortage[1].append(shortage.dc)
    trace?.reserveRequired[0].append(spare.ac[t])
    trace?.reserveRequired[1].append(spare.dc[t])
    let available = readiness()
    trace?.reserveAvailable[0].append(available.ac)
    trace?.reserveAvailable[1].append(available.dc)
    trace?.reasons.append(reason)
  }

  /// Sums closed, hours handed over.
  consuming func result() -> SimulationResult {
    statistics.served = statistics.demand - statistics.shed
    statistics.deferrableContents = tanks
    for s in rules.indices {
      let sums = statistics.storages[s]
      let full = problem.storages[s].energy
      statistics.storages[s].finalContent = contents[s].total
      statistics.storages[s].lost =
        sums.charged + sums.inflow - sums.overflow - sums.discharged - (contents[s].total - rules[s].start.total)
      statistics.storages[s].cycles = full > 0 ? (sums.charged + sums.discharged) / (2 * full) : 0
    }
    return SimulationResult(statistics: statistics, trace: trace)
  }
}
