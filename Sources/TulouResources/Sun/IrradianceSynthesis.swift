package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hourly (or shorter, or longer) global horizontal irradiance from twelve monthly means.
///
/// Daily clearness indices follow the distribution of Bendt et al. with the month's mean (its upper end after Hollands and
/// Huget 1983) and an autoregression from day to day with coefficient 0.29 (Graham, Hollands and Unny 1988). Within the
/// day the index runs by the TAG model: mean course by the sun's height, deviations autoregressive. Nothing exceeds the
/// clear sky of `ClearSky`; each month keeps its mean exactly, by scaling under that ceiling.
///
/// Valid for steps of one minute to one day. Departures: the clear-sky ceiling is Ineichen-Perez instead of TAG's cosine,
/// and the autoregression's coefficient is raised to the power of the step in hours.
/// - Source: Graham, Hollands, Unny 1988, Solar Energy 40(2), 83-92; Bendt, Collares-Pereira, Rabl 1981, Solar Energy
///   27(1), 1-5; R. Aguiar, M. Collares-Pereira 1992, "TAG: a time-dependent, autoregressive, Gaussian model for generating
///   synthetic hourly radiation", Solar Energy 49(3), 167-174, doi 10.1016/0038-092X(92)90068-L.
package struct IrradianceSynthesis: Sendable, Equatable {
  /// Where.
  package var site: Site
  /// Monthly mean global horizontal irradiation [kWh/m2/d], January to December.
  package var monthlyMeans: [Double]
  /// Linke turbidity of each month [-]; nil takes the largest of 2 ... 3.5 that leaves room for the month's mean.
  package var linkeTurbidity: [Double]?
  /// Autocorrelation of the daily index's normal score from day to day [-], 0 ..< 1.
  package var dayAutocorrelation: Double
  /// Seed of the random numbers.
  package var seed: UInt64

  /// A synthesis.
  package init(
    site: Site, monthlyMeans: [Double], linkeTurbidity: [Double]? = nil, dayAutocorrelation: Double = 0.29,
    seed: UInt64 = 1
  ) {
    self.site = site
    self.monthlyMeans = monthlyMeans
    self.linkeTurbidity = linkeTurbidity
    self.dayAutocorrelation = dayAutocorrelation
    self.seed = seed
  }

  /// Global horizontal irradiance [kW/m2], `count == horizon.steps`.
  ///
  /// - Throws: where the position or a mean is impossible, e.g. above the clear sky of the month.
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    try validate()
    let years = horizon.calendarYears
    return try horizon.cut { (year) throws(ProjectFault) in
      try wholeYear(year, stepHours: horizon.stepHours, stream: UInt64(years.firstIndex(of: year) ?? 0))
    }
  }

  /// Clear-sky irradiance [kW/m2] that the series of the same horizon never exceeds, `count == horizon.steps`.
  package func ceiling(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    try validate()
    return try horizon.cut { (year) throws(ProjectFault) in
      let sky = SkyYear(site: site, year: year, stepHours: horizon.stepHours)
      return try ceiling(of: sky)
    }
  }

  private func validate() throws(ProjectFault) {
    try site.validate()
    var found: [Diagnostic] = []
    check(monthly: monthlyMeans, in: 0...14, "mean irradiation", "kWh/m2/d", &found)
    if let linkeTurbidity { check(monthly: linkeTurbidity, in: 1...12, "Linke turbidity", "", &found) }
    check(dayAutocorrelation, in: 0...0.99, "autocorrelation from day to day", "", &found)
    if !found.isEmpty { throw ProjectFault(found) }
  }

  private func ceiling(of sky: SkyYear) throws(ProjectFault) -> [Double] {
    var result = [Double](repeating: 0, count: sky.steps)
    for (m, range) in sky.months.enumerated() {
      let mean = monthlyMeans[m]
      // Room for the mean: a month of nothing but clear days is not a climate. Below TL 2 no air is that clean.
      var choices = [3.5, 3.25, 3, 2.75, 2.5, 2.25, 2]
      if let linkeTurbidity { choices = [linkeTurbidity[m]] }
      var best = 0.0
      for turbidity in choices {
        sky.clear(range, turbidity: turbidity, into: &result)
        var sum = 0.0
        for t in range { sum += result[t] }
        best = sum * sky.stepHours / (Double(range.count) * sky.stepHours / 24)
        if best * (linkeTurbidity == nil ? 0.9 : 1) >= mean { break }
      }
      guard mean <= best * (1 + 1e-9) else {
        throw ProjectFault(
          "The mean irradiation of month \(m + 1) is \(mean) kWh/m2/d, but a clear sky at latitude \(site.latitudeDegrees) deg gives \((best * 1000).rounded() / 1000) kWh/m2/d.",
          advice: "Check the unit (kWh/m2/d, not MJ), the order of the months and the hemisphere.")
      }
    }
    return result
  }

  private func wholeYear(_ year: Int, stepHours: Double, stream: UInt64) throws(ProjectFault) -> [Double] {
    let sky = SkyYear(site: site, year: year, stepHours: stepHours)
    let ceiling = try ceiling(of: sky)
    var random = SeededRandom(seed: seed, stream: 0x5355_4E00 &+ stream)  // "SUN": the streams of other models differ
    var dayScore = Autoregression(coefficient: dayAutocorrelation, random: &random)
    var result = [Double](repeating: 0, count: sky.steps)
    var deviation = random.normal()
    for (m, month) in sky.months.enumerated() where monthlyMeans[m] > 0 {
      var extraterrestrial = 0.0
      for t in month { extraterrestrial += sky.horizontal[t] }
      let meanIndex = min(
        0.85, monthlyMeans[m] * Double(month.count) / 24 / max(extraterrestrial, 1e-12))
      let distribution = ClearnessDistribution(mean: meanIndex)
      for day in sky.days(in: month) {
        let score = dayScore.next(&random)
        let index = distribution.value(at: normalProbability(score))
        let model = HourlyClearness(dailyIndex: index)
        let a = pow(model.autocorrelation, stepHours), b = (1 - a * a).squareRoot()
        var dayTotal = 0.0
        for t in day where sky.horizontal[t] > 0 {
          deviation = a * deviation + b * random.normal()
          let k = model.mean(sinHeight: sky.sinHeight[t]) + model.spread(sinHeight: sky.sinHeight[t]) * deviation
          result[t] = min(ceiling[t], max(0.01, k) * sky.horizontal[t])
          dayTotal += sky.horizontal[t]
        }
        scale(&result, day, to: index * dayTotal, under: ceiling)
      }
      scale(&result, month, to: monthlyMeans[m] * Double(month.count) / 24, under: ceiling)
    }
    return result
  }

  /// Multiplies the range by one factor, cut at the ceiling, so that it adds up to `total` (or to the ceiling's sum).
  private func scale(_ values: inout [Double], _ range: Range<Int>, to total: Double, under ceiling: [Double]) {
    func sum(_ factor: Double) -> Double {
      var s = 0.0
      for t in range { s += min(values[t] * factor, ceiling[t]) }
      return s
    }
    let plain = sum(1)
    guard plain > 0, total > 0 else { return }
    var low = 0.0, high = max(1, total / plain)
    while sum(high) < total && high < 1e6 { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if sum(middle) < total { low = middle } else { high = middle }
      if high - low < 1e-13 * high { break }
    }
    for t in range { values[t] = min(values[t] * high, ceiling[t]) }
  }
}

