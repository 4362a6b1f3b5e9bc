import Synchronization
import TestSupport
import Testing
import TulouDispatch
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers
import TulouTechnologies

/// What a search keeps besides its best rows: what was run before it was stopped, the best over any two sizes, a sample of
/// those rejected, marks.
@Suite("What a search keeps") struct SearchKeepingTests {
  @Test(
    "a search that is stopped again and again keeps all that it has run, also where it is stopped on its way back",
    arguments: [SearchOptions.Method.grid, .optimise, .evolve], [true, false])
  func stoppedTwice(method: SearchOptions.Method, inLanes: Bool) throws {
    var project = SearchTests.island()
    project.limits.renewableFraction = 0.3
    // Machines in units are more than lanes take.
    if !inLanes { project.components[2].sizes[0].choice = .multiples(of: 25) }
    var options = SearchOptions()
    options.method = method
    options.points = inLanes ? 24 : 4
    options.most = inLanes ? 20_000 : 200
    options.rows = 12
    options.seeksBound = false
    let whole = try SearchStudy.run(project: project, options: options, solver: nil)
    #expect(whole.engine.hasPrefix("lanes") == inLanes)
    func stopped(after calls: Int, _ before: SearchProgress?) throws -> (SearchOutcome, SearchProgress) {
      let count = Mutex(0)
      let kept = KeptProgress()
      var asked = options
      asked.keep = kept.keep
      asked.plan.solve.isCancelled = {
        count.withLock {
          $0 += 1
          return $0 > calls
        }
      }
      return (
        try SearchStudy.run(project: project, options: asked, solver: nil, resuming: before), try kept.last()
      )
    }
    let (first, at) = try stopped(after: inLanes ? 20 : 70, nil)
    #expect(first.isStopped && first.evaluated > 0 && first.evaluated < whole.evaluated)
    // At once: nothing is lost, and the counts are those of before.
    let (early, still) = try stopped(after: 0, at)
    #expect(early.isStopped && early.evaluated == first.evaluated && still.tried == at.tried)
    #expect(early.feasible == first.feasible && early.rejected == first.rejected && early.rows == first.rows)
    var (second, there) = (early, still)
    // A little further each time, until something new was run.
    for calls in stride(from: 10, through: 400, by: 10) where second.evaluated <= first.evaluated {
      (second, there) = try stopped(after: calls, still)
      #expect(second.evaluated >= first.evaluated)
    }
    try #require(second.isStopped && second.evaluated > first.evaluated)
    #expect(there.tried.starts(with: at.tried))
    let end = try SearchStudy.run(project: project, options: options, solver: nil, resuming: there)
    #expect(end.resumedFrom == second.evaluated && !end.isStopped)
    // All that is printed is the same, whatever was stopped when.
    #expect(end.evaluated == whole.evaluated && end.feasible == whole.feasible && end.rejected == whole.rejected)
    #expect(end.rejectedAlone == whole.rejectedAlone && end.leastCapital == whole.leastCapital)
    #expect(end.rows == whole.rows && end.ranked == whole.ranked && end.surface == whole.surface)
    #expect(end.rejectedSample == whole.rejectedSample)
  }

  @Test("over any two sizes the surface has the best of all designs; a sample of the rejected is kept")
  func surface() throws {
    var project = SearchTests.island()
    project.limits.renewableFraction = 0.5
    let outcome = try SearchTests.search(project)
    let surface = try #require(outcome.surface)
    #expect(surface.pairs.count == 3 && surface.all.count == 48)
    for (p, place, cell) in surface.all {
      let (x, y) = surface.pairs[p]
      let count = surface.places[y].count
      let here = outcome.rows.filter {
        $0.sizes[x] == surface.places[x][place / count] && $0.sizes[y] == surface.places[y][place % count]
      }
      let best = try #require(here.min { $0.isListed(before: $1) })
      #expect(abs(cell.value - best.value) <= 1e-6 * abs(best.value) && cell.violation.isZero == best.isFeasible)
    }
    let rejected = outcome.evaluated - outcome.feasible
    #expect(outcome.rejectedSample.count == rejected && outcome.rejectedSample.allSatisfy { !$0.isFeasible })
    var sample = RejectedSample(most: 10)
    let row = try #require(outcome.rows.first)
    for _ in 0..<47 { sample.admit(row) }
    #expect(sample.rows.count == 6)
    for _ in 47..<100 { sample.admit(row) }
    #expect(sample.rows.count == 7)
  }

