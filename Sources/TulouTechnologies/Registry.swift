import TulouQuantities

/// The technologies that a project can name.
package struct Registry: Sendable {
  /// In the order of the reference.
  package let technologies: [any Technology.Type]

  /// Just these.
  package init(_ technologies: [any Technology.Type]) { self.technologies = technologies }

  /// Those of the file format: one line each.
  package static let standard = Registry([
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
  ])

  /// The same with further ones, for a project made in code.
  package func with(_ further: any Technology.Type...) -> Registry { Registry(technologies + further) }

  /// The technology of a kind.
  package func technology(_ kind: String) -> (any Technology.Type)? {
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
  package func nearest(to word: String) -> String? {
    let known = nearestName(to: word, among: kinds + Self.synonyms.keys.sorted())
    return known.map { Self.synonyms[$0] ?? $0 }
  }

  /// All kinds.
  package var kinds: [String] { technologies.map { $0.kind } }
}
