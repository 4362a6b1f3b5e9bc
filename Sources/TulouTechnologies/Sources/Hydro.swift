package import TulouDocument
import TulouQuantities
import TulouResources

/// Turbine and waterway of a station.
struct TurbineInput: Sendable {
  var turbine: String?
  var designFlow: Double?
  var units = 1
  var penstockLoss = 0.05
  var generatorEfficiency = 0.95
  var floodFlow: Double?
  var reservoir: ReservoirInput?

  /// The curve of a kind of turbine.
  static func curve(_ word: String) -> WaterTurbine {
    switch word {
    case "kaplan": .kaplan()
    case "pelton": .pelton()
    case "cross-flow": .crossFlow
    default: .francis()
    }
  }
}

/// A lake before a station.
struct ReservoirInput: Sendable {
  var volume = 0.0
  var initial: Double?
  var flood: FloodRoom?

  static let table = FieldTable<ReservoirInput>(
    "a reservoir",
    [
      .number("volume", \.volume, .volume, .required, in: .positive, "Water between its least and greatest level."),
      .number("initial", \.initial, .share, in: .share, "Content at the start; left out, the end is the start."),
      Field("flood", .table("room for floods"), "Room that is kept free for floods in some months.") {
        var room = FloodRoom()
        $2.read(FloodRoom.table, $1, into: &room)
        $0.flood = room
      },
    ])
}

/// Run-of-river station: constant head and efficiency, or a turbine's curve with its waterway.
public struct Hydro: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "hydro"
  /// What it is, one sentence.
  public static let sentence = "Run-of-river station: flow after the ecological flow, times head and efficiency."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  private static let turbines = ["francis", "kaplan", "pelton", "cross-flow"]
  static let table = FieldTable<ResourceInput>(
    technology: "a hydro station",
    ResourceInput.fields(class: .hydro) + [
      .number(
        "head", \.head, .length, .required, in: Bounds(0.5, 2500, "between 0.5 m and 2500 m"),
        "Net head; with 'turbine', gross head."),
      .number(
        "efficiency", \.efficiency, .share, in: Bounds(0.05, 1, "between 5 % and 100 %"),
        "Efficiency from water to bus, where no 'turbine' gives a curve."),
      Field("turbine", .choice(turbines), "Kind of turbine, whose efficiency follows the flow; needs 'design_flow'.") {
        $0.water.turbine = $2.choice($1, turbines)
      },
      .number(
        "design_flow", \.water.designFlow, .flow, in: .positive, "Flow that the turbines take at most, all together."),
      .number(
        "units", \.water.unitsValue, .number, .silent("1"), in: Bounds(1, 50, "between 1 and 50"),
        "Number of equal turbines."),
      .number(
        "penstock_loss", \.water.penstockLoss, .share, .value("5 %", source: "our assumption"),
        in: Bounds(0, 0.5, "between 0 % and 50 %"),
        "With 'turbine': head lost at design flow; falls with the square of the flow."),
      .number(
        "generator_efficiency", \.water.generatorEfficiency, .share, .value("95 %", source: "our assumption"),
        in: Bounds(0.3, 1, "between 30 % and 100 %"), "With 'turbine': efficiency of generator and transformer."),
      .number(
        "flood_flow", \.water.floodFlow, .flow, in: .positive, "With 'turbine': river flow above which it is shut."),
      Field(
        "reservoir", .table("reservoir"),
        "Lake before the station, which keeps water for later; its level changes the head by nothing that counts."
      ) { input, node, decoding in
        var lake = ReservoirInput()
        decoding.read(ReservoirInput.table, node, into: &lake)
        input.water.reservoir = lake
      },
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = ResourceInput()
    let before = decoding.diagnostics.count
    decoding.read(table, node, into: &input)
    guard let (place, name) = input.place(node, surroundings, [.electricity], &decoding),
      let flow = input.series(.flow, name, surroundings, &decoding),
      let ecological = input.series(.ecologicalFlow, name, surroundings, &decoding)?.first,
      decoding.diagnostics[before...].allSatisfy({ $0.severity != .error })
    else { return nil }
    if input.water.turbine == nil {
      decoding.idle(
        ["units", "penstock_loss", "generator_efficiency", "flood_flow"], of: node, because: "it belongs to 'turbine'")
    } else {
      decoding.idle(["efficiency"], of: node, because: "the turbine's curve gives it")
    }
    let regulated = surroundings.resources.regulated(name)
    if input.water.reservoir != nil || regulated != nil {
      guard let supply = regulatedSupply(input, id, node, flow, ecological, regulated, &decoding) else { return nil }
      return input.common.component(id, kind: kind, unit: .power, capacity: .optional, node, &decoding) {
        input.block(place, .reservoir(supply), $0)
      }
    }
    guard let natural = natural(input, id, node, flow, ecological, &decoding) else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .optional, node, &decoding) {
      input.block(place, .natural(natural), $0)
    }
  }

  /// A lake, or a station below one, with what flows in after the ecological flow, in energy at the bus; nil after a
  /// diagnostic.
  ///
  /// With a turbine's curve its efficiency at design flow holds, for a lake lets it run there.
  private static func regulatedSupply(
    _ input: ResourceInput, _ id: String, _ node: Node, _ flow: [Double], _ ecological: Double,
    _ regulated: RegulatedFlow?, _ decoding: inout Decoding
  ) -> SourceBlock.Lake? {
    let lake = input.water.reservoir
    let what = lake == nil ? "stands below the lake of '\(regulated?.lake ?? "")'" : "has a lake"
    func refuse(_ key: String, _ advice: String) {
      decoding.error("'\(id)' \(what): '\(key)' has no meaning here.", advice: advice, at: (node[key] ?? node).mark)
    }
    if input.mustTake { refuse("must_take", "The plan decides when the water comes; leave it out.") }
    if input.water.floodFlow != nil { refuse("flood_flow", "The plan decides what flows; leave it out.") }
    let design = input.water.designFlow
    var perFlow = input.efficiency.map { HydroPower.kilowatts(flow: 1, headMetres: input.head, efficiency: $0) }
    if let turbine = input.water.turbine {
      guard let design else {
        decoding.error("'\(id)' needs 'design_flow', at which its turbines run full.", at: node.mark)
        return nil
      }
      let station = HydroStation(
        grossHeadMetres: input.head, designFlow: design, units: input.water.units,
        turbine: TurbineInput.curve(turbine), penstockLoss: input.water.penstockLoss,
        generatorEfficiency: input.water.generatorEfficiency)
      do throws(ProjectFault) { _ = try station.series(flow: []) } catch {
        decoding.adopt(error, at: node.mark)
        return nil
      }
      perFlow = station.kilowatts(flow: design) / design
      decoding.within("turbine") {
        $0.assume(
          turbine, source: "'\(id)' \(what), so the turbine's efficiency at design flow holds at every flow",
          kind: .approximate)
      }
    }
    guard let perFlow, perFlow > 0 else {
      decoding.error("'\(id)' needs 'efficiency', or 'turbine' with 'design_flow'.", at: node.mark)
      return nil
    }
    guard lake == nil || design != nil || input.common.capacity != nil else {
      decoding.error(
        "A station with a lake needs 'capacity' or 'design_flow', which say how fast it may be emptied.", at: node.mark)
      return nil
    }
    let inflow: [Double]
    if let regulated {
      inflow = zip(regulated.beside, regulated.ecological).map { perFlow * ($0 - $1) }
    } else {
      inflow = flow.map { perFlow * max(0, $0 - ecological) }
    }
    let volume = lake?.volume ?? 0
    var made = SourceBlock.Lake(
      inflow: inflow, content: volume / 3600 * perFlow, most: design.map { $0 * perFlow },
      initialShare: lake?.initial, perFlow: perFlow, above: regulated?.lake)
    if let flood = lake?.flood {
      flood.check(volume: volume, initial: lake?.initial, node, &decoding)
      made.flood = flood
    }
    return made
  }

  /// What the river gives [kW]; nil after a diagnostic.
  private static func natural(
    _ input: ResourceInput, _ id: String, _ node: Node, _ flow: [Double], _ ecological: Double,
    _ decoding: inout Decoding
  ) -> [Double]? {
    do throws(ProjectFault) {
      guard let turbine = input.water.turbine else {
        guard let efficiency = input.efficiency else {
          decoding.error("'\(id)' needs 'efficiency', or 'turbine' with 'design_flow'.", at: node.mark)
          return nil
        }
        return try RunOfRiver(
          headMetres: input.head, efficiency: efficiency, ecologicalFlow: ecological,
          designFlow: input.water.designFlow
        ).series(flow: flow)
      }
      guard let design = input.water.designFlow else {
        decoding.error("'\(id)' needs 'design_flow', at which its turbines run full.", at: node.mark)
        return nil
      }
      return try HydroStation(
        grossHeadMetres: input.head, designFlow: design, units: input.water.units,
        turbine: TurbineInput.curve(turbine), penstockLoss: input.water.penstockLoss,
        generatorEfficiency: input.water.generatorEfficiency, ecologicalFlow: ecological,
        floodFlow: input.water.floodFlow
      ).series(flow: flow).power
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
  }
}