  @Test(
    "exergy: what is served over electricity of sources and fuel by its exergy_factor; warnings by penetration and autonomy"
  )
  func exergyAndWarnings() throws {
    var project = SearchTests.island()
    for c in project.carriers.indices where project.carriers[c].kind == .fuel {
      project.carriers[c].exergyFactor = 1.06
    }
    let outcome = try SearchTests.search(project)
    let i = try #require(outcome.partNames.firstIndex { $0.key == "sun.energy" })
    let j = try #require(outcome.partNames.firstIndex { $0.key == "diesel.fuel" })
    var checked = 0
    for row in outcome.rows {
      let entering = row.parts[i] + 1.06 * row.parts[j]
      guard entering > 0 else {
        #expect(row.exergyEfficiency == nil)
        continue
      }
      checked += 1
      #expect(abs((row.exergyEfficiency ?? .nan) - row.served / entering) < 1e-9, "\(outcome.sizesText(row))")
    }
    #expect(checked > 50)
    for row in outcome.rows {
      let (sun, battery) = (row.sizes[0], row.sizes[1])
      if sun == 0 { #expect(row.warning == nil) }
      if sun > 300, battery == 0 { #expect(row.warning == .noStorage) }
      // Four hours at 40 kW carry the mean demand of some 46 kW for more than an hour.
      if battery >= 40 { #expect(row.warning == nil) }
    }
    #expect(PenetrationWarning(penetration: 0.9, autonomy: 0.4, hasGrid: false) == .shortStorage)
    #expect(PenetrationWarning(penetration: 0.4, autonomy: 0, hasGrid: false) == nil)
    #expect(PenetrationWarning(penetration: 0.9, autonomy: 0, hasGrid: true) == nil)
  }

  @Test("the type of a system names every component that stands, of free size or given") func systemNames() {
    var project = SearchTests.island()
    project.components[0].sizes[0].choice = .fixed(80)
    let none = SystemType.name(of: project, sizes: [:])
    #expect(none == "sun")
    #expect(SystemType.name(of: project, sizes: ["battery.power": 20, "diesel": 0]) == "sun + battery")
    project.components[0].sizes[0].choice = .fixed(0)
    #expect(SystemType.name(of: project, sizes: [:]) == "nothing built")
  }

  @Test("who does not wait for the bound finds the designs kept") func boundStopped() throws {
    var options = SearchOptions()
    options.points = 3
    let kept = KeptProgress()
    options.keep = kept.keep
    options.plan.solve.isCancelled = { kept.isThere }
    let outcome = try SearchStudy.run(project: SearchTests.island(), options: options, solver: Structured())
    #expect(outcome.isStopped && outcome.bound == nil && outcome.evaluated == 27)
    options.plan.solve.isCancelled = { false }
    let end = try SearchStudy.run(
      project: SearchTests.island(), options: options, solver: Structured(), resuming: try kept.last())
    #expect(end.resumedFrom == 27 && end.bound != nil && end.rows == outcome.rows && !end.isStopped)
  }
}

/// The last progress that a search handed over.
final class KeptProgress: Sendable {
  private let progress = Mutex<SearchProgress?>(nil)
  var isThere: Bool { progress.withLock { $0 != nil } }
  @Sendable func keep(_ new: SearchProgress) { progress.withLock { $0 = new } }
  func last() throws -> SearchProgress { try #require(progress.withLock { $0 }) }
}
