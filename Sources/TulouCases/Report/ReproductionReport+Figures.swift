import Tulou

extension ReproductionReport {
  /// Figures 7 and 8 of the Shenzhen study: our curves as lines, the paper's points beside them in the same colour.
  static func figures(_ curves: [ReproducedCurve]) -> [Chart] {
    let stages = ["experimental", "pilot", "advanced"]
    let words = [
      7: (
        title: "Figure 7: cost of energy over the price of turbines",
        summary:
          "The turbine part (700 USD/kW) times 1 to 3. The paper says: about +60 % in the advanced stage, less than +15 % in the others.",
        quantity: "Multiplier of the turbine's capital", unit: ""
      ),
      8: (
        title: "Figure 8: cost of energy over the real discount rate",
        summary:
          "The paper's end points are 0.102 and 0.257 USD/kWh in the advanced stage; of the other two it says that they rise by about 0.05 USD/kWh.",
        quantity: "Real discount rate", unit: "%"
      ),
    ]
    return [7, 8].compactMap { figure in
      guard let text = words[figure] else { return nil }
      let mine = curves.filter { $0.figure == figure && !$0.points.isEmpty }
      guard !mine.isEmpty else { return nil }
      let sets = mine.map { curve -> Scatter.Set in
        let base = Colour.plain((stages.firstIndex(of: curve.stage) ?? 0) * 3)
        let colour =
          curve.isPublished
          ? Colour.outside.variant(stages.firstIndex(of: curve.stage) ?? 0)
          : curve.name == "least cost" ? base.shaded(0.45) : base
        return Scatter.Set(
          "\(curve.stage), \(curve.name)",
          points: curve.points.map { ($0.x, $0.y, "\(curve.stage), \(curve.name)") }, colour: colour, joined: true)
      }
      return Chart(
        id: "figure-\(figure)", title: text.title, summary: text.summary,
        body: .scatter(
          Scatter(
            sets: sets, xQuantity: text.quantity, xUnit: text.unit, yQuantity: "Cost of energy served",
            yUnit: "USD/kWh")))
    }
  }

  /// The points of a figure.
  static func json(_ chart: Chart) -> JSON {
    guard case .scatter(let scatter) = chart.body else { return .object([("title", .text(chart.title))]) }
    return .object([
      ("id", .text(chart.id)), ("title", .text(chart.title)), ("x", .text(scatter.xQuantity)),
      ("x_unit", .text(scatter.xUnit)), ("y", .text(scatter.yQuantity)), ("y_unit", .text(scatter.yUnit)),
      (
        "curves",
        .array(
          scatter.sets.map { set in
            .object([
              ("name", .text(set.name)),
              ("points", .array(set.points.map { .array([.number($0.x), .number($0.y)]) })),
            ])
          })
      ),
    ])
  }
}
