/// What a year of rule-based dispatch needs, as plain arrays: demands, sources, machines and their sizes.
///
/// It may hold what no linear problem can: minimum run times, kinetic batteries, rules. Two buses, AC and DC, with one
/// converter between them; a system with one bus puts everything on AC. Powers in kW (means over the step), contents in
/// kWh, money in one currency; generators and the grid stand on AC.
package struct SimulationProblem: Sendable {
  /// The bus that a part stands on.
  package enum Bus: Int, Sendable, CaseIterable { case ac = 0, dc = 1 }

  /// Number of steps.
  package var steps: Int
  /// Length of a step [h].
  package var stepHours: Double
  /// Demands in the order in which those of one price are shed: the critical one last.
  package var demands: [Demand] = []
  /// Demands that wait.
  package var deferrables: [DeferrableDemand] = []
  /// Sources that follow sun, wind or water.
  package var sources: [SeriesSource] = []
  /// Machines that run on fuel, in the order in which they are started.
  package var generators: [Generator] = []
  /// Batteries, pumped hydro and the like, in the order in which they are used.
  package var storages: [Storage] = []
  /// Connection to the outside, if there is one.
  package var grid: GridConnection?
  /// Inverter and rectifier between the buses, if there are two.
  package var converter: BusConverter?
  /// Spare power that must be at hand on AC.
  package var reserve = OperatingReserve()
  /// Spare power that must be at hand on DC.
  package var reserveOnDC = OperatingReserve()

  /// A system without parts.
  package init(steps: Int, stepHours: Double = 1) {
    precondition(steps > 0 && stepHours > 0, "a simulation has steps")
    self.steps = steps
    self.stepHours = stepHours
  }

  /// What is wrong with the arrays and numbers, one sentence each; empty: nothing.
  package func faults() -> [String] {
    var faults: [String] = []
    func check(_ holds: Bool, _ sentence: @autoclosure () -> String) { if !holds { faults.append(sentence()) } }
    func series(_ values: [Double], _ name: String) {
      check(values.count == steps, "\(name) has \(values.count) values for \(steps) steps.")
      check(values.allSatisfy { $0.isFinite }, "\(name) holds a value that is not a number.")
    }
    for demand in demands { series(demand.power, "Demand '\(demand.id)'") }
    for demand in deferrables {
      series(demand.draw, "Deferrable demand '\(demand.id)'")
      check(
        demand.tank > 0 && demand.peak > 0, "Deferrable demand '\(demand.id)' needs a tank and a peak above zero.")
      for (values, name) in [(demand.rooms, "greatest"), (demand.leasts, "least"), (demand.peaks, "peak")]
      where !values.isEmpty {
        series(values, "The \(name) of deferrable demand '\(demand.id)'")
      }
    }
    for demand in deferrables where !demand.gives.isEmpty {
      series(demand.gives, "What deferrable demand '\(demand.id)' may give back")
      check(demand.givingEfficiency > 0, "Deferrable demand '\(demand.id)' needs an efficiency above zero.")
    }
    for source in sources {
      series(source.perUnit, "Source '\(source.id)'")
      check(source.perUnit.allSatisfy { $0 >= 0 }, "Source '\(source.id)' gives less than zero.")
    }
    for generator in generators {
      check(
        generator.size >= 0 && (0...1).contains(generator.minimumLoad),
        "Generator '\(generator.id)' needs a size of at least zero and a minimum load between 0 and 1.")
    }
    for storage in storages {
      check(
        storage.energy >= 0 && storage.chargeEfficiency > 0 && storage.dischargeEfficiency > 0
          && storage.leastShare >= 0 && storage.leastShare <= storage.startShare && storage.startShare <= 1,
        "Storage '\(storage.id)' needs 0 <= least <= start <= 1 and efficiencies above zero.")
      if !storage.inflow.isEmpty { series(storage.inflow, "The inflow of storage '\(storage.id)'") }
    }
    if let grid {
      series(grid.buyPrice, "The purchase price")
      series(grid.sellPrice, "The sale price")
      check(grid.available.isEmpty || grid.available.count == steps, "The grid's availability needs one value a step.")
    }
    return faults
  }
}

/// Demand that is to be met when it arises.
package struct Demand: Sendable {
  /// Name for accounts.
  package var id: String
  /// Bus it stands on.
  package var bus: SimulationProblem.Bus
  /// Power wanted [kW].
  package var power: [Double]
  /// Cost of a kWh that is not served [money/kWh]; infinite: it may not be shed, and goes last.
  package var shedPrice = Double.infinity
  /// A demand.
  package init(_ id: String, bus: SimulationProblem.Bus = .ac, power: [Double]) {
    self.id = id
    self.bus = bus
    self.power = power
  }
}

