import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// Heat goes downwards only, through matches as through screening.
@Suite struct CascadeTests {
  /// A boiler house with 100 kW between 185 and 65 degC, and three users of 60 kW each.
  static func park(needs: [Double]) -> (Park, RouteRules) {
    var park = Park(blocks: [8760])
    park.partners = [Partner(id: "station")] + needs.indices.map { Partner(id: "user\($0)") }
    var steam = StreamSource(id: "steam", partner: "station", kind: .heat, supply: [100])
    steam.temperatures = TemperatureSpan(from: 185, to: 65)
    steam.disposal = 0.001
    park.sources = [steam]
    for (i, need) in needs.enumerated() {
      var sink = StreamSink(id: "use\(i)", partner: "user\(i)", kind: .heat, need: [60])
      sink.temperatures = TemperatureSpan(from: need, to: need)
      sink.price = 0.05
      park.sinks.append(sink)
    }
    return (park, RouteRules())
  }

  @Test func tooColdIsSaidWithKelvins() {
    var (park, rules) = Self.park(needs: [90, 170, 187])
    park.sources[0].temperatures = TemperatureSpan(from: 60, to: 40)
    let screening = Screening(park, rules: rules, upgrades: [])
    #expect(screening.links.isEmpty)
    #expect(screening.rejected.first?.reason == "too cold by 40 K")
    var pump = Upgrade(id: "booster", kind: .heat)
    pump.from = 55
    pump.to = 96
    pump.yield = 1.45
    let lifted = Screening(park, rules: rules, upgrades: [pump])
    #expect(lifted.links.map(\.id) == ["steam->use0 by booster"])
    #expect(lifted.rejected.last?.reason == "too cold by 137 K; by booster: it delivers too cold by 96 K")
    rules.kinds[.heat] = RouteRule()
    #expect(Screening(park, rules: rules, upgrades: []).rejected.count == 3)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func hotUsersShareWhatIsHotOnly() throws {
    let (bare, rules) = Self.park(needs: [155, 115, 55])
    var park = bare
    park.links = Screening(park, rules: rules, upgrades: []).links
    #expect(park.links.count == 3)
    let plan = try Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options).best()
    // Above 165 degC lies a sixth of the steam's heat, above 125 degC a half.
    #expect(plan.flows[0][0] <= 100 * 20 / 120 + 1e-6)
    #expect(plan.flows[0][0] + plan.flows[1][0] <= 50 + 1e-6)
    #expect(abs(plan.flows.reduce(0) { $0 + $1[0] } - 100) < 1e-6)
  }

  @Test func coldIsScreenedUpsideDown() {
    var park = Park(blocks: [8760])
    park.partners = [Partner(id: "terminal"), Partner(id: "store")]
    var lng = StreamSource(id: "lng", partner: "terminal", kind: .cold, supply: [100])
    lng.temperatures = TemperatureSpan(from: -162, to: -10)
    var store = StreamSink(id: "freezing", partner: "store", kind: .cold, need: [50])
    store.temperatures = TemperatureSpan(from: -18, to: -30)
    park.sources = [lng]
    park.sinks = [store]
    #expect(Screening(park, rules: RouteRules(), upgrades: []).links.count == 1)
    park.sources[0].temperatures = TemperatureSpan(from: -20, to: -10)
    #expect(Screening(park, rules: RouteRules(), upgrades: []).rejected.first?.reason == "too warm by 20 K")
  }

  @Test func distanceLawAndSubstancesAreSaid() {
    var park = Park(blocks: [10])
    park.partners = [Partner(id: "a"), Partner(id: "b")]
    park.sources = [StreamSource(id: "ash", partner: "a", kind: .material, supply: [1])]
    park.sinks = [StreamSink(id: "clinker", partner: "b", kind: .material, need: [1])]
    var rules = RouteRules()
    var pair = RouteRule()
    pair.distance = 60_000
    pair.longest = 50_000
    rules.pairs[RouteEnds(from: "a", to: "b")] = pair
    func reason() -> String? { Screening(park, rules: rules, upgrades: []).rejected.first?.reason }
    #expect(reason() == "too far by 10 km")
    rules.pairs[RouteEnds(from: "a", to: "b")]?.longest = nil
    #expect(reason() == nil)
    park.sources[0].isBarred = true
    park.sources[0].wasteCode = "10 01 02"
    #expect(reason() == "the law of waste bars it (code 10 01 02)")
    park.sources[0].isBarred = false
    park.sources[0].contents = ["chloride": 500]
    park.sinks[0].limits = ["chloride": 100]
    park.sinks[0].freshContents = ["chloride": 100]
    #expect(reason()?.contains("too much chloride: 500 mg/kg where 100 is the limit") == true)
    park.sinks[0].freshContents = [:]
    park.sinks[0].need = [0]
    #expect(reason() == "never there when it is needed")
  }

  @Test func sixtyPartnersScreenInASecond() {
    var dice = Dice(3)
    var park = Park(blocks: [Double](repeating: 365, count: 24))
    park.partners = (0..<60).map { i in
      var partner = Partner(id: "p\(i)")
      partner.latitude = 25 + dice.number(0, 0.1)
      partner.longitude = 117 + dice.number(0, 0.1)
      return partner
    }
    let kinds = StreamKind.allCases
    let flows = [Double](repeating: 10, count: 24)
    for i in 0..<200 {
      var source = StreamSource(id: "s\(i)", partner: "p\(i % 60)", kind: kinds[i % 6], supply: flows)
      source.temperatures = TemperatureSpan(from: dice.number(30, 200), to: 25)
      var sink = StreamSink(id: "d\(i)", partner: "p\(i * 7 % 60)", kind: kinds[i % 6], need: flows)
      sink.temperatures = TemperatureSpan(from: 20, to: dice.number(30, 200))
      park.sources.append(source)
      park.sinks.append(sink)
    }
    let clock = ContinuousClock()
    var screening: Screening?
    let time = clock.measure { screening = Screening(park, rules: RouteRules(), upgrades: []) }
    #expect(time < .seconds(1))
    #expect((screening?.links.count ?? 0) > 1000 && (screening?.rejected.count ?? 0) > 100)
  }
}
