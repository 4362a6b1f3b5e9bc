package import TulouQuantities
package import TulouResources

/// What nature gives by one resource of a project, as it was read or synthesised: what the page of resources shows.
package struct ProjectResource: Sendable {
  /// Id, e.g. `sun`.
  package var id: String
  /// Where its numbers come from, as the file says.
  package var source: String
  /// How its series were made, a sentence each: file, synthesis, repairs.
  package var notes: [String]
  /// Series over the project's horizon.
  package var series: [Series]
  /// Rain and snow, where they are known; in no model.
  package var facts: WeatherFacts?
  /// Height of the wind measurement [m].
  package var windHeightMetres: Double
  /// Where in the step the irradiance belongs, 0.5 its middle.
  package var momentOfStep: Double
  /// Light, air and wind at the rows of the resource's own file, where these are not the project's steps: what planes are
  /// computed from.
  package var rows: (grid: StepGrid, momentOfStep: Double, series: [Series])?
  /// The weather file, if there is one, after the repairs that were chosen.
  package var weather: Weather?
  /// The same before the repairs.
  package var recorded: Weather?

  /// A resource.
  package init(id: String, source: String = "", notes: [String] = [], series: [Series] = []) {
    self.id = id
    self.source = source
    self.notes = notes
    self.series = series
    windHeightMetres = 10
    momentOfStep = 0.5
  }

  /// One quantity over the horizon.
  package struct Series: Sendable {
    /// What it is.
    package var kind: Kind
    /// One value a step, unit of the kind.
    package var values: [Double]
    /// A series.
    package init(_ kind: Kind, _ values: [Double]) {
      self.kind = kind
      self.values = values
    }
  }

  /// What a series is.
  package enum Kind: String, Sendable, CaseIterable {
    /// Global horizontal irradiance [kW/m2].
    case irradiance
    /// Beam normal irradiance [kW/m2].
    case beam
    /// Diffuse horizontal irradiance [kW/m2].
    case diffuse
    /// Air or water temperature [degC].
    case temperature
    /// Wind speed [m/s].
    case speed
    /// Direction that the wind comes from [deg].
    case direction
    /// Flow of a river [m3/s].
    case flow
    /// Flow that a station may take, after the ecological flow [m3/s].
    case usableFlow
    /// Gas of a digester [m3/h].
    case gas
    /// Current of the tide [m/s].
    case current
  }

  /// The series of a kind.
  package func values(_ kind: Kind) -> [Double]? { series.first { $0.kind == kind }?.values }
}
