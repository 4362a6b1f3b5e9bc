import TulouProblem
import TulouProject
import TulouTechnologies

/// Renewable fraction in its definitions, and the sums behind it.
///
/// `1 - (non-renewable + unserved) / (demand + sold + use)`. For electricity: `use` is what converters to other
/// carriers take (of what may be thrown away or turned back only what is kept: `UseNetwork`), non-renewable is purchase times its non-renewable share plus the electric output of converters times
/// the fossil share of their input; storage output is not production. Unserved energy counts against it.
struct RenewableFraction {
  /// Non-renewable production of electricity [kWh/y].
  var nonRenewable = 0.0
  /// Not served [kWh/y].
  var unserved = 0.0
  /// Wanted [kWh/y].
  var demand = 0.0
  /// Sold [kWh/y].
  var sold = 0.0
  /// Taken by converters to other carriers [kWh/y].
  var use = 0.0
  /// Renewable production of electricity [kWh/y].
  var renewable = 0.0
  /// Storage output [kWh/y].
  var discharged = 0.0

  /// The honest fraction; nil where nothing is wanted.
  var value: Double? {
    let whole = demand + sold + use
    guard whole > 1e-9 else { return nil }
    let value = 1 - (nonRenewable + unserved) / whole
    // Sums over a year leave some 1e-14: that is zero, not a negative share.
    return abs(value) < 1e-12 ? 0 : value
  }

  /// The Shenzhen paper's: renewable and storage output in all production, purchase and storage output.
  var withStorage: Double? {
    let whole = renewable + nonRenewable + discharged
    return whole > 1e-9 ? (renewable + discharged) / whole : nil
  }
}

extension BalanceBuilder {
  /// Whether a carrier is used by converting it, so that its origin must be handed on.
  private func isFuel(_ c: Int) -> Bool {
    reading.project.carriers[c].kind == .fuel || reading.project.carriers[c].kind == .hydrogen
  }

  /// Share of class N in what each fuel is made of, over the horizon; other carriers count where they are bought.
  private var fossilShares: [Double] {
    let total = entered.map { $0.reduce(0, +) }
    var share = total.indices.map { isFuel($0) && total[$0] > 0 ? enteredFossil[$0] / total[$0] : 0 }
    for _ in 0..<20 {
      var fossil = enteredFossil
      var whole = total
      for conversion in converters {
        let input = fossilInput(conversion, share)
        for (c, given) in conversion.given.enumerated() {
          fossil[c] += given * input
          whole[c] += given
        }
      }
      for c in share.indices where isFuel(c) { share[c] = whole[c] > 0 ? fossil[c] / whole[c] : 0 }
    }
    return share
  }

  /// Share of class N in the fuels that a converter takes.
  private func fossilInput(_ conversion: Conversion, _ share: [Double]) -> Double {
    var fossil = 0.0
    var whole = 0.0
    for (c, taken) in conversion.taken.enumerated() where isFuel(c) {
      whole += taken
      fossil += taken * share[c]
    }
    return whole > 0 ? fossil / whole : 0
  }

  /// The fraction of `electricity`, of `heat` (with cold), or of `all` that is used as it is.
  ///
  /// - Parameter perUse: As `countedUse` takes it.
  func renewableFraction(of scope: EnergyScope, perUse: Double = UseNetwork.mostPerUse) -> RenewableFraction {
    let share = fossilShares
    let project = reading.project
    let inScope = project.carriers.map { scope.contains($0.kind) }
    var result = RenewableFraction()
    for c in project.carriers.indices where inScope[c] {
      result.sold += reading.perYear(views[c].hourlySold)
      result.discharged += reading.perYear(views[c].hourlyDischarged)
      result.unserved += reading.perYear(unserved[c])
      result.demand -= reading.perYear(saved[c])
      result.nonRenewable += enteredFossil[c] / reading.years
      result.renewable += (entered[c].reduce(0, +) - enteredFossil[c]) / reading.years
    }
    for demand in project.demands {
      guard let b = reading.busIndex[demand.bus], reading.carrierOfBus[b] >= 0, inScope[reading.carrierOfBus[b]] else {
        continue
      }
      result.demand += reading.perYear(demand.power)
    }
    let counted = countedUse(of: scope, perUse: perUse)
    for conversion in converters {
      let input = fossilInput(conversion, share)
      for c in conversion.net.indices where inScope[c] {
        let given = conversion.given[c] / reading.years
        result.nonRenewable += given * input
        result.renewable += given * (1 - input)
        // What gives back the carrier that it takes loses, as a link does.
        let changes = conversion.given.indices.contains { $0 != c && conversion.given[$0] > 0 }
        if scope.countsUse, counted[conversion.id] == nil, changes {
          result.use += conversion.taken[c] / reading.years
        }
      }
    }
    result.use += counted.values.reduce(0, +) / reading.years
    return result
  }
}
