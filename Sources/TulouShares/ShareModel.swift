#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The share model of the Xizhou paper on one day: 27 shares and sizes to exergy efficiency, life-cycle cost and loss of supply.
///
/// Every demand is covered by shares of its energy; a machine's size is its share of the peak. Electricity that heat pumps and
/// heaters take is made by the same mix as the electricity demand. Each hour is looked at for loss of supply alone: sun and wind
/// give their energy in their hours, all else follows up to its size, storages even out. No irradiance, no part load: a
/// physical plan is `tulou plan`.
/// - Source: Y. Lu, X. Yang, K. Alanne 2018, Energies 11(4), 1007, eqs (1) to (15).
package struct ShareModel: Sendable {
  /// The day.
  package let season: ShareSeason
  /// What the paper does not print.
  package let assumptions: ShareAssumptions
  /// What sun and wind count as.
  package let basis: ShareBasis

  /// Exergy that enters per energy that a share gives, by variable [-].
  private let entering: [Double]
  /// Cost per energy that a share gives, by variable [EUR/kWh].
  private let costs: [Double]
  /// Electricity per energy that a share gives, by variable [-].
  private let driving: [Double]
  /// Waste heat per energy that a share gives, by variable [-].
  private let heating: [Double]
  /// Exergy per energy of each demand [-].
  package let factors: SIMD4<Double>
  private let energies: SIMD4<Double>
  private let peaks: SIMD4<Double>
  /// EUR per MW or MWh and day, by variable 18 to 23.
  private let storageCosts: [Double]
  private let wasteCooling: Double
  private let batteryEfficiency: Double
  /// Hours, as groups of eight: demand of each carrier [MW], and per energy the shape of sun, collectors and troughs [1/h].
  private let hours: [SIMD4<Double>]
  private let sun: [Double], collectors: [Double], troughs: [Double]

  /// A model of a day.
  package init(
    _ season: ShareSeason, assumptions: ShareAssumptions = ShareAssumptions(), basis: ShareBasis = .deviceOutput
  ) {
    self.season = season
    self.assumptions = assumptions
    self.basis = basis
    let electricity = season.electricityHours
    hours = (0..<24).map { t in
      SIMD4(
        electricity[t], season.demand(.heating).hours[t], season.demand(.water).hours[t],
        season.demand(.cooling).hours[t])
    }
    energies = SIMD4(
      electricity.reduce(0, +), season.demand(.heating).energy, season.demand(.water).energy,
      season.demand(.cooling).energy)
    peaks = SIMD4(
      season.electricityPeak, season.demand(.heating).peak, season.demand(.water).peak, season.demand(.cooling).peak)
    let coefficients = ShareCoefficients(season, assumptions, basis)
    entering = coefficients.entering
    costs = coefficients.costs
    driving = coefficients.driving
    heating = coefficients.heating
    factors = coefficients.factors
    wasteCooling = assumptions["sac.cop"]
    batteryEfficiency = assumptions["battery.efficiency"]
    let prices = ShareCosts(assumptions)
    storageCosts = ["battery", "tank", "vehicle"].map(prices.perDay).flatMap { [$0.power, $0.energy] }
    sun = ShareModel.bell(season.sunHours)
    collectors = ShareModel.bell(season.collectorHours)
    troughs = ShareModel.bell(season.troughHours)
  }

  /// A unit of energy over the hours around noon, `hours` at full power and the hours beside them in part.
  static func bell(_ hours: Double) -> [Double] {
    // A cosine arch whose area is that of `hours` at full power.
    let half = max(0.5, hours * .pi / 4)
    var shape = (0..<24).map { t in
      let x = (Double(t) + 0.5 - 12.5) / half
      return abs(x) < 1 ? cos(x * .pi / 2) : 0
    }
    let sum = shape.reduce(0, +)
    if sum > 0 { for t in shape.indices { shape[t] /= sum } }
    return shape
  }

  /// Figures of a design: 27 values in the order of `ShareVariable`.
  package func figures(_ design: [Double]) -> ShareFigures { figures(design, countsLoss: true) }

  /// Figures of a design but for loss of supply: the hours are not looked at.
  package func balance(_ design: [Double]) -> ShareFigures { figures(design, countsLoss: false) }

  private func figures(_ design: [Double], countsLoss: Bool) -> ShareFigures {
    // What has not 27 values is no design, and comes to nothing.
    guard design.count == 27 else { return ShareFigures() }
    let y = design
    var found = ShareFigures()
    let q = energies
    // Electricity that heat and cold take, their exergy and cost.
    var driven = 0.0, exergy = 0.0, cost = 0.0
    var shares = SIMD4<Double>(repeating: 0)
    for (c, range) in [7..<11, 11..<15, 15..<18].enumerated() {
      let energy = q[c + 1]
      var sum = 0.0
      for i in range {
        let given = y[i] * energy
        sum += y[i]
        driven += given * driving[i]
        exergy += given * entering[i]
        cost += given * costs[i]
      }
      shares[c + 1] = sum
    }
    let electricity = q[0] + driven
    var waste = 0.0, mix = 0.0
    for i in 0..<7 {
      let given = y[i] * electricity
      mix += y[i]
      exergy += given * entering[i]
      cost += given * costs[i]
      waste += given * heating[i]
    }
    shares[0] = mix
    let usable = SIMD4(0, waste * y[24], waste * y[25], waste * y[26] * wasteCooling)
    var reached = shares
    for c in 1..<4 { reached[c] = q[c] > 0 ? shares[c] + usable[c] / q[c] : 1 }
    for k in 0..<6 { cost += y[18 + k] * storageCosts[k] / 1000 }
    // What batteries lose in a cycle has to come from somewhere.
    exergy += (y[19] + y[23]) * (1 - batteryEfficiency) * 0.5
    let served = reached.replacing(with: 1, where: reached .> 1)
    let wanted = q[0] + q[1] + q[2] + q[3]
    let used = (served * q * factors).sum()
    found.efficiency = exergy > 0 ? used / exergy : 0
    found.cost = wanted > 0 ? cost / wanted : 0
    found.used = used
    found.entered = exergy
    found.paid = cost
    found.wanted = wanted
    found.reached = reached
    found.wasteHeat = waste
    found.driven = driven
    if countsLoss { loss(y, electricity: electricity, usable: usable, &found) }
    return found
  }

  /// Hours and energy in which supply falls short.
  @inline(__always)
  private func loss(
    _ y: [Double], electricity: Double, usable: SIMD4<Double>, _ found: inout ShareFigures
  ) {
    let q = energies
    let scale = q[0] > 0 ? electricity / q[0] : 1
    // What follows the demand [MW], and what comes when it comes [MWh/d].
    let firm = SIMD4(
      (y[0] + y[5] + y[6]) * peaks[0] * scale, (y[7] + y[9] + y[10]) * peaks[1] + usable[1] / 12,
      (y[11] + y[13] + y[14]) * peaks[2] + usable[2] / 12, (y[16] + y[17]) * peaks[3] + usable[3] / 12)
    let panels = (y[2] + y[3]) * electricity, trough = y[4] * electricity, wind = y[1] * electricity / 24
    let solar = SIMD4(0, y[8], y[12], y[15]) * q
    var battery = 0.5 * (y[19] + y[23]), tank = 0.5 * y[21]
    let batteryPower = y[18] + y[22], batteryEnergy = y[19] + y[23]
    var short = 0.0, missing = 0.0
    for t in 0..<24 {
      let demand = hours[t]
      var need = demand
      need[0] = demand[0] * scale
      var free = solar * collectors[t]
      free[0] = panels * sun[t] + trough * troughs[t] + wind
      let rest = need - free - firm
      // Electricity.
      var gap = rest[0]
      if gap > 0 {
        let from = min(gap, min(batteryPower, battery))
        battery -= from
        gap -= from
      } else {
        battery += min(-gap, min(batteryPower, batteryEnergy - battery))
        gap = 0
      }
      // Heat and cold by one tank.
      let lack = rest.replacing(with: 0, where: rest .< 0)
      var heat = lack[1] + lack[2] + lack[3]
      if heat > 0 {
        let from = min(heat, min(y[20], tank))
        tank -= from
        heat -= from
      } else {
        tank += min(-(rest[1] + rest[2] + rest[3]), min(y[20], y[21] - tank))
      }
      let most = 1e-9 * (need[0] + need[1] + need[2] + need[3])
      if gap + heat > most { short += 1 }
      missing += gap + heat
    }
    let wanted = electricity + q[1] + q[2] + q[3]
    found.lossHours = short / 24
    found.lossEnergy = wanted > 0 ? missing / wanted : 0
  }

  /// Size of each machine by the paper's rule, share times peak [MW]; storages as they are.
  package func sizes(_ design: [Double]) -> [Double] {
    ShareVariable.allCases.map { variable in
      guard variable.rawValue < design.count else { return 0 }
      return variable.carrier.map { design[variable.rawValue] * peaks[$0.rawValue] } ?? design[variable.rawValue]
    }
  }

  /// The existing system of the paper: electricity from the grid, heat by electric heaters, cold by air conditioners.
  package var reference: [Double] {
    var y = [Double](repeating: 0, count: 27)
    y[ShareVariable.grid.rawValue] = 1
    y[ShareVariable.electricHeating.rawValue] = 1
    y[ShareVariable.electricWater.rawValue] = 1
    y[ShareVariable.airConditionerCooling.rawValue] = 1
    return y
  }

  /// Range and step of each variable (table 1): shares by tenths of a per cent, storages up to the peak or the day's energy.
  package var ranges: [(upper: Double, step: Double)] {
    let heat = peaks[1] + peaks[2] + peaks[3], heatEnergy = energies[1] + energies[2] + energies[3]
    return ShareVariable.allCases.map { variable in
      switch variable {
      case .batteryPower, .vehiclePower: (peaks[0], 0.1)
      case .batteryEnergy, .vehicleEnergy: (energies[0], 0.1)
      case .tankPower: (heat, 0.1)
      case .tankEnergy: (heatEnergy, 0.1)
      default: (1, 0.001)
      }
    }
  }
}
