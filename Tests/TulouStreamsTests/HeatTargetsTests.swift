import Testing
import TulouStreams

/// Least utilities against textbooks, and against a second way of counting.
@Suite struct HeatTargetsTests {
  /// Kemp 2007, Pinch Analysis and Process Integration, four-stream example: 20 and 60 kW, pinch at 85 degC shifted.
  static let kemp = [
    HeatStream(supply: 170, target: 60, duty: 330, approach: 5),
    HeatStream(supply: 150, target: 30, duty: 180, approach: 5),
    HeatStream(supply: 20, target: 135, duty: 230, approach: 5),
    HeatStream(supply: 80, target: 140, duty: 240, approach: 5),
  ]

  @Test func textbookExample() {
    let targets = HeatTargets(Self.kemp)
    #expect(abs(targets.hotUtility - 20) < 1e-9 && abs(targets.coldUtility - 60) < 1e-9)
    #expect(targets.pinches == [85] && abs(targets.recovered - 450) < 1e-9 && !targets.isThreshold)
    #expect(targets.grandComposite.first?.heat == targets.hotUtility)
    #expect(targets.hotComposite.last?.heat == 510 && targets.hotComposite.first?.temperature == 30)
    // Where the cold curve ends, the hot utility begins: its length is the rest of the demand.
    #expect(abs((targets.coldComposite.last?.heat ?? 0) - 530) < 1e-9)
  }

  @Test func nothingAndLatentHeat() {
    #expect(HeatTargets([]).hotUtility == 0 && HeatTargets([]).pinches.isEmpty)
    // Steam that condenses at 120 degC serves boiling at 100 degC, not at 115 degC.
    let steam = HeatStream(supply: 120, target: 120, duty: 50, approach: 5, isHot: true)
    func boil(_ temperature: Double) -> HeatTargets {
      HeatTargets([steam, HeatStream(supply: temperature, target: temperature, duty: 50, approach: 5, isHot: false)])
    }
    #expect(boil(100).hotUtility == 0 && boil(110).hotUtility == 0)
    #expect(boil(115).hotUtility == 50 && boil(115).coldUtility == 50)
    // All on the hot side: one pinch at the end where nothing is left.
    let hot = HeatTargets([HeatStream(supply: 90, target: 20, duty: 7, approach: 5)])
    #expect(hot.hotUtility == 0 && hot.coldUtility == 7 && hot.isThreshold)
  }

  @Test func sixtyDegreesNeverServeNinety() {
    let targets = HeatTargets([
      HeatStream(supply: 60, target: 40, duty: 1000, approach: 5),
      HeatStream(supply: 70, target: 90, duty: 100, approach: 5),
    ])
    #expect(targets.hotUtility == 100 && targets.coldUtility == 1000 && targets.recovered == 0)
  }

  @Test(arguments: 1...40) func randomStreamsAgainstDeficitAboveEachLevel(seed: Int) {
    var random = Dice(seed)
    let streams = (0..<random.whole(1, 60)).map { _ in
      let supply = Double(random.whole(10, 400))
      let target = supply + Double(random.whole(1, 150)) * (random.whole(0, 1) == 0 ? 1 : -1)
      return HeatStream(
        partner: "p\(random.whole(1, 3))", supply: supply, target: target, duty: random.number(1, 500), approach: 5)
    }
    let targets = HeatTargets(streams)
    // Greatest deficit above any shifted temperature, counted without a cascade.
    func above(_ level: Double) -> Double {
      streams.reduce(0) { sum, stream in
        let shift = stream.isHot ? -stream.approach : stream.approach
        let span = TemperatureSpan(from: stream.supply + shift, to: stream.target + shift)
        return sum + (stream.isHot ? -1 : 1) * stream.duty * span.share(above: level)
      }
    }
    let levels = streams.flatMap { stream -> [Double] in
      let shift = stream.isHot ? -stream.approach : stream.approach
      return [stream.supply + shift, stream.target + shift]
    }
    let deficit = max(0, levels.map(above).max() ?? 0)
    #expect(abs(targets.hotUtility - deficit) < 1e-6)
    let balance = streams.reduce(0) { $0 + ($1.isHot ? 1 : -1) * $1.duty }
    #expect(abs(targets.coldUtility - (deficit + balance)) < 1e-6)
    let alone = HeatTargets.alone(streams)
    #expect(alone.reduce(0) { $0 + $1.targets.hotUtility } >= targets.hotUtility - 1e-6)
  }

  @Test func manyZonesAreQuick() {
    var random = Dice(7)
    let streams = (0..<244).map { i in
      let supply = random.number(10, 400)
      return HeatStream(
        partner: "zone\(i % 20)", supply: supply, target: supply + random.number(5, 150) * (i % 2 == 0 ? 1 : -1),
        duty: random.number(1, 500), approach: 5)
    }
    let clock = ContinuousClock()
    let time = clock.measure { _ = (HeatTargets(streams), HeatTargets.alone(streams)) }
    #expect(time < .seconds(1))
  }
}
