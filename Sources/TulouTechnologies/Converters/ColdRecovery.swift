package import TulouDocument
import TulouQuantities
import TulouResources

/// Cold and power from the regasification of liquefied natural gas; the gas itself passes on.
///
/// The heat that it takes up (cold and power) is drawn from store and surroundings and enters as `ambient`; by
/// `LiquefiedGasCold` it never gives more exergy than the cold of the gas holds.
public struct ColdRecovery: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "lng-cold"
  /// What it is, one sentence.
  public static let sentence = "Regasification of liquefied gas that gives cold and power; the gas passes on."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: TechnologyInput {
    init() {}
    var common = CommonInput()
    var liquid: String?
    var gas: String?
    var power: String?
    var cold: String?
    var share = 0.0
    var pinch = 10.0
    var terminal = LiquefiedGasCold()
  }

  static let table = FieldTable<Input>(
    technology: "a recovery of cold",
    [
      .reference(
        "liquid", to: "bus", \.liquid, .required, "Bus of the liquefied gas, a fuel with heating value per mass."),
      .reference("gas", to: "bus", \.gas, .required, "Bus that receives the gas, a fuel."),
      .reference("power", to: "bus", \.power, "Bus that receives power; left out: none is made."),
      .reference("cold", to: "bus", \.cold, "Bus that is cooled, with 'supply'; left out: no cold is drawn."),
      .number(
        "cold_share", \.share, .share, .silent("0 %"), in: .share,
        "Share of the cold above the store's temperature that is drawn; the rest makes power."
      ).needing("cold"),
      .number(
        "exergy_efficiency", \.terminal.exergyEfficiency, .share, .value("30 %", source: "our assumption"), in: .share,
        "Share of the exergy left that becomes power."
      ).needing("power"),
      .number(
        "ambient", \.terminal.ambientCelsius, .temperature, .value("15 degC", source: "our assumption"),
        in: Bounds(-30, 50, "between -30 degC and 50 degC"), "Temperature of the sea or air that heats it."),
      .number(
        "pinch", \.pinch, .temperatureDifference, .value("10 K", source: "our assumption"),
        in: Bounds(1, 60, "between 1 K and 60 K"),
        "Least difference between gas and store."
      ).needing("cold"),
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    let member = input.common.member
    guard let liquid = surroundings.port("liquid", input.liquid, member, [.fuel], node, &decoding),
      let gas = surroundings.port("gas", input.gas, member, [.fuel], node, &decoding)
    else { return nil }
    guard let heating = liquid.heatingValue, heating.per == Dimension(mass: 1), heating.value > 0 else {
      decoding.error("'\(id)' needs a liquid whose carrier has a heating value per mass.", at: node.mark)
      return nil
    }
    guard input.power != nil || input.cold != nil else {
      decoding.error("'\(id)' gives nothing.", advice: "Give it 'cold' with 'cold_share', or 'power'.", at: node.mark)
      return nil
    }
    var plans = [
      PortPlan(name: .liquid, place: liquid, coefficient: [-1]), PortPlan(name: .gas, place: gas, coefficient: [1]),
    ]
    var store = input.terminal.ambientCelsius - 1
    var share = 0.0
    if input.cold != nil {
      guard let cold = surroundings.port("cold", input.cold, member, [.cold], node, &decoding) else { return nil }
      guard let supply = cold.supply else {
        decoding.error("'\(id)' needs a cold bus with 'supply'.", at: node.mark)
        return nil
      }
      store = supply
      share = input.share
      plans.append(PortPlan(name: .cold, place: cold, coefficient: [0]))
    }
    let yield: LiquefiedGasCold.Yield
    do throws(ProjectFault) {
      yield = try input.terminal.yield(storeCelsius: store, coldShare: share, pinch: input.pinch)
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
    if plans.count == 3 { plans[2].coefficient = [yield.cold / heating.value] }
    var drawn = input.cold == nil ? 0 : yield.cold / heating.value
    if input.power != nil {
      guard let power = surroundings.port("power", input.power, member, [.electricity], node, &decoding) else {
        return nil
      }
      plans.append(PortPlan(name: .power, place: power, coefficient: [yield.power / heating.value]))
      drawn += yield.power / heating.value
    }
    guard var block = ConverterBlock(plans, rated: .liquid) else { return nil }
    block.ambientHeat = [drawn]
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}
