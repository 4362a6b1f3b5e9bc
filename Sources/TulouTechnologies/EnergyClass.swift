package import TulouDocument
import TulouQuantities

/// Where energy enters the cluster: wind, own biomass, sun and water, what is bought outside, ambient heat.
///
/// A class is one of the heads below, a child of one (`N.coal` belongs to `N`), or one that the project declares
/// (`classes: {geo: {like: S}}`). Plan, limits, reserve, search, accounts and report ask a class what it belongs to; nothing
/// else in the house compares its name (rule K17).
package struct EnergyClass: Sendable, Hashable {
  /// What a class counts as.
  package enum Head: String, Sendable, Hashable, CaseIterable {
    /// Wind (P_W).
    case wind = "W"
    /// Own biomass (P_B).
    case biomass = "B"
    /// Sun, water, and heat that would be lost (P_S).
    case sunAndWater = "S"
    /// Bought outside (P_N); all other classes are renewable.
    case outside = "N"
    /// Heat of air, ground and water, in none of P_W, P_B, P_S, P_N.
    case ambient
    /// What an efficiency measure saves: no entry of energy, and no word of the file.
    case saving
  }

  /// As the file writes it, e.g. `S.sun`.
  package let name: String
  /// What it counts as.
  package let head: Head
  /// Itself and all that it belongs to, the nearest first: `N.coal.brown`, `N.coal`, `N`.
  private let lineage: [String]

  private init(_ name: String, _ head: Head, lineage: [String]) {
    self.name = name
    self.head = head
    self.lineage = lineage
  }

  /// A head as a class.
  package init(_ head: Head) { self.init(head.rawValue, head, lineage: [head.rawValue]) }

  /// The class `part` within this one, e.g. `coal` in `N`.
  package func child(_ part: String) -> EnergyClass {
    let own = name + "." + part
    return EnergyClass(own, head, lineage: [own] + lineage)
  }

  /// A class of the project that counts as this one.
  package func named(_ name: String) -> EnergyClass { EnergyClass(name, head, lineage: [name] + lineage) }

  /// Wind.
  package static let wind = EnergyClass(.wind)
  /// Own biomass.
  package static let biomass = EnergyClass(.biomass)
  /// Sun and water together.
  package static let sunAndWater = EnergyClass(.sunAndWater)
  /// Sun.
  package static let sun = sunAndWater.child("sun")
  /// Water power.
  package static let hydro = sunAndWater.child("hydro")
  /// Tides and currents.
  package static let tidal = sunAndWater.child("tidal")
  /// Heat of works, data halls and sewers that would be lost.
  package static let wasteHeat = sunAndWater.child("waste")
  /// Bought outside.
  package static let outside = EnergyClass(.outside)
  /// Heat of air, ground and water.
  package static let ambient = EnergyClass(.ambient)
  /// What an efficiency measure saves.
  package static let saving = EnergyClass(.saving)

  /// Whether it is `other` or belongs to it.
  package func belongs(to other: EnergyClass) -> Bool { lineage.contains(other.name) }

  /// Whether it comes from outside (class N and its children): what is not renewable.
  package var isOutside: Bool { head == .outside }

  /// Whether it is what a measure saves rather than energy that enters.
  package var isSaving: Bool { head == .saving }

  /// What `values` says of this class: its own entry, else that of the nearest class that it belongs to.
  package func value<Value>(in values: [EnergyClass: Value]) -> Value? {
    for name in lineage {
      if let found = values.first(where: { $0.key.name == name }) { return found.value }
    }
    return nil
  }
}

extension EnergyClass: Comparable {
  /// The order of tables: by head, then by name.
  package static func < (a: EnergyClass, b: EnergyClass) -> Bool {
    let heads = Head.allCases
    let (first, second) = (heads.firstIndex(of: a.head) ?? 0, heads.firstIndex(of: b.head) ?? 0)
    return first == second ? a.name < b.name : first < second
  }
}

extension EnergyClass: CustomStringConvertible {
  /// Its name.
  package var description: String { name }
}

// MARK: Words

extension EnergyClass {
  private static let words: [EnergyClass: String] = [
    wind: "wind", biomass: "own biomass", sunAndWater: "sun and water", sun: "sun", hydro: "water power",
    tidal: "tides", wasteHeat: "waste heat", outside: "bought outside", ambient: "ambient heat", saving: "savings",
  ]

