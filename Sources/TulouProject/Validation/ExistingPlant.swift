import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Existing plant that is older than its life, or dated after it stands (rule M21).
  ///
  /// Looked at once the stages are known: they say when the project begins, and when plant joins it.
  static func checkAges(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    let parts = project.stages.isEmpty ? [(project.firstYear, project)] : project.stages.map { ($0.year, $0.project) }
    var known: Set<String> = []
    for (year, part) in parts {
      for component in part.components where known.insert(component.id).inserted {
        let place = mark(document, "components", component.id, "capacity")
        for size in component.sizes where size.existing > 0 {
          guard let built = size.built else { continue }
          decoding.within("components.\(component.id).capacity.built") { inner in
            if built > year {
              inner.warning(
                "'\(component.id)' stands already in \(year), but was built in \(built): it counts as new.",
                advice: "Plant that comes later is new plant, or existing plant of a member that joins then.", at: place
              )
            }
            let life = size.cost.life ?? project.economy.lifetime
            let age = Double(year - built)
            guard age > life + 1e-9 else { return }
            let price = size.existing * size.cost.replacement + size.cost.fixedReplacement
            let cost = price > 0 ? ", \(price.rounded().plain) \(project.economy.currency)," : ""
            let words = size.cost.life == nil ? "the project's lifetime, for no 'life' is stated" : "its life"
            inner.warning(
              "'\(component.id)' was built in \(built) and is older than \(life.plain) years (\(words)): its next replacement\(cost) falls at the start.",
              advice:
                "State the year of its last replacement as 'built', or a longer 'life'\(size.mayRetire ? "" : ", or 'retire: true' to let it go").",
              at: place)
          }
        }
      }
    }
  }
}
