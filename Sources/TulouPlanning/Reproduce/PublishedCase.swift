/// The checkable values of a publication, as read from its `published.csv`.
public struct PublishedCase: Sendable {
  /// One value.
  public struct Row: Sendable, Equatable {
    /// What is expected of a value.
    public enum Kind: String, Sendable {
      /// An input that the publication states.
      case input = "I"
      /// A result that must be reproduced within the tolerance.
      case target = "T"
      /// A property that must hold where the publication gives no number.
      case property = "P"
      /// A value known not to be reproducible; computed and explained.
      case contradiction = "X"
    }
    /// Stable id, e.g. `t3.planned.pilot`.
    public var id: String
    /// Requirement it belongs to, e.g. `R36`.
    public var requirement: String
    /// What it is, in words.
    public var what: String
    /// Published value; nil where only a property is asked.
    public var published: Double?
    /// Unit of both values.
    public var unit: String
    /// Greatest difference that counts as reproduced.
    public var tolerance: Double
    /// Where it stands in the publication.
    public var place: String
    /// What is expected.
    public var kind: Kind
    /// A remark.
    public var note: String
    /// A row.
    public init(
      id: String, requirement: String, what: String, published: Double?, unit: String, tolerance: Double,
      place: String, kind: Kind, note: String
    ) {
      self.id = id
      self.requirement = requirement
      self.what = what
      self.published = published
      self.unit = unit
      self.tolerance = tolerance
      self.place = place
      self.kind = kind
      self.note = note
    }
  }

  /// Name of the publication.
  public var name: String
  /// Its values in order.
  public var rows: [Row]
  private let byID: [String: Int]

  /// A case.
  public init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
    byID = Dictionary(zip(rows.map(\.id), rows.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The published value of `id`; NaN where there is none, which no verdict accepts.
  public subscript(id: String) -> Double { byID[id].flatMap { rows[$0].published } ?? .nan }
}

/// A published value beside ours.
public struct ReproducedRow: Sendable {
  /// How the two compare.
  public enum Verdict: String, Sendable {
    /// Within the tolerance, or the property holds.
    case reproduced
    /// Not within it; `why` says why.
    case notReproduced = "not reproduced"
    /// The publication contradicts itself; both numbers and the reason stand side by side.
    case contradiction = "contradicts itself"
    /// Not computed in this run; `why` says why.
    case notComputed = "not computed"
  }
  /// The published row.
  public var row: PublishedCase.Row
  /// Our value; nil where none could be computed.
  public var computed: Double?
  /// How they compare.
  public var verdict: Verdict
  /// Reason, or remark.
  public var why: String
}

/// A value that a reproduction computed.
public struct ComputedValue: Sendable {
  /// The value, in the unit of its row; nil: could not be computed.
  public var value: Double?
  /// How it was found, or why not.
  public var how: String
  /// For a property: whether it holds; nil: the tolerance decides.
  public var holds: Bool?
  /// A value.
  public init(_ value: Double?, _ how: String = "", holds: Bool? = nil) {
    self.value = value
    self.how = how
    self.holds = holds
  }
}

extension PublishedCase {
  /// Every row but the inputs with its verdict, in the order of the case.
  public func compared(with computed: [String: ComputedValue]) -> [ReproducedRow] {
    rows.filter { $0.kind != .input }.map { row in
      guard let ours = computed[row.id] else {
        return ReproducedRow(row: row, computed: nil, verdict: .notComputed, why: "no plan of this kind in this run")
      }
      guard let value = ours.value else {
        return ReproducedRow(row: row, computed: nil, verdict: .notComputed, why: ours.how)
      }
      let why = [ours.how, row.note].filter { !$0.isEmpty }.joined(separator: "; ")
      switch row.kind {
      case .contradiction:
        return ReproducedRow(row: row, computed: value, verdict: .contradiction, why: why)
      case .property, .target, .input:
        let holds = ours.holds ?? row.published.map { abs(value - $0) <= row.tolerance } ?? value.isFinite
        return ReproducedRow(row: row, computed: value, verdict: holds ? .reproduced : .notReproduced, why: why)
      }
    }
  }
}
