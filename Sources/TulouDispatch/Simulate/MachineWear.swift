package import TulouAssembly
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
package import TulouTechnologies

/// What use wears of a machine in money, for rules that compare costs.
///
/// - Source: HOMER manual, battery wear cost, generator's hourly replacement; research/planning.md 2.2 (7) and (10).
package struct MachineWear {
  /// Totals of capacities by `id` or `id.part`.
  private let totals: [String: Double]

  /// Sizes fixed: the least total of each capacity is taken.
  package init(_ assembled: Assembled) {
    totals = assembled.sizeNames().mapValues { assembled.problem.capacities[$0.capacity].lower }
  }

  /// Cost of putting anew what use wears of a component at its size [money].
  private func replacementCost(of component: Component) -> Double {
    component.sizes.reduce(0) { sum, size in
      guard component.wearsByUse(size) else { return sum }
      let owner = size.sharedWith ?? component.id
      let total = totals[size.part.name(of: owner)] ?? totals[owner] ?? 0
      return sum + total * size.cost.replacement + (total > 0 ? size.cost.fixedReplacement : 0)
    }
  }

  /// Wear of a storage per kWh that it gives: replacement over what it gives in its life by cycles [money/kWh].
  ///
  /// - Parameter energy: Content when full [kWh].
  package func perEnergy(_ storage: StorageBlock, of component: Component, energy: Double) -> Double {
    guard let cycles = storage.cycleLife, cycles > 0, energy > 0 else { return 0 }
    return replacementCost(of: component) / (cycles * energy * storage.dischargeEfficiency)
  }

  /// Replacement of all machines of a component by an hour in which all run, where their life is given in hours [money/h].
  package func perHour(_ converter: ConverterBlock, of component: Component) -> Double {
    guard let life = converter.lifeHours, life > 0 else { return 0 }
    return replacementCost(of: component) / life
  }
}
