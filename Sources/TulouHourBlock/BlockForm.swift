package import TulouProblem

/// The hour-block form: every limit a balance, a content row, one upper bound a column, or a sum over the horizon.
///
///     minimise  sum_t sum_j c_jt x_jt + sum_k d_k G_k
///     rows      sum_j a_rjt x_jt + sum_k a_rkt G_k                          = rhs_rt      (balances first, then contents)
///     contents  retention_st e_st - e_s,next(t) + ... is row `rowCount + s`
///     sums      sum_t sum_j r_jt x_jt + sum_k r_k G_k + w                    = h,   0 <= w <= width
///     bounds    x_jt + slack = offset_jt + factor_jt G_k(j,t),               x, slack >= 0
///     sizes     0 <= G_k <= width_k                                          (counted from the least total)
///
/// Columns are the flows and slacks of an hour, then the states (`columns[flowCount + s]`), whose further entries in the
/// content rows (retention in their own hour, -1 in the hour before) are implied.
package struct BlockForm {
  /// A coefficient in a row: of an hour (`rows` then contents) or over the horizon.
  package struct Entry {
    package var row: Int
    package var coefficient: Profile
  }

  /// What a column stands for in the problem.
  enum Origin: Equatable {
    case flow(Int)
    case slack(row: Int)
    case spill(state: Int)
    case state(Int)
  }

  /// An upper bound of a flow among several that were joined into one.
  struct BoundMember {
    var index: Int
    var offset: Profile
  }

  /// A variable that recurs in every hour.
  package struct Column {
    var origin: Origin
    package var entries: [Entry] = []
    package var sums: [Entry] = []
    package var cost = Profile.zero
    /// Constant part of the upper bound; infinite in hours without one.
    package var offset = Profile.constant(.infinity)
    package var reference: CapacityReference?
    package var factor = Profile.zero
    /// 1 where the variable exists, 0 where it is zero.
    package var present = Profile.one
    /// A proved greatest value for hours without upper bound; infinite if none is known.
    var implied = Double.infinity
    /// 1 where the variable exists and has an upper bound.
    var bounded: Profile { (offset.map { $0 < .infinity ? 1 : 0 } * present).compact }
    /// Whether it has one in any step.
    var hasUpper: Bool { !bounded.isZero }
    /// Which of the flow's upper bounds stand here, with their constant parts: the least at a step is the one that acts.
    var nativeBounds: [BoundMember] = []
  }

  /// What a row of an hour stands for.
  enum RowOrigin {
    case row(Int)
    case bound(flow: Int, members: [BoundMember])
    case upper(state: Int)
  }

  /// A balance.
  package struct Row {
    var origin: RowOrigin
    package var rhs: Profile
    /// 0 in hours in which the row does not hold, if there are any.
    var active: Profile = .one
  }

  /// What links the hours of a state.
  package struct Link {
    package var retention: Profile
    package var rhs: Profile
    var boundary: State.Boundary
    /// Content = variable + shift + shiftFactor G(shiftReference).
    var shift: Profile
    var shiftReference: CapacityReference?
    var shiftFactor: Profile
  }

  /// A size counted from its least total.
  package struct Size {
    var index: Int
    var base: Double
    package var width: Double
    package var cost: Double
    package var sums: [(row: Int, coefficient: Double)] = []
  }

  /// A coefficient of a size in the rows of an hour.
  package struct SizeEntry {
    package var row: Int
    package var reference: CapacityReference
    package var coefficient: Profile
  }

  /// A sum over the horizon.
  package struct Sum {
    var index: Int
    /// +1, or -1 where only a least value is given and the row was turned round.
    var sign: Double
    package var rhs: Double
    /// Greatest slack: 0 for an equation, infinite for a one-sided limit.
    var width: Double
    /// Whether any hourly column takes part.
    var isHourly: Bool
    /// Found to hold whatever the plan.
    var isIdle = false
  }

  /// A row whose columns all must be zero in an hour because their coefficients have one sign and the right side is 0.
  struct Forced {
    var row: Int
    var step: Int
    var sign: Double
    var flows: [Int]
    /// A slack is among the columns: the multiplier may then not have the sign that favours it.
    var hasSlack: Bool
  }

  package var steps: Int
  package var rows: [Row] = []
  package var columns: [Column] = []
  package var links: [Link] = []
  package var sizes: [Size] = []
  package var sizeEntries: [SizeEntry] = []
  package var sums: [Sum] = []
  var constant = 0.0
  package var blocks: [Range<Int>]
  var forced: [Forced] = []
  /// Yearly rows with limit 0 that force all their flows to zero, with those flows.
  var forcedSums: [(row: Int, sign: Double, flows: [Int])] = []
  /// Tanks whose balance is their content row.
  var merged: [MergedTank] = []
  /// Found while compiling: why no plan can hold.
  package var contradiction: Contradiction?
  /// Units by which rows, columns, sizes, sums and money were divided (powers of two).
  var units = Units()

  /// Number of flows and slacks; the states follow.
  package var flowCount: Int { columns.count - links.count }
  /// Balances and content rows of an hour.
  package var blockSize: Int { rows.count + links.count }

  /// Limits that cannot hold, seen before any iteration.
  package struct Contradiction {
    var message: String
    var rows: [(row: Int, steps: [Int])] = []
    var yearlyRows: [Int] = []
  }

  /// Scaling units.
  struct Units {
    var rows: [Double] = []
    var columns: [Double] = []
    var sizes: [Double] = []
    var sums: [Double] = []
    var money = 1.0
  }
}

extension Profile {
  /// A series whose values are all equal as a constant.
  var compact: Profile {
    switch self {
    case .constant: return self
    case .series(let values):
      guard let first = values.first else { return self }
      return values.allSatisfy { $0 == first } ? .constant(first) : self
    case .part: return isZero ? .zero : self
    }
  }

  /// Mean magnitude of the values that are not zero; 0 if all are.
  var meanMagnitude: Double {
    switch self {
    case .constant(let value): return abs(value)
    case .series(let values): return values.meanMagnitude
    // What is zero does not count.
    case .part(let part): return part.values.meanMagnitude
    }
  }

  /// How many of the values over `steps` steps are not zero.
  func countOfNonZero(_ steps: Int) -> Int {
    switch self {
    case .constant(let value): value == 0 ? 0 : steps
    case .series(let values): values.count { $0 != 0 }
    case .part(let part): part.values.count { $0 != 0 }
    }
  }

  /// Greatest magnitude.
  var greatestMagnitude: Double { max(abs(minimum), abs(maximum)) }
}

extension [Double] {
  /// Mean magnitude of what is not zero; 0 if all are.
  fileprivate var meanMagnitude: Double {
    var sum = 0.0, count = 0.0
    for value in self where value != 0 && value.isFinite {
      sum += abs(value)
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
}

extension CapacityReference {
  /// The reference with `map` applied to its indices; nil where none is left.
  func mapped(_ map: [Int]) -> CapacityReference? {
    switch self {
    case .one(let k): return map[k] < 0 ? nil : .one(map[k])
    case .byStep(let indices):
      let mapped = indices.map { $0 < 0 ? -1 : Int32(map[Int($0)]) }
      guard let first = mapped.first(where: { $0 >= 0 }) else { return nil }
      return mapped.allSatisfy { $0 == first } ? .one(Int(first)) : .byStep(mapped)
    }
  }
}
