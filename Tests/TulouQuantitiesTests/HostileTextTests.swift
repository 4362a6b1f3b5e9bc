import Testing
import TulouQuantities

@Suite("Texts and numbers that nobody may trust") struct HostileTextTests {
  @Test("characters that act are shown as their numbers, all others as they are")
  func visible() {
    #expect("a\u{1B}]0;x\u{7}b".visible == "a\\u{1B}]0;x\\u{7}b")
    #expect("\u{202E}txt.exe\u{2066}\u{9B}31m".visible == "\\u{202E}txt.exe\\u{2066}\\u{9B}31m")
    for text in ["Tulou 土楼 🏯 é ñ ك\u{200D}م", "two\nlines\tand tabs", ""] { #expect(text.visible == text) }
  }

  @Test("cells that a spreadsheet would run are texts; numbers stay numbers")
  func cells() {
    let formula = CSVText.cell("=cmd|' /C calc'!A0")
    #expect(formula == "'=cmd|' /C calc'!A0")
    #expect(CSVText.cell("@SUM(A1)") == "'@SUM(A1)" && CSVText.cell("+x,1") == "\"'+x,1\"")
    for number in ["-5", "+3.5e-7", "-0.1", "12"] { #expect(CSVText.cell(number) == number) }
    #expect(CSVText.cell("- none") == "'- none" && CSVText.cell("plain") == "plain")
    #expect(CSVText.cell("a\r\nb \"c\"") == "\"a\\u{D}\nb \"\"c\"\"\"")
    #expect(CSVText.cell("\u{1B}[31m") == "\\u{1B}[31m")
  }

  @Test("whole numbers of anything are within 2^53, and never trap")
  func wholeNumbers() {
    let most = 9_007_199_254_740_992
    for (value, whole) in [
      (1e300, most), (-1e300, -most), (.infinity, most), (-.infinity, -most), (.nan, 0), (2.9, 2), (-2.9, -2),
      (9.3e18, most), (0x1p53, most), (0x1p53 - 1, most - 1),
    ] as [(Double, Int)] { #expect(Int(saturating: value) == whole) }
  }

  @Test("every measure has an extent, and nothing in it cannot be divided by")
  func extents() {
    for measure in [Measure.power, .years, .angle, .temperature, .ratePerYear, .price, .share, .time] {
      #expect(measure.extent.lowerBound.isFinite && measure.extent.upperBound <= Measure.greatest)
      #expect(!measure.holds(1e16) && !measure.holds(.nan) && !measure.holds(.infinity) && !measure.holds(1e-300))
      #expect(measure.holds(0) && measure.holds(1) && measure.extentWords.contains("between"))
    }
    #expect(Measure.power.holds(1e15) && Measure.power.holds(1e-15) && !Measure.years.holds(1001))
  }
}
