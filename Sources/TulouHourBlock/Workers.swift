/// Runs the groups of a pass; for now on the calling thread.
final class Workers {
  let threads: Int
  init(threads: Int) { self.threads = threads }
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) { for i in 0..<count { body(i) } }
}
