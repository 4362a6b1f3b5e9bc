package import TulouDocument
import TulouFinance
import TulouQuantities
import TulouResources

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The input of a technology that lives on a resource: it holds a `ResourceInput`, or is one.
protocol ResourceTechnologyInput: TechnologyInput {
  var source: ResourceInput { get set }
}

extension ResourceTechnologyInput {
  /// The keys that all of them have.
  static func fields(
    class energyClass: EnergyClass, bus: String = "Bus that receives the output.",
    resource: String = "Resource that it lives on."
  ) -> [Field<Self>] {
    [
      .reference("bus", to: "bus", \.source.bus, .required, bus),
      .node("resource", \.source.resource, .reference("resource"), .required, resource),
      .energyClass(\.source.energyClass, energyClass),
      .flag("must_take", \.source.mustTake, .silent("false"), "Whether all that is available is produced."),
      .number(
        "degradation", \.source.degradation, .ratePerYear, .silent("0 %/y"), in: .share,
        "Yearly loss of output by ageing."),
    ]
  }
}

/// Inputs of sources that live on a resource.
struct ResourceInput: ResourceTechnologyInput {
  init() {}
  var common = CommonInput()
  var source: ResourceInput {
    get { self }
    set { self = newValue }
  }
  var bus: String?
  var resource: Node?
  var energyClass = EnergyClass.sun
  var mustTake = false
  var degradation = 0.0
  // Sun.
  var derating = 0.8
  var plane = PlaneInput()
  var model = PhotovoltaicModel.simple
  var temperatureCoefficient: Double?
  var nominalCellTemperature = 45.0
  var cell = "open-rack"
  var reflection = "none"
  var systemLosses: Double?
  var powerRatio = 1.2
  var inverterEfficiency = 0.96
  var module: Node?
  // Collectors.
  var opticalEfficiency = 0.0
  var linearLoss = 0.0
  var squareLoss = 0.0
  var meanTemperature: Double?
  // Wind.
  var turbine: String?
  var powerCurve: Node?
  var hubHeight: Double?
  var losses = 0.0
  var wakeLoss = 0.0
  var spacing: Double?
  var density = WindTurbine.DensityCorrection.output
  var densityFrom: String?
  // Water.
  var head = 0.0
  var efficiency: Double?
  var water = TurbineInput()

  /// Bus, name of the resource and its class; nil after a diagnostic.
  func place(_ node: Node, _ surroundings: Surroundings, _ kinds: Set<CarrierKind>, _ decoding: inout Decoding) -> (
    Surroundings.Place, String
  )? {
    guard let bus = surroundings.port("bus", bus, common.member, kinds, node, &decoding), let resource,
      let name = decoding.within("resource", { $0.text(resource) })
    else { return nil }
    return (bus, name)
  }

  /// Mean temperature of a collector's fluid: as given, else the middle of its bus [degC]; nil where the bus has none.
  func fluidTemperature(_ place: Surroundings.Place) -> Double? {
    meanTemperature ?? place.supply.map { supply in place.return.map { (supply + $0) / 2 } ?? supply }
  }

  /// A series of the resource.
  func series(_ quantity: ResourceQuantity, _ name: String, _ surroundings: Surroundings, _ decoding: inout Decoding)
    -> [Double]?
  {
    decoding.within("resource") { surroundings.resources.series(quantity, of: name, &$0, at: resource?.mark ?? Mark()) }
  }

  func block(
    _ place: Surroundings.Place, _ supply: SourceBlock.Supply, _ perKWh: PathSeries, incident: Incident? = nil
  ) -> Block {
    var block = SourceBlock(bus: place.id, supply: supply, energyClass: energyClass)
    block.incident = incident
    block.mustTake = mustTake
    block.degradation = degradation
    block.costPerKWh = perKWh
    return .source(block)
  }
}

