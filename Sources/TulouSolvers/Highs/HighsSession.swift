import TulouProblem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One instance of HiGHS with one model in it; freed when it goes.
final class HighsSession {
  /// What `Highs_getModelStatus` can say, as far as Tulou tells apart.
  enum Outcome: Equatable {
    case optimal, infeasible, unbounded, infeasibleOrUnbounded, timeLimit, otherLimit, interrupted
    case failed(Int32)

    init(code: Int32) {
      self =
        switch code {
        case 6, 7: .optimal  // 6: an empty model
        case 8: .infeasible
        case 9: .infeasibleOrUnbounded
        case 10: .unbounded
        case 13: .timeLimit
        case 14, 16: .otherLimit
        case 17: .interrupted
        default: .failed(code)
        }
    }
  }

  private let calls: HighsCalls
  private let handle: HighsHandle
  private let listener: Listener

  /// An instance, or nil where the library cannot make one.
  init?(_ library: HighsLibrary, options: SolveOptions, costScale: Double) {
    calls = library.calls
    guard let handle = calls.create() else { return nil }
    self.handle = handle
    listener = Listener(options: options, costScale: costScale)
    set("output_flag", false)
    // One thread gives the same steps on every machine; the size of HiGHS's pool is per process and is left alone.
    set("parallel", options.threads > 1 ? "choose" : "off")
    // The listener lives as long as the session, so the pointer is valid in every call back.
    _ = calls.setCallback(handle, highsCallback, Unmanaged.passUnretained(listener).toOpaque())
    for kind in [Listener.simplex, Listener.interiorPoint, Listener.branching] { _ = calls.startCallback(handle, kind) }
  }

  deinit { calls.destroy(handle) }

  /// Sets an option; false where HiGHS does not know it or refuses the value.
  @discardableResult func set(_ name: String, _ value: Bool) -> Bool {
    calls.setBool(handle, name, value ? 1 : 0) != -1
  }
  @discardableResult func set(_ name: String, _ value: Int32) -> Bool { calls.setInt(handle, name, value) != -1 }
  @discardableResult func set(_ name: String, _ value: Double) -> Bool { calls.setDouble(handle, name, value) != -1 }
  @discardableResult func set(_ name: String, _ value: String) -> Bool { calls.setString(handle, name, value) != -1 }

  /// Hands the model over; false where HiGHS refuses it.
  func pass(_ matrix: HighsMatrix) -> Bool {
    let columns = Int32(matrix.columnCount), rows = Int32(matrix.rowCount), entries = Int32(matrix.value.count)
    // Format 1: by column; sense 1: minimise.
    if matrix.integrality.isEmpty {
      return calls.passLp(
        handle, columns, rows, entries, 1, 1, matrix.offset, matrix.columnCost, matrix.columnLower,
        matrix.columnUpper, matrix.rowLower, matrix.rowUpper, matrix.start, matrix.index, matrix.value) != -1
    }
    return calls.passMip(
      handle, columns, rows, entries, 1, 1, matrix.offset, matrix.columnCost, matrix.columnLower, matrix.columnUpper,
      matrix.rowLower, matrix.rowUpper, matrix.start, matrix.index, matrix.value, matrix.integrality) != -1
  }

  /// Sets the time that all runs of this session may take together [s].
  ///
  /// HiGHS looks at its own clock between stages only, so the call back keeps the limit too.
  func allow(seconds: Double) {
    set("time_limit", max(0, seconds))
    listener.allowed = seconds
  }

  /// Solves; the call returns when HiGHS does.
  func run() -> Outcome {
    let code = calls.run(handle)
    var status = Outcome(code: calls.modelStatus(handle))
    if status == .interrupted, listener.isOverTime { status = .timeLimit }
    if code == -1, status == .optimal { return .failed(code) }
    return status
  }

  /// Starts the branching from these totals of capacities that are sized in whole units; HiGHS finds the rest of the point.
  func begin(_ matrix: HighsMatrix, at sizes: [Int: Double], existing: (Int) -> Double) {
    var columns: [Int32] = [], values: [Double] = []
    for whole in matrix.wholeSizes {
      guard let size = sizes[whole.capacity] else { continue }
      columns.append(Int32(truncatingIfNeeded: whole.column))
      values.append(((size - existing(whole.capacity)) / whole.unit).rounded())
    }
    guard !columns.isEmpty else { return }
    _ = calls.setSparseSolution?(handle, Int32(truncatingIfNeeded: columns.count), columns, values)
  }

