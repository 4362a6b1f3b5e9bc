import Foundation
import TulouBenchmarks
import TulouHourBlock
import TulouProblem

// Times the structured solver where whole processes say too little: short windows, many coalitions, members, long horizons.
// Usage: SolverBench FOLDER [WORD ...], the folder with data/yNN.csv; a word picks rows that contain it, `short` alone is what
// the sanitizers run.

/// Seconds of wall clock and of processor that some work takes.
func measured(_ work: () throws -> Void) rethrows -> (wall: Double, processor: Double) {
  func seconds(_ clock: clockid_t) -> Double {
    var now = timespec()
    clock_gettime(clock, &now)
    return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
  }
  let wall = seconds(CLOCK_MONOTONIC)
  let processor = seconds(CLOCK_PROCESS_CPUTIME_ID)
  try work()
  return (seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
}

/// One row: how long problems take together, the worst gap among them and the mean of their iterations.
func row(_ name: String, _ problems: [HourlyProblem], repeats: Int = 1, threads: Int = 1) {
  var options = SolveOptions()
  options.threads = threads
  var gap = 0.0
  var iterations = 0
  var failed = 0
  let time = measured {
    for _ in 0..<repeats {
      let solutions =
        problems.count > 1
        ? HourBlock.solve(problems, options: options) : [HourBlock.solve(problems[0], options: options)]
      for solution in solutions {
        gap = max(gap, solution.gap)
        iterations += solution.iterations
        if solution.status != .optimal { failed += 1 }
      }
    }
  }
  let each = Double(repeats * problems.count)
  print(
    "\(name),\(threads),\(problems.count),\(time.wall / Double(repeats)),\(time.processor / Double(repeats)),",
    "\(Double(iterations) / each),\(gap),\(failed)", separator: "")
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard let folder = arguments.first, let cases = BenchmarkProblems(folder: URL(fileURLWithPath: folder)) else {
  FileHandle.standardError.write(Data("usage: SolverBench FOLDER [WORD ...], the folder with data/y01.csv\n".utf8))
  exit(2)
}
let words = Set(arguments.dropFirst())
func isWanted(_ name: String) -> Bool { words.isEmpty || words.contains { name.contains($0) } }

if words == ["short"] {
  // For the sanitizers: every pass, few hours, more threads than groups and fewer.
  for threads in [1, 2, 3] {
    row("short dispatch", try cases.dispatches(6, hours: 48), threads: threads)
    row("short coalitions", try cases.coalitions(of: 3, hours: 96), threads: threads)
    row("short C1", [try cases.c1(hours: 2400)], threads: threads)
    row("short C2", [try cases.c2(hours: 336)], threads: threads)
    row("short members", [try cases.members(3, hours: 168)], threads: threads)
  }
  exit(0)
}
print("case,threads,problems,wall_s,processor_s,iterations,worst_gap,failed")
if isWanted("dispatch 48 h") { row("dispatch 48 h", try cases.dispatches(40, hours: 48), repeats: 10) }
for threads in [1, 2] {
  if isWanted("coalitions 672 h") {
    row("coalitions 672 h", try cases.coalitions(of: 8, hours: 672), threads: threads)
  }
  if isWanted("C1") { row("C1", [try cases.c1()], repeats: 3, threads: threads) }
  if isWanted("C2") { row("C2", [try cases.c2()], repeats: 3, threads: threads) }
  if isWanted("eight members") { row("eight members", [try cases.members(8)], threads: threads) }
  if isWanted("ten years") { row("ten years", [try cases.c1(years: Array(1...10))], threads: threads) }
}
if isWanted("thirty years") { row("thirty years", [try cases.growing(years: 30, growth: 0.01)]) }
