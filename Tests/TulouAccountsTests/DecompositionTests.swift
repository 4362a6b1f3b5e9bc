import Testing
import TulouAccounts
import TulouQuantities

@Suite struct DecompositionTests {
  @Test func `the four terms sum to the difference for arbitrary numbers (R94)`() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<2000 {
      func state() -> FleetState {
        let clean = random.uniform(0...1e9), thermal = random.uniform() < 0.05 ? 0 : random.uniform(0...1e9)
        return FleetState(
          clean: clean, thermal: thermal, consumption: random.uniform(0...1) * (clean + thermal),
          emission: thermal * random.uniform(0...1.2), other: random.uniform(0...1e8))
      }
      let base = state(), target = state()
      let parts = EmissionDecomposition(from: base, to: target)
      let scale = 1 + abs(parts.substitution) + abs(parts.losses) + abs(parts.saving) + abs(parts.factor)
      #expect(abs(parts.residual) < 1e-9 * scale)
      #expect(abs(parts.total - (base.emission + base.other - target.emission - target.other)) < 1e-9 * scale)
    }
  }

  @Test func `each term answers to its cause`() {
    let base = FleetState(clean: 100, thermal: 900, consumption: 950, emission: 810)
    let wind = FleetState(clean: 200, thermal: 800, consumption: 950, emission: 720)
    #expect(abs(EmissionDecomposition(from: base, to: wind).substitution - 90) < 1e-9)
    let lines = FleetState(clean: 100, thermal: 880, consumption: 950, emission: 792)
    #expect(abs(EmissionDecomposition(from: base, to: lines).losses - 18) < 1e-9)
    let saving = FleetState(clean: 100, thermal: 850, consumption: 900, emission: 765)
    #expect(abs(EmissionDecomposition(from: base, to: saving).saving - 45) < 1e-9)
    let better = FleetState(clean: 100, thermal: 900, consumption: 950, emission: 720)
    #expect(abs(EmissionDecomposition(from: base, to: better).factor - 90) < 1e-9)
  }
}
