package import TulouDocument
import TulouQuantities
import TulouResources

/// Photovoltaic field: the paper's equation (3), the chain of PVWatts, or a single-diode module.
///
/// `simple`: `share = F I / (1 kW/m2) (1 + gamma (T_cell - 25 degC))`, `T_cell = T_air + (NOCT - 20 degC) I / (0.8 kW/m2)`.
/// `pvwatts` and `single-diode`: plane, reflection, cell temperature by wind, module, losses, inverter with clipping.
/// - Source: Zhang et al. 2016, Sustainability 8(5), 452, equation (3); cell temperature by Ross 1976 with NOCT; Dobos 2014,
///   NREL/TP-6A20-62641; De Soto et al. 2006.
public struct Photovoltaics: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "pv"
  /// What it is, one sentence.
  public static let sentence = "Photovoltaic field: irradiance times derating, or a chain of models, per kW of modules."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }
  private static let cells = [
    "open-rack", "close-roof", "insulated-back", "faiman", "pvsyst", "fuentes-rack", "fuentes-roof",
  ]
  private static let reflections = ["none", "physical", "ashrae", "martin-ruiz"]
  static let table = FieldTable<ResourceInput>(
    technology: "a photovoltaic field",
    ResourceInput.fields(class: .sun) + ResourceInput.plane() + [
      .choice(
        "model", \.model, .value("simple", source: "our assumption"),
        "How light becomes power: irradiance times 'derating', the chain of PVWatts, or a module's single-diode equation."
      ),
      .number(
        "derating", \.derating, .share, .value("80 %", source: "Zhang et al. 2016, Sustainability 8(5), 452"),
        in: .positiveShare, "Model simple: everything that is lost to dirt, wiring, temperature, inverter."),
      .number(
        "temperature_coefficient", \.temperatureCoefficient, .ratePerKelvin,
        in: Bounds(-0.02, 0.02, "between -2 %/K and 2 %/K"),
        "Change of power with cell temperature; left out: 0 (the derating holds it), in pvwatts -0.35 %/K."),
      .number(
        "nominal_cell_temperature", \.nominalCellTemperature, .temperature, .value("45 degC", source: "our assumption"),
        in: Bounds(20, 80, "between 20 degC and 80 degC"),
        "Model simple: cell temperature at 0.8 kW/m2, 20 degC, 1 m/s."),
      .choice(
        "cell_temperature", \.cell, cells, .value("open-rack", source: "our assumption"),
        "Chain: cell temperature by SAPM (open-rack, close-roof, insulated-back), Faiman, PVsyst, or as PVWatts counts it on a rack or a roof (fuentes)."
      ),
      Field(
        "rows", .table("rows"),
        "Long rows that shade each other, with one or two active sides; left out: one plane that nothing shades."
      ) {
        var rows = RowsInput()
        $2.read(RowsInput.table, $1, into: &rows)
        if rows.pitch > 0 { $0.plane.rows = rows }
      },
      .choice("reflection", \.reflection, reflections, .silent("none"), "Chain: loss by reflection at the glass."),
      .number(
        "system_losses", \.systemLosses, .share, in: Bounds(0, 0.9, "between 0 % and 90 %"),
        "Chain: wiring, mismatch, shading, dirt, outages; left out: PVWatts' 14.08 %."),
      .number(
        "dc_ac_ratio", \.powerRatio, .number, .value("1.2", source: "PVWatts' default"),
        in: Bounds(0.2, 5, "between 0.2 and 5"),
        "Chain: power of the modules over power of the inverter."),
      .number(
        "inverter_efficiency", \.inverterEfficiency, .share, .value("96 %", source: "PVWatts' default"),
        in: Bounds(0.5, 1, "between 50 % and 100 %"),
        "Chain: nominal efficiency of the inverter."),
      .node("module", \.module, .table("module"), "Model single-diode: the module's parameters."),
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = ResourceInput()
    decoding.read(table, node, into: &input)
    input.notePlane(node, &decoding)
    input.noteModel(node, &decoding)
    guard let (place, name) = input.place(node, surroundings, [.electricity], &decoding) else { return nil }
    let made: [[Double]]? = surroundings.byRows(of: name, .sun, &decoding) { world, inner in
      input.model == .simple
        ? simple(input, name, world, &inner) : chain(input, name, id, node, world, &inner)
    }
    guard let made else { return nil }
    // Modules are counted by power: their area follows from the efficiency that the exergy section states.
    let incident = Incident(.light, power: made[1], areaPerUnit: nil)
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) {
      input.block(place, .share(made[0]), $0, incident: incident)
    }
  }

  private static func simple(
    _ input: ResourceInput, _ name: String, _ surroundings: Surroundings, _ decoding: inout Decoding
  ) -> [[Double]]? {
    guard let light = input.planeIrradiance(name, surroundings, &decoding) else { return nil }
    let field = SimplePhotovoltaics(
      derating: input.derating, temperatureCoefficient: input.temperatureCoefficient ?? 0,
      nominalCellCelsius: input.nominalCellTemperature)
    var air: [Double] = []
    if field.temperatureCoefficient != 0 {
      air = decoding.within("temperature_coefficient") { surroundings.resources.airTemperature(near: name, &$0) }
    }
    let share = decoding.model(at: input.resource?.mark ?? Mark()) { () throws(ProjectFault) in
      try field.series(irradiance: light, airTemperature: air)
    }
    return share.map { [$0, light] }
  }

  private static func chain(
    _ input: ResourceInput, _ name: String, _ id: String, _ node: Node, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [[Double]]? {
    guard input.plane.tilt != nil || input.plane.tracking != nil else {
      decoding.error(
        "'\(id)' of model \(input.model.rawValue) needs 'tilt' or 'tracking'.",
        advice: "'tulou resource' finds the best tilt of the place.", at: node.mark)
      return nil
    }
    guard let light = input.light(name, surroundings, &decoding) else { return nil }
    var system = input.plane.system(latitude: light.path.site.latitudeDegrees)
    system.temperature = cell(input.cell)
    system.incidence = reflection(input.reflection)
    system.losses = input.systemLosses ?? PhotovoltaicSystem.usualLosses
    system.powerRatio = input.powerRatio
    system.inverter = .pvwatts(nominalEfficiency: input.inverterEfficiency)
    system.module = .linear(temperatureCoefficient: input.temperatureCoefficient ?? -0.0035)
    if input.model == .singleDiode {
      guard let module = input.module else {
        decoding.error("'\(id)' needs 'module' with the parameters of the single-diode equation.", at: node.mark)
        return nil
      }
      guard let diode = decoding.within("module", { $0.singleDiode(module) }) else { return nil }
      system.module = .singleDiode(diode)
    }
    let air = surroundings.resources.airTemperature(near: name, &decoding)
    let wind = surroundings.resources.windSpeed(near: name, &decoding)
    do throws(ProjectFault) {
      let made = try system.series(light.light, path: light.path, airTemperature: air, windSpeed: wind)
      return [made.power, made.planeIrradiance]
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
  }

  private static func cell(_ word: String) -> CellTemperature {
    switch word {
    case "close-roof": .closeRoof
    case "insulated-back": .insulatedBack
    case "faiman": .faiman(u0: 25, u1: 6.84)
    case "fuentes-rack": .fuentesRack
    case "fuentes-roof": .fuentesRoof
    case "pvsyst": .pvsyst(uc: 29, uv: 0, efficiency: 0.2)
    default: .openRack
    }
  }

  private static func reflection(_ word: String) -> IncidenceModifier {
    switch word {
    case "physical": .physical()
    case "ashrae": .ashrae(b: 0.05)
    case "martin-ruiz": .martinRuiz(r: 0.16)
    default: .none
    }
  }
}

extension ResourceInput {
  /// What the model of a photovoltaic field takes where nothing is said; keys of the other models do nothing.
  func noteModel(_ node: Node, _ decoding: inout Decoding) {
    let chain = ["cell_temperature", "rows", "reflection", "system_losses", "dc_ac_ratio", "inverter_efficiency"]
    if model == .simple {
      decoding.idle(chain + ["module"], of: node, because: "'model: simple' counts all of it in 'derating'")
      decoding.assume("temperature_coefficient", "0 %/K", source: "our assumption: the derating holds it", in: node)
      if (temperatureCoefficient ?? 0) == 0 {
        decoding.idle(
          ["nominal_cell_temperature"], of: node, because: "it belongs to 'temperature_coefficient'")
      }
      return
    }
    decoding.idle(
      ["derating", "nominal_cell_temperature"], of: node,
      because: "'model: \(model.rawValue)' counts each loss by itself")
    decoding.assume("system_losses", "14.08 %", source: "PVWatts' default", in: node)
    if model == .singleDiode {
      decoding.idle(["temperature_coefficient"], of: node, because: "the module's parameters hold it")
    } else {
      decoding.assume("temperature_coefficient", "-0.35 %/K", source: "our assumption, a usual module", in: node)
      decoding.idle(["module"], of: node, because: "it belongs to 'model: single-diode'")
    }
  }
}

/// Parameters of a module as the library of the California Energy Commission lists them.
struct ModuleInput: Sendable {
  var currentCoefficient = 0.0
  var idealityVoltage = 0.0
  var lightCurrent = 0.0
  var saturationCurrent = 0.0
  var shuntResistance = 0.0
  var seriesResistance = 0.0
  var adjust = 0.0
  var watts = 0.0

  static let table = FieldTable<ModuleInput>(
    "a module",
    [
      .number(
        "alpha_sc", \.currentCoefficient, .number, .required, in: .any, "Change of the short-circuit current [A/K]."),
      .number("a_ref", \.idealityVoltage, .number, .required, in: .positive, "Modified ideality factor [V]."),
      .number("i_l_ref", \.lightCurrent, .number, .required, in: .positive, "Light current [A]."),
      .number("i_o_ref", \.saturationCurrent, .number, .required, in: .positive, "Saturation current [A]."),
      .number("r_sh_ref", \.shuntResistance, .number, .required, in: .positive, "Shunt resistance [ohm]."),
      .number("r_s", \.seriesResistance, .number, .required, in: .notNegative, "Series resistance [ohm]."),
      .number("adjust", \.adjust, .number, .silent("0"), in: .any, "Adjustment of the temperature coefficient [%]."),
      .number("rating", \.watts, .power, .required, in: .positive, "Rated power of one module."),
      .note("source", "Which module of which library."),
    ])
}

extension Decoding {
  /// A module's single-diode model; nil after a diagnostic.
  mutating func singleDiode(_ node: Node) -> SingleDiode? {
    var input = ModuleInput()
    let before = diagnostics.count
    read(ModuleInput.table, node, into: &input)
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    do throws(ProjectFault) {
      return try SingleDiode(
        currentCoefficient: input.currentCoefficient, idealityVoltage: input.idealityVoltage,
        lightCurrent: input.lightCurrent, saturationCurrent: input.saturationCurrent,
        shuntResistance: input.shuntResistance, seriesResistance: input.seriesResistance, adjustPercent: input.adjust,
        ratedWatts: input.watts * 1000)
    } catch {
      adopt(error, at: node.mark)
      return nil
    }
  }
}

/// How light becomes power.
enum PhotovoltaicModel: String, CaseIterable {
  /// Irradiance times a derating.
  case simple
  /// The chain of PVWatts.
  case pvwatts
  /// A module's single-diode equation.
  case singleDiode = "single-diode"
}
