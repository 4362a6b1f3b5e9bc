/// An input that nobody wrote, or whose source is not firm: one line of the register of assumptions.
public struct Assumption: Sendable, Hashable {
  /// Why it is listed.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A value that stands in for one that was left out.
    case `default`
    /// What leaving a key out means.
    case silent
    /// From the catalogue.
    case catalogue
    /// A number that its source calls rough.
    case approximate
    /// What the plan leaves out of the thing's real behaviour.
    case relaxation
    /// How a demand was split by what is known of it.
    case split
    /// Which of equally good answers was taken.
    case tie
    /// Data that were mended.
    case repair
    /// What the file says for people only.
    case note
  }

  /// Key path, e.g. `components.wind.life`.
  public var path: String
  /// Value with unit, as printed.
  public var value: String
  /// Where it comes from.
  public var source: String
  /// Why it is listed.
  package var kind: Kind

  /// An assumption.
  package init(path: String, value: String, source: String, kind: Kind) {
    self.path = path
    self.value = value
    self.source = source
    self.kind = kind
  }
}
