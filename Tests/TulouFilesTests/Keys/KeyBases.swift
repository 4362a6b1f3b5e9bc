/// Small projects in which keys are changed one at a time.
enum KeyBases {
  /// One bus a carrier, all served by markets; `it` is the machine that is looked at.
  static let plant = """
    tulou: 1
    name: keys
    site: {latitude: 30 deg, longitude: 120 deg, altitude: 100 m, time_zone: Asia/Shanghai, area: 1 km2}
    horizon: {start: 2027-06-04, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers:
      gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}
      lng: {kind: fuel, heating_value: 13.9 kWh/kg, emission: 0.2 kg/kWh}
    buses:
      ac: {carrier: electricity}
      dc: {carrier: electricity}
      hot: {carrier: heat, supply: 60 degC, return: 40 degC}
      cool: {carrier: cold, supply: 6 degC, return: 12 degC}
      pipe: {carrier: gas}
      liquid: {carrier: lng}
      vapour: {carrier: lng}
      store: {carrier: hydrogen}
    resources:
      sun: {monthly_ghi: {values: [2, 3, 4, 4, 5, 5, 6, 5, 4, 3, 2, 2], unit: kWh/m2/d}, seed: 3}
      air: {monthly_temperature: {values: [4, 6, 10, 15, 20, 24, 28, 28, 24, 18, 12, 6], unit: degC}}
      mast: {mean_speed: 7 m/s}
      stream: {flow: 2 m3/s}
      race: {tidal: {mean: 0.1 m/s, M2: {amplitude: 2 m/s}}}
      dung: {cattle: 20, yield: 1 m3/d}
    members:
      mill: {kind: sme}
      village: {kind: village}
    demands:
      load: {bus: ac, power: 30 kW, member: mill}
      fans: {bus: dc, power: 3 kW}
      bath: {bus: hot, power: 10 kW, member: village}
      room: {bus: cool, power: 5 kW}
      burn: {bus: vapour, power: 20 kW}
      fill: {bus: store, power: 1 kW}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh, sell: 0.02 USD/kWh, emission: 0.5 kg/kWh}
      direct: {bus: dc, class: N, buy: 0.3 USD/kWh, emission: 0.5 kg/kWh}
      main: {bus: hot, class: N, buy: 0.15 USD/kWh, emission: 0.25 kg/kWh}
      ice: {bus: cool, class: N, buy: 0.2 USD/kWh, emission: 0.2 kg/kWh}
      wells: {bus: pipe, class: N, buy: 0.03 USD/kWh}
      tanker: {bus: liquid, class: N, buy: 0.03 USD/kWh}
      works: {bus: vapour, class: N, buy: 0.06 USD/kWh, emission: 0.2 kg/kWh}
      cylinders: {bus: store, class: N, buy: 0.5 USD/kWh, emission: 0.3 kg/kWh}
    components:
      idle: {kind: source, bus: ac, class: W, availability: 10 %, capacity: {fixed: 1 kW}}
    """

  /// The machine `it` of each kind, whose size is fixed.
  static let machines: [(kind: String, text: String)] = [
    ("source", "bus: ac, class: W, availability: 50 %, capacity: {fixed: 5 kW}"),
    ("pv", "bus: ac, resource: sun, tilt: 25 deg, capacity: {fixed: 5 kW}"),
    ("wind-turbine", "bus: ac, resource: mast, turbine: onshore-1500kw, capacity: {fixed: 5 kW}"),
    ("hydro", "bus: ac, resource: stream, head: 1 m, efficiency: 80 %, capacity: {fixed: 100 kW}"),
    ("tidal-turbine", "bus: ac, resource: race, rated_speed: 2 m/s, capacity: {fixed: 5 kW}"),
    ("parabolic-trough", "bus: hot, resource: sun, capacity: {fixed: 5 m2}"),
    (
      "solar-collector",
      "bus: hot, resource: sun, tilt: 25 deg, optical_efficiency: 75 %, linear_loss: 3.5 W/m2/K, capacity: {fixed: 5 m2}"
    ),
    ("pvt", "bus: hot, power: ac, resource: sun, tilt: 25 deg, capacity: {fixed: 5 m2}"),
    ("waste-heat", "bus: hot, natural: 8 kW, temperature: 90 degC, capacity: {fixed: 5 kW}"),
    ("generator", "fuel: pipe, power: ac, efficiency: 35 %, capacity: {fixed: 5 kW}"),
    ("chp", "fuel: pipe, power: ac, heat: hot, efficiency: {power: 35 %, heat: 45 %}, capacity: {fixed: 5 kW}"),
    ("boiler", "fuel: pipe, heat: hot, efficiency: 90 %, capacity: {fixed: 5 kW}"),
    ("heat-pump", "power: ac, heat: hot, cop: 3, capacity: {fixed: 5 kW}"),
    ("chiller", "power: ac, cold: cool, cop: 3, capacity: {fixed: 3 kW}"),
    ("absorption-chiller", "heat: hot, cold: cool, cop: 0.9, capacity: {fixed: 3 kW}"),
    ("lng-cold", "liquid: liquid, gas: vapour, power: ac, capacity: {fixed: 5 kW}"),
    ("electrolyser", "power: ac, hydrogen: store, efficiency: 70 %, capacity: {fixed: 0.5 kW}"),
    ("storage", "bus: ac, hours: 2 h, round_trip: 90 %, capacity: {fixed: 5 kW}"),
    ("link", "from: ac, to: dc, loss: 5 %, capacity: {fixed: 2 kW}"),
    ("inverter", "from: dc, to: ac, loss: 5 %, capacity: {fixed: 2 kW}"),
    ("rectifier", "from: ac, to: dc, loss: 5 %, capacity: {fixed: 2 kW}"),
  ]

