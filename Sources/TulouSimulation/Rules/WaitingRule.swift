/// What a demand that waits must and may take in one step, and what is in its tank afterwards. Pure functions.
///
/// Two contents decide. Below `needs` filling can wait no longer at its greatest power, wherever the power comes from:
/// `need_t = max(least_t, need_t+1 + draw - peak)`. Below `sureNeeds`, the same with no more power than sources, grid and machines
/// have left in each step beside fixed demand (`SurePower`), grid and machines must fill it now: later they could not bring all of
/// it any more. What gives back keeps to the second, or it would give away at night what nobody can bring back by the morning.
struct WaitingRule: Sendable {
  let demand: DeferrableDemand
  let stepHours: Double
  /// Content that must be there at the start of each step [kWh]; empty: nought in all.
  let needs: [Double]
  /// The same where no more than the sure power comes in [kWh]; empty: nought in all.
  let sureNeeds: [Double]
  /// Power of each step when it is filled as late as the sure power allows [kW].
  let latest: [Double]

  /// - Parameter sure: Power of each step that sources, grid and machines have left for it [kW].
  init(_ demand: DeferrableDemand, stepHours: Double, sure: [Double]) {
    self.demand = demand
    self.stepHours = stepHours
    needs = WaitingRule.least(demand, stepHours, most: nil)
    sureNeeds = WaitingRule.least(demand, stepHours, most: sure)
    let count = demand.draw.count
    var latest = [Double](repeating: 0, count: count)
    for t in 0..<count {
      let next = t + 1 == count ? 0 : t + 1
      let before = sureNeeds.isEmpty ? 0 : sureNeeds[t], after = sureNeeds.isEmpty ? 0 : sureNeeds[next]
      let power = ((after - before) / stepHours + demand.draw[t]) / demand.efficiency
      latest[t] = max(0, min(power, sure[t], demand.peaks.isEmpty ? demand.peak : demand.peaks[t]))
    }
    self.latest = latest
  }

  /// The least contents from which all that is drawn can still be brought; empty where they are nought in every step.
  ///
  /// - Parameter most: Greatest power of each step beside that of filling [kW]; nil: none.
  private static func least(_ demand: DeferrableDemand, _ stepHours: Double, most: [Double]?) -> [Double] {
    let count = demand.draw.count
    var needs = demand.leasts.isEmpty ? [Double](repeating: 0, count: count) : demand.leasts
    // Twice round, because the last step looks at the first.
    for t in (0..<(2 * count)).reversed() {
      let step = t % count, next = (step + 1) % count
      let peak = min(demand.peaks.isEmpty ? demand.peak : demand.peaks[step], most?[step] ?? .infinity)
      let room = demand.rooms.isEmpty ? demand.tank : demand.rooms[step]
      let needed = needs[next] + (demand.draw[step] - peak * demand.efficiency) * stepHours
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
  func due(_ t: Int, tank: Double) -> Double { filling(t, tank: tank, to: sureNeeds) }

  private func filling(_ t: Int, tank: Double, to needs: [Double]) -> Double {
    let needed = needs.isEmpty ? 0 : needs[next(t)]
    let short = (demand.draw[t] + (needed - tank) / stepHours) / demand.efficiency
    let peak = peak(t)
    let power = max(0, min(short, peak))
    guard power > 0 else { return 0 }
    return max(power, min(demand.minimumLoad * peak, room(t, tank: tank)))
  }

  /// Power that can be given back in step t, at the bus [kW]: what is left when the trips to come are provided for.
  func spare(_ t: Int, tank: Double) -> Double {
    guard !demand.gives.isEmpty else { return 0 }
    let needed = sureNeeds.isEmpty ? 0 : sureNeeds[next(t)]
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
