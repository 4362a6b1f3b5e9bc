import TulouQuantities

/// What a typed project has to obey beyond its single numbers; one rule a file.
enum Validation {
  static func check(_ project: Project, _ document: Node, _ decoding: inout Decoding) {}
}
