import TulouDocument

/// What a sink can take from others, written as a mapping.
struct AcceptsInput: Sendable {
  var most: Node?

  static let table = FieldTable<AcceptsInput>(
    "a capacity to accept",
    [
      .node(
        "max", \.most, .either([.number(StreamUnits.everyFlow), .list(.number(StreamUnits.everyFlow))]), .required,
        "Most that it can take from others.")
    ])
}
