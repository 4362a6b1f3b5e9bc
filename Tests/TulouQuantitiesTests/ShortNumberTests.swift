import Testing
import TulouQuantities

/// Numbers in sentences.
@Suite("Short numbers") struct ShortNumberTests {
  @Test("as many digits as asked for, and never one less by a binary fraction")
  func digits() {
    for (value, text) in [
      (15_799_999.4, "15800000"), (15_800_000, "15800000"), (0.2, "0.2"), (999.6, "1000"), (1234, "1230"),
      (-0.05678, "-0.0568"),
      (4_610_000, "4610000"), (87_600_000, "87600000"), (1e-9, "0.000000001"), (0, "0"), (57, "57"),
    ] { #expect(shortNumber(value) == text) }
    // Every three digits at every magnitude.
    for power in 3...12 {
      let scale = (0..<power).reduce(1) { (sum: Int, _) in sum * 10 }
      for lead in 100...999 where !shortNumber(Double(lead * scale)).hasPrefix(String(lead)) {
        Issue.record("\(lead * scale): \(shortNumber(Double(lead * scale)))")
      }
    }
    #expect(roundedUp(15_710_000) == 15_800_000 && roundedUp(0.12301) == 0.124)
  }
}
