import TulouDocument
import TulouProject
import TulouQuantities
import TulouResources
import TulouTechnologies

/// What falls on planes at a place: the best fixed one, others, trackers, and what modules would make of it.
package struct PlaneSurvey: Sendable {
  /// One way to stand.
  package struct Stand: Sendable {
    /// Name, e.g. `30° towards the equator`.
    package var name: String
    /// Irradiation over the horizon [kWh/m2].
    package var irradiation: Double
    /// Alternating current per kW of modules over the horizon by the PVWatts chain [kWh/kW].
    package var yield: Double
  }

  /// Id of the resource.
  package var resource: String
  /// Tilt and azimuth from north over east of the best fixed plane [deg].
  package var bestTilt: Double, bestAzimuth: Double
  /// Irradiation on the best fixed plane, and on the horizontal, over the horizon [kWh/m2].
  package var bestIrradiation: Double, horizontalIrradiation: Double
  /// Ways to stand, the best fixed one among them.
  package var stands: [Stand] = []
  /// Irradiation by tilt towards the equator: degrees and kWh/m2.
  package var tilts: [(tilt: Double, irradiation: Double)] = []
  /// Whether beam and diffuse come from the file rather than from a split of global irradiance.
  package var hasBeam: Bool

  /// Nil for a resource without complete light.
  init?(
    _ given: ProjectResource, _ site: Site, _ steps: Horizon, _ all: [ProjectResource]
  ) throws(ProjectFault) {
    // Light is looked at as its file has it.
    var resource = given
    let horizon = given.rows?.grid.rows ?? steps
    if let rows = given.rows {
      resource.series = rows.series
      resource.momentOfStep = rows.momentOfStep
    }
    guard let global = resource.values(.irradiance), global.allSatisfy(\.isFinite), global.contains(where: { $0 > 0 })
    else { return nil }
    let path = try SunPath(site: site, horizon: horizon, momentOfStep: resource.momentOfStep)
    let beam = resource.values(.beam), diffuse = resource.values(.diffuse)
    let light: PhotovoltaicSystem.Light
    if let beam, let diffuse, beam.allSatisfy(\.isFinite), diffuse.allSatisfy(\.isFinite) {
      light = .init(global: global, beam: beam, diffuse: diffuse)
      hasBeam = true
    } else {
      light = try .init(global: global, path: path)
      hasBeam = false
    }
    self.resource = resource.id
    func near(_ kind: ProjectResource.Kind, otherwise value: Double) -> [Double] {
      var found = resource.values(kind) ?? all.compactMap { $0.values(kind) }.first
      if let grid = given.rows?.grid, let values = found, values.count == steps.steps, values.count != horizon.steps {
        found = grid.toRows(values)
      }
      return (found ?? []).count == horizon.steps && (found ?? []).allSatisfy(\.isFinite)
        ? found ?? [] : [Double](repeating: value, count: horizon.steps)
    }
    let air = near(.temperature, otherwise: 15), wind = near(.speed, otherwise: 1)
    let toEquator = site.latitudeDegrees < 0 ? 0.0 : 180.0
    let best = try PhotovoltaicSystem(mounting: .fixed(tilt: 0, azimuth: toEquator))
      .bestOrientation(light, path: path, stepHours: horizon.stepHours)
    bestTilt = best.tilt
    bestAzimuth = best.azimuth
    bestIrradiation = best.irradiation
    horizontalIrradiation = best.horizontal
    func stand(_ name: String, _ mounting: Mounting) throws(ProjectFault) -> Stand {
      let series = try PhotovoltaicSystem(mounting: mounting)
        .series(light, path: path, airTemperature: air, windSpeed: wind)
      return Stand(
        name: name, irradiation: series.planeIrradiance.reduce(0, +) * horizon.stepHours,
        yield: series.power.reduce(0, +) * horizon.stepHours)
    }
    stands = [
      try stand("horizontal", .fixed(tilt: 0, azimuth: toEquator)),
      try stand(
        "best fixed: tilt \(best.tilt.plain)°, azimuth \(best.azimuth.plain)°",
        .fixed(tilt: best.tilt, azimuth: best.azimuth)),
      try stand("upright, facing the equator", .fixed(tilt: 90, azimuth: toEquator)),
      try stand("10° towards east", .fixed(tilt: 10, azimuth: 90)),
      try stand("10° towards west", .fixed(tilt: 10, azimuth: 270)),
      try stand("one axis, north-south, backtracking", .singleAxis(SingleAxisTracker())),
      try stand("two axes", .twoAxis),
    ]
    for tilt in stride(from: 0.0, through: 90, by: 10) {
      let sum = try PhotovoltaicSystem(mounting: .fixed(tilt: tilt, azimuth: toEquator))
        .planeIrradiance(light, path: path).reduce(0, +)
      tilts.append((tilt, sum * horizon.stepHours))
    }
  }
}

