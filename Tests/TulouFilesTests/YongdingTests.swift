import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouFinance
import TulouProject
import TulouQuantities
import TulouTechnologies

@Suite("The design target", .enabled(if: SharedFolder.isPresent))
struct YongdingTests {
  static let path = (SharedFolder.path ?? "") + "/design/example-yongding.yaml"

  /// The file without the keys that are not built yet, and without outages, which other values here do not know.
  static func plannable() throws -> String {
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for key in ["scenarios"] { text.replace(try Regex("(?m)^\(key):.*\n"), with: "") }
    text.replace(try Regex("(?ms)^streams:.*?(?=^sharing:)"), with: "")
    text.replace(try Regex(", growth: [0-9]+ %/y"), with: "")
    text.replace(try Regex("(?m)^ +outages:.*\n"), with: "")
    return text
  }

  @Test("what is not built yet is refused by name, all at once, and nothing else")
  func refused() {
    let errors = ProjectReader.check(path: Self.path).filter { $0.severity == .error }
    let paths = errors.map(\.path)
    // Its streams are an outline: no list names their partners.
    #expect(Set(paths.filter { !$0.hasPrefix("streams.") }) == ["scenarios"])
    #expect(errors.allSatisfy { ($0.place?.line ?? 0) > 0 })
    #expect(
      errors.filter { $0.message.hasSuffix("is not built yet.") }.map(\.path).sorted() == ["scenarios"])
  }

  @Test("without these keys it is a project of three stages")
  func plannable() throws {
    let project = try ProjectReader.read(text: Self.plannable(), path: Self.path)
    #expect(project.members.count == 5)
    #expect(project.stages.map(\.id) == ["start", "works", "valley"])
    #expect(project.stages.map { $0.project.members.count } == [3, 4, 5])
    let start = try #require(project.stages.first?.project)
    #expect(!start.components.contains { ["main-gaobei", "pv-mill", "boiler", "offcuts"].contains($0.id) })
    #expect(start.components.contains { $0.id == "main-hongkeng" })
    #expect(!start.buses.contains { $0.id.hasPrefix("gaobei") })
    let valley = try #require(project.stages.last?.project)
    #expect(valley.limits.renewableFraction == 0.55)
    #expect(project.limits.renewableFraction == 0.5)
    func energy(_ project: Project, _ id: String) -> Double {
      project.demands.first { $0.id == id }?.power.reduce(0, +) ?? 0
    }
    #expect(abs(energy(project, "mill-power") / 1.60e6 - 1) < 1e-9)
    #expect(abs(energy(valley, "mill-power") / 2.00e6 - 1) < 1e-9)
    #expect(abs(project.economy.realDiscountRate - (0.07 - 0.02) / 1.02) < 1e-15)
    #expect(abs(project.economy.carbonPrice.values[0] - 0.07) < 1e-15)
  }
}
