import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// A carbon price with a path over the years.
struct CarbonPriceInput: Sendable {
  var points: [Int: Double] = [:]
  var escalation = 0.0

  static let table = FieldTable<CarbonPriceInput>(
    "a carbon price",
    [
      Field(
        "path", .map(.number([.pricePerMass])), .required,
        "Prices by calendar year, such as '2027: 60 CNY/t'; straight in between, the last one holds. The first year of the project or an earlier one has to be among them."
      ) { input, node, decoding in input.read(node, &decoding) },
      .number(
        "escalation", \.escalation, .ratePerYear, .silent("0 %/y"), in: Bounds(-0.5, 1, "between -50 %/y and 100 %/y"),
        "Real yearly growth after the last year of the path."),
      .note("source", "Where it is from."),
    ])

  private mutating func read(_ node: Node, _ decoding: inout Decoding) {
    guard let entries = node.entries, !entries.isEmpty else {
      decoding.error("'path' takes a mapping from years to prices, such as '{2027: 60 CNY/t}'.", at: node.mark)
      return
    }
    for entry in entries {
      decoding.within(entry.key) { inner in
        guard let year = Int(entry.key), (1900...2300).contains(year) else {
          inner.error("'\(Node.short(entry.key))' is not a year such as '2030'.", at: entry.mark)
          return
        }
        guard let price = inner.number(entry.value, .pricePerMass, in: .notNegative) else { return }
        points[year] = price
      }
    }
  }
}

extension Decoding {
  /// The points of a path; they become values by year when the first year of the project is known.
  mutating func readPath(_ node: Node, into economy: inout Economy) {
    var input = CarbonPriceInput()
    read(CarbonPriceInput.table, node, into: &input)
    guard let first = input.points.keys.min(), let price = input.points[first] else { return }
    economy.carbonPricePoints = input.points
    economy.carbonPrice = YearPath(price, escalation: input.escalation)
  }
}

extension ProjectDecoder {
  /// Lays the carbon price's path along the years of the project, of its stages and of its weather years.
  static func layCarbonPrice(_ project: inout Project, _ document: Node, _ decoding: inout Decoding) {
    let points = project.economy.carbonPricePoints
    guard let earliest = points.keys.min() else { return }
    let first = project.firstYear
    guard earliest <= first else {
      decoding.within("economy.carbon_price.path") {
        $0.error(
          "The path begins in \(earliest), but the project begins in \(first).",
          advice: "Say what the price is in \(first), zero if there is none.",
          at: (document["economy"]?["carbon_price"]?["path"] ?? document).mark)
      }
      return
    }
    let path = YearPath(points: points, firstYear: first, escalation: project.economy.carbonPrice.escalation)
    project.economy.carbonPrice = path
    for i in project.stages.indices { project.stages[i].project.economy.carbonPrice = path }
    for i in project.weatherYears.indices { project.weatherYears[i].project.economy.carbonPrice = path }
  }
}
