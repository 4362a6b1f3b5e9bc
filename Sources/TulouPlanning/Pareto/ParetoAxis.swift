import TulouAssembly
import TulouProblem
public import TulouProject
import TulouQuantities
import TulouTechnologies

/// An axis of a front: a linear form of the plan, or a share.
public typealias ParetoAxis = Study.Goal

extension Study.Goal {
  /// Unit of its values.
  public func unit(currency: String) -> String {
    switch self {
    case .netPresentCost: currency + "/y"
    case .co2: "kg/y"
    case .outsideEnergy, .localEnergy, .unservedEnergy: "kWh/y"
    case .renewableFraction, .exergyEfficiency: "1"
    case .land: "m2"
    case .capital: currency
    }
  }

  /// Whether a smaller value is better.
  public var smallerIsBetter: Bool { !isShare }

  /// Name in plain words.
  public var quantity: String {
    switch self {
    case .netPresentCost: "Cost and penalties per year"
    case .co2: "CO₂"
    case .outsideEnergy: "Energy from outside"
    case .localEnergy: "Demand not met from own sources"
    case .renewableFraction: "Renewable fraction"
    case .exergyEfficiency: "Exergy efficiency"
    case .land: "Land"
    case .capital: "Capital"
    case .unservedEnergy: "Energy not served"
    }
  }

  /// The limit of the project file that keeps a plan at `value` or better: key path and text; nil where there is none.
  ///
  /// - Parameters:
  ///   - value: In the unit of the axis.
  ///   - demand: Demand of energy per year [kWh/y], of which unserved energy is a share.
  func limit(_ value: Double, currency: String, demand: Double) -> (path: String, value: String)? {
    switch self {
    case .netPresentCost, .localEnergy: nil
    case .co2: ("limits.co2.max", "\(value) kg/y")
    case .outsideEnergy: ("limits.outside_energy.max", "\(value) kWh/y")
    case .renewableFraction: ("limits.renewable_fraction.min", "\(value * 100) %")
    case .exergyEfficiency: ("limits.exergy_efficiency.min", "\(value * 100) %")
    case .land: ("limits.land.max", "\(value) m2")
    case .capital: ("limits.budget.max", "\(value) \(currency)")
    case .unservedEnergy: demand > 0 ? ("limits.unserved_energy.max", "\(value / demand * 100) %") : nil
    }
  }
}

/// An axis on one problem: less of `form` is better; a share is `1 - form / whole`.
struct AxisForm {
  var axis: ParetoAxis
  /// Over the horizon.
  var form: LinearForm
  /// What the form is divided by; nil: by `perUnit`.
  var whole: LinearForm?
  /// The form per unit of the axis.
  var perUnit: Double

  /// Value of the axis at a plan, in its unit; fixed charges of what is built belong to the cost.
  func value(_ solution: Solution, _ problem: HourlyProblem) -> Double {
    func sum(_ form: LinearForm) -> Double {
      problem.value(of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities).sum
    }
    guard let whole else {
      let charges = axis == .netPresentCost ? problem.fixedCharges(capacities: solution.capacities) : 0
      return (sum(form) + charges) / perUnit
    }
    let divisor = sum(whole)
    return divisor > 0 ? 1 - sum(form) / divisor : 1
  }

  /// Whether a smaller value is better.
  var smallerIsBetter: Bool { axis.smallerIsBetter }

  /// The value that is worse than `value` by a share of its size, so that a plan found by rounding arithmetic obeys it.
  func relaxed(_ value: Double, by share: Double = 0.9e-6) -> Double {
    // A tenth of the millionth that rule M14 allows is kept back for the solver's own tolerance.
    let slack = share * max(abs(value), whole == nil ? 1e-6 : 0.1)
    return smallerIsBetter ? value + slack : value - slack
  }

  /// A linear form that falls where the axis gets better, near plans of this value.
  func linear(at value: Double) -> LinearForm {
    guard let whole else { return form }
    var form = form
    form.add(whole, times: -(1 - value))
    return form
  }

  /// The row that keeps a plan at `limit` or better.
  func row(_ limit: Double) -> YearlyRow {
    let label = Label(axis.rawValue, .limit, part: .front)
    guard let whole else {
      var form = form
      let constant = form.constant
      form.constant = 0
      return YearlyRow(label, form, upper: limit * perUnit - constant)
    }
    var form = form
    form.add(whole, times: -(1 - limit))
    let constant = form.constant
    form.constant = 0
    return YearlyRow(label, form, upper: -constant)
  }
}

extension Draft {
  /// The form of an axis on the finished draft.
  mutating func axisForm(_ axis: ParetoAxis) -> AxisForm {
    switch axis {
    case .netPresentCost:
      var form = cash
      form.add(penalties)
      return AxisForm(axis: axis, form: form, whole: nil, perUnit: money.years)
    case .co2: return AxisForm(axis: axis, form: emission, whole: nil, perUnit: money.years)
    case .outsideEnergy: return AxisForm(axis: axis, form: outside, whole: nil, perUnit: money.years)
    case .localEnergy:
      let account = renewableAccount(of: .all)
      var form = account.nonrenewable
      form.add(account.unserved)
      return AxisForm(axis: axis, form: form, whole: nil, perUnit: money.years)
    case .unservedEnergy: return AxisForm(axis: axis, form: unserved, whole: nil, perUnit: money.years)
    case .land: return AxisForm(axis: axis, form: landForm(), whole: nil, perUnit: 1)
    case .capital: return AxisForm(axis: axis, form: capitalForm(), whole: nil, perUnit: 1)
    case .exergyEfficiency:
      // Without temperatures a fault is noted, and no front is drawn.
      let forms = exergyForms(path: "studies") ?? ExergyForms()
      return AxisForm(axis: axis, form: forms.lost, whole: forms.entered, perUnit: 1)
    case .renewableFraction:
      let account = countedRenewableAccount(of: project.limits.renewableFractionOf)
      var form = account.nonrenewable
      form.add(account.unserved)
      var whole = account.use
      whole.constant += account.demand
      return AxisForm(axis: axis, form: form, whole: whole, perUnit: 1)
    }
  }
}
