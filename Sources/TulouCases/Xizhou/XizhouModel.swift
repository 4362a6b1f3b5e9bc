import Tulou

/// The share model with the demands of the paper.
struct XizhouModel {
  /// Days of the year that the three representative days stand for, as their hours of operation imply.
  static let days = [145.0, 85, 135]
  /// Monthly means of Dali, January, October, July [degC].
  static let ambient = [8.2, 15.4, 19.9]

  let paper: PublishedCase
  let assumptions: ShareAssumptions

  init(_ paper: PublishedCase, _ assumptions: ShareAssumptions = ShareAssumptions()) {
    self.paper = paper
    self.assumptions = assumptions
  }

  /// The three representative days, with the charging of a fleet.
  func seasons(fleet: Int? = nil) -> [ShareSeason] {
    let names = ["winter", "mid-season", "summer"]
    let charging = fleet.map { XizhouTables.charging(paper, $0) } ?? []
    return XizhouTables.seasons.enumerated().map { k, s in
      ShareSeason(
        name: names[k], days: Self.days[k], ambient: Self.ambient[k],
        demands: XizhouTables.carriers.enumerated().map { c, carrier in
          ShareDemand(
            peak: XizhouTables.value(paper, "t3.\(carrier).peak.\(s)"),
            energy: XizhouTables.value(paper, "t3.\(carrier).energy.\(s)"), shape: ShareShapes.hours[c])
        }, sunHours: paper["hours.pv.\(s)"], collectorHours: paper["hours.sth.\(s)"],
        troughHours: paper["hours.pt.\(s)"], charging: charging)
    }
  }

  /// Variables of the model by the paper's names.
  static let variables: [String: ShareVariable] = [
    "EL.BCHP": .biomassPower, "EL.WT": .wind, "EL.PV": .photovoltaics, "EL.PT": .trough, "EL.PE": .grid,
    "EL.FC": .fuelCell, "SH.HP": .heatPumpHeating, "SH.STH": .solarHeating, "DHW.HP": .heatPumpWater,
    "DHW.STH": .solarWater, "DHW.GB": .gasBoilerWater, "CC.HP": .heatPumpCooling, "CC.SAC": .solarCooling,
  ]

  /// The printed design of a scenario on a day: its shares, storages, and waste heat shared as printed.
  func design(_ scenario: String, season k: Int, _ model: ShareModel) -> [Double] {
    let s = XizhouTables.seasons[k]
    var y = [Double](repeating: 0, count: 27)
    for (key, variable) in Self.variables {
      y[variable.rawValue] = XizhouTables.share(paper, scenario, key, s) / 100
    }
    let stores: [(String, ShareVariable, ShareVariable)] = [
      ("battery", .batteryPower, .batteryEnergy), ("tank", .tankPower, .tankEnergy),
      ("vehicles", .vehiclePower, .vehicleEnergy),
    ]
    for (name, power, energy) in stores {
      y[power.rawValue] = paper["store.\(scenario).\(name).power"]
      y[energy.rawValue] = paper["store.\(scenario).\(name).energy"]
    }
    // Waste heat in the proportion in which the paper uses it.
    let used = ["SH", "DHW", "CC"].enumerated().map { c, carrier in
      XizhouTables.share(paper, scenario, "\(carrier).WHU", s) / 100
        * model.season.demand(ShareCarrier.allCases[c + 1]).energy / (carrier == "CC" ? assumptions["sac.cop"] : 1)
    }
    let sum = used.reduce(0, +)
    if sum > 0 { for c in 0..<3 { y[24 + c] = used[c] / sum } }
    return y
  }

  /// Figures of the printed designs beside those that are printed.
  func printed(_ out: inout [String: ComputedValue]) {
    let days = seasons()
    for (k, s) in XizhouTables.seasons.enumerated() {
      let model = ShareModel(days[k], assumptions: assumptions)
      var figures: [(name: String, ShareFigures)] = []
      for scenario in XizhouTables.basic {
        let found = model.figures(design(scenario, season: k, model))
        figures.append((scenario, found))
        out["ee.\(scenario).\(s)"] = ComputedValue(100 * found.efficiency, "share model, device_output")
        out["lcc.\(scenario).\(s)"] = ComputedValue(100 * found.cost, "share model, c EUR per kWh delivered")
      }
      let best = figures.max { $0.1.efficiency < $1.1.efficiency }?.name ?? ""
      let cheapest = figures.min { $0.1.cost < $1.1.cost }?.name ?? ""
      out["order.ee.\(s)"] = ComputedValue(words: [best], "share model")
      out["order.lcc.\(s)"] = ComputedValue(words: [cheapest], "share model")
    }
    let evaluator = ShareEvaluator(ShareModel(days[0], assumptions: assumptions), goal: .fitness(exergyWeight: 0.5))
    out["fitness.reference"] = ComputedValue(
      evaluator.fitness(evaluator.model.figures(evaluator.model.reference), exergyWeight: 0.5), "eq. (12)")
    valley(days[1], "valley", &out)
    valley(seasons(fleet: 400)[1], "valley.vehicles", &out)
  }

  private func valley(_ day: ShareSeason, _ id: String, _ out: inout [String: ComputedValue]) {
    let hours = day.electricityHours
    let least = hours.indices.min { hours[$0] < hours[$1] } ?? 0
    out[id + ".hour"] = ComputedValue(Double(least), "our shape of the day")
    out[id + ".power"] = ComputedValue(hours[least], "our shape of the day with the printed peak and energy")
  }
}
