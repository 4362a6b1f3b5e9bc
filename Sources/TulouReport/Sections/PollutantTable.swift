import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// A row of the table of emissions: carbon of an origin, other pollutants of what burns or buys, or both.
  struct EmissionRow {
    var id: String
    var kind: String
    var carrier: String
    /// Scope of the carbon; nil: it is counted in another row.
    var scope: Int?
    /// Energy that it comes with [kWh/y].
    var energy: Double
    /// CO2 [kg/y]; nil: it is counted in another row, or nobody says what it emits.
    var carbon: Double?
    var pollutants: [Pollutant: Double] = [:]
    /// Whether pollutants are counted here.
    var hasPollutants = false
  }

  /// Rows of emissions: what is bought in one row, what is burnt where the fuel enters (CO2) and where it burns (the rest).
  var emissionRows: [EmissionRow] {
    var rows = accounts.carbon.lines.map {
      EmissionRow(
        id: $0.id, kind: "\($0.kind)", carrier: $0.carrier, scope: $0.scope, energy: $0.energy,
        carbon: $0.hasFactor ? $0.amount : nil)
    }
    for line in accounts.pollutants.lines {
      if line.kind == .grid, let i = rows.firstIndex(where: { $0.id == line.id && $0.kind == "grid" }) {
        rows[i].pollutants = line.amounts
        rows[i].hasPollutants = true
      } else {
        rows.append(
          EmissionRow(
            id: line.id, kind: line.kind.rawValue, carrier: line.carrier, scope: nil, energy: line.energy,
            carbon: nil, pollutants: line.amounts, hasPollutants: true))
      }
    }
    return rows
  }

  /// Pollutants other than CO2, by what burns or buys; nothing where none is emitted.
  func pollutantContents() -> [Page.Content] {
    let account = accounts.pollutants
    let shown = Pollutant.all.filter { account[$0] > 0 || (account.businessAsUsual?[$0] ?? 0) > 0 }
    guard !shown.isEmpty else { return [] }
    var table = Table(
      "Other pollutants by what burns or buys, mean over the years",
      columns: [.text("From"), .text("Burns or buys"), .number("Energy")]
        + shown.map { .number(Scale.pretty($0.name)) })
    func add(_ name: String, _ carrier: String, _ energy: Double?, _ amounts: [Pollutant: Double]) {
      table.add(
        [name, carrier, energy.map { Scale.text($0, "kWh") } ?? ""]
          + shown.map { Scale.text(amounts[$0] ?? 0, "kg") })
    }
    for line in account.lines { add(legend.name(line.id), legend.carrier(line.carrier), line.energy, line.amounts) }
    add("Together", "", nil, account.totals)
    table.hasTotal = true
    var contents: [Page.Content] = [.table(table)]
    if let usual = account.businessAsUsual {
      let parts = shown.map { "\(Scale.text(usual[$0] ?? 0, "kg")) of \(Scale.pretty($0.name))" }
      contents.append(.text("Without the project it would be \(parts.joined(separator: ", ")) a year."))
    }
    if account.cost != 0 { contents.append(.text("Their prices cost \(money(account.cost, per: "/y")).")) }
    return contents
  }
}
