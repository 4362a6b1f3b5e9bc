package import TulouDocument
import TulouFinance
import TulouQuantities
import TulouResources

/// Photovoltaic-thermal field: collectors with cells on the absorber, heat on one bus and power on another.
///
/// Its capacity is an area. The power side is a part of its own, `<id>-power`, of the same area.
/// - Source: collector's curve of EN ISO 9806 with the cells' power taken out of the absorbed light (`SolarCollector`).
public struct PhotovoltaicThermal: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "pvt"
  /// What it is, one sentence.
  public static let sentence =
    "Collectors with cells: heat and power of the same area; heat and power together never exceed the light."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: ResourceTechnologyInput {
    init() {}
    var common = CommonInput()
    var source = ResourceInput()
    var power: String?
    var collector = SolarCollector.photovoltaicThermal
    var inverter = 0.96
  }

  private static let linear = Measure("a loss per area and kelvin", in: "W/m2/K", example: "5 W/m2/K")
  private static let square = Measure("a loss per area and square kelvin", in: "W/m2/K2", example: "0.02 W/m2/K2")

  static let table = FieldTable<Input>(
    technology: "a photovoltaic-thermal field",
    Input.fields(class: .sun, bus: "Bus that receives the heat.", resource: "Resource with irradiance.")
      + Input.plane() + [
        .reference("power", to: "bus", \.power, .required, "Bus that receives the power."),
        .number(
          "optical_efficiency", \.collector.zeroLossEfficiency, .share,
          .value("68 %", source: "our assumption, a usual module"),
          in: Bounds(0.1, 0.95, "between 10 % and 95 %"), "Efficiency without losses, heat and power together, eta0."),
        .number(
          "linear_loss", \.collector.linearLoss, linear, .value("5 W/m2/K", source: "our assumption, a usual module"),
          in: Bounds(0, 30, "between 0 W/m2/K and 30 W/m2/K"), "Loss coefficient a1."),
        .number(
          "square_loss", \.collector.quadraticLoss, square,
          .value("0.02 W/m2/K2", source: "our assumption, a usual module"),
          in: Bounds(0, 1, "between 0 W/m2/K2 and 1 W/m2/K2"), "Loss coefficient a2."),
        .number(
          "cell_efficiency", \.collector.cellEfficiency, .share,
          .value("16 %", source: "our assumption, a usual module"),
          in: Bounds(0, 0.4, "between 0 % and 40 %"),
          "Share of the light that the cells make power of at 25 degC."),
        .number(
          "temperature_coefficient", \.collector.cellCoefficient,
          Measure("a share per kelvin", in: "1/K", example: "-0.35 %/K"),
          .value("-0.35 %/K", source: "our assumption, a usual module"),
          in: Bounds(-0.02, 0, "between -2 %/K and 0 %/K"), "Change of the cells' power per kelvin."),
        .number(
          "inverter_efficiency", \.inverter, .share, .value("96 %", source: "our assumption, a usual module"),
          in: .positiveShare,
          "Of the inverter of the cells."),
        .number(
          "mean_temperature", \.source.meanTemperature, .temperature, in: Bounds(0, 150, "between 0 degC and 150 degC"),
          "Mean temperature of the fluid; left out: the middle of supply and return of its bus."),
      ], unit: .area)

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    input.source.common = input.common
    input.notePlane(node, &decoding)
    let source = input.source
    guard let (place, name) = source.place(node, surroundings, [.heat], &decoding),
      let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding)
    else { return nil }
    guard let mean = source.fluidTemperature(place) else {
      decoding.error("'\(id)' needs a bus with 'supply' and 'return', or 'mean_temperature'.", at: node.mark)
      return nil
    }
    let collector = input.collector
    let made: [[Double]]? = surroundings.byRows(of: name, .sun, &decoding) { world, inner in
      guard let light = source.planeIrradiance(name, world, &inner) else { return nil }
      let air = world.resources.airTemperature(near: name, &inner)
      do throws(ProjectFault) {
        let series = try collector.series(irradiance: light, airTemperature: air, fluidCelsius: mean)
        return [series.heat, series.power, light]
      } catch {
        inner.adopt(error, at: node.mark)
        return nil
      }
    }
    guard let made else { return nil }
    // Of the light the cells are charged with their part of what the absorber takes, the heat with the rest.
    let part = min(1, collector.cellEfficiency / collector.zeroLossEfficiency)
    let onAbsorber = Incident(.light, power: made[2], areaPerUnit: 1 - part)
    let onCells = Incident(.light, power: made[2], areaPerUnit: part)
    let heat = input.common.component(id, kind: kind, unit: .area, capacity: .needed, node, &decoding) {
      source.block(place, .share(made[0]), $0, incident: onAbsorber)
    }
    guard var heat else { return nil }
    let inverter = input.inverter
    var cells = Component(
      id: id + "-power", kind: kind,
      block: source.block(power, .share(made[1].map { $0 * inverter }), PathSeries(0), incident: onCells),
      sizes: heat.sizes.map { size in
        var shared = Size(part: size.part, unit: size.unit)
        shared.sharedWith = id
        return shared
      })
    cells.name = heat.name + ", power"
    cells.member = heat.member
    heat.companions = [cells]
    return heat
  }
}

