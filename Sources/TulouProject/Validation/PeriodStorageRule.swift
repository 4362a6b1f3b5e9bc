import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Storages that could last longer than the representative periods: each period closes its own cycle, so nothing is carried
  /// from one to another.
  static let periodStorageRule: Rule = { project, document, decoding in
    let horizon = project.horizon
    guard horizon.periods.count > 1, let shortest = horizon.periods.map(\.steps).min() else { return }
    let length = Double(shortest) * horizon.stepHours
    for component in project.components {
      guard let hours = longestHours(component, in: project), hours > length * (1 + 1e-9) else { continue }
      let lasts = hours.isFinite ? "up to \(text(hours)) h" : "for long"
      decoding.within("components.\(component.id)") {
        $0.warning(
          "'\(component.id)' may hold energy \(lasts), but each of the \(horizon.periods.count) periods closes its own storage cycle (the shortest has \(text(length)) h): nothing is carried from one period to another.",
          advice: "A seasonal storage earns nothing so; plan the whole year ('horizon: {length: 1 y}') to size it.",
          at: mark(document, "components", component.id))
      }
    }
  }

  /// Hours as people write them.
  private static func text(_ hours: Double) -> String {
    ((hours * 10).rounded() / 10).plain
  }

  /// Hours that a full content lasts at full power, at most; nil: it stores nothing.
  private static func longestHours(_ component: Component, in project: Project) -> Double? {
    func most(_ part: Size.Part) -> Double? {
      guard let size = component.sizes.first(where: { $0.part == part }) ?? component.sizes.first else { return nil }
      switch size.choice {
      case .fixed(let total): return total
      case .options(let totals): return totals.max()
      case .continuous, .multiples: return size.maximum ?? (size.existing > 0 ? size.existing : nil)
      }
    }
    switch component.block {
    case .storage(let storage):
      switch storage.shape {
      case .hours(let hours): return hours
      case .hoursBetween(_, let hours): return hours
      case .independent:
        guard let energy = most(.energy) else { return .infinity }
        guard let power = component.sizes.first(where: { $0.part == .power }).flatMap({ _ in most(.power) }),
          power > 0
        else { return .infinity }
        return energy / power
      case .energyOnly:
        // No power limit: how long it lasts at what is wanted of its bus.
        let wanted = project.demands.filter { $0.bus == storage.bus }.reduce(0.0) { $0 + ($1.power.max() ?? 0) }
        guard let energy = most(.energy) else { return .infinity }
        return wanted > 0 ? energy / wanted : nil
      }
    case .source(let source):
      switch source.supply {
      case .reservoir(let lake):
        let inflow = lake.inflow.reduce(0, +) / Double(max(1, lake.inflow.count))
        return lake.content > 0 && inflow > 0 ? lake.content / inflow : nil
      case .stock: return source.bufferHours
      case .share, .natural: return nil
      }
    case .converter, .link: return nil
    }
  }
}