/// Distribution of daily clearness indices about their mean.
///
/// `F(K) = (exp(g Kmin) - exp(g K)) / (exp(g Kmin) - exp(g Kmax))`, Kmin 0.05, `Kmax = 0.6313 + 0.267 Km - 11.9 (Km - 0.75)^8`,
/// g such that the mean is Km.
/// - Source: Bendt et al. 1981; upper end: Hollands, Huget 1983, Solar Energy 30(3), 195-209.
struct ClearnessDistribution {
  private let slope: Double
  private let least: Double
  private let most: Double

  init(mean: Double) {
    let most = max(0.6313 + 0.267 * mean - 11.9 * pow(mean - 0.75, 8), mean + 0.02)
    let least = min(0.05, mean / 2)
    self.least = least
    self.most = most
    func meanOf(_ g: Double) -> Double {
      if abs(g) < 1e-6 { return (least + most) / 2 }
      // Divided by the larger exponential, so that large slopes do not overflow.
      let e = exp(-abs(g) * (most - least))
      return g > 0
        ? (most - least * e) / (1 - e) - 1 / g
        : (least - most * e) / (1 - e) - 1 / g
    }
    var low = -400.0, high = 400.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if meanOf(middle) < mean { low = middle } else { high = middle }
    }
    slope = (low + high) / 2
  }

  /// The index that the share `probability` of days does not exceed.
  func value(at probability: Double) -> Double {
    guard abs(slope) > 1e-6 else { return least + probability * (most - least) }
    if slope > 0 {
      let e = exp(-slope * (most - least))
      return most + log(probability + (1 - probability) * e) / slope
    }
    let e = exp(slope * (most - least))
    return least + log((1 - probability) + probability * e) / slope
  }
}

/// Course of the clearness index within a day (TAG).
struct HourlyClearness {
  /// Autocorrelation of the deviations from hour to hour [-].
  let autocorrelation: Double
  private let level, bend, decay, spreadScale, spreadGrowth: Double

  init(dailyIndex k: Double) {
    autocorrelation = 0.38 + 0.06 * cos(7.4 * k - 2.5)
    level = -0.19 + 1.12 * k + 0.24 * exp(-8 * k)
    bend = 0.32 - 1.6 * (k - 0.5) * (k - 0.5)
    decay = 0.19 + 2.27 * k * k - 2.51 * k * k * k
    spreadScale = 0.14 * exp(-20 * (k - 0.35) * (k - 0.35))
    spreadGrowth = 3 * (k - 0.45) * (k - 0.45) + 16 * pow(k, 5)
  }

  /// Mean index for the sine of the sun's height.
  func mean(sinHeight: Double) -> Double { level + bend * exp(-decay / max(sinHeight, 0.02)) }
  /// Standard deviation about the mean.
  func spread(sinHeight: Double) -> Double { spreadScale * exp(spreadGrowth * (1 - sinHeight)) }
}
