import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// Numbers of routes and of matches that a hand can count.
@Suite struct StreamNumberTests {
  /// Heat from 185 to 65 degC, 100 kW, and a user of 60 kW two kilometres away; 5 K and 3 % are lost to the kilometre.
  private func heat(need: Double, loss: Double = 0) -> (Park, Screening) {
    let (bare, _) = CascadeTests.park(needs: [need])
    var rules = RouteRules()
    var rule = RouteRule()
    rule.distance = 2000
    rule.coolingPerKilometre = 5
    rule.lossPerKilometre = loss
    rules.kinds[.heat] = rule
    return (bare, Screening(bare, rules: rules, upgrades: []))
  }

  @Test func heatCoolsAndIsLostOnTheWay() throws {
    let link = try #require(heat(need: 150, loss: 0.03).1.links.first)
    #expect(link.temperatureLoss == 10 && abs(link.efficiency - 0.94) < 1e-12)
    // 170 degC, 5 K on each side and 10 K of the way.
    #expect(heat(need: 170).1.rejected.first?.reason == "too cold by 5 K")
  }

  @Test(.enabled(if: RandomPark.library != nil)) func whatCoolsOnTheWayComesFromHotterHeat() throws {
    let (bare, screening) = heat(need: 135)
    var park = bare
    park.links = screening.links
    let plan = try Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options).best()
    // Above 135 + 5 + 5 + 10 degC lies a quarter of 120 K.
    #expect(abs(plan.flows[0][0] - 25) < 1e-5)
  }

  @Test func partsThatCleanOneAfterTheOther() throws {
    var park = Park(blocks: [10])
    park.partners = [Partner(id: "a"), Partner(id: "b")]
    park.sources = [StreamSource(id: "rinse", partner: "a", kind: .water, supply: [1])]
    park.sinks = [StreamSink(id: "wash", partner: "b", kind: .water, need: [1])]
    var rules = RouteRules()
    var rule = RouteRule()
    rule.removal = ["salt": 0.5]
    rules.kinds[.water] = rule
    var plant = Upgrade(id: "plant", kind: .water)
    plant.removal = ["salt": 0.8]
    let links = Screening(park, rules: rules, upgrades: [plant]).links
    let cleaned = try #require(links.first { $0.upgrade == "plant" })
    #expect(abs((cleaned.removal["salt"] ?? 0) - 0.9) < 1e-12)
  }

  @Test func wayBetweenTwoPlaces() throws {
    var park = Park(blocks: [10])
    park.partners = [Partner(id: "a"), Partner(id: "b")]
    for (k, east) in [10.0, 11].enumerated() {
      park.partners[k].latitude = 60
      park.partners[k].longitude = east
    }
    park.sources = [StreamSource(id: "ash", partner: "a", kind: .material, supply: [1])]
    park.sinks = [StreamSink(id: "clinker", partner: "b", kind: .material, need: [1])]
    let link = try #require(Screening(park, rules: RouteRules(), upgrades: []).links.first)
    // A degree of longitude at 60 degrees north, by the angle between two directions: 55,597 m; the way is 1.3 times that.
    #expect(abs((link.length ?? 0) - 1.3 * 55_597.2) < 1)
  }

  /// 10 t/h of ash whose disposal costs 5 EUR/t, 8 t/h of clinker at 20 EUR/t, 1000 h a year; 2 EUR/t to carry, 3000 EUR/y and
  /// 100 EUR/y for each t/h.
  private func ash() -> Park {
    var park = Park(blocks: [1000])
    park.partners = [Partner(id: "a"), Partner(id: "b")]
    var ash = StreamSource(id: "ash", partner: "a", kind: .material, supply: [10])
    ash.disposal = 5
    ash.emergencyDisposal = 9
    var clinker = StreamSink(id: "clinker", partner: "b", kind: .material, need: [8])
    clinker.price = 20
    clinker.emergencyPrice = 40
    var link = Link(id: "ash->clinker", source: 0, sink: 0, largest: 10)
    link.transport = 2
    link.fixed = 3000
    link.perCapacity = 100
    park.sources = [ash]
    park.sinks = [clinker]
    park.links = [link]
    return park
  }

  private func matching(_ park: Park) throws -> Matching {
    Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func pricesAndWorthByHand() throws {
    let matching = try matching(ash())
    let plan = try matching.best()
    // 16,000 to carry, 3,800 for the link, 2,000 t disposed of.
    #expect(abs(matching.apart - 210_000) < 1e-6 && abs(plan.value - 29_800) < 1e-3)
    let value = MatchValue(matching.park, link: 0, in: plan)
    #expect(value.lowestPrice == -5 && abs(value.highestPrice - (160_000 - 16_000 - 3800) / 8000) < 1e-6)
    #expect(abs((value.proposedPrice ?? 0) - (17.525 - 5) / 2) < 1e-6)
    #expect(abs((try matching.marginals(plan)[0] ?? 0) - 180_200) < 1e-3)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func carbonHasItsPrice() throws {
    var park = ash()
    park.carbonPrice = 0.1
    park.sinks[0].emission = 30
    park.links[0].emission = 2
    let matching = try matching(park)
    #expect(abs(matching.apart - 234_000) < 1e-6)
    #expect(abs((try matching.best().value) - 31_400) < 1e-3)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func whoLosesAPartIsNotBroken() throws {
    var park = ash()
    park.sinks[0].accepts = [3]
    let matching = try matching(park)
    let victims = try matching.failure(of: "a", try matching.best()).victims
    let victim = try #require(victims.first)
    // Three of eight tonnes lack.
    #expect(victim.partner == "b" && abs(victim.missingShare - 0.375) < 1e-6 && !victim.isBroken)
    let whole = try self.matching(ash())
    #expect(try whole.failure(of: "a", try whole.best()).victims.first?.isBroken == true)
  }

  /// A need that costs nothing, such as waste water that a plant would treat, is not missing; with CO2 it is.
  @Test(.enabled(if: RandomPark.library != nil)) func whatCostsNothingIsNotMissing() throws {
    var park = ash()
    park.sinks[0].price = 0
    park.sinks[0].emergencyPrice = 0
    let free = try matching(park)
    #expect(try free.best().built == [true] && free.failure(of: "a", free.best()).victims.isEmpty)
    park.sinks[0].emission = 30
    let dirty = try matching(park)
    let victim = try #require(try dirty.failure(of: "a", dirty.best()).victims.first)
    #expect(victim.loss == 0 && victim.isBroken)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func whatIsSavedHasItsWorth() throws {
    var park = ash()
    park.links = []
    park.sources[0].reductions = [Reduction(id: "less", saves: 0.5, yearlyCost: 1000, worth: 3)]
    // Half of the 50,000 for disposal stays; 1,000 are paid, 15,000 are worth.
    let plan = try matching(park).best()
    #expect(abs(plan.value - (25_000 + 1000 + 8 * 20_000 - 15_000)) < 1e-3)
  }

  @Test(.enabled(if: RandomPark.library != nil)) func contractsThatForbidSavingAreLockIns() throws {
    var park = ash()
    park.links[0].minimum = 8000
    park.sources[0].reductions = [Reduction(id: "less", saves: 0.5, yearlyCost: 100)]
    let matching = try matching(park)
    let order = try #require(try matching.reductionOrder(try matching.best()))
    #expect(order.measuresOnly.measures == [true])
    let lockIn = try #require(order.lockedIn.first)
    // 8,000 t are promised, 5,000 t would be left.
    #expect(lockIn.source == "ash" && abs(lockIn.missing - 3000) < 1e-6 && lockIn.contracts == ["ash->clinker"])
  }
}
