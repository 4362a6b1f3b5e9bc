import Synchronization
import TestSupport
import Testing
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Answers the first solve alone: what chooses among equals finds nobody. It goes by the name of the solver that ties are given to.
private final class FirstSolveOnly: Solver {
  let name = "highs"
  private let asked = Mutex(0)

  func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    let number = asked.withLock { count in
      count += 1
      return count
    }
    return number == 1 ? Structured().solve(problem, options: options) : Solution(status: .failed, solver: name)
  }
}

@Suite("What is said of ties is what was done")
struct TieWordsTests {
  private func words(_ solver: any Solver) throws -> (assumed: [String], told: [String]) {
    let project = TieTests.sunny(price: 0, sellLimit: 5, behindInverter: true)
    let outcome = try PlanStudy.run(project: project, solver: solver)
    #expect(outcome.status == .optimal)
    return (outcome.assumptions.filter { $0.path == "objective" }.map(\.value), outcome.warnings.map(\.message))
  }

  @Test func theLeastIsClaimedWhereItWasSought() throws {
    let (assumed, told) = try words(Structured())
    #expect(assumed == ["flows that cost nothing are the least that serve the plan"])
    #expect(told.contains { $0.contains("all that the limits let through is sold") })
  }

  @Test func nothingIsClaimedWhereTheFurtherSolveFoundNothing() throws {
    let (assumed, told) = try words(FirstSolveOnly())
    #expect(assumed == ["flows that cost nothing are one choice of several"])
    #expect(told.contains { $0.contains("how much of it is sold and how much curtailed does not change the cost") })
    #expect(!told.contains { $0.contains("the least that serves") })
  }
}
