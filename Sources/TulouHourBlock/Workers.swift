import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Long-lived threads that share the groups of a pass.
///
/// A pass takes a fraction of a millisecond, so a worker spins for a short while before it parks: waking a parked thread
/// costs as much as a pass, spinning on a busy machine costs more. Which thread takes which group changes nothing in the
/// result, for groups touch nothing in common.
///
/// The threads own the pool and never this object, and the pool holds a pass only while it runs: so the last owner lets go of
/// threads and groups alike, and a solve leaves no memory behind.
package final class Workers: @unchecked Sendable {
  let threads: Int
  private let pool = Pool()
  private var handles: [pthread_t] = []

  /// - Parameter threads: Threads in all, the caller's included; more than `groups` are not started.
  package init(threads: Int, groups: Int) {
    self.threads = max(1, min(threads, groups))
    for _ in 1..<max(1, self.threads) {
      if let handle = Workers.start(pool) { handles.append(handle) }
    }
  }

  /// A thread that serves the pool and owns it meanwhile; nil where the system gives none.
  private static func start(_ pool: Pool) -> pthread_t? {
    // An address on some systems, a number on others.
    #if canImport(Glibc)
      var handle = pthread_t()
    #else
      var handle: pthread_t?
    #endif
    let owned = Unmanaged.passRetained(pool)
    let failed = pthread_create(
      &handle, nil,
      { argument in
        Workers.serve(argument)
        return nil
      }, owned.toOpaque())
    if failed != 0 { owned.release() }
    return failed == 0 ? handle : nil
  }

  private static func serve(_ owned: UnsafeMutableRawPointer?) {
    if let owned { Unmanaged<Pool>.fromOpaque(owned).takeRetainedValue().serve() }
  }

  deinit { stop() }

  /// Ends the threads; afterwards passes run on the calling thread.
  func stop() {
    guard !handles.isEmpty else { return }
    pool.end()
    for handle in handles { pthread_join(handle, nil) }
    handles = []
  }

  /// Runs `body` for 0..<count and returns when all are done.
  package func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard !handles.isEmpty, count > 1 else {
      for i in 0..<count { body(i) }
      return
    }
    pool.run(count, body)
  }
}

/// What the threads share: the pass at hand, and how they are woken.
private final class Pool: @unchecked Sendable {
  /// One pass: its groups are taken one by one.
  private final class Job: @unchecked Sendable {
    let count: Int
    let body: @Sendable (Int) -> Void
    let next = Atomic<Int>(0), done = Atomic<Int>(0)

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    func work() {
      while true {
        let i = next.add(1, ordering: .relaxed).oldValue
        guard i < count else { return }
        body(i)
        done.add(1, ordering: .releasing)
      }
    }
  }

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let generation = Atomic<Int>(0)
  private let isEnding = Atomic<Bool>(false)
  private var job: Job?

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    mutex.deallocate()
  }

  func end() {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    call(nil)
  }

  func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let job = Job(count: count, body: body)
    call(job)
    job.work()
    var spins = 0
    while job.done.load(ordering: .acquiring) < count {
      spins += 1
      if spins > 200 { sched_yield() }
    }
    pthread_mutex_lock(mutex)
    self.job = nil
    pthread_mutex_unlock(mutex)
  }

  private func call(_ job: Job?) {
    pthread_mutex_lock(mutex)
    self.job = job
    generation.add(1, ordering: .sequentiallyConsistent)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }

  func serve() {
    var seen = 0
    while !isEnding.load(ordering: .acquiring) { work(after: &seen) }
  }

  /// Waits for the next pass and takes part in it; afterwards nothing of it is held.
  private func work(after seen: inout Int) {
    var spins = 0
    while generation.load(ordering: .acquiring) == seen && spins < 2000 { spins += 1 }
    pthread_mutex_lock(mutex)
    while generation.load(ordering: .acquiring) == seen { pthread_cond_wait(wake, mutex) }
    seen = generation.load(ordering: .acquiring)
    let current = job
    pthread_mutex_unlock(mutex)
    if !isEnding.load(ordering: .acquiring) { current?.work() }
  }
}