/// Solar thermal collector by its efficiency curve; its capacity is an area.
///
/// `q = max(0, eta0 I - a1 (Tm - Ta) - a2 (Tm - Ta)^2)` [kW/m2], Tm the mean of supply and return of its bus.
/// - Source: EN ISO 9806 quasi-dynamic test, steady terms.
public struct CollectorField: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "solar-collector"
  /// What it is, one sentence.
  public static let sentence = "Solar heat by a collector's efficiency curve; its capacity is an area."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  private static let linear = Measure("a loss per area and kelvin", in: "kW/m2/K", example: "3.5 W/m2/K")
  static let table = FieldTable<ResourceInput>(
    technology: "a solar collector",
    ResourceInput.fields(class: .sun) + ResourceInput.plane() + [
      .number(
        "optical_efficiency", \.opticalEfficiency, .share, .required, in: .positiveShare,
        "Efficiency without losses, eta0."),
      .number("linear_loss", \.linearLoss, linear, .required, in: .notNegative, "Loss coefficient a1."),
      .number(
        "square_loss", \.squareLoss,
        Measure("a loss per area and square kelvin", in: "kW/m2/K2", example: "0.015 W/m2/K2"), .silent("0 kW/m2/K2"),
        in: .notNegative, "Loss coefficient a2."),
      .number(
        "mean_temperature", \.meanTemperature, .temperature, in: Bounds(0, 400, "between 0 degC and 400 degC"),
        "Mean temperature of the fluid; left out: the middle of supply and return of its bus."),
    ], unit: .area)

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = ResourceInput()
    decoding.read(table, node, into: &input)
    input.notePlane(node, &decoding)
    guard let (place, name) = input.place(node, surroundings, [.heat], &decoding) else { return nil }
    guard let mean = input.fluidTemperature(place) else {
      decoding.error("'\(id)' needs a bus with 'supply' and 'return', or 'mean_temperature'.", at: node.mark)
      return nil
    }
    let made: [[Double]]? = surroundings.byRows(of: name, .sun, &decoding) { world, inner in
      guard let light = input.planeIrradiance(name, world, &inner) else { return nil }
      let air = world.resources.airTemperature(near: name, &inner)
      let share = light.indices.map { t -> Double in
        let lift = mean - air[t]
        if light[t] <= 0 { return 0 }
        let gain = input.opticalEfficiency * light[t], linear = input.linearLoss * lift
        let square = input.squareLoss * lift * abs(lift)
        return max(0, gain - linear - square)
      }
      return [share, light]
    }
    guard let made else { return nil }
    let incident = Incident(.light, power: made[1], areaPerUnit: 1)
    return input.common.component(id, kind: kind, unit: .area, capacity: .needed, node, &decoding) {
      input.block(place, .share(made[0]), $0, incident: incident)
    }
  }
}

/// Wind turbine: speed at the hub, power curve, density of the air, losses.
public struct WindPower: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "wind-turbine"
  /// What it is, one sentence.
  public static let sentence =
    "Wind turbine: speed at the hub through a power curve, corrected for the density of the air."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  static let table = FieldTable<ResourceInput>(
    technology: "a wind turbine",
    ResourceInput.fields(class: .wind) + [
      Field("turbine", .choice(PowerCurve.classes.map(\.name)), "Class with a synthetic power curve.") {
        $0.turbine = $2.choice($1, PowerCurve.classes.map(\.name))
      },
      .node("power_curve", \.powerCurve, .table("power curve"), "Speeds and outputs of a turbine of your own."),
      .number(
        "hub_height", \.hubHeight, .length, in: Bounds(0.5, 300, "between 0.5 m and 300 m"),
        "Height of the hub; left out: that of the class."),
      .number(
        "losses", \.losses, .share, .silent("0 %"), in: Bounds(0, 0.9, "between 0 % and 90 %"),
        "Electrical and other losses, and time out of service; wakes too where 'wake_loss' is left out."),
      .number(
        "wake_loss", \.wakeLoss, .share, .silent("0 %"), in: Bounds(0, 0.8, "between 0 % and 80 %"),
        "Share that neighbours in the park take by their wakes."),
      .number(
        "spacing", \.spacing, CapacityUnit.power.land, in: .positive,
        "Area that a kilowatt keeps, distances between turbines included; counts in 'limits: {siting: ...}'."),
      Field(
        "density", .choice(["output", "curve-speeds", "none"]), .value("output", source: "our assumption"),
        "What thin or cold air changes: the output in proportion, the speeds of the curve, or nothing."
      ) {
        if let word = $2.choice($1, ["output", "curve-speeds", "none"]) {
          $0.density = WindTurbine.DensityCorrection(rawValue: word) ?? .output
        }
      },
      Field(
        "density_from", .choice(["altitude", "temperature", "weather"]),
        .value("altitude", source: "standard atmosphere: our assumption"),
        "Where the density comes from: the standard atmosphere, the hour's temperature with it, or the hour's pressure and temperature of a weather file."
      ) {
        $0.densityFrom = $2.choice($1, ["altitude", "temperature", "weather"])
      },
    ])

  private static func density(_ from: String?, height: Double) -> ResourceQuantity {
    switch from {
    case "temperature": .hourlyDensityRatio(height: height)
    case "weather": .measuredDensityRatio(height: height)
    default: .airDensityRatio(height: height)
    }
  }

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = ResourceInput()
    decoding.read(table, node, into: &input)
    if input.density == .none {
      decoding.idle(["density_from"], of: node, because: "'density: none' asks for no density")
    }
    guard let (place, name) = input.place(node, surroundings, [.electricity], &decoding) else { return nil }
    guard (input.turbine == nil) != (input.powerCurve == nil) else {
      decoding.error("'\(id)' takes either 'turbine' or 'power_curve'.", at: node.mark)
      return nil
    }
    let turbine = input.turbine.flatMap { PowerCurve.named($0) }
    let own = input.powerCurve.flatMap { node in decoding.within("power_curve") { $0.powerCurve(node) } }
    guard let curve = turbine.map({ .power($0.curve) }) ?? own else { return nil }
    if let turbine {
      decoding.assume(
        "hub_height", "\(turbine.hubMetres.plain) m", source: "hub of the class '\(turbine.name)'", in: node)
    }
    guard let height = input.hubHeight ?? turbine?.hubMetres else {
      decoding.error("'\(id)' needs 'hub_height'.", at: node.mark)
      return nil
    }
    let machine = WindTurbine(
      curve: curve, densityCorrection: input.density, wakeLoss: input.wakeLoss, otherLosses: input.losses)
    let made: [[Double]]? = surroundings.byRows(of: name, .wind, &decoding) { world, inner in
      guard let speeds = input.series(.windSpeed(height: height), name, world, &inner),
        let density = input.series(WindPower.density(input.densityFrom, height: height), name, world, &inner)
      else { return nil }
      let air = density.map { $0 * AirDensity.standard }
      let share = inner.model(at: node.mark) { () throws(ProjectFault) in
        try machine.series(hubSpeeds: speeds, density: air)
      }
      // Kinetic power through a square metre of rotor.
      let kinetic = speeds.indices.map { t in
        air[min(t, air.count - 1)] * speeds[t] * speeds[t] * speeds[t] / 2000
      }
      return share.map { [$0, kinetic] }
    }
    guard let made else { return nil }
    let incident = Incident(
      .wind, power: made[1], areaPerUnit: turbine?.rotorAreaPerKilowatt ?? curve.rotorAreaPerKilowatt)
    var component = input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) {
      input.block(place, .share(made[0]), $0, incident: incident)
    }
    component?.placement = input.spacing.map { Placement(place: name, areaPerUnit: $0) }
    return component
  }
}

