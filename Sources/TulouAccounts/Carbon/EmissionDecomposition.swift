/// Electricity of a cluster in one year, as the decomposition sees it.
package struct FleetState: Sendable, Equatable {
  /// Clean generation y: electricity that entered renewable [kWh/y].
  package var clean: Double
  /// Thermal generation x: electricity bought or made of bought fuel [kWh/y].
  package var thermal: Double
  /// Consumption q: served, sold, and taken by converters to other carriers [kWh/y].
  package var consumption: Double
  /// Emission of the thermal electricity [kg/y].
  package var emission: Double
  /// Emission outside electricity (heat, process) [kg/y].
  package var other: Double
  /// Emission of fuel that vehicles no longer burn elsewhere, in none of the others [kg/y].
  package var displaced = 0.0

  /// A state.
  package init(clean: Double, thermal: Double, consumption: Double, emission: Double, other: Double = 0) {
    self.clean = clean
    self.thermal = thermal
    self.consumption = consumption
    self.emission = emission
    self.other = other
  }

  /// Total generation p = x + y [kWh/y].
  package var generation: Double { clean + thermal }
  /// Losses p - q of storages, links and the like [kWh/y].
  package var losses: Double { generation - consumption }
  /// Mean factor α of the thermal electricity [kg/kWh]; zero without any.
  package var factor: Double { thermal != 0 ? emission / thermal : 0 }
}

/// What lowers the emission between two states, term by term, exactly.
///
/// `C0 - Cj = (yj - y0) α0 + [(p0 - q0) - (pj - qj)] α0 + (q0 - qj) α0 + (α0 - αj) xj`; what is outside electricity
/// stands beside it, so that nothing is counted twice.
///
/// Source: Yang, Zhang, Li, Sustainability 2019, 11(9), 2502, section 2.1.1.
package struct EmissionDecomposition: Sendable, Equatable {
  /// Clean generation takes the place of thermal [kg/y].
  package var substitution: Double
  /// Fewer losses [kg/y].
  package var losses: Double
  /// Less consumption; negative where more is consumed [kg/y].
  package var saving: Double
  /// A lower factor of the thermal electricity [kg/y].
  package var factor: Double
  /// Less emission outside electricity [kg/y].
  package var other: Double
  /// All of it: C0 - Cj, other emission included [kg/y].
  package var total: Double
  /// Further fuel that vehicles no longer burn elsewhere, beside the total [kg/y].
  package var vehicles: Double
  /// The total and what vehicles save elsewhere: each once [kg/y].
  package var withVehicles: Double { total + vehicles }

  /// The decomposition of the step from `base` to `target`.
  ///
  /// Where the base has no thermal electricity its factor α0 is taken from the target, so that the terms keep a meaning;
  /// the identity holds for any α0 then.
  package init(from base: FleetState, to target: FleetState) {
    let α0 = base.thermal != 0 ? base.factor : target.factor
    substitution = (target.clean - base.clean) * α0
    losses = (base.losses - target.losses) * α0
    saving = (base.consumption - target.consumption) * α0
    // The first bracket is zero but where the base emits without thermal electricity.
    factor = (base.emission - α0 * base.thermal) + (α0 * target.thermal - target.emission)
    other = base.other - target.other
    total = (base.emission + base.other) - (target.emission + target.other)
    vehicles = target.displaced - base.displaced
  }

  /// Sum of the terms less the total [kg/y]: zero but for rounding.
  package var residual: Double { substitution + losses + saving + factor + other - total }
}
