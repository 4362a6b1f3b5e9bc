import Testing
import Tulou

/// A project made or changed in code is looked at as a file's is.
@Suite("Project.validate") struct ValidateTests {
  private static func project() throws -> Project {
    var park = Cluster(
      "Shop", at: Location(latitude: 50, longitude: 10), currency: "EUR", realRate: 0.05, years: 20,
      over: Span(start: "2027-01-01", days: 1))
    park.add(.demand("shop", power: Array(repeating: 5, count: 24)))
    park.add(.grid(buy: 0.2, sell: 0.05, emission: 0.4))
    park.add(
      Battery("battery", hours: 2, size: .upTo(.kilowatts(5)), cost: MachineCost(capital: 100)).stating(
        "round_trip", "90 %"))
    return try park.project()
  }

  @Test("says nothing of a sound project but what the reader says") func sound() throws {
    let project = try Self.project()
    #expect(project.validate().allSatisfy { $0.severity != .error }, "\(project.validate())")
  }

  @Test(
    "names what would lead nowhere or trap",
    arguments: [
      ("demands.shop", "3 values"), ("demands.shop", "nan"), ("demands.shop", "no bus"), ("markets.grid", "7 values"),
      ("components.battery", "efficiency"), ("components.battery", "no member"), ("economy", "lifetime"),
      ("buses.ac", "no carrier"), ("components.battery", "above its greatest"),
    ]) func faults(path: String, words: String) throws
  {
    var project = try Self.project()
    switch (path, words) {
    case (_, "3 values"): project.demands[0].power = [1, 2, 3]
    case (_, "nan"): project.demands[0].power[3] = .nan
    case (_, "no bus"): project.demands[0].bus = "acc"
    case (_, "7 values"): project.markets[0].buy = Market.Price(price: PathSeries([1, 2, 3, 4, 5, 6, 7]))
    case (_, "no member"): project.components[0].member = "nobody"
    case (_, "lifetime"): project.economy.lifetime = -1
    case (_, "no carrier"): project.buses[0].carrier = "ether"
    case (_, "above its greatest"): project.components[0].sizes[0].minimum = 1e6
    default:
      guard case .storage(var storage) = project.components[0].block else { return }
      storage.chargeEfficiency = 0
      project.components[0].block = .storage(storage)
    }
    let errors = project.validate().filter { $0.severity == .error }
    #expect(errors.contains { $0.path == path && $0.message.contains(words) }, "\(errors)")
  }
}
