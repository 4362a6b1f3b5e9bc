import TulouDocument
import TulouTechnologies

/// A class of energy that the project declares.
struct ClassInput: Sendable {
  var name: String?
  var like: EnergyClass?

  static let table = FieldTable<ClassInput>(
    "a class",
    [
      .reference("name", to: "text", \.name, "Free text, by which the report calls it."),
      Field(
        "like", .reference("class"), .required,
        "Class that it counts as in plans, limits and accounts: W, B, S, N, ambient or a child of one."
      ) { input, node, decoding in input.like = decoding.energyClass(node) },
    ])
}

extension ProjectDecoder {
  /// Reads `classes`; whatever is read after it may name them.
  mutating func readClasses(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else { return }
    decoding.within("classes") { outer in
      var declared: [String: String] = [:]
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          if EnergyClass.Head.allCases.contains(where: { $0.rawValue == entry.key }) {
            inner.error(
              "'\(entry.key)' is a class already.", advice: "Give the class another id.", at: entry.mark)
            return
          }
          var input = ClassInput()
          inner.read(ClassInput.table, entry.value, into: &input)
          guard let like = input.like else { return }
          declared[entry.key] = like.name
          classNames[entry.key] = input.name
        }
      }
      // Only now, so that a class is like one of the heads, never like another of the project's own.
      outer.declaredClasses = declared
    }
  }
}
