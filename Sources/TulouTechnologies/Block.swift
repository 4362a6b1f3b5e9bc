import TulouDocument
package import TulouFinance

/// What a machine is to the rest of the house: one of four blocks. Forty technologies, four blocks
/// (markets and demands are blocks of their own). Power in kW, energy in kWh, money in the project's currency.
package enum Block: Sendable, Equatable {
  /// Output limited by a resource.
  case source(SourceBlock)
  /// A driving flow with coefficients at every port.
  case converter(ConverterBlock)
  /// Content with charge and discharge.
  case storage(StorageBlock)
  /// One carrier between two buses.
  case link(LinkBlock)
}

/// Output limited by a resource. The first size, where there is one, bounds the output.
package struct SourceBlock: Sendable, Equatable {
  /// What limits the output.
  package enum Supply: Sendable, Equatable {
    /// At most this share of the capacity [-] in each step.
    case share([Double])
    /// At most what nature gives [kW] in each step, and at most the capacity where there is one.
    case natural([Double])
    /// An amount a year [kWh/y], storable through the year; at most the capacity where there is one.
    case stock(annualEnergy: Double)
    /// What nature brings into a lake, to be taken when it is wanted or spilled.
    case reservoir(Lake)
  }

  /// A lake before a station, in energy at its turbines.
  package struct Lake: Sendable, Equatable {
    /// What flows in [kW], one value a step.
    package var inflow: [Double]
    /// What the lake holds [kWh].
    package var content: Double
    /// Most that the turbines take beside the capacity [kW]; nil: no such limit.
    package var most: Double?
    /// Content at the start as share of the lake; nil: the end is the start.
    package var initialShare: Double?
    /// Output per flow through the turbines [kW per m3/s].
    package var perFlow: Double
    /// Component with the lake above on the same river, whose water, turbined or spilled, comes here in the same step;
    /// nil: none. `inflow` is then what comes beside it, less what stays in the bed, and may be negative.
    package var above: String?
    /// Room that is kept free for floods; nil: none.
    package var flood: FloodRoom?
    /// A lake; content 0 is a station without one, below another's lake.
    package init(
      inflow: [Double], content: Double, most: Double? = nil, initialShare: Double? = nil, perFlow: Double = 1,
      above: String? = nil
    ) {
      self.inflow = inflow
      self.content = content
      self.most = most
      self.initialShare = initialShare
      self.perFlow = perFlow
      self.above = above
    }
  }
  /// Bus that receives the output.
  package var bus: String
  /// What limits it.
  package var supply: Supply
  /// Where energy enters.
  package var energyClass: EnergyClass
  /// Whether all that is available is produced; the rest is spilled by the bus only.
  package var mustTake = false
  /// Operation per kWh of output.
  package var costPerKWh = PathSeries(0)
  /// Price of a kWh that it brings; it grows by itself, apart from operation.
  package var pricePerKWh = PathSeries(0)
  /// Direct emission [kg CO2/kWh output]; nil: that of the fuel that it brings, else none.
  package var emissionPerKWh: Double?
  /// Yearly loss of output by ageing [1/y].
  package var degradation = 0.0
  /// Hours of its even supply that the store room of a stock holds; nil: it keeps all of the year.
  package var bufferHours: Double?
  /// Light or wind before the device; nil: nobody states it.
  package var incident: Incident?
  /// Whether the output counts as solar or wind for the operating reserve.
  package init(bus: String, supply: Supply, energyClass: EnergyClass) {
    self.bus = bus
    self.supply = supply
    self.energyClass = energyClass
  }
}

/// A driving flow f with `0 <= f <= G` at its rated port; port b gets `coefficient_b,t f`.
package struct ConverterBlock: Sendable, Equatable {
  /// The ports that converters have, as the file names them.
  package enum PortName: String, Sendable, CaseIterable {
    case fuel, power, heat, cold, hydrogen, liquid, gas
  }

  /// Where a converter touches a bus.
  package struct Port: Sendable, Equatable {
    /// What flows there.
    package var name: PortName
    /// Bus of the port.
    package var bus: String
    /// Per unit of the driving flow; inputs negative; count 1 means constant.
    package var coefficient: [Double]
    /// A port.
    package init(name: PortName, bus: String, coefficient: [Double]) {
      self.name = name
      self.bus = bus
      self.coefficient = coefficient
    }
    /// The coefficient in step t.
    package subscript(t: Int) -> Double { coefficient.count == 1 ? coefficient[0] : coefficient[t] }
  }
  /// Ports; that at `ratedPort` has coefficient +1 or -1.
  package var ports: [Port]
  /// Index of the port that carries the rating and the driving flow.
  package var ratedPort: Int
  /// Cost per kWh at the rated port.
  package var costPerKWh = PathSeries(0)
  /// Input that running costs at no load, per unit of capacity on line (F0) [kW/kW], at the fuel port.
  package var noLoad = 0.0
  /// Least load of what is on line [-].
  package var minimumLoad = 0.0
  /// Whether true commitment is asked (`commitment: exact`); otherwise the capacity on line is continuous.
  package var exactCommitment = false
  /// Cost of a start per unit of capacity, and least hours on line; honoured by rule dispatch and exact commitment.
  package var startCost = 0.0, minimumRunHours = 0.0
  /// Cost of an hour on line per unit of capacity [money/unit/h].
  package var runCost = 0.0
  /// Hours on line until worn out [h]; nil: only years wear it.
  package var lifeHours: Double?
  /// How it fails in an outage of the outside; nil: it does not.
  package var failures: MachineFailures?
  /// Index of the port that consumes fuel (the most negative input), if there is one.
  package var fuelPort: Int?
  /// What it forms of its fuel, in place of what the carrier says, pollutant by pollutant [kg/kWh fuel].
  package var pollutants: [Pollutant: Double] = [:]
  /// Ambient heat drawn per unit of the driving flow (heat pumps), an entry of class `ambient`; count 1 or steps.
  package var ambientHeat: [Double] = [0]
  /// A converter.
  package init(ports: [Port], ratedPort: Int) {
    self.ports = ports
    self.ratedPort = ratedPort
  }
}

