import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// An empty list asks for nothing where the key left out asks for all: it is refused, not billed as zero.
@Suite("Empty lists in tariffs") struct EmptyListTests {
  private static func refused(_ market: String) -> [Diagnostic] {
    let text = """
      tulou: 1
      horizon: {start: 2027-06-01, length: 48 h}
      economy: {currency: EUR, real_discount_rate: 5 %}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 60 kW}}
      markets:
        grid: {bus: ac, class: N, emission: 0.4 kg/kWh,
          \(market)}
      """
    return ProjectReader.check(text: text, path: "market.yaml").filter { $0.severity == .error }
  }

  @Test(
    "of a demand charge, a band and outages",
    arguments: [
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, hours: []}", "hours"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, days: []}", "days"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, months: []}", "months"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, ratchet: 50 %, ratchet_months: []}", "ratchet_months"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, at: []}", "at"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, times: []}", "times"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, times: [{hours: []}]}", "hours"),
      ("buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, times: [{days: []}]}", "days"),
      ("buy: {bands: {day: {price: 0.2 EUR/kWh, hours: []}, night: {price: 0.1 EUR/kWh, hours: rest}}}", "hours"),
      ("buy: {bands: {day: {price: 0.2 EUR/kWh, days: []}, night: {price: 0.1 EUR/kWh, hours: rest}}}", "days"),
      ("buy: {bands: {day: {price: 0.2 EUR/kWh, months: []}, night: {price: 0.1 EUR/kWh, hours: rest}}}", "months"),
      ("buy: 0.2 EUR/kWh, outages: {times: []}", "times"),
    ])
  func refused(market: String, key: String) {
    let found = Self.refused(market)
    #expect(found.count == 1 && found.first?.message.hasPrefix("'\(key)' is an empty list") == true, "\(found)")
    #expect(found.first?.place?.line == 8 && found.first?.advice.contains(key) == true)
  }

  @Test("and 'times' takes a list of mappings, and says so")
  func times() {
    let charge = "buy: 0.2 EUR/kWh, demand_charge: {rate: 12 EUR/kW/month, times: "
    #expect(Self.refused(charge + "noon}").map(\.message) == ["'times' takes a list, not 'noon'."])
    #expect(Self.refused(charge + "[noon]}").map(\.message) == ["An entry of 'times' is a mapping, not 'noon'."])
    #expect(Self.refused(charge + "[{hours: [\"10:00-12:00\"]}]}").isEmpty)
  }
}
