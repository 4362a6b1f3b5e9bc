import Testing
import TulouFiles
import TulouProject
import TulouTechnologies

@Suite("Machines that pump heat") struct PumpTests {
  /// With a COP below two what is drawn is less than the power, so a balance that takes the greater of both cannot hide it.
  @Test(
    "a heat pump draws from around what its heat has more than its power",
    arguments: [("heat", 1.6, 0.375), ("power", 1.6, 0.6), ("heat", 4, 0.75), ("power", 0.8, 0), ("heat", 0.8, 0)])
  func drawn(rated: String, performance: Double, expected: Double) throws {
    let text =
      ConnectedKeysTests.head
      + "components:\n  pump: {kind: heat-pump, power: ac, heat: hot, cop: \(performance), rated_at: \(rated), capacity: {max: 5 kW}}\n"
    let project = try ProjectReader.read(text: text, path: "pump.yaml")
    guard case .converter(let block)? = project.components.first(where: { $0.id == "pump" })?.block else {
      Issue.record("no converter")
      return
    }
    #expect(block.ambientHeat.allSatisfy { abs($0 - expected) < 1e-12 }, "\(block.ambientHeat.prefix(2))")
    // Its other ports balance: heat is power and what was drawn, or less where it loses some.
    let sum = block.ports.reduce(0) { $0 + $1.coefficient[0] }
    #expect(abs(max(0, sum) - expected) < 1e-12)
  }
}
