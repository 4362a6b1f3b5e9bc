import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Keys of outages, survival and of what wears machines and batteries.
@Suite("Keys of outages and wear") struct OutageKeyTests {
  static func text(outages: String, genset: String = "", battery: String = "", more: String = "") -> String {
    """
    tulou: 1
    name: keys
    horizon: {start: 2027-01-01, length: 1 y, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers:
      diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.26 kg/kWh}
    buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
    markets:
      grid: {bus: ac, class: N, buy: 0.1 USD/kWh, limit: {buy: 1 MW}, outages: \(outages)}
      oil: {bus: tank, class: N, buy: 0.1 USD/kWh}
    demands:
      load: {bus: ac, power: 10 kW}
    components:
      genset: {kind: generator, fuel: tank, power: ac, efficiency: 30 %, capacity: {fixed: 20 kW}\(genset)}
      battery: {kind: storage, bus: ac, round_trip: 81 %, hours: 4 h, capacity: {fixed: 5 kW}\(battery)}
    \(more)
    """
  }

  private func outages(_ text: String) throws -> GridOutages {
    let project = try ProjectReader.read(text: Self.text(outages: text), path: "keys.yaml")
    return try #require(project.markets.first { $0.id == "grid" }?.outages)
  }

  private func errors(_ text: String) -> String {
    ProjectReader.check(text: text, path: "keys.yaml").filter { $0.severity == .error }
      .map { "\($0.path): \($0.message)" }.joined(separator: "\n")
  }

  @Test("planned outages by span and by the calendar") func planned() throws {
    let spans = try outages("{times: [2027-01-01T18/2027-01-01T21, 2027-01-03/2027-01-04]}")
    #expect(spans.sums(steps: 8760, stepHours: 1) == (2, 27))
    #expect(!spans.isOut(17) && spans.isOut(18) && spans.isOut(20) && !spans.isOut(21) && spans.isOut(48))
    let hours = try outages("{hours: [\"18:00-20:00\"], days: workdays, months: [1]}")
    // January 2027 has 21 days from Monday to Friday.
    #expect(hours.sums(steps: 8760, stepHours: 1) == (21, 42))
  }

  @Test("random failures follow their seed") func random() throws {
    let first = try outages("{mean_interval: 60 d, duration: 3 h, seed: 1}")
    #expect(first == (try outages("{mean_interval: 60 d, duration: 3 h}")))
    #expect(first != (try outages("{mean_interval: 60 d, duration: 3 h, seed: 2}")))
    let sums = first.sums(steps: 8760, stepHours: 1)
    #expect(sums.count >= 1 && sums.count < 20 && sums.hours == Double(sums.count) * 3)
    #expect(first.planned.isEmpty && first.meanHours == 3)
  }

  @Test("what is wrong is said") func wrong() {
    #expect(errors(Self.text(outages: "{duration: 3 h}")).contains("mean_interval"))
    #expect(errors(Self.text(outages: "{}")).contains("neither when nor how often"))
    #expect(errors(Self.text(outages: "{times: [tomorrow]}")).contains("is not a span of time"))
    #expect(errors(Self.text(outages: "{frequency: 2}")).contains("frequency"))
  }

  @Test("wear of machines and batteries, failures, survival") func wear() throws {
    let text = Self.text(
      outages: "{mean_interval: 60 d, duration: 3 h}",
      genset:
        ", run_cost: 0.02 USD/kWh, life_hours: 15000 h, failures: {mean_time_to_failure: 1100 h, availability: 99.5 %, start_failure: 0.94 %}",
      battery:
        ", kinetic: {share: 40 %, rate: 80 %/h, charge_rate: 100 %/h}, fade: {per_cycle: 0.0144 %, exponent: 1.2, per_year: 1 %/y, end: 70 %}",
      more: "reliability: {survival: {longest: 72 h, fuel: 2 MWh}}")
    let project = try ProjectReader.read(text: text, path: "keys.yaml")
    #expect(project.reliability.longestOutage == 72 && project.reliability.outageFuel == 2000)
    guard case .converter(let genset) = project.components[0].block,
      case .storage(let battery) = project.components[1].block
    else { return }
    #expect(genset.runCost == 0.02 && genset.lifeHours == 15000)
    #expect(genset.failures?.meanHoursToFailure == 1100 && genset.failures?.availability == 0.995)
    #expect(abs((genset.failures?.startFailure ?? 0) - 0.0094) < 1e-12)
    #expect(battery.kinetic?.share == 0.4 && battery.kinetic?.rate == 0.8 && battery.kinetic?.chargeRate == 1)
    #expect(abs((battery.fade?.perCycle ?? 0) - 0.000144) < 1e-12 && battery.fade?.exponent == 1.2)
    #expect(battery.fade?.perYear == 0.01 && battery.fade?.end == 0.7)
  }
}
