import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities
import TulouResources

@Suite("Weather files") struct WeatherFormatTests {
  /// A small EPW text: `days` days from 1 January, irradiance by the hour.
  static func epw(days: Int = 365, change: (Int, inout [String]) -> Void = { _, _ in }) -> [UInt8] {
    var text = "LOCATION,Town,Province,CHN,CSWD,589180,25.05,116.42,8.0,198.0\n"
    for line in ["DESIGN CONDITIONS,0", "TYPICAL,0", "GROUND,0", "HOLIDAYS", "COMMENTS 1", "COMMENTS 2"] {
      text += line + "\n"
    }
    text += "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n"
    let start = CivilDate(year: 2005, month: 1, day: 1).dayNumber
    for row in 0..<(days * 24) {
      let date = CivilDate(dayNumber: start + row / 24)
      let light = max(0, 500 - 80 * abs(row % 24 - 12))
      var cells = [String](repeating: "9", count: 35)
      cells.replaceSubrange(
        0..<5, with: ["\(1990 + date.month)", "\(date.month)", "\(date.day)", "\(row % 24 + 1)", "60"])
      cells.replaceSubrange(6..<10, with: ["12.5", "8.0", "75", "99540"])
      cells.replaceSubrange(13..<16, with: ["\(light)", "\(light / 2)", "\(light / 3)"])
      cells.replaceSubrange(20..<22, with: ["180", "2.5"])
      change(row, &cells)
      text += cells.joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
  }

  static func fault(_ bytes: [UInt8], _ format: WeatherFormat = .epw) -> String {
    do {
      _ = try format.read(bytes, name: "test.epw")
      return ""
    } catch { return error.description }
  }

  @Test("EPW: units, interval ends, missing codes, a typical year")
  func epw() throws {
    let bytes = Self.epw { row, cells in if row == 100 { cells[6] = "99.9" } }
    #expect(WeatherFormat.recognise(bytes) == .epw)
    let weather = try EnergyPlusWeather.read(bytes, name: "test.epw")
    #expect(weather.kind == .typical && weather.horizon.steps == 8760)
    // The row with hour 13 covers 12:00 to 13:00, so it is step 12.
    #expect(weather.columns[.globalHorizontal]?.values[12] == 0.5)
    #expect(weather.columns[.relativeHumidity]?.values[0] == 0.75)
    #expect(weather.columns[.airTemperature]?.missing == [100])
    #expect(throws: ProjectFault.self) { try weather.complete(.airTemperature) }
    let filled = try weather.repaired([.interpolate(quantity: .airTemperature, longestGap: 2)])
    #expect(try filled.complete(.airTemperature)[100] == 12.5)
    #expect(filled.notes.count == weather.notes.count + 1)
  }

  @Test("a typical year serves leap years, other clocks, longer and shorter steps; sums hold")
  func series() throws {
    let weather = try EnergyPlusWeather.read(Self.epw(), name: "test.epw")
    let year = try weather.series(.globalHorizontal, over: .year(2027))
    let rows = try weather.complete(.globalHorizontal)
    #expect(year.count == rows.count && (zip(year, rows).map(distance).max() ?? 1) < 1e-12)
    let leap = try weather.series(.globalHorizontal, over: .year(2028))
    #expect(leap.count == 8784 && leap[59 * 24..<60 * 24] == leap[58 * 24..<59 * 24])
    let quarter = try weather.series(.globalHorizontal, over: .year(2027, stepHours: 0.25))
    #expect(distance(total(quarter) / 4, total(year)) < 1e-6)
    let three = try weather.series(.globalHorizontal, over: .year(2027, stepHours: 3))
    #expect(distance(total(three) * 3, total(year)) < 1e-6)
    let west = try weather.series(.globalHorizontal, over: .year(2027), utcOffsetHours: 6.5)
    #expect(distance(west[10], (year[11] + year[12]) / 2) < 1e-9)
    #expect(distance(total(west), total(year)) < 1e-6)
  }

  @Test("wrong EPW files say what and where")
  func wrong() {
    #expect(Self.fault(Array("hello\n".utf8)).contains("begins with LOCATION"))
    #expect(Self.fault([]).contains("LOCATION"))
    #expect(Self.fault(Self.epw(days: 2) { row, cells in if row == 20 { cells[3] = "7" } }).contains("test.epw:29"))
    #expect(Self.fault(Self.epw(days: 2) { row, cells in if row == 3 { cells[13] = "bright" } }).contains("'bright'"))
    #expect(Self.fault(Self.epw(days: 2) { row, cells in if row == 3 { cells[13] = "nan" } }).contains("'nan'"))
    var half = Self.epw(days: 2)
    half.removeLast(half.count / 5)
    #expect(!Self.fault(half).isEmpty)
  }

  @Test("TMY3: columns by name, missing by -9900")
  func tmy3() throws {
    var text = "722780,\"PHOENIX\",AZ,-7.0,33.450,-111.983,337\n"
    text +=
      "Date (MM/DD/YYYY),Time (HH:MM),GHI (W/m^2),DNI (W/m^2),DHI (W/m^2),Dry-bulb (C),Pressure (mbar),Wspd (m/s)\n"
    for row in 0..<8760 {
      let day = CivilDate(dayNumber: CivilDate(year: 2021, month: 1, day: 1).dayNumber + row / 24)
      text +=
        "\(day.month)/\(day.day)/1988,\(row % 24 + 1):00,\(row % 24 == 12 ? 800 : 0),0,0,21.5,\(row == 5 ? "-9900" : "970"),3\n"
    }
    let bytes = Array(text.utf8)
    #expect(WeatherFormat.recognise(bytes) == .tmy3)
    let weather = try WeatherFormat.tmy3.read(bytes, name: "a.csv")
    #expect(weather.site.longitudeDegrees == -111.983 && weather.kind == .typical)
    #expect(weather.columns[.globalHorizontal]?.values[12] == 0.8)
    #expect(weather.columns[.pressure]?.values[0] == 97_000 && weather.columns[.pressure]?.missing == [5])
    #expect(
      Self.fault(Array(text.utf8.split(separator: 10).prefix(100).joined(separator: [10])), .tmy3).contains("8,760"))
    #expect(
      Self.fault(Array(text.replacing("2/1/1988,5:00", with: "2/1/1988,6:00").utf8), .tmy3).contains("2/1, hour 5"))
  }

  @Test("NSRDB: minute 30 is the middle; a gap or a double hour is named")
  func nsrdb() throws {
    var text = "Source,Location ID,Latitude,Longitude,Time Zone,Elevation\nNSRDB,1,39.7,-105.2,-7,1820\n"
    text += "Year,Month,Day,Hour,Minute,GHI,DHI,DNI,Temperature,Wind Speed,Pressure\n"
    for row in 0..<48 { text += "2019,3,\(9 + row / 24),\(row % 24),30,\(row % 24 == 12 ? 700 : 0),100,600,5,2,820\n" }
    let weather = try WeatherFormat.nsrdb.read(Array(text.utf8), name: "n.csv")
    #expect(weather.momentOfStep == 0.5 && weather.horizon.stepHours == 1 && weather.kind == .real)
    #expect(weather.horizon.moment(0).date == CivilDate(year: 2019, month: 3, day: 9))
    #expect(weather.columns[.pressure]?.values[0] == 82_000)
    let doubled = text.replacing("2019,3,9,5,30", with: "2019,3,9,4,30")
    #expect(Self.fault(Array(doubled.utf8), .nsrdb).contains("double hour"))
  }

  @Test("PVGIS: CSV and JSON give the same record in universal time")
  func pvgis() throws {
    var csv = "Latitude (decimal degrees): 45.000\nLongitude (decimal degrees): 8.000\nElevation (m): 250\n"
    csv += "Irradiance Time Offset (h): 0.1761\nmonth,year\n1,2016\n"
    csv += "time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP\n"
    var rows: [String] = []
    for row in 0..<48 {
      let time = "2016010\(1 + row / 24):\(row % 24 < 10 ? "0" : "")\(row % 24)00"
      let light = row % 24 == 12 ? 350.5 : 0
      csv += "\(time),\(Double(row) / 10),80.0,\(light),0.0,\(light / 2),300.0,2.1,180.0,99000.0\n"
      rows.append(
        "{\"time(UTC)\": \"\(time)\", \"T2m\": \(Double(row) / 10), \"RH\": 80.0, \"G(h)\": \(light), \"Gb(n)\": 0.0, \"Gd(h)\": \(light / 2), \"WS10m\": 2.1, \"WD10m\": 180.0, \"SP\": 99000.0}"
      )
    }
    csv += "\nT2m: 2-m air temperature (degree Celsius)\n"
    let json =
      "{\"inputs\": {\"location\": {\"latitude\": 45.0, \"longitude\": 8.0, \"elevation\": 250.0, \"irradiance_time_offset\": 0.1761}}, \"outputs\": {\"tmy_hourly\": ["
      + rows.joined(separator: ",") + "]}}"
    let a = try #require(WeatherFormat.recognise(Array(csv.utf8))).read(Array(csv.utf8), name: "a")
    let b = try #require(WeatherFormat.recognise(Array(json.utf8))).read(Array(json.utf8), name: "b")
    #expect(distance(try a.complete(.globalHorizontal)[12], 0.3505) < 1e-12 && a.site.utcOffsetHours == 0)
    #expect(a.momentOfStep == 0.1761 && b.momentOfStep == 0.1761)
    for quantity in [WeatherQuantity.globalHorizontal, .airTemperature, .windSpeed, .pressure] {
      #expect(a.columns[quantity] == b.columns[quantity])
    }
  }

  @Test("plain CSV: units, time column, missing column named")
  func plain() throws {
    let site = Site(latitudeDegrees: 53, longitudeDegrees: 12, utcOffsetHours: 1)
    let text = "when;T;G\n2010-06-01 00:00;283.15;0\n2010-06-01 00:30;284.15;5\n".replacing(";", with: ",")
    let reader = PlainWeather(
      site: site,
      columns: [
        .init(header: "T", quantity: .airTemperature, offset: -273.15),
        .init(header: "G", quantity: .globalHorizontal, factor: 0.001),
      ], time: .column("when"))
    let weather = try reader.read(Array(text.utf8), name: "p.csv")
    #expect(weather.horizon.stepHours == 0.5 && abs((weather.columns[.airTemperature]?.values[1] ?? 0) - 11) < 1e-9)
    var wrong = reader
    wrong.columns.append(.init(header: "Wind", quantity: .windSpeed))
    #expect(throws: ProjectFault.self) { try wrong.read(Array(text.utf8), name: "p.csv") }
  }

  @Test(
    "stamps with an offset are brought to the clock of the place",
    arguments: ["2010-05-31 16:00+00:00", "2010-06-01 01:00+09:00", "2010-06-01 00:00"])
  func offsets(stamp: String) throws {
    let site = Site(latitudeDegrees: 30, longitudeDegrees: 120, utcOffsetHours: 8)
    let next = stamp.replacing(":00+", with: ":30+").replacing(/:00$/, with: stamp.contains("+") ? ":00" : ":30")
    let reader = PlainWeather(
      site: site, columns: [.init(header: "T", quantity: .airTemperature)], time: .column("when"))
    let weather = try reader.read(Array("when,T\n\(stamp),1\n\(next),2\n".utf8), name: "p.csv")
    #expect(weather.horizon.periods.first?.start == CivilDate(year: 2010, month: 6, day: 1))
    #expect(weather.horizon.stepHours == 0.5)
  }

  @Test("mutilated files never crash", arguments: 0..<40)
  func fuzz(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = Self.epw(days: 3)
    for _ in 0..<(1 + Int(random.uniform() * 60)) {
      let place = Int(random.uniform() * Double(bytes.count))
      switch Int(random.uniform() * 4) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(0x2C, at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 40))
      }
      if bytes.count < 100 { break }
    }
    for format in WeatherFormat.allCases { _ = try? format.read(bytes, name: "fuzz") }
  }
}
