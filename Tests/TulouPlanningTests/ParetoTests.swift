import Synchronization
import TestSupport
import Testing
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

@Suite("Fronts", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct ParetoTests {
  static func project(hours: Int = 168) throws -> Project {
    var project = try PlanStudyTests.c1(hours: hours)
    project.limits.renewableFraction = nil
    project.components[0].sizes[0].landPerUnit = 10
    project.components[1].sizes[0].landPerUnit = 2
    return project
  }

  @Test(
    "fall steadily, with a certificate at every point",
    arguments: [ParetoAxis.co2, .outsideEnergy, .localEnergy, .renewableFraction, .land])
  func front(second: ParetoAxis) async throws {
    let project = try Self.project()
    let solver = try InstalledHighs.solver()
    let front = try await ParetoStudy.run(
      project: project, first: .netPresentCost, second: second, points: 5,
      in: StudyContext(solver: solver, workers: 2))
    #expect(front.isComplete && front.points.count == 5, "\(front.warnings)")
    #expect(front.points.map(\.number) == Array(0..<5))
    for point in front.points {
      #expect(point.certificate.gap < 1e-6 && point.certificate.gap > -1e-9)
      #expect(point.certificate.bound <= point.certificate.value * (1 + 1e-9))
      #expect(abs(point.first - point.certificate.value) < 1e-6 * abs(point.first))
      #expect(point.certificate.largestRelativeResidual < 1e-7)
    }
    for (a, b) in zip(front.points, front.points.dropFirst()) {
      #expect(b.first >= a.first * (1 - 1e-9))
      let better = second == .renewableFraction ? b.second > a.second : b.second < a.second
      #expect(better, "\(a.second) then \(b.second)")
    }
    // Convex: the price of the next step never falls.
    if second != .renewableFraction {
      let slopes = zip(front.points, front.points.dropFirst()).map { ($1.first - $0.first) / ($0.second - $1.second) }
      for (a, b) in zip(slopes, slopes.dropFirst()) { #expect(b >= a * (1 - 1e-4)) }
    }
    // The cheap end is the plan of least cost.
    let cheapest = try #require(try PlanStudy.run(project: project, solver: solver).certificate)
    #expect(abs(front.points[0].first - cheapest.value) < 1.1e-6 * cheapest.value)
    // The other end is the best of the second goal, where that goal is an objective of its own.
    if let objective = Objective(rawValue: second.rawValue) {
      var options = PlanOptions()
      options.objective = objective
      let best = try #require(try PlanStudy.run(project: project, options: options, solver: solver).certificate)
      #expect(abs(front.points[4].second - best.value) < 2.1e-6 * max(best.value, 10))
    }
  }

  @Test("come back point by point under the limits that they name, and whatever is known is not sought again")
  func again() async throws {
    let project = try Self.project(hours: 96)
    let solver = try InstalledHighs.solver()
    func front(_ done: [Int: ParetoPlace], parallel: Int) async throws -> ([Int: ParetoPlace], [Int]) {
      let told = Mutex<[Int]>([])
      let front = try await ParetoStudy.run(
        project: project, first: .netPresentCost, second: .co2, points: 6, done: done,
        in: StudyContext(solver: solver, workers: parallel)
      ) { point in told.withLock { $0.append(point.number) } }
      #expect(front.isComplete)
      let places = Dictionary(front.points.map { ($0.number, $0.place) }, uniquingKeysWith: { first, _ in first })
      return (places, told.withLock { $0.sorted() })
    }
    let (whole, all) = try await front([:], parallel: 3)
    #expect(all == Array(0..<6))
    let (rest, told) = try await front(whole.filter { [0, 2, 5].contains($0.key) }, parallel: 1)
    #expect(told == [1, 3, 4])
    for (number, place) in rest { #expect(whole[number] == place) }

    // A plan under the limit of the third point costs what the point costs.
    let points = try await ParetoStudy.run(
      project: project, first: .netPresentCost, second: .co2, points: 6, in: StudyContext(solver: solver)
    ).points
    for point in [points[0], points[2], points[5]] {
      let text = try #require(point.settings?["limits.co2.max"])
      var limited = project
      limited.limits.co2 = Double(try #require(text.split(separator: " ").first))
      let value = try #require(try PlanStudy.run(project: limited, solver: solver).certificate?.value)
      #expect(abs(value - point.first) < 2e-6 * value, "\(value) \(point.first)")
    }
  }

  @Test("stop where they are asked to, and keep no half-found point")
  func stopped() async throws {
    let count = Mutex(0)
    var options = PlanOptions()
    options.solve.isCancelled = { count.withLock { $0 } >= 3 }
    let front = try await ParetoStudy.run(
      project: try Self.project(hours: 48), first: .netPresentCost, second: .co2, points: 8,
      in: StudyContext(solver: try InstalledHighs.solver(), plans: options)
    ) { _ in count.withLock { $0 += 1 } }
    #expect(!front.isComplete && front.points.count == 3 && front.missing.count == 5)
  }

  @Test("say so where two goals agree")
  func agreement() async throws {
    let front = try await ParetoStudy.run(
      project: try Self.project(hours: 48), first: .outsideEnergy, second: .co2, points: 5,
      in: StudyContext(solver: try InstalledHighs.solver()))
    #expect(front.isOnePoint && front.isComplete, "\(front.points.map(\.place))")
  }

  @Test("refuse a quotient as first goal, and one goal twice")
  func refusals() async throws {
    let project = try PlanStudyTests.c1(hours: 24)
    let solver = try InstalledHighs.solver()
    for (first, second) in [
      (ParetoAxis.renewableFraction, ParetoAxis.co2), (.co2, .co2), (.unservedEnergy, .co2),
    ] {
      await #expect(throws: ProjectFault.self) {
        _ = try await ParetoStudy.run(
          project: project, first: first, second: second, points: 3, in: StudyContext(solver: solver))
      }
    }
  }
}
