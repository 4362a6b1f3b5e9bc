/// What a unit of each flow counts for in a goal: money with the price of CO2, CO2 alone, or energy from outside alone.
struct MatchPrices {
  let goal: MatchGoal
  let carbonPrice: Double

  init(_ goal: MatchGoal, carbonPrice: Double) {
    self.goal = goal
    self.carbonPrice = carbonPrice
  }

  /// Money counts in money alone.
  func money(_ amount: Double) -> Double { goal == .money ? amount : 0 }

  private func mixed(_ money: Double, _ emission: Double, _ outside: Double) -> Double {
    switch goal {
    case .money: money + carbonPrice * emission
    case .co2: emission
    case .outsideEnergy: outside
    }
  }

  func transport(_ link: Link) -> Double { mixed(link.transport, link.emission, link.outsideEnergy) }
  func fresh(_ sink: StreamSink) -> Double { mixed(sink.price, sink.emission, sink.outsideEnergy) }
  func disposal(_ source: StreamSource) -> Double { mixed(source.disposal, source.disposalEmission, 0) }

  /// What a measure costs a year, its own worth at the origin taken off.
  func yearly(_ measure: Reduction, lowers end: StreamEnd, in park: Park) -> Double {
    let amount: Double =
      switch end {
      case .source(let s): park.yearly(park.sources[s].supply)
      case .sink(let d): park.yearly(park.sinks[d].need)
      }
    let saved = measure.saves * amount
    return mixed(measure.yearlyCost - measure.worth * saved, -measure.avoidedEmission * saved, 0)
  }
}
