import Foundation

/// The cases of the validation folder as project files, written as Documentation/methods/match.md says.
enum SymbiosisFile {
  typealias Case = [String: Any]

  private static let head = [
    "tulou: 1", "horizon: {start: 2027-01-01, length: 1 y}", "economy: {currency: EUR, real_discount_rate: 5 %}",
  ]

  /// Short names of partners, who may be called anything.
  static func partners(_ names: [String]) -> [String] {
    var found: [String] = []
    for name in names where !found.contains(name) { found.append(name) }
    return found
  }

  private static func number(_ value: Any?) -> String { "\((value as? NSNumber)?.doubleValue ?? 0)" }

  // MARK: Heat

  static func heat(_ one: Case) -> String {
    let streams = one["streams"] as? [[Any]] ?? [], unit = one["unit"] as? String ?? "kW"
    let names = partners(streams.map { $0[1] as? String ?? "" })
    var out: [String] = [], into: [String] = []
    for (i, stream) in streams.enumerated() {
      let numbers = stream.map { ($0 as? NSNumber)?.doubleValue ?? 0 }
      let isHot = numbers[2] > numbers[3]
      let owner = "z\(names.firstIndex(of: stream[1] as? String ?? "") ?? 0)"
      let ends = isHot ? ("supply", "return") : ("from", "needs")
      let line =
        "    s\(i): {partner: \(owner), kind: heat, \(ends.0): \(numbers[2]) degC, \(ends.1): \(numbers[3]) degC, "
        + "amount: \(numbers[4]) \(unit), approach: \(numbers[5]) K}"
      if isHot { out.append(line) } else { into.append(line) }
    }
    return file(names.count, out, into, [])
  }

  private static func file(_ count: Int, _ out: [String], _ into: [String], _ rest: [String]) -> String {
    var lines = head
    lines.append("partners: {" + (0..<count).map { "z\($0): {role: private}" }.joined(separator: ", ") + "}")
    lines.append("streams:")
    if !out.isEmpty { lines += ["  out:"] + out }
    if !into.isEmpty { lines += ["  in:"] + into }
    return (lines + rest).joined(separator: "\n") + "\n"
  }

  // MARK: Water

  static func water(_ one: Case) -> String {
    let fresh = "match: {fresh_water: {c: \(number(one["fresh_quality"])) ppm}}"
    if let operations = one["operations"] as? [[NSNumber]] {
      let lines = operations.enumerated().map { i, row in
        "    o\(i): {partner: z0, kind: water, buys: 1 EUR/t, limits: {c: \(row[1]) ppm}, takes_up: {substance: c, load: \(row[0]) kg/h, outlet: \(row[2]) ppm}}"
      }
      var rest = [fresh]
      if let regeneration = one["regeneration"] as? Case {
        rest.append(
          "upgrades: {plant: {kind: water, outlet: {c: \(number(regeneration["outlet"])) ppm}, passes: \(regeneration["passes"] as? String ?? "")}}"
        )
      }
      return file(1, [], lines, rest)
    }
    let sources = one["sources"] as? [[Any]] ?? [], sinks = one["sinks"] as? [[Any]] ?? []
    func owner(_ row: [Any]) -> String { row.count > 2 ? row[2] as? String ?? "" : "" }
    let names = partners((sources + sinks).map(owner))
    func index(_ row: [Any]) -> Int { names.firstIndex(of: owner(row)) ?? 0 }
    let out = sources.enumerated().map { i, row in
      "    s\(i): {partner: z\(index(row)), kind: water, amount: \(number(row[0])) t/h, contents: {c: \(number(row[1])) ppm}}"
    }
    let into = sinks.enumerated().map { i, row in
      "    d\(i): {partner: z\(index(row)), kind: water, amount: \(number(row[0])) t/h, limits: {c: \(number(row[1])) ppm}}"
    }
    return file(names.count, out, into, [fresh])
  }

  // MARK: Parks

  private static func flows(_ value: Any?) -> String {
    "[" + ((value as? [NSNumber]) ?? []).map { "\($0) t/h" }.joined(separator: ", ") + "]"
  }

  static func linkId(_ arc: Case) -> String { "\(arc["source"] as? String ?? "")->\(arc["sink"] as? String ?? "")" }

  static func park(_ one: Case) -> String {
    let sources = one["sources"] as? [String: Case] ?? [:], sinks = one["sinks"] as? [String: Case] ?? [:]
    let arcs = one["arcs"] as? [String: Case] ?? [:], trenches = one["trenches"] as? [String: Case] ?? [:]
    let isWater = sources.values.contains { ($0["quality"] as? [NSNumber])?.isEmpty == false }
    let kind = isWater ? "water" : "material"
    let names = Set((Array(sources.values) + Array(sinks.values)).compactMap { $0["partner"] as? String }).sorted()
    let blocks = (one["weights"] as? [NSNumber] ?? []).map { "\($0) h" }.joined(separator: ", ")
    var lines = head + ["match: {pairs: listed, blocks: [\(blocks)]}"]
    lines.append("partners: {" + names.map { "\($0): {role: private}" }.joined(separator: ", ") + "}")
    lines += ["streams:", "  out:"]
    for (id, source) in sources.sorted(by: { $0.key < $1.key }) {
      let quality = (source["quality"] as? [NSNumber])?.first.map { ", contents: {c: \($0) ppm}" } ?? ""
      lines.append(
        "    \(id): {partner: \(source["partner"] ?? ""), kind: \(kind), amount: \(flows(source["supply"])), "
          + "disposal: \(number(source["disposal"])) EUR/t, emergency: \(number(source["emergency"])) EUR/t\(quality)}")
    }
    lines.append("  in:")
    for (id, sink) in sinks.sorted(by: { $0.key < $1.key }) {
      let limit = (sink["limit"] as? [NSNumber])?.first.map { ", limits: {c: \($0) ppm}" } ?? ""
      let accepts = (sink["accept"] as? [NSNumber])?.isEmpty == false ? ", accepts: \(flows(sink["accept"]))" : ""
      lines.append(
        "    \(id): {partner: \(sink["partner"] ?? ""), kind: \(kind), amount: \(flows(sink["need"])), "
          + "buys: \(number(sink["price"])) EUR/t, emergency: \(number(sink["emergency"])) EUR/t\(limit)\(accepts)}")
    }
    lines.append("routes:")
    for (_, arc) in arcs.sorted(by: { $0.key < $1.key }) { lines.append("  \(linkId(arc)): {\(route(arc))}") }
    if !trenches.isEmpty { lines.append("  trenches:") }
    for (id, trench) in trenches.sorted(by: { $0.key < $1.key }) {
      let links = (trench["arcs"] as? [String] ?? []).map { linkId(arcs[$0] ?? [:]) }.joined(separator: ", ")
      lines.append(
        "    \(id): {links: [\(links)], fixed: \(number(trench["fixed"])) EUR/y, largest: \(number(trench["largest"])) t/h}"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func route(_ arc: Case) -> String {
    let removal = (arc["removal"] as? [NSNumber])?.first.map { ", removal: {c: \($0)}" } ?? ""
    return "delivered: \(number(arc["efficiency"])), transport: \(number(arc["transport"])) EUR/t, "
      + "fixed: \(number(arc["fixed"])) EUR/y, capacity_cost: \(number(arc["capacity_cost"])) EUR*h/t/y, "
      + "smallest: \(number(arc["smallest"])) t/h, largest: \(number(arc["largest"])) t/h, "
      + "minimum: \(number(arc["minimum"])) t/y\(removal)"
  }
}
