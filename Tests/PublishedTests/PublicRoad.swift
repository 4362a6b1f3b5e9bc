import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// The road that the command takes: file to project, project to plan.
enum PublicRoad {
  /// HiGHS where it is installed.
  static let highs = try? HighsLibrary.open()
  /// Whether HiGHS is installed.
  static var isOpen: Bool { highs != nil }

  /// Solvers that can be asked, by name.
  static func solver(_ name: String) throws -> any Solver {
    if name == "structured" { return try #require(SolverChoice.builtInStructured) }
    return Highs(try #require(highs))
  }

  /// Names of the solvers of this build.
  static var solvers: [String] { SolverChoice.builtInStructured == nil ? ["highs"] : ["highs", "structured"] }

  /// The plan of a file.
  static func plan(
    _ path: String, solver: String = "highs", hours: Int? = nil, set: [String: String] = [:],
    wholeNumbers: PlanOptions.WholeNumbers = .rounding
  ) throws -> Outcome {
    let overrides = set.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
    let project: Project
    do throws(ProjectFault) {
      project = try ProjectReader.read(path: path, options: .init(hours: hours, overrides: overrides))
    } catch {
      for found in error.diagnostics where found.severity == .error { Issue.record("\(found)") }
      throw error
    }
    var options = PlanOptions()
    options.wholeNumbers = wholeNumbers
    return try PlanStudy.run(project: project, options: options, solver: PublicRoad.solver(solver))
  }
}

extension Outcome {
  /// A size as `result.json` names it: `id`, `id.power`, `id.energy`.
  func size(_ name: String) -> Double? {
    guard let plan else { return nil }
    if let whole = plan.capacity(Label(name, .size)) { return whole }
    guard let dot = name.lastIndex(of: ".") else {
      return plan.capacity(Label(name, .size, part: .power)) ?? plan.capacity(Label(name, .size, part: .energy))
    }
    let id = String(name[..<dot])
    let part = String(name[name.index(after: dot)...])
    if let found = plan.capacity(Label(id, .size, part: .named(part))) { return found }
    guard let component = project.components.first(where: { $0.id == id }), case .storage(let storage) = component.block
    else { return nil }
    switch storage.shape {
    case .hours(let hours):
      return plan.capacity(Label(id, .size, part: .power)).map { part == "energy" ? $0 * hours : $0 }
    case .energyOnly: return plan.capacity(Label(id, .size))
    default: return nil
    }
  }

  /// Checks every size against what a peer found.
  func expect(sizes: [String: Double], within tolerance: Double) {
    for (name, expected) in sizes.sorted(by: { $0.key < $1.key }) {
      guard let found = size(name) else {
        Issue.record("The plan has no size '\(name)'.")
        continue
      }
      #expect(
        abs(found - expected) <= max(tolerance * expected, 0.05),
        "\(name): the plan says \(found), the peer \(expected)")
    }
  }
}
