package import TulouAccounts
import TulouQuantities

/// What `tulou exergy` answers: the exergy of a table's cases.
package struct ExergyTableReport: Sendable {
  private let table: ExergyTable
  private let version: String

  /// A report of a table.
  package init(_ table: ExergyTable, version: String) {
    self.table = table
    self.version = version
  }

  /// All numbers in full precision.
  package var json: JSON {
    .object([("tulou", .text(version)), ("cases", .array(table.cases.map(Self.json)))])
  }

  private static func json(_ one: ExergyCase) -> JSON {
    switch one.content {
    case .amount(let amount): return .object([("name", .text(one.name)), ("exergy", .number(amount.exergy))])
    case .component(let taken, let given):
      return .object([("name", .text(one.name))] + fields(ExergyBalance(taken: taken, given: given)))
    case .plant(let plant):
      var fields: [(String, JSON)] = [
        ("name", .text(one.name)),
        ("components", .object(plant.components.map { ($0.name, .object(Self.fields(plant.balance($0)))) })),
      ]
      if let whole = plant.whole {
        fields.append(
          (
            "system",
            .object([
              ("fuel", .number(whole.fuel)), ("product", .number(whole.product)), ("loss", .number(whole.loss)),
              ("destroyed", .number(whole.fuel - whole.product - whole.loss)),
              ("efficiency", .optional(whole.fuel != 0 ? whole.product / whole.fuel : nil)),
            ])
          ))
      }
      return .object(fields)
    }
  }

  private static func fields(_ balance: ExergyBalance) -> [(String, JSON)] {
    [
      ("exergy_in", .number(balance.taken)), ("exergy_out", .number(balance.given)),
      ("destroyed", .number(balance.destroyed)), ("efficiency", .optional(balance.efficiency)),
    ]
  }

  /// The answer as text of a file.
  package var resultJSON: String { json.indented }

  /// The answer as lines for people.
  package var answer: [String] {
    table.cases.flatMap { one -> [String] in
      switch one.content {
      case .amount(let amount): return ["\(one.name): \(Self.number(amount.exergy))"]
      case .component(let taken, let given):
        return ["\(one.name): \(Self.words(ExergyBalance(taken: taken, given: given)))"]
      case .plant(let plant):
        return [one.name + ":"] + plant.components.map { "  \($0.name): \(Self.words(plant.balance($0)))" }
          + (plant.whole.map { whole in
            [
              "  whole: fuel \(Self.number(whole.fuel)), product \(Self.number(whole.product)), lost \(Self.number(whole.loss)), destroyed \(Self.number(whole.fuel - whole.product - whole.loss))"
            ]
          } ?? [])
      }
    }
  }

  private static func number(_ value: Double) -> String { NumberText.significant(value, digits: 6) }
  private static func words(_ balance: ExergyBalance) -> String {
    "in \(number(balance.taken)), out \(number(balance.given)), destroyed \(number(balance.destroyed))"
      + (balance.efficiency.map { ", efficiency \(NumberText.percent($0, digits: 4))" } ?? "")
  }
}
