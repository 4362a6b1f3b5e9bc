/// A machine of any kind of the registry, with what is stated of it by the keys of the project file.
public struct OtherMachine: Machine {
  /// Id in the project.
  public let id: String
  /// What is stated of it.
  public var stated: Statement

  /// A machine of a kind, e.g. `chp`; state its buses and the rest by `stating`.
  public init(_ id: String, kind: String, size: SizeRange? = nil, cost: MachineCost? = nil) {
    self.id = id
    stated = Statement(kind: kind, from: nil, ports: [:], size: size, cost: cost)
  }
}
