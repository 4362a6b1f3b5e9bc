/// A stream that is to be cooled or warmed, for targets.
package struct HeatStream: Sendable, Equatable {
  /// Who has it.
  package var partner: String
  /// Temperature at which it is there [degC].
  package var supply: Double
  /// Temperature that it is to have [degC]; below `supply`: it gives heat.
  package var target: Double
  /// Heat given or taken [kW].
  package var duty: Double
  /// Its part of the least difference of temperatures [K].
  package var approach: Double
  /// Whether it gives heat; decides where both temperatures are equal.
  package var isHot: Bool

  /// A stream.
  package init(partner: String = "", supply: Double, target: Double, duty: Double, approach: Double, isHot: Bool? = nil)
  {
    self.partner = partner
    self.supply = supply
    self.target = target
    self.duty = duty
    self.approach = approach
    self.isHot = isHot ?? (supply > target)
  }

  /// The same moved by its part of the least difference: hot ones down, cold ones up [degC].
  var shifted: TemperatureSpan {
    let shift = isHot ? -approach : approach
    return TemperatureSpan(from: supply + shift, to: target + shift)
  }
}

/// A point of a composite curve.
package struct CurvePoint: Sendable, Equatable {
  /// Heat flow [kW].
  package var heat: Double
  /// Temperature [degC].
  package var temperature: Double
  /// A point.
  package init(heat: Double, temperature: Double) {
    self.heat = heat
    self.temperature = temperature
  }
}

/// The least heat and cold from outside that streams need, by the problem table of pinch analysis.
///
/// Source: Linnhoff, Flower 1978, Synthesis of heat exchanger networks, AIChE J. 24, 633-642, doi:10.1002/aic.690240411;
/// Kemp 2007, Pinch Analysis and Process Integration, chapter 2.
package struct HeatTargets: Sendable, Equatable {
  /// Least heat from outside [kW].
  package var hotUtility: Double
  /// Least cold from outside [kW].
  package var coldUtility: Double
  /// Heat that passes from hot to cold streams at these [kW].
  package var recovered: Double
  /// Shifted temperatures at which no heat passes [degC], from hot to cold.
  package var pinches: [Double]
  /// Heat that passes each shifted temperature [kW], from hot to cold; latent heat makes two points of one temperature.
  package var grandComposite: [CurvePoint]
  /// Hot streams together in their own temperatures, from cold to hot; heat counted from the cold end.
  package var hotComposite: [CurvePoint]
  /// Cold streams together, likewise, moved so that heat counts from where the cold utility ends.
  package var coldComposite: [CurvePoint]

  /// Whether one utility is not needed at all.
  package var isThreshold: Bool { hotUtility == 0 || coldUtility == 0 }

  /// Targets of `streams`; all 0 without any.
  package init(_ streams: [HeatStream]) {
    let all = streams.reduce(0) { $0 + abs($1.duty) }
    let cascade = HeatTargets.cascade(streams)
    let deficit = -min(0, cascade.map(\.heat).min() ?? 0)
    func snapped(_ value: Double) -> Double { abs(value) < 1e-9 * all ? 0 : value }
    hotUtility = snapped(deficit)
    coldUtility = snapped((cascade.last?.heat ?? 0) + deficit)
    let wanted = streams.filter { !$0.isHot }.reduce(0) { $0 + $1.duty }
    recovered = snapped(wanted - hotUtility)
    grandComposite = cascade.map { CurvePoint(heat: snapped($0.heat + deficit), temperature: $0.temperature) }
    pinches = []
    for point in cascade where point.heat + deficit < 1e-9 * all && pinches.last != point.temperature {
      pinches.append(point.temperature)
    }
    hotComposite = HeatTargets.composite(streams.filter(\.isHot), from: 0)
    coldComposite = HeatTargets.composite(streams.filter { !$0.isHot }, from: coldUtility)
  }

  /// Heat that has gathered on the way down to each shifted temperature, without any from outside.
  private static func cascade(_ streams: [HeatStream]) -> [CurvePoint] {
    let spans = streams.map(\.shifted)
    let levels = Set(spans.flatMap { [$0.start, $0.end] }).sorted(by: >)
    var points: [CurvePoint] = []
    var heat = 0.0
    for (i, level) in levels.enumerated() {
      if i > 0 {
        let above = levels[i - 1]
        for (stream, span) in zip(streams, spans) where span.warm >= above && span.cold <= level {
          let sign: Double = stream.isHot ? 1 : -1
          heat += sign * stream.duty * (above - level) / (span.warm - span.cold)
        }
      }
      points.append(CurvePoint(heat: heat, temperature: level))
      // Latent heat passes at one temperature: what is given there serves what is taken there.
      let latent = zip(streams, spans).filter { $1.warm == $1.cold && $1.warm == level }
      guard !latent.isEmpty else { continue }
      heat += latent.reduce(0) { $0 + ($1.0.isHot ? 1 : -1) * $1.0.duty }
      points.append(CurvePoint(heat: heat, temperature: level))
    }
    return points
  }

  private static func composite(_ streams: [HeatStream], from start: Double) -> [CurvePoint] {
    let levels = Set(streams.flatMap { [$0.supply, $0.target] }).sorted()
    var heat = start
    var points: [CurvePoint] = []
    for (i, level) in levels.enumerated() {
      if i > 0 {
        for stream in streams {
          let span = TemperatureSpan(from: stream.supply, to: stream.target)
          guard span.warm > span.cold, span.warm >= level, span.cold <= levels[i - 1] else { continue }
          heat += stream.duty * (level - levels[i - 1]) / (span.warm - span.cold)
        }
      }
      points.append(CurvePoint(heat: heat, temperature: level))
      let latent = streams.filter { $0.supply == $0.target && $0.supply == level }.reduce(0) { $0 + $1.duty }
      guard latent > 0 else { continue }
      heat += latent
      points.append(CurvePoint(heat: heat, temperature: level))
    }
    return points
  }

  /// Targets of each partner by itself, in the order in which they first appear.
  package static func alone(_ streams: [HeatStream]) -> [(partner: String, targets: HeatTargets)] {
    var names: [String] = []
    for stream in streams where !names.contains(stream.partner) { names.append(stream.partner) }
    return names.map { name in (name, HeatTargets(streams.filter { $0.partner == name })) }
  }
}