extension Decoding {
  /// Takes over the findings of a model, at the place where its inputs stand.
  package mutating func adopt(_ fault: ProjectFault, at mark: Mark) {
    for finding in fault.diagnostics {
      diagnostics.append(
        Diagnostic(
          finding.severity, finding.message, advice: finding.advice, path: path, at: finding.place ?? place(mark)))
    }
  }

  /// What a model makes of its inputs; nil after the findings of a fault, said at the place where the inputs stand.
  mutating func model<Result>(at mark: Mark, _ body: () throws(ProjectFault) -> Result) -> Result? {
    do throws(ProjectFault) { return try body() } catch {
      adopt(error, at: mark)
      return nil
    }
  }

  /// Reads `{speeds: {values, unit}, outputs: {values, unit}}`, or `coefficients` with `rotor` and `rating` in place of
  /// `outputs`; nil after a diagnostic.
  mutating func powerCurve(_ node: Node) -> WindTurbine.Curve? {
    var input = CurveInput()
    let before = diagnostics.count
    read(CurveInput.table, node, into: &input)
    guard let speeds = input.speeds, diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    if let outputs = input.outputs, input.coefficients == nil, input.rotor == nil, input.rating == nil {
      return model(at: node.mark) { () throws(ProjectFault) in
        .power(try PowerCurve(speeds: speeds, outputs: outputs, source: node["source"]?.text ?? ""))
      }
    }
    guard input.outputs == nil, let coefficients = input.coefficients, let rotor = input.rotor,
      let rating = input.rating
    else {
      error("A power curve has 'outputs', or 'coefficients' with 'rotor' and 'rating'.", at: node.mark)
      return nil
    }
    return model(at: node.mark) { () throws(ProjectFault) in
      .coefficients(
        try PowerCoefficientCurve(speeds: speeds, coefficients: coefficients, rotorMetres: rotor),
        ratedKilowatts: rating)
    }
  }
}

struct CurveInput: Sendable {
  var speeds: [Double]?
  var outputs: [Double]?
  var coefficients: [Double]?
  var rotor: Double?
  var rating: Double?
  static let table = FieldTable<CurveInput>(
    "a power curve",
    [
      Field("speeds", .list(.number([.speed])), .required, "Wind speeds, ascending.") {
        $0.speeds = $2.numberList($1, .speed, in: .notNegative)
      },
      Field("outputs", .list(.number([.share])), "Output at these speeds, share of the rating.") {
        $0.outputs = $2.numberList($1, .share, in: .notNegative)
      },
      Field(
        "coefficients", .list(.number([.share])),
        "In place of 'outputs': power coefficients of the rotor at these speeds."
      ) {
        $0.coefficients = $2.numberList($1, .share, in: .notNegative)
      },
      .number("rotor", \.rotor, .length, in: .positive, "With 'coefficients': diameter of the rotor."),
      .number("rating", \.rating, .power, in: .positive, "With 'coefficients': rated power of one turbine."),
      .note("source", "Where the curve comes from."),
    ])
}

extension PowerCurve.Class {
  /// Area of the rotor per rated power [m2/kW].
  fileprivate var rotorAreaPerKilowatt: Double { 1000 / specificPower }
}

extension WindTurbine.Curve {
  /// Area of the rotor per rated power [m2/kW]; nil: a curve of shares names no rotor.
  fileprivate var rotorAreaPerKilowatt: Double? {
    guard case .coefficients(let curve, let rating) = self else { return nil }
    return .pi / 4 * curve.rotorMetres * curve.rotorMetres / rating
  }
}
