import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// `share_with` names a component with a size of the same unit, and nobody shares in a circle.
  static let sharedCapacityRule: Rule = { project, document, decoding in
    let byId = Dictionary(project.components.map { ($0.id, $0) }) { first, _ in first }
    for component in project.components {
      for size in component.sizes {
        guard let other = size.sharedWith else { continue }
        let place = mark(document, "components", component.id, "capacity", "share_with")
        decoding.within("components.\(component.id).capacity.share_with") { inner in
          guard let target = byId[other] else {
            if document["components"]?[other] != nil { return }  // It could not be read, which was told already.
            inner.error(
              "There is no component '\(Node.short(other))'.",
              advice: nearestName(to: other, among: byId.keys.sorted()).map { "Did you mean '\($0)'?" } ?? "", at: place
            )
            return
          }
          guard target.sizes.contains(where: { $0.unit == size.unit }) else {
            inner.error("'\(other)' has no size in \(size.unit) to share.", at: place)
            return
          }
          var seen: Set<String> = [component.id]
          var next: String? = other
          while let current = next {
            guard seen.insert(current).inserted else {
              inner.error("'\(component.id)' and '\(other)' share their capacity in a circle.", at: place)
              return
            }
            next = byId[current]?.sizes.first?.sharedWith
          }
        }
      }
    }
  }
}