/// Wind of a resource: its distribution and where it comes from.
package struct WindSurvey: Sendable {
  /// Id of the resource.
  package var resource: String
  /// Height of the measurement [m].
  package var heightMetres: Double
  /// Mean speed [m/s].
  package var mean: Double
  /// Share of calms (below 0.5 m/s) [-].
  package var calms: Double
  /// Shape [-] and scale [m/s] of the Weibull distribution that fits; nil where there are not two different speeds.
  package var shape: Double?, scale: Double?
  /// Share of time in classes of 1 m/s from 0 [-], and that of the fit.
  package var classes: [Double], fitted: [Double]
  /// Share of time in 16 sectors from north over east by speed class (`roseLimits`); nil without directions.
  package var rose: [[Double]]?
  /// Upper ends of the rose's classes [m/s]; one class more above the last.
  package static let roseLimits = [3.0, 6, 9, 12]

  /// Nil for a resource without wind.
  init?(_ resource: ProjectResource, _ horizon: Horizon) {
    guard let values = resource.values(.speed) else { return nil }
    let speeds = values.filter(\.isFinite)
    guard !speeds.isEmpty else { return nil }
    self.resource = resource.id
    heightMetres = resource.windHeightMetres
    let count = Double(speeds.count)
    mean = speeds.reduce(0, +) / count
    calms = Double(speeds.count { $0 < 0.5 }) / count
    let weibull = try? Weibull.fit(speeds)
    shape = weibull?.shape
    scale = weibull?.scale
    let top = Int(saturating: min(40, max(0, (speeds.max() ?? 0).rounded(.down))))
    classes = [Double](repeating: 0, count: top + 1)
    for speed in speeds { classes[Int(saturating: min(Double(top), max(0, speed)))] += 1 / count }
    fitted = (0...top).map { low in
      guard let weibull else { return 0 }
      // Four points a class are enough for a curve that is smooth.
      return (0..<4).reduce(0) { $0 + weibull.density(Double(low) + (Double($1) + 0.5) / 4) } / 4
    }
    guard let directions = resource.values(.direction), directions.count == values.count else { return }
    var shares = [[Double]](repeating: [Double](repeating: 0, count: Self.roseLimits.count + 1), count: 16)
    var blowing = 0.0
    for (speed, direction) in zip(values, directions) where speed.isFinite && direction.isFinite && speed >= 0.5 {
      let turn = direction - (direction / 360).rounded(.down) * 360
      let sector = Int(saturating: ((turn + 11.25) / 22.5).rounded(.down)) % 16
      shares[sector][Self.roseLimits.count { speed >= $0 }] += 1
      blowing += 1
    }
    guard blowing > 0 else { return }
    rose = shares.map { $0.map { $0 / Double(values.count) } }
  }
}

/// A demand by the hours of its days and by months.
package struct DemandSurvey: Sendable {
  /// Id, and name.
  package var id: String, name: String
  /// Carrier of its bus.
  package var carrier: String
  /// Mean power of each step of a workday and of a day off [kW].
  package var workday: [Double], dayOff: [Double]
  /// Energy of each calendar month [kWh].
  package var monthly: [Double]
  /// Energy over the horizon [kWh], greatest power [kW].
  package var energy: Double, peak: Double

  /// Mean over greatest power [-].
  package func loadFactor(hours: Double) -> Double { peak > 0 ? energy / hours / peak : 0 }

  /// Nil for a demand without a power of its own, such as vehicles.
  init?(_ demand: Demand, _ project: Project) {
    guard demand.power.count == project.horizon.steps, demand.power.contains(where: { $0 > 0 }) else { return nil }
    id = demand.id
    name = demand.name.isEmpty ? demand.id : demand.name
    carrier = project.carrier(ofBus: demand.bus)?.id ?? ""
    let horizon = project.horizon
    let perDay = max(1, Int(saturating: (24 / horizon.stepHours).rounded()))
    var sums = [[Double]](repeating: [Double](repeating: 0, count: perDay), count: 2), counts = sums
    monthly = [Double](repeating: 0, count: 12)
    energy = 0
    peak = demand.power.max() ?? 0
    for (t, power) in demand.power.enumerated() {
      let moment = horizon.civil(t)
      let kind = project.calendar.isWorkday(moment.date) ? 0 : 1
      let slot = min(perDay - 1, Int(saturating: moment.hour / horizon.stepHours))
      sums[kind][slot] += power
      counts[kind][slot] += 1
      monthly[moment.date.month - 1] += power * horizon.stepHours
      energy += power * horizon.stepHours
    }
    func mean(_ kind: Int) -> [Double] {
      (0..<perDay).map { counts[kind][$0] > 0 ? sums[kind][$0] / counts[kind][$0] : .nan }
    }
    workday = mean(0)
    dayOff = mean(1)
  }
}
