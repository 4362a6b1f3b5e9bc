import TulouDocument
import TulouQuantities

/// The section `exergy` as written.
struct ExergyInput: Sendable {
  var ambient: Node?
  var heatPumpShare = 0.45
  var basis = ExergyBasis.deviceOutput
  var sun = 0.95
  var moduleEfficiency = 0.2

  static let table = FieldTable<ExergyInput>(
    "the exergy section",
    [
      .node(
        "ambient", \.ambient, .series([.temperature]),
        "Temperature of the surroundings, a number or a series; left out: that of the only resource that has one."),
      .number(
        "comparison", \.heatPumpShare, .share, .value("45 %", source: "our assumption, ordinary machines"),
        in: Bounds(0.05, 1, "between 5 % and 100 %"),
        "Exergy efficiency of the heat pump or chiller that high-grade heating and cooling is compared with."),
      .choice(
        "basis", \.basis, .value("device_output", source: "our assumption"),
        "What sun and wind count as where they enter: what leaves the device, or irradiation and kinetic energy before it."
      ),
      .number(
        "sun", \.sun, .share,
        .value("95 %", source: "after Petela 1964, J. Heat Transfer 86(2), 187-192: 93 % to 95 %, rounded"),
        in: Bounds(0.5, 1, "between 50 % and 100 %"), "Basis radiation: exergy of irradiation per irradiation."),
      .number(
        "module_efficiency", \.moduleEfficiency, .share, .value("20 %", source: "our assumption, a usual module"),
        in: Bounds(0.01, 0.6, "between 1 % and 60 %"),
        "Basis radiation: efficiency of photovoltaic modules at 1 kW/m2, from which their area follows."),
    ])
}

extension ProjectDecoder {
  /// What exergy is counted against.
  func readExergy(_ node: Node?, _ decoding: inout Decoding) -> ExergySurroundings {
    var surroundings = ExergySurroundings()
    guard let node else { return surroundings }
    decoding.within("exergy") { inner in
      var input = ExergyInput()
      inner.read(ExergyInput.table, node, into: &input)
      surroundings.comparison = input.heatPumpShare
      surroundings.basis = input.basis
      surroundings.sunShare = input.sun
      surroundings.moduleEfficiency = input.moduleEfficiency
      if input.basis == .deviceOutput {
        inner.idle(["sun", "module_efficiency"], of: node, because: "it belongs to 'basis: radiation'")
      }
      if let ambient = input.ambient {
        surroundings.ambient =
          inner.within("ambient") {
            $0.series(ambient, [.temperature], in: Bounds(-90, 60, "between -90 degC and 60 degC"))?.values
          } ?? []
      }
    }
    return surroundings
  }
}
