public import TulouQuantities

/// What a technology may know of the world around it: buses and their carriers, site and resources.
public struct Surroundings: Sendable {
  /// A bus as a technology sees it.
  public struct Place: Sendable, Equatable {
    /// Id of the bus.
    public var id: String
    /// Id of its carrier.
    public var carrier: String
    /// Kind of its carrier: `electricity`, `heat`, `cold`, `fuel`, ...
    public var kind: String
    /// Supply temperature [degC].
    public var supply: Double?
    /// Return temperature [degC].
    public var `return`: Double?
    /// What converts the carrier's natural amounts to energy.
    public var heatingValue: Decoding.HeatingValue?
    /// Member whose own bus it is.
    public var member: String?
    /// A place.
    public init(id: String, carrier: String, kind: String) {
      self.id = id
      self.carrier = carrier
      self.kind = kind
    }
  }

  /// Buses by id.
  public var places: [String: Place]
  /// A member's own bus for a cluster bus, by member.
  public var ownBuses: [String: [String: String]]
  /// Ids of members.
  public var members: Set<String>
  /// Ids of buses in the order written, for suggestions.
  public var busNames: [String]
  /// Brings the series of a resource.
  public var resources: any ResourceProvider

  /// Surroundings.
  public init(
    places: [String: Place], ownBuses: [String: [String: String]], members: Set<String>, busNames: [String],
    resources: any ResourceProvider
  ) {
    self.places = places
    self.ownBuses = ownBuses
    self.members = members
    self.busNames = busNames
    self.resources = resources
  }

  /// The bus that a thing of `member` means by `name`: the member's own where it has one; nil after a diagnostic.
  public func place(
    _ name: String, of member: String?, kinds: Set<String> = [], _ decoding: inout Decoding, at mark: Mark
  ) -> Place? {
    let id = member.flatMap { ownBuses[$0]?[name] } ?? name
    guard let place = places[id] else {
      decoding.error(
        "There is no bus '\(Node.short(name))'.",
        advice: nearestName(to: name, among: busNames).map { "Did you mean '\($0)'?" }
          ?? "Buses: \(busNames.joined(separator: ", ")).", at: mark)
      return nil
    }
    if !kinds.isEmpty && !kinds.contains(place.kind) {
      decoding.error(
        "'\(decoding.key)' needs a bus of \(kinds.sorted().joined(separator: " or ")), but '\(name)' carries \(place.kind).",
        at: mark)
      return nil
    }
    return place
  }
}

/// What nature gives, by the id of a resource; the room Project fills it.
public protocol ResourceProvider: Sendable {
  /// A series of the resource, one value a step; nil after a diagnostic.
  func series(
    _ quantity: ResourceQuantity, of resource: String, _ decoding: inout Decoding, at mark: Mark
  ) -> [Double]?
}

/// What a technology may ask of a resource.
public enum ResourceQuantity: Sendable, Equatable {
  /// Output of a photovoltaic field as share of its rating, by equation (3) or PVWatts.
  case photovoltaic(PhotovoltaicDescription)
  /// Wind speed at a height [m/s].
  case windSpeed(height: Double)
  /// Air density at a height [kg/m3].
  case airDensity(height: Double)
  /// Ambient temperature [degC].
  case temperature
  /// Irradiance on a tilted plane [kW/m2].
  case irradiance(tilt: Double, azimuth: Double)
  /// Water flow after the ecological flow [m3/s].
  case flow
  /// Gas that a digester makes [m3/h].
  case gas
}

/// A photovoltaic field, as the resource needs it.
public struct PhotovoltaicDescription: Sendable, Equatable {
  /// Tilt from the horizontal [deg].
  public var tilt: Double?
  /// Azimuth, 180 = south [deg].
  public var azimuth: Double?
  /// Derating of everything that is not temperature [-].
  public var derating: Double
  /// Power coefficient of temperature [1/K].
  public var temperatureCoefficient: Double
  /// Nominal operating cell temperature [degC].
  public var nominalCellTemperature: Double
  /// A field.
  public init(
    tilt: Double?, azimuth: Double?, derating: Double, temperatureCoefficient: Double, nominalCellTemperature: Double
  ) {
    self.tilt = tilt
    self.azimuth = azimuth
    self.derating = derating
    self.temperatureCoefficient = temperatureCoefficient
    self.nominalCellTemperature = nominalCellTemperature
  }
}
