import TestSupport
import Testing
import TulouPlanning
import TulouProblem
import TulouSolvers

/// The published benchmark projects beside C1 and C2: more carriers and storages, fleets, members.
@Suite("Published benchmark projects", .enabled(if: PublicRoad.isOpen && SlowTests.areWanted))
struct BenchmarkCaseSlowTests {
  static let names = ["carriers", "carriers-5", "fleets", "members"]

  private func file(_ name: String) -> String {
    SharedFolder.packageRoot + "/Benchmarks/Cases/\(name)/\(name).yaml"
  }

  @Test("are certified over the whole year by the structured solver alone", arguments: names)
  func certified(_ name: String) throws {
    let outcome = try PublicRoad.plan(file(name), solver: "structured")
    let certificate = try #require(outcome.certificate)
    print("\(name): \(certificate.value), gap \(certificate.gap), \(outcome.solveSeconds) s")
    #expect(outcome.status == .optimal && certificate.gap <= 1e-6 && certificate.gap >= 0)
    #expect(certificate.largestRelativeResidual < 1e-9)
  }

  @Test("have the value that HiGHS finds over two weeks", arguments: names) func twins(_ name: String) throws {
    let ours = try #require(try PublicRoad.plan(file(name), solver: "structured", hours: 336).certificate)
    let theirs = try #require(try PublicRoad.plan(file(name), solver: "highs", hours: 336).certificate)
    #expect(abs(ours.value - theirs.value) <= 1e-6 * abs(theirs.value), "\(ours.value) against \(theirs.value)")
    #expect(ours.bound <= theirs.value * (1 + 1e-9))
  }

  @Test("C1, tidied, never charges and discharges or buys and sells at once") func tidied() throws {
    let outcome = try PublicRoad.plan(file("c1"), solver: "structured")
    let certificate = try #require(outcome.certificate)
    #expect(certificate.tidiedValue <= certificate.value * (1 + 1e-12))
    #expect(certificate.tidiedValue >= certificate.bound * (1 - 1e-9))
    let plan = try #require(outcome.plan)
    let pairs: [(String, Label.Role, Label.Role)] = [
      ("battery", .charge, .discharge), ("pumped", .charge, .discharge), ("grid", .purchase, .sale),
    ]
    for (id, first, second) in pairs {
      let a = try #require(plan.total(id, first)), b = try #require(plan.total(id, second))
      #expect(zip(a, b).allSatisfy { min($0, $1) <= 0.1 }, "\(id)")
    }
  }
}
