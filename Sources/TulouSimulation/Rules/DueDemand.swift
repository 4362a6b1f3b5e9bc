/// Waiting demand whose time has come: what grid and machines are to bring, and what is shed for it.
extension SimulationRun {
  /// Adds to a network what grid and machines are to bring to waiting demand beyond what is forced already.
  func ask(_ network: inout Network) {
    for (d, demand) in problem.deferrables.enumerated() where duePower[d] > forcedPower[d] {
      network.ask(duePower[d] - forcedPower[d], at: demand.bus)
    }
    network.even()
  }

  /// Waiting demand that grid and machines could not bring all of later any more is served by them now, after surplus. It takes
  /// no more than they have left beside what is needed already: storages give nothing to it, and nothing else goes short.
  ///
  /// Where that does not suffice and something is cheaper to shed, storages give to it too, and then that goes short: the
  /// cheapest first, and none of it as long as waiting for grid and machines would do.
  mutating func askWhatIsDue() {
    guard problem.deferrables.indices.contains(where: { duePower[$0] > deferrablePower[$0] + Self.nothing }) else {
      return
    }
    serveDeferrables()
    var left = max(0, buyLimit - bought) + max(0, -network.ac) - network.need
    for g in committed.indices where committed[g] { left += problem.generators[g].size - generatorPower[g] }
    for d in problem.deferrables.indices { left -= ask(d, for: duePower[d], upTo: left) }
    for group in shedOrder where group.price < .infinity {
      for d in problem.deferrables.indices {
        let due = waiting[d].due(t, tank: tanks[d], above: group.price)
        guard due > deferrablePower[d] + Self.nothing else { continue }
        var most = left
        for s in rules.indices { most += max(0, dischargeLimit[s] - max(0, storagePower[s])) }
        for cheaper in shedOrder where cheaper.price <= group.price {
          most += sheddable(in: cheaper)
          // Its own cheaper part makes no room for it.
          if cheaper.waiting.contains(d) { most -= sheddable(d, at: cheaper.price) }
        }
        let taken = ask(d, for: due, upTo: most)
        left -= taken
        if taken > 0 { asksBeyondSpare = true }
      }
    }
  }

  /// Waiting demand d takes what it is short of a power, up to what is left on AC; returns what that takes there.
  private mutating func ask(_ d: Int, for power: Double, upTo left: Double) -> Double {
    let demand = problem.deferrables[d]
    guard deferrablePower[d] >= 0 else { return 0 }
    let most = demand.bus == .ac ? left : network.greatestOnDC(drawing: left)
    let more = min(power - deferrablePower[d], most)
    // Below its minimum load the equipment stands still.
    guard more > Self.nothing, deferrablePower[d] + more >= demand.minimumLoad * waiting[d].peak(t) - Self.nothing
    else { return 0 }
    network.ask(more, at: demand.bus)
    deferrablePower[d] += more
    forcedPower[d] += more
    reason.insert(.deferrableDue)
    return demand.bus == .ac ? more : more / network.rectifierEfficiency
  }
}
