import TulouPlanning
import TulouQuantities

extension PlanReport {
  /// What one more unit of each thing that binds the plan would be worth, in plain words.
  func shadowPriceSection() -> Page.Section {
    guard !shadowPrices.isEmpty else { return Page.Section(id: "worth", title: "What one more would be worth", []) }
    let bars = shadowPrices.filter { !$0.path.hasPrefix("buses.") }
    let buses = shadowPrices.filter { $0.path.hasPrefix("buses.") }
    var contents: [Page.Content] = []
    if bars.isEmpty {
      contents.append(.lead("No limit, connection or greatest size of the file holds the plan back."))
    } else {
      contents.append(.list(bars.map(\.sentence)))
    }
    if !buses.isEmpty { contents.append(.list(buses.map(\.sentence))) }
    contents.append(
      .text(
        "These prices come from the multipliers of the proof and hold for small changes around this plan: the first unit more is worth this, the hundredth less. "
          + (hasWholeNumbers
            ? "Sizes that are whole numbers were kept as they are." : "All sizes may follow the change.")))
    var table = Table(columns: [.quoted("Key in the file"), .number("Worth")])
    for price in shadowPrices {
      table.add([price.path, NumberText.significant(price.value) + " " + Scale.pretty(price.unit)])
    }
    contents.append(
      .folded(
        shadowPrices.count == 1 ? "The price with its key" : "The \(shadowPrices.count) prices with their keys",
        [.table(table)]))
    contents += hourlyPriceContents()
    return Page.Section(id: "worth", title: "What one more would be worth", contents)
  }

  var shadowPricesJSON: JSON {
    .array(
      shadowPrices.map {
        .object([
          ("path", .text($0.path)), ("value", .number($0.value)), ("unit", .text($0.unit)),
          ("sentence", .text($0.sentence)),
        ])
      })
  }
}