  /// Writes the model to a file whose ending (`.mps`, `.lp`) names the format; false if that failed.
  func write(to path: String) -> Bool { calls.writeModel(handle, path) != -1 }

  /// An information value, or nil.
  func double(_ name: String) -> Double? {
    var value = 0.0
    return calls.getDouble(handle, name, &value) == 0 ? value : nil
  }

  /// An information value, or nil.
  func int(_ name: String) -> Int? {
    var value: Int32 = 0
    if calls.getInt(handle, name, &value) == 0 { return Int(value) }
    var long: Int64 = 0
    return calls.getInt64(handle, name, &long) == 0 ? Int(long) : nil
  }

  /// Whether the point held is feasible.
  var hasFeasiblePoint: Bool { int("primal_solution_status") == 2 }

  /// The point that HiGHS holds.
  func point(_ matrix: HighsMatrix) -> HighsPoint {
    let columns = [Double](repeating: 0, count: matrix.columnCount)
    var activity = [Double](repeating: 0, count: matrix.rowCount)
    var point = HighsPoint(values: columns, reduced: columns, multipliers: activity)
    _ = calls.getSolution(handle, &point.values, &point.reduced, &activity, &point.multipliers)
    return point
  }

  /// Turns whole columns into continuous ones fixed at `values` rounded.
  func fixWholeColumns(_ matrix: HighsMatrix, at values: [Double]) {
    var lower = matrix.columnLower, upper = matrix.columnUpper
    for column in values.indices where matrix.integrality[column] == 1 {
      lower[column] = values[column].rounded()
      upper[column] = lower[column]
    }
    let last = Int32(matrix.columnCount - 1)
    _ = calls.changeIntegrality(handle, 0, last, [Int32](repeating: 0, count: matrix.columnCount))
    _ = calls.changeColumnBounds(handle, 0, last, lower, upper)
  }

  /// Drops the objective, to learn whether anything holds at all.
  func dropCosts(_ matrix: HighsMatrix) {
    let none = [Double](repeating: 0, count: matrix.columnCount)
    _ = calls.changeColumnCosts(handle, 0, Int32(matrix.columnCount - 1), none)
  }
}

/// Passes HiGHS's progress on and asks whether to stop.
private final class Listener {
  static let simplex: Int32 = 1, interiorPoint: Int32 = 2, branching: Int32 = 6
  /// HiGHS asks every iteration; people need a line a few times a second.
  static let secondsBetweenLines = 0.2

  let options: SolveOptions
  let costScale: Double
  var lastLine = 0.0
  /// Seconds since the start after which HiGHS is asked to stop.
  var allowed = Double.infinity
  private let begin = ContinuousClock.now
  private(set) var isOverTime = false

  init(options: SolveOptions, costScale: Double) {
    self.options = options
    self.costScale = costScale
  }

  /// Reads the fields of `HighsCallbackDataOut` (1.15, 64-bit) at their offsets, and sets `user_interrupt`.
  func heard(kind: Int32, out: UnsafeRawPointer?, answer: UnsafeMutableRawPointer?) {
    if let answer, options.isCancelled() { answer.storeBytes(of: 1, as: Int32.self) }
    isOverTime = (.now - begin) / .seconds(1) > allowed
    if let answer, isOverTime { answer.storeBytes(of: 1, as: Int32.self) }
    guard let out else { return }
    let seconds = out.load(fromByteOffset: 16, as: Double.self)
    guard seconds - lastLine >= Self.secondsBetweenLines || seconds < lastLine else { return }
    lastLine = seconds
    let line: SolveProgress
    switch kind {
    case Self.simplex, Self.interiorPoint:
      let offset = kind == Self.simplex ? 24 : 28
      line = SolveProgress(
        iteration: Int(out.load(fromByteOffset: offset, as: Int32.self)),
        objective: out.load(fromByteOffset: 40, as: Double.self) / costScale, gap: .nan)
    default:
      line = SolveProgress(
        iteration: Int(out.load(fromByteOffset: 48, as: Int64.self)),
        objective: out.load(fromByteOffset: 64, as: Double.self) / costScale,
        gap: out.load(fromByteOffset: 80, as: Double.self))
    }
    options.progress(line)
  }
}

private let highsCallback: HighsCallback = { kind, _, out, answer, listener in
  guard let listener else { return }
  Unmanaged<Listener>.fromOpaque(listener).takeUnretainedValue().heard(kind: kind, out: out, answer: answer)
}
