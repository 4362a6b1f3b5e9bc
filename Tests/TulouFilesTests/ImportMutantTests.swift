import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Mutants of what other programs write (tariffs, scenarios, meter files, workbooks) are read or refused, never a trap.
@Suite("Mutants of imports")
struct ImportMutantTests {
  static let tariff: String = {
    let day = "[" + (0..<24).map { (8..<21).contains($0) ? "1" : "0" }.joined(separator: ",") + "]"
    let year = "[" + [String](repeating: day, count: 12).joined(separator: ",") + "]"
    return """
      {"energyratestructure": [[{"rate": 0.1, "adj": 0.01, "unit": "kWh"}], [{"rate": 0.2, "max": 500}, {"rate": 0.3}]],
       "energyweekdayschedule": \(year), "energyweekendschedule": \(year), "lookbackRange": 11, "lookbackPercent": 0.5,
       "demandratestructure": [[{"rate": 5}], [{"rate": 6}]], "demandweekdayschedule": \(year), "demandweekendschedule": \(year),
       "flatdemandstructure": [[{"rate": 7, "max": 100}, {"rate": 9}]], "flatdemandmonths": [0,0,0,0,0,0,0,0,0,0,0,0],
       "fixedchargefirstmeter": 20, "fixedchargeunits": "$/month", "fuelattr": "x"}
      """
  }()
  static let scenario = """
    {"Site": {"latitude": 30.0, "longitude": -90.0}, "Financial": {"analysis_years": 20, "offtaker_discount_rate_fraction": 0.06},
     "ElectricLoad": {"annual_kwh": 50000, "doe_reference_name": "SmallOffice", "year": 2023},
     "ElectricTariff": {"monthly_energy_rates": [0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1],
      "coincident_peak_load_active_time_steps": [[12, 13], [4000]], "coincident_peak_load_charge_per_kw": [3, 4]},
     "PV": {"existing_kw": 10, "max_kw": 20, "installed_cost_per_kw": 1000, "macrs_option_years": 5},
     "ElectricUtility": {"outage_start_time_step": 10, "outage_end_time_step": 60}}
    """
  static let greenButton =
    "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content><ReadingType><uom>72</uom>"
    + "<powerOfTenMultiplier>3</powerOfTenMultiplier><flowDirection>1</flowDirection></ReadingType></content></entry>"
    + "<entry><content><IntervalBlock>"
    + (0..<30).map {
      "<IntervalReading><timePeriod><duration>3600</duration><start>\(1_705_276_800 + 3600 * $0)</start></timePeriod>"
        + "<value>\($0)</value></IntervalReading>"
    }.joined() + "</IntervalBlock></content></entry></feed>"
  static let nationalMeter =
    "100,NEM12,200506081149,UNITEDDP,NEMMCO\n200,NEM1201009,E1,1,E1,N1,01009,kWh,30,20050610\n"
    + (15...16).map {
      "300,200501\($0)," + (0..<48).map { "\($0).5" }.joined(separator: ",") + ",A,,,20050310182204,\n"
    }
    .joined() + "900\n"
  static let game = """
    game: {members: [a, b, c], values: {a: 1, b: 1/2, c: 0, a+b: 25/2, a+c: 2, b+c: 3, a+b+c: 20}}
    """
  static let key = """
    allocation: {key: priority, members: [a, b], need: [3, 4], production: 5, groups: [[a], [b]]}
    """

  @Test("end with a project, a table, or words")
  func mutants() throws {
    var random = SeededRandom(seed: 20_261_131)
    let workbook = ResultWorkbook.bytes(of: [
      ("flows.csv", Array(("time,pv [kW]\n" + (10..<24).map { "2027-01-01T\($0),1.5\n" }.joined()).utf8))
    ])
    let texts: [(name: String, bytes: [UInt8])] = [
      ("t.json", Array(Self.tariff.utf8)), ("s.json", Array(Self.scenario.utf8)),
      ("g.xml", Array(Self.greenButton.utf8)), ("n.csv", Array(Self.nationalMeter.utf8)), ("w.xlsx", workbook),
      ("game.yaml", Array(Self.game.utf8)), ("key.yaml", Array(Self.key.utf8)),
    ]
    let folder = try ScratchFolder.make().path
    for number in 0..<max(MutantTests.count, 200) {
      let (name, whole) = texts[number % texts.count]
      var bytes = whole
      if name.hasSuffix("xlsx"), number >= texts.count {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      } else if number >= texts.count {
        bytes = MutantTests.mutant(of: String(decoding: whole, as: UTF8.self), &random)
      }
      do throws(ProjectFault) {
        if name.hasSuffix("yaml") {
          _ = try SharingReader.read(text: String(decoding: bytes, as: UTF8.self), path: name)
          continue
        }
        try? Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        if try ForeignProject.find(path: folder + "/" + name, currency: nil) == nil {
          _ = try SeriesImport.look(path: folder + "/" + name)
        }
      } catch {
        #expect(!error.diagnostics.isEmpty, "mutant \(number) of \(name)")
        if number < texts.count { Issue.record("\(name): \(error.diagnostics.map(\.message))") }
      }
    }
  }

  @Test("meter files are read with their units and clocks")
  func meters() throws {
    let folder = try ScratchFolder.make().path
    try Self.greenButton.write(toFile: folder + "/g.xml", atomically: true, encoding: .utf8)
    try Self.nationalMeter.write(toFile: folder + "/n.csv", atomically: true, encoding: .utf8)
    let green = try SeriesImport.look(path: folder + "/g.xml").columns
    #expect(green.contains { $0.unit == "Wh" && $0.values.count == 30 && $0.values[5] == 5000 })
    let national = try SeriesImport.look(path: folder + "/n.csv").columns
    #expect(national.contains { $0.unit == "kWh" && $0.values.count == 96 && $0.values[49] == 1.5 })
  }
}
