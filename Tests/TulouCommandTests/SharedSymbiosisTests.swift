import Foundation
import TestSupport
import Testing

/// Every case of `../shared/validation/symbiosis`, written as a project file and run by the public command.
@Suite("Symbiosis of the shared folder", .enabled(if: SharedFolder.isPresent && CommandLine.executable != nil))
struct SharedSymbiosisTests {
  typealias Case = SymbiosisFile.Case

  private func cases(_ file: String) throws -> [Case] {
    let text = try SharedFolder.text("validation/symbiosis/" + file)
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Case
    return root?["cases"] as? [Case] ?? []
  }

  private func matched(_ text: String, _ options: [String] = []) throws -> Case {
    let folder = try CommandLine.scratch()
    try text.write(to: folder.appendingPathComponent("case.yaml"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(["match", "case.yaml", "--json", "--quiet"] + options, in: folder)
    guard run.status == 0 else { throw Failed(description: run.errors) }
    return try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? Case ?? [:]
  }

  private struct Failed: Error, CustomStringConvertible { var description: String }

  private func number(_ value: Any?) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

  private func expect(_ found: Any?, _ wanted: Double, _ what: String, in set: String) {
    let value = number(found), off = abs(value - wanted) / max(1, abs(wanted))
    #expect(off <= 1e-6, "\(what): \(value), expected \(wanted)")
    #expect(Measured.isWithin(set, off), "\(what): \(value), expected \(wanted)")
  }

  @Test("heat: utilities, pinches, zones alone") func heat() throws {
    for one in try cases("heat.json") {
      let name = one["name"] as? String ?? ""
      let scale = one["unit"] as? String == "MW" ? 1000.0 : 1
      let result = try matched(SymbiosisFile.heat(one))
      let targets = (result["targets"] as? Case)?["heat"] as? Case ?? [:]
      for key in ["hot_utility", "cold_utility", "recovered"] {
        expect(targets[key], scale * number(one[key]), "\(name) \(key)", in: "symbiosis.heat")
      }
      let pinches = (targets["pinch_shifted"] as? [NSNumber] ?? []).map(\.doubleValue).sorted()
      let wanted = (one["pinch_shifted"] as? [NSNumber] ?? []).map(\.doubleValue).sorted()
      #expect(pinches.count == wanted.count && zip(pinches, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(name)")
      let names = SymbiosisFile.partners((one["streams"] as? [[Any]] ?? []).map { $0[1] as? String ?? "" })
      for (zone, values) in one["alone"] as? [String: [NSNumber]] ?? [:] {
        let own = (targets["alone"] as? Case)?["z\(names.firstIndex(of: zone) ?? -1)"] as? Case ?? [:]
        expect(own["hot_utility"], scale * values[0].doubleValue, "\(name) \(zone) hot", in: "symbiosis.heat")
        expect(own["cold_utility"], scale * values[1].doubleValue, "\(name) \(zone) cold", in: "symbiosis.heat")
      }
    }
  }

  @Test("water: fresh, waste, without reuse, regenerated, partners alone") func water() throws {
    for one in try cases("water.json") {
      let name = one["name"] as? String ?? ""
      let result = try matched(SymbiosisFile.water(one))
      let targets = ((result["targets"] as? Case)?["water"] as? Case)?["c"] as? Case ?? [:]
      for key in ["fresh", "waste", "without_reuse", "regenerated"] where one[key] != nil {
        expect(targets[key], number(one[key]), "\(name) \(key)", in: "symbiosis.water")
      }
      let names = SymbiosisFile.partners(
        ((one["sources"] as? [[Any]] ?? []) + (one["sinks"] as? [[Any]] ?? [])).map {
          $0.count > 2 ? $0[2] as? String ?? "" : ""
        })
      for (partner, values) in one["alone"] as? [String: [NSNumber]] ?? [:] {
        let own = (targets["alone"] as? Case)?["z\(names.firstIndex(of: partner) ?? -1)"] as? Case ?? [:]
        expect(own["fresh"], values[0].doubleValue, "\(name) \(partner) fresh", in: "symbiosis.water")
        expect(own["waste"], values[1].doubleValue, "\(name) \(partner) waste", in: "symbiosis.water")
      }
    }
  }

  @Test("parks: cost, best sets, marginal values, groups, failures") func parks() throws {
    for one in try cases("assignment.json") {
      let name = one["name"] as? String ?? "", wanted = one["expected"] as? Case ?? [:]
      let result = try matched(SymbiosisFile.park(one), ["--alternatives", "6", "--without", "all", "--groups"])
      for key in ["cost_apart", "cost", "value"] {
        expect(result[key], number(wanted[key]), "\(name) \(key)", in: "symbiosis.parks")
      }
      let arcs = (one["arcs"] as? [String: Case] ?? [:]).mapValues(SymbiosisFile.linkId)
      func links(_ value: Any?) -> Set<String> { Set((value as? [String] ?? []).map { arcs[$0] ?? "" }) }
      #expect(Set(result["built"] as? [String] ?? []) == links(wanted["built"]), "\(name)")
      let best = wanted["best"] as? [[Any]] ?? [], found = result["alternatives"] as? [Case] ?? []
      #expect(found.count == best.count, "\(name)")
      for (rank, (mine, theirs)) in zip(found, best).enumerated() {
        expect(mine["value"], number(theirs[0]), "\(name) rank \(rank)", in: "symbiosis.parks")
        let isTied = best.indices.contains { $0 != rank && abs(number(best[$0][0]) - number(theirs[0])) < 1 }
        #expect(isTied || Set(mine["built"] as? [String] ?? []) == links(theirs[1]), "\(name) rank \(rank)")
      }
      let matches = result["matches"] as? [Case] ?? []
      for (arc, value) in wanted["marginal"] as? [String: NSNumber] ?? [:] {
        let own = matches.first { $0["id"] as? String == arcs[arc] }
        expect(own?["marginal"], value.doubleValue, "\(name) marginal \(arc)", in: "symbiosis.parks")
      }
      let groups = result["groups"] as? Case ?? [:]
      for (group, value) in wanted["coalitions"] as? [String: NSNumber] ?? [:] {
        expect(groups[group], value.doubleValue, "\(name) \(group)", in: "symbiosis.parks")
      }
      let failures = result["partner_failure"] as? [String: Case] ?? [:]
      for (partner, value) in wanted["failure"] as? [String: NSNumber] ?? [:] {
        expect(failures[partner]?["cost"], value.doubleValue, "\(name) without \(partner)", in: "symbiosis.parks")
      }
    }
  }
}
