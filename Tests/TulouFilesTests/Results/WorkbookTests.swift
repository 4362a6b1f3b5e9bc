import Foundation
import Testing
import TulouFiles

/// The workbook of a result: what a spreadsheet finds in it.
@Suite("Workbook") struct WorkbookTests {
  @Test("CRC-32 of the standard's check value") func crc() {
    #expect(StoredZip.crc(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test("cells of CSV with marks, commas and line ends within") func cells() {
    #expect(ResultWorkbook.rows("a,\"b,\"\"c\"\"\nd\",e\n1,,2\n") == [["a", "b,\"c\"\nd", "e"], ["1", "", "2"]])
    #expect(ResultWorkbook.rows("a,b") == [["a", "b"]] && ResultWorkbook.rows("").isEmpty)
  }

  @Test("stamps are dates as spreadsheets count them, all else is not") func stamps() throws {
    // 1 January 2027 is day 46388 of spreadsheets.
    #expect(ResultWorkbook.serial("2027-01-01T00") == 46_388)
    #expect(ResultWorkbook.serial("2027-01-01T18:30") == 46_388 + 18.5 / 24)
    for text in ["2027-13-01T00", "2027-01-01", "T", "12", "2027-01-01T25", "xTy"] {
      #expect(ResultWorkbook.serial(text) == nil, "\(text)")
    }
  }

  @Test("names of sheets are short, allowed and each once") func names() {
    var taken: Set<String> = []
    #expect(ResultWorkbook.sheetName("tables/summary.csv", &taken) == "summary")
    #expect(ResultWorkbook.sheetName("summary.csv", &taken) == "summary 2")
    let long = ResultWorkbook.sheetName("tables/\(String(repeating: "x", count: 40)).csv", &taken)
    #expect(long.count == 31)
    #expect(ResultWorkbook.sheetName("a[b]?.csv", &taken) == "a b  ")
  }

  @Test("numbers are numbers, text is text, and the archive lists every part") func archive() {
    let bytes = ResultWorkbook.bytes(of: [
      ("flows.csv", Array("time,pv [kW]\n2027-01-01T00,1.5\n".utf8)), ("report.html", [1]),
      ("tables/a.csv", Array("name,value\n<&>,-2e-3\n'=1+1,\n".utf8)),
    ])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(bytes.starts(with: [0x50, 0x4b, 3, 4]))
    #expect(text.contains("<c s=\"2\"><v>46388.0</v></c><c><v>1.5</v></c>"))
    #expect(text.contains("&lt;&amp;&gt;") && text.contains("<c><v>-2e-3</v></c>"))
    #expect(
      text.contains("<sheet name=\"flows\"") && text.contains("<sheet name=\"a\"") && !text.contains("report.html"))
    // Five parts and two sheets, each twice: before its bytes and in the list at the end.
    #expect(text.components(separatedBy: "xl/worksheets/sheet2.xml").count == 4)
    // The end of the list: its mark, and seven entries.
    let end = Array(bytes.suffix(22))
    #expect(Array(end.prefix(4)) == [0x50, 0x4b, 5, 6] && end[10] == 7)
  }
}
