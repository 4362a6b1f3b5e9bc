import TulouQuantities

/// Every technology that a project file can name: one line each.
package enum Registry {
  /// In the order of the reference.
  package static let technologies: [any Technology.Type] = [
    GenericSource.self,
    Photovoltaics.self,
    WindPower.self,
    Hydro.self,
    TidalPower.self,
    TroughField.self,
    CollectorField.self,
    PhotovoltaicThermal.self,
    WasteHeatSource.self,
    Generator.self,
    CombinedHeatAndPower.self,
    Boiler.self,
    HeatPump.self,
    Chiller.self,
    AbsorptionChiller.self,
    ColdRecovery.self,
    Electrolyser.self,
    GenericStorage.self,
    Link.self,
    Inverter.self,
    Rectifier.self,
  ]

  /// The technology of a kind.
  package static func technology(_ kind: String) -> (any Technology.Type)? {
    technologies.first { $0.kind == kind }
  }

  /// Words that people write for a kind.
  package static let synonyms = [
    "battery": "storage", "tank": "storage", "pumped-hydro": "storage", "photovoltaic": "pv", "solar": "pv",
    "wind": "wind-turbine",
    "turbine": "wind-turbine", "cogeneration": "chp", "line": "link", "pipe": "link", "cable": "link",
    "converter": "inverter",
    "electrolyzer": "electrolyser", "heatpump": "heat-pump", "engine": "generator", "genset": "generator",
    "collector": "solar-collector",
    "trough": "parabolic-trough", "tidal": "tidal-turbine", "lng": "lng-cold",
  ]

  /// The kind that a wrong word was probably meant to be.
  package static func nearest(to word: String) -> String? {
    let known = nearestName(to: word, among: kinds + synonyms.keys.sorted())
    return known.map { synonyms[$0] ?? $0 }
  }

  /// All kinds.
  package static var kinds: [String] { technologies.map { $0.kind } }
}
