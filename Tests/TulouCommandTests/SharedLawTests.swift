import Foundation
import TestSupport
import Testing

/// Every worked example of `../shared/validation/community/laws.json`, written as a file of questions and answered by the public command.
@Suite("Laws of the shared folder", .enabled(if: SharedFolder.isPresent && CommandLine.executable != nil))
struct SharedLawTests {
  typealias Case = [String: Any]

  /// Which law of ours each regime is.
  private static let laws = [
    "IT1": "italy-2024", "AT1": "austria-2021", "ES1": "spain-2021", "FR1": "france-2017", "DE1": "germany-42b-2024",
    "DE2": "germany-42c-2026", "CH1": "switzerland-2026", "CN1": "china-2025",
  ]

  /// A question and what is expected of it, by name.
  private struct Question {
    var text: String
    var expected: [String: Any]
  }

  private static func json(_ value: Any?) -> String {
    guard let value, let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed]) else {
      return "null"
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func number(_ value: Any?) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

  private static func questions(_ one: Case) -> [Question] {
    let rows = one["cases"] as? [Case] ?? one["quarters"] as? [Case] ?? [one]
    func all(_ make: (Case) -> Question) -> [Question] { rows.map(make) }
    func text(_ kind: String, _ fields: [(String, String)]) -> String {
      "\(kind): {\(fields.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}"
    }
    switch one["name"] as? String ?? "" {
    case "italy-tariff":
      return all {
        Question(
          text: text(
            "tariff",
            [
              ("power", json($0["power_kw"])), ("zone_price", "\(number($0["zone_price"]) / 1000)"),
              ("solar", json($0["photovoltaic"])), ("zone", $0["zone"] as? String ?? ""),
            ]), expected: ["tariff": number($0["tariff"]) / 1000])
      }
    case "italy-shared-hourly":
      let prices = (one["zone_price"] as? [NSNumber] ?? []).map { $0.doubleValue / 1000 }
      return [
        Question(
          text: text(
            "premium",
            [
              ("injected", json(one["injected_kwh"])), ("withdrawn", json(one["withdrawn_kwh"])),
              ("zone_price", "\(prices)"), ("power", json(one["power_kw"])), ("solar", json(one["photovoltaic"])),
              ("zone", one["zone"] as? String ?? ""),
            ]),
          expected: [
            "shared": one["shared_kwh"] ?? [],
            "tariff": (one["tariff"] as? [NSNumber] ?? []).map { $0.doubleValue / 1000 },
            "premium": one["premium_eur"] ?? 0,
          ])
      ]
    case let name where name.hasPrefix("italy-surplus"):
      return [
        Question(
          text: text(
            "surplus",
            [
              ("shared", json(one["shared_kwh"])), ("injected", json(one["injected_kwh"])),
              ("premium", json(one["premium_eur"])), ("grant", number(one["threshold"]) < 0.5 ? "true" : "false"),
            ]), expected: ["reserved": one["reserved_eur"] ?? 0, "free": one["free_eur"] ?? 0])
      ]
    case "austria-grid-charge":
      return all {
        Question(
          text: text(
            "grid_charge",
            [
              ("reach", $0["kind"] as? String ?? ""), ("level", json($0["level"])),
              ("community", json($0["community_kwh"])), ("rest", json($0["rest_kwh"])),
              ("price", "\(number($0["grid_ct_per_kwh"]) / 100)"),
            ]), expected: ["grid_charge": $0["charge_eur"] ?? 0])
      }
    case "switzerland-discount":
      return all {
        Question(
          text: text(
            "grid_charge",
            [
              ("stations", json($0["member_stations"])), ("community", json($0["leg_kwh"])),
              ("price", "\(number($0["grid_rp_per_kwh"]) / 100)"),
            ]), expected: ["discount": $0["discount"] ?? 0, "grid_charge": $0["grid_charge"] ?? 0])
      }
    case "switzerland-minimum":
      return all {
        Question(
          text: text("generation", [("power", json($0["generation_kw"])), ("connection", json($0["connection_kw"]))]),
          expected: ["allowed": $0["allowed"] ?? 0])
      }
    case "spain-hourly-coefficients":
      return [
        Question(
          text: text(
            "coefficients",
            [
              ("production", json(one["net_production"])), ("need", json(one["need"])),
              ("weights", json(one["weights"])),
              ("unit", json(one["weight_unit"])),
            ]),
          expected: one.filter { ["individual", "used", "own_surplus"].contains($0.key) })
      ]
    case "spain-change":
      return (one["requests"] as? [[Any]] ?? []).map {
        Question(
          text: text(
            "change", [("last", one["last_change"] as? String ?? ""), ("request", $0[0] as? String ?? "")]),
          expected: ["allowed": $0[1]])
      }
    case "germany-42c-area":
      return all {
        Question(
          text: text(
            "area",
            [
              ("day", $0["date"] as? String ?? ""),
              ("same", $0["plant"] as? String == $0["use"] as? String ? "true" : "false"),
              ("adjacent", json($0["adjacent"])), ("same_control_area", json($0["same_control_area"])),
            ]), expected: ["allowed": $0["allowed"] ?? 0])
      }
    case "germany-42c-money":
      return [
        Question(
          text: text(
            "cost",
            [
              ("shared", json(one["shared_kwh"])), ("rest", json(one["rest_kwh"])),
              ("agreed", "\(number(one["internal_ct"]) / 100)"),
              ("charges", "\(number(one["grid_and_levies_ct"]) / 100)"),
              ("supplier", "\(number(one["supplier_ct"]) / 100)"),
            ]), expected: ["cost": one["cost_eur"] ?? 0])
      ]
    case "germany-42b-ceiling":
      return rows.enumerated().flatMap { index, row in
        [("pro-rata", "allocation_pro_rata"), ("static", "allocation_static_equal")].map { key, wanted in
          Question(
            text: text(
              "allocation",
              [
                ("key", key), ("need", json(row["consumption"])), ("production", json(row["generation"])),
                ("interval", "\(index)"),
              ]), expected: ["allocation": row[wanted] ?? [], "shareable": row["shareable"] ?? 0])
        }
      }
    case "china-yearly-shares":
      return all {
        Question(
          text: text(
            "year",
            [
              ("year", json($0["year"])), ("available", json($0["available"])), ("self_use", json($0["self_use"])),
              ("consumption", json($0["consumption"])),
            ]), expected: $0.filter { ["of_generation", "of_consumption", "met"].contains($0.key) })
      }
    default:
      // What is left divides one interval.
      var fields = [("need", json(one["need"])), ("production", json(one["production"] ?? one["generation"]))]
      if let weights = one["weights"] {
        fields += [("weights", json(weights)), ("weight_unit", json(one["weight_unit"]))]
      }
      for key in ["charge", "discharge"] { if let value = one[key] { fields.append((key, json(value))) } }
      var expected: [String: Any] = ["allocation": one["allocation"] ?? one["allocation_with_storage"] ?? []]
      if let surplus = one["surplus"] ?? one["export"] { expected["surplus"] = surplus }
      return [Question(text: text("allocation", fields), expected: expected)]
    }
  }

  /// Whether numbers are the same to 1e-9 of the largest, words exactly.
  private static func agrees(_ ours: Any?, _ theirs: Any?) -> Bool {
    func flat(_ value: Any?) -> [Double] {
      if let list = value as? [Any] { return list.flatMap(flat) }
      return [number(value)]
    }
    let a = flat(ours), b = flat(theirs)
    let scale = max(1e-9, b.reduce(0) { max($0, abs($1)) })
    return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-9 * scale }
  }

  @Test("all worked examples") func all() throws {
    let root = try JSONSerialization.jsonObject(with: Data(SharedFolder.text("validation/community/laws.json").utf8))
    let cases = (root as? Case)?["cases"] as? [Case] ?? []
    #expect(!cases.isEmpty)
    var questions: [(name: String, law: String, question: Question)] = []
    for one in cases {
      let law = try #require(Self.laws[one["regime"] as? String ?? ""])
      questions += Self.questions(one).map { (one["name"] as? String ?? "", law, $0) }
    }
    let folder = try CommandLine.scratch()
    let text = "laws:\n" + questions.map { "  - {use: \($0.law), name: \($0.name), \($0.question.text)}\n" }.joined()
    try text.write(to: folder.appendingPathComponent("laws.yaml"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(["share", "laws.yaml", "--json", "--quiet"], in: folder)
    try #require(run.status == 0, "\(run.errors)")
    let result = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? Case ?? [:]
    let answers = result["laws"] as? [Case] ?? []
    try #require(answers.count == questions.count)
    for (answer, asked) in zip(answers, questions) {
      let says = answer["says"] as? Case ?? [:]
      for (key, wanted) in asked.question.expected {
        #expect(
          Self.agrees(says[key], wanted),
          "\(asked.name), \(asked.question.text): \(key) is \(says[key] ?? "missing"), expected \(wanted)")
      }
    }
  }
}
