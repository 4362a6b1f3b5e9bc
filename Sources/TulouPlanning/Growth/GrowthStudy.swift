import TulouAccounts
import TulouFinance
import TulouProblem
package import TulouProject
package import TulouSharing
package import TulouSolvers
import TulouTechnologies

/// Members who enter over the years and leave again: what each gains and loses, and what makes up for it.
///
/// Steps are of the planning game: at each, those who are there plan their cluster with the plant that stands from earlier steps, and
/// divide what it gains by the rule. Exits are of the same games: shares before are those of the step, and those who stay plan with the
/// plant that stands there. Orders of entry are of plans made anew.
/// Amounts are per year of the plan of that step, in prices of the price year.
package enum GrowthStudy {
  /// A member leaves after some years.
  package struct Exit: Sendable, Equatable {
    /// Who leaves.
    package var member: String
    /// After how many years from its own entry [y].
    package var after: Double
    /// Years from the start of the project at which it leaves [y].
    package var time: Double
    /// Who was there until then, as a bit mask of the players.
    package var group: Int
    /// What each player gains more a year afterwards, below zero: loses; zero of the one who left and of those not there [money/y].
    package var changes: [Double] = []
    /// What those who stay pay a year, with the plant that stands, above a plan made anew for them [money/y].
    package var idle = 0.0
    /// Capital of its own plant that is not worn when it leaves [money].
    package var stranded = 0.0
    /// Of it what it would not have built alone, after what somebody pays for it [money].
    package var lost = 0.0
    /// What its years in the cluster were worth to it at its entry, each by its share of that step, the loss included, at its own
    /// rate [money].
    package var worth = 0.0
    /// What would make up for the others' losses until the end of the project, paid when it leaves [money].
    package var fee = 0.0
    /// Why there are no numbers; empty where there are.
    package var reason = ""
  }

  /// What was found.
  package struct Result: Sendable {
    /// The project.
    package var project: Project
    /// Who begins, enters, leaves.
    package var growth: Growth
    /// The game of all.
    package var game: PlanningGame
    /// Calendar year of each step.
    package var years: [Int]
    /// The steps.
    package var path: EntryPath
    /// Orders in which the entrants could come.
    package var orders: EntryOrders
    /// Cases of exit.
    package var exits: [Exit]
    /// What stands after each step, and what keeping it costs.
    package var standing: [Standing] = []
    /// Amounts below this are nothing: the proofs leave them open, and plans are compared to a millionth of their cost [money/y].
    package var slack: Double { GrowthStudy.slack(game) }
    /// Whether some shares of a step keep every group from leaving.
    package func isStable(_ step: EntryPath.Step) -> Bool { step.coreSurplus >= -slack }
    /// Whether an entry leaves nobody worse off, the fee paid.
    package func isWhole(_ step: EntryPath.Step) -> Bool { step.kept >= -slack }
  }

  static func slack(_ game: PlanningGame) -> Double {
    max(1e-9 * game.game.scale, 2 * game.widest, 1e-6 * abs(game.together))
  }

  /// The game in which a lesser group is worth what proofs leave open less, so that this empties no core and makes no loss.
  private static func relaxed(_ game: PlanningGame) -> Game {
    let slack = slack(game), count = game.game.count
    let values = game.game.values.enumerated().map { group, value in
      group == 0 ? 0 : value - slack * Double(count - group.nonzeroBitCount)
    }
    return Game(members: game.game.members, values: values) ?? game.game
  }

  /// Steps, orders and exits of a project, from the values of all groups.
  ///
  /// - Parameters:
  ///   - project: The project with all members.
  ///   - growth: Who begins, enters, leaves.
  ///   - game: Values of all groups, from `CoalitionStudy`.
  ///   - options: As for one plan; for the plans of exits.
  package static func run(
    project: Project, growth: Growth, game: PlanningGame, options: PlanOptions = PlanOptions(), solver: any Solver
  ) -> Result {
    let players = game.players
    func mask(_ names: [String]) -> Int {
      players.indices.reduce(0) { names.contains(players[$1]) || players[$1].isEmpty ? $0 | 1 << $1 : $0 }
    }
    let first = project.firstYear
    var groups = [mask(growth.start)]
    var years = [first]
    for entry in growth.entries {
      groups.append((groups.last ?? 0) | mask(entry.members))
      years.append(entry.year)
    }
    let rule = growth.rule
    let stands = standing(project, game, groups: groups, options, solver)
    let path = EntryPath(stands.games, groups: groups) { own in shares(own, by: rule) }
    let orders = EntryOrders(relaxed(game), start: groups[0], worths: worths(growth, project))
    var plans: [Int: Planned] = [:]
    let course = Course(years: years, path: path, games: stands.games, standing: stands.standing)
    let exits = growth.exits.flatMap { exit in
      exit.years.map { after in leave(exit.member, after, project, growth, game, course, &plans, options, solver) }
    }
    return Result(
      project: project, growth: growth, game: game, years: years, path: path, orders: orders, exits: exits,
      standing: stands.standing)
  }

  static func shares(_ game: Game, by rule: SharingMethod) -> [Double]? {
    MethodTable.all(game).first { $0.method == rule }?.amounts
  }

  /// What a yearly value is worth from each entry until the next, one an entrant; several in one year come at once.
  private static func worths(_ growth: Growth, _ project: Project) -> [Double] {
    let first = project.firstYear
    let times = growth.entries.flatMap { entry in entry.members.map { _ in Double(entry.year - first) } }
    let ends = Array(times.dropFirst()) + [project.economy.lifetime]
    return zip(times, ends).map {
      annuity(project.economy.realDiscountRate, $1) - annuity(project.economy.realDiscountRate, $0)
    }
  }

  /// Present worth of one unit a year over some years [y].
  static func annuity(_ rate: Double, _ years: Double) -> Double {
    years > 0 ? 1 / capitalRecoveryFactor(rate: rate, years: years) : 0
  }
}

