import TulouAccounts
import TulouProject
import TulouQuantities

extension PlanReport {
  /// Primary energy by its factors; empty where the project does not ask for it.
  func primaryEnergySection() -> Page.Section {
    guard let account = accounts.primaryEnergy else { return Page.Section(id: "primary-energy", title: "", []) }
    var table = Table(
      "Primary energy, a year",
      columns: [
        .text(""), .number("Energy"), .number("Factor"), .number("Primary energy"), .number("Not renewable"),
      ])
    for line in account.lines where line.energy != 0 {
      table.add([
        name(line), Scale.text(line.energy, "kWh"), NumberText.significant(line.factor.total),
        Scale.text(line.total, "kWh"), Scale.text(line.nonRenewable, "kWh"),
      ])
    }
    table.add([
      "Together", "", "", Scale.text(account.total, "kWh"), Scale.text(account.nonRenewable, "kWh"),
    ])
    let each = account.perServed.map { ", \(NumberText.significant($0)) kWh for each kWh that demands get" } ?? ""
    return Page.Section(
      id: "primary-energy", title: "Primary energy",
      [
        .text(
          "What enters takes \(Scale.text(account.total, "kWh")) of primary energy a year\(each); \(Scale.text(account.nonRenewable, "kWh")) of it are not renewable. Factors that the file does not state are those of EN ISO 52000-1, listed in the register of assumptions."
        ), .table(table),
      ])
  }

  private func name(_ line: PrimaryEnergyAccount.Line) -> String {
    switch line.kind {
    case .entry: legend.name(line.id)
    case .sale: legend.name(line.id) + ", sold"
    case .surroundings: "Heat of the surroundings"
    }
  }

  /// `primary_energy` of `result.json`; nil where the project does not ask for it.
  var primaryEnergyJSON: JSON? {
    accounts.primaryEnergy.map { account in
      .object([
        ("total", .number(account.total)), ("non_renewable", .number(account.nonRenewable)),
        ("per_served", .optional(account.perServed)),
        (
          "lines",
          .array(
            account.lines.map { line in
              .object([
                ("id", .text(line.id)), ("kind", .text(line.kind.rawValue)), ("energy", .number(line.energy)),
                ("factor", .number(line.factor.total)),
                ("factor_non_renewable", .number(line.factor.nonRenewable)), ("primary", .number(line.total)),
                ("non_renewable", .number(line.nonRenewable)),
              ])
            })
        ),
      ])
    }
  }

  /// `tables/primary_energy.csv`.
  func primaryEnergyTable() -> DataTable {
    var table = DataTable(
      "primary_energy", "Primary energy",
      [
        "id", "kind", "energy [kWh/y]", "factor [1]", "factor_non_renewable [1]", "primary [kWh/y]",
        "non_renewable [kWh/y]",
      ])
    for line in accounts.primaryEnergy?.lines ?? [] {
      table.add(
        .text(line.id), .text(line.kind.rawValue), .number(line.energy), .number(line.factor.total),
        .number(line.factor.nonRenewable), .number(line.total), .number(line.nonRenewable))
    }
    return table
  }
}
