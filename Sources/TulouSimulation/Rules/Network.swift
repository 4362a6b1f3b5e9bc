/// What the two buses still need (positive) or have too much of (negative), and what the converter can still carry.
///
/// Every rule moves power by the few functions here, so one bus or two makes no difference to it.
struct Network: Sendable {
  /// Need of AC and DC [kW].
  var ac = 0.0
  var dc = 0.0
  /// Output that inverter and rectifier can still give [kW].
  var inverterLeft = 0.0
  var rectifierLeft = 0.0
  var inverterEfficiency = 1.0
  var rectifierEfficiency = 1.0
  /// Output of inverter and rectifier so far [kW].
  var inverted = 0.0
  var rectified = 0.0

  /// All that is needed.
  var need: Double { max(0, ac) + max(0, dc) }
  /// All that is too much.
  var surplus: Double { max(0, -ac) + max(0, -dc) }
  /// What the converter has lost.
  var converterLoss: Double {
    inverted * (1 / inverterEfficiency - 1) + rectified * (1 / rectifierEfficiency - 1)
  }

  /// Covers the need of one bus by the surplus of the other.
  mutating func even() {
    if ac > 0, dc < 0 {
      carryToAC(min(ac, -dc * inverterEfficiency))
    } else if dc > 0, ac < 0 {
      carryToDC(min(dc, -ac * rectifierEfficiency))
    }
  }

  /// Carries up to `output` from DC to AC.
  @discardableResult private mutating func carryToAC(_ output: Double) -> Double {
    let carried = min(output, inverterLeft)
    guard carried > 0 else { return 0 }
    ac -= carried
    dc += carried / inverterEfficiency
    inverterLeft -= carried
    inverted += carried
    return carried
  }

  /// Carries up to `output` from AC to DC.
  @discardableResult private mutating func carryToDC(_ output: Double) -> Double {
    let carried = min(output, rectifierLeft)
    guard carried > 0 else { return 0 }
    dc -= carried
    ac += carried / rectifierEfficiency
    rectifierLeft -= carried
    rectified += carried
    return carried
  }

  /// Covers needs by up to `greatest` at `bus`, its own first; returns what was used.
  mutating func supply(at bus: SimulationProblem.Bus, upTo greatest: Double) -> Double {
    guard greatest > 0 else { return 0 }
    switch bus {
    case .ac:
      let own = min(greatest, max(0, ac))
      ac -= own
      guard dc > 0, greatest > own, rectifierLeft > 0 else { return own }
      let out = carryToDC(min(dc, (greatest - own) * rectifierEfficiency))
      ac -= out / rectifierEfficiency
      return own + out / rectifierEfficiency
    case .dc:
      let own = min(greatest, max(0, dc))
      dc -= own
      guard ac > 0, greatest > own, inverterLeft > 0 else { return own }
      let out = carryToAC(min(ac, (greatest - own) * inverterEfficiency))
      dc -= out / inverterEfficiency
      return own + out / inverterEfficiency
    }
  }

  /// Takes up to `greatest` of the surplus at `bus`, its own first; returns what was taken.
  mutating func absorb(at bus: SimulationProblem.Bus, upTo greatest: Double) -> Double {
    guard greatest > 0 else { return 0 }
    switch bus {
    case .ac:
      let own = min(greatest, max(0, -ac))
      ac += own
      guard dc < 0, greatest > own, inverterLeft > 0 else { return own }
      let out = carryToAC(min(greatest - own, -dc * inverterEfficiency))
      ac += out
      return own + out
    case .dc:
      let own = min(greatest, max(0, -dc))
      dc += own
      guard ac < 0, greatest > own, rectifierLeft > 0 else { return own }
      let out = carryToDC(min(greatest - own, -ac * rectifierEfficiency))
      dc += out
      return own + out
    }
  }

  /// Puts `power` onto AC whether it is needed or not.
  mutating func push(_ power: Double) {
    ac -= power
    even()
  }
}
