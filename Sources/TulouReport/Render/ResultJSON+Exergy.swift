import TulouAccounts
import TulouProject

extension PlanReport {
  /// Exergy of the plan [kWh/y]; without an account what it lacks.
  var exergyJSON: JSON {
    let account = accounts.exergy
    guard account.isComplete else { return .object([("missing", .array(account.missing.map(JSON.text)))]) }
    func use(_ one: ExergyUse) -> JSON {
      .object([
        ("name", .text(one.name)), ("entered", .number(one.entered)), ("used", .number(one.used)),
        ("efficiency", .optional(one.efficiency)),
      ])
    }
    return .object([
      ("entered", .number(account.entered)), ("used", .number(account.used)), ("sold", .number(account.sold)),
      ("destroyed", .number(account.destroyed)), ("stored", .number(account.stored)),
      ("efficiency", .optional(account.efficiency)),
      ("basis", .text(account.basis.rawValue)),
      (
        "components",
        .array(
          account.lines.map { line in
            .object([
              ("id", .text(line.id)), ("kind", .text(line.kind.rawValue)), ("exergy_in", .number(line.taken)),
              ("exergy_out", .number(line.given)), ("stored", .number(line.stored)),
              ("destroyed", .number(line.destroyed)), ("efficiency", .optional(line.efficiency)),
            ])
          })
      ),
      (
        "buses",
        .array(
          account.buses.map { bus in
            .object([
              ("bus", .text(bus.bus)), ("carrier", .text(bus.carrier)), ("energy", .number(bus.energy)),
              ("exergy", .number(bus.exergy)), ("factor", .optional(bus.factor)),
            ])
          })
      ),
      ("carriers", .array(account.carriers.map(use))), ("seasons", .array(account.seasons.map(use))),
      (
        "mismatches",
        .array(
          account.mismatches.map { one in
            .object([
              ("id", .text(one.id)), ("from", .text(one.from)), ("energy", .number(one.energy)),
              ("destroyed", .number(one.destroyed)), ("otherwise", .number(one.otherwise)),
              ("sentence", .text(one.sentence)),
            ])
          })
      ),
      ("remarks", .array(account.remarks.map(JSON.text))), ("missing", .array([])),
    ])
  }

  /// `tables/exergy.csv`: exergy of every component, market, demand and spill.
  func exergyTable() -> DataTable {
    var table = DataTable(
      "exergy", "Exergy",
      [
        "id", "kind", "exergy_in [kWh/y]", "exergy_out [kWh/y]", "stored [kWh/y]", "destroyed [kWh/y]",
        "efficiency [1]",
      ])
    guard accounts.exergy.isComplete else { return table }
    for line in accounts.exergy.lines {
      table.add(
        .text(line.id), .text(line.kind.rawValue), .number(line.taken), .number(line.given), .number(line.stored),
        .number(line.destroyed), .optional(line.efficiency))
    }
    return table
  }

  /// `exergy.csv`: one row a step, per line what is taken, given, stored and destroyed [kW]; nil without an account, and
  /// where all is worth its energy, so that `flows.csv` says it already.
  package func exergyCSV() -> [UInt8]? {
    let account = accounts.exergy
    guard account.isComplete, !account.ambient.isEmpty else { return nil }
    var columns: [(title: String, values: [Double])] = []
    columns.append(("surroundings [degC]", account.ambient))
    for line in account.lines {
      columns.append(("\(line.id).exergy_in [kW]", line.hourlyTaken))
      columns.append(("\(line.id).exergy_out [kW]", line.hourlyGiven))
      if line.kind == .storage { columns.append(("\(line.id).exergy_stored [kW]", line.hourlyStored)) }
      columns.append(("\(line.id).exergy_destroyed [kW]", line.hourlyDestroyed))
    }
    return hoursCSV(columns)
  }
}
