import Foundation
import TestSupport
import Testing
import Tulou
import TulouFiles
import TulouStudies

/// A study of kind `shares`: its keys, its searches, and what it refuses.
@Suite("Studies of shares") struct ShareStudyTests {
  static let seasons = """
    winter: {days: 145, ambient: 8.2 degC, sun: 3 h, collectors: 4 h, troughs: 3 h, electricity: {peak: 27.4 MW, energy: 274.63 MWh}, heating: {peak: 52.8 MW, energy: 744.12 MWh}, hot_water: {peak: 38.3 MW, energy: 356.8 MWh}, cooling: {peak: 3.1 MW, energy: 16 MWh}}
          summer: {days: 220, ambient: 19.9 degC, electricity: {peak: 23 MW, energy: 304.18 MWh}, hot_water: {peak: 35.7 MW, energy: 419.11 MWh}, cooling: {peak: 33.4 MW, energy: 419.31 MWh}}
    """

  static func text(_ keys: String = "", seasons: String = seasons) -> String {
    """
    tulou: 1
    name: A town by shares
    horizon: {start: 2027-01-01, length: 24 h}
    economy: {currency: EUR, real_discount_rate: 3 %, lifetime: 25 y}
    studies:
      town:
        kind: shares
        seasons:
          \(seasons)
    \(keys.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))

    """
  }

  private func question(_ keys: String = "", seasons: String = seasons) throws -> ShareModelQuestion {
    let project = try ProjectReader.read(text: Self.text(keys, seasons: seasons), path: "town.yaml")
    return try #require(project.studies.first?.shares)
  }

  private func errors(_ keys: String = "", seasons: String = seasons) -> [Diagnostic] {
    do throws(ProjectFault) {
      _ = try ProjectReader.read(text: Self.text(keys, seasons: seasons), path: "town.yaml")
      return []
    } catch { return error.diagnostics.filter { $0.severity == .error } }
  }

  /// A design in which every variable has a part.
  private func figures(_ question: ShareModelQuestion) -> [Double] {
    question.seasons.flatMap { season in
      let model = ShareModel(season, assumptions: question.assumptions, basis: question.basis)
      var y = [Double](repeating: 0, count: 27)
      for variable in ShareVariable.allCases {
        y[variable.rawValue] = variable.isStorage ? 5 : variable.carrier == .electricity ? 0.13 : 0.2
      }
      let all = [model.figures(y), model.figures(model.reference)]
      return all.flatMap { [$0.efficiency, $0.cost, $0.wasteHeat, $0.driven] + (0..<4).map { c in all[0].reached[c] } }
    }
  }

  @Test("every key of 'share numbers' moves what a design comes to")
  func numbers() throws {
    let names = ShareAssumptions().entries.map(\.name)
    var moved: Set<String> = []
    for basis in ["device_output", "radiation"] {
      let read = try question("basis: \(basis)")
      for name in names {
        let key = name.split(separator: ".").joined(separator: "_")
        var base = read
        // A subsidy that is not zero, so that the cycles that it pays count.
        _ = base.assumptions.set("storage.subsidy", 0.02, source: "a test")
        let before = figures(base)
        _ = base.assumptions.set(name, base.assumptions[name] * 0.6 + 0.001, source: "a test")
        if figures(base) != before { moved.insert(key) }
      }
    }
    let others = Set(names.map { $0.split(separator: ".").joined(separator: "_") }).subtracting(moved)
    #expect(others.sorted() == [])
  }

