package import TulouDocument

/// What is stated of a thing of a project made in code, by the keys of the project file.
///
/// A project made in code is read as a file is: the same field tables check units and ranges, fill in defaults and list them. So
/// what a machine means stands in one place, whichever way it came.
public struct Statement: Sendable, Equatable {
  /// A value of a key.
  public indirect enum Value: Sendable, Equatable {
    /// As the file writes it: a word, or a number with its unit.
    case text(String)
    /// A number in a unit.
    case number(Double, String)
    /// Money in the project's currency, per a unit; empty: an amount.
    case money(Double, per: String)
    /// Numbers in one unit, a series or a list.
    case numbers([Double], String)
    /// Values of a list.
    case list([Value])
    /// Values by key.
    case mapping(Statement)
  }

  /// Keys with their values, in the order stated; a key that is stated again has its last value.
  package private(set) var entries: [(key: String, value: Value)] = []

  /// Nothing stated.
  public init() {}

  /// A key's value; nil: not stated.
  public subscript(key: String) -> Value? {
    get { entries.first { $0.key == key }?.value }
    set {
      let place = entries.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// Whether the same is stated, in the same order.
  public static func == (a: Statement, b: Statement) -> Bool { a.entries.elementsEqual(b.entries, by: ==) }

  /// The statement as a node of a document.
  ///
  /// - Parameter currency: ISO code of the project's currency.
  package func node(currency: String) -> Node {
    Node(.mapping(entries.map { Node.Entry(key: $0.key, value: $0.value.node(currency: currency)) }))
  }
}

extension Statement.Value {
  package func node(currency: String) -> Node {
    switch self {
    case .text(let text): .text(text)
    case .number(let number, let unit): .text(Self.written(number, unit))
    case .money(let amount, let unit): .text(Self.written(amount, unit.isEmpty ? currency : currency + "/" + unit))
    case .numbers(let numbers, let unit):
      Node(
        .mapping([
          Node.Entry(key: "values", value: Node(.sequence(numbers.map { .text("\($0)") }))),
          Node.Entry(key: "unit", value: .text(unit)),
        ]))
    case .list(let values): Node(.sequence(values.map { $0.node(currency: currency) }))
    case .mapping(let statement): statement.node(currency: currency)
    }
  }

  /// All digits of a number, with its unit. What is no number stays one, and the field that takes it says so.
  private static func written(_ number: Double, _ unit: String) -> String {
    unit.isEmpty ? "\(number)" : "\(number) \(unit)"
  }
}
