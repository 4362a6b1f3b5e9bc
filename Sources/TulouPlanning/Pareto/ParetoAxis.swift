import TulouProblem
import TulouProject
import TulouTechnologies

/// Something that a front is drawn over: a linear form of the plan, or the renewable fraction.
public enum ParetoAxis: String, Sendable, CaseIterable {
  /// Cash and penalties per year.
  case netPresentCost = "net_present_cost"
  /// Emission per year.
  case co2
  /// Energy from outside per year.
  case outsideEnergy = "outside_energy"
  /// Share of electricity that is renewable; more is better.
  case renewableFraction = "renewable_fraction"
  /// Land that the sizes take.
  case land

  /// Unit of its values.
  public func unit(currency: String) -> String {
    switch self {
    case .netPresentCost: currency + "/y"
    case .co2: "kg/y"
    case .outsideEnergy: "kWh/y"
    case .renewableFraction: "1"
    case .land: "m2"
    }
  }
}

/// An axis on one problem: less of `form` is better; the renewable fraction is `1 - form / whole`.
struct AxisForm {
  var axis: ParetoAxis
  /// Over the horizon.
  var form: LinearForm
  /// What the form is divided by; nil: by `perUnit`.
  var whole: LinearForm?
  /// The form per unit of the axis.
  var perUnit: Double

  /// Value of the axis at a plan, in its unit.
  func value(_ solution: Solution, _ problem: HourlyProblem) -> Double {
    func sum(_ form: LinearForm) -> Double {
      problem.value(of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities).sum
    }
    guard let whole else { return sum(form) / perUnit }
    let divisor = sum(whole)
    return divisor > 0 ? 1 - sum(form) / divisor : 1
  }

  /// Whether a smaller value is better.
  var smallerIsBetter: Bool { whole == nil }

  /// The row that keeps a plan at `limit` or better.
  func row(_ limit: Double) -> YearlyRow {
    let label = Label(axis.rawValue, .limit, part: "front")
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
  func axisForm(_ axis: ParetoAxis) -> AxisForm {
    switch axis {
    case .netPresentCost:
      var form = cash
      form.add(penalties)
      return AxisForm(axis: axis, form: form, whole: nil, perUnit: money.years)
    case .co2: return AxisForm(axis: axis, form: emission, whole: nil, perUnit: money.years)
    case .outsideEnergy: return AxisForm(axis: axis, form: outside, whole: nil, perUnit: money.years)
    case .land: return AxisForm(axis: axis, form: landForm(), whole: nil, perUnit: 1)
    case .renewableFraction:
      let account = renewableAccount(of: EnergyView(project.limits.renewableFractionOf))
      var form = account.nonrenewable
      form.add(account.unserved)
      var whole = account.use
      whole.constant += account.demand
      return AxisForm(axis: axis, form: form, whole: whole, perUnit: 1)
    }
  }
}
