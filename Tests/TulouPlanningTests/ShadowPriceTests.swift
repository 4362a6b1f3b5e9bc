import TestSupport
import Testing
import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Prices by hand, and none where more would save nothing.
@Suite("Shadow prices by hand")
struct ShadowPriceHandTests {
  private func prices(_ project: Project, _ solver: any Solver = Structured()) throws -> [ShadowPrice] {
    var options = PlanOptions()
    options.findsShadowPrices = true
    return try PlanStudy.run(project: project, options: options, solver: solver).shadowPrices
  }

  /// 30 kW that may be shed at 5 a kWh, 15 kW of its own, and `limit` kW to be bought at 0.2.
  private func shed(limit: Double, hours: Int = 24) -> Project {
    var project = Project.small("shed", hours: hours, buses: [("ac", .electricity)])
    project.components.append(
      Component(
        id: "own", kind: "source",
        block: .source(
          SourceBlock(bus: "ac", supply: .natural([Double](repeating: 15, count: hours)), energyClass: .wind)),
        sizes: []))
    project.addMarket("grid", buy: [Double](repeating: 0.2, count: hours), limit: (limit, 0))
    project.markets[0].sell = nil
    project.addDemand("load", [Double](repeating: 30, count: hours), unservedCost: 5)
    project.limits.unservedEnergy = 1
    return project
  }

  @Test("a line that is too small is worth what it would save")
  func connection() throws {
    let found = try prices(shed(limit: 10))
    let grid = try #require(found.first { $0.path == "markets.grid.limit.buy" })
    #expect(grid.unit.hasSuffix("per kW") && grid.sentence.contains("One more kW of"))
    // Each hour of the year 4.8 a kWh, by the kilowatt, for a limit below a megawatt.
    #expect(abs(grid.value - 4.8 * 8760) < 1e-3 * grid.value)
    let bus = try #require(found.first { $0.path == "buses.ac" })
    // One more kWh of demand is shed, at 5.
    #expect(abs(bus.value - 5) < 1e-3)
  }

  @Test("a line that is out when it would matter is worth nothing")
  func outage() throws {
    var project = shed(limit: 20)
    var outages = GridOutages()
    outages.planned = (0..<24).map { (12..<18).contains($0) }
    project.markets[0].outages = outages
    #expect(try prices(project).allSatisfy { $0.path != "markets.grid.limit.buy" })
    // With 10 kW it binds in the other eighteen hours.
    project.markets[0].buyLimit = 10
    let grid = try #require(try prices(project).first { $0.path == "markets.grid.limit.buy" })
    #expect(abs(grid.value - 4.8 * 8760 * 0.75) < 1e-3 * grid.value)
  }

  @Test("of two limits in a row neither saves by itself; a limit that just suffices saves nothing")
  func degenerate() throws {
    var project = shed(limit: 10)
    project.buses.append(Bus(id: "far", carrier: "electricity"))
    project.markets[0].bus = "far"
    var line = LinkBlock(from: "far", to: "ac", efficiency: 1)
    line.limit = 10
    project.components.append(Component(id: "line", kind: "link", block: .link(line), sizes: []))
    let found = try prices(project)
    #expect(found.allSatisfy { $0.path.hasPrefix("buses.") }, "\(found)")
    // 15 kW are missing and 15 may be bought: one more kW would stay unused.
    #expect(try prices(shed(limit: 15)).allSatisfy { $0.path != "markets.grid.limit.buy" })
  }
}

