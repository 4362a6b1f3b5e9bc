import Foundation
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Series in the layouts that meters, markets and spreadsheets export; all values and names are made up.
@Suite("Layouts of series")
struct LayoutTests {
  /// Mean power of each hour of two days of January in Berlin.
  static let load: [Double] = (0..<48).map { Double(100 + ($0 * 37) % 61) + 0.25 }

  static func clock(_ i: Int) -> String { String(format: "%02d:00", i % 24) }
  static func german(_ value: Double) -> String {
    String(format: "%.2f", value).replacingOccurrences(of: ".", with: ",")
  }

  private func values(_ text: String, _ series: String, zone: String = "Europe/Berlin", hours: Int = 48) throws
    -> [Double]
  {
    try SeriesCase(
      horizon: "horizon: {start: 2024-01-15, length: \(hours) h}", zone: zone, files: ["a.csv": text],
      power: "{file: a.csv, column: \(series)}"
    ).values()
  }

  private func message(_ text: String, _ series: String, zone: String = "Europe/Berlin") -> String {
    do {
      _ = try values(text, series, zone: zone)
      return "read"
    } catch let fault as ProjectFault {
      return fault.diagnostics.map { $0.message + " " + $0.advice }.joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  @Test("semicolons, decimal commas, days first, sums and prose")
  func german() throws {
    var text = "Lastgang Werk Sued;;\n;;\nZeitpunkt;Bezug [kWh];Status\n"
    for i in 0..<48 { text += "\(15 + i / 24).01.2024 \(Self.clock(i));\(Self.german(Self.load[i]));W\n" }
    text += "Summe;6.204,00;\n;;\n"
    let read = try values(text, "\"Bezug [kWh]\", unit: kWh, time: {column: Zeitpunkt}")
    #expect(read == Self.load)
    // The unit and the column of time are found too.
    #expect(try values(text, "\"Bezug [kWh]\", time: {}") == Self.load)
    #expect(message(text, "\"Bezug [kWh]\", unit: MWh, time: {}").contains("Write 'unit: kWh'"))
  }

  @Test("thousands in groups of three, or of two and three, and AM and PM")
  func american() throws {
    var text = "Date and time\tDemand (kW)\n"
    for i in 0..<48 {
      let hour = i % 24 % 12 == 0 ? 12 : i % 24 % 12
      text +=
        "1/\(15 + i / 24)/2024 \(hour):00 \(i % 24 < 12 ? "AM" : "PM")\t\"1,45,\(String(format: "%06.2f", Self.load[i]))\"\n"
    }
    #expect(try values(text, "Demand, unit: kW, time: {}") == Self.load.map { $0 + 145_000 })
  }

  @Test("a day that may be a month is asked for, and read when it is told")
  func order() throws {
    var text = "Date,Time,kW\n"
    for i in 0..<24 { text += "03/04/2024,\(Self.clock(i)),\(Self.load[i])\n" }
    let said = message(text, "kW, unit: kW, time: {}")
    #expect(said.contains("'format: dd/mm/yyyy' or 'format: mm/dd/yyyy'"))
    let read = try SeriesCase(
      horizon: "horizon: {start: 2024-04-03, length: 23 h}", files: ["a.csv": text],
      power: "{file: a.csv, column: kW, unit: kW, time: {format: dd/mm/yyyy}}"
    ).values()
    #expect(read == Array(Self.load[0..<23]))
  }

  @Test("dates that contradict one another are refused")
  func contradiction() {
    let text = "t,kW\n13/01/2024 00:00,1\n14/01/2024 00:00,2\n01/15/2024 00:00,3\n"
    #expect(message(text, "kW, unit: kW, time: {}").contains("contradict"))
  }

  @Test("stamps of 24:00, or of one step past midnight, close their intervals")
  func ends() throws {
    var text = "id;fecha;hora;kWh\n"
    for i in 0..<48 {
      text += "7;2024/01/\(15 + i / 24);\(String(format: "%02d:00", i % 24 + 1));\(Self.german(Self.load[i]))\n"
    }
    #expect(try values(text, "kWh, unit: kWh, time: {column: fecha}") == Self.load)
    #expect(message(text, "kWh, unit: kWh, time: {column: fecha, stamp: start}").contains("24:00"))
  }

  @Test("a day of 23 hours has no gap, and one of 25 has both of its hours")
  func clocks() throws {
    for (day, hours) in [("30.03.2025", 23), ("26.10.2025", 25)] {
      let first = hours == 23 ? [0, 1, 3] : [0, 1, 2, 2]
      let all = first + Array((first.last ?? 0) + 1..<24)
      var text = "Zeit;kW\n"
      for (i, hour) in all.enumerated() { text += "\(day) \(Self.clock(hour)):00;\(Self.german(Self.load[i]))\n" }
      let read = try SeriesCase(
        horizon: "horizon: {start: 2025-\(hours == 23 ? "03-30" : "10-26"), length: \(hours - 1) h}", zone: "UTC+1",
        files: ["a.csv": text],
        power: "{file: a.csv, column: kW, unit: kW, time: {zone: Europe/Berlin}}"
      ).values()
      #expect(read == (hours == 23 ? Array(Self.load[0..<22]) : Array(Self.load[1..<25])))
    }
  }

  @Test("a day a row, with the times as heads")
  func wide() throws {
    var text = "Customer,Kind,date" + (1...24).map { ",\($0 % 24):00" }.joined() + "\n"
    for day in 0..<2 {
      for (kind, factor) in [("GC", 1.0), ("GG", 2.0)] {
        text +=
          "1,\(kind),\(15 + day)/01/2024" + (0..<24).map { ",\(Self.load[day * 24 + $0] * factor)" }.joined() + "\n"
      }
    }
    #expect(try values(text, "GC, unit: kWh, time: {}") == Self.load)
    #expect(try values(text, "value, unit: kWh, rows: {Kind: GG}, time: {}") == Self.load.map { 2 * $0 })
    #expect(message(text, "value, unit: kWh, time: {}").contains("rows: {Kind: GC}"))
  }

  @Test("registers are told and their differences taken")
  func registers() throws {
    var text = "time,Import T1 kWh,Import T2 kWh\n", one = 5000.0
    for i in 0...48 {
      text += "2024-01-\(15 + i / 24) \(Self.clock(i)),\(one),300.5\n"
      if i < 48 { one += Self.load[i] }
    }
    #expect(message(text, "Import T1 kWh + Import T2 kWh, unit: kWh, time: {}").contains("register: true"))
    let read = try values(text, "Import T1 kWh + Import T2 kWh, unit: kWh, register: true, time: {}")
    #expect(zip(read, Self.load).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("rows of several registers are asked for, and summed when told")
  func long() throws {
    var text = "Van;Tot;Register;Volume;Eenheid\n"
    for i in 0..<48 {
      for (name, factor) in [("In day", 0.25), ("In night", 0.75), ("Out", 3.0)] {
        text +=
          "\(15 + i / 24)-01-2024 \(Self.clock(i));\(15 + (i + 1) / 24)-01-2024 \(Self.clock(i + 1));\(name);\(Self.german(Self.load[i] * factor * 4));kWh\n"
      }
    }
    #expect(message(text, "Volume, unit: kWh, time: {}").contains("rows: {Register: In day}"))
    let sum = try values(text, "In day + In night, unit: kWh, time: {}")
    #expect(zip(sum, Self.load).allSatisfy { abs($0 - 4 * $1) < 0.011 })
  }

  @Test("gaps are refused, or filled as told; rows that stand twice are told apart")
  func gaps() throws {
    var rows = (0..<48).map { "2024-01-\(15 + $0 / 24)T\(Self.clock($0)),\(Self.load[$0])" }
    rows.insert(rows[30], at: 30)
    rows.remove(at: 13)
    let text = "time,kWh\n" + rows.joined(separator: "\n") + "\n"
    #expect(message(text, "kWh, unit: kWh, time: {}").contains("fill: interpolate"))
    for (word, value) in [
      ("previous", Self.load[12]), ("interpolate", (Self.load[12] + Self.load[14]) / 2), ("same-hour", Self.load[37]),
      ("zero", 0),
    ] {
      let read = try values(text, "kWh, unit: kWh, time: {}, fill: \(word)")
      #expect(abs(read[13] - value) < 1e-9, "\(word)")
      #expect(read[30] == Self.load[30])
    }
    let different = text.replacingOccurrences(
      of: "16T06:00,\(Self.load[30])\n2024-01-16T06:00", with: "16T06:00,1\n2024-01-16T06:00")
    #expect(message(different, "kWh, unit: kWh, time: {}, fill: zero").contains("different values"))
    // As many rows as hours by chance are no hours.
    #expect(message(text, "kWh, unit: kWh") != "read")
  }

  @Test("decimal marks that contradict one another, or may mark thousands, are asked for")
  func marks() throws {
    var text = "t;kW\n", mixed = "t;kW\n"
    for i in 0..<48 {
      text += "2024-01-\(15 + i / 24) \(Self.clock(i));1.\(100 + i)\n"
      mixed += "2024-01-\(15 + i / 24) \(Self.clock(i));\(i == 20 ? "1.5" : "1,5")\n"
    }
    #expect(message(text, "kW, unit: kW, time: {column: t}").contains("Write 'decimal:"))
    #expect(try values(text, "kW, unit: kW, decimal: \",\", time: {column: t}")[0] == 1100)
    #expect(message(mixed, "kW, unit: kW, time: {column: t}").contains("decimal comma in row"))
  }

  @Test("a net load is split into its halves, which are both needed")
  func net() throws {
    let text =
      "time,kW\n" + (0..<48).map { "2024-01-\(15 + $0 / 24)T\(Self.clock($0)),\($0 % 3 == 0 ? -5 : 7)\n" }.joined()
    #expect(message(text, "kW, unit: kW, time: {column: time}").contains("'net: true' splits it"))
    #expect(message(text, "kW, unit: kW, net: true, time: {column: time}").contains("kind: source"))
  }

  @Test("a calendar year of another clock wraps at its ends")
  func wrap() throws {
    let start = CivilDate(year: 2025, month: 1, day: 1).dayNumber
    let text =
      "time (UTC),kW\n"
      + (0..<8760).map { "\(CivilDate(dayNumber: start + $0 / 24)) \(Self.clock($0)),\($0)\n" }.joined()
    let project = try SeriesCase(
      horizon: "horizon: {start: 2025-01-01}", zone: "Asia/Shanghai", files: ["a.csv": text],
      power: "{file: a.csv, column: kW, unit: kW, time: {column: \"time (UTC)\"}}"
    ).project()
    #expect(project.demands[0].power[0] == 8752)
    #expect(project.demands[0].power[8] == 0)
    #expect(project.assumptions.contains { $0.value.contains("8 steps from the other end") })
  }
}
