import TulouAssembly
import TulouDocument
import TulouProblem
public import TulouProject
import TulouQuantities
import TulouTechnologies

/// An axis of a front: a linear form of the plan, or a share.
public typealias ParetoAxis = Study.Goal

extension Study.Goal {
  /// The limit of the project file that keeps a plan at `value` or better: key path and text; nil where there is none.
  ///
  /// - Parameters:
  ///   - value: In the unit of the axis.
  ///   - demand: Demand of energy per year [kWh/y], of which unserved energy is a share.
  func limit(_ value: Double, currency: String, demand: Double) -> (path: String, value: String)? {
    guard let limit else { return nil }
    let path = "\(limit.path).\(limit.sense.rawValue)"
    guard limit.quantity.isShare else { return (path, "\(value) \(unit(currency: currency))") }
    if isShare { return (path, "\(value * 100) %") }
    return demand > 0 ? (path, "\(value / demand * 100) %") : nil
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
    if let perUnit = axis.perUnit {
      return AxisForm(axis: axis, form: sizeSum(perUnit), whole: nil, perUnit: 1)
    }
    guard let make = AxisForm.ofHours[axis] else {
      faults.append(Diagnostic(.error, "The goal '\(axis.rawValue)' has no sum.", path: "studies"))
      return AxisForm(axis: axis, form: LinearForm(), whole: nil, perUnit: 1)
    }
    return make(&self, axis)
  }
}

extension AxisForm {
  /// What goals on hours and payments sum up.
  fileprivate static let ofHours: [ParetoAxis: @Sendable (inout Draft, ParetoAxis) -> AxisForm] = [
    .netPresentCost: { draft, axis in
      var form = draft.cash
      form.add(draft.penalties)
      return AxisForm(axis: axis, form: form, whole: nil, perUnit: draft.money.years)
    },
    .co2: { AxisForm(axis: $1, form: $0.emission, whole: nil, perUnit: $0.money.years) },
    .outsideEnergy: { AxisForm(axis: $1, form: $0.outside, whole: nil, perUnit: $0.money.years) },
    .localEnergy: { draft, axis in
      let account = draft.renewableAccount(of: .all)
      var form = account.nonrenewable
      form.add(account.unserved)
      return AxisForm(axis: axis, form: form, whole: nil, perUnit: draft.money.years)
    },
    .unservedEnergy: { AxisForm(axis: $1, form: $0.unserved, whole: nil, perUnit: $0.money.years) },
    .capital: { AxisForm(axis: $1, form: $0.capitalForm(), whole: nil, perUnit: 1) },
    .exergyEfficiency: { draft, axis in
      // Without temperatures a fault is noted, and no front is drawn.
      let forms = draft.exergyForms(path: "studies") ?? ExergyForms()
      return AxisForm(axis: axis, form: forms.lost, whole: forms.entered, perUnit: 1)
    },
    .renewableFraction: { draft, axis in
      let account = draft.countedRenewableAccount(of: draft.project.limits.renewableFractionOf)
      var form = account.nonrenewable
      form.add(account.unserved)
      var whole = account.use
      whole.constant += account.demand
      return AxisForm(axis: axis, form: form, whole: whole, perUnit: 1)
    },
  ]
}