  @Test("numbers are read in units and stand in the register with their source")
  func register() throws {
    let read = try question(
      "numbers: {bchp_capital: 5000 EUR/kW, discount: 4 %/y, temperature_dhw: 60 degC, wt_hours: 1600 h}")
    #expect(abs(read.assumptions["bchp.capital"] - 5000) < 1e-9)
    #expect(abs(read.assumptions["discount"] - 4) < 1e-9)
    #expect(read.assumptions["temperature.dhw"] == 60)
    #expect(read.assumptions["wt.hours"] == 1600)
    let project = try ProjectReader.read(text: Self.text(), path: "town.yaml")
    let listed = project.assumptions.filter { $0.path.hasPrefix("studies.town.numbers.") }
    #expect(listed.count == ShareAssumptions().entries.count)
    #expect(listed.allSatisfy { !$0.source.isEmpty })
    let plain = try question()
    for (one, entry) in zip(listed, ShareAssumptions().entries) {
      #expect(abs(plain.assumptions[entry.name] - entry.value) < 1e-9 * max(1, entry.value), "\(one.path)")
    }
  }

  @Test("keys of the study reach the question")
  func keys() throws {
    let read = try question(
      """
      method: genetic
      basis: radiation
      exergy_weight: 67 %
      loss_of_supply: 5 %
      population: 20
      generations: 3
      hold: {electricity_wt: 20 %, battery_power: 3 MW}
      """)
    #expect(read.method == .genetic && read.basis == .radiation && read.exergyWeight == 0.67)
    #expect(read.lossLimit == 0.05 && read.population == 20 && read.generations == 3)
    #expect(read.held == [.wind: 0.2, .batteryPower: 3])
    #expect(read.seasons.map(\.name) == ["winter", "summer"] && read.seasons[0].sunHours == 3)
    let hours = (1...24).map { "\($0)" }.joined(separator: ", ")
    let other = try question(
      seasons:
        "all: {days: 365, ambient: 10 degC, electricity: {hours: {values: [\(hours)], unit: MW}}, charging: {values: [\(hours)], unit: MW}}"
    )
    #expect(other.seasons[0].demand(.electricity).peak == 24 && other.seasons[0].electricityPeak == 48)
    #expect(other.seasons[0].demand(.electricity).energy == 300)
  }

  @Test("every key of 'share held' is held", arguments: ShareVariable.allCases) func held(variable: ShareVariable)
    throws
  {
    let value = variable.isStorage ? (variable.isPower ? "2 MW" : "2 MWh") : "15 %"
    let read = try question("hold: {\(variable.key): \(value)}")
    let expected = variable.isStorage ? 2 : 0.15
    #expect(read.held.count == 1 && abs((read.held[variable] ?? 0) - expected) < 1e-12)
    // In a design of little else, what is held moves what the design comes to.
    func figures(_ own: Double) -> [Double] {
      var design = [Double](repeating: 0.05, count: 27)
      design[variable.rawValue] = own
      let found = ShareModel(read.seasons[0], assumptions: read.assumptions, basis: read.basis).figures(design)
      return [found.efficiency, found.cost, found.wasteHeat, found.driven] + (0..<4).map { found.reached[$0] }
    }
    #expect(figures(0.05) != figures(expected))
  }

