import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Markets that members and the reference name.
  static let referenceRule: Rule = { project, document, decoding in
    let names = document["markets"]?.entries?.map(\.key) ?? []
    func missing(_ name: String, _ path: String, _ mark: Mark, _ decoding: inout Decoding) {
      decoding.within(path) {
        $0.error(
          "There is no market '\(Node.short(name))'.",
          advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
            ?? (names.isEmpty ? "The project has no markets." : "Markets: \(names.joined(separator: ", "))."), at: mark)
      }
    }
    for member in project.members {
      if let market = member.aloneMarket, !names.contains(market) {
        missing(market, "members.\(member.id).alone", mark(document, "members", member.id, "alone"), &decoding)
      }
    }
    guard let named = project.reference?.electricityMarket else { return }
    if named != "alone" && !names.contains(named) {
      missing(named, "reference.electricity", mark(document, "reference", "electricity"), &decoding)
    }
    if named == "alone" {
      for member in project.members where member.aloneMarket == nil {
        decoding.within("members.\(member.id).alone") {
          $0.warning(
            "The reference is what each member would pay alone, but '\(member.id)' names no market for that.",
            advice: "Give it 'alone' with the market that it would have outside.",
            at: mark(document, "members", member.id))
        }
      }
    }
  }
}
