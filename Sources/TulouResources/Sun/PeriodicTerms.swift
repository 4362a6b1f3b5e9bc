/// The sums of periodic terms of the solar position algorithm at eight times.
/// - Source: I. Reda, A. Andreas 2008, NREL/TP-560-34302, sections 3.2 and 3.4.
struct PeriodicTerms {
  /// Heliocentric longitude and latitude of the earth [rad, longitude not reduced to a turn], distance [astronomical units].
  let longitude, latitude, radius: Lane.Eight
  /// Nutation in longitude and obliquity [deg].
  let nutationLongitude, nutationObliquity: Lane.Eight

  /// The sums at Julian centuries of terrestrial time.
  init(_ century: Lane.Eight) {
    typealias Table = SolarPositionTables
    let m = century / 10
    let l0 = series(Table.longitude0, m), l1 = series(Table.longitude1, m), l2 = series(Table.longitude2, m)
    let l3 = series(Table.longitude3, m), l4 = series(Table.longitude4, m), l5 = series(Table.longitude5, m)
    longitude = (l0 + m * (l1 + m * (l2 + m * (l3 + m * (l4 + m * l5))))) / 1e8
    latitude = (series(Table.latitude0, m) + m * series(Table.latitude1, m)) / 1e8
    let r0 = series(Table.radius0, m), r1 = series(Table.radius1, m), r2 = series(Table.radius2, m)
    let r3 = series(Table.radius3, m), r4 = series(Table.radius4, m)
    radius = (r0 + m * (r1 + m * (r2 + m * (r3 + m * r4)))) / 1e8
    (nutationLongitude, nutationObliquity) = nutation(century)
  }
}

/// Sum of `A cos(B + C t)`, in units of 1e-8.
private func series(_ table: [Double], _ t: Lane.Eight) -> Lane.Eight {
  var sum = Lane.Eight(repeating: 0)
  var i = 0
  while i + 2 < table.count {
    sum += Lane.sineCosine(t * table[i + 2] + table[i + 1]).cosine * table[i]
    i += 3
  }
  return sum
}

/// Nutation in longitude and obliquity [deg].
private func nutation(_ t: Lane.Eight) -> (Lane.Eight, Lane.Eight) {
  func argument(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Lane.Eight {
    let angle = a + t * (b + t * (c + t * d))
    return (angle - Lane.whole(angle * (1.0 / 360)) * 360) * (Double.pi / 180)
  }
  let x0 = argument(297.85036, 445267.111480, -0.0019142, 1.0 / 189474)
  let x1 = argument(357.52772, 35999.050340, -0.0001603, -1.0 / 300000)
  let x2 = argument(134.96298, 477198.867398, 0.0086972, 1.0 / 56250)
  let x3 = argument(93.27191, 483202.017538, -0.0036825, 1.0 / 327270)
  let x4 = argument(125.04452, -1934.136261, 0.0020708, 1.0 / 450000)
  let arguments = SolarPositionTables.nutationArguments, amplitudes = SolarPositionTables.nutationAmplitudes
  var longitude = Lane.Eight(repeating: 0), obliquity = longitude
  var i = 0, k = 0
  while i + 4 < arguments.count {
    let a = x0 * arguments[i] + x1 * arguments[i + 1] + x2 * arguments[i + 2]
    let b = x3 * arguments[i + 3] + x4 * arguments[i + 4]
    let (sine, cosine) = Lane.sineCosine(a + b)
    longitude += (t * amplitudes[k + 1] + amplitudes[k]) * sine
    obliquity += (t * amplitudes[k + 3] + amplitudes[k + 2]) * cosine
    i += 5
    k += 4
  }
  return (longitude / 36_000_000, obliquity / 36_000_000)
}
