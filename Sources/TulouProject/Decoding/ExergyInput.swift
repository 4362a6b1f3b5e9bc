import TulouQuantities

/// The section `exergy` as written.
struct ExergyInput: Sendable {
  var ambient: Node?
  var heatPumpShare = 0.45

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
