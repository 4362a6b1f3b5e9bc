import Testing

@Suite("Numbers that nobody may trust") struct ConversionTests {
  @Test("no conversion from a fraction to a whole number can trap")
  func conversions() {
    // The solver's loops work on numbers that were checked, and import nothing.
    for file in House.swiftFiles(in: "Sources") where !file.path.hasPrefix("Sources/TulouHourBlock/") {
      for (number, line) in file.lines.enumerated()
      where line.contains(/\bInt(32|64)?\((?!saturating)[^"]*\.(rounded|squareRoot)\(/) {
        Issue.record("\(file.path):\(number + 1): use Int(saturating:), which takes what is no number or too large")
      }
    }
  }
}
