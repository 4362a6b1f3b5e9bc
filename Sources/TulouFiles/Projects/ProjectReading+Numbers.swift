import TulouDocument
import TulouProject
import TulouQuantities

extension ProjectReading {
  /// What a setting of a path comes to, as a number in the unit that the file uses there.
  ///
  /// - Parameters:
  ///   - path: Key path, e.g. `components.wind.capital`.
  ///   - setting: `x0.5`, or a value with its unit; nil: what the file says.
  /// - Returns: The number and its unit; factors of what is no single number count as themselves, with unit `1`; nil
  ///   for what is no number at all, and where the file is asked for one that it does not state.
  public func number(at path: String, setting: String? = nil) -> (value: Double, unit: String)? {
    let base = ProjectReading.quantity(document, path.split(separator: ".").map(String.init)[...])
    guard let setting else {
      return base.map { ($0.value, ProjectReading.unit($0.quantity)) }
    }
    if setting.first == "x", let factor = Double(setting.dropFirst()) {
      guard let base else { return (factor, "1") }
      return (base.value * factor, ProjectReading.unit(base.quantity))
    }
    guard let given = Quantity.reading(setting) else { return nil }
    guard let base else { return (given.number, ProjectReading.unit(given)) }
    // Another prefix of the same unit is carried over: 0.4 MW where the file says kW.
    let own = given.unit.numerator / given.unit.denominator
    let other = base.quantity.unit.numerator / base.quantity.unit.denominator
    return (given.number * own / other, ProjectReading.unit(base.quantity))
  }

  private static func unit(_ quantity: Quantity) -> String {
    let text = quantity.unit.text
    return text.isEmpty ? "" : text
  }

  /// The number at a path, scaled as the file says; nil where there is a mapping, a list or a word.
  private static func quantity(_ node: Node, _ parts: ArraySlice<String>) -> (quantity: Quantity, value: Double)? {
    guard !parts.isEmpty else {
      if let text = node.text { return Quantity.reading(text).map { ($0, $0.number) } }
      guard let text = node["value"]?.text, let quantity = Quantity.reading(text) else { return nil }
      let scale = node["scale"]?.text.flatMap { Quantity.reading($0) }
      let factor = scale.map { $0.number * $0.unit.numerator / $0.unit.denominator } ?? 1
      return (quantity, quantity.number * factor)
    }
    // A key may hold dots itself, so the longest key that fits is taken.
    for count in stride(from: parts.count, through: 1, by: -1) {
      guard let child = node[parts.prefix(count).joined(separator: ".")] else { continue }
      return quantity(child, parts.dropFirst(count))
    }
    return nil
  }
}
