import Foundation
import TestSupport
import Testing

/// Amounts, components and whole plants of `../shared/validation/exergy` by the public command, `tulou exergy FILE`.
@Suite("Exergy of the shared folder", .enabled(if: SharedFolder.isPresent && CommandLine.executable != nil))
struct SharedExergyTests {
  typealias Case = [String: Any]

  private func cases(_ file: String) throws -> (ours: [Case], theirs: [Case]) {
    let path = (SharedFolder.path ?? "") + "/validation/exergy/" + file
    let run = try CommandLine.run(["exergy", path, "--json"], in: try CommandLine.scratch())
    try #require(run.status == 0, "\(run.errors)")
    func list(_ text: String) throws -> [Case] {
      let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Case
      return try #require(root?["cases"] as? [Case])
    }
    return (try list(run.output), try list(try SharedFolder.text("validation/exergy/" + file)))
  }

  private func number(_ value: Any?) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

  @Test("heat, cold, fuels, wind and components by their closed forms, to 1e-9; where both nearly cancel to 1e-6")
  func closedForms() throws {
    let (ours, theirs) = try cases("closed-form.json")
    try #require(ours.count == theirs.count && theirs.count >= 80)
    var worst = 0.0
    for (one, wanted) in zip(ours, theirs) {
      let name = wanted["name"] as? String ?? ""
      #expect(one["name"] as? String == name)
      for key in ["exergy", "exergy_in", "exergy_out", "destroyed", "efficiency"] where wanted[key] is NSNumber {
        let value = number(one[key]), expected = number(wanted[key])
        // Twelve digits stand in the file; of what is zero the difference itself counts.
        let off = abs(value - expected) / (abs(expected) > 1e-12 ? abs(expected) : 1)
        #expect(off <= (name.contains("constant") ? 1e-6 : 1e-9), "\(name) \(key): \(value), expected \(expected)")
        worst = max(worst, off.isNaN ? .infinity : off)
      }
    }
    #expect(Measured.isWithin("exergy.closed", worst), "\(worst)")
  }

  @Test("four plants of exerpy: what each component destroys, and fuel, product, loss, efficiency of the whole")
  func plants() throws {
    let (ours, theirs) = try cases("exerpy.json")
    try #require(ours.count == theirs.count && !theirs.isEmpty)
    var worst = 0.0, whole = 0.0
    for (one, wanted) in zip(ours, theirs) {
      let name = wanted["name"] as? String ?? ""
      let mine = one["components"] as? [String: Case] ?? [:]
      for (id, component) in wanted["components"] as? [String: Case] ?? [:] {
        let entering = number(mine[id]?["exergy_in"])
        let off = abs(number(mine[id]?["destroyed"]) - number(component["destroyed"])) / max(1, abs(entering))
        #expect(off <= 1e-7, "\(name) \(id)")
        worst = max(worst, off.isNaN ? .infinity : off)
      }
      let system = wanted["system"] as? Case ?? [:], own = one["system"] as? Case ?? [:]
      for key in ["fuel", "product", "loss", "destroyed", "efficiency"] {
        let off = Measured.relative(number(own[key]), number(system[key]))
        #expect(off <= 1e-7, "\(name) \(key)")
        whole = max(whole, off.isNaN ? .infinity : off)
      }
    }
    #expect(Measured.isWithin("exergy.components", worst), "\(worst)")
    #expect(Measured.isWithin("exergy.plants", whole), "\(whole)")
  }
}
