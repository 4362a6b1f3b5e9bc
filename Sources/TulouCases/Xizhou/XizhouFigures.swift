import Tulou

/// Figures 2 to 5 of the paper: our optima as lines, what the paper prints beside them as points.
struct XizhouFigures {
  let paper: PublishedCase
  let found: [String: XizhouStudies.Answer]

  private typealias Points = [(x: Double, y: Double)]

  /// The charts of what was found.
  var charts: [Chart] { lossCharts + costCharts + subsidyCharts }

  private func chart(
    _ id: String, _ title: String, _ summary: String, x: (String, String), y: (String, String),
    _ curves: [(name: String, ours: Points, printed: Points)]
  ) -> Chart? {
    var sets: [Scatter.Set] = []
    for (k, curve) in curves.enumerated() {
      let colour = Colour.plain(3 * k)
      if !curve.ours.isEmpty {
        sets.append(
          Scatter.Set(
            "\(curve.name), ours", points: curve.ours.map { ($0.x, $0.y, "\(curve.name), ours") }, colour: colour,
            joined: true))
      }
      if !curve.printed.isEmpty {
        sets.append(
          Scatter.Set(
            "\(curve.name), printed", points: curve.printed.map { ($0.x, $0.y, "\(curve.name), printed") },
            colour: colour.shaded(0.45), joined: false))
      }
    }
    guard curves.contains(where: { !$0.ours.isEmpty }) else { return nil }
    return Chart(
      id: id, title: title, summary: summary,
      body: .scatter(Scatter(sets: sets, xQuantity: x.0, xUnit: x.1, yQuantity: y.0, yUnit: y.1)))
  }

  private func points(_ steps: [(String, Double)], _ value: (XizhouStudies.Answer) -> Double) -> Points {
    steps.compactMap { step in found[step.0].map { (step.1, value($0)) } }
  }

  // MARK: Figure 2

  private var lossCharts: [Chart] {
    let steps: [(String, Double)] = [("A", 0), ("A1", 1), ("A2", 5), ("A3", 10)]
    let tables = XizhouTables.self
    func printed(_ value: (String) -> Double) -> Points { steps.map { ($0.1, value($0.0)) } }
    func stores(_ scenario: String, _ what: String) -> Double {
      ["battery", "tank", "vehicles"].reduce(0) { $0 + tables.value(paper, "store.\(scenario).\($1).\(what)") }
    }
    let parts: [(String, String, (XizhouStudies.Answer) -> Double, (String) -> Double, String)] = [
      (
        "a", "solar and wind power", { $0.windAndSun }, { tables.size(paper, $0, "EL.WT", "EL.PV", "EL.PT") }, "MW"
      ),
      (
        "b", "solar thermal with absorption cooling", { $0.solarThermal },
        { tables.size(paper, $0, "SH.STH", "DHW.STH", "CC.SAC") }, "MW"
      ),
      ("c", "power of storages", { $0.storagePower }, { stores($0, "power") }, "MW"),
      ("d", "energy of storages", { $0.storageEnergy }, { stores($0, "energy") }, "MWh"),
    ]
    return parts.compactMap { part in
      chart(
        "figure-2\(part.0)", "Figure 2\(part.0): \(part.1)",
        "Scenario A and A1 to A3, by the loss of supply that is allowed (hours).",
        x: ("Loss of supply allowed", "%"), y: ("Size", part.4),
        [(part.1, points(steps, part.2), printed(part.3))])
    }
  }

  // MARK: Figures 3 to 5

  private var costCharts: [Chart] {
    let per = [5.0, 10, 15, 20, 25]
    func steps(_ kind: String) -> [(String, Double)] { [("A", 0)] + zip(XizhouStudies.steps(kind), per) }
    let power = chart(
      "figure-3", "Figure 3: cheaper electric storage", "Power and energy and what the text prints of them.",
      x: ("Storage cheaper by", "%"), y: ("Size", "MW"),
      [
        (
          "wind", points(steps("electric")) { $0.size(.wind) },
          [(0, paper["f3.wind.before"]), (10, paper["f3.wind.after"])]
        ),
        (
          "photovoltaics", points(steps("electric")) { $0.size(.photovoltaics) },
          [(15, paper["f3.pv.before"]), (25, paper["f3.pv.after"])]
        ),
        ("battery and vehicles", points(steps("electric")) { $0.electricPower }, []),
      ])
    let heat = chart(
      "figure-4", "Figure 4: cheaper thermal storage", "The paper's scenario A is the point at 0.",
      x: ("Storage cheaper by", "%"), y: ("Size", "MW"),
      [
        (
          "trough", points(steps("thermal")) { $0.size(.trough) }, [(0, XizhouTables.size(paper, "A", "EL.PT"))]
        ),
        (
          "solar thermal", points(steps("thermal")) { $0.solarThermal },
          [(0, XizhouTables.size(paper, "A", "SH.STH", "DHW.STH", "CC.SAC"))]
        ),
        (
          "thermal storage", points(steps("thermal")) { $0.size(.tankPower) },
          [(0, XizhouTables.value(paper, "store.A.tank.power"))]
        ),
      ])
    return [power, heat].compactMap { $0 }
  }

  private var subsidyCharts: [Chart] {
    let steps = [("A", 0.0)] + zip(XizhouStudies.steps("subsidy"), [0.01, 0.02, 0.03, 0.04, 0.05])
    return [
      chart(
        "figure-5", "Figure 5: a subsidy of storage", "The paper says that the three are near equal at 0.05 EUR/kWh.",
        x: ("Subsidy", "EUR/kWh"), y: ("Size", "MW"),
        [
          ("wind", points(steps) { $0.size(.wind) }, [(0, XizhouTables.size(paper, "A", "EL.WT"))]),
          (
            "photovoltaics", points(steps) { $0.size(.photovoltaics) },
            [(0, XizhouTables.size(paper, "A", "EL.PV")), (0.05, paper["f5.pv"])]
          ),
          (
            "trough", points(steps) { $0.size(.trough) },
            [(0, XizhouTables.size(paper, "A", "EL.PT")), (0.05, paper["f5.pt"])]
          ),
        ])
    ].compactMap { $0 }
  }

  // MARK: Tables 4, 5 and 9

  /// Sizes and shares of our optima, laid out as tables 4, 5 and 9.
  var tables: [Table] {
    [("4", XizhouTables.basic), ("5", ["A1", "A2", "A3"]), ("9", ["AA1", "AA2", "AA3"])].compactMap { number, names in
      let mine = names.compactMap { name in found[name].map { (name: name, answer: $0) } }
      guard !mine.isEmpty else { return nil }
      var table = Table(
        "Our optima laid out as table \(number): size, then share in winter, mid-season and summer [%]",
        columns: [.text("Variable")]
          + mine.flatMap { entry in
            [.number("\(entry.name) size")] + XizhouTables.seasons.map { .number("\(entry.name) \($0)") }
          })
      for variable in ShareVariable.allCases where mine.contains(where: { $0.answer.size(variable) > 0 }) {
        table.add(
          [variable.name]
            + mine.flatMap { entry -> [String] in
              let size = variable.rawValue < 24 ? NumberText.significant(entry.answer.size(variable)) : ""
              let shares = entry.answer.days.map { day -> String in
                variable.carrier == nil ? "" : NumberText.significant(100 * day.design[variable.rawValue])
              }
              return [size] + shares
            })
      }
      return table
    }
  }
}
