package import TulouDocument
package import TulouQuantities
package import TulouResources

/// What a technology may know of the world around it: buses and their carriers, site and resources.
package struct Surroundings: Sendable {
  /// A bus as a technology sees it.
  package struct Place: Sendable, Equatable {
    /// Id of the bus.
    package var id: String
    /// Id of its carrier.
    package var carrier: String
    /// Kind of its carrier.
    package var kind: CarrierKind
    /// Supply temperature [degC].
    package var supply: Double?
    /// Return temperature [degC].
    package var `return`: Double?
    /// What converts the carrier's natural amounts to energy.
    package var heatingValue: Decoding.HeatingValue?
    /// Member whose own bus it is.
    package var member: String?
    /// A place.
    package init(id: String, carrier: String, kind: CarrierKind) {
      self.id = id
      self.carrier = carrier
      self.kind = kind
    }
  }

  /// Buses by id.
  package var places: [String: Place]
  /// A member's own bus for a cluster bus, by member.
  package var ownBuses: [String: [String: String]]
  /// Ids of members.
  package var members: Set<String>
  /// Ids of buses in the order written, for suggestions.
  package var busNames: [String]
  /// Brings the series of a resource.
  package var resources: any ResourceProvider

  /// Surroundings.
  package init(
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
  package func place(
    _ name: String, of member: String?, kinds: Set<CarrierKind> = [], _ decoding: inout Decoding, at mark: Mark
  ) -> Place? {
    let id = member.flatMap { ownBuses[$0]?[name] } ?? name
    guard let place = places[id] else {
      // A bus that stands in the file but could not be read was told of already.
      if busNames.contains(id) && decoding.hasErrors { return nil }
      decoding.error(
        "There is no bus '\(Node.short(name))'.",
        advice: nearestName(to: name, among: busNames).map { "Did you mean '\($0)'?" }
          ?? "Buses: \(busNames.joined(separator: ", ")).", at: mark)
      return nil
    }
    if !kinds.isEmpty && !kinds.contains(place.kind) {
      decoding.error(
        "'\(decoding.key)' needs a bus of \(kinds.map(\.rawValue).sorted().joined(separator: " or ")), but '\(name)' carries \(place.kind.rawValue).",
        at: mark)
      return nil
    }
    return place
  }
}

/// What nature gives, by the id of a resource; the room Project fills it.
package protocol ResourceProvider: Sendable {
  /// A series of the resource, one value a step; nil after a diagnostic.
  func series(
    _ quantity: ResourceQuantity, of resource: String, _ decoding: inout Decoding, at mark: Mark
  ) -> [Double]?
  /// Air temperature [degC] for what stands outside: of the resource where it has one, else of the only one that does;
  /// 15 degC, listed as an assumption, where there is none.
  func airTemperature(near resource: String, _ decoding: inout Decoding) -> [Double]
  /// Light of a resource on the horizontal with the sun's path; nil after a diagnostic.
  func light(of resource: String, _ decoding: inout Decoding, at mark: Mark) -> ResourceLight?
  /// Wind speed near the modules [m/s]: of the resource where it has one, else of the only one that does; 1 m/s, listed as
  /// an assumption, where there is none.
  func windSpeed(near resource: String, _ decoding: inout Decoding) -> [Double]
  /// The resource at the rows of its own file, where these are not the project's steps; nil: they are.
  func ownRows(of resource: String, _ driver: ResourceDriver) -> OwnRows?
  /// What a reach below a lake gets beside the lake's releases; nil where no lake stands above it.
  func regulated(_ resource: String) -> RegulatedFlow?
}

/// What drives a technology.
package enum ResourceDriver: Sendable { case sun, wind }

/// A resource as its file has it: rows of another length than the steps, or that begin between them.
///
/// Light at a low sun and wind through a power curve are no straight lines, so what they make is computed row by row and
/// brought to the steps afterwards: an hourly file gives the same energy at any step.
package struct OwnRows: Sendable {
  /// All resources at these rows.
  package var resources: any ResourceProvider
  /// How rows become steps.
  package var grid: StepGrid
  /// Resources at rows.
  package init(resources: any ResourceProvider, grid: StepGrid) {
    self.resources = resources
    self.grid = grid
  }
}

extension Surroundings {
  /// What `make` makes of a resource, row by row of its own file where it has one, as one value a step; nil after a
  /// diagnostic.
  func byRows(
    of resource: String, _ driver: ResourceDriver, _ decoding: inout Decoding,
    _ make: (Surroundings, inout Decoding) -> [Double]?
  ) -> [Double]? {
    byRows(of: resource, driver, &decoding) { world, inner in make(world, &inner).map { [$0] } }?.first
  }

  /// The same for several series at once.
  func byRows(
    of resource: String, _ driver: ResourceDriver, _ decoding: inout Decoding,
    _ make: (Surroundings, inout Decoding) -> [[Double]]?
  ) -> [[Double]]? {
    guard let own = resources.ownRows(of: resource, driver) else { return make(self, &decoding) }
    var world = self
    world.resources = own.resources
    return make(world, &decoding)?.map { own.grid.toSteps($0) }
  }
}

/// A reach of a river below a lake.
package struct RegulatedFlow: Sendable, Equatable {
  /// Component with the nearest lake above.
  package var lake: String
  /// What flows in below that lake, and the ecological flow that passes it [m3/s].
  package var beside: [Double]
  /// What has to stay in the bed of this reach, at most what nature would bring without lakes [m3/s].
  package var ecological: [Double]
  /// A reach.
  package init(lake: String, beside: [Double], ecological: [Double]) {
    self.lake = lake
    self.beside = beside
    self.ecological = ecological
  }
}

/// Light of a resource and where the sun stands.
package struct ResourceLight: Sendable {
  /// The sun at the steps.
  package var path: SunPath
  /// Global, beam and diffuse irradiance.
  package var light: PhotovoltaicSystem.Light
  /// Light with its sun.
  package init(path: SunPath, light: PhotovoltaicSystem.Light) {
    self.path = path
    self.light = light
  }
}

/// What a technology may ask of a resource.
package enum ResourceQuantity: Sendable, Equatable {
  /// Irradiance on the horizontal [kW/m2].
  case irradiance
  /// Wind speed at a height [m/s].
  case windSpeed(height: Double)
  /// Density of the air at a height over that of the power curve [-].
  case airDensityRatio(height: Double)
  /// The same with the hour's temperature at that height [-].
  case hourlyDensityRatio(height: Double)
  /// The same with the hour's pressure and temperature of a weather file [-].
  case measuredDensityRatio(height: Double)
  /// Temperature [degC].
  case temperature
  /// Water that the river brings [m3/s].
  case flow
  /// Water that has to stay in the river [m3/s], one value.
  case ecologicalFlow
  /// Gas that a digester makes [m3/h].
  case gas
  /// Current of the tide [m/s].
  case current
}
