import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Shares of a reserve that nothing on its bus asks for.
  static let reserveRule: Rule = { project, document, decoding in
    for (bus, reserve) in project.reliability.reserve.sorted(by: { $0.key < $1.key }) {
      let classes = project.components.compactMap { component -> EnergyClass? in
        guard case .source(let source) = component.block, source.bus == bus else { return nil }
        return source.energyClass
      }
      decoding.within("reliability.reserve.\(bus)") { inner in
        for asked in reserve.ofClass.keys.sorted() where !classes.contains(where: { $0.belongs(to: asked) }) {
          inner.within(asked.name) {
            $0.warning(
              "No source of class \(asked) stands on '\(bus)', so this share of the reserve does nothing.",
              advice: classes.isEmpty
                ? "No source stands on it at all."
                : "Classes there: \(Set(classes).sorted().map(\.name).joined(separator: ", ")).",
              at: mark(document, "reliability", "reserve", bus, asked.name))
          }
        }
      }
    }
  }
}
