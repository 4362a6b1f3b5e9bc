import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// The six places of the studies: their monthly facts are the published ones, and what is approximate says so.
@Suite("Facts of six places") struct PlaceFactsTests {
  /// Rows of a table of the published facts by their first cell: the twelve months.
  private func rows(_ heading: String) throws -> [String: [Double]] {
    let text = try SharedFolder.text("data/climate-facts.md")
    let part = try #require(text.components(separatedBy: "## ").first { $0.hasPrefix(heading) })
    var found: [String: [Double]] = [:]
    for line in part.split(separator: "\n") where line.hasPrefix("|") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let months = cells.dropFirst(3).prefix(12).compactMap(Double.init)
      if cells.count > 15, months.count == 12 { found[cells[1]] = months }
    }
    return found
  }

  static let examples = [
    "Shenzhen": "shenzhen/experimental.yaml", "Xizhou": "xizhou/xizhou.yaml", "Yanqing": "yanqing/cluster.yaml",
    "Yongding": "yongding/hongkeng.yaml", "Biancheng": "biancheng/biancheng.yaml", "Zhoushan": "zhoushan/zhoushan.yaml",
  ]
  static let names = [
    "Shenzhen": "Shenzhen", "Zhoushan": "Zhoushan", "Yongding": "Yongding", "Biancheng": "Biancheng",
    "Yanqing": "Yanqing",
  ]

  @Test("of the questionnaire are the published ones, number by number", .enabled(if: SharedFolder.isPresent))
  func published() throws {
    let sun = try rows("Global horizontal"), air = try rows("Air temperature"), wind = try rows("Wind speed")
    for place in KnownPlace.all {
      func row(_ table: [String: [Double]]) -> [Double]? {
        table.first { $0.key.hasPrefix(place.name) }?.value
      }
      if place.name == "Xizhou" {
        let north = try #require(sun["- north of it"]), east = try #require(sun["- east of it"])
        for m in 0..<12 { #expect(abs(place.sun[m] - (north[m] + east[m]) / 2) < 0.0051) }
        #expect(place.temperature == air["Dali city"])
      } else {
        #expect(place.sun == row(sun), "\(place.name)")
        #expect(place.temperature == row(air), "\(place.name)")
        #expect(place.wind == row(wind), "\(place.name)")
      }
    }
  }

  @Test(
    "of each example are those of the place, and the register holds what is approximate",
    arguments: names.keys.sorted() + ["Xizhou"])
  func examples(name: String) throws {
    let place = try #require(KnownPlace.named(name)), file = try #require(Self.examples[name])
    let path = SharedFolder.packageRoot + "/Examples/" + file
    let project = try ProjectReader.read(path: path)
    func months(_ kind: ProjectResource.Kind) -> [Double]? {
      guard let values = project.resources.compactMap({ $0.values(kind) }).first else { return nil }
      return Horizon.monthRanges(year: project.horizon.moment(0).date.year, stepHours: project.horizon.stepHours).map {
        values[$0].reduce(0, +) / Double($0.count)
      }
    }
    // The study of Shenzhen scales its year to the paper's 4.41; the months keep their course.
    let sun = try #require(months(.irradiance))
    let scale = name == "Shenzhen" ? sun.reduce(0, +) * 24 / place.sun.reduce(0, +) : 1
    #expect(abs(scale - 1) < 0.08)
    for m in 0..<12 { #expect(abs(sun[m] * 24 / scale / place.sun[m] - 1) < 0.01, "\(name) sun, month \(m + 1)") }
    if let air = months(.temperature) {
      for m in 0..<12 { #expect(abs(air[m] - place.temperature[m]) < 0.06, "\(name) air, month \(m + 1)") }
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let resources = text.components(separatedBy: "\nresources:").last?.components(separatedBy: "\nmembers:").first ?? ""
    let marked = resources.components(separatedBy: "\ndemands:")[0].components(separatedBy: "approximate").count - 1
    let listed = project.assumptions.filter { $0.kind == .approximate }
    #expect(marked == 0 || listed.contains { $0.path.hasPrefix("resources.") }, "\(name)")
  }
}
