public import TulouQuantities

/// A question asked of a project in its file (`studies:`).
public struct Study: Sendable, Equatable {
  /// What kind of question.
  public enum Kind: String, Sendable, CaseIterable {
    /// All best compromises between two goals.
    case pareto
    /// The same project with other numbers.
    case sensitivity
  }

  /// One number of the file with the values that it takes, as written.
  public struct Variation: Sendable, Equatable {
    /// Key path, e.g. `components.wind.capital`.
    public var path: String
    /// Values or ranges, e.g. `x0.5`, `900 USD/kW`, `x0.5 .. x3`.
    public var values: [String]
    /// A variation.
    public init(path: String, values: [String]) {
      self.path = path
      self.values = values
    }
  }

  /// Id.
  public var id: String
  /// What kind of question.
  public var kind: Kind
  /// Goals of a front, two of `Study.goals`; empty: not stated.
  public var objectives: [String] = []
  /// Points of a front; nil: not stated.
  public var points: Int?
  /// Numbers that a sensitivity varies.
  public var vary: [Variation] = []
  /// How they are combined, one of `Study.modes`; nil: not stated.
  public var mode: String?
  /// Indicator that a sensitivity draws; nil: not stated.
  public var result: String?
  /// A study.
  public init(id: String, kind: Kind) {
    self.id = id
    self.kind = kind
  }

  /// Goals that a front may be drawn over.
  public static let goals = [
    "net_present_cost", "co2", "outside_energy", "local_energy", "renewable_fraction", "land", "capital",
    "unserved_energy",
  ]
  /// Ways to combine variations.
  public static let modes = ["one_at_a_time", "grid", "tornado"]
}

struct StudyInput: Sendable {
  var kind = ""
  var objectives: [String] = []
  var points: Int?
  var vary: Node?
  var mode: String?
  var result: String?

  static let table = FieldTable<StudyInput>(
    "a study",
    [
      .choice("kind", \.kind, known, .required, "What kind of question."),
      Field("name", .text, "Free text.") { _, _, _ in },
      Field("objectives", .list(.choice(Study.goals)), "Two goals of a front; the first is minimised at every point.") {
        input, node, decoding in
        guard let items = node.items, items.count == 2 else {
          decoding.error(
            "'objectives' takes a list of two goals.", advice: "For example '[net_present_cost, co2]'.", at: node.mark)
          return
        }
        input.objectives = items.compactMap { decoding.choice($0, Study.goals) }
      },
      .integer("points", \.points, in: 2...1000, "Points of a front."),
      .node(
        "vary", \.vary, .map(.list(.text)),
        "Values by key path: 'components.wind.capital: [x0.5, 900 USD/kW, x1 .. x3 / 5]'."),
      Field("mode", .choice(Study.modes), "How variations are combined.") {
        $0.mode = $2.choice($1, Study.modes)
      },
      Field("result", .text, "Key of the indicator that is drawn; left out: the cost per year.") {
        $0.result = $2.text($1)
      },
    ])

  /// Kinds of model.md; those without a parameter of their own are asked by their commands alone.
  static let known = ["pareto", "sensitivity", "plan", "simulate", "search", "stages", "reproduce"]
}

extension ProjectDecoder {
  func readStudies(_ node: Node?, _ document: Node, _ decoding: inout Decoding) -> [Study] {
    guard let node else { return [] }
    return decoding.within("studies") { outer in
      outer.things(node).compactMap { entry in
        outer.within(entry.key) { inner in readStudy(entry, document, &inner) }
      }
    }
  }

  private func readStudy(_ entry: Node.Entry, _ document: Node, _ decoding: inout Decoding) -> Study? {
    var input = StudyInput()
    decoding.read(StudyInput.table, entry.value, into: &input)
    guard let kind = Study.Kind(rawValue: input.kind) else {
      if StudyInput.known.contains(input.kind) {
        decoding.within("kind") {
          $0.notBuilt("The study kind '\(input.kind)' in a file", at: (entry.value["kind"] ?? entry.value).mark)
        }
      }
      return nil
    }
    var study = Study(id: entry.key, kind: kind)
    study.objectives = input.objectives
    study.points = input.points
    study.mode = input.mode
    study.result = input.result
    let foreign =
      kind == .pareto ? ["vary", "mode", "result"] : ["objectives", "points"]
    for key in foreign {
      guard let stray = entry.value.entries?.first(where: { $0.key == key }) else { continue }
      decoding.within(key) {
        $0.error("A study of kind '\(kind.rawValue)' has no '\(key)'.", advice: "Take it out.", at: stray.mark)
      }
    }
    if kind == .sensitivity { study.vary = readVariations(input.vary, entry, document, &decoding) }
    return study
  }

  private func readVariations(
    _ node: Node?, _ entry: Node.Entry, _ document: Node, _ decoding: inout Decoding
  ) -> [Study.Variation] {
    decoding.within("vary") { inner in
      guard let node, let entries = node.entries, !entries.isEmpty else {
        inner.error(
          "A study of kind 'sensitivity' needs 'vary'.",
          advice: "For example 'vary: {components.wind.capital: [x0.5, x1, x2]}'.", at: (node ?? entry.value).mark)
        return []
      }
      return entries.compactMap { path in
        let values = path.value.items.map { $0.compactMap(\.text) } ?? path.value.text.map { [$0] } ?? []
        guard let first = values.first?.split(separator: " ..").first else {
          inner.error("'\(Node.short(path.key))' is to be varied but is given no values.", at: path.mark)
          return nil
        }
        // Where the path leads is seen at once, not after an hour of plans.
        let change = DocumentOverride(path: path.key, value: .text(String(first), mark: path.mark), mark: path.mark)
        _ = change.applied(to: document, &inner)
        return Study.Variation(path: path.key, values: values)
      }
    }
  }
}
