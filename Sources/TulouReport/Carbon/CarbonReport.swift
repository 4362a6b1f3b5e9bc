package import TulouAccounts
package import TulouProject
import TulouQuantities

/// The report of a carbon account: rows against the printed ones, shares, tornado, quantiles, what does not fit.
package struct CarbonReport: Sendable {
  /// The inputs.
  package var carbonCase: CarbonCase
  /// Warnings of the reading, as texts.
  package var notes: [String]
  /// Version of the program that made it.
  package var version: String
  /// The account.
  package let account: CapabilityAccount
  /// Every parameter, longest bar first.
  package let sensitivities: [ParameterSensitivity]
  /// Quantiles over the stated ranges; empty without ranges.
  package let quantiles: [Quantiles]

  /// The report of a case.
  package init(_ carbonCase: CarbonCase, notes: [String] = [], version: String) {
    self.carbonCase = carbonCase
    self.notes = notes
    self.version = version
    account = CapabilityModel.account(carbonCase)
    sensitivities = CapabilitySensitivity.all(carbonCase)
    quantiles = CapabilitySensitivity.monteCarlo(carbonCase)
  }

  static func tonnes(_ mass: Double?, decimals: Int = 2) -> String {
    mass.map { NumberText.fixed($0 / 1000, decimals: decimals) } ?? NumberText.none
  }

  /// The rows beside the printed ones, with both totals.
  package var table: Table {
    var table = Table(
      "CO2 avoided \(carbonCase.targetYear) against \(carbonCase.baseYear) [t]",
      columns: [
        .text("Capability"), .number("Ours"), .number("Printed"), .number("Share"),
        .number("Ours less printed"),
      ])
    for row in account.rows {
      table.add([
        row.capability.title, CarbonReport.tonnes(row.amount), CarbonReport.tonnes(row.published),
        row.share.map { NumberText.fixed(100 * $0, decimals: 2) + " %" } ?? NumberText.none,
        CarbonReport.tonnes(row.published.map { row.amount - $0 }),
      ])
    }
    table.add([
      "Sum of the rows", CarbonReport.tonnes(account.total), CarbonReport.tonnes(account.publishedRows), "100 %",
      "",
    ])
    table.hasTotal = true
    return table
  }

  /// The answer in the terminal.
  package func answer(report: String) -> [String] {
    var lines = [carbonCase.name] + table.lines
    if let total = account.publishedTotal, let rows = account.publishedRows, abs(rows - total) > 1 {
      lines.append(
        "The printed total of \(CarbonReport.tonnes(total)) t is not the sum of the printed rows, "
          + "\(CarbonReport.tonnes(rows)) t; our rows sum to \(CarbonReport.tonnes(account.total)) t.")
    }
    for check in account.checks { lines.append("Check: " + check.message) }
    return lines + ["Report: \(report)"]
  }

  /// The rows as CSV.
  package func rowsCSV() -> [UInt8] {
    var text = "row,formula,co2_avoided_t,published_t,share\n"
    func number(_ value: Double?) -> String { value.map { JSON.digits($0) } ?? "" }
    for row in account.rows {
      text +=
        "\(row.capability.rawValue),\(CSVText.cell(row.capability.formula)),\(number(row.amount / 1000)),"
        + "\(number(row.published.map { $0 / 1000 })),\(number(row.share))\n"
    }
    text += "total,,\(number(account.total / 1000)),\(number(account.publishedRows.map { $0 / 1000 })),1\n"
    return Array(text.utf8)
  }

  /// Other readings of rows as CSV.
  package func readingsCSV() -> [UInt8] {
    var text = "row,name,reading,co2_avoided_t\n"
    for one in account.alternatives {
      text +=
        "\(one.capability.rawValue),\(CSVText.cell(one.name)),\(CSVText.cell(one.reading)),\(JSON.digits(one.amount / 1000))\n"
    }
    return Array(text.utf8)
  }

  /// Quantiles of every row and of the sum as CSV.
  package func quantilesCSV() -> [UInt8] {
    var text = "row,mean_t,q05_t,q25_t,q50_t,q75_t,q95_t\n"
    for one in quantiles {
      text +=
        ([CSVText.cell(one.id)] + ([one.mean] + one.values).map { JSON.digits($0 / 1000) }).joined(separator: ",")
        + "\n"
    }
    return Array(text.utf8)
  }

  /// Sensitivities as CSV.
  package func sensitivityCSV() -> [UInt8] {
    let rows = Capability.allCases.map { "d_\($0.rawValue)_t_per_percent" }.joined(separator: ",")
    var text = "parameter,value,unit,low,high,stated,total_at_low_t,total_at_high_t,\(rows)\n"
    for one in sensitivities {
      let changes = one.perPercent.map { JSON.digits($0 / 1000) }.joined(separator: ",")
      text +=
        "\(CSVText.cell(one.path)),\(JSON.digits(one.value)),\(CSVText.cell(one.unit)),\(JSON.digits(one.low)),\(JSON.digits(one.high)),"
        + "\(one.isStated),\(JSON.digits(one.totalAtLow / 1000)),\(JSON.digits(one.totalAtHigh / 1000)),\(changes)\n"
    }
    return Array(text.utf8)
  }
}
