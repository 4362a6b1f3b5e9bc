import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// A system without a grid whose sources at times give much of what is used, while storage is missing or short: whether
/// it stays stable from second to second has to be looked at in another model.
///
/// The rule is HOMER's, with thresholds of ours (HOMER lets the user set them): the greatest share of the power served that
/// sources give in a step, and the hours for which the nominal content of all storages carries the mean demand.
///
/// - Source: HOMER support, article "System warnings".
package enum PenetrationWarning: String, Sendable, CaseIterable, Codable {
  /// No storage.
  case noStorage = "high_penetration_no_storage"
  /// Storage that does not carry the mean demand for an hour.
  case shortStorage = "high_penetration_short_storage"

  /// Output of sources over power served from which penetration is high [-].
  package static let highPenetration = 0.5
  /// Hours of the mean demand below which a storage is short [h].
  package static let shortAutonomy = 1.0

  /// The mark of a system; nil: none.
  ///
  /// - Parameters:
  ///   - penetration: Greatest output of sources over the power served of all steps [-].
  ///   - autonomy: Nominal content of all storages over the mean demand [h].
  ///   - hasGrid: Whether a grid without outages holds the system.
  package init?(penetration: Double, autonomy: Double, hasGrid: Bool) {
    guard !hasGrid, penetration > PenetrationWarning.highPenetration else { return nil }
    if autonomy <= 0 {
      self = .noStorage
    } else if autonomy < PenetrationWarning.shortAutonomy {
      self = .shortStorage
    } else {
      return nil
    }
  }

  /// A mark for a narrow column.
  package var mark: String {
    switch self {
    case .noStorage: "⚠ no storage"
    case .shortStorage: "⚠ little storage"
    }
  }

  /// In plain words.
  package var words: String {
    switch self {
    case .noStorage: "much from sources, no storage"
    case .shortStorage: "much from sources, storage for less than an hour"
    }
  }
}

extension PenetrationWarning {
  /// The mark of a simulated system.
  init?(_ system: SimulatedSystem, _ plan: Plan, meanDemand: Double) {
    let project = system.project
    let flows = plan.solution.flows
    let problem = plan.problem
    var served = [Double](repeating: 0, count: problem.steps)
    for (d, demand) in project.demands.enumerated() where !system.waiting.contains(d) {
      let power = Profile(demand.power, steps: problem.steps)
      for t in served.indices { served[t] += power[t] }
    }
    for (j, flow) in problem.flows.enumerated() {
      let sign: Double
      switch flow.label.role {
      case .serve: sign = 1
      case .unserved: sign = -1
      default: continue
      }
      let isWaiting = system.waiting.contains { project.demands[$0].id == flow.label.id }
      guard (sign > 0) == isWaiting else { continue }
      for t in served.indices { served[t] += sign * flows[j][t] }
    }
    let sources = system.sources.map(\.flow) + system.storages.filter { $0.charge == nil }.map(\.discharge)
    var most = 0.0
    for t in served.indices {
      let output = sources.reduce(0) { $0 + flows[$1][t] }
      guard output > 1e-9 else { continue }
      most = max(most, output / max(served[t], 1e-9))
    }
    let content = zip(system.storages, system.problem.storages).reduce(0) { $1.0.charge == nil ? $0 : $0 + $1.1.energy }
    let hasGrid = system.market.map { project.markets[$0].outages == nil } ?? false
    self.init(
      penetration: most, autonomy: meanDemand > 0 ? content / meanDemand : 0, hasGrid: hasGrid)
  }
}
