import Testing
import Tulou

/// No length of a series and no number that a caller gives ends the process: it is planned, or it is refused with its place.
///
/// Whatever traps ends the test run with it.
@Suite("Numbers that nobody may trust, through the facade") struct HostileNumberTests {
  private static let numbers: [Double] = [
    .nan, .infinity, -.infinity, -1, 0, -0.0, 1e-300, 1e300, -1e300, .greatestFiniteMagnitude, 5e-324, 1e9, 0.5, 3, 25,
    8760, 1e19, -1e19,
  ]
  private static let lengths = [0, 1, 2, 5, 6, 7, 12, 24, 25, 8760]

  /// Draws usual values mostly, hostile ones now and then.
  private struct Draw {
    var random: SeededRandom

    init(_ seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func isHostile() -> Bool { Int.random(in: 0..<20, using: &random) == 0 }
    mutating func number(_ usual: Double) -> Double {
      isHostile() ? HostileNumberTests.numbers.randomElement(using: &random) ?? usual : usual
    }
    mutating func series(_ usual: Double, _ length: Int) -> [Double] {
      let count = isHostile() ? HostileNumberTests.lengths.randomElement(using: &random) ?? length : length
      var values = [Double](repeating: usual, count: count)
      if isHostile(), !values.isEmpty {
        values[Int.random(in: values.indices, using: &random)] = number(usual)
      }
      return values
    }
  }

  private static func cluster(_ seed: UInt64) -> Cluster {
    var draw = Draw(seed)
    var park = Cluster(
      "Hostile", at: Location(latitude: draw.number(22), longitude: draw.number(114)), currency: "EUR",
      realRate: draw.number(0.05), years: draw.number(20),
      over: Span(
        start: "2027-06-04", days: draw.isHostile() ? [-1, 0, 1, 400].randomElement(using: &draw.random) : 1,
        stepHours: draw.number(1)))
    if draw.isHostile() { park.keep(hours: [-1, 0, 1, 6, 1_000_000].randomElement(using: &draw.random) ?? 6) }
    park.add(.sun(irradiance: draw.series(0.4, 24)))
    park.add(.wind(monthlySpeed: draw.series(6, 12), height: draw.number(10)))
    park.add(.demand("load", power: draw.series(5, 24)))
    park.add(.demand("shop", annual: .kilowattHours(draw.number(9000)), profile: "workshop"))
    park.add(
      .grid(
        buy: draw.number(0.2), sell: draw.isHostile() ? draw.number(0.05) : nil, emission: draw.number(0.5),
        limit: draw.isHostile() ? .kilowatts(draw.number(50)) : nil))
    let cost = MachineCost(
      capital: draw.number(500), operation: draw.number(5), operationPerKWh: draw.number(0.001), life: draw.number(20))
    park.add(
      Photovoltaics("roof", resource: "sun", size: .upTo(.kilowatts(draw.number(30))), cost: cost))
    park.add(
      WindPower(
        "mill", resource: "wind",
        size: .between(.kilowatts(draw.number(0)), .kilowatts(draw.number(30)))
          .beside(existing: .kilowatts(draw.number(1)), built: draw.isHostile() ? -5 : 2020),
        cost: cost
      ).stating("turbine", "small-50kw"))
    park.add(
      Battery("store", hours: draw.number(4), size: .upTo(.kilowatts(draw.number(10))), cost: cost)
        .stating("round_trip", "\(draw.number(0.9))"))
    park.add(
      GenericSource("stock", class: "B", limit: .availability(draw.series(0.5, 24)), size: .upTo(.kilowatts(3))))
    park.state("limits.co2.max", "\(draw.number(1000)) kg/y")
    return park
  }

  @Test("a cluster is made or refused, and what is made is planned or refused", arguments: 0..<8)
  func facade(round: UInt64) throws {
    var made = 0
    for seed in 0..<40 as Range<UInt64> {
      let park = Self.cluster(round * 40 + seed)
      do throws(ProjectFault) {
        let project = try park.project()
        made += 1
        #expect(project.validate().allSatisfy { $0.severity != .error }, "seed \(round * 40 + seed)")
        if made <= 3 { try Self.plan(project) }
      } catch {
        #expect(error.diagnostics.contains { $0.severity == .error })
      }
    }
    #expect(made > 0)
  }

  /// Plans what `validate` has nothing against; what cannot be planned is refused.
  private static func plan(_ project: Project) throws(ProjectFault) {
    var options = PlanOptions()
    options.solve.timeLimit = 2
    options.neighbourSeconds = 1
    options.explanationSeconds = 1
    _ = try PlanStudy.run(project: project, options: options, solver: Structured())
  }

