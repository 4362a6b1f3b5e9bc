import Dispatch
import Tulou

/// Independent pieces of work on several threads; results are placed by index, so they do not depend on their number.
enum Threads {
  /// Calls its second argument with every number below the first, on so many threads.
  static func spread(_ threads: Int) -> StudyContext.Spread {
    { count, body in
      guard threads > 1, count > 1 else {
        for i in 0..<count { body(i) }
        return
      }
      // Every thread takes the numbers that the others leave.
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { first in
        var i = first
        while i < count {
          body(i)
          i += min(threads, count)
        }
      }
    }
  }
}
