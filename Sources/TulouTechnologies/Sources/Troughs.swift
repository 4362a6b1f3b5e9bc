package import TulouDocument
import TulouQuantities
import TulouResources

/// Parabolic troughs about a north-south axis: heat on a heat bus, or power by a simple block on an electric one.
///
/// - Source: V. Dudley et al. 1994, SAND94-1884 (`ParabolicTrough`).
public struct TroughField: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "parabolic-trough"
  /// What it is, one sentence.
  public static let sentence =
    "Parabolic troughs about a north-south axis: heat, or power by a simple block; its capacity is an area."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: ResourceTechnologyInput {
    init() {}
    var common = CommonInput()
    var source = ResourceInput()
    var trough = ParabolicTrough()
  }
  static let table = FieldTable<Input>(
    technology: "a field of parabolic troughs",
    Input.fields(
      class: .sun, bus: "Bus that receives heat or power.", resource: "Resource with irradiance.") + [
        .number(
          "optical_efficiency", \.trough.opticalEfficiency, .share,
          .value("69 %", source: "after Dudley et al. 1994, SAND94-1884"),
          in: Bounds(0.1, 0.95, "between 10 % and 95 %"), "Efficiency without losses, mirror dirt included."),
        .number(
          "receiver_loss", \.trough.receiverLoss,
          Measure("a loss per area", in: "W/m2", example: "25 W/m2"),
          .value("25 W/m2", source: "after Dudley et al. 1994, SAND94-1884"),
          in: Bounds(0, 300, "between 0 W/m2 and 300 W/m2"), "Heat that the receiver loses while it works."),
        .number(
          "block_efficiency", \.trough.blockEfficiency, .share, .value("25 %", source: "our assumption"),
          in: Bounds(0.01, 0.5, "between 1 % and 50 %"),
          "Efficiency of the power block at full load."),
        .number(
          "least_load", \.trough.leastLoad, .share, .value("15 %", source: "our assumption"), in: .share,
          "Least load of the power block."),
        .number(
          "design_irradiance", \.trough.designIrradiance, .irradiance, .value("0.8 kW/m2", source: "our assumption"),
          in: Bounds(0.2, 1.2, "between 0.2 kW/m2 and 1.2 kW/m2"), "Irradiance at which the power block is full."),
      ], unit: .area)

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    input.source.common = input.common
    let source = input.source
    guard let (place, name) = source.place(node, surroundings, [.heat, .electricity], &decoding) else { return nil }
    if place.kind == .heat {
      decoding.idle(
        ["block_efficiency", "least_load", "design_irradiance"], of: node,
        because: "it gives heat and has no power block")
    }
    let trough = input.trough
    let made: [[Double]]? = surroundings.byRows(of: name, .sun, &decoding) { world, inner in
      guard let light = source.light(name, world, &inner) else { return nil }
      do throws(ProjectFault) {
        let series = try trough.series(beam: light.light.beam, path: light.path)
        // Light on the aperture: about a north-south axis only the sun's northing stays as incidence.
        let path = light.path, beam = light.light.beam
        let onAperture = beam.indices.map { t in
          path.up[t] > 0 ? max(0, beam[t]) * max(0, 1 - path.north[t] * path.north[t]).squareRoot() : 0
        }
        return [place.kind == .heat ? series.heat : series.power, onAperture]
      } catch {
        inner.adopt(error, at: node.mark)
        return nil
      }
    }
    guard let made else { return nil }
    let incident = Incident(.light, power: made[1], areaPerUnit: 1)
    return input.common.component(id, kind: kind, unit: .area, capacity: .needed, node, &decoding) {
      source.block(place, .share(made[0]), $0, incident: incident)
    }
  }
}
