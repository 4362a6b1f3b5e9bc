#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An instance of HiGHS, as its C interface hands it out.
typealias HighsHandle = UnsafeMutableRawPointer

/// What HiGHS calls during a solve: kind, message, data out, data in, the pointer given with the callback.
typealias HighsCallback =
  @convention(c) (
    Int32, UnsafePointer<CChar>?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
  ) -> Void

/// The functions of the C interface that Tulou calls, found by name in an opened library.
///
/// Every function that returns Int32 returns -1 for an error, 0 for success, 1 for a warning, unless said otherwise.
struct HighsCalls: Sendable {
  typealias Text = UnsafePointer<CChar>
  typealias Doubles = UnsafePointer<Double>
  typealias Integers = UnsafePointer<Int32>

  let version: @convention(c) @Sendable () -> Text
  /// Bytes of a HighsInt.
  let sizeOfInteger: @convention(c) @Sendable (HighsHandle?) -> Int32
  let create: @convention(c) @Sendable () -> HighsHandle?
  let destroy: @convention(c) @Sendable (HighsHandle) -> Void
  let run: @convention(c) @Sendable (HighsHandle) -> Int32
  /// columns, rows, entries, format, sense, offset, cost, column bounds, row bounds, start, index, value.
  let passLp:
    @convention(c) @Sendable (
      HighsHandle, Int32, Int32, Int32, Int32, Int32, Double, Doubles, Doubles, Doubles, Doubles, Doubles, Integers,
      Integers, Doubles
    ) -> Int32
  /// The same, and the kind of each column.
  let passMip:
    @convention(c) @Sendable (
      HighsHandle, Int32, Int32, Int32, Int32, Int32, Double, Doubles, Doubles, Doubles, Doubles, Doubles, Integers,
      Integers, Doubles, Integers
    ) -> Int32
  let setBool: @convention(c) @Sendable (HighsHandle, Text, Int32) -> Int32
  let setInt: @convention(c) @Sendable (HighsHandle, Text, Int32) -> Int32
  let setDouble: @convention(c) @Sendable (HighsHandle, Text, Double) -> Int32
  let setString: @convention(c) @Sendable (HighsHandle, Text, Text) -> Int32
  let getInt: @convention(c) @Sendable (HighsHandle, Text, UnsafeMutablePointer<Int32>) -> Int32
  let getInt64: @convention(c) @Sendable (HighsHandle, Text, UnsafeMutablePointer<Int64>) -> Int32
  let getDouble: @convention(c) @Sendable (HighsHandle, Text, UnsafeMutablePointer<Double>) -> Int32
  /// column values, column duals, row values, row duals.
  let getSolution:
    @convention(c) @Sendable (
      HighsHandle, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Int32
  /// One of `kHighsModelStatus...`.
  let modelStatus: @convention(c) @Sendable (HighsHandle) -> Int32
  let setCallback: @convention(c) @Sendable (HighsHandle, HighsCallback?, UnsafeMutableRawPointer?) -> Int32
  let startCallback: @convention(c) @Sendable (HighsHandle, Int32) -> Int32
  /// from, to, kind of each.
  let changeIntegrality: @convention(c) @Sendable (HighsHandle, Int32, Int32, Integers) -> Int32
  /// from, to, lower, upper.
  let changeColumnBounds: @convention(c) @Sendable (HighsHandle, Int32, Int32, Doubles, Doubles) -> Int32
  let changeColumnCosts: @convention(c) @Sendable (HighsHandle, Int32, Int32, Doubles) -> Int32
  /// count, columns, values: a point to start from, of which HiGHS finds the rest; nil in versions before 1.9.
  let setSparseSolution: (@convention(c) @Sendable (HighsHandle, Int32, Integers, Doubles) -> Int32)?
  let writeModel: @convention(c) @Sendable (HighsHandle, Text) -> Int32

  /// A function that the library lacks.
  struct Absent: Error { var name: String }

  /// The calls of the library behind `handle`.
  init(handle: UnsafeMutableRawPointer) throws(Absent) {
    func call<Function>(_ name: String) throws(Absent) -> Function {
      guard let symbol = dlsym(handle, name) else { throw Absent(name: name) }
      return unsafeBitCast(symbol, to: Function.self)
    }
    version = try call("Highs_version")
    sizeOfInteger = try call("Highs_getSizeofHighsInt")
    create = try call("Highs_create")
    destroy = try call("Highs_destroy")
    run = try call("Highs_run")
    passLp = try call("Highs_passLp")
    passMip = try call("Highs_passMip")
    setBool = try call("Highs_setBoolOptionValue")
    setInt = try call("Highs_setIntOptionValue")
    setDouble = try call("Highs_setDoubleOptionValue")
    setString = try call("Highs_setStringOptionValue")
    getInt = try call("Highs_getIntInfoValue")
    getInt64 = try call("Highs_getInt64InfoValue")
    getDouble = try call("Highs_getDoubleInfoValue")
    getSolution = try call("Highs_getSolution")
    modelStatus = try call("Highs_getModelStatus")
    setCallback = try call("Highs_setCallback")
    startCallback = try call("Highs_startCallback")
    changeIntegrality = try call("Highs_changeColsIntegralityByRange")
    changeColumnBounds = try call("Highs_changeColsBoundsByRange")
    changeColumnCosts = try call("Highs_changeColsCostByRange")
    setSparseSolution = try? call("Highs_setSparseSolution")
    writeModel = try call("Highs_writeModel")
  }
}