/// Every printed sentence against plans of the changed project, made by other hands: the change is written here.
@Suite("Shadow prices by finite differences", .enabled(if: InstalledHighs.isPresent && SlowTests.areWanted))
struct ShadowPriceSlowTests {
  @Test("one more unit changes the cost by what the sentence says", arguments: RandomProjectTests.seeds.prefix(28))
  func differences(seed: UInt64) throws {
    let random = RandomProject(seed: seed)
    let highs = try InstalledHighs.solver()
    let auto = AutomaticSolver(structured: Structured(), highs: .success(highs))
    var options = PlanOptions()
    options.findsShadowPrices = true
    options.explanationSeconds = nil
    let outcome = try PlanStudy.run(project: random.project, options: options, solver: auto)
    guard outcome.hasPlan else {
      #expect(RandomProject.impossible.contains(seed), "\(random): \(outcome.status)")
      return
    }
    func cost(_ project: Project) throws -> Double? {
      try PlanStudy.run(project: project, options: RandomProjectTests.quick, solver: highs).certificate?.value
    }
    let base = try #require(try cost(random.project))
    var told: [String] = []
    for price in outcome.shadowPrices {
      var project = random.project
      let parts = price.path.split(separator: ".").map(String.init)
      // Kilowatts in the printed unit of a power.
      let power = price.unit.hasSuffix("per MW") ? 1000.0 : 1
      // How much of the printed unit is added.
      var units = 0.0
      switch parts[0] {
      case "limits":
        let key = try #require(LimitKey.all.first { $0.path == price.path })
        let limit = try #require(project.limits[key])
        let step = key.quantity.step(of: limit)
        #expect(price.unit.hasSuffix("per \(step.name)") || step.name.isEmpty)
        units = max(1e-3 * abs(limit), 1e-6) / step.size
        project.limits[key] = limit + units * step.size
      case "markets":
        let m = try #require(project.markets.firstIndex { $0.id == parts[1] })
        if parts[3] == "buy" {
          let limit = try #require(project.markets[m].buyLimit)
          units = 1e-3 * limit / power
          project.markets[m].buyLimit = limit * 1.001
        } else {
          let limit = try #require(project.markets[m].sellLimit)
          units = 1e-3 * limit / power
          project.markets[m].sellLimit = limit * 1.001
        }
      case "components", "members":
        let c = try #require(
          project.components.firstIndex {
            $0.id == parts[1] || parts[0] == "members" && $0.kind == Component.meterKind && $0.member == parts[1]
          })
        if parts[2] == "capacity" {
          let part = parts.count == 5 ? Size.Part(rawValue: parts[3]) : project.components[c].sizes[0].part
          let s = try #require(project.components[c].sizes.firstIndex { $0.part == part })
          let most = try #require(project.components[c].sizes[s].maximum)
          units = 1e-3 * most
          project.components[c].sizes[s].maximum = most * 1.001
        } else if case .link(var link) = project.components[c].block, let limit = link.limit {
          units = 1e-3 * limit / power
          link.limit = limit * 1.001
          project.components[c].block = .link(link)
        }
      case "buses":
        var energy = 0.0
        for d in project.demands.indices where project.demands[d].bus == parts[1...].joined(separator: ".") {
          guard case .fixed = project.demands[d].kind else { continue }
          for (t, weight) in project.horizon.weights.enumerated() {
            energy += project.demands[d].power[project.demands[d].power.count == 1 ? 0 : t] * weight
          }
          project.demands[d].power = project.demands[d].power.map { $0 * 1.001 }
        }
        units = 1e-3 * energy / outcome.assembled.years
      default: Issue.record("\(price.path)")
      }
      // A change that no plan can follow has no price.
      guard let changed = try cost(project) else { continue }
      let isCost = parts[0] == "buses" || price.sentence.contains("would cost")
      let found = (isCost ? changed - base : base - changed) / units
      let noise = 2e-6 * abs(base) / units
      #expect(
        abs(found - price.value) <= 0.06 * abs(price.value) + noise, "\(random): \(price.sentence) Found \(found).")
      told.append(price.path)
    }
    print("seed \(seed): \(told.joined(separator: ", "))")
  }
}

extension RandomProjectTests {
  static var quick: PlanOptions {
    var options = PlanOptions()
    options.explanationSeconds = nil
    options.breaksTies = false
    return options
  }
}
