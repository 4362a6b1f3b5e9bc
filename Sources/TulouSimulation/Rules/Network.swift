/// What the two buses still need (positive) or have too much of (negative), and what the converter can still carry.
///
/// Every rule moves power by the few functions here, so one bus or two makes no difference to it. In one step power passes the
/// converter one way only.
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

  /// Whether a need is left on a bus to which the converter carries as much as it can.
  var isFullTowardsNeed: Bool {
    let nothing = SimulationRun.nothing
    return ac > nothing && inverted > nothing && inverterLeft <= nothing
      || dc > nothing && rectified > nothing && rectifierLeft <= nothing
  }

  /// Adds a need on a bus.
  mutating func ask(_ power: Double, at bus: SimulationProblem.Bus) {
    if bus == .ac { ac += power } else { dc += power }
  }

  /// What can be brought to DC for at most `greatest` of AC.
  func greatestOnDC(drawing greatest: Double) -> Double {
    let back = min(inverted, max(0, greatest) * inverterEfficiency)
    let rest = max(0, greatest) - back / inverterEfficiency
    return back + min(rectifierLeft, rest * rectifierEfficiency)
  }

  /// Covers the need of one bus by the surplus of the other.
  mutating func even() {
    if ac > 0, dc < 0 {
      let (output, drawn) = bringToAC(ac, drawing: -dc)
      ac -= output
      dc += drawn
    } else if dc > 0, ac < 0 {
      let (output, drawn) = bringToDC(dc, drawing: -ac)
      dc -= output
      ac += drawn
    }
  }

  /// Brings up to `wanted` to AC for at most `greatest` of DC. What the rectifier has carried the other way is left where it
  /// came from first, so that power never goes round; only then the inverter carries.
  private mutating func bringToAC(_ wanted: Double, drawing greatest: Double) -> (output: Double, drawn: Double) {
    var output = 0.0, drawn = 0.0
    if rectified > 0 {
      drawn = min(rectified, greatest, wanted * rectifierEfficiency)
      output = drawn / rectifierEfficiency
      rectified -= drawn
      rectifierLeft += drawn
      guard rectified <= 0 else { return (output, drawn) }
    }
    let carried = min(wanted - output, (greatest - drawn) * inverterEfficiency, inverterLeft)
    guard carried > 0 else { return (output, drawn) }
    inverterLeft -= carried
    inverted += carried
    return (output + carried, drawn + carried / inverterEfficiency)
  }

  /// Brings up to `wanted` to DC for at most `greatest` of AC; see `bringToAC`.
  private mutating func bringToDC(_ wanted: Double, drawing greatest: Double) -> (output: Double, drawn: Double) {
    var output = 0.0, drawn = 0.0
    if inverted > 0 {
      drawn = min(inverted, greatest, wanted * inverterEfficiency)
      output = drawn / inverterEfficiency
      inverted -= drawn
      inverterLeft += drawn
      guard inverted <= 0 else { return (output, drawn) }
    }
    let carried = min(wanted - output, (greatest - drawn) * rectifierEfficiency, rectifierLeft)
    guard carried > 0 else { return (output, drawn) }
    rectifierLeft -= carried
    rectified += carried
    return (output + carried, drawn + carried / rectifierEfficiency)
  }

  /// Covers needs by up to `greatest` at `bus`, its own first; returns what was used.
  mutating func supply(at bus: SimulationProblem.Bus, upTo greatest: Double) -> Double {
    guard greatest > 0 else { return 0 }
    switch bus {
    case .ac:
      let own = min(greatest, max(0, ac))
      ac -= own
      guard dc > 0, greatest > own else { return own }
      let (output, drawn) = bringToDC(dc, drawing: greatest - own)
      dc -= output
      return own + drawn
    case .dc:
      let own = min(greatest, max(0, dc))
      dc -= own
      guard ac > 0, greatest > own else { return own }
      let (output, drawn) = bringToAC(ac, drawing: greatest - own)
      ac -= output
      return own + drawn
    }
  }

  /// Takes up to `greatest` of the surplus at `bus`, its own first; returns what was taken.
  mutating func absorb(at bus: SimulationProblem.Bus, upTo greatest: Double) -> Double {
    guard greatest > 0 else { return 0 }
    switch bus {
    case .ac:
      let own = min(greatest, max(0, -ac))
      ac += own
      guard dc < 0, greatest > own else { return own }
      let (output, drawn) = bringToAC(greatest - own, drawing: -dc)
      dc += drawn
      return own + output
    case .dc:
      let own = min(greatest, max(0, -dc))
      dc += own
      guard ac < 0, greatest > own else { return own }
      let (output, drawn) = bringToDC(greatest - own, drawing: -ac)
      ac += drawn
      return own + output
    }
  }

  /// Puts `power` onto AC whether it is needed or not.
  mutating func push(_ power: Double) {
    ac -= power
    even()
  }
}
