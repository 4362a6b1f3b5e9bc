import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSharing
import TulouSolvers
import TulouTechnologies

extension GrowthStudy {
  /// What stands after a step, and what keeping it costs.
  package struct Standing: Sendable, Equatable {
    /// Sizes by name [unit of each], of all that is there.
    package var sizes: [String: Double] = [:]
    /// What a group of all who are there pays a year more than if all were planned anew [money/y].
    package var extra = 0.0
    /// Why earlier plant could not be kept; empty: it is.
    package var reason = ""
  }

  /// Steps one after the other: what was built in earlier steps stays, and is paid for, at least until the next entry.
  ///
  /// A group that leaves takes the plant of its members with it, so its value counts that plant too. Without plant that stands a group is
  /// worth what it is in the game of plans made anew. Values are against what each would pay alone without any of it.
  static func standing(
    _ project: Project, _ game: PlanningGame, groups: [Int], _ options: PlanOptions, _ solver: any Solver
  ) -> (games: [Game], standing: [Standing]) {
    var games: [Game] = [], list: [Standing] = []
    var sizes: [String: Double] = [:]
    for (index, group) in groups.enumerated() {
      var values = game.game.values
      var found = Standing()
      // The cost of a group by the plant that its members have there.
      var known: [String: Double] = [:]
      for subset in subsets(of: group) where subset == group || !sizes.isEmpty {
        let own = project.group(names(subset, game.players)).keeping(sizes)
        guard subset == group || own.kept else { continue }
        guard let planned = planned(own.project, options, solver) else {
          if subset == group { found.reason = "with the plant that stands there is no plan" }
          continue
        }
        let alone = game.players.indices.filter { subset >> $0 & 1 == 1 }.reduce(0) { $0 + game.alone[$1] }
        known["\(subset)"] = planned.cost
        if own.kept {
          let worth = alone - planned.cost
          // Plant that would be built anyway changes nothing but rounding.
          if abs(worth - values[subset]) > 1e-6 * abs(planned.cost) { values[subset] = worth }
        }
        if subset == group {
          found.sizes = planned.sizes
          found.extra = max(0, game.game.values[group] - values[group])
        }
      }
      if found.sizes.isEmpty { found.sizes = sizes }
      sizes = found.sizes
      list.append(found)
      games.append(index == 0 ? game.game : Game(members: game.game.members, values: values) ?? game.game)
    }
    return (games, list)
  }

  static func names(_ group: Int, _ players: [String]) -> Set<String> {
    Set(players.indices.filter { group >> $0 & 1 == 1 }.map { players[$0] })
  }

  /// Groups of one or more of the members of a group, the group itself last.
  private static func subsets(of group: Int) -> [Int] {
    var list: [Int] = []
    var part = group
    while part > 0 {
      list.append(part)
      part = (part - 1) & group
    }
    return list.reversed()
  }

  /// The least cost of a project and the sizes that it has; nil: there is no plan.
  static func planned(
    _ project: Project, _ options: PlanOptions, _ solver: any Solver
  ) -> (cost: Double, sizes: [String: Double])? {
    guard !project.demands.isEmpty || !project.components.isEmpty else { return (0, [:]) }
    var asked = options
    asked.explanationSeconds = nil
    guard let outcome = try? PlanStudy.run(project: project, options: asked, solver: solver), let plan = outcome.plan,
      let cost = outcome.certificate?.value
    else { return nil }
    var sizes: [String: Double] = [:]
    for component in project.components {
      for size in component.sizes where size.sharedWith == nil {
        sizes[size.part.name(of: component.id)] = plan.capacity(Label(size: size.part, of: component.id))
      }
    }
    return (cost, sizes)
  }
}

extension Project {
  /// The project whose sizes are at least those that stand; `kept`: whether any is raised by it.
  func keeping(_ sizes: [String: Double]) -> (project: Project, kept: Bool) {
    var own = self
    var kept = false
    for c in own.components.indices {
      for s in own.components[c].sizes.indices where own.components[c].sizes[s].sharedWith == nil {
        let size = own.components[c].sizes[s]
        guard let standing = sizes[size.part.name(of: own.components[c].id)],
          standing > size.existing + 1e-6 * max(size.existing, 1)
        else { continue }
        switch size.choice {
        case .continuous, .multiples:
          own.components[c].sizes[s].minimum = max(size.minimum, standing)
          kept = true
        case .options(let options):
          // What was chosen stays, or makes way for more.
          let left = options.filter { $0 >= standing - 1e-9 * max(standing, 1) }
          own.components[c].sizes[s].choice = .options(left.isEmpty ? options : left)
          kept = kept || left.count < options.count
        case .fixed: continue
        }
      }
    }
    return (own, kept)
  }
}