/// How surely a machine that stands by works when it is needed.
package struct MachineFailures: Sendable, Equatable {
  /// Mean time from start to failure [h].
  package var meanHoursToFailure: Double
  /// Probability that it is not under repair when it is needed [-].
  package var availability = 1.0
  /// Probability that it does not start [-].
  package var startFailure = 0.0
  /// A machine that is there and starts.
  package init(meanHoursToFailure: Double) { self.meanHoursToFailure = meanHoursToFailure }
}

/// Two tanks in place of one: content at hand and content bound, which even out with time.
package struct KineticBattery: Sendable, Equatable {
  /// Part of the capacity that is at hand, c [-].
  package var share: Double
  /// Rate at which the tanks even out, k [1/h].
  package var rate: Double
  /// Greatest charge per unit of room, alpha [1/h]; infinite: none.
  package var chargeRate = Double.infinity
  /// A battery of two tanks.
  package init(share: Double, rate: Double) {
    self.share = share
    self.rate = rate
  }
}

/// How the content capacity of a storage fades with years and with cycles of each depth.
package struct StorageFade: Sendable, Equatable {
  /// Part of the capacity lost by a full cycle, A [-].
  package var perCycle = 0.0
  /// A cycle of depth D loses `A D^exponent` [-].
  package var exponent = 1.0
  /// Part of the capacity lost in a year whatever is done [1/y].
  package var perYear = 0.0
  /// Part of the capacity at which it is replaced [-].
  package var end = 0.8
  /// No fade.
  package init() {}
}

/// Content with charge and discharge, both measured at the bus.
package struct StorageBlock: Sendable, Equatable {
  /// How content and power belong together.
  package enum Shape: Sendable, Equatable {
    /// One size in kW; content = hours x power.
    case hours(Double)
    /// Sizes `power` and `energy`; energy between these hours of power.
    case hoursBetween(Double, Double)
    /// Sizes `power` and `energy`, free of each other.
    case independent
    /// One size in kWh, no power limit.
    case energyOnly
  }
  /// Bus it stands on.
  package var bus: String
  /// Share of what is taken from the bus that is stored [-].
  package var chargeEfficiency: Double
  /// Share of what leaves the content that reaches the bus [-].
  package var dischargeEfficiency: Double
  /// Loss of content per hour [1/h], on the content at the start of the hour.
  package var standingLoss = 0.0
  /// How its sizes belong together.
  package var shape: Shape
  /// Share of the content capacity that may be used [-]; the least content is 1 - depth.
  package var depth = 1.0
  /// Content at the start of each period as share of the capacity; nil: cyclic.
  package var initialShare: Double?
  /// Full cycles until worn out; nil: no limit.
  package var cycleLife: Double?
  /// Two tanks, honoured by rules; nil: one tank.
  package var kinetic: KineticBattery?
  /// Fade of the content over the years; nil: none.
  package var fade: StorageFade?
  /// Net head of pumped hydro [m]; nil: no water, or not stated.
  package var headMetres: Double?
  /// Cost of a kWh that is discharged.
  package var costPerKWh = PathSeries(0)
  /// A storage.
  package init(bus: String, chargeEfficiency: Double, dischargeEfficiency: Double, shape: Shape) {
    self.bus = bus
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.shape = shape
  }
}

/// One carrier between two buses.
package struct LinkBlock: Sendable, Equatable {
  /// Bus at its beginning.
  package var from: String
  /// Bus at its end.
  package var to: String
  /// Share of the input that arrives [-].
  package var efficiency: Double
  /// Whether it also carries from `to` to `from`, with the same efficiency and one capacity.
  package var twoWay = false
  /// Whether the capacity bounds the output (inverters) rather than the input.
  package var ratedAtOutput = false
  /// Limit of each direction at its input [kW] that is no choice (a meter's); nil: only the size limits.
  package var limit: Double?
  /// Member whose meter this is; nil: no meter.
  package var meterOf: String?
  /// Cost of a kWh in either direction: at the input, or at the output where that is rated.
  package var costPerKWh = PathSeries(0)
  /// Network charge per kWh at the input, both directions [money/kWh].
  package var chargePerKWh = 0.0
  /// A link.
  package init(from: String, to: String, efficiency: Double) {
    self.from = from
    self.to = to
    self.efficiency = efficiency
  }

  /// Cost of a kWh at the input, either direction.
  package var costPerInput: PathSeries {
    guard ratedAtOutput, !costPerKWh.isZero else { return costPerKWh }
    return PathSeries(costPerKWh.values.map { $0 * efficiency }, escalation: costPerKWh.escalation)
  }
}
