/// What a demand that waits must and may take in one step, and what is in its tank afterwards. Pure functions.
///
/// Two contents decide. Below `needs` filling can wait no longer at its greatest power, wherever the power comes from:
/// `need_t = max(least_t, need_t+1 + draw - peak)`. Below `levels[0]`, the same with no more power than sources, grid and machines
/// have left in each step beside fixed demand (`SurePower`), grid and machines must fill it now: later they could not bring all of
/// it any more. What gives back keeps to the second, or it would give away at night what nobody can bring back by the morning.
///
/// Where fixed demand is cheaper to shed, `levels` hold the second content once more for each price of it: with the power that
/// is there when all of that price and less is shed, and for those parts alone that are dearer. Below them the cheaper demand is shed.
struct WaitingRule: Sendable {
  /// What must be there so that what is dearer than a price is not missed for it.
  struct Level: Sendable {
    /// What costs no more than this is shed before [money/kWh]; minus infinity: nothing is.
    let price: Double
    /// Content that must be there at the start of each step [kWh]; empty: zero in all.
    let needs: [Double]
    /// Power of each step when it is filled as late as the sure power allows [kW].
    let latest: [Double]
  }

  let demand: DeferrableDemand
  let stepHours: Double
  /// Content that must be there at the start of each step [kWh]; empty: zero in all.
  let needs: [Double]
  /// The contents of each price at which something is shed, nothing shed first. A price that is no less than that of any part
  /// of the demand has none.
  private(set) var levels: [Level]

  /// - Parameter sure: Power of each step that sources, grid and machines have left for it [kW].
  init(_ demand: DeferrableDemand, stepHours: Double, sure: [Double]) {
    self.demand = demand
    self.stepHours = stepHours
    needs = WaitingRule.least(demand, stepHours, most: nil)
    levels = []
    addLevel(price: -.infinity, sure: sure)
  }

  /// Adds the contents at a price: what costs no more is shed before a dearer part of this demand goes short.
  ///
  /// - Parameter sure: Power of each step that is left for it then [kW].
  mutating func addLevel(price: Double, sure: [Double]) {
    let share = demand.share(above: price)
    guard share > 0 else { return }
    let needs = WaitingRule.least(demand, stepHours, most: sure, share: share)
    let count = demand.draw.count
    var latest = [Double](repeating: 0, count: count)
    for t in 0..<count {
      let next = t + 1 == count ? 0 : t + 1
      let before = needs.isEmpty ? 0 : needs[t], after = needs.isEmpty ? 0 : needs[next]
      let drawn = after > 0 ? demand.draw[t] : share * demand.draw[t]
      let power = ((after - before) / stepHours + drawn) / demand.efficiency
      latest[t] = max(0, min(power, sure[t], demand.peaks.isEmpty ? demand.peak : demand.peaks[t]))
    }
    levels.append(Level(price: price, needs: needs, latest: latest))
  }

  /// The least contents from which all that is drawn can still be brought; empty where they are zero in every step.
  ///
  /// - Parameters:
  ///   - most: Greatest power of each step beside that of filling [kW]; nil: none.
  ///   - share: Part of the draw that must be brought, the dearest of it; the rest is missed where the content does not suffice.
  private static func least(
    _ demand: DeferrableDemand, _ stepHours: Double, most: [Double]?, share: Double = 1
  ) -> [Double] {
    let count = demand.draw.count
    var needs = demand.leasts.isEmpty ? [Double](repeating: 0, count: count) : demand.leasts
    // Twice round, because the last step looks at the first.
    for t in (0..<(2 * count)).reversed() {
      let step = t % count, next = (step + 1) % count
      let peak = min(demand.peaks.isEmpty ? demand.peak : demand.peaks[step], most?[step] ?? .infinity)
      let room = demand.rooms.isEmpty ? demand.tank : demand.rooms[step]
      // Content for later steps is left only when all that this step draws is there.
      let drawn = needs[next] > 0 ? demand.draw[step] : share * demand.draw[step]
      let needed = needs[next] + (drawn - peak * demand.efficiency) * stepHours
      needs[step] = min(room, max(needs[step], needed))
    }
    return needs.allSatisfy { $0 <= 0 } ? [] : needs
  }

  /// Greatest power of filling in step t [kW].
  func peak(_ t: Int) -> Double { demand.peaks.isEmpty ? demand.peak : demand.peaks[t] }

  private func next(_ t: Int) -> Int { t + 1 == demand.draw.count ? 0 : t + 1 }

  /// Power that the tank has room for in step t, at the bus [kW].
  func room(_ t: Int, tank: Double) -> Double {
    let greatest = demand.rooms.isEmpty ? demand.tank : demand.rooms[next(t)]
    return ((greatest - tank) / stepHours + demand.draw[t]) / demand.efficiency
  }

  /// Power that cannot wait in step t, at the bus [kW].
  func forced(_ t: Int, tank: Double) -> Double { filling(t, tank: tank, to: needs) }

  /// Power that grid and machines are to bring in step t, what cannot wait included, at the bus [kW].
  func due(_ t: Int, tank: Double) -> Double { filling(t, tank: tank, to: levels[0].needs) }

  /// Power that is to be brought in step t so that nothing dearer than a price is missed for what costs no more, at the bus [kW].
  func due(_ t: Int, tank: Double, above price: Double) -> Double {
    guard let level = levels.last(where: { $0.price <= price }), demand.share(above: price) > 0 else { return 0 }
    return filling(t, tank: tank, to: level.needs, share: demand.share(above: level.price))
  }

  private func filling(_ t: Int, tank: Double, to needs: [Double], share: Double = 1) -> Double {
    let needed = needs.isEmpty ? 0 : needs[next(t)]
    let drawn = needed > 0 ? demand.draw[t] : share * demand.draw[t]
    let short = (drawn + (needed - tank) / stepHours) / demand.efficiency
    let peak = peak(t)
    let power = max(0, min(short, peak))
    guard power > 0 else { return 0 }
    return max(power, min(demand.minimumLoad * peak, room(t, tank: tank)))
  }

  /// Power that can be given back in step t, at the bus [kW]: what is left when the trips to come are provided for.
  func spare(_ t: Int, tank: Double) -> Double {
    guard !demand.gives.isEmpty else { return 0 }
    let needed = levels[0].needs.isEmpty ? 0 : levels[0].needs[next(t)]
    let left = (tank - needed) / stepHours - demand.draw[t]
    return max(0, min(demand.gives[t], left * demand.givingEfficiency))
  }

  /// Content after step t with `power` at the bus (negative: given back), and what was drawn from an empty tank [kWh].
  func after(_ t: Int, tank: Double, power: Double) -> (content: Double, unserved: Double) {
    let into = power < 0 ? power / demand.givingEfficiency : power * demand.efficiency
    let content = tank + (into - demand.draw[t]) * stepHours
    let least = demand.leasts.isEmpty ? 0 : demand.leasts[next(t)]
    return content < least ? (least, least - content) : (content, 0)
  }
}

extension DeferrableDemand {
  /// Share of what is drawn that costs more than a price when it is missed [-].
  func share(above price: Double) -> Double {
    shedParts.reduce(0) { $1.price > price ? $0 + $1.share : $0 }
  }
}
