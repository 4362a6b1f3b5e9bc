package import TulouProblem
package import TulouTechnologies

extension Label.Part {
  /// The part of a label that stands for a size of a component.
  package init(_ size: Size.Part) {
    switch size {
    case .only: self = .only
    case .power: self = .power
    case .energy: self = .energy
    }
  }
}

extension Label {
  /// The label of a size of the component `id`.
  package init(size: Size.Part, of id: String, stage: String = "") {
    self.init(id, .size, part: Part(size), stage: stage)
  }
}
