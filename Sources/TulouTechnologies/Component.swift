/// A machine, a storage or a link of the cluster.
public struct Component: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Free text.
  public var name: String
  /// Owner; nil: the commons.
  public var member: String?
  /// Kind as the registry names it: `source`, `generator`, `heat-pump`, `storage`, ...
  public var kind: String
  /// Catalogue entry that it started from, if any.
  public var catalogueEntry: String?
  /// What it is to the model.
  public var block: Block
  /// Sizes that may be chosen; empty: no size.
  public var sizes: [Size]

  /// Further parts of the same plant, such as the power side of a photovoltaic-thermal field; the reader sets them beside
  /// it, where they share its size.
  public var companions: [Component] = []

  /// A component.
  public init(id: String, kind: String, block: Block, sizes: [Size] = []) {
    self.id = id
    self.name = id
    self.kind = kind
    self.block = block
    self.sizes = sizes
  }
}