  /// The plant with a machine of a kind.
  static func machine(_ kind: String) -> FlowText {
    let own = machines.first { $0.kind == kind }?.text ?? ""
    var text = FlowText(plant).setting("components.it", to: "{kind: \(kind), \(own)}")
    // A price that is low by night, so that storing pays.
    if kind == "storage" {
      text = text.setting(
        "markets.grid.buy",
        to: "{bands: {day: {price: 0.4 USD/kWh, hours: [\"08:00-20:00\"]}, night: {price: 0.1 USD/kWh, hours: rest}}}")
    }
    // Power at a price that makes an inverter worth its while.
    if kind == "inverter" { text = text.setting("markets.direct.buy", to: "0.1 USD/kWh") }
    return text
  }

  /// Two members behind meters of their own, a year that sells and buys.
  static let members = """
    tulou: 1
    name: members
    horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses:
      ac: {carrier: electricity}
    members:
      mill: {kind: sme, meters: {ac: {loss: 2 %, charge: 0.01 USD/kWh}}, alone: home}
      farm: {kind: farm, meters: {ac: {loss: 2 %, charge: 0.01 USD/kWh}}, alone: home}
    demands:
      spindle: {bus: ac, member: mill, power: 20 kW}
      barn: {bus: ac, member: farm, power: 5 kW}
    components:
      wind: {kind: source, bus: ac, member: farm, class: W, availability: 50 %, capital: 500 USD/kW, capacity: {fixed: 30 kW}}
      roof: {kind: source, bus: ac, class: S.sun, availability: 20 %, capital: 300 USD/kW, capacity: {fixed: 10 kW}}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh, sell: 0.05 USD/kWh, emission: 0.5 kg/kWh}
      home: {bus: ac, for: alone, class: N, buy: 0.25 USD/kWh, sell: 0.04 USD/kWh, emission: 0.6 kg/kWh}
    reference: {electricity: alone}
    """

  /// Rules: a genset, a battery, sun, no grid.
  static let island = """
    tulou: 1
    name: island
    horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers:
      diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.27 kg/kWh}
    buses:
      ac: {carrier: electricity}
      tank: {carrier: diesel}
    demands:
      load: {bus: ac, power: {values: [10,10,10,10,10,10,20,30,30,30,20,20,20,20,20,20,20,30,40,40,40,30,20,10,10,10,10,10,10,10,20,30,30,30,20,20,20,20,20,20,20,30,40,40,40,30,20,10], unit: kW}, tiers: {normal: 100 %}}
    components:
      sun: {kind: source, bus: ac, class: S.sun, availability: {values: [0,0,0,0,0,0,0,0.2,0.4,0.6,0.8,0.9,0.9,0.8,0.6,0.4,0.2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0.2,0.4,0.6,0.8,0.9,0.9,0.8,0.6,0.4,0.2,0,0,0,0,0,0,0]}, capacity: {fixed: 40 kW}}
      genset: {kind: generator, fuel: tank, power: ac, fuel_curve: {no_load: 0.1 kW/kW, slope: 2.5 kW/kW}, capacity: {unit: 25 kW, existing: 50 kW}}
      battery: {kind: storage, bus: ac, hours: 4 h, round_trip: 81 %, capacity: {fixed: 15 kW}}
    markets:
      fuel: {bus: tank, class: N, buy: 1.2 USD/l}
    reliability: {unserved_cost: {normal: 3 USD/kWh}}
    """

  /// A grid with a contract, two months.
  static let contract = """
    tulou: 1
    name: contract
    site: {latitude: 40 deg, longitude: 116 deg, time_zone: Asia/Shanghai}
    horizon: {start: 2027-01-01, length: 2 months, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses:
      ac: {carrier: electricity}
    demands:
      load: {bus: ac, power: {file: load.csv, column: load, unit: kW}}
    components:
      wind: {kind: source, bus: ac, class: W, availability: {file: load.csv, column: wind}, capacity: {fixed: 20 kW}}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh, sell: 0.05 USD/kWh, emission: 0.5 kg/kWh, demand_charge: {rate: 5 USD/kW/month}}
    """
}
