/// Every technology that a project file can name: one line each.
public enum Registry {
  /// In the order of the reference.
  public static let technologies: [any Technology.Type] = [
    GenericSource.self,
    Photovoltaics.self,
    WindTurbine.self,
    Hydro.self,
    SolarCollector.self,
    Generator.self,
    CombinedHeatAndPower.self,
    Boiler.self,
    HeatPump.self,
    Chiller.self,
    AbsorptionChiller.self,
    Electrolyser.self,
    GenericStorage.self,
    Link.self,
    Inverter.self,
    Rectifier.self,
  ]

  /// The technology of a kind.
  public static func technology(_ kind: String) -> (any Technology.Type)? {
    technologies.first { $0.kind == kind }
  }

  /// All kinds.
  public static var kinds: [String] { technologies.map { $0.kind } }
}
