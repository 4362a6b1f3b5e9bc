import TulouQuantities
public import TulouTechnologies

/// The most of one pollutant.
struct PollutantLimitInput: Sendable {
  var most: Double?
  var penalty: Double?

  static func table(_ pollutant: String) -> FieldTable<PollutantLimitInput> {
    FieldTable(
      "the limit on \(pollutant)",
      [
        Field("max", .number([.massPerYear]), .required, "Greatest emission a year.") {
          $0.most = $2.number($1, .massPerYear, in: .notNegative)
        },
        .number("penalty", \.penalty, .pricePerMass, in: .notNegative, LimitsInput.penaltySentence),
      ])
  }
}

extension LimitsInput {
  static let pollutants = Pollutant.table("pollutant limits", .table("upper limit"), "at most in a year")
}

extension Limits {
  /// Reads `{NOx: {max: 3 t/y, penalty: 2000 USD/t}}`.
  mutating func readPollutants(_ node: Node, _ decoding: inout Decoding) {
    let inputs = decoding.pollutants(node, LimitsInput.pollutants) { node, inner -> PollutantLimitInput? in
      var input = PollutantLimitInput()
      inner.read(PollutantLimitInput.table(inner.key), node, into: &input)
      return input
    }
    pollutants = inputs.compactMapValues(\.most)
    for (pollutant, input) in inputs { elasticPrice[Limits.key(pollutant)] = input.penalty }
  }

  /// Name of the limit on a pollutant, in `elasticPrice` and in results: `pollutants.NOx`.
  public static func key(_ pollutant: Pollutant) -> String { "pollutants.\(pollutant.name)" }
}
