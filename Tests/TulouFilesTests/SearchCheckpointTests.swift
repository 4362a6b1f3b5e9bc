import Foundation
import Synchronization
import TestSupport
import Testing
import TulouDispatch
import TulouFiles
import TulouPlanning
import TulouProject

/// A search killed at any moment goes on from what was last kept, and ends as if nothing had happened.
@Suite("Checkpoints of a search") struct SearchCheckpointTests {
  /// Two days, all free; two machines (`slow`) are more than lanes take.
  private static func project(slow: Bool) throws -> Project {
    try ProjectReader.read(
      text: """
        tulou: 1
        name: kept
        horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
        economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
        carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.25 kg/kWh}}
        buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
        demands: {d: {bus: ac, power: 10 kW, tiers: {a: 100 %}}}
        reliability: {unserved_cost: {a: 2 USD/kWh}}
        components:
          sun: {kind: source, bus: ac, class: S.sun, availability: 30 %, capacity: {max: 60 kW}, capital: 900 USD/kW}
          bat: {kind: storage, bus: ac, round_trip: 90 %, hours: 4 h, capacity: {max: 20 kW}, capital: 600 USD/kW}
          gen: {kind: generator, fuel: tank, power: ac, efficiency: 25 %, capacity: {max: 12 kW}, capital: 500 USD/kW}
        \(slow ? "  more: {kind: generator, fuel: tank, power: ac, efficiency: 30 %, capacity: {max: 6 kW}, capital: 700 USD/kW}" : "")
        markets: {fuel: {bus: tank, class: N, buy: 1 USD/l}}
        limits: {renewable_fraction: {min: 40 %}}
        """, path: "kept.yaml")
  }

  @Test(
    "what is read is what was written, at every moment, and leads to the same end",
    arguments: [SearchOptions.Method.grid, .evolve, .optimise], [false, true])
  func everyMoment(method: SearchOptions.Method, slow: Bool) throws {
    let project = try Self.project(slow: slow)
    let folder = try ScratchFolder.make()
    let checkpoint = SearchCheckpoint(of: folder.path + "/search")
    var options = SearchOptions()
    options.method = method
    // Kept after every few designs and read again each time, so few designs.
    options.points = slow ? 2 : 5
    options.most = slow ? 80 : 250
    options.rows = 10
    options.seeksBound = false
    options.years = slow ? 2 : nil
    options.yearDesigns = 4
    options.keepEvery = 0
    let kept = Mutex<[SearchProgress]>([])
    let asked = Mutex(0)
    options.keep = { progress in
      // Every eighth time is enough: writing and reading take longer than the designs.
      guard
        asked.withLock({
          $0 += 1; return $0 % 8 == 1
        })
      else { return }
      checkpoint.write(progress)
      let read = checkpoint.read()
      #expect(read == progress && read?.tried.count == progress.triedCount)
      if let read { kept.withLock { $0.append(read) } }
    }
    let whole = try SearchStudy.run(project: project, options: options, solver: nil)
    let moments = kept.withLock { $0 }
    #expect(moments.count > 3)
    options.keep = { _ in }
    for progress in [
      moments[0], moments[moments.count / 3], moments[moments.count * 2 / 3], moments[moments.count - 1],
    ] {
      let end = try SearchStudy.run(project: project, options: options, solver: nil, resuming: progress)
      #expect(end.resumedFrom == progress.evaluated)
      #expect(end.rows == whole.rows && end.surface == whole.surface && end.rejectedSample == whole.rejectedSample)
      #expect(end.rejected == whole.rejected && end.evaluated == whole.evaluated && end.feasible == whole.feasible)
      #expect(end.leastCapital == whole.leastCapital && end.valuedInYears == whole.valuedInYears)
    }
  }

  @Test("a torn file is no checkpoint, designs behind the last state do not count, and nothing is left at the end")
  func torn() throws {
    let folder = try ScratchFolder.make()
    let checkpoint = SearchCheckpoint(of: folder.path + "/search")
    #expect(checkpoint.read() == nil)
    var options = SearchOptions()
    options.method = .evolve
    options.most = 400
    options.seeksBound = false
    let last = Mutex<SearchProgress?>(nil)
    options.keep = { progress in last.withLock { $0 = progress } }
    _ = try SearchStudy.run(project: try Self.project(slow: false), options: options, solver: nil)
    let progress = try #require(last.withLock { $0 })
    #expect(progress.triedCount > 100)
    checkpoint.write(progress)
    let place = folder.path + "/.search.checkpoint/"
    let designs = try #require(FileHandle(forWritingAtPath: place + "designs"))
    try designs.seekToEnd()
    try designs.write(contentsOf: Data([1, 2, 3]))
    try designs.close()
    #expect(checkpoint.read() == progress)
    // What a kill tore off is cut away when more is kept.
    checkpoint.write(progress)
    #expect(try Data(contentsOf: URL(fileURLWithPath: place + "designs")).count == progress.triedCount * 8 * 6)
    let state = try Data(contentsOf: URL(fileURLWithPath: place + "state"))
    try state.prefix(state.count / 2).write(to: URL(fileURLWithPath: place + "state"))
    #expect(checkpoint.read() == nil)
    checkpoint.remove()
    #expect(!FileManager.default.fileExists(atPath: place))
  }
}