/// Demand that may wait: a tank that is drawn from steadily and filled when it suits.
///
/// Filled from surplus, or by a generator that runs anyway; filled in any case once it would run empty.
/// Source: HOMER manual, deferrable load; research/planning.md 2.2 (11).
package struct DeferrableDemand: Sendable {
  /// Name for accounts.
  package var id: String
  /// Bus it stands on.
  package var bus: SimulationProblem.Bus
  /// What leaves the tank [kW].
  package var draw: [Double]
  /// Content of the full tank [kWh].
  package var tank: Double
  /// Greatest power of filling [kW].
  package var peak: Double
  /// Least power when filling, as a share of the peak [-].
  package var minimumLoad: Double
  /// Content at the start as a share of the tank [-].
  package var startShare: Double
  /// Share of what is taken from the bus that reaches the tank [-].
  package var efficiency = 1.0
  /// Greatest content at the start of each step [kWh], for windows and vehicles; empty: always the tank.
  ///
  /// The content at the end of the last step is that at the start of the first.
  package var rooms: [Double] = []
  /// Least content at the start of each step [kWh]; empty: always zero.
  package var leasts: [Double] = []
  /// Greatest power of filling in each step [kW]; empty: always the peak.
  package var peaks: [Double] = []
  /// Greatest power that may be given back to the bus in each step (parked vehicles) [kW]; empty: none.
  package var gives: [Double] = []
  /// Share of the content taken that reaches the bus [-].
  package var givingEfficiency = 1.0
  /// Parts of what is drawn, cheapest first: share [-] and cost of a kWh that is missed [money/kWh], infinite where none may be.
  package var shedParts: [(share: Double, price: Double)] = [(1, .infinity)]
  /// A demand that may wait.
  package init(
    _ id: String, bus: SimulationProblem.Bus = .ac, draw: [Double], tank: Double, peak: Double, minimumLoad: Double = 0,
    startShare: Double = 0
  ) {
    self.id = id
    self.bus = bus
    self.draw = draw
    self.tank = tank
    self.peak = peak
    self.minimumLoad = minimumLoad
    self.startShare = startShare
  }
}

/// A source with an output of its own: PV, wind, run of river.
package struct SeriesSource: Sendable {
  /// Name for accounts.
  package var id: String
  /// Bus it stands on.
  package var bus: SimulationProblem.Bus
  /// Output per unit of size [kW per unit].
  package var perUnit: [Double]
  /// Size in units (kW as a rule).
  package var size: Double
  /// Spare power asked for per kW of present output [-].
  package var reserve: Double
  /// A source.
  package init(
    _ id: String, bus: SimulationProblem.Bus = .ac, perUnit: [Double], size: Double, reserve: Double = 0
  ) {
    self.id = id
    self.bus = bus
    self.perUnit = perUnit
    self.size = size
    self.reserve = reserve
  }
}

/// Inverter and rectifier between the two buses.
package struct BusConverter: Sendable {
  /// Greatest output of the inverter, on AC [kW].
  package var inverter: Double
  /// Efficiency of the inverter [-].
  package var inverterEfficiency: Double
  /// Greatest output of the rectifier, on DC [kW].
  package var rectifier: Double
  /// Efficiency of the rectifier [-].
  package var rectifierEfficiency: Double
  /// Cost of a kWh that inverter and rectifier give [money/kWh]; counts when rules compare costs.
  package var inverterCost = 0.0, rectifierCost = 0.0
  /// A converter.
  package init(
    inverter: Double, inverterEfficiency: Double = 1, rectifier: Double = 0, rectifierEfficiency: Double = 1
  ) {
    self.inverter = inverter
    self.inverterEfficiency = inverterEfficiency
    self.rectifier = rectifier
    self.rectifierEfficiency = rectifierEfficiency
  }
}

/// Purchase from and sale to the outside, on AC.
package struct GridConnection: Sendable {
  /// Greatest purchase [kW].
  package var buyLimit: Double
  /// Greatest sale [kW].
  package var sellLimit: Double
  /// Price of purchase [money/kWh].
  package var buyPrice: [Double]
  /// Price of sale [money/kWh].
  package var sellPrice: [Double]
  /// Whether the grid is there in each step; empty: always.
  package var available: [Bool]
  /// A connection.
  package init(
    buyLimit: Double, sellLimit: Double, buyPrice: [Double], sellPrice: [Double], available: [Bool] = []
  ) {
    self.buyLimit = buyLimit
    self.sellLimit = sellLimit
    self.buyPrice = buyPrice
    self.sellPrice = sellPrice
    self.available = available
  }
}

/// Spare running power asked for on a bus beyond its load: `share of load + share of yearly peak + share of the output of each
/// source`; the last stands with the sources.
///
/// Source: HOMER manual, operating reserve; research/planning.md 2.2 (9).
package struct OperatingReserve: Sendable {
  /// Share of the present load [-].
  package var ofLoad: Double
  /// Share of the year's greatest load [-].
  package var ofPeak: Double
  /// A reserve; none by default.
  package init(ofLoad: Double = 0, ofPeak: Double = 0) {
    self.ofLoad = ofLoad
    self.ofPeak = ofPeak
  }

  /// Spare power of each step [kW]: that of the sources with the shares of load and peak.
  func spare(_ ofSources: [Double], load: [Double]) -> [Double] {
    let peak = load.max() ?? 0
    return ofSources.indices.map { ofSources[$0] + (ofLoad * load[$0] + ofPeak * peak) }
  }
}
