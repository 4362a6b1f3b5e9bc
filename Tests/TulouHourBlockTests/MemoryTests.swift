import TestSupport
import Testing
import TulouHourBlock
import TulouProblem

/// Something whose end can be seen.
private final class Watched: @unchecked Sendable {
  let ended: @Sendable () -> Void
  init(_ ended: @escaping @Sendable () -> Void) { self.ended = ended }
  deinit { ended() }
}

/// A flag that threads may set.
private final class Flag: @unchecked Sendable { var isSet = false }

@Suite("Memory of the structured solver") struct MemoryTests {
  @Test("threads hold neither a pass nor their owner once it is done", arguments: [1, 2, 5]) func letGo(threads: Int) {
    let pass = Flag()
    weak var owner: Workers?
    do {
      let workers = Workers(threads: threads, groups: 8)
      owner = workers
      for _ in 0..<3 {
        let watched = Watched { pass.isSet = true }
        workers.run(8) { _ in _ = watched }
      }
      #expect(owner != nil)
    }
    // Joined when the owner lets go: nothing is left of either.
    #expect(owner == nil && pass.isSet)
  }

  @Test(
    "sums of different blocks share a place of the lanes, and give what each block gives by itself", arguments: [1, 2])
  func sumsByBlock(threads: Int) throws {
    // Twenty blocks of a day, each with a limit of its own on what the grid brings.
    let blocks = 20, day = 24
    func load(_ t: Int) -> Double { 10 + Double(t * 7 % 24) / 3 }
    func problem(_ range: Range<Int>, limits: [(Range<Int>, Double)]) -> HourlyProblem {
      var problem = HourlyProblem(steps: range.count, stepHours: 1, years: Double(range.count) / 8760)
      problem.blockStarts = Array(stride(from: 0, to: range.count, by: day))
      problem.rows = [.balance(Label("bus", .balance), equals: .series(range.map(load)))]
      problem.states = [State(Label("battery", .content), upper: .fixed(.constant(20)))]
      problem.flows = [
        Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(60))]),
        Flow(Label("engine", .production), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(60))]),
        Flow(
          Label("battery", .charge), rows: [RowTerm(0, .constant(-1))], states: [StateTerm(0, .constant(0.9))],
          upper: [.fixed(.constant(9))]),
        Flow(
          Label("battery", .discharge), rows: [RowTerm(0, .one)], states: [StateTerm(0, .constant(-1))],
          upper: [.fixed(.constant(9))]),
      ]
      problem.objective.add(flow: 0, .series(range.map { 0.1 + 0.01 * Double($0 * 5 % 11) }))
      problem.objective.add(flow: 1, .constant(0.5))
      for (b, limit) in limits.enumerated() {
        let acts = range.map { limit.0.contains($0) ? 1.0 : 0 }
        problem.yearlyRows.append(
          YearlyRow(Label("limit", .limit, part: .named("\(b)")), LinearForm(flows: [0: .series(acts)]), upper: limit.1)
        )
      }
      return problem
    }
    let limits = (0..<blocks).map { b in (b * day..<(b + 1) * day, 100 + 10 * Double(b % 7)) }
    let whole = problem(0..<blocks * day, limits: limits)
    var options = SolveOptions()
    options.threads = threads
    let solution = HourBlock.solve(whole, options: options)
    #expect(solution.status == .optimal && abs(solution.gap) < 1.5e-8, "\(solution.message)")
    let alone = limits.map { HourBlock.solve(problem($0.0, limits: [$0])) }
    #expect(alone.allSatisfy { $0.status == .optimal })
    let sum = alone.reduce(0) { $0 + $1.objective }
    #expect(abs(solution.objective - sum) <= 1e-7 * sum, "\(solution.objective), \(sum)")
    let prices = alone.compactMap { $0.multipliers?.yearly[0] }
    for (mine, own) in zip(solution.multipliers?.yearly ?? [], prices) { #expect(abs(mine - own) < 1e-4) }
    #expect(prices.count == blocks && prices.contains { abs($0) > 0.01 })
    // The lanes need a place for the sums that a segment touches, not for all.
    let form = BlockScaling.scale(
      BlockPresolve.run(BlockCompiler.compile(whole, ranges: whole.impliedRanges()), problem: whole))
    let segments = Segments(blocks: form.blocks, steps: form.steps)
    #expect(form.sums.count == blocks && SegmentSums(form: form, segments: segments).count == 1)
  }
}
