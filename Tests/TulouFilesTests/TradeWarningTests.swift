import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

@Suite("Warnings of trade and of periods")
struct TradeWarningTests {
  private func findings(_ rest: String) -> [Diagnostic] {
    ProjectReader.check(
      text: """
        tulou: 1
        name: trade
        site: {latitude: 50 deg, longitude: 4 deg, time_zone: Etc/GMT-1}
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        \(rest)
        """, path: "project.yaml")
  }

  @Test("two markets of which one pays more than the other charges: arbitrage, on one bus or through a link")
  func arbitrage() {
    func markets(_ other: String, sell: String) -> [Diagnostic] {
      findings(
        """
        horizon: {start: 2027-01-01, length: 24 h}
        buses: {ac: {carrier: electricity}, far: {carrier: electricity}}
        demands: {load: {bus: ac, power: 10 kW}}
        components: {line: {kind: link, from: ac, to: far, efficiency: 90 %, capacity: {existing: 50 kW}}}
        markets:
          grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, limit: {buy: 100 kW}, emission: 0.4 kg/kWh}
          trader: {bus: \(other), class: N, sell: \(sell) EUR/kWh, limit: {sell: 30 kW}}
        """
      ).filter { $0.message.hasPrefix("Arbitrage") }
    }
    #expect(markets("ac", sell: "0.12").map(\.path) == ["markets.trader.sell"])
    #expect(markets("ac", sell: "0.09").isEmpty)
    // 0.12 at the end of a line of 90 % is 0.108 at its begin; 0.11 is 0.099.
    #expect(markets("far", sell: "0.12").count == 1)
    #expect(markets("far", sell: "0.11").isEmpty)
  }

  @Test("a storage that could last longer than the periods is warned of, one that cannot is not")
  func periods() {
    func warned(_ hours: String) -> Bool {
      findings(
        """
        periods: [{start: 2027-01-15, length: 1 d, weight: 182}, {start: 2027-07-15, length: 1 d, weight: 183}]
        demands: {load: {bus: ac, power: 10 kW}}
        components:
          store: {kind: storage, bus: ac, round_trip: 90 %, hours: \(hours), capacity: {max: 100 kW}, capital: {power: 1 EUR/kW}}
        markets: {grid: {bus: ac, class: N, buy: 1 EUR/kWh, emission: 0.4 kg/kWh}}
        """
      ).contains { $0.message.contains("closes its own storage cycle") }
    }
    #expect(warned("1000 h"))
    #expect(!warned("6 h"))
  }
}
