import Tulou

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What can be recomputed of the Shenzhen study from the numbers that it prints, with no input of ours.
///
/// - Source: Zhang, Ma, Ye, Chen, Xiong, "Feasibility Analyses of Developing Low Carbon City with Hybrid Energy Systems in
///   China: The Case of Shenzhen", Sustainability 2016, 8(5), 452; equations (1)-(8), tables 1-11.
package enum ShenzhenArithmetic {
  package static let stages = ["experimental", "pilot", "advanced"]
  static let sources = ["pv", "wind", "psh", "gas", "grid"]

  /// Rows of the bases `arithmetic` and `derived`, by id.
  package static func values(of paper: PublishedCase) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    demand(paper, &out)
    water(paper, &out)
    money(paper, &out)
    mix(paper, &out)
    carbon(paper, &out)
    land(paper, &out)
    ShenzhenSensitivities.values(of: paper, &out)
    return out
  }

  // MARK: Tables 1 to 4

  private static func demand(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let stock = BuildingStock(
      kinds: ["research", "residential", "commercial", "public"].map {
        .init($0, floorArea: p["t1.area.\($0)"] * 1e6, benchmark: p["t1.benchmark.\($0)"])
      }, otherEnergy: p["t1.other"] * 1e6)
    for kind in stock.kinds {
      out["t1.energy.\(kind.name)"] = ComputedValue(kind.energy / 1e6, "area x benchmark")
    }
    let floorArea = stock.kinds.reduce(0) { $0 + $1.floorArea }
    out["t1.total"] = ComputedValue(stock.energy / 1e6, "sum of the rows and 'other'")
    // What has no floor area has no benchmark: the mean of the benchmarks leaves it out.
    out["t1.mean"] = ComputedValue(
      (stock.energy - stock.otherEnergy) / floorArea, "energy of the four kinds by their floor area")
    out["t1.text.table"] = ComputedValue(floorArea / 1e6, "sum of table 1")

    let names = ["lawn", "industry", "new-industry", "commercial", "cultural", "residential", "water"]
    let land = LandUse(
      uses: names.map {
        .init(
          $0, land: p["t2.land.\($0)"] * 1000, floorAreaRatio: p["t2.far.\($0)"], loadDensity: p["t2.density.\($0)"],
          service: .primary)
      }, otherKilowatts: p["t2.other"])
    for use in land.uses {
      out["t2.load.\(use.name)"] = ComputedValue(use.kilowatts, "land x floor-area ratio x density")
    }
    let built: Set = ["industry", "new-industry", "commercial", "cultural", "residential"]
    out["t1.text.floors"] = ComputedValue(
      land.uses.filter { built.contains($0.name) }.reduce(0) { $0 + $1.floorArea } / 1e6,
      "land x floor-area ratio of the built uses of table 2")
    out["t2.land"] = ComputedValue(land.uses.reduce(0) { $0 + $1.land } / 1e6, "sum of the rows")

    // The paper goes on with its printed loads, so these go in.
    func printed(_ uses: [String]) -> Double { uses.reduce(0) { $0 + p["t2.load.\($1)"] } }
    let connected = p["t2.total"]
    out["t2.total"] = ComputedValue(printed(names) + p["t2.other"], "sum of the printed rows and 'other'")
    out["t4.primary"] = ComputedValue(
      printed(["new-industry", "commercial", "cultural", "residential"]),
      "new industry, commercial, cultural, residential")
    out["t4.deferrable"] = ComputedValue(
      printed(["industry", "water", "lawn"]) + p["t2.other"], "industry, water, lawn, other")
    for name in stages {
      let stage = DistrictStage(name, areaRatio: p["t3.area.\(name)"], diversity: p["t3.diversity.\(name)"])
      out["t3.load.\(name)"] = ComputedValue(stage.connectedKilowatts(base: connected), "load x area")
      out["t3.planned.\(name)"] = ComputedValue(stage.plannedKilowatts(base: connected), "load x area x diversity")
      out["t3.energy.\(name)"] = ComputedValue(stage.energy(base: stock.energy) / 1e6, "energy x area")
      out["t3.factor.\(name)"] = ComputedValue(
        stage.loadFactor(energyBase: stock.energy, loadBase: connected), "energy / 8760 h / planned load")
      for part in ["primary", "deferrable"] {
        out["t4.\(part).\(name)"] =
          name == "experimental"
          ? ComputedValue(stock.energy / 1e6 * p["t4.\(part)"] / connected, "share of connected load")
          : ComputedValue(p["t4.\(part).experimental"] * stage.areaRatio, "printed first stage x area")
      }
      out["t4.total.\(name)"] = ComputedValue(
        p["t4.primary.\(name)"] + p["t4.deferrable.\(name)"], "sum of the printed column")
    }
  }

  // MARK: Equations (4), (6), tables 7 and 11

  private static func water(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    // ln(70/z) = r ln(10/z) solved for z, r = 6.0/4.0 = 7.5/5.0.
    let ratio = p["wind.high.least"] / p["wind.low.least"]
    out["eq4.roughness"] = ComputedValue(
      exp((ratio * log(p["wind.low.height"]) - log(p["t5.wind.hub"])) / (ratio - 1)),
      "equation (4) solved for the roughness that carries 4.0 m/s at 10 m to 6.0 m/s at 70 m")
    for stage in stages {
      let flow = try? HydroPower.flow(
        kilowatts: p["t7.psh.\(stage)"] * 1000, headMetres: p["t11.head"], efficiency: p["t5.psh.efficiency"])
      out["t11.flow.\(stage)"] = ComputedValue(flow, "equation (6) solved for Q, power of table 7, 100 m, 80 %")
      out["t11.storage.\(stage)"] = ComputedValue(
        HydroPower.volume(flow: p["t11.flow.\(stage)"], hours: p["t11.hours"]) / 1e6, "printed flow x 10 h")
      out["t11.volume.\(stage)"] = ComputedValue(
        flow.map { HydroPower.volume(flow: $0, hours: p["t11.hours"]) / 1e6 }, "flow of equation (6) x 10 h")
    }
    out["water.local"] = ComputedValue(p["t11.storage.experimental"], "printed storage of the experimental stage")
    out["water.city"] = ComputedValue(p["t11.storage.advanced"], "printed storage of the advanced stage")
  }

  // MARK: Equations (7), (8), table 9

  static let years = 25.0

  /// Real rate of table 6 [1/y].
  static func rate(_ p: PublishedCase) -> Double { p["t6.rate"] / 100 }

  private static func money(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let crf = capitalRecoveryFactor(rate: rate(p), years: years)
    out["crf.6"] = ComputedValue(crf, "i (1 + i)^N / ((1 + i)^N - 1)")
    out["crf.0"] = ComputedValue(capitalRecoveryFactor(rate: 0, years: years), "1 / N")
    out["crf.20"] = ComputedValue(capitalRecoveryFactor(rate: 0.2, years: years), "i (1 + i)^N / ((1 + i)^N - 1)")
    for stage in stages {
      out["r61.energy.\(stage)"] = ComputedValue(energyOfEquation8(p, stage), "NPC x CRF / COE")
      out["t9.check.\(stage)"] = ComputedValue(
        p["t9.coe.\(stage)"] * p["t3.energy.\(stage)"] / crf,
        "equation (8) with the demand of table 3: COE x demand / CRF")
    }
  }

  /// NPC x CRF / COE [GWh/y]: the energy that makes equation (8) true.
  static func energyOfEquation8(_ p: PublishedCase, _ stage: String) -> Double {
    p["t9.npc.\(stage)"] * capitalRecoveryFactor(rate: rate(p), years: years) / p["t9.coe.\(stage)"]
  }

  // MARK: Table 8

  private static func mix(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    // Hours of discharge in a year with as much pumping power: h + h / 0.8 = 8760.
    let efficiency = p["t5.psh.efficiency"]
    let hours = 8760 * efficiency / (1 + efficiency)
    for stage in stages {
      func share(_ source: String) -> Double { p["t8.\(source).\(stage)"] }
      out["t8.sum.\(stage)"] = ComputedValue(sources.reduce(0) { $0 + share($1) }, "sum of the column")
      out["t8.direct.\(stage)"] = ComputedValue(share("pv") + share("wind"), "PV and wind")
      out["t8.rf.\(stage)"] = ComputedValue(share("pv") + share("wind") + share("psh"), "PV, wind and storage output")
      out["t8.psh.most.\(stage)"] = ComputedValue(
        hours * p["t7.psh.\(stage)"] / (p["t3.energy.\(stage)"] * 1000) * 100,
        "most that the power of table 7 can give at 80 % and equal pumping power, 3,893 h, of the demand of table 3")
      for source in ["pv", "wind"] {
        out["t8.hours.\(source).\(stage)"] = ComputedValue(
          share(source) / 100 * energyOfEquation8(p, stage) * 1000 / p["t7.\(source).\(stage)"],
          "share of the energy of equation (8) by the size of table 7")
      }
    }
  }

  // MARK: Table 10

  private static func carbon(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for stage in stages {
      let low = p["t10.low.\(stage)"], usual = p["t10.bau.\(stage)"], demand = p["t3.energy.\(stage)"]
      out["t10.reduction.\(stage)"] = ComputedValue((1 - low / usual) * 100, "1 - low-carbon / business as usual")
      // All stages have one factor, so what is wrong with it is said once: the others follow from the first by area.
      out["t10.bau.\(stage)"] =
        stage == "experimental"
        ? ComputedValue(demand * 1000 * p["grid.factor"], "demand of table 3 x the factor that section 3.4 quotes")
        : ComputedValue(
          p["t10.bau.experimental"] * p["t3.area.\(stage)"] / p["t3.area.experimental"],
          "printed experimental stage x area")
      out["t10.factor.\(stage)"] = ComputedValue(usual / (demand * 1000), "business as usual / demand")
    }
    out["t10.net"] = ComputedValue(
      (p["t10.bau.advanced"] - p["t10.low.advanced"]) / 1e6, "difference of table 10")
    // Two factors that fit the first two stages, by Cramer's rule; only the third stage tests them.
    func energy(_ source: String, _ stage: String) -> Double {
      p["t8.\(source).\(stage)"] / 100 * energyOfEquation8(p, stage) * 1000
    }
    let grid = stages.map { energy("grid", $0) }, gas = stages.map { energy("gas", $0) }
    let low = stages.map { p["t10.low.\($0)"] }
    let determinant = grid[0] * gas[1] - grid[1] * gas[0]
    let ofGrid = (low[0] * gas[1] - low[1] * gas[0]) / determinant
    let ofGas = (grid[0] * low[1] - grid[1] * low[0]) / determinant
    out["t10.fit.grid"] = ComputedValue(ofGrid, "solved from tables 8 to 10 of the first two stages")
    out["t10.fit.gas"] = ComputedValue(ofGas, "solved from tables 8 to 10 of the first two stages")
    out["t10.fit.advanced"] = ComputedValue(
      (ofGrid * grid[2] + ofGas * gas[2]) / 1e6, "the two factors on the advanced stage, which table 10 puts at 3.62 Mt"
    )
  }

  // MARK: Table 11 and statements on sizes

  private static func land(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for stage in stages {
      let panels = p["t7.pv.\(stage)"] * 1000 * p["t11.pv.need"] / 1e6
      out["t11.pv.\(stage)"] = ComputedValue(panels, "7.5 m2/kW")
      out["t11.wind.\(stage)"] = ComputedValue(
        p["t7.wind.\(stage)"] / p["t11.turbine"] * p["t11.wind.need"] / 1e6, "2500 m2 for each 1.5 MW")
      out["t11.ceiling.\(stage)"] = ComputedValue(
        panels / p["t3.area.\(stage)"] * 100, "panels of table 7 at 7.5 m2/kW, of the area of table 3")
    }
    out["text.turbines"] = ComputedValue(p["t7.wind.advanced"] / p["t11.turbine"], "16,500 MW / 1.5 MW")
    out["text.wind.experimental"] = ComputedValue(
      p["t7.wind.experimental"], "table 7; the land of table 11, 0.075 km2, is 30 turbines of 1.5 MW, so 45")
    out["text.wind.advanced"] = ComputedValue(
      p["t7.wind.advanced"], "table 7; the land of table 11, 27.50 km2, is 11,000 turbines of 1.5 MW, so 16,500")
  }
}