  /// In plain words, e.g. `sun`, `bought outside: coal`.
  ///
  /// - Parameter names: Free text of the project's own classes, by id.
  package func words(_ names: [String: String] = [:]) -> String {
    let parts = name.split(separator: ".").map(String.init)
    for count in stride(from: parts.count, to: 0, by: -1) {
      let start = parts.prefix(count).joined(separator: ".")
      let known = names[start] ?? EnergyClass.words.first { $0.key.name == start }?.value
      guard let known = known ?? (count == 1 ? start : nil) else { continue }
      let rest = parts.dropFirst(count).joined(separator: " ")
      return String((rest.isEmpty ? known : known + ": " + rest).map { $0 == "-" || $0 == "_" ? " " : $0 })
    }
    return name
  }

  /// What is suggested, and listed where nothing is near.
  private static let known = [wind, biomass, sun, hydro, sunAndWater, outside, ambient]

  /// What people write for a class.
  private static let synonyms: [String: EnergyClass] = [
    "wind": wind, "biomass": biomass, "biogas": biomass, "wood": biomass, "bio": biomass, "sun": sun, "solar": sun,
    "pv": sun, "hydro": hydro, "water": hydro, "tidal": tidal, "waste": wasteHeat, "grid": outside, "national": outside,
    "fossil": outside, "coal": outside, "gas": outside, "diesel": outside, "import": outside, "outside": outside,
    "air": ambient, "ground": ambient,
  ]

  /// The class of a word; nil where nothing declares it.
  ///
  /// - Parameter declared: Classes of the project, by name, with the class that each counts as.
  package static func reading(_ text: String, declared: [String: String]) -> EnergyClass? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, parts.dropFirst().allSatisfy(Decoding.isIdentifier) else { return nil }
    var found: EnergyClass
    if let head = Head(rawValue: first), head != .saving {
      found = EnergyClass(head)
    } else if let like = declared[first], let base = reading(like, declared: [:]) {
      found = base.named(first)
    } else {
      return nil
    }
    for part in parts.dropFirst() { found = found.child(part) }
    return found
  }

  /// The class that a child is probably meant to be: a slip of one letter from a known one, which would be counted apart.
  static func mistaken(_ text: String, declared: [String: String]) -> String? {
    let children = [sun, hydro, tidal, wasteHeat].map(\.name)
    guard text.contains("."), !children.contains(text), declared[text] == nil else { return nil }
    guard let near = nearestName(to: text, among: children, within: 1) else { return nil }
    // The beginning of a name is no slip.
    return abs(near.count - text.count) <= 1 ? near : nil
  }

  /// What to do about a word that is no class.
  package static func advice(for text: String, declared: [String: String]) -> String {
    let names = known.map(\.name) + declared.keys.sorted()
    let first = text.split(separator: ".").first.map(String.init) ?? text
    let meant =
      names.first { $0.lowercased() == text.lowercased() } ?? synonyms[first.lowercased()]?.name
      ?? nearestName(to: text, among: names.filter { $0.count > 1 || text.count == 1 })
    let all =
      "Classes: \(names.joined(separator: ", ")), with children such as 'N.coal'; own ones stand under 'classes'."
    return meant.map { "Did you mean '\($0)'? " + all } ?? all
  }
}

extension Decoding {
  /// Reads a class; nil after a diagnostic.
  package mutating func energyClass(_ node: Node) -> EnergyClass? {
    guard let text = text(node) else { return nil }
    return energyClass(text, at: node.mark)
  }

  /// The class of a word; nil after a diagnostic.
  package mutating func energyClass(_ text: String, at mark: Mark) -> EnergyClass? {
    if let found = EnergyClass.reading(text, declared: declaredClasses) {
      if let meant = EnergyClass.mistaken(text, declared: declaredClasses) {
        warning(
          "'\(Node.short(text))' is taken as a class of its own below '\(found.head.rawValue)', not as '\(meant)'.",
          advice: "If that is meant, give it a name that is less like '\(meant)'.", at: mark)
      }
      return found
    }
    error(
      "'\(Node.short(text))' is not a class of energy.",
      advice: EnergyClass.advice(for: text, declared: declaredClasses), at: mark)
    return nil
  }
}

extension Field {
  /// A class, taken as `fallback` where it is left out.
  package static func energyClass(
    _ key: any WritableKeyPath<Root, EnergyClass> & Sendable, _ fallback: EnergyClass,
    _ sentence: String = "Where its energy comes from."
  ) -> Field {
    Field("class", .reference("class"), .silent(fallback.name), sentence) { root, node, decoding in
      if let found = decoding.energyClass(node) { root[keyPath: key] = found }
    }
  }

  /// A class that has to be given.
  package static func energyClass(
    _ key: any WritableKeyPath<Root, EnergyClass?> & Sendable, _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field("class", .reference("class"), fallback, sentence) { root, node, decoding in
      if let found = decoding.energyClass(node) { root[keyPath: key] = found }
    }
  }
}
