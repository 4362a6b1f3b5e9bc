public import TulouAccounts
public import TulouPlanning
public import TulouProblem
import TulouTechnologies

/// A planned cluster: sizes, accounts, and how good the plan is proven to be.
public struct ClusterPlan: Sendable {
  /// The plan with its project and its proof.
  public let outcome: Outcome
  /// What it costs, emits and serves.
  public let accounts: Accounts

  /// An outcome with its accounts.
  public init(outcome: Outcome, accounts: Accounts) {
    self.outcome = outcome
    self.accounts = accounts
  }

  /// How it ended.
  public var status: Solution.Status { outcome.status }

  /// Totals by `id`, or by `id.power` and `id.energy` of a storage; empty where there is no plan.
  public var sizes: [String: Double] {
    guard let plan = outcome.plan else { return [:] }
    var sizes: [String: Double] = [:]
    for component in outcome.project.components {
      for size in component.sizes {
        let owner = size.sharedWith ?? component.id
        guard
          let total = plan.capacity(Label(size: size.part, of: component.id))
            ?? plan.capacity(Label(size: size.part, of: owner))
        else { continue }
        sizes[size.part.name(of: component.id)] = total
        // Hours of a fixed number make the content follow the power; both are named all the same (rule K5).
        if case .storage(let storage) = component.block, case .hours(let hours) = storage.shape, size.part == .power {
          sizes[Size.Part.energy.name(of: component.id)] = total * hours
        }
      }
    }
    return sizes
  }

  /// An indicator by its key in `result.json`, e.g. `renewable_fraction`; nil where it has no value.
  public func indicator(_ key: String) -> Double? { accounts.value(key) }

  /// Net present cost over the lifetime [money]; nil where there is no plan.
  public var netPresentCost: Double? { indicator("net_present_cost") }

  /// Distance of the plan from the proven bound, relative; nil where there is no plan.
  public var gap: Double? { outcome.certificate?.gap }
}
