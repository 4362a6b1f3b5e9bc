import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// What a mayor reads: what to build, what it costs, where the energy comes from, what remains open.
  func summarySection() -> Page.Section {
    var contents: [Page.Content] = supposition.isEmpty ? [] : [.text(supposition)]
    contents += [.lead(buildSentence), .lead(moneySentence), .lead(energySentence)]
    let service = serviceSentence
    contents.append(
      (accounts.value("unserved") ?? accounts.reliability.unserved) > 0 ? .alert(service) : .lead(service))
    contents.append(.tiles(tiles))
    if let sentence = memberSentence { contents.append(.text(sentence)) }
    contents.append(.text(proofSentence))
    let count = accounts.warnings.count + project.warnings.count
    if count > 0 {
      contents.append(
        .text(count == 1 ? "One warning is listed under Warnings." : "\(count) warnings are listed under Warnings."))
    }
    return Page.Section(id: "summary", title: "In short", contents)
  }

  /// New plant in words: `Build pv (1.2 MW); keep what stands, but retire old (100 kW).`
  var buildSentence: String {
    let new = sizeLines.filter { $0.new > 0 }
    let kept = sizeLines.contains { $0.existing > 0 }
    let gone = phrases(sizeLines.filter { $0.retired > 0 }, \.retired)
    let retire = gone.isEmpty ? "" : "retire \(PlanReport.listed(gone))"
    guard !new.isEmpty else {
      if !gone.isEmpty {
        return retire.capitalisedFirst + (kept ? "; keep the rest; nothing new is built." : "; nothing new is built.")
      }
      return kept ? "Nothing new has to be built: the plant that stands is enough." : "Nothing has to be built."
    }
    let keep = gone.isEmpty ? (kept ? "; keep what stands." : ".") : "; \(retire)\(kept ? "; keep the rest" : "")."
    return "Build " + PlanReport.listed(phrases(new, \.new)) + keep
  }

  /// The same for what a stage adds, by the label of each size.
  func newPhrases(by added: [Label: Double]) -> [String] {
    let lines = sizeLines.compactMap { line -> SizeLine? in
      // The content of a storage of fixed hours follows its power.
      let power = sizeLines.first { $0.id == line.id && $0.part == .power }
      let own = added[Label(size: line.part, of: line.id)]
      let follows = power.flatMap { power in
        power.capacity > 0
          ? added[Label(line.id, .size, part: .power)].map { $0 * line.capacity / power.capacity } : nil
      }
      guard line.capacity > 0, let new = own ?? follows, Dust.cleaned(new, scale: line.capacity) > 0 else { return nil }
      var line = line
      line.new = new
      return line
    }
    return phrases(lines, \.new)
  }

  /// `name (power, content)` for each component; a storage reads as one thing.
  private func phrases(_ lines: [SizeLine], _ size: (SizeLine) -> Double) -> [String] {
    var phrases: [String] = []
    var done: Set<String> = []
    for line in lines where done.insert(line.id).inserted {
      let parts = lines.filter { $0.id == line.id }.map { Scale.text(size($0), $0.unit, digits: 3) }
      phrases.append("\(legend.name(line.id)) (\(parts.joined(separator: ", ")))")
    }
    return phrases
  }

  private var moneySentence: String {
    let years = NumberText.significant(project.economy.lifetime)
    var text = ""
    if let annual = accounts.value("annual_cost") {
      text = "All in all it costs \(sum(annual)) a year"
      if let present = accounts.value("net_present_cost") {
        text += ", a net present cost of \(sum(present)) over \(years) years"
      }
      if let price = accounts.value("cost_of_energy_served") {
        text += "; each kWh of electricity used costs \(money(price)) on average"
      }
      text += "."
    }
    if let capital = accounts.value("capital"), capital > 0 {
      text += " At the start \(sum(capital)) has to be invested."
    }
    if let reference = accounts.reference, reference.missing.isEmpty, let annual = accounts.value("annual_cost") {
      let saved = reference.annualCost - annual
      text +=
        saved >= 0
        ? " Without the project the cluster would pay \(sum(saved)) a year more."
        : " Without the project the cluster would pay \(sum(-saved)) a year less."
    }
    return text
  }

  private var energySentence: String {
    var points: [String] = []
    if let autonomy = accounts.value("autonomy") {
      points.append("\(NumberText.percent(autonomy)) of the energy comes from the cluster's own sources")
    }
    if let renewable = accounts.value("renewable_fraction") {
      points.append("\(NumberText.percent(renewable)) of \(fractionWords) is renewable")
    }
    var text = points.isEmpty ? "" : PlanReport.listed(points).capitalisedFirst + "."
    if let emission = accounts.value("co2") {
      text += " Fossil CO₂: \(accounts.carbon.worded(Scale.text(emission * 1000, "kg"))) a year"
      if let missing = accounts.carbon.reductionMissing {
        text += "; no reduction is stated, as \(missing)."
      } else if let usual = accounts.value("co2_business_as_usual"), usual > 0 {
        let avoided = usual - emission
        text +=
          avoided >= 0
          ? ", \(Scale.text(avoided * 1000, "kg")) a year \(Dust.ratio(avoided, of: usual).map { "(\(NumberText.percent($0))) " } ?? "")less than without the project."
          : ", \(Scale.text(-avoided * 1000, "kg")) a year more than without the project."
      } else {
        text += "."
      }
    }
    return text
  }

  /// What the renewable fraction is a share of.
  var fractionWords: String {
    switch project.limits.renewableFractionOf {
    case .electricity: "electricity"
    case .heat: "heat"
    case .all: "all energy"
    }
  }

  /// What a share that is not served is a share of.
  var demandWords: String { hasOneDemandCarrier ? "demand" : "the demand of all carriers" }

  /// Whether all that is demanded is electricity, so that its reliability is that of everything.
  var hasOneDemandCarrier: Bool {
    project.demands.allSatisfy { project.carrier(ofBus: $0.bus)?.kind == .electricity }
  }

  private var serviceSentence: String {
    let unserved = accounts.value("unserved") ?? accounts.reliability.unserved
    guard unserved > 0 else { return "All demand is served in every hour." }
    let share = accounts.value("unserved_energy") ?? accounts.reliability.lossOfPowerSupplyEnergy
    var text =
      "Not all demand is served: \(Scale.text(unserved, "kWh")) a year (\(NumberText.percent(share)) of \(demandWords)) is shed"
    if let worst = accounts.reliability.worstEvent {
      text +=
        ", \(hasOneDemandCarrier ? "" : "of electricity ")at worst \(Scale.text(worst.energy, "kWh")) within \(NumberText.significant(worst.hours)) h from \(project.horizon.told(worst.start))"
    }
    return text + "."
  }

  private var memberSentence: String? {
    let judged = accounts.members.filter { !$0.id.isEmpty && $0.benefit != nil }
    guard !judged.isEmpty else { return nil }
    let losers = judged.filter(\.isWorseOff)
    if losers.isEmpty { return "Every member pays no more than it would alone." }
    return
      "Of \(judged.count) members \(losers.count) would pay more than alone: "
      + PlanReport.listed(losers.map { legend.member($0.id) }) + "."
  }

  /// The proof in words.
  var proofSentence: String { proofOfBound + (proof.approximation.map { " " + $0 } ?? "") }

  private var proofOfBound: String {
    guard proof.gap.isFinite else {
      return "How far the best possible plan might be from this one is not proven (\(proof.status), \(proof.solver))."
    }
    if proof.gap <= 1e-6, proof.hasGivenSizes {
      return
        "With the sizes that were given no cheaper dispatch exists: the proven bound agrees with this one to a millionth (\(proof.solver))."
    }
    if proof.gap <= 1e-6 {
      // Cheaper is said only where cost is what was sought.
      let claim =
        proof.objective == Objective.netPresentCost.rawValue
        ? "No cheaper plan exists" : "No plan is better by the objective \(Legend.plain(proof.objective))"
      return
        "\(claim) under these inputs: the proven bound agrees with this plan to a millionth (\(proof.solver))."
    }
    let better = proof.hasGivenSizes ? "better dispatch of the given sizes" : "better plan"
    return
      "At most \(NumberText.percent(proof.gap)) could be gained by a \(better): that is the distance to the proven bound (\(proof.solver))."
  }

  private var tiles: [Page.Tile] {
    var tiles: [Page.Tile] = []
    func add(_ name: String, _ key: String, note: String = "", _ text: (Double) -> String) {
      if let value = accounts.value(key) { tiles.append(Page.Tile(name, text(value), note: note)) }
    }
    add("Cost per year", "annual_cost", note: "levelised over the lifetime") { money($0, per: "/y") }
    add("Net present cost", "net_present_cost") { money($0) }
    add("Cost of energy", "cost_of_energy_served", note: "per kWh of electricity served") { money($0, per: "/kWh") }
    add("Renewable fraction", "renewable_fraction", note: "of " + fractionWords) { NumberText.percent($0) }
    add("Autonomy", "autonomy", note: "share of own sources, all energy") { NumberText.percent($0) }
    let isAtLeast = accounts.carbon.isAtLeast
    add("CO₂", "co2", note: isAtLeast ? "at least: a factor is missing" : "fossil, burnt or bought") {
      accounts.carbon.worded(Scale.text($0 * 1000, "kg") + "/y")
    }
    add("Not served", "unserved_energy", note: "of " + demandWords) { $0 <= 0 ? "nothing" : NumberText.percent($0) }
    add("Payback", "payback_simple", note: "against the reference") { NumberText.significant($0, digits: 3) + " years" }
    add("Internal rate of return", "irr", note: "against the reference") { NumberText.percent($0) }
    return tiles
  }

  /// Money in a sentence: `352,200 USD`, `4.389 million USD`.
  private func sum(_ value: Double) -> String {
    money(value)
  }

  /// `a, b and c`.
  static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension MemberAccount {
  /// Whether it pays more than alone, by more than what solvers leave of nothing.
  var isWorseOff: Bool { (benefit ?? 0) < -1e-6 * max(1, abs(costAlone ?? 0), abs(costInCluster)) }
}

extension String {
  /// The text with its first letter as capital.
  package var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
