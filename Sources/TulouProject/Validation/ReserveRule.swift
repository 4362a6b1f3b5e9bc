import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Shares of a reserve that nothing on its bus asks for.
  static let reserveRule: Rule = { project, document, decoding in
    let sources = project.components.compactMap { component -> SourceBlock? in
      if case .source(let source) = component.block { source } else { nil }
    }
    for (bus, reserve) in project.reliability.reserve.sorted(by: { $0.key < $1.key }) {
      decoding.within("reliability.reserve.\(bus)") { inner in
        for asked in reserve.ofClass.keys.sorted() {
          let places = Set(sources.filter { $0.energyClass.belongs(to: asked) }.map(\.bus))
          guard !places.contains(bus) else { continue }
          inner.within(asked.name) {
            $0.warning(
              "No source of class \(asked) stands on '\(bus)', so this share of the reserve does nothing.",
              advice: places.isEmpty
                ? "No source of the project is of this class."
                : "Such sources stand on \(places.sorted().map { "'\($0)'" }.joined(separator: ", ")); a reserve looks at its own bus.",
              at: mark(document, "reliability", "reserve", bus, asked.name))
          }
        }
      }
    }
  }
}
