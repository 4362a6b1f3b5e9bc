import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

/// Mean of a wind atlas at a height.
struct AtlasInput: Sendable {
  var speed = 0.0
  var height = 0.0
  static let table = FieldTable<AtlasInput>(
    "a wind atlas's mean",
    [
      .number("speed", \.speed, .speed, .required, in: Bounds(0.5, 30, "between 0.5 m/s and 30 m/s"), "Mean speed."),
      .number("height", \.height, .length, .required, in: Bounds(5, 300, "between 5 m and 300 m"), "Its height."),
      .note("source", "Which atlas or mast."),
    ])
}

/// A tide by its constituents.
struct TideInput: Sendable {
  var mean = 0.0
  var constituents: [TidalCurrent.Constituent] = []

  static let table = FieldTable<TideInput>(
    "a tide",
    [
      .number(
        "mean", \.mean, .speed, .silent("0 m/s"), in: Bounds(-10, 10, "between -10 m/s and 10 m/s"),
        "Steady current, positive with the flood.")
    ]
      + TidalCurrent.periods.keys.sorted().map { name in
        Field(name, .table("tidal constituent"), "Amplitude and phase of the constituent \(name).") {
          input, node, decoding in
          var one = ConstituentInput()
          decoding.read(ConstituentInput.table, node, into: &one)
          input.constituents.append(
            TidalCurrent.Constituent(
              periodHours: TidalCurrent.periods[name] ?? 12, amplitude: one.amplitude, phase: one.phase))
        }
      })
}

/// One constituent.
struct ConstituentInput: Sendable {
  var amplitude = 0.0
  var phase = 0.0
  static let table = FieldTable<ConstituentInput>(
    "a tidal constituent",
    [
      .number(
        "amplitude", \.amplitude, .speed, .required, in: Bounds(0, 10, "between 0 m/s and 10 m/s"),
        "Amplitude of the current."),
      .number(
        "phase", \.phase, .angle, .silent("0 deg"), in: Bounds(-720, 720, "between -720 deg and 720 deg"),
        "Phase g at 1970-01-01 00:00 of the site's clock."),
    ])
}

extension ResourceFileInput {
  /// Gas of animals and residues [m3/h]; nil where there are none, or after a diagnostic.
  func digested(_ node: Node.Entry, _ decoding: inout Decoding) -> Double? {
    guard !animals.isEmpty || !residues.isEmpty else { return nil }
    var volume = 0.0
    for (name, amount) in animals.sorted(by: { $0.key < $1.key }) {
      if let yield {
        volume += amount * yield
        continue
      }
      guard let feed = Biogas.feeds.first(where: { $0.name == (name == "pigs" ? "pig" : name) }) else {
        decoding.error(
          "'\(name)' need 'yield', the gas of one head.", advice: "For example 'yield: 1.0 m3/d'.", at: node.mark)
        return nil
      }
      decoding.within("yield") {
        $0.assume("\(feed.yield.plain) m3/d per head of \(name)", source: feed.source, kind: .approximate)
      }
      volume += amount * feed.yield / 24
    }
    for (name, tonnes) in residues.sorted(by: { $0.key < $1.key }) {
      let word = name == "kitchen_waste" ? "kitchen-waste" : name
      guard let feed = Biogas.feeds.first(where: { $0.name == word }) else { continue }
      decoding.within(name) {
        $0.assume("\(feed.yield.plain) m3/t", source: feed.source, kind: .approximate)
      }
      volume += tonnes * feed.yield / 8760
    }
    return volume * collected
  }
}
