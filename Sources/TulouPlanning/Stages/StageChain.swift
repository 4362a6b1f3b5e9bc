import TulouAssembly
import TulouProblem
import TulouProject

extension StagePath {
  /// Ties the sizes of stage `s` to those of the stage before: what is new stays, what is retired stays retired, and the
  /// stage pays for what it adds.
  func chain(stage s: Int, of stages: [Assembled], in stack: Stack, _ whole: inout Assembled) {
    let earlier = Dictionary(
      zip(stages[s - 1].problem.capacities.map(\.label), stack.parts[s - 1].capacities),
      uniquingKeysWith: { first, _ in first })
    let kept = Set(stages[s].retirable.map(\.kept))
    for (k, capacity) in stages[s].problem.capacities.enumerated() {
      let isKept = kept.contains(k)
      guard isKept || stages[s].investment[k] != nil, let last = earlier[capacity.label] else { continue }
      let now = stack.parts[s].capacities[k]
      var label = capacity.label
      label.role = .limit
      label.stage = project.stages[s].id
      label.part = label.part.followed(by: "keeps")
      if isKept {
        whole.problem.yearlyRows.append(
          YearlyRow(label, LinearForm(capacities: [now: 1, last: -1]), upper: 0))
        continue
      }
      let perUnit = stages[s].investment[k] ?? 0
      // Paid: the difference. The draft counted what stood before the project as given; the last stage is that now.
      whole.cash.add(capacity: last, -perUnit)
      whole.cash.constant += perUnit * capacity.existing
      whole.problem.capacities[now].upper = max(capacity.upper, whole.problem.capacities[last].lower)
      let charge = stages[s].newCharge(k)
      if charge > 0 {
        // Whether this stage adds anything needs the addition as a number of its own.
        let new = whole.problem.capacities.count
        whole.problem.capacities.append(
          Capacity(
            Label(capacity.label.id, .auxiliary, part: .added(capacity.label.part), stage: label.stage),
            upper: capacity.upper, fixedCharge: charge))
        whole.problem.capacities[now].fixedCharge -= charge
        whole.problem.yearlyRows.append(
          YearlyRow(label, LinearForm(capacities: [now: 1, last: -1, new: -1]), lower: 0, upper: 0))
      } else {
        whole.problem.yearlyRows.append(
          YearlyRow(label, LinearForm(capacities: [now: 1, last: -1]), lower: 0))
      }
    }
  }

  /// The budget of a stage holds for all that is built until then, at the prices that are paid.
  func chainBudgets(_ stages: [Assembled], _ stack: Stack, _ whole: inout Assembled) {
    var spent = LinearForm()
    for (s, stage) in stages.enumerated() {
      let places = stack.parts[s].capacities
      let earlier =
        s == 0
        ? [:]
        : Dictionary(
          zip(stages[s - 1].problem.capacities.map(\.label), stack.parts[s - 1].capacities),
          uniquingKeysWith: { first, _ in first })
      for (k, price) in stage.capital.sorted(by: { $0.key < $1.key }) {
        let capacity = stage.problem.capacities[k]
        spent.add(capacity: places[k], price)
        if let last = earlier[capacity.label] {
          spent.add(capacity: last, -price)
        } else {
          spent.constant -= price * capacity.existing
        }
      }
      for flag in stage.builtFlags {
        spent.add(capacity: places[flag.flag], flag.capital)
        // Built by this stage, not by one before.
        var label = stage.problem.yearlyRows[flag.row].label
        label.stage = project.stages[s].id
        guard let last = earlier[stage.problem.capacities[flag.capacity].label],
          let row = whole.problem.yearlyRows.firstIndex(where: { $0.label == label })
        else { continue }
        whole.problem.yearlyRows[row].form.add(capacity: last, -1)
        whole.problem.yearlyRows[row].upper -= stage.problem.capacities[flag.capacity].existing
      }
      guard let limit = stage.limitRows.first(where: { $0.key == .budget }) else { continue }
      var label = stage.problem.yearlyRows[limit.row].label
      label.stage = project.stages[s].id
      guard let row = whole.problem.yearlyRows.firstIndex(where: { $0.label == label }) else { continue }
      var form = spent
      for (k, value) in whole.problem.yearlyRows[row].form.capacities
      where whole.problem.capacities[k].label.part == .slack { form.add(capacity: k, value) }
      whole.problem.yearlyRows[row].upper = limit.limit - form.constant
      form.constant = 0
      whole.problem.yearlyRows[row].form = form
    }
  }
}

extension Assembled {
  /// Capacities that plant stands by: what is new with each size, and what is kept where it may retire.
  private var plant: [Int] { (Array(investment.keys) + retirable.map(\.kept)).sorted() }

  /// What stands by label, for the stage that follows.
  func standing(_ totals: [Double]) -> [Label: Double] {
    Dictionary(plant.map { (problem.capacities[$0].label, totals[$0]) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is paid once a capacity gets anything new [money], its yearly part left out.
  func newCharge(_ k: Int) -> Double { problem.capacities[k].fixedCharge - (yearlyCharge[k] ?? 0) }

  /// The size that a capacity of new plant belongs to.
  func size(ofNew k: Int) -> Label {
    let total = retirable.first { $0.new == k }?.total ?? k
    return problem.capacities[total].label
  }

  /// Takes what earlier stages left as given: new plant stays, retired plant stays away, and what is spent is spent.
  mutating func stand(on before: [Label: Double], spent: Double) {
    let kept = Set(retirable.map(\.kept))
    var budget = -spent
    for k in plant {
      let capacity = problem.capacities[k]
      guard let standing = before[capacity.label] else { continue }
      if kept.contains(k) {
        problem.capacities[k].upper = min(capacity.upper, standing)
        continue
      }
      let now = max(capacity.existing, standing)
      budget += (capital[k] ?? 0) * (now - capacity.existing)
      problem.capacities[k].lower = max(capacity.lower, standing)
      problem.capacities[k].upper = max(capacity.upper, standing)
      // What stands is not paid again, nor is its fixed part.
      problem.capacities[k].existing = now
      for flag in builtFlags where flag.capacity == k { problem.yearlyRows[flag.row].upper = now }
      if standing > 0, let yearly = yearlyCharge[k], yearly > 0 {
        problem.capacities[k].fixedCharge -= yearly
        problem.objective.constant += yearly
        cash.constant += yearly
      }
    }
    for one in retirable {
      problem.capacities[one.total].upper = max(
        problem.capacities[one.total].upper, problem.capacities[one.new].lower)
    }
    if let limit = limitRows.first(where: { $0.key == .budget }) { problem.yearlyRows[limit.row].upper += budget }
  }

  /// Capital of what a stage adds to what stood [money].
  func capitalSpent(from before: [Label: Double], to totals: [Double]) -> Double {
    var sum = 0.0
    for (k, price) in capital.sorted(by: { $0.key < $1.key }) {
      let capacity = problem.capacities[k]
      sum += price * max(0, totals[k] - max(capacity.existing, before[capacity.label] ?? 0))
    }
    return builtFlags.reduce(sum) { $0 + $1.capital * totals[$1.flag].rounded() }
  }
}
