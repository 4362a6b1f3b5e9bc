/// What a machine is to the rest of the house: one of four blocks. Forty technologies, four blocks
/// (markets and demands are blocks of their own). Power in kW, energy in kWh, money in the project's currency.
public enum Block: Sendable, Equatable {
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
public struct SourceBlock: Sendable, Equatable {
  /// What limits the output.
  public enum Supply: Sendable, Equatable {
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
  public struct Lake: Sendable, Equatable {
    /// What flows in [kW], one value a step.
    public var inflow: [Double]
    /// What the lake holds [kWh].
    public var content: Double
    /// Most that the turbines take beside the capacity [kW]; nil: no such limit.
    public var most: Double?
    /// Content at the start as share of the lake; nil: the end is the start.
    public var initialShare: Double?
    /// Output per flow through the turbines [kW per m3/s].
    public var perFlow: Double
    /// Component with the lake above on the same river, whose water, turbined or spilled, comes here in the same step;
    /// nil: none. `inflow` is then what comes beside it, less what stays in the bed, and may be negative.
    public var above: String?
    /// A lake; content 0 is a station without one, below another's lake.
    public init(
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
  public var bus: String
  /// What limits it.
  public var supply: Supply
  /// Where energy enters.
  public var energyClass: EnergyClass
  /// Whether all that is available is produced; the rest is spilled by the bus only.
  public var mustTake = false
  /// Operation per kWh of output.
  public var costPerKWh = PathSeries(0)
  /// Price of a kWh that it brings; it grows by itself, apart from operation.
  public var pricePerKWh = PathSeries(0)
  /// Direct emission [kg CO2/kWh output]; nil: that of the fuel that it brings, else none.
  public var emissionPerKWh: Double?
  /// Yearly loss of output by ageing [1/y].
  public var degradation = 0.0
  /// Hours of its even supply that the store room of a stock holds; nil: it keeps all of the year.
  public var bufferHours: Double?
  /// Whether the output counts as solar or wind for the operating reserve.
  public init(bus: String, supply: Supply, energyClass: EnergyClass) {
    self.bus = bus
    self.supply = supply
    self.energyClass = energyClass
  }
}

/// A driving flow f with `0 <= f <= G` at its rated port; port b gets `coefficient_b,t f`.
public struct ConverterBlock: Sendable, Equatable {
  /// The ports that converters have, as the file names them.
  public enum PortName: String, Sendable, CaseIterable {
    case fuel, power, heat, cold, hydrogen, liquid, gas
  }