// MARK: Exits

extension GrowthStudy {
  /// The steps with their games and what stands after each.
  private struct Course {
    var years: [Int]
    var path: EntryPath
    var games: [Game]
    var standing: [Standing]
  }

  /// The plan of a group that somebody will leave.
  private struct Planned {
    var project: Project
    var sizes: [String: Double]
    var outcome: Outcome
  }

  private static func planned(
    _ group: Int, _ project: Project, _ players: [String], _ options: PlanOptions, _ solver: any Solver
  ) -> Planned? {
    let own = project.group(Set(players.indices.filter { group >> $0 & 1 == 1 }.map { players[$0] }))
    guard let outcome = try? PlanStudy.run(project: own, options: options, solver: solver), let plan = outcome.plan
    else { return nil }
    var sizes: [String: Double] = [:]
    for component in own.components {
      for size in component.sizes where size.sharedWith == nil {
        sizes[size.part.name(of: component.id)] = plan.capacity(Label(size: size.part, of: component.id))
      }
    }
    return Planned(project: own, sizes: sizes, outcome: outcome)
  }

  private static func leave(
    _ member: String, _ after: Double, _ project: Project, _ growth: Growth, _ game: PlanningGame, _ course: Course,
    _ plans: inout [Int: Planned], _ options: PlanOptions, _ solver: any Solver
  ) -> Exit {
    let players = game.players
    let first = project.firstYear
    let entered = Double((growth.entryYear(of: member) ?? first) - first)
    let time = entered + after
    let step = course.years.lastIndex { Double($0 - first) <= time + 1e-9 } ?? 0
    var exit = Exit(member: member, after: after, time: time, group: course.path.steps[step].group)
    guard let place = players.firstIndex(of: member), time < project.economy.lifetime - 1e-9 else {
      exit.reason = "the project ends before"
      return exit
    }
    let rest = exit.group & ~(1 << place)
    guard rest != 0 else {
      exit.reason = "nobody is left"
      return exit
    }
    if plans[exit.group] == nil { plans[exit.group] = planned(exit.group, project, players, options, solver) }
    // What stands until then is what the steps have built, not what would be planned anew.
    let stands = course.standing[step].sizes
    if !stands.isEmpty { plans[exit.group]?.sizes = stands }
    guard let before = plans[exit.group] else {
      exit.reason = "the group has no plan"
      return exit
    }
    exit.stranded = notWorn(before, of: member, after: after, project)
    if plans[1 << place] == nil { plans[1 << place] = planned(1 << place, project, players, options, solver) }
    let anyway = plans[1 << place].map { notWorn($0, of: member, after: after, project) } ?? 0
    exit.lost = max(0, exit.stranded - anyway) * (1 - growth.resale)
    guard let cost = costWithStandingPlant(rest, before.sizes, project, game, options, solver) else {
      exit.reason = "those who stay have no plan with the plant that is there"
      return exit
    }
    divide(cost, rest: rest, step, game, course, growth, project, &exit)
    guard exit.reason.isEmpty else { return exit }
    let rate = rate(of: member, project)
    guard let gains = gains(of: place, from: entered, to: time, course, first: first, rate: rate) else {
      exit.reason = "the rule has no shares"
      return exit
    }
    exit.worth = gains - exit.lost * presentWorth(rate: rate, time: after)
    return exit
  }

