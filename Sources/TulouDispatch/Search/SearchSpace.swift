import TulouAccounts
package import TulouAssembly
package import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A free size of a project with the totals that a search tries.
package struct SearchSide: Sendable, Equatable {
  /// `id` or `id.part`, as `--sizes` writes it.
  package var name: String
  /// Component.
  package var id: String
  /// Unit of the totals.
  package var unit: String
  /// Totals of a grid, ascending.
  package var values: [Double]
  /// Least and greatest total.
  package var lower: Double, upper: Double
  /// Whether no other totals than `values` are to be had.
  package var isDiscrete: Bool
  /// Capacity index in the assembled problem, and its label.
  var capacity: Int
  var label: Label
}

extension SearchSide {
  /// A total by which every part of a system is there.
  package var probe: Double { isDiscrete ? values.last.flatMap { $0 > 0 ? $0 : nil } ?? 1e-6 : max(upper, 1e-6) }

  /// What an optimiser may choose from.
  var box: DesignSide { DesignSide(range: lower...upper, values: isDiscrete ? values : []) }

  /// The nearest total to a place between the least (0) and the greatest (1).
  func total(at place: Double) -> Double { box.nearest(lower + place * (upper - lower)) }

  /// `id` or `id.part`, as a plan's sizes are named.
  func sizeKey(in project: Project) -> String {
    guard name == id, let sizes = project.components.first(where: { $0.id == id })?.sizes, let part = sizes.first?.part,
      sizes.count == 1, part != .only
    else { return name }
    return part.name(of: id)
  }
}

/// All free sizes of a project.
package struct SearchSpace {
  package var sides: [SearchSide] = []

  /// The free sizes of an assembled problem.
  ///
  /// - Parameters:
  ///   - points: Points of a grid on a continuous size.
  ///   - candidates: Totals to be tried instead, by name.
  /// - Throws: A name that is none; a size whose greatest total nobody stated; nothing free.
  package init(_ assembled: Assembled, points: Int, candidates: [String: [Double]]) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    let problem = assembled.problem
    let names = assembled.sizeNames()
    for (name, _) in candidates.sorted(by: { $0.key < $1.key }) where names[name] == nil {
      faults.append(
        Diagnostic(
          .error, "'--candidates' names '\(name)', which has no size.",
          advice: "Sizes of this project: \(names.keys.sorted().joined(separator: ", "))."))
    }
    for component in assembled.project.components {
      for size in component.sizes where size.sharedWith == nil {
        let label = Label(size: size.part, of: component.id)
        guard let k = problem.capacities.firstIndex(where: { $0.label == label }) else { continue }
        let name = component.sizes.count == 1 ? component.id : size.part.name(of: component.id)
        let asked = candidates[name] ?? candidates[size.part.name(of: component.id)]
        let capacity = problem.capacities[k]
        var side = SearchSide(
          name: name, id: component.id, unit: size.unit, values: [], lower: capacity.lower, upper: capacity.upper,
          isDiscrete: false, capacity: k, label: label)
        let isUnbounded = assembled.derivedLimits[k] != nil && asked == nil
        guard side.spread(over: capacity, points, isUnbounded: isUnbounded, &faults) else { continue }
        if let asked { side.take(asked, capacity, &faults) }
        // One total that is not the least is a size too: left out, it would be run at the least.
        if side.values.count > 1 || side.values.contains(where: { abs($0 - capacity.lower) > 1e-12 }) {
          sides.append(side)
        }
      }
    }
    if faults.isEmpty, sides.isEmpty {
      faults.append(
        Diagnostic(
          .error, "Every size is fixed: there is nothing to search.",
          advice: "Give a component 'capacity: {max: ...}', or simulate it: tulou simulate FILE."))
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }

  /// Number of designs of the grid; nil where it has more than a thousand million millions.
  package var gridCount: Int? {
    var product = 1
    for side in sides {
      let (next, overflow) = product.multipliedReportingOverflow(by: side.values.count)
      guard !overflow, next <= 1_000_000_000_000_000 else { return nil }
      product = next
    }
    return product
  }

  /// Design `number` of the grid; the last side runs fastest.
  package func design(_ number: Int) -> [Double] {
    var rest = number
    var x = [Double](repeating: 0, count: sides.count)
    for d in sides.indices.reversed() {
      let count = sides[d].values.count
      x[d] = sides[d].values[rest % count]
      rest /= count
    }
    return x
  }
}

extension SearchSide {
  /// The totals that a capacity may have; false where there is nothing to choose, or where that is a fault.
  fileprivate mutating func spread(
    over capacity: Capacity, _ points: Int, isUnbounded: Bool, _ faults: inout [Diagnostic]
  ) -> Bool {
    switch capacity.choice {
    case .options(let totals):
      values = totals.filter { $0 >= capacity.lower - 1e-9 && $0 <= capacity.upper + 1e-9 }
      isDiscrete = true
    case .multiples(let unit) where unit > 0:
      let count = Int(saturating: min(1e5, ((capacity.upper - capacity.existing) / unit + 1e-9).rounded(.down)))
      values = (0...max(0, count)).map { capacity.existing + Double($0) * unit }
        .filter { $0 >= capacity.lower - 1e-9 }
      isDiscrete = true
    default:
      guard capacity.upper > capacity.lower * (1 + 1e-12) + 1e-12 else { return false }
      if isUnbounded {
        faults.append(
          Diagnostic(
            .error, "A search needs to know how large '\(name)' may be.",
            advice: "State its 'max', or give --candidates \(name)=0,...", path: "components.\(id).capacity"))
        return false
      }
      let count = max(2, points)
      values = (0..<count).map {
        capacity.lower + (capacity.upper - capacity.lower) * Double($0) / Double(count - 1)
      }
    }
    return true
  }

  /// Totals that are asked for in place of its own.
  fileprivate mutating func take(_ asked: [Double], _ capacity: Capacity, _ faults: inout [Diagnostic]) {
    if let low = asked.min(), low < capacity.existing * (1 - 1e-9) {
      faults.append(
        Diagnostic(
          .error,
          "'--candidates' gives \(name) = \(shortNumber(low)), but \(shortNumber(capacity.existing)) \(unit) stands already and stays.",
          advice: "'capacity: {retire: true}' lets existing plant go."))
    }
    if case .multiples(let size) = capacity.choice, size > 0,
      let odd = asked.first(where: { total in
        let count = (total - capacity.existing) / size
        return abs(count - count.rounded()) > 1e-6
      })
    {
      faults.append(
        Diagnostic(
          .error,
          "'--candidates' gives \(name) = \(shortNumber(odd, digits: 6)), which is no whole number of units of \(shortNumber(size, digits: 6)) \(unit).",
          advice: "Give multiples of the 'unit' of its capacity."))
    }
    values = asked.sorted()
    lower = values.first ?? lower
    upper = values.last ?? upper
    isDiscrete = true
  }
}
