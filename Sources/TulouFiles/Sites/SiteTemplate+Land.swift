import TulouDocument
import TulouQuantities

/// What the template hands on in the words of the answers: places, land, distances, and what the cluster means to people.
extension SiteAnswers {
  /// The member that comes with cattle.
  static let farm = "cattle-farm"

  private var members: Set<String> {
    Set(communities.map(\.id) + enterprises.map(\.id) + (cattle > 0 ? [Self.farm] : []))
  }

  /// Latitude and longitude of a member or plant as answered; nil: no answer.
  func stand(_ id: String) -> String? { layout?["places"]?[id].map(YamlWriter.flow) }

  /// `at: [...], ` of a member.
  func at(_ id: String) -> String { stand(id).map { "at: \($0), " } ?? "" }

  /// Layout and social account of the project.
  var land: [String] {
    var lines: [String] = []
    if var layout {
      // Members have their places themselves; the layout holds those of plant.
      if let places = layout["places"]?.entries {
        let plant = places.filter { !members.contains($0.key) }
        layout["places"] = plant.isEmpty ? nil : Node(.mapping(plant))
      }
      if layout.entries?.isEmpty != true {
        lines.append("# Where plant stands, what land is used for, and what keeps how far from it.")
        lines += section("layout", layout)
      }
    }
    if let social {
      lines.append("# What the cluster means to those who live there, by factors with their sources.")
      lines += section("social", social)
    }
    return lines
  }

  private func section(_ key: String, _ node: Node) -> [String] {
    guard let entries = node.entries else { return ["\(key): \(YamlWriter.flow(node))"] }
    return ["\(key):"]
      + entries.flatMap { entry in
        guard let inner = entry.value.entries, inner.contains(where: { $0.value.entries != nil }) else {
          return ["  \(entry.key): \(YamlWriter.flow(entry.value))"]
        }
        return ["  \(entry.key):"] + inner.map { "    \($0.key): \(YamlWriter.flow($0.value))" }
      }
  }
}
