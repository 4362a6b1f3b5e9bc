import Testing
import TulouStreams

/// Least fresh water against printed examples.
@Suite struct WaterTargetsTests {
  static let wangSmith = [(2.0, 0.0, 100.0), (5, 50, 100), (30, 50, 800), (4, 400, 800)].map {
    WaterOperation(load: $0.0, inlet: $0.1, outlet: $0.2)
  }

  /// Wang and Smith 1994: 90.0 t/h, 112.5 without reuse, 46.2 and 20.0 with regeneration to 5 ppm.
  @Test func wangSmith() {
    let reuse = WaterTargets(sources: [], sinks: [], operations: Self.wangSmith)
    #expect(abs(reuse.fresh - 90) < 1e-9 && abs(reuse.withoutReuse - 112.5) < 1e-9 && reuse.pinch == 100)
    func with(_ passes: Regeneration.Passes) -> WaterTargets {
      WaterTargets(
        sources: [], sinks: [], operations: Self.wangSmith, regeneration: Regeneration(outlet: 5, passes: passes))
    }
    #expect(abs(with(.once).fresh - 9000.0 / 195) < 1e-9 && abs(with(.once).regenerated - 9000.0 / 195) < 1e-9)
    #expect(abs(with(.recycle).fresh - 20) < 1e-9 && abs(with(.recycle).regenerated - 7000.0 / 95) < 1e-9)
  }

  /// Polley and Polley 2000: 70 and 50 t/h.
  @Test func polley() {
    let targets = WaterTargets(
      sources: [(50.0, 50.0), (100, 100), (70, 150), (60, 250)].map { WaterSource(flow: $0.0, concentration: $0.1) },
      sinks: [(50.0, 20.0), (100, 50), (80, 100), (70, 200)].map { WaterSink(flow: $0.0, limit: $0.1) })
    #expect(abs(targets.fresh - 70) < 1e-9 && abs(targets.waste - 50) < 1e-9 && targets.withoutReuse == 300)
  }

  /// Sorin and Bedard 1999: 200 and 120 t/h.
  @Test func sorinBedard() {
    let targets = WaterTargets(
      sources: [(120.0, 100.0), (80, 140), (140, 180), (80, 230), (195, 250)].map {
        WaterSource(flow: $0.0, concentration: $0.1)
      },
      sinks: [(120.0, 0.0), (80, 50), (80, 50), (140, 140), (80, 170), (195, 240)].map {
        WaterSink(flow: $0.0, limit: $0.1)
      })
    #expect(abs(targets.fresh - 200) < 1e-9 && abs(targets.waste - 120) < 1e-9)
  }

  @Test func nothingAndTooDirtyFreshWater() {
    let none = WaterTargets(sources: [], sinks: [])
    #expect(none.fresh == 0 && none.waste == 0 && none.withoutReuse == 0)
    let dirty = WaterTargets(sources: [], sinks: [WaterSink(flow: 3, limit: 2)], freshQuality: 5)
    #expect(dirty.impossible == [0])
  }
}
