import TulouAccounts
import TulouDocument
package import TulouProblem
import TulouProject
import TulouTechnologies

/// Exergy of a plan over the horizon as linear forms, counted as the accounts count it [kWh].
package struct ExergyForms {
  /// What enters: sources and purchases.
  package var entered = LinearForm()
  /// What demands need and what is sold.
  package var used = LinearForm()

  /// Nothing enters yet.
  package init() {}

  /// `entered - used`, what is destroyed or kept.
  package var lost: LinearForm {
    var form = entered
    form.add(used, times: -1)
    return form
  }

  /// `level x entered - used`: negative where the efficiency is above the level.
  package func shortfall(at level: Double) -> LinearForm {
    var form = LinearForm()
    form.add(entered, times: level)
    form.add(used, times: -1)
    return form
  }
}

extension Draft {
  /// `used >= level x entered`: linear for a fixed level.
  mutating func exergyEfficiencyLimit(_ level: Double) -> LimitForm? {
    guard let forms = exergyForms(path: LimitKey.exergyEfficiency.path) else { return nil }
    var form = forms.shortfall(at: level)
    let constant = form.constant
    form.constant = 0
    return LimitForm(form: form, upper: -constant, perActivity: 1 / max(demand, 1e-9), whole: forms.entered)
  }

  /// The forms; nil, with a fault, where temperatures are missing.
  package mutating func exergyForms(path: String) -> ExergyForms? {
    let factors = ExergyFactors(project, steps: steps)
    guard factors.missing.isEmpty else {
      for one in factors.missing {
        faults.append(
          Diagnostic(.error, "Exergy cannot be counted without \(one).", path: path))
      }
      return nil
    }
    let place = Dictionary(
      zip(project.buses.map(\.id), project.buses.indices), uniquingKeysWith: { first, _ in first })
    let busOfRow = Dictionary(
      rowOfBus.compactMap { id, row in place[id].map { (row, $0) } }, uniquingKeysWith: { first, _ in first })
    let demandPlace = Dictionary(
      zip(project.demands.map(\.id), project.demands.indices), uniquingKeysWith: { first, _ in first })
    var forms = ExergyForms()
    for (d, demand) in project.demands.enumerated() where served(demand).isEmpty {
      forms.used.constant += sum(profile(demand.power) * profile(factors.demands[d]))
    }
    for (j, flow) in problem.flows.enumerated() {
      let d = demandPlace[flow.label.id]
      for term in flow.rowTerms {
        guard let b = busOfRow[term.row] else { continue }
        let bus = profile(factors.buses[b])
        switch flow.label.role {
        case .production where factors.incident[flow.label.id] != nil: continue
        case .production, .purchase: forms.entered.add(flow: j, term.coefficient * bus)
        case .sale: forms.used.add(flow: j, term.coefficient * bus * -1)
        case .unserved: if let d { forms.used.add(flow: j, term.coefficient * profile(factors.demands[d]) * -1) }
        // What vehicles give back is taken off what they are served.
        case .serve: if let d { forms.used.add(flow: j, term.coefficient * profile(factors.demands[d]) * -1) }
        case .discharge: if let d { forms.used.add(flow: j, term.coefficient * profile(factors.demands[d]) * -1) }
        default: continue
        }
      }
    }
    // Light and wind before what stands enter whether they are used or not.
    for component in project.components {
      guard let perUnit = factors.incident[component.id], let k = capacity(component) else { continue }
      forms.entered.add(capacity: k, sum(profile(perUnit)))
    }
    return forms
  }

  private func served(_ demand: Demand) -> [Int] {
    problem.flows.indices.filter { problem.flows[$0].label.id == demand.id && problem.flows[$0].label.role == .serve }
  }
}
