import Testing
import Tulou

/// Ten lines plan a cluster from code.
@Suite("A cluster made in code") struct ClusterTests {
  private static let means = [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29]

  private static func workshop() -> Cluster {
    var park = Cluster(
      "Workshop", at: Location(latitude: 22.55, longitude: 114.10), currency: "EUR", realRate: 0.06, years: 25,
      over: Span(start: "2027-01-01", days: 7))
    let sun = park.add(.sun(monthlyIrradiation: means))
    park.add(.demand("workshop", annual: .megawattHours(250), profile: "workshop"))
    park.add(
      Photovoltaics(
        "roof", resource: sun, size: .upTo(.kilowatts(200)), cost: MachineCost(capital: 700, operation: 10, life: 25)))
    park.add(
      Battery(
        "battery", hours: 4, size: .upTo(.kilowatts(100)),
        cost: MachineCost(capital: 100, capitalOfContent: 150, life: 12)
      ).stating("round_trip", "90 %"))
    park.add(.grid(buy: 0.13, sell: 0.02, emission: 0.58))
    return park
  }

  @Test("is planned with its proof") func planned() throws {
    let found = try Self.workshop().plan()
    #expect(found.status == .optimal)
    #expect(try #require(found.gap) < 1e-6)
    #expect(try #require(found.sizes["roof"]) > 10)
    #expect(found.sizes["battery.energy"] == found.sizes["battery.power"].map { $0 * 4 })
    #expect(try #require(found.netPresentCost) > 0)
  }

  @Test("everything that is wrong is said at once, by key") func faults() {
    var park = Self.workshop()
    park.add(.demand("office", annual: .kilowattHours(-1), profile: "offcie"))
    park.add(Photovoltaics("field", resource: "moon", size: .upTo(.kilowatts(1))))
    park.add(Photovoltaics("none", resource: "sun", size: .upTo(.kilowatts(.nan))))
    park.add(.demand("office", power: [1, 2, 3]))
    let fault = #expect(throws: ProjectFault.self) { try park.project() }
    let paths = Set((fault?.diagnostics ?? []).filter { $0.severity == .error }.map(\.path))
    #expect(paths.contains("demands.office"), "\(paths)")
    #expect(paths.contains { $0.hasPrefix("components.field.resource") }, "\(paths)")
    #expect(paths.contains { $0.hasPrefix("components.none.capacity") }, "\(paths)")
  }

  @Test("machines of every sort: wind, generator, boiler, heat pump, inverter, and others by their kind")
  func machines()
    throws
  {
    var park = Self.workshop()
    let wind = park.add(.wind(monthlySpeed: Array(repeating: 6, count: 12)))
    let diesel = park.add(.fuel("diesel", price: 0.11, emission: 0.267))
    let hot = park.add(.heat(supply: 60, return: 40))
    park.add(.demand("baths", annual: .megawattHours(50), profile: "hot-water", bus: hot))
    let cheap = MachineCost(capital: 100, operation: 1, operationPerKWh: 0.001, life: 20)
    park.add(
      WindPower("mill", resource: wind, size: .upTo(.kilowatts(50)), cost: cheap).stating("turbine", "small-50kw"))
    park.add(
      Generator("set", fuel: diesel, size: .between(.kilowatts(0), .kilowatts(40)), cost: cheap)
        .stating("efficiency", "33 %"))
    park.add(
      Boiler("boiler", fuel: diesel, heat: hot, size: .fixed(.kilowatts(10)), cost: cheap)
        .stating("efficiency", "90 %"))
    park.add(HeatPump("pump", heat: hot, size: .upTo(.kilowatts(50)), cost: cheap).stating("cop", "3"))
    park.add(Photovoltaics("field", resource: "sun", size: .upTo(.kilowatts(20)), cost: cheap, bus: "dc"))
    park.add(Inverter("converter", size: .upTo(.kilowatts(20)), cost: cheap).stating("efficiency", "96 %"))
    park.add(
      OtherMachine("tank", kind: "storage", size: .upTo(.kilowattHours(30)))
        .stating("bus", hot).stating("round_trip", "95 %"))
    let project = try park.project()
    #expect(project.components.map(\.kind).count == 9)
    #expect(Set(project.buses.map(\.id)) == ["ac", "dc", "diesel", "hot"])
    let found = try park.plan()
    #expect(found.status == .optimal)
    #expect(found.sizes.count >= 9, "\(found.sizes)")
  }
}
