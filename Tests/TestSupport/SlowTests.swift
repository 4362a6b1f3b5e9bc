import Foundation

/// Tests of minutes rather than milliseconds: suites named `...SlowTests` under `.enabled(if: SlowTests.areWanted)`,
/// run by `make test-slow`.
package enum SlowTests {
  /// Whether `TULOU_SLOW` asks for them.
  package static var areWanted: Bool { ProcessInfo.processInfo.environment["TULOU_SLOW"] == "1" }
}
