package import TulouDocument
import TulouQuantities

struct LinkInput: TechnologyInput {
  init() {}
  var common = CommonInput()
  var from: String?
  var to: String?
  var loss: Double?
  var efficiency: Double?
  var twoWay = false
  var ratedAt: String?

  static let fields: [Field<LinkInput>] = [
    .reference("from", to: "bus", \.from, .required, "Bus at its beginning."),
    .reference("to", to: "bus", \.to, .required, "Bus at its end."),
    .number("loss", \.loss, .share, in: .share, "Share of the input that is lost."),
    .number("efficiency", \.efficiency, .share, in: .positiveShare, "Share of the input that arrives."),
    Field("length", .number([.length]), "Length, for information.") { _, node, decoding in
      if decoding.number(node, .length, in: .notNegative) != nil { decoding.note(node) }
    },
  ]

  func component(
    _ id: String, kind: String, ratedAtOutput: Bool, carriersMayDiffer: Bool, _ node: Node,
    _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> Component? {
    guard let begin = surroundings.port("from", from, common.member, [], node, &decoding),
      let end = surroundings.port("to", to, common.member, [], node, &decoding)
    else { return nil }
    guard begin.id != end.id else {
      decoding.error("'\(id)' begins and ends at the same bus.", at: node.mark)
      return nil
    }
    guard begin.kind == end.kind, begin.kind != .fuel || begin.carrier == end.carrier else {
      decoding.error(
        "A link carries one carrier, but '\(begin.id)' carries \(begin.carrier) and '\(end.id)' carries \(end.carrier).",
        at: (node["to"] ?? node).mark)
      return nil
    }
    checkTemperatures(begin, end, node, &decoding)
    guard loss == nil || efficiency == nil else {
      decoding.error("A link has 'loss' or 'efficiency', not both.", at: node.mark)
      return nil
    }
    if loss == nil && efficiency == nil {
      decoding.within("efficiency") {
        $0.assume("100 %", source: "no loss was given", kind: .default)
        $0.defaults.append(($0.path, "100 %"))
      }
    }
    var block = LinkBlock(from: begin.id, to: end.id, efficiency: efficiency ?? 1 - (loss ?? 0))
    block.twoWay = twoWay
    block.ratedAtOutput = ratedAtOutput
    return common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .link(block)
    }
  }

  /// Heat flows to a bus that is not warmer, cold to one that is not colder.
  private func checkTemperatures(
    _ begin: Surroundings.Place, _ end: Surroundings.Place, _ node: Node, _ decoding: inout Decoding
  ) {
    guard let a = begin.supply, let b = end.supply else { return }
    let wrong =
      begin.kind == .heat ? (twoWay ? a != b : b > a) : begin.kind == .cold ? (twoWay ? a != b : b < a) : false
    if wrong {
      decoding.error(
        "'\(begin.id)' is supplied at \(a.plain) degC and '\(end.id)' at \(b.plain) degC; "
          + (begin.kind == .heat
            ? "heat goes only to a bus that is not warmer." : "cold goes only to a bus that is not colder."),
        at: (node["to"] ?? node).mark)
    }
  }
}

/// Line, pipe, cable.
public struct Link: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "link"
  /// What it is, one sentence.
  public static let sentence = "Carries one carrier between two buses."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  static let table = FieldTable<LinkInput>(
    technology: "a link",
    LinkInput.fields + [
      .flag("two_way", \.twoWay, .silent("false"), "Whether it carries both ways, with one capacity.")
    ], charged: "at its input, in either direction", isCapped: false)
  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = LinkInput()
    decoding.read(table, node, into: &input)
    return input.component(
      id, kind: kind, ratedAtOutput: false, carriersMayDiffer: false, node, surroundings, &decoding)
  }
}

/// Direct to alternating current, one way, rated at its output.
public struct Inverter: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "inverter"
  /// What it is, one sentence.
  public static let sentence = "Carries electricity one way between a dc and an ac bus, rated at its output."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  static let table = FieldTable<LinkInput>(
    technology: "an inverter", LinkInput.fields, charged: "that it gives", isCapped: false)
  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = LinkInput()
    decoding.read(table, node, into: &input)
    return input.component(id, kind: kind, ratedAtOutput: true, carriersMayDiffer: false, node, surroundings, &decoding)
  }
}

/// Alternating to direct current, one way, rated at its output.
public struct Rectifier: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "rectifier"
  /// What it is, one sentence.
  public static let sentence = "Carries electricity one way between an ac and a dc bus, rated at its output."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  static let table = FieldTable<LinkInput>(
    technology: "a rectifier", LinkInput.fields, charged: "that it gives", isCapped: false)
  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = LinkInput()
    decoding.read(table, node, into: &input)
    return input.component(id, kind: kind, ratedAtOutput: true, carriersMayDiffer: false, node, surroundings, &decoding)
  }
}
