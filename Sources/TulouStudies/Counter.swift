import Synchronization

/// How much of a study is done; several threads may count.
final class Counter: Sendable {
  private let count: Atomic<Int>

  init(_ value: Int) { count = Atomic(value) }

  /// What was counted so far.
  var value: Int { count.load(ordering: .relaxed) }

  /// One more; what was counted then.
  @discardableResult
  func add() -> Int { count.add(1, ordering: .relaxed).newValue }
}
