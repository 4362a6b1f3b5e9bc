import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the modules stand.
public enum Mounting: Sendable, Equatable {
  /// Fixed: tilt from the horizontal [deg, 0 ... 90], azimuth from north over east [deg; 180 faces south].
  case fixed(tilt: Double, azimuth: Double)
  /// Turns about one axis.
  case singleAxis(SingleAxisTracker)
  /// Always faces the sun.
  case twoAxis

  /// Throws what is outside validity.
  func validate(_ found: inout [Diagnostic]) {
    switch self {
    case .fixed(let tilt, let azimuth):
      check(tilt, in: 0...90, "tilt", "deg", &found)
      check(azimuth, in: -360...360, "azimuth", "deg", &found)
    case .singleAxis(let tracker):
      check(tracker.axisTilt, in: 0...60, "tilt of the tracker's axis", "deg", &found)
      check(tracker.axisAzimuth, in: -360...360, "azimuth of the tracker's axis", "deg", &found)
      check(tracker.limit, in: 0...90, "limit of the tracker", "deg", &found)
      check(tracker.groundCover, in: 0.01...1, "ground cover of the tracker", "", &found)
    case .twoAxis: break
    }
  }
}

/// A tracker that turns about one axis.
///
/// The ideal angle faces the sun in the plane across the axis; with backtracking the rows turn back while they would shade
/// each other: `cos(back) = |cos(ideal)| / ground cover`.
/// - Source: K. Anderson, M. Mikofski 2020, "Slope-aware backtracking for single-axis trackers", NREL/TP-5K00-76626,
///   equations 4, 5, 14 to 16, without cross-axis slope.
public struct SingleAxisTracker: Sendable, Equatable {
  /// Tilt of the axis [deg].
  public var axisTilt: Double
  /// Azimuth of the axis from north over east [deg]; 180 is a north-south axis.
  public var axisAzimuth: Double
  /// Largest turn to either side [deg].
  public var limit: Double
  /// Row width over row distance [-].
  public var groundCover: Double
  /// Whether rows turn back.
  package var backtracking: Backtracking

  /// What rows do when the sun is low.
  package enum Backtracking: Sendable, Equatable {
    /// Turn back so that no row shades the next.
    case on
    /// Follow the sun.
    case off
  }

  /// A tracker; by default horizontal, north-south, 60 deg.
  package init(
    axisTilt: Double = 0, axisAzimuth: Double = 180, limit: Double = 60, groundCover: Double = 0.4,
    backtracking: Backtracking = .on
  ) {
    self.axisTilt = axisTilt
    self.axisAzimuth = axisAzimuth
    self.limit = limit
    self.groundCover = groundCover
    self.backtracking = backtracking
  }

  /// Turn of the tracker [deg], positive to the right of the axis's direction (west for an axis to the south); 0 while
  /// the sun is down.
  public func angle(east: Double, north: Double, up: Double) -> Double {
    guard up >= 0 else { return 0 }
    let frame = Frame(self)
    return frame.angle(east, north, up) * (180 / .pi)
  }

  /// The tracker's frame in numbers.
  struct Frame {
    let cosAzimuth, sinAzimuth, cosTilt, sinTilt, limit, groundCover: Double
    let turnsBack: Bool

    init(_ tracker: SingleAxisTracker) {
      let γ = radians(tracker.axisAzimuth), β = radians(tracker.axisTilt)
      cosAzimuth = cos(γ)
      sinAzimuth = sin(γ)
      cosTilt = cos(β)
      sinTilt = sin(β)
      limit = radians(tracker.limit)
      groundCover = tracker.groundCover
      turnsBack = tracker.backtracking == .on
    }

    /// Turn [rad].
    @inline(__always)
    func angle(_ east: Double, _ north: Double, _ up: Double) -> Double {
      let x = east * cosAzimuth - north * sinAzimuth
      let z = east * sinAzimuth * sinTilt + north * cosAzimuth * sinTilt + up * cosTilt
      let ideal = atan2(x, z)
      var turn = ideal
      if turnsBack {
        let ratio = abs(cos(ideal)) / groundCover
        if ratio < 1 { turn -= (ideal < 0 ? -1 : 1) * acos(ratio) }
      }
      return min(limit, max(-limit, turn))
    }

    /// The plane's normal in east, north, up at a turn [rad].
    @inline(__always)
    func normal(_ turn: Double) -> (Double, Double, Double) {
      let s = sin(turn), c = cos(turn)
      let forward = c * sinTilt
      return (s * cosAzimuth + forward * sinAzimuth, -s * sinAzimuth + forward * cosAzimuth, c * cosTilt)
    }
  }
}
