import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

extension FrontResult {
  private func words(_ origin: BredFront.Origin) -> String {
    switch origin {
    case .nsga2: "NSGA-II"
    case .genetic: "Four operators"
    case .stated: "Stated designs"
    }
  }

  /// A limit that a design breaks: `unserved energy 2 % in place of at most 0.1 %`.
  private func words(_ limit: MeasuredLimit) -> String {
    func text(_ value: Double) -> String {
      limit.unit == "1" ? NumberText.percent(value) : Scale.text(value, limit.unit)
    }
    if limit.key == BredFront.forbidden {
      return "it leaves \(text(limit.reached)) of all demand unserved that may not be shed"
    }
    let sense = LimitKey.all.first { $0.name == limit.key }?.sense == .least ? "least" : "most"
    let name = limit.key.split(separator: "_").joined(separator: " ")
    return "\(name) \(text(limit.reached)), at \(sense) \(text(limit.limit)) allowed"
  }

  /// What the chart shows beside the front.
  var bredSets: [(name: String, points: [FrontReport.Point])] {
    guard let bred else { return [] }
    return BredFront.Origin.allCases.compactMap { origin in
      let points = bred.points(of: origin)
      guard !points.isEmpty else { return nil }
      return (
        words(origin),
        points.map {
          FrontReport.Point(
            name: $0.name + ($0.keepsLimits ? "" : " (breaks a limit)"), x: $0.place.first, y: $0.place.second)
        }
      )
    }
  }

  /// What the method leaves on the table, a sentence an origin.
  var bredSentences: [String] {
    guard let bred else { return [] }
    let unit = first.unit(currency: project.economy.currency)
    // In parts of what the front has at the same second goal, not of its cheapest plan.
    func share(_ value: Double, of origin: BredFront.Origin) -> String {
      guard let base = bred.base(of: origin), base > 0, let part = Dust.ratio(value, of: base) else { return "" }
      return " (\(NumberText.percent(part)))"
    }
    var sentences: [String] = BredFront.Origin.allCases.compactMap { origin in
      let count = bred.points(of: origin).count
      guard count > 0 else { return nil }
      guard let excess = bred.excess(of: origin) else {
        if bred.points(of: origin).allSatisfy({ !$0.keepsLimits }) {
          return
            "\(words(origin)): \(count == 1 ? "the design does not keep" : "none of \(count) designs keeps") all limits."
        }
        return
          "\(words(origin)): \(count == 1 ? "the design does not lie" : "\(count) designs, none of which lies") between the ends of the front."
      }
      let line = bred.isProven ? "than the proven least" : "than the line between the front's points"
      return
        "\(words(origin)): at the same \(second.quantity.inSentence) \(count == 1 ? "the design has" : "\(count) designs have") \(Scale.text(excess.mean, unit))\(share(excess.mean, of: origin)) more \(first.quantity.inSentence) \(line) on average, at most \(Scale.text(excess.greatest, unit)): that is what \(origin == .stated ? "they leave" : "the method leaves") on the table."
    }
    let broken = bred.points(of: .stated).filter { !$0.keepsLimits }
    if !broken.isEmpty {
      sentences.append(
        "Stated designs that break limits: "
          + broken.map { "\($0.name) (\($0.broken.map(words).joined(separator: "; ")))" }.joined(separator: ", ") + ".")
    }
    if !bred.withoutPlan.isEmpty {
      sentences.append(
        "No dispatch serves what may not be shed with the stated sizes of \(bred.withoutPlan.joined(separator: ", "))."
      )
    }
    if let share = bred.hypervolumeShare {
      sentences.append(
        "Of the proven front's hypervolume NSGA-II lost \(NumberText.percent(max(0, 1 - share), digits: 2)) after \(bred.evaluations) \(bred.rule == nil ? "plans" : "simulated years") in all (\(bred.population) individuals, \(bred.generations) generations; sizes bred, dispatch \(bred.rule.map { "by rules: " + $0 } ?? "planned"))."
      )
    }
    return sentences
  }

  func json(_ bred: BredFront) -> JSON {
    .object([
      ("dispatch", .text(bred.rule ?? "planned")), ("compared_with_proven_line", .bool(bred.isProven)),
      ("evaluations", .integer(bred.evaluations)),
      ("population", .integer(bred.population)), ("generations", .integer(bred.generations)),
      ("hypervolume_share", .optional(bred.hypervolumeShare)),
      ("hypervolume_lost", .optional(bred.hypervolumeShare.map { 1 - $0 })),
      (
        "excess",
        .object(
          BredFront.Origin.allCases.compactMap { origin in
            bred.excess(of: origin).map {
              (
                origin.rawValue,
                JSON.object([("mean", .number($0.mean)), ("greatest", .number($0.greatest))])
              )
            }
          })
      ),
      (
        "points",
        .array(
          bred.points.map { point in
            .object([
              ("origin", .text(point.origin.rawValue)), ("name", .text(point.name)),
              ("first", .number(point.place.first)), ("second", .number(point.place.second)),
              ("excess", .optional(point.excess)), ("keeps_limits", .bool(point.keepsLimits)),
              ("sizes", .object(point.sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
            ])
          })
      ), ("without_plan", .array(bred.withoutPlan.map(JSON.text))),
      ("sentences", .array(bredSentences.map(JSON.text))),
    ])
  }

  /// `bred.csv`: a row a design beside the front; nil where none was asked for.
  package func bredCSV() -> [UInt8]? {
    guard let bred else { return nil }
    let currency = project.economy.currency
    let keys = Set(bred.points.flatMap(\.sizes.keys)).sorted()
    var table = DataTable(
      "bred", "Designs beside the front",
      [
        "origin", "name", "\(first.rawValue) [\(first.unit(currency: currency))]",
        "\(second.rawValue) [\(second.unit(currency: currency))]", "excess [\(first.unit(currency: currency))]",
        "keeps_limits",
      ] + keys)
    for point in bred.points {
      table.rows.append(
        [
          .text(point.origin.rawValue), .text(point.name), .number(point.place.first), .number(point.place.second),
          .optional(point.excess), .text(point.keepsLimits ? "yes" : "no"),
        ] + keys.map { .optional(point.sizes[$0]) })
    }
    return table.csv()
  }
}
