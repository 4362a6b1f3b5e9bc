import Testing
import Tulou
import TulouFiles

/// Every kind of the registry can be added in code, and means what the project file means by it.
@Suite("Machines made in code") struct MachineKindTests {
  /// A kind: the machine in code, and the same as the file writes it.
  struct Kind: Sendable, CustomTestStringConvertible {
    var name: String
    var machine: any Machine
    var yaml: String
    var testDescription: String { name }

    init<M: Machine & Technology>(_ machine: M, _ yaml: String) {
      name = M.kind
      self.machine = machine
      self.yaml = "kind: \(M.kind), " + yaml
    }
  }

  private static let hours = [1.0, 2, 3, 4, 5, 6]
  private static let cost = MachineCost(capital: 100, operation: 2, operationPerKWh: 0.001, life: 20)
  private static func costs(_ unit: String) -> String {
    "capital: 100 EUR/\(unit), operation: [2 EUR/\(unit)/y, 0.001 EUR/kWh], life: 20 y"
  }

  static let kinds: [Kind] = [
    Kind(
      GenericSource(
        "it", class: "B", limit: .availability(hours.map { $0 / 10 }), size: .upTo(.kilowatts(5)), cost: cost),
      "bus: ac, class: B, availability: {values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], unit: '1'}, capacity: {max: 5 kW}, \(costs("kW"))"
    ),
    Kind(
      Photovoltaics("it", resource: "sun", size: .upTo(.kilowatts(5)), cost: cost, bus: "dc"),
      "bus: dc, resource: sun, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      WindPower("it", resource: "wind", size: .between(.kilowatts(1), .kilowatts(5)), cost: cost)
        .stating("turbine", "small-50kw"),
      "bus: ac, resource: wind, turbine: small-50kw, capacity: {min: 1 kW, max: 5 kW}, \(costs("kW"))"),
    Kind(
      Hydro("it", resource: "river", head: 20, size: .fixed(.kilowatts(5)), cost: cost).stating("efficiency", "80 %"),
      "bus: ac, resource: river, head: 20 m, efficiency: 80 %, capacity: {fixed: 5 kW}, \(costs("kW"))"),
    Kind(
      TidalPower("it", resource: "current", ratedSpeed: 2, size: .upTo(.kilowatts(5)), cost: cost),
      "bus: ac, resource: current, rated_speed: 2 m/s, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      TroughField("it", resource: "sun", size: .upTo(.squareMetres(50)), cost: cost, bus: "hot"),
      "bus: hot, resource: sun, capacity: {max: 50 m2}, \(costs("m2"))"),
    Kind(
      CollectorField("it", resource: "sun", heat: "hot", size: .between(.squareMetres(1), .squareMetres(9)), cost: cost)
        .stating("optical_efficiency", "75 %").stating("linear_loss", "3.5 W/m2/K"),
      "bus: hot, resource: sun, optical_efficiency: 75 %, linear_loss: 3.5 W/m2/K, capacity: {min: 1 m2, max: 9 m2}, \(costs("m2"))"
    ),
    Kind(
      PhotovoltaicThermal("it", resource: "sun", heat: "hot", size: .fixed(.squareMetres(20)), cost: cost),
      "bus: hot, power: ac, resource: sun, capacity: {fixed: 20 m2}, \(costs("m2"))"),
    Kind(
      WasteHeatSource("it", power: hours, temperature: 90, heat: "hot"),
      "bus: hot, natural: {values: [1, 2, 3, 4, 5, 6], unit: kW}, temperature: 90 degC"),
    Kind(
      Generator("it", fuel: "oil", size: .upTo(.kilowatts(5)), cost: cost).stating("efficiency", "33 %"),
      "fuel: oil, power: ac, efficiency: 33 %, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      CombinedHeatAndPower(
        "it", fuel: "oil", heat: "hot", efficiency: (power: 0.35, heat: 0.5), size: .upTo(.kilowatts(5)), cost: cost),
      "fuel: oil, power: ac, heat: hot, efficiency: {power: 35 %, heat: 50 %}, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      Boiler("it", fuel: "oil", heat: "hot", size: .upTo(.kilowatts(5)), cost: cost).stating("efficiency", "90 %"),
      "fuel: oil, heat: hot, efficiency: 90 %, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      HeatPump("it", heat: "hot", size: .upTo(.kilowatts(5)), cost: cost).stating("cop", "3"),
      "power: ac, heat: hot, cop: 3, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      Chiller("it", cold: "cool", size: .upTo(.kilowatts(5)), cost: cost).stating("cop", "4"),
      "power: ac, cold: cool, cop: 4, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      AbsorptionChiller("it", heat: "hot", cold: "cool", size: .upTo(.kilowatts(5)), cost: cost).stating("cop", "0.7"),
      "heat: hot, cold: cool, cop: 0.7, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      ColdRecovery("it", liquid: "lng", gas: "gas", power: "ac", size: .upTo(.kilowatts(5))),
      "liquid: lng, gas: gas, power: ac, capacity: {max: 5 kW}"),
    Kind(
      Electrolyser("it", hydrogen: "store", size: .upTo(.kilowatts(5)), cost: cost).stating("efficiency", "60 %"),
      "power: ac, hydrogen: store, efficiency: 60 %, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      GenericStorage("it", bus: "hot", content: .upTo(.kilowattHours(30)), cost: MachineCost(capital: 20, life: 15))
        .stating("round_trip", "95 %"),
      "bus: hot, round_trip: 95 %, capacity: {max: 30 kWh}, capital: 20 EUR/kWh, life: 15 y"),
    Kind(
      GenericStorage(
        "it", bus: "ac", power: .upTo(.kilowatts(5)), content: .upTo(.kilowattHours(30)),
        cost: MachineCost(capital: 50, capitalOfContent: 20, life: 15)
      ).stating("round_trip", "90 %"),
      "bus: ac, round_trip: 90 %, capacity: {power: {max: 5 kW}, energy: {max: 30 kWh}}, capital: {power: 50 EUR/kW, energy: 20 EUR/kWh}, life: 15 y"
    ),
    Kind(
      Link("it", source: "ac", target: "far", size: .upTo(.kilowatts(5)), cost: cost).stating("loss", "3 %"),
      "from: ac, to: far, loss: 3 %, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      Inverter("it", size: .upTo(.kilowatts(5)), cost: cost).stating("efficiency", "96 %"),
      "from: dc, to: ac, efficiency: 96 %, capacity: {max: 5 kW}, \(costs("kW"))"),
    Kind(
      Rectifier("it", size: .upTo(.kilowatts(5)), cost: cost).stating("efficiency", "96 %"),
      "from: ac, to: dc, efficiency: 96 %, capacity: {max: 5 kW}, \(costs("kW"))"),
  ]

  private static let base = """
    tulou: 1
    name: Kinds
    site: {latitude: 30 deg, longitude: 120 deg}
    horizon: {start: 2027-06-04, length: 6 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 0.05, lifetime: 20 y}
    carriers:
      oil-fuel: {kind: fuel, emission: 0.27 kg/kWh}
      lng-fuel: {kind: fuel, emission: 0.2 kg/kWh, heating_value: 13.9 kWh/kg}
    buses:
      ac: {carrier: electricity}
      dc: {carrier: electricity}
      far: {carrier: electricity}
      hot: {carrier: heat, supply: 60 degC, return: 40 degC}
      cool: {carrier: cold, supply: 6 degC, return: 12 degC}
      oil: {carrier: oil-fuel}
      lng: {carrier: lng-fuel}
      gas: {carrier: lng-fuel}
      store: {carrier: hydrogen}
    resources:
      sun: {ghi: {values: [0, 0.2, 0.4, 0.6, 0.8, 0.6], unit: kW/m2}}
      wind: {monthly_speed: {values: [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6], unit: m/s}, height: 10 m, seed: 1}
      river: {flow: {values: [1, 2, 3, 4, 5, 6], unit: m3/s}}
      current: {current: {values: [1, 2, 3, 4, 5, 6], unit: m/s}}
    demands:
      load: {bus: ac, power: {values: [1, 2, 3, 4, 5, 6], unit: kW}}
    markets:
      oil-supply: {bus: oil, class: N, buy: 0.1 EUR/kWh}
      lng-supply: {bus: lng, class: N, buy: 0.05 EUR/kWh}
      grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: 0.5 kg/kWh}

    """

  private static func cluster() -> Cluster {
    var park = Cluster(
      "Kinds", at: Location(latitude: 30, longitude: 120), currency: "EUR", realRate: 0.05, years: 20,
      over: Span(start: "2027-06-04", days: 1))
    park.state("horizon.length", "6 h")
    park.add(.bus("far", carrier: "electricity"))
    park.add(.heat(supply: 60, return: 40))
    park.add(.cold(supply: 6, return: 12))
    park.add(.fuel("oil", price: 0.1, emission: 0.27))
    park.add(.fuel("lng", price: 0.05, emission: 0.2))
    park.state("carriers.lng-fuel.heating_value", "13.9 kWh/kg")
    park.add(.bus("gas", carrier: "lng-fuel"))
    park.add(.bus("store", carrier: "hydrogen"))
    park.add(.bus("dc", carrier: "electricity"))
    park.add(.sun(irradiance: [0, 0.2, 0.4, 0.6, 0.8, 0.6]))
    park.add(.wind(monthlySpeed: Array(repeating: 6, count: 12)))
    park.add(.river(flow: hours))
    park.add(.current(speed: hours))
    park.add(.demand("load", power: hours))
    park.add(.grid(buy: 0.2, emission: 0.5))
    return park
  }

  @Test("every kind of the registry is here") func all() {
    #expect(Set(Self.kinds.map(\.name)) == Set(Registry.standard.kinds))
  }

  @Test("a kind made in code is what the file makes of it", arguments: kinds)
  func same(kind: Kind) throws {
    var park = Self.cluster()
    park.add(kind.machine)
    let made = try park.project()
    let read = try ProjectReader.read(text: Self.base + "components:\n  it: {\(kind.yaml)}\n", path: "kinds.yaml")
    #expect(made.components.first?.kind == kind.name)
    #expect(made.components == read.components)
    #expect(made.demands == read.demands)
    #expect(made.markets == read.markets)
    #expect(made.economy == read.economy)
    #expect(made.carriers.sorted { $0.id < $1.id } == read.carriers.sorted { $0.id < $1.id })
    #expect(made.buses.sorted { $0.id < $1.id } == read.buses.sorted { $0.id < $1.id })
    #expect(
      Set(made.assumptions.map { "\($0.path): \($0.value)" }) == Set(read.assumptions.map { "\($0.path): \($0.value)" })
    )
  }
}