  @Test(
    "what cannot be is an error with its line",
    arguments: [
      ("hold: {electricity_wt: 60 %, electricity_pv: 50 %}", "110"), ("population: 0", "4 to"),
      ("numbers: {battery_energy_capital: -5 EUR/kWh}", "0 or more"),
      ("numbers: {bchp_capitall: 5 EUR/kW}", "bchp_capital"),
      ("method: evolve", "nsga2"), ("hold: {waste_to_heating: 60 %, waste_to_cooling: 60 %}", "120"),
    ])
  func refused(_ keys: String, _ word: String) {
    let found = errors(keys)
    #expect(
      found.contains { $0.description.contains(word) && ($0.place?.line ?? 0) > 8 }, "\(found.map(\.description))")
  }

  @Test("days that are no year, a day without demand and an impossible energy are errors")
  func seasonsRefused() {
    let day = "ambient: 8 degC, electricity: {peak: 20 MW, energy: 200 MWh}"
    #expect(errors(seasons: "all: {days: 360, \(day)}").contains { $0.message.contains("360") })
    #expect(errors(seasons: "all: {days: 365, ambient: 8 degC}").contains { $0.message.contains("wants nothing") })
    #expect(
      errors(seasons: "all: {days: 365, ambient: 8 degC, electricity: {peak: 20 MW, energy: 900 MWh}}")
        .contains { $0.message.contains("900000") })
  }

  // MARK: The command

  private func run(
    _ folder: URL, _ keys: String, name: String = "town", generations: Int? = nil, stopAfter: Int = .max
  ) throws -> StudyAnswer {
    let file = folder.appendingPathComponent("\(name).yaml").path
    try Self.text(keys).write(toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    request.threads = 2
    let counter = Counting(stopAfter)
    let listener = StudyListener(isCancelled: { counter.isOver() })
    return try ShareModelRun(StudyRun(request, listener: listener)).go()
  }

  private func json(_ answer: StudyAnswer) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(answer.json.utf8)) as? [String: Any])
  }

  @Test(
    "NSGA-II gives a front, held shares are held, and files lie in the folder",
    arguments: ["electricity_wt", "electricity_bchp", "electricity_pvt", "electricity_pt"])
  func front(held: String) throws {
    let folder = try ScratchFolder.make()
    let answer = try run(folder, "population: 24\ngenerations: 20\nhold: {\(held): 10 %}\nloss_of_supply: 10 %")
    let result = try json(answer)
    let designs = try #require(result["designs"] as? [[String: Any]])
    #expect(!designs.isEmpty && result["status"] as? String == "found")
    for design in designs {
      for season in design["seasons"] as? [[String: Any]] ?? [] {
        let shares = season["shares"] as? [String: Double] ?? [:]
        #expect(abs((shares[held] ?? 0) - 0.1) < 1e-12)
        let sum = shares.filter { $0.key.hasPrefix("electricity_") }.values.reduce(0, +)
        #expect(sum < 1 + 1e-8 && sum > 1 - 1e-5)
      }
    }
    for file in ["result.json", "report.html", "designs.csv", "shares.csv", "history.csv", "project.lock.yaml"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/out/" + file), "\(file)")
    }
  }

  @Test("the best fitness never falls, and the weighted best does not surpass NSGA-II's front")
  func fitness() throws {
    let folder = try ScratchFolder.make()
    let result = try json(run(folder, "method: genetic\npopulation: 40\ngenerations: 40\nloss_of_supply: 10 %"))
    let best = (result["history"] as? [[String: Any]] ?? []).compactMap { $0["best"] as? Double }
    #expect(zip(best, best.dropFirst()).allSatisfy { $0 <= $1 } && best.count > 2)
  }

  @Test("an interrupted search goes on to what an uninterrupted one finds; another project's checkpoint is refused")
  func resumed() throws {
    let folder = try ScratchFolder.make(), whole = try ScratchFolder.make()
    let keys = "population: 16\ngenerations: 12\nloss_of_supply: 10 %"
    let stopped = try run(folder, keys, stopAfter: 5)
    #expect(stopped.end?.kind == .interrupted)
    #expect(throws: StudyEnd.self) { try run(folder, keys + "\nbasis: radiation") }
    do { _ = try run(folder, keys + "\nbasis: radiation") } catch let end as StudyEnd {
      #expect(end.kind == .projectFault && end.messages.joined().contains("--fresh"))
    }
    let after = try json(run(folder, keys)), once = try json(run(whole, keys))
    for key in ["designs", "history", "evaluations"] {
      let a = try JSONSerialization.data(withJSONObject: [after[key] as Any], options: .sortedKeys)
      let b = try JSONSerialization.data(withJSONObject: [once[key] as Any], options: .sortedKeys)
      #expect(a == b, "\(key)")
    }
  }
}

/// Says after so many questions that it is enough.
private final class Counting: @unchecked Sendable {
  private var left: Int
  private let lock = NSLock()
  init(_ left: Int) { self.left = left }
  func isOver() -> Bool {
    lock.withLock {
      left -= 1
      return left < 0
    }
  }
}
