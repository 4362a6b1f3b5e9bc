/// Water that comes out of a process, for targets.
package struct WaterSource: Sendable, Equatable {
  /// Who has it.
  package var partner: String
  /// Flow [t/h].
  package var flow: Double
  /// Concentration [mg/kg].
  package var concentration: Double
  /// A source.
  package init(partner: String = "", flow: Double, concentration: Double) {
    self.partner = partner
    self.flow = flow
    self.concentration = concentration
  }
}

/// Water that a process takes, for targets.
package struct WaterSink: Sendable, Equatable {
  /// Who needs it.
  package var partner: String
  /// Flow [t/h].
  package var flow: Double
  /// Highest concentration [mg/kg].
  package var limit: Double
  /// A sink.
  package init(partner: String = "", flow: Double, limit: Double) {
    self.partner = partner
    self.flow = flow
    self.limit = limit
  }
}

/// A process that water washes: so much is taken up, the flow is free.
package struct WaterOperation: Sendable, Equatable {
  /// Who runs it.
  package var partner: String
  /// What is taken up [kg/h].
  package var load: Double
  /// Highest concentration on the way in [mg/kg].
  package var inlet: Double
  /// Highest concentration on the way out [mg/kg].
  package var outlet: Double
  /// An operation.
  package init(partner: String = "", load: Double, inlet: Double, outlet: Double) {
    self.partner = partner
    self.load = load
    self.inlet = inlet
    self.outlet = outlet
  }

  /// What is taken up below a concentration where the water is as dirty as it may be [kg/h].
  func load(below concentration: Double) -> Double {
    load * min(1, max(0, (concentration - inlet) / (outlet - inlet)))
  }
}

/// A plant that cleans water for use.
package struct Regeneration: Sendable, Equatable {
  /// How often water may pass it.
  package enum Passes: String, Sendable, CaseIterable {
    /// Once at most.
    case once
    /// As often as need be.
    case recycle
  }
  /// Concentration on the way out [mg/kg].
  package var outlet: Double
  /// How often water may pass it.
  package var passes: Passes
  /// A regeneration.
  package init(outlet: Double, passes: Passes) {
    self.outlet = outlet
    self.passes = passes
  }
}

/// The least fresh water for one substance.
///
/// Below every concentration c the pure water that sinks lack must come from outside:
/// `F (c - c_fresh) >= sum sink flow (c - limit)+ - sum source flow (c - concentration)+ + load taken up below c`,
/// and water is kept: `F >= sum sinks - sum sources`. Regeneration to c0 adds `R (c - c0)+` to the left, with `R <= F` where
/// water may pass it once.
///
/// Source: Wang, Smith 1994, Wastewater minimisation, Chem. Eng. Sci. 49, 981-1006, doi:10.1016/0009-2509(94)80006-5;
/// El-Halwagi, Gabriel, Harell 2003, Ind. Eng. Chem. Res. 42, 4319-4328, doi:10.1021/ie030318a (fixed flows).
package struct WaterTargets: Sendable, Equatable {
  /// Least fresh water [t/h].
  package var fresh: Double
  /// Water that then leaves [t/h].
  package var waste: Double
  /// Fresh water if nobody used another's or his own again [t/h].
  package var withoutReuse: Double
  /// Least flow through the regeneration at that [t/h]; 0 without one.
  package var regenerated: Double
  /// Concentration that decides [mg/kg]; nil: the balance of flows does, or nothing is needed.
  package var pinch: Double?
  /// Why a sink cannot be served even by fresh water; empty: all can.
  package var impossible: [Int] = []

  /// Targets.
  ///
  /// - Parameters:
  ///   - freshQuality: Concentration of fresh water [mg/kg].
  package init(
    sources: [WaterSource], sinks: [WaterSink], operations: [WaterOperation] = [], freshQuality: Double = 0,
    regeneration: Regeneration? = nil
  ) {
    impossible = sinks.indices.filter { sinks[$0].limit < freshQuality }
    let given = sources.reduce(0) { $0 + $1.flow }, wanted = sinks.reduce(0) { $0 + $1.flow }
    var levels = Set(sources.map(\.concentration) + sinks.map(\.limit) + operations.flatMap { [$0.inlet, $0.outlet] })
    if let regeneration { levels.insert(regeneration.outlet) }
    let lacks = levels.filter { $0 > freshQuality }.sorted().map { level in
      let need = sinks.reduce(0) { $0 + $1.flow * max(0, level - $1.limit) }
      let pure = sources.reduce(0) { $0 + $1.flow * max(0, level - $1.concentration) }
      // kg/h of load over mg/kg is 1000 t/h.
      let load = operations.reduce(0) { $0 + 1000 * $1.load(below: level) }
      return (level: level, lack: need - pure + load)
    }
    fresh = max(0, wanted - given)
    for (level, lack) in lacks {
      var helped = level - freshQuality
      if let regeneration, level > regeneration.outlet {
        if regeneration.passes == .recycle { continue }
        helped += level - regeneration.outlet
      }
      if lack / helped > fresh * (1 + 1e-12) {
        fresh = lack / helped
        pinch = level
      }
    }
    regenerated = 0
    if let regeneration {
      for (level, lack) in lacks where level > regeneration.outlet {
        let needed = (lack - fresh * (level - freshQuality)) / (level - regeneration.outlet)
        if needed > regenerated * (1 + 1e-12) {
          regenerated = needed
          pinch = level
        }
      }
    }
    waste = given - wanted + fresh
    withoutReuse = wanted + operations.reduce(0) { $0 + 1000 * $1.load / max(1e-12, $1.outlet - freshQuality) }
  }
}
