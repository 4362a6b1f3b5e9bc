import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouResources
import TulouSolvers
import TulouTechnologies

/// Sources that nature, a lake or a works gives are planned as their physics says.
@Suite("Sources in plans", .enabled(if: InstalledHighs.isPresent))
struct PlannedSourcesTests {
  private func text(_ components: String, more: String = "", buy: String = "0.3 USD/kWh", sell: String = "") -> String {
    """
    tulou: 1
    site: {latitude: 30 deg, longitude: 120 deg, altitude: 100 m, time_zone: Asia/Shanghai}
    horizon: {start: 2027-06-01, length: 4 d, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers: {lng: {kind: fuel, heating_value: 13.9 kWh/kg, emission: 0.2 kg/kWh}}
    buses: {ac: {carrier: electricity}, hot: {carrier: heat, supply: 50 degC, return: 30 degC}, freeze: {carrier: cold, supply: -30 degC, return: -20 degC}, liquid: {carrier: lng}, gas: {carrier: lng}}
    resources:
      sun: {monthly_ghi: {values: [2, 3, 4, 4, 5, 5, 6, 5, 4, 3, 2, 2], unit: kWh/m2/d}, seed: 3}
      air: {monthly_temperature: {values: [4, 6, 10, 15, 20, 24, 28, 28, 24, 18, 12, 6], unit: degC}}
      upper: {flow: 2 m3/s, ecological: 0.5 m3/s}
      lower: {upstream: upper, flow: 1 m3/s, ecological: 0.5 m3/s}
      mast: {mean_speed: 4 m/s, stability: hourly, seed: 2}
    demands:
      load: {bus: ac, power: 300 kW}
      heat: {bus: hot, power: 40 kW}
    markets:
      grid: {bus: ac, class: N, buy: \(buy)\(sell), limit: {buy: 1 MW, sell: 1 MW}}
      oven: {bus: hot, class: N, buy: 0.2 USD/kWh}
    components:
    \(components)
    \(more)
    """
  }

  private func planned(_ text: String) throws -> (plan: Plan, accounts: Accounts, project: Project) {
    let project = try TemporaryText.project(text)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    let plan = try #require(outcome.plan)
    let accounts = Accounts.make(project: project, plan: plan)
    let cost = try #require(accounts.value("annual_cost")), value = try #require(outcome.certificate?.value)
    #expect(abs(cost - value) < 1e-6 * abs(value), "accounts \(cost), minimised \(value)")
    #expect(accounts.balance.residual < 1e-5)
    return (plan, accounts, project)
  }

