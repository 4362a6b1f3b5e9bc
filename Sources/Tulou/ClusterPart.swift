public import TulouTechnologies

/// What a cluster holds beside machines: what nature gives, what is wanted, what the outside sells, and buses.
public struct ClusterPart: Sendable, Equatable {
  /// Id by which others name it.
  public let id: String
  /// What is stated, by section of the project file.
  package var entries: [Entry]

  /// A thing in a section.
  package struct Entry: Sendable, Equatable {
    /// Section of the project file.
    package var section: String
    /// Id.
    package var id: String
    /// What is stated of it.
    package var stated: Statement
  }

  private init(_ section: String, _ id: String, _ state: (inout Statement) -> Void) {
    self.id = id
    var stated = Statement()
    state(&stated)
    entries = [Entry(section: section, id: id, stated: stated)]
  }

  /// The same with one more key of the project file, e.g. `stating("growth", "2 %/y")`.
  public func stating(_ key: String, _ value: String) -> ClusterPart {
    var own = self
    own.entries[0].stated[key] = .text(value)
    return own
  }

  /// The sun.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - monthlyIrradiation: Mean global horizontal irradiation of each month [kWh/m2/d]; hours are drawn with just these means.
  ///   - seed: Start of what is drawn.
  public static func sun(_ id: String = "sun", monthlyIrradiation: [Double], seed: UInt64 = 1) -> ClusterPart {
    ClusterPart("resources", id) {
      $0["monthly_ghi"] = .numbers(monthlyIrradiation, "kWh/m2/d")
      $0["seed"] = .text("\(seed)")
    }
  }

  /// The sun by its hours.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - irradiance: Global horizontal irradiance, one value a step [kW/m2].
  public static func sun(_ id: String = "sun", irradiance: [Double]) -> ClusterPart {
    ClusterPart("resources", id) { $0["ghi"] = .numbers(irradiance, "kW/m2") }
  }

  /// The wind.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - monthlySpeed: Mean speed of each month [m/s]; hours are drawn.
  ///   - height: Height of the measurement [m].
  ///   - seed: Start of what is drawn.
  public static func wind(
    _ id: String = "wind", monthlySpeed: [Double], height: Double = 10, seed: UInt64 = 1
  ) -> ClusterPart {
    ClusterPart("resources", id) {
      $0["monthly_speed"] = .numbers(monthlySpeed, "m/s")
      $0["height"] = .number(height, "m")
      $0["seed"] = .text("\(seed)")
    }
  }

  /// A river.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - flow: Flow, one value a step [m3/s].
  public static func river(_ id: String = "river", flow: [Double]) -> ClusterPart {
    ClusterPart("resources", id) { $0["flow"] = .numbers(flow, "m3/s") }
  }

  /// A tidal current.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - speed: Speed of the water, one value a step [m/s].
  public static func current(_ id: String = "current", speed: [Double]) -> ClusterPart {
    ClusterPart("resources", id) { $0["current"] = .numbers(speed, "m/s") }
  }

  /// A demand with a shape of the library.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - annual: What is wanted a year.
  ///   - profile: Name of an archetype, e.g. `workshop`.
  ///   - bus: Bus that serves it.
  public static func demand(
    _ id: String, annual: Energy, profile: String, bus: String = "ac"
  ) -> ClusterPart {
    ClusterPart("demands", id) {
      $0["bus"] = .text(bus)
      $0["annual"] = annual.value
      var shape = Statement()
      shape["archetype"] = .text(profile)
      $0["profile"] = .mapping(shape)
    }
  }

  /// A demand by its hours.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - power: What is wanted in each step [kW].
  ///   - bus: Bus that serves it.
  public static func demand(_ id: String, power: [Double], bus: String = "ac") -> ClusterPart {
    ClusterPart("demands", id) {
      $0["bus"] = .text(bus)
      $0["power"] = .numbers(power, "kW")
    }
  }

  /// The public grid at constant prices.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - buy: Price of purchase [money/kWh].
  ///   - sell: Price of sale [money/kWh]; nil: nothing can be sold.
  ///   - emission: CO2 per energy bought [kg/kWh].
  ///   - limit: Greatest purchase; nil: no limit.
  ///   - bus: Bus that it serves.
  public static func grid(
    _ id: String = "grid", buy: Double, sell: Double? = nil, emission: Double, limit: Power? = nil, bus: String = "ac"
  ) -> ClusterPart {
    ClusterPart("markets", id) {
      $0["bus"] = .text(bus)
      $0["class"] = .text(EnergyClass.outside.name)
      $0["buy"] = .money(buy, per: "kWh")
      $0["sell"] = sell.map { .money($0, per: "kWh") }
      $0["emission"] = .number(emission, "kg/kWh")
      if let limit {
        var most = Statement()
        most["buy"] = limit.value
        $0["limit"] = .mapping(most)
      }
    }
  }

  /// A fuel that is bought, with a bus of its id.
  ///
  /// - Parameters:
  ///   - id: Its id, also that of its bus.
  ///   - price: Price by lower heating value [money/kWh].
  ///   - emission: Fossil CO2 by lower heating value [kg/kWh].
  public static func fuel(_ id: String, price: Double, emission: Double) -> ClusterPart {
    var part = ClusterPart("buses", id) { $0["carrier"] = .text(id + "-fuel") }
    part.entries +=
      ClusterPart("carriers", id + "-fuel") {
        $0["kind"] = .text("fuel")
        $0["emission"] = .number(emission, "kg/kWh")
      }.entries
    part.entries +=
      ClusterPart("markets", id + "-supply") {
        $0["bus"] = .text(id)
        $0["class"] = .text(EnergyClass.outside.name)
        $0["buy"] = .money(price, per: "kWh")
      }.entries
    return part
  }

  /// A bus of heat.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - supply: Supply temperature [degC].
  ///   - return: Return temperature [degC].
  public static func heat(_ id: String = "hot", supply: Double, return: Double) -> ClusterPart {
    loop(id, "heat", supply, `return`)
  }

  /// A bus of cold.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - supply: Supply temperature [degC].
  ///   - return: Return temperature [degC].
  public static func cold(_ id: String = "cool", supply: Double, return: Double) -> ClusterPart {
    loop(id, "cold", supply, `return`)
  }

  private static func loop(_ id: String, _ carrier: String, _ supply: Double, _ back: Double) -> ClusterPart {
    ClusterPart("buses", id) {
      $0["carrier"] = .text(carrier)
      $0["supply"] = .number(supply, "degC")
      $0["return"] = .number(back, "degC")
    }
  }

  /// A bus of another carrier.
  public static func bus(_ id: String, carrier: String) -> ClusterPart {
    ClusterPart("buses", id) { $0["carrier"] = .text(carrier) }
  }
}
