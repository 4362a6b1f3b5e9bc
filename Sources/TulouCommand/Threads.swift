import Dispatch
import Foundation
import Tulou

/// Independent pieces of work on several threads; results are placed by index, so they do not depend on their number.
enum Threads {
  /// Number of threads that an option asks for, else one a processor.
  static func count(_ options: CommonOptions) -> Int {
    options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Calls its second argument with every number below the first, on as many threads as asked for.
  static func spread(_ options: CommonOptions) -> @Sendable (Int, @Sendable (Int) -> Void) -> Void {
    let threads = count(options)
    return { count, body in
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
