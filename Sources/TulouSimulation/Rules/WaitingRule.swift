/// What a demand that waits must and may take in one step, and what is in its tank afterwards. Pure functions.
///
/// A plain tank is forced once it would run empty. Where contents have limits of their own in each step (a window, parked
/// vehicles), filling begins as late as the greatest power still allows: `need_t = max(least_t, need_t+1 + draw - peak)`.
/// What gives back may count on no more power than grid and machines have left beside the fixed demand of the step: it would
/// otherwise give away at night what nobody can bring back by the morning.
struct WaitingRule: Sendable {
  let demand: DeferrableDemand
  let stepHours: Double
  /// Content that must be there at the start of each step [kWh]; empty for a plain tank.
  let needs: [Double]

  /// - Parameter sure: Power of each step that grid and machines have left for it [kW]; counts for what gives back.
  init(_ demand: DeferrableDemand, stepHours: Double, sure: [Double] = []) {
    self.demand = demand
    self.stepHours = stepHours
    guard !demand.rooms.isEmpty || !demand.leasts.isEmpty || !demand.peaks.isEmpty else {
      needs = []
      return
    }
    let count = demand.draw.count
    var needs = demand.leasts.isEmpty ? [Double](repeating: 0, count: count) : demand.leasts
    // Twice round, because the last step looks at the first.
    for t in (0..<(2 * count)).reversed() {
      let step = t % count, next = (step + 1) % count
      var peak = demand.peaks.isEmpty ? demand.peak : demand.peaks[step]
      if !demand.gives.isEmpty, !sure.isEmpty { peak = min(peak, sure[step]) }
      let room = demand.rooms.isEmpty ? demand.tank : demand.rooms[step]
      let needed = needs[next] + (demand.draw[step] - peak * demand.efficiency) * stepHours
      needs[step] = min(room, max(needs[step], needed))
    }
    self.needs = needs
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
  func forced(_ t: Int, tank: Double) -> Double {
    let needed = needs.isEmpty ? 0 : needs[next(t)]
    let short = (demand.draw[t] + (needed - tank) / stepHours) / demand.efficiency
    let peak = peak(t)
    let forced = max(0, min(short, peak))
    guard forced > 0 else { return 0 }
    return max(forced, min(demand.minimumLoad * peak, room(t, tank: tank)))
  }

  /// Power that can be given back in step t, at the bus [kW]: what is left when the trips to come are provided for.
  func spare(_ t: Int, tank: Double) -> Double {
    guard !demand.gives.isEmpty else { return 0 }
    let needed = needs.isEmpty ? 0 : needs[next(t)]
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
