/// Names an element of the problem to people and accounts; solvers never read it but for messages.
public struct Label: Sendable, Hashable, CustomStringConvertible {
  /// What part an element plays; accounts select by it.
  package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Output of a source that is used.
    case production
    /// Output that a source must take but that is thrown away, or what a bus throws away.
    case spill
    /// Driving flow of a converter, at its rated port.
    case conversion
    /// Capacity on line of a generator.
    case online
    /// Into a storage, at the bus.
    case charge
    /// Out of a storage, at the bus.
    case discharge
    /// Content of a storage.
    case content
    /// Along a link, at its input, in the direction from -> to.
    case forward
    /// Along a link, at its input, in the direction to -> from.
    case backward
    /// Bought outside.
    case purchase
    /// Sold outside.
    case sale
    /// Demand not served.
    case unserved
    /// Energy given to a deferrable demand or to vehicles.
    case serve
    /// Reserve that is short.
    case reserveShortage
    /// A helper variable with no physical flow of its own.
    case auxiliary
    /// A size.
    case size
    /// A balance of a bus.
    case balance
    /// A limit or rule.
    case limit
    /// Highest purchase of a billing month.
    case peak
  }

  /// Id of the component, demand, market, bus or limit.
  public var id: String
  /// Part it plays.
  package var role: Role
  /// Tells apart elements of one id and role: tier, band, port, month.
  package var part: Part
  /// Bus it acts on, if one.
  public var bus: String
  /// Stage it belongs to, if the problem has stages.
  public var stage: String

  /// A label.
  package init(_ id: String, _ role: Role, part: Part = .only, bus: String = "", stage: String = "") {
    self.id = id
    self.role = role
    self.part = part
    self.bus = bus
    self.stage = stage
  }

  /// What a row stands for, as people say it: `the limit on renewable fraction`, `serving what is wanted at 'ac'`.
  public var words: String {
    func plain(_ text: String) -> String { String(text.map { $0 == "_" ? " " : $0 }) }
    let of = stage.isEmpty ? "" : " in stage '\(stage)'"
    let name = part == .only ? "" : " (\(plain(part.name)))"
    switch role {
    case .balance: return "serving what is wanted at '\(id)'" + of
    case .limit where part == .only || !bus.isEmpty: return "the limit on \(plain(id))" + name + of
    case .limit: return "'\(id)'" + name + of
    default: return "'\(id)' (\(plain(role.rawValue)))" + name + of
    }
  }

  /// `id.role[.part]`.
  public var description: String {
    (stage.isEmpty ? "" : stage + ":") + id + "." + role.rawValue + (part == .only ? "" : "." + part.name)
  }
}