extension TurbineInput {
  /// Number of units as it is read.
  var unitsValue: Double {
    get { Double(units) }
    set { units = Int(saturating: newValue.rounded()) }
  }
}

/// Turbine in a tidal current.
public struct TidalPower: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "tidal-turbine"
  /// What it is, one sentence.
  public static let sentence = "Turbine in a tidal current: the cube of the speed, up to its rating."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: ResourceTechnologyInput {
    init() {}
    var common = CommonInput()
    var source = ResourceInput()
    var ratedSpeed = 0.0
    var cutIn = 0.7
    var losses = 0.0
  }
  static let table = FieldTable<Input>(
    technology: "a tidal turbine",
    Input.fields(class: .tidal, resource: "Resource with a current.") + [
      .number(
        "rated_speed", \.ratedSpeed, .speed, .required, in: Bounds(0.5, 8, "between 0.5 m/s and 8 m/s"),
        "Current at which it gives its rating."),
      .number(
        "cut_in", \.cutIn, .speed, .value("0.7 m/s", source: "our assumption"),
        in: Bounds(0, 3, "between 0 m/s and 3 m/s"),
        "Current at which it starts."),
      .number(
        "losses", \.losses, .share, .silent("0 %"), in: Bounds(0, 0.9, "between 0 % and 90 %"),
        "Electrical and other losses, and time out of service."),
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    input.source.common = input.common
    let source = input.source
    guard input.ratedSpeed > 0, let (place, name) = source.place(node, surroundings, [.electricity], &decoding),
      let current = source.series(.current, name, surroundings, &decoding)
    else { return nil }
    let turbine = TidalTurbine(ratedSpeed: input.ratedSpeed, cutIn: input.cutIn, losses: input.losses)
    guard let share = decoding.model(at: node.mark, { () throws(ProjectFault) in try turbine.series(current: current) })
    else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) {
      source.block(place, .share(share), $0)
    }
  }
}
