import TulouAccounts
import TulouDemand
import TulouQuantities
import TulouResources

/// What can be recomputed of the Shenzhen study from its own tables, without planning anything.
///
/// - Source: Zhang, Ma, Ye, Chen, Xiong, "Hybrid electricity system of the Shenzhen International Low Carbon City",
///   Sustainability 2016, 8(5), 452; equations (1)-(8), tables 1-11.
enum ShenzhenArithmetic {
  static let stages = ["experimental", "pilot", "advanced"]
  private static let years = 25.0, rate = 0.06

  /// Every row that needs no plan, by id.
  static func values(of paper: PublishedCase) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    demand(paper, &out)
    resources(paper, &out)
    money(paper, &out)
    carbonAndLand(paper, &out)
    sensitivities(paper, &out)
    contradictions(paper, &out)
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
    let energy = stock.energy / 1e6
    let floorArea = stock.kinds.reduce(0) { $0 + $1.floorArea }
    out["t1.total"] = ComputedValue(energy, "sum of the rows and 'other'")
    out["x11"] = ComputedValue(
      stock.energy / floorArea, "total by total floor area; without 'other' 146.2")

    let primaryUses: Set = ["new-industry", "commercial", "cultural", "residential"]
    let land = LandUse(
      uses: ["lawn", "industry", "new-industry", "commercial", "cultural", "residential", "water"].map {
        .init(
          $0, land: p["t2.land.\($0)"] * 1000, floorAreaRatio: p["t2.far.\($0)"], loadDensity: p["t2.density.\($0)"],
          service: primaryUses.contains($0) ? .primary : .deferrable)
      }, otherKilowatts: p["t2.other"])
    for use in land.uses {
      out["t2.load.\(use.name)"] = ComputedValue(use.kilowatts, "land x floor-area ratio x density")
    }
    out["t2.total"] = ComputedValue(land.kilowatts, "sum of the rows and 'other'")
    out["x12"] = ComputedValue(land.uses.reduce(0) { $0 + $1.land } / 1e6, "sum of the rows")
    out["t4.primary"] = ComputedValue(land.kilowatts(.primary), "new industry, commercial, cultural, residential")
    out["t4.deferrable"] = ComputedValue(land.kilowatts(.deferrable), "industry, water, lawn, other")
    for name in stages {
      let stage = DistrictStage(name, areaRatio: p["t3.area.\(name)"], diversity: p["t3.diversity.\(name)"])
      let gwh = stage.energy(base: stock.energy) / 1e6
      out["t3.planned.\(name)"] = ComputedValue(
        stage.plannedKilowatts(base: land.kilowatts), "load x area x diversity")
      out["t3.energy.\(name)"] = ComputedValue(gwh, "energy x area")
      out["t4.primary.\(name)"] = ComputedValue(gwh * land.share(.primary), "share of connected load")
      out["t4.deferrable.\(name)"] = ComputedValue(gwh * land.share(.deferrable), "share of connected load")
      out["t4.total.\(name)"] = ComputedValue(gwh, "sum of the column")
      if name == "advanced" {
        out["x13"] = ComputedValue(gwh, "sum of the column")
        out["x16"] = ComputedValue(
          stage.loadFactor(energyBase: stock.energy, loadBase: land.kilowatts),
          "the load factor rises from 0.543 to this")
      }
    }
  }

  // MARK: Equations (3) to (6)

  private static func resources(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    out["eq3.hours"] = ComputedValue(0.8 * 4.41 * 365, "derating x radiation x days")
    if let ratio = try? WindShear.logarithmic(roughnessMetres: 0.204).factor(from: 10, to: 70) {
      out["eq4.ratio"] = ComputedValue(ratio, "ln(70/z0) / ln(10/z0)")
    }
    if let curve = try? PowerCurve(speeds: [0, 10], outputs: [0, 1], source: "straight line") {
      let thin = curve.series(hubSpeeds: [5], densityRatio: 1.1025 / 1.225)[0]
      out["eq5.factor"] = ComputedValue(thin / curve.series(hubSpeeds: [5])[0], "power in thin air over standard air")
    }
    for stage in stages {
      let kw = p["t7.psh.\(stage)"] * 1000
      let flow = try? HydroPower.flow(
        kilowatts: kw, headMetres: p["t6.head"], efficiency: p["t5.psh.efficiency"])
      out["eq6.flow.\(stage)"] = ComputedValue(flow, "equation (6) solved for Q")
      out["t11.flow.\(stage)"] = ComputedValue(flow, "equation (6) solved for Q")
      out["t11.storage.\(stage)"] = ComputedValue(
        HydroPower.volume(flow: p["t11.flow.\(stage)"], hours: p["t6.hours"]) / 1e6, "printed flow x 10 h")
      if stage == "advanced" { out["x9"] = ComputedValue(flow, "equation (6); 1450 m3/s would be 1138 MW") }
    }
    // Monthly means of Shenzhen's typical year (SWERA), raised to the paper's yearly mean.
    let typical = [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29]
    let monthDays = (1...12).map { Double(CivilDate.days(inMonth: $0, of: 2025)) }
    let mean = zip(typical, monthDays).reduce(0) { $0 + $1.0 * $1.1 } / 365
    let scaled = typical.map { $0 * 4.41 / mean }
    let place = Site(latitudeDegrees: 22.7, longitudeDegrees: 114.3, altitudeMetres: 40, utcOffsetHours: 8)
    let sky = IrradianceSynthesis(site: place, monthlyMeans: scaled, seed: 1)
    let horizon = Horizon.year(2025)
    if let hours = try? sky.series(over: horizon), let ceiling = try? sky.ceiling(over: horizon) {
      let synthesised = hours.reduce(0, +) / 365
      out["r56.mean"] = ComputedValue(synthesised, "mean of 8760 synthesised hours")
      out["r72.mean"] = ComputedValue(
        zip(scaled, monthDays).reduce(0) { $0 + $1.0 * $1.1 } / 365, "mean of the twelve scaled months")
      let above = zip(hours, ceiling).count { $0 > $1 * (1 + 1e-9) }
      out["r56.clear"] = ComputedValue(Double(above), "of 8760", holds: above == 0)
    }
    out["r50.fuel"] = ComputedValue(0.08 + 0.25, "intercept + slope, m3/h/kW")
  }

  // MARK: Equations (7), (8)

  private static func money(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let crf = capitalRecoveryFactor(rate: rate, years: years)
    out["crf.6"] = ComputedValue(crf)
    out["crf.0"] = ComputedValue(capitalRecoveryFactor(rate: 0, years: years))
    out["crf.20"] = ComputedValue(capitalRecoveryFactor(rate: 0.2, years: years))
    out["r62.rate"] = ComputedValue(realDiscountRate(nominal: 0.06, inflation: 0) * 100)
    for stage in stages {
      let energy = energyOfEquation8(p, stage)
      out["r61.energy.\(stage)"] = ComputedValue(energy, "NPC x CRF / COE")
      let npc = p["t9.coe.\(stage)"] * p["t3.energy.\(stage)"] / crf
      out["r61.npc.\(stage)"] = ComputedValue(npc, "COE x demand / CRF")
      for (row, shares) in [("t8.direct", ["pv", "wind"]), ("t8.storage", ["pv", "wind", "psh"])] {
        out["\(row).\(stage)"] = ComputedValue(shares.reduce(0) { $0 + p["t8.\($1).\(stage)"] }, "sum of the shares")
      }
      out["t8.sum.\(stage)"] = ComputedValue(
        ["pv", "wind", "psh", "gas", "grid"].reduce(0) { $0 + p["t8.\($1).\(stage)"] }, "sum of the column")
    }
    out["x3"] = ComputedValue(p["t9.coe.advanced"] * p["t3.energy.advanced"] / crf, "COE x demand / CRF")
    out["x14"] = out["t8.sum.advanced"]
    out["x7"] = out["t8.direct.experimental"]
  }

  /// NPC x CRF / COE [GWh/y].
  private static func energyOfEquation8(_ p: PublishedCase, _ stage: String) -> Double {
    p["t9.npc.\(stage)"] * capitalRecoveryFactor(rate: rate, years: years) / p["t9.coe.\(stage)"]
  }

  /// Capital of table 7 by table 5 [GUSD].
  private static func capital(_ p: PublishedCase, _ stage: String) -> Double {
    let perKW = [
      ("wind", p["t5.wind.turbine"] + p["t5.wind.auxiliary"]), ("pv", p["t5.pv"] + p["t5.pv.auxiliary"]),
      ("gas", p["t5.gas"]), ("converter", p["t5.converter"]), ("psh", p["t5.psh"]),
    ]
    // MW x USD/kW = 1000 USD
    return perKW.reduce(0) { $0 + p["t7.\($1.0).\(stage)"] * $1.1 } * 1e3 / 1e9
  }

  // MARK: Tables 10, 11

  private static func carbonAndLand(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    for stage in stages {
      let low = p["t10.low.\(stage)"], usual = p["t10.bau.\(stage)"]
      out["r67.reduction.\(stage)"] = ComputedValue((1 - low / usual) * 100, "1 - low-carbon / business as usual")
      out["r67.factor.\(stage)"] = ComputedValue(usual / (p["t3.energy.\(stage)"] * 1000), "tonnes / MWh")
      out["t11.pv.\(stage)"] = ComputedValue(p["t7.pv.\(stage)"] * 1000 * 7.5 / 1e6, "7.5 m2/kW")
      out["t11.wind.\(stage)"] = ComputedValue(p["t7.wind.\(stage)"] / 1.5 * 2500 / 1e6, "2500 m2 per 1.5 MW")
    }
    out["r67.quoted"] = ComputedValue(
      p["t10.bau.experimental"] / (p["t3.energy.experimental"] * 1000), "business as usual / demand")
    out["x5"] = ComputedValue(p["t3.energy.experimental"] * 1000 * 0.9223, "demand x quoted factor")
    out["x6"] = ComputedValue((p["t10.bau.advanced"] - p["t10.low.advanced"]) / 1e6, "difference of table 10")
    out["x10"] = ComputedValue(
      p["t7.pv.pilot"] * 1000 * 7.5 / 1e6 / p["t3.area.pilot"] * 100, "advanced stage 20.37 %, experimental 9 %")
    // Shares of the energies of equation (8), with the factors that fit the first two stages.
    let energy = energyOfEquation8(p, "advanced")
    out["x15"] = ComputedValue(
      energy * (p["t8.grid.advanced"] * 0.747 + p["t8.gas.advanced"] * 0.630) / 100 / 1e3, "0.747 grid, 0.630 gas")
  }

  // MARK: Figures 7, 8

  private static func sensitivities(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let crf = capitalRecoveryFactor(rate: rate, years: years)
    // A turbine lives 20 of 25 years; the paper's figure is matched by capital alone, annualised over the project.
    for stage in stages {
      let yearly = energyOfEquation8(p, stage) * 1e6 * p["t9.coe.\(stage)"]
      let extra = p["t7.wind.\(stage)"] * 1000 * 2 * p["t5.wind.turbine"] * crf
      out["f7.\(stage)"] = ComputedValue(extra / yearly * 100, "2 x 700 USD/kW x CRF / yearly cost of equation (8)")
    }
    out["f7.published.pilot"] = out["f7.pilot"]
    let whole = p["t7.wind.advanced"] * 1000 * 2 * (p["t5.wind.turbine"] + p["t5.wind.auxiliary"]) * crf
    out["x4"] = ComputedValue(
      whole / (energyOfEquation8(p, "advanced") * 1e6 * p["t9.coe.advanced"]) * 100, "2 x 1000 USD/kW x CRF")
    let zero = capitalRecoveryFactor(rate: 0, years: years), twenty = capitalRecoveryFactor(rate: 0.2, years: years)
    let k = (p["f8.twenty"] - p["f8.zero"]) / (twenty - zero)
    out["r66.k"] = ComputedValue(k, "slope of COE over CRF")
    out["f8.six"] = ComputedValue(p["f8.zero"] + k * (crf - zero), "straight line over CRF")
    out["r66.kcapital"] = ComputedValue(k * energyOfEquation8(p, "advanced") / 1e3, "K x energy of equation (8)")
    out["r66.capital"] = ComputedValue(capital(p, "advanced"), "table 7 x table 5")
  }

  // MARK: What contradicts itself (digest, section 6)

  private static func contradictions(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    out["x1"] = ComputedValue(p["t11.wind.experimental"] * 1e6 / 2500 * 1.5, "from the land of table 11")
    out["x2"] = ComputedValue(p["t11.wind.advanced"] * 1e6 / 2500 * 1.5, "from the land of table 11")
    out["x8"] = ComputedValue(
      p["t8.psh.experimental"] / 100 * energyOfEquation8(p, "experimental") * 1000 / p["t7.psh.experimental"],
      "share of the energy of equation (8) / 13 MW")
  }
}