  /// What a member's shares from its entry until some time are worth at its entry, each step by its own [money]; nil: a step has none.
  private static func gains(
    of place: Int, from entered: Double, to time: Double, _ course: Course, first: Int, rate: Double
  ) -> Double? {
    var sum = 0.0
    for (index, step) in course.path.steps.enumerated() {
      let next = course.years.indices.contains(index + 1) ? Double(course.years[index + 1] - first) : .infinity
      let begin = max(Double(course.years[index] - first), entered)
      let end = min(next, time)
      guard end > begin + 1e-9 else { continue }
      guard let shares = step.shares else { return nil }
      sum += shares[place] * (annuity(rate, end - entered) - annuity(rate, begin - entered))
    }
    return sum
  }

  private static func rate(of member: String, _ project: Project) -> Double {
    project.members.first { $0.id == member }?.discountRate ?? project.economy.realDiscountRate
  }

  /// Capital of a member's new plant that is not worn after some years, in equal parts of its life [money].
  private static func notWorn(_ plan: Planned, of member: String, after: Double, _ project: Project) -> Double {
    let own = Set(project.components.filter { $0.member == member && !$0.isMeter }.map(\.id))
    var sum = 0.0
    for component in plan.project.components where own.contains(component.id) {
      for size in component.sizes where size.sharedWith == nil {
        let total = plan.sizes[size.part.name(of: component.id)] ?? 0
        let new = max(0, total - size.existing)
        guard new > 1e-6 * max(size.existing, 1) else { continue }
        let life = size.cost.life ?? project.economy.lifetime
        let worn = (after / life).truncatingRemainder(dividingBy: 1)
        sum += (new * size.cost.capital + size.cost.fixedCapital) * (1 - worn)
      }
    }
    return sum
  }

  /// What those who stay pay a year where the plant that stands there stays and they may add to it; nil: they cannot.
  private static func costWithStandingPlant(
    _ rest: Int, _ sizes: [String: Double], _ project: Project, _ game: PlanningGame, _ options: PlanOptions,
    _ solver: any Solver
  ) -> Double? {
    let own = project.group(names(rest, game.players)).keeping(sizes)
    let anew = game.withoutPlan.contains(rest) ? nil : alone(rest, game) - game.game.values[rest]
    if !own.kept, let anew { return anew }
    guard let cost = planned(own.project, options, solver)?.cost else { return nil }
    // Plant that would be built anyway changes nothing but rounding.
    if let anew, abs(cost - anew) <= 1e-6 * abs(cost) { return anew }
    return cost
  }

  /// What the players of a group pay a year each alone, all of them together.
  private static func alone(_ group: Int, _ game: PlanningGame) -> Double {
    game.players.indices.filter { group >> $0 & 1 == 1 }.reduce(0) { $0 + game.alone[$1] }
  }

  /// Losses of those who stay: against their shares of the step, shares of the same game among them, in which all together have the plant
  /// that stands.
  private static func divide(
    _ cost: Double, rest: Int, _ step: Int, _ game: PlanningGame, _ course: Course, _ growth: Growth,
    _ project: Project, _ exit: inout Exit
  ) {
    let worth = alone(rest, game) - cost
    let idle = game.game.values[rest] - worth
    exit.idle = idle > 1e-6 * abs(cost) ? idle : 0
    guard let old = course.path.steps[step].shares, let own = course.games[step].restricted(to: rest) else {
      exit.reason = "the rule has no shares"
      return
    }
    var values = own.values
    values[values.count - 1] = worth
    guard let short = Game(members: own.members, values: values),
      let found = own.count == 1 ? [worth] : shares(short, by: growth.rule)
    else {
      exit.reason = "the rule has no shares among those who stay"
      return
    }
    exit.changes = [Double](repeating: 0, count: game.players.count)
    for (index, member) in game.players.indices.filter({ rest >> $0 & 1 == 1 }).enumerated() {
      exit.changes[member] = found[index] - old[member]
    }
    let left = annuity(project.economy.realDiscountRate, project.economy.lifetime - exit.time)
    exit.fee = exit.changes.reduce(0) { $0 + max(0, -$1) } * left
  }
}