  @Test("a project that is changed in code is told of, or planned or refused", arguments: 0..<8)
  func changed(round: UInt64) throws {
    var park = Self.sound()
    park.keep(hours: 6)
    let sound = try park.project()
    var planned = 0
    for seed in 0..<60 as Range<UInt64> {
      var draw = Draw(1000 + round * 60 + seed)
      var project = sound
      for _ in 0..<2 { Self.change(&project, &draw) }
      guard project.validate().allSatisfy({ $0.severity != .error }) else { continue }
      planned += 1
      guard planned <= 4 else { continue }
      do throws(ProjectFault) { try Self.plan(project) } catch { #expect(!error.diagnostics.isEmpty) }
    }
    #expect(planned > 0)
  }

  private static func sound() -> Cluster {
    var park = Cluster(
      "Sound", at: Location(latitude: 22, longitude: 114), currency: "EUR", realRate: 0.05, years: 20,
      over: Span(start: "2027-06-04", days: 1))
    let oil = park.add(.fuel("oil", price: 0.1, emission: 0.27))
    park.add(.demand("load", power: Array(repeating: 5, count: 24)))
    park.add(.grid(buy: 0.2, sell: 0.05, emission: 0.4))
    let cost = MachineCost(capital: 100, life: 20)
    park.add(
      GenericSource(
        "sun", class: "S.sun", limit: .availability(Array(repeating: 0.3, count: 24)), size: .upTo(.kilowatts(9)),
        cost: cost))
    park.add(Generator("set", fuel: oil, size: .upTo(.kilowatts(9)), cost: cost).stating("efficiency", "33 %"))
    park.add(
      Battery("store", hours: 2, size: .upTo(.kilowatts(5)), cost: cost).stating("round_trip", "90 %"))
    park.state("limits.co2.max", "100 t/y")
    return park
  }

  /// Writes a hostile number or a series of another length somewhere into a project.
  private static func change(_ project: inout Project, _ draw: inout Draw) {
    let number = numbers.randomElement(using: &draw.random) ?? .nan
    let length = lengths.randomElement(using: &draw.random) ?? 0
    let series = [Double](repeating: 0.5, count: length) + (draw.isHostile() ? [number] : [])
    let part = Int.random(in: project.components.indices, using: &draw.random)
    switch Int.random(in: 0..<24, using: &draw.random) {
    case 0: project.demands[0].power = series
    case 1: project.demands[0].power = project.demands[0].power.map { $0 * number }
    case 2: project.demands[0].growth = number
    case 3: project.markets[0].buy = Market.Price(price: PathSeries(series))
    case 4: project.markets[0].buy = Market.Price(price: PathSeries(number))
    case 5: project.markets[0].sell = Market.Price(price: PathSeries(0.01, escalation: number))
    case 6: project.markets[0].buyLimit = number
    case 7: project.markets[0].renewableShare = number
    case 8: project.markets[0].emission = PathSeries(series)
    case 9: project.markets[0].fixedChargePerMonth = number
    case 10: project.markets[0].buy?.bandOfStep = Array(repeating: 3, count: length)
    case 11: project.markets[0].demandCharges = [Market.DemandCharge(rate: number)]
    case 12: project.components[part].sizes[0].maximum = number
    case 13: project.components[part].sizes[0].minimum = number
    case 14: project.components[part].sizes[0].existing = number
    case 15: project.components[part].sizes[0].choice = .options(series)
    case 16: project.components[part].sizes[0].choice = .multiples(of: number)
    case 17: project.components[part].sizes[0].cost.capital = number
    case 18: project.components[part].sizes[0].cost.life = number
    case 19: project.economy.lifetime = number
    case 20: project.economy.realDiscountRate = number
    case 21: project.limits.co2 = number
    default: change(&project.components[part].block, number, series, &draw)
    }
  }

  private static func change(_ block: inout Block, _ number: Double, _ series: [Double], _ draw: inout Draw) {
    let choice = Int.random(in: 0..<5, using: &draw.random)
    switch block {
    case .source(var source):
      switch choice {
      case 0: source.supply = .share(series)
      case 1: source.supply = .natural(series)
      case 2: source.supply = .stock(annualEnergy: number)
      case 3: source.degradation = number
      default: source.costPerKWh = PathSeries(series)
      }
      block = .source(source)
    case .converter(var converter):
      switch choice {
      case 0: converter.ports[0].coefficient = series
      case 1: converter.ratedPort = Int.random(in: -2...9, using: &draw.random)
      case 2: converter.noLoad = number
      case 3: converter.minimumLoad = number
      default: converter.ports.removeAll()
      }
      block = .converter(converter)
    case .storage(var storage):
      switch choice {
      case 0: storage.chargeEfficiency = number
      case 1: storage.standingLoss = number
      case 2: storage.shape = .hours(number)
      case 3: storage.depth = number
      default: storage.initialShare = number
      }
      block = .storage(storage)
    case .link(var link):
      link.efficiency = number
      link.limit = number
      block = .link(link)
    }
  }
}
