import TulouAccounts
import TulouQuantities

extension ProjectCarbonReport {
  /// Tables with full precision: origins of each plan, terms, measures and the abatement curve where there are any.
  package func tables() -> [(name: String, bytes: [UInt8])] {
    var files = [("origins.csv", Array(originsCSV().utf8))]
    if let parts = decomposition { files.append(("decomposition.csv", Array(termsCSV(parts).utf8))) }
    if !measures.isEmpty { files.append(("measures.csv", Array(measuresCSV().utf8))) }
    if let curve { files.append(("abatement.csv", Array(curveCSV(curve).utf8))) }
    return files.map { (name: $0.0, bytes: $0.1) }
  }

  private func originsCSV() -> String {
    var text = "project,id,kind,carrier,scope,energy_kWh_per_y,amount_t_per_y,substance,factor_given\n"
    for one in [base] + (target.map { [$0] } ?? []) {
      for line in one.accounts.carbon.lines {
        text +=
          "\(CSVText.cell(one.name)),\(CSVText.cell(line.id)),\(line.kind.rawValue),\(CSVText.cell(line.carrier)),\(line.scope),\(JSON.digits(line.energy)),"
          + "\(JSON.digits(line.amount / 1000)),\(line.kind == .methane ? "CH4" : "CO2"),\(line.hasFactor)\n"
      }
    }
    return text
  }

  private func termsCSV(_ parts: EmissionDecomposition) -> String {
    var text = "term,less_t_per_y\n"
    for term in terms(parts) { text += "\(term.key),\(JSON.digits(term.value / 1000))\n" }
    return text + "total,\(JSON.digits(parts.total / 1000))\nvehicle_fuel,\(JSON.digits(parts.vehicles / 1000))\n"
  }

  private func measuresCSV() -> String {
    func number(_ value: Double?) -> String { value.map { JSON.digits($0) } ?? "" }
    let currency = base.accounts.currency
    var text = "measure,avoided_t_per_y,cost_\(currency)_per_y,cost_\(currency)_per_t,avoided_at_margin_t_per_y\n"
    for one in measures {
      text +=
        "\(CSVText.cell(one.name)),\(number(one.avoided.map { $0 / 1000 })),\(number(one.cost)),\(number(one.costPerKg.map { 1000 * $0 })),"
        + "\(number(one.avoidedAtMargin.map { $0 / 1000 }))\n"
    }
    return text
  }

  private func curveCSV(_ curve: AbatementCurve) -> String {
    let currency = base.accounts.currency
    let sizes = Set(curve.points.flatMap(\.sizes.keys)).sorted()
    let marks = curve.points.contains(where: \.isAtLeast)
    var text =
      "co2_t_per_y,cost_\(currency)_per_y" + sizes.map { "," + CSVText.cell($0) }.joined()
      + (marks ? "," + AtLeast.column : "") + "\n"
    for point in curve.points {
      text += "\(JSON.digits(point.emission / 1000)),\(JSON.digits(point.annualCost))"
      text += sizes.map { "," + (point.sizes[$0].map { JSON.digits($0) } ?? "") }.joined()
      if marks { text += "," + (point.isAtLeast ? "co2" : "") }
      text += "\n"
    }
    return text
  }
}