  /// Where a converter touches a bus.
  public struct Port: Sendable, Equatable {
    /// What flows there.
    public var name: PortName
    /// Bus of the port.
    public var bus: String
    /// Per unit of the driving flow; inputs negative; count 1 means constant.
    public var coefficient: [Double]
    /// A port.
    public init(name: PortName, bus: String, coefficient: [Double]) {
      self.name = name
      self.bus = bus
      self.coefficient = coefficient
    }
    /// The coefficient in step t.
    public subscript(t: Int) -> Double { coefficient.count == 1 ? coefficient[0] : coefficient[t] }
  }
  /// Ports; that at `ratedPort` has coefficient +1 or -1.
  public var ports: [Port]
  /// Index of the port that carries the rating and the driving flow.
  public var ratedPort: Int
  /// Cost per kWh at the rated port.
  public var costPerKWh = PathSeries(0)
  /// Input that running costs at no load, per unit of capacity on line (F0) [kW/kW], at the fuel port.
  public var noLoad = 0.0
  /// Least load of what is on line [-].
  public var minimumLoad = 0.0
  /// Whether true commitment is asked (`commitment: exact`); otherwise the capacity on line is continuous.
  public var exactCommitment = false
  /// Cost of a start per unit of capacity, and least hours on line; honoured by rule dispatch and exact commitment.
  public var startCost = 0.0, minimumRunHours = 0.0
  /// Cost of an hour on line per unit of capacity [money/unit/h].
  public var runCost = 0.0
  /// Hours on line until worn out [h]; nil: only years wear it.
  public var lifeHours: Double?
  /// How it fails in an outage of the outside; nil: it does not.
  public var failures: MachineFailures?
  /// Index of the port that consumes fuel (the most negative input), if there is one.
  public var fuelPort: Int?
  /// What it forms of its fuel, in place of what the carrier says, pollutant by pollutant [kg/kWh fuel].
  public var pollutants: [Pollutant: Double] = [:]
  /// Ambient heat drawn per unit of the driving flow (heat pumps), an entry of class `ambient`; count 1 or steps.
  public var ambientHeat: [Double] = [0]
  /// A converter.
  public init(ports: [Port], ratedPort: Int) {
    self.ports = ports
    self.ratedPort = ratedPort
  }
}

/// How surely a machine that stands by works when it is needed.
public struct MachineFailures: Sendable, Equatable {
  /// Mean time from start to failure [h].
  public var meanHoursToFailure: Double
  /// Probability that it is not under repair when it is needed [-].
  public var availability = 1.0
  /// Probability that it does not start [-].
  public var startFailure = 0.0
  /// A machine that is there and starts.
  public init(meanHoursToFailure: Double) { self.meanHoursToFailure = meanHoursToFailure }
}

/// Two tanks in place of one: content at hand and content bound, which even out with time.
public struct KineticBattery: Sendable, Equatable {
  /// Part of the capacity that is at hand, c [-].
  public var share: Double
  /// Rate at which the tanks even out, k [1/h].
  public var rate: Double
  /// Greatest charge per unit of room, alpha [1/h]; infinite: none.
  public var chargeRate = Double.infinity
  /// A battery of two tanks.
  public init(share: Double, rate: Double) {
    self.share = share
    self.rate = rate
  }
}

/// How the content capacity of a storage fades with years and with cycles of each depth.
public struct StorageFade: Sendable, Equatable {
  /// Part of the capacity lost by a full cycle, A [-].
  public var perCycle = 0.0
  /// A cycle of depth D loses `A D^exponent` [-].
  public var exponent = 1.0
  /// Part of the capacity lost in a year whatever is done [1/y].
  public var perYear = 0.0
  /// Part of the capacity at which it is replaced [-].
  public var end = 0.8
  /// No fade.
  public init() {}
}

/// Content with charge and discharge, both measured at the bus.
public struct StorageBlock: Sendable, Equatable {
  /// How content and power belong together.
  public enum Shape: Sendable, Equatable {
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
  public var bus: String
  /// Share of what is taken from the bus that is stored [-].
  public var chargeEfficiency: Double
  /// Share of what leaves the content that reaches the bus [-].
  public var dischargeEfficiency: Double
  /// Loss of content per hour [1/h], on the content at the start of the hour.
  public var standingLoss = 0.0
  /// How its sizes belong together.
  public var shape: Shape
  /// Share of the content capacity that may be used [-]; the least content is 1 - depth.
  public var depth = 1.0
  /// Content at the start of each period as share of the capacity; nil: cyclic.
  public var initialShare: Double?
  /// Full cycles until worn out; nil: no limit.
  public var cycleLife: Double?
  /// Two tanks, honoured by rules; nil: one tank.
  public var kinetic: KineticBattery?
  /// Fade of the content over the years; nil: none.
  public var fade: StorageFade?
  /// Net head of pumped hydro [m]; nil: no water, or not stated.
  public var headMetres: Double?
  /// Cost of a kWh that is discharged.
  public var costPerKWh = PathSeries(0)
  /// A storage.
  public init(bus: String, chargeEfficiency: Double, dischargeEfficiency: Double, shape: Shape) {
    self.bus = bus
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.shape = shape
  }
}

/// One carrier between two buses.
public struct LinkBlock: Sendable, Equatable {
  /// Bus at its beginning.
  public var from: String
  /// Bus at its end.
  public var to: String
  /// Share of the input that arrives [-].
  public var efficiency: Double
  /// Whether it also carries from `to` to `from`, with the same efficiency and one capacity.
  public var twoWay = false
  /// Whether the capacity bounds the output (inverters) rather than the input.
  public var ratedAtOutput = false
  /// Limit of each direction at its input [kW] that is no choice (a meter's); nil: only the size limits.
  public var limit: Double?
  /// Member whose meter this is; nil: no meter.
  public var meterOf: String?
  /// Cost of a kWh in either direction: at the input, or at the output where that is rated.
  public var costPerKWh = PathSeries(0)
  /// Network charge per kWh at the input, both directions [money/kWh].
  public var chargePerKWh = 0.0
  /// A link.
  public init(from: String, to: String, efficiency: Double) {
    self.from = from
    self.to = to
    self.efficiency = efficiency
  }

  /// Cost of a kWh at the input, either direction.
  public var costPerInput: PathSeries {
    guard ratedAtOutput, !costPerKWh.isZero else { return costPerKWh }
    return PathSeries(costPerKWh.values.map { $0 * efficiency }, escalation: costPerKWh.escalation)
  }
}
