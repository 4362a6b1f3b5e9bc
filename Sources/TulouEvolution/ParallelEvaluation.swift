import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Evaluates points on several threads; what comes out does not depend on their number.
enum ParallelEvaluation {
  /// One evaluation per point, in order.
  static func evaluate<E: Evaluator>(_ points: [[Double]], by evaluator: E, threads: Int) -> [Evaluation] {
    guard threads > 1, points.count > 1 else { return points.map(evaluator.evaluate) }
    let job = SharedPoints(points) { evaluator.evaluate($0) }
    let helpers = (1..<min(threads, points.count)).compactMap { _ in SharedPoints.start(job) }
    job.work()
    for helper in helpers { pthread_join(helper, nil) }
    return job.results()
  }
}

/// Points that threads take one by one.
private final class SharedPoints: @unchecked Sendable {
  private let points: [[Double]]
  private let evaluate: @Sendable ([Double]) -> Evaluation
  private let next = Atomic<Int>(0)
  private let found: Mutex<[Evaluation?]>

  init(_ points: [[Double]], _ evaluate: @escaping @Sendable ([Double]) -> Evaluation) {
    self.points = points
    self.evaluate = evaluate
    found = Mutex(Array(repeating: nil, count: points.count))
  }

  /// A thread that takes part; nil where the system gives none.
  static func start(_ job: SharedPoints) -> pthread_t? {
    // An address on some systems, a number on others.
    #if canImport(Glibc)
      var handle = pthread_t()
    #else
      var handle: pthread_t?
    #endif
    let owned = Unmanaged.passRetained(job)
    let failed = pthread_create(
      &handle, nil,
      { argument in
        SharedPoints.serve(argument)
        return nil
      }, owned.toOpaque())
    if failed != 0 { owned.release() }
    return failed == 0 ? handle : nil
  }

  private static func serve(_ owned: UnsafeMutableRawPointer?) {
    if let owned { Unmanaged<SharedPoints>.fromOpaque(owned).takeRetainedValue().work() }
  }

  func work() {
    while true {
      let i = next.add(1, ordering: .relaxed).oldValue
      guard i < points.count else { return }
      let evaluation = evaluate(points[i])
      found.withLock { $0[i] = evaluation }
    }
  }

  /// All evaluations; a point that no thread took is evaluated here.
  func results() -> [Evaluation] {
    let found = found.withLock { $0 }
    return points.indices.map { found[$0] ?? evaluate(points[$0]) }
  }
}
