import TulouTechnologies

/// Exergy of amounts, components and plants that a table states, apart from any project.
package struct ExergyTable: Sendable, Equatable {
  /// Cases in order.
  package var cases: [ExergyCase] = []
  /// No cases.
  package init() {}
}

/// A case of a table of exergy.
package struct ExergyCase: Sendable, Equatable {
  /// What a case asks for.
  package enum Content: Sendable, Equatable {
    /// The exergy of one amount.
    case amount(ExergyAmount)
    /// The balance of a component.
    case component(taken: [ExergyAmount], given: [ExergyAmount])
    /// The balances of the components of a plant, and of the plant.
    case plant(ExergyPlant)
  }
  /// Name.
  package var name: String
  /// What it asks for.
  package var content: Content
  /// A case.
  package init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}

/// An amount of energy whose exergy is known from its form; energies in kWh (or kW), temperatures in degC.
package enum ExergyAmount: Sendable, Equatable {
  /// Heat of a loop, one value or one an hour, in surroundings of one temperature or one an hour.
  case heat([Double], supply: Double, return: Double, ambient: [Double])
  /// Cold of a loop, likewise.
  case cold([Double], supply: Double, return: Double, ambient: [Double])
  /// Electricity.
  case electricity(Double)
  /// Heat of the surroundings.
  case ambient(Double)
  /// Wind through a rotor: density [kg/m3], area [m2], speed [m/s].
  case wind(density: Double, area: Double, speed: Double)
  /// Fuel: amount, lower heating value per amount [kWh], exergy per heating value [-].
  case fuel(amount: Double, heatingValue: Double, factor: Double)

  /// Its exergy [kWh or kW].
  package var exergy: Double {
    switch self {
    case .heat(let heat, let supply, let back, let ambient):
      Self.sum(heat, ambient) { Exergy.heat(supply: supply, return: back, ambient: $0) }
    case .cold(let cold, let supply, let back, let ambient):
      Self.sum(cold, ambient) { Exergy.cold(supply: supply, return: back, ambient: $0) }
    case .electricity(let energy): energy
    case .ambient: 0
    case .wind(let density, let area, let speed): Exergy.wind(density: density, area: area, speed: speed)
    case .fuel(let amount, let heatingValue, let factor):
      Exergy.fuel(amount: amount, heatingValue: heatingValue, factor: factor)
    }
  }

  private static func sum(_ amounts: [Double], _ ambient: [Double], _ factor: (Double) -> Double) -> Double {
    let count = max(amounts.count, ambient.count)
    guard !amounts.isEmpty, !ambient.isEmpty else { return 0 }
    return (0..<count).reduce(0) { total, t in
      total + amounts[min(t, amounts.count - 1)] * factor(ambient[min(t, ambient.count - 1)])
    }
  }
}

/// What a component takes and gives of exergy [kWh or kW].
package struct ExergyBalance: Sendable, Equatable {
  /// What it takes.
  package var taken: Double
  /// What it gives.
  package var given: Double
  /// What it destroys.
  package var destroyed: Double { taken - given }
  /// Given per taken [-]; nil where nothing is taken.
  package var efficiency: Double? { taken != 0 ? given / taken : nil }
  /// A balance.
  package init(taken: Double, given: Double) {
    self.taken = taken
    self.given = given
  }
  /// The balance of amounts.
  package init(taken: [ExergyAmount], given: [ExergyAmount]) {
    self.init(taken: taken.reduce(0) { $0 + $1.exergy }, given: given.reduce(0) { $0 + $1.exergy })
  }
}

/// Streams of known exergy between the components of a plant.
package struct ExergyPlant: Sendable, Equatable {
  /// A component by the names of its streams.
  package struct Component: Sendable, Equatable {
    /// Name.
    package var name: String
    /// Streams that enter and leave it.
    package var inlets: [String], outlets: [String]
    /// A component.
    package init(name: String, inlets: [String], outlets: [String]) {
      self.name = name
      self.inlets = inlets
      self.outlets = outlets
    }
  }
  /// Which streams are fuel, product and loss of the whole; what flows back counts against.
  package struct System: Sendable, Equatable {
    /// Streams that bring fuel and take it back.
    package var fuelIn: [String] = [], fuelOut: [String] = []
    /// Streams of the product and what returns of it.
    package var productIn: [String] = [], productOut: [String] = []
    /// Streams that are lost and what returns of them.
    package var lossIn: [String] = [], lossOut: [String] = []
    /// Nothing named.
    package init() {}
  }
  /// Exergy of each stream [kW].
  package var streams: [String: Double]
  /// Components in order.
  package var components: [Component]
  /// The whole; nil: not asked for.
  package var system: System?
  /// A plant.
  package init(streams: [String: Double], components: [Component], system: System? = nil) {
    self.streams = streams
    self.components = components
    self.system = system
  }

  private func sum(_ names: [String]) -> Double { names.reduce(0) { $0 + (streams[$1] ?? 0) } }

  /// What enters and leaves a component.
  package func balance(_ component: Component) -> ExergyBalance {
    ExergyBalance(taken: sum(component.inlets), given: sum(component.outlets))
  }

  /// Fuel, product and loss of the whole [kW]; nil where it is not asked for.
  package var whole: (fuel: Double, product: Double, loss: Double)? {
    system.map {
      (
        sum($0.fuelIn) - sum($0.fuelOut), sum($0.productIn) - sum($0.productOut), sum($0.lossIn) - sum($0.lossOut)
      )
    }
  }
}