  @Test func `a photovoltaic-thermal field gives heat and power of one area, never more than the light`() throws {
    let field =
      "  roof: {kind: pvt, bus: hot, power: ac, resource: sun, tilt: 30 deg, capacity: {max: 200 m2}, capital: 100 USD/m2}"
    let (plan, accounts, project) = try planned(text(field))
    let heat = try #require(plan.total("roof", .production)),
      power = try #require(plan.total("roof-power", .production))
    #expect(plan.capacity(Label("roof", .size)) == 200)
    #expect(plan.capacity(Label("roof-power", .size)) == nil)
    #expect(heat.reduce(0, +) > 100 && power.reduce(0, +) > 30)
    // The area is paid once.
    let capital = accounts.costs.reduce(0) { $1.kind == .capital ? $0 + $1.present : $0 }
    #expect(abs(capital - 20_000) < 1e-6)
    #expect(project.components.map(\.id) == ["roof", "roof-power"])
    // On the horizontal the light is known: heat and power stay below it.
    let flat = try planned(text(field.replacing("tilt: 30 deg, ", with: "")))
    let sun = try #require(flat.project.resources.first { $0.id == "sun" }?.series.first { $0.kind == .irradiance })
    let warm = try #require(flat.plan.total("roof", .production))
    let electric = try #require(flat.plan.total("roof-power", .production))
    for t in warm.indices { #expect(warm[t] + electric[t] <= 200 * sun.values[t] + 1e-9) }
  }

  @Test func `waste heat gives what its temperature allows, and none to a warmer bus`() throws {
    let works =
      "  works: {kind: waste-heat, bus: hot, natural: 60 kW, temperature: 75 degC, reference: 20 degC, pinch: 5 K}"
    let (plan, accounts, _) = try planned(text(works))
    let share = (75.0 - 5 - 30) / (75 - 20)
    let heat = try #require(plan.total("works", .production))
    for value in heat { #expect(abs(value - min(40, 60 * share)) < 1e-6) }
    #expect(
      accounts.balance.carriers.first { $0.name == "heat" }?.yearly.entries.contains { $0.energyClass == .wasteHeat }
        == true)
    let cold = ProjectReader.check(text: text(works.replacing("75 degC", with: "52 degC")), path: "w.yaml")
    let finding = try #require(cold.first { $0.severity == .error })
    #expect(finding.path == "components.works.temperature")
    #expect(finding.message == "Waste heat of 52 degC cannot heat 'hot' to 50 degC over a pinch of 5 K.")
  }

  @Test(arguments: [false, true])
  func `the next station gets what the lake releases, turbined or spilled, and no more`(structured: Bool) throws {
    let river =
      "  dam: {kind: hydro, bus: ac, resource: upper, head: 20 m, efficiency: 80 %, reservoir: {volume: 30000 m3}, capacity: {fixed: 400 kW}}\n"
      + "  mill: {kind: hydro, bus: ac, resource: lower, head: 5 m, efficiency: 70 %, design_flow: 2.2 m3/s}\n"
      + "  weir: {kind: hydro, bus: ac, resource: delta, head: 4 m, efficiency: 60 %, reservoir: {volume: 5000 m3}, capacity: {fixed: 200 kW}}"
    let bands =
      "{bands: {low: {price: 0.1 USD/kWh, hours: [\"00:00-12:00\"]}, high: {price: 0.4 USD/kWh, hours: rest}}}"
    let below =
      "lower: {upstream: upper, flow: 1 m3/s, ecological: 1.8 m3/s}\n  delta: {upstream: lower, ecological: 0.4 m3/s}"
    let file = text(river, buy: bands).replacing(
      "lower: {upstream: upper, flow: 1 m3/s, ecological: 0.5 m3/s}", with: below
    )
    .replacing("load: {bus: ac, power: 300 kW}", with: "load: {bus: ac, power: 700 kW}")
    let project = try TemporaryText.project(file)
    let solver: any Solver =
      structured ? try #require(SolverChoice.builtInStructured) : Highs(try #require(InstalledHighs.library))
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let plan = try #require(outcome.plan)
    #expect(try #require(outcome.certificate).gap < 1e-6)
    func water(_ id: String, _ head: Double, _ efficiency: Double) throws -> [Double] {
      let kilowatts = HydroPower.kilowatts(flow: 1, headMetres: head, efficiency: efficiency)
      let power = try #require(plan.flow(Label(id, .production, bus: "ac")))
      let spilled = try #require(plan.flow(Label(id, .auxiliary, part: .spill, bus: "ac")))
      return power.indices.map { (power[$0] + spilled[$0]) / kilowatts }
    }
    let dam = try water("dam", 20, 0.8), mill = try water("mill", 5, 0.7), weir = try water("weir", 4, 0.6)
    // 0.5 m3/s pass the dam, 1 m3/s join below it; 1.8 m3/s stay in the bed at the mill, all of the river comes to the weir.
    for t in dam.indices {
      #expect(abs(mill[t] - (dam[t] + 0.5 + 1 - 1.8)) < 1e-6)
      #expect(mill[t] > -1e-9)
    }
    let released: Double = dam.reduce(0, +), arrived: Double = weir.reduce(0, +)
    #expect(abs(released - 96 * 1.5) < 1e-5)
    #expect(abs(arrived - (released + 96 * (0.5 + 1 - 0.4))) < 1e-5)
    // The lake lets little through in the morning, so the mill has less then than without it.
    let morning = dam.indices.filter { $0 % 24 < 12 }.map { dam[$0] }
    #expect((morning.min() ?? 2) < 1.49 && (dam.max() ?? 0) > 1.51)
    for (state, volume) in [("dam", 30_000.0), ("weir", 5000)] {
      let s = try #require(plan.problem.states.firstIndex { $0.label.id == state })
      let perFlow =
        state == "dam"
        ? HydroPower.kilowatts(flow: 1, headMetres: 20, efficiency: 0.8)
        : HydroPower.kilowatts(flow: 1, headMetres: 4, efficiency: 0.6)
      for content in plan.solution.contents[s] {
        #expect(content > -1e-6 && content < volume / 3600 * perFlow + 1e-6)
      }
    }
    let accounts = Accounts.make(project: project, plan: plan)
    #expect(accounts.balance.residual < 1e-5)
    for (key, value) in [("must_take", "true"), ("flood_flow", "3 m3/s")] {
      let found = ProjectReader.check(
        text: file.replacing("design_flow: 2.2 m3/s", with: "design_flow: 2.2 m3/s, \(key): \(value)"), path: "r.yaml")
      #expect(
        found.contains {
          $0.severity == .error && $0.message.contains("'mill' stands below the lake of 'dam': '\(key)'")
        })
    }
    // A rule does not hand the lake's water on, and says so.
    do throws(ProjectFault) {
      let electric = file.replacing("  heat: {bus: hot, power: 40 kW}\n", with: "")
        .replacing("  oven: {bus: hot, class: N, buy: 0.2 USD/kWh}\n", with: "")
      _ = try SimulateStudy.run(project: try ProjectReader.read(text: electric, path: "r.yaml"), solver: nil)
      Issue.record("a rule took a station below a lake")
    } catch {
      let messages = error.diagnostics.map(\.message)
      #expect(
        messages.contains { $0.contains("'mill' stands below the lake of 'dam', whose water a rule") },
        "\(messages.joined(separator: " "))")
    }
    let twice = file.replacing("resource: delta", with: "resource: upper")
    #expect(
      ProjectReader.check(text: twice, path: "r.yaml").contains {
        $0.severity == .error && $0.message == "'dam' has a lake on the reach 'upper' already."
      })
  }

  @Test(arguments: [(hours: 12.0, night: 0.0), (hours: 6, night: 60), (hours: 0, night: 120)])
  func `R49: what comes evenly to a stock with a buffer is burnt, kept in the store room or left`(
    _ room: (hours: Double, night: Double)
  ) throws {
    // 10 kW come all day; a kWh of fuel is worth burning at any price of the grid, and more so from noon on.
    let plant =
      "  offcuts: {kind: source, bus: gas, class: B, stock: {annual: 87.6 MWh/y, buffer: \(room.hours) h}}\n"
      + "  engine: {kind: generator, fuel: gas, power: ac, efficiency: 40 %, capacity: {fixed: 100 kW}}"
    let bands =
      "{bands: {low: {price: 0.1 USD/kWh, hours: [\"00:00-12:00\"]}, high: {price: 0.4 USD/kWh, hours: rest}}}"
    let (plan, accounts, _) = try planned(text(plant, buy: bands))
    let burnt = try #require(plan.total("offcuts", .production))
    let left = try #require(plan.flow(Label("offcuts", .auxiliary, part: .left, bus: "gas")))
    let power = try #require(plan.flow(Label("engine", .conversion)) ?? plan.total("engine", .conversion))
    let taken: Double = burnt.reduce(0, +), wasted: Double = left.reduce(0, +), made: Double = power.reduce(0, +)
    #expect(abs(taken + wasted - 960) < 1e-4)
    #expect(abs(made - 0.4 * taken) < 1e-4)
    let night = burnt.indices.filter { $0 % 24 < 12 }.reduce(0) { $0 + burnt[$1] }
    #expect(abs(night - 4 * room.night) < 1e-3, "\(night)")
    let s = try #require(plan.problem.states.firstIndex { $0.label.id == "offcuts" })
    for content in plan.solution.contents[s] { #expect(content > -1e-6 && content < 10 * room.hours + 1e-6) }
    let entries = accounts.balance.carriers.first { $0.name == "lng" }?.yearly.entries ?? []
    #expect(entries.contains { $0.energyClass == .biomass && $0.energy > 0 })
  }

  @Test func `R49: gas of a digester is burnt, held or left, and the holder's losses close the balance`() throws {
    // 20 kW of gas come evenly; the holder keeps what falls before noon for dear hours and gives back 90 % of it.
    let plant =
      "  digester: {kind: source, bus: gas, class: B, natural: 20 kW, must_take: true}\n"
      + "  holder: {kind: storage, bus: gas, round_trip: 90 %, hours: 12 h, capacity: {fixed: 20 kW}}\n"
      + "  engine: {kind: generator, fuel: gas, power: ac, efficiency: 40 %, capacity: {fixed: 100 kW}}"
    let bands =
      "{bands: {low: {price: 0.1 USD/kWh, hours: [\"00:00-12:00\"]}, high: {price: 0.4 USD/kWh, hours: rest}}}"
    let (plan, _, _) = try planned(text(plant, buy: bands))
    let gas = try #require(plan.total("digester", .production))
    let into = try #require(plan.flow(Label("holder", .charge, bus: "gas")))
    let out = try #require(plan.flow(Label("holder", .discharge, bus: "gas")))
    let power = try #require(plan.flow(Label("engine", .conversion)) ?? plan.total("engine", .conversion))
    for t in gas.indices {
      let burnt: Double = power[t] / 0.4
      #expect(abs(gas[t] + out[t] - into[t] - burnt) < 1e-5)
    }
    let held: Double = into.reduce(0, +), given: Double = out.reduce(0, +)
    #expect(abs(gas.reduce(0, +) - 96 * 20) < 1e-6)
    #expect(held > 4 * 100 && abs(given - 0.9 * held) < 1e-4)
  }

  @Test func `a lake keeps water for dear hours, never more than flows in, never above its volume`() throws {
    let station =
      "  dam: {kind: hydro, bus: ac, resource: upper, head: 20 m, efficiency: 80 %, reservoir: {volume: 30000 m3}, capacity: {fixed: 600 kW}}"
    let bands =
      "{bands: {low: {price: 0.1 USD/kWh, hours: [\"00:00-12:00\"]}, high: {price: 0.4 USD/kWh, hours: rest}}}"
    let (plan, accounts, _) = try planned(text(station, buy: bands))
    let power = try #require(plan.total("dam", .production))
    let inflow = HydroPower.kilowatts(flow: 1.5, headMetres: 20, efficiency: 0.8)
    #expect(abs(power.reduce(0, +) - 96 * inflow) < 1e-6 * 96 * inflow)
    let morning = power.indices.filter { $0 % 24 < 12 }.reduce(0) { $0 + power[$1] }
    let kept = HydroPower.kilowatts(flow: 30_000.0 / 3600, headMetres: 20, efficiency: 0.8)
    // All that the lake holds is moved from the morning to the afternoon, where the demand takes it.
    let moved = min(kept, 12 * min(inflow, 300 - inflow))
    #expect(abs(morning - 4 * (12 * inflow - moved)) < 1e-3, "\(morning) \(kept) \(inflow)")
    let state = try #require(plan.problem.states.firstIndex { $0.label.id == "dam" })
    for content in plan.solution.contents[state] { #expect(content < kept + 1e-6 && content > -1e-6) }
    #expect((accounts.value("p_s") ?? 0) > 0)
    // Without a lake the same water runs as it comes.
    let bare = try planned(text(station.replacing("reservoir: {volume: 30000 m3}, ", with: ""), buy: bands))
    #expect((bare.accounts.value("annual_cost") ?? 0) > (accounts.value("annual_cost") ?? .infinity))
    let limitless = station.replacing(", capacity: {fixed: 600 kW}", with: "")
    #expect(
      ProjectReader.check(text: text(limitless), path: "l.yaml").contains {
        $0.severity == .error && $0.message.contains("how fast it may be emptied")
      })
  }

  @Test func `stations along one river: the lower gets the tail water and what joins`() throws {
    let stations = """
        first: {kind: hydro, bus: ac, resource: upper, head: 5 m, efficiency: 80 %}
        second: {kind: hydro, bus: ac, resource: lower, head: 5 m, efficiency: 80 %}
      """
    let (plan, _, _) = try planned(text(stations))
    let first = try #require(plan.total("first", .production)), second = try #require(plan.total("second", .production))
    #expect(abs(first[5] - HydroPower.kilowatts(flow: 1.5, headMetres: 5, efficiency: 0.8)) < 1e-6)
    #expect(abs(second[5] - HydroPower.kilowatts(flow: 2.5, headMetres: 5, efficiency: 0.8)) < 1e-6)
  }

  @Test func `collectors, troughs and the cold of liquefied gas are planned`() throws {
    let plant = """
        roof: {kind: solar-collector, bus: hot, resource: sun, tilt: 30 deg, optical_efficiency: 78 %, linear_loss: 3.5 W/m2/K, capacity: {max: 50 m2}, capital: 50 USD/m2}
        trough: {kind: parabolic-trough, bus: hot, resource: sun, capacity: {max: 50 m2}, capital: 50 USD/m2}
        terminal: {kind: lng-cold, liquid: liquid, gas: gas, power: ac, cold: freeze, cold_share: 40 %, capacity: {fixed: 2 MW}}
      """
    let more = """
      x-note: {}
      """
    let whole = text(plant, more: more).replacing(
      "  heat: {bus: hot, power: 40 kW}",
      with: "  heat: {bus: hot, power: 40 kW}\n  store: {bus: freeze, power: 5 kW}\n  send: {bus: gas, power: 1000 kW}"
    ).replacing("  oven:", with: "  tanker: {bus: liquid, class: N, buy: 0.03 USD/kWh}\n  oven:")
      .replacing("freeze: {carrier: cold,", with: "freeze: {carrier: cold, spill: true,")
    let (plan, accounts, _) = try planned(whole)
    #expect((plan.total("roof", .production) ?? []).reduce(0, +) > 0)
    #expect((plan.total("trough", .production) ?? []).reduce(0, +) > 0)
    let gas = try #require(plan.total("terminal", .conversion))
    #expect(gas.allSatisfy { abs($0 - 1000) < 1e-6 })
    // Its power saves purchase.
    #expect((accounts.value("bought") ?? .infinity) < 300 * 8760 * 2)
    #expect(accounts.balance.carriers.contains { $0.name == "cold" && $0.yearly.served > 0 })
  }

  @Test func `prices by month are paid in their months`() throws {
    let prices = "{monthly_price: {values: [1, 1, 1, 1, 1, 0.25, 1, 1, 1, 1, 1, 1], unit: USD/kWh}}"
    let (_, accounts, _) = try planned(
      text("  none: {kind: source, bus: ac, class: W, availability: 0 %, capacity: {fixed: 1 kW}}", buy: prices))
    let paid = accounts.costs.reduce(0) { $1.kind == .purchase && $1.id == "grid" ? $0 + $1.annual : $0 }
    #expect(abs(paid - 300 * 8760 * 0.25) < 1e-3)
    let wrong = prices.replacing("1, 1, 1], unit", with: "1, 1], unit")
    #expect(
      ProjectReader.check(text: text("  x: {}", buy: wrong), path: "m.yaml").contains {
        $0.message.contains("takes 12 values")
      })
  }

  @Test func `wind by the stability of the air, with wakes and the hour's density`() throws {
    func output(_ keys: String, stability: String = "hourly") throws -> [Double] {
      let turbine =
        "  mill: {kind: wind-turbine, bus: ac, resource: mast, turbine: \(PowerCurve.classes[0].name), hub_height: 80 m, capacity: {fixed: 1 kW}\(keys)}"
      let project = try TemporaryText.project(
        text(turbine).replacing("stability: hourly", with: "stability: \(stability)"))
      guard case .source(let block) = project.components[0].block, case .share(let share) = block.supply else {
        return []
      }
      return share
    }
    let plain = try output("")
    let waked = try output(", wake_loss: 10 %")
    for t in plain.indices { #expect(abs(waked[t] - 0.9 * plain[t]) < 1e-12) }
    // Stable air carries more wind up than unstable air.
    let stable = try output("", stability: "E").reduce(0, +), unstable = try output("", stability: "A").reduce(0, +)
    #expect(stable > plain.reduce(0, +) && plain.reduce(0, +) > unstable)
    let none = try output(", density: none"), cold = try output(", density_from: temperature")
    let speeds = try output(", density: curve-speeds, density_from: temperature")
    #expect(none.reduce(0, +) > plain.reduce(0, +))
    #expect(cold != plain && speeds != cold)
    #expect(WindStability.of(windSpeed: 1, irradiance: 1) == .veryUnstable)
    #expect(WindStability.of(windSpeed: 1, irradiance: 0) == .stable)
    #expect(WindStability.of(windSpeed: 8, irradiance: 0.5) == .neutral)
  }
}