/// Waste heat of a works, a data hall or a sewer, as far as its temperature lets it be used.
///
/// What can be taken falls with the return temperature of the bus (`WasteHeat`); a bus that is warmer than the stream is
/// an error, for heat goes only to what is colder.
public struct WasteHeatSource: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "waste-heat"
  /// What it is, one sentence.
  public static let sentence = "Waste heat of a stream: the share that its temperature and the bus's return allow."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: TechnologyInput {
    init() {}
    var common = CommonInput()
    var bus: String?
    var energyClass = EnergyClass.wasteHeat
    var natural: Node?
    var temperature: Double?
    var reference = 20.0
    var pinch = 5.0
    var mustTake = false
  }

  static let table = FieldTable<Input>(
    technology: "a source of waste heat",
    [
      .reference("bus", to: "bus", \.bus, .required, "Heat bus that receives it."),
      .energyClass(\.energyClass, .wasteHeat),
      .node(
        "natural", \.natural, .series([.power]), .required,
        "Heat of the stream from its temperature down to 'reference'."),
      .number(
        "temperature", \.temperature, .temperature, in: Bounds(-20, 2000, "between -20 degC and 2000 degC"),
        "Temperature at which the stream comes."),
      .number(
        "reference", \.reference, .temperature, .value("20 degC", source: "our assumption"),
        in: Bounds(-50, 500, "between -50 degC and 500 degC"),
        "Temperature down to which 'natural' counts."),
      .number(
        "pinch", \.pinch, .temperatureDifference, .value("5 K", source: "our assumption"),
        in: Bounds(0, 100, "between 0 K and 100 K"),
        "Least difference in the heat exchanger."),
      .flag("must_take", \.mustTake, .silent("false"), "Whether all that is available is taken."),
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    guard let place = surroundings.port("bus", input.bus, input.common.member, [.heat], node, &decoding),
      let natural = input.natural,
      let heat = decoding.within("natural", { $0.series(natural, [.power], in: .notNegative) })
    else { return nil }
    guard let temperature = input.temperature else {
      decoding.error("'\(id)' needs 'temperature', which says what its heat is good for.", at: node.mark)
      return nil
    }
    guard let supply = place.supply, let back = place.return else {
      decoding.error("'\(id)' needs a bus with 'supply' and 'return'.", at: node.mark)
      return nil
    }
    guard temperature - input.pinch >= supply else {
      decoding.within("temperature") {
        $0.error(
          "Waste heat of \(temperature.plain) degC cannot heat '\(place.id)' to \(supply.plain) degC over a pinch of \(input.pinch.plain) K.",
          advice: "A heat pump with 'source: \(temperature.plain) degC' can lift it.",
          at: (node["temperature"] ?? node).mark)
      }
      return nil
    }
    let share: Double
    do throws(ProjectFault) {
      share = try WasteHeat(supply: temperature, reference: input.reference, pinch: input.pinch)
        .usableShare(returnTemperature: back)
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
    return input.common.component(id, kind: kind, unit: .power, capacity: .optional, node, &decoding) { perKWh in
      var block = SourceBlock(
        bus: place.id, supply: .natural(heat.values.map { $0 * share }), energyClass: input.energyClass)
      block.mustTake = input.mustTake
      block.costPerKWh = perKWh
      return .source(block)
    }
  }
}
