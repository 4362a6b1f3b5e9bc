import TulouAccounts
import TulouProject
import TulouQuantities

extension PlanReport {
  /// The plan in twelve lines for a terminal.
  ///
  /// - Parameter place: Where the report lies, as the user would type it.
  package func answer(report place: String) -> [String] {
    func text(_ key: String, _ form: (Double) -> String) -> String { accounts.value(key).map(form) ?? NumberText.none }
    var energy: [String] = []
    if let value = accounts.value("cost_of_energy_served") { energy.append("\(money(value, per: "/kWh")) served") }
    if let value = accounts.value("cost_of_energy_served_and_sold") {
      energy.append("\(money(value, per: "/kWh")) served and sold")
    }
    let carbonAccount = accounts.carbon
    var carbon = text("co2") { carbonAccount.worded(Scale.text($0 * 1000, "kg") + "/y") }
    if let missing = carbonAccount.reductionMissing {
      carbon += "; no reduction is stated: \(missing)"
    } else if carbonAccount.isAtLeast {
      carbon += ": no emission factor was given for \(PlanReport.listed(carbonAccount.withoutFactor.map { "'\($0)'" }))"
    }
    if let reduction = accounts.value("co2_reduction") {
      carbon +=
        reduction >= 0
        ? ", \(NumberText.percent(reduction)) below the reference"
        : ", \(NumberText.percent(-reduction)) above the reference"
    }
    var rows: [(String, String)] = [
      ("System", systemLine),
      ("Capital", text("capital") { money($0) }),
      ("Cost per year", text("annual_cost") { money($0, per: "/y") }),
      (
        "Net present cost",
        text("net_present_cost") { money($0) + " over \(NumberText.significant(project.economy.lifetime)) years" }
      ),
      ("Cost of energy", energy.isEmpty ? NumberText.none : energy.joined(separator: ", ")),
      ("Renewable", text("renewable_fraction") { NumberText.percent($0) + " of " + fractionWords }),
      ("CO2", carbon.replacingSubscript),
    ]
    rows += fuelRows
    rows += [
      ("Autonomy", text("autonomy") { NumberText.percent($0) + " of all energy from own sources" }),
      (
        "Not served",
        text("unserved") {
          $0 <= 0
            ? "nothing"
            : Scale.text($0, "kWh") + "/y, " + NumberText.percent(accounts.value("unserved_energy") ?? .nan)
              + " of " + demandWords
        }
      ),
      ("Members", memberLine),
      (rules == nil ? "Proof" : "Rule", rules.map(ruleLine) ?? proofLine),
    ]
    if let words = proof.approximation { rows.append(("Approximate", words)) }
    rows += moreOfRules + practicalRows
    rows.append(("Report", place))
    return rows.map { name, value in
      name + String(repeating: " ", count: max(1, 18 - name.terminalWidth)) + value
    }
  }

  private var systemLine: String {
    var phrases: [String] = []
    var done: Set<String> = []
    for line in sizeLines where line.capacity > 0 && done.insert(line.id).inserted {
      let parts = sizeLines.filter { $0.id == line.id }.map { Scale.text($0.capacity, $0.unit, digits: 4) }
      phrases.append("\(legend.name(line.id)) " + parts.joined(separator: " / "))
    }
    return phrases.isEmpty ? "no plant" : phrases.joined(separator: ", ")
  }

  private var memberLine: String {
    let judged = accounts.members.filter { !$0.id.isEmpty && $0.benefit != nil }
    guard !judged.isEmpty else {
      return project.members.isEmpty ? "none" : "\(project.members.count), without a reference to compare with"
    }
    let gain = judged.reduce(0) { $0 + ($1.benefit ?? 0) }
    let losers = judged.filter(\.isWorseOff)
    return "\(judged.count), together \(money(abs(gain), per: "/y")) \(gain < 0 ? "worse" : "better") off than alone"
      + (losers.isEmpty ? "" : "; worse off: " + losers.map { legend.member($0.id) }.joined(separator: ", "))
  }

  /// What is proven of a ratio, not of the level at which it was sought.
  private var ratioLine: String? {
    guard proof.objective == Objective.exergyEfficiency.rawValue, let ratio = accounts.value("exergy_efficiency")
    else { return nil }
    let gap = max(0, proof.gap)
    return
      "\(proof.status), exergy efficiency \(NumberText.percent(ratio, digits: 6)), at most \(NumberText.percent(ratio * (1 + gap), digits: 6)), gap \(gap <= 1e-12 ? "0" : NumberText.percent(gap, digits: 2)) (\(proof.solver))"
  }

  private var proofLine: String {
    func value(_ number: Double) -> String { NumberText.significant(number, digits: 8) }
    guard proof.bound.isFinite, proof.gap.isFinite else { return "\(proof.status), no bound known (\(proof.solver))" }
    if let ratio = ratioLine { return ratio }
    let gap = proof.gap <= 1e-12 ? "0" : NumberText.percent(proof.gap, digits: 2)
    return
      "\(proof.status), \(AtLeast.text(value(proof.value), objectiveIsAtLeast)) \(proof.unit), bound \(value(proof.bound)), gap \(gap) (\(proof.solver))"
  }
}

extension String {
  fileprivate var replacingSubscript: String { String(map { $0 == "₂" ? "2" : $0 }) }
}
