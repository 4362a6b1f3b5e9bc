import TulouDocument
import TulouQuantities
import TulouResources

/// How a plane of modules or collectors stands, and what it sees of the sky.
struct PlaneInput: Sendable {
  var tilt: Double?
  var azimuth: Double?
  var tracking: Tracking?
  var axisTilt = 0.0
  var axisAzimuth = 180.0
  var groundCover = 0.4
  var rotationLimit = 60.0
  var backtracking = true
  var sky = Transposition.hayDavies.rawValue
  var albedo = 0.2
  var soiling = 0.0
  var skyline: [Double] = []
  var rows: RowsInput?

  /// How a plane follows the sun.
  enum Tracking: String, CaseIterable {
    case fixed
    case oneAxis = "one-axis"
    case twoAxis = "two-axis"
  }

  /// Whether anything but the horizontal is asked.
  var isHorizontal: Bool { (tilt ?? 0) == 0 && (tracking ?? .fixed) == .fixed && rows == nil }

  /// The mounting at a latitude.
  func mounting(latitude: Double) -> Mounting {
    switch tracking {
    case .oneAxis:
      .singleAxis(
        SingleAxisTracker(
          axisTilt: axisTilt, axisAzimuth: axisAzimuth, limit: rotationLimit, groundCover: groundCover,
          backtracking: backtracking ? .on : .off))
    case .twoAxis: .twoAxis
    case .fixed, nil: .fixed(tilt: tilt ?? 0, azimuth: azimuth ?? (latitude < 0 ? 0 : 180))
    }
  }

  /// Modules on this plane, with what it sees of the sky.
  func system(latitude: Double) -> PhotovoltaicSystem {
    PhotovoltaicSystem(
      mounting: mounting(latitude: latitude), transposition: Transposition(rawValue: sky) ?? .hayDavies,
      albedo: albedo, soiling: soiling, skyline: skyline,
      rows: rows.map {
        RowField(
          cover: groundCover, height: $0.height / $0.pitch, bifaciality: $0.bifaciality, rearLosses: $0.rearLosses)
      })
  }
}

/// Rows of modules, as written.
struct RowsInput: Sendable, Equatable {
  var pitch = 0.0
  var height = 0.0
  var bifaciality = 0.0
  var rearLosses = 0.02

  static let table = FieldTable<RowsInput>(
    "rows",
    [
      .number(
        "pitch", \.pitch, .length, .required, in: Bounds(0.1, 100, "between 0.1 m and 100 m"),
        "Distance from row to row; 'ground_cover' is the width of a row over it."),
      .number(
        "height", \.height, .length, .required, in: Bounds(0.05, 50, "between 0.05 m and 50 m"),
        "Height of the middle of a row over the ground."),
      .number(
        "bifaciality", \.bifaciality, .share, .silent("0 %"), in: .share,
        "Power of the rear over that of the front in the same light; 0 %: modules with one active side."),
      .number(
        "rear_losses", \.rearLosses, .share,
        .value("2 %", source: "shade factor of pvlib's infinite sheds, approximate"),
        in: Bounds(0, 0.9, "between 0 % and 90 %"), "Share of the rear's light that posts, rails and boxes take."),
    ])
}

extension ResourceTechnologyInput {
  /// Keys of what stands on a plane.
  static func plane() -> [Field<Self>] {
    [
      .number(
        "tilt", \.source.plane.tilt, .angle, in: Bounds(0, 90, "between 0 deg and 90 deg"),
        "Tilt from the horizontal; left out: irradiance on the horizontal is taken."),
      .number(
        "azimuth", \.source.plane.azimuth, .angle, in: Bounds(-360, 360, "between -360 deg and 360 deg"),
        "Azimuth from north over east, 180 deg south; left out: towards the equator."),
      Field("tracking", .choice(PlaneInput.Tracking.self), "How it follows the sun; left out: fixed.") {
        $0.source.plane.tracking = $2.choice($1, PlaneInput.Tracking.self)
      },
      .number(
        "axis_tilt", \.source.plane.axisTilt, .angle, .value("0 deg", source: "our assumption"),
        in: Bounds(0, 60, "between 0 deg and 60 deg"),
        "Tilt of a tracker's axis."),
      .number(
        "axis_azimuth", \.source.plane.axisAzimuth, .angle, .value("180 deg", source: "our assumption"),
        in: Bounds(-360, 360, "between -360 deg and 360 deg"), "Direction of a tracker's axis; 180 deg: north-south."),
      .number(
        "rotation_limit", \.source.plane.rotationLimit, .angle, .value("60 deg", source: "our assumption"),
        in: Bounds(5, 90, "between 5 deg and 90 deg"), "Largest turn of a tracker to either side."),
      .number(
        "ground_cover", \.source.plane.groundCover, .share, .value("40 %", source: "PVWatts' default"),
        in: Bounds(0.01, 1, "between 1 % and 100 %"),
        "Width of rows over their distance, for trackers and for 'rows'."),
      .flag(
        "backtracking", \.source.plane.backtracking, .value("true", source: "PVWatts' default"),
        "Whether rows turn back before they shade each other."),
      .choice(
        "sky", \.source.plane.sky, Transposition.allCases.map(\.rawValue),
        .value("hay-davies", source: "our assumption"),
        "Model of the sky's light on a tilted plane."),
      .number(
        "albedo", \.source.plane.albedo, .share, .value("20 %", source: "PVWatts' default"), in: .share,
        "Share of light that the ground throws back."),
      .number(
        "soiling", \.source.plane.soiling, .share, .silent("0 %"), in: Bounds(0, 0.9, "between 0 % and 90 %"),
        "Share of light that dirt takes, where 'derating' does not hold it."),
      Field(
        "skyline", .list(.number([.angle])),
        "Height of hills and houses in equal sectors from north over east; beam is lost while the sun stands below."
      ) {
        $0.source.plane.skyline =
          $2.numberList($1, .angle, in: Bounds(0, 90, "between 0 deg and 90 deg")) ?? []
      },
    ]
  }
}

extension ResourceTechnologyInput {
  /// What a plane takes where nothing is said, as far as it asks for it.
  func notePlane(_ node: Node, _ decoding: inout Decoding) {
    let plane = source.plane
    let tracks = plane.tracking != nil && plane.tracking != .fixed
    if plane.tracking != .oneAxis {
      decoding.idle(
        ["axis_tilt", "axis_azimuth", "rotation_limit", "backtracking"], of: node,
        because: "it belongs to 'tracking: one-axis'")
    }
    if plane.tracking != .oneAxis, plane.rows == nil {
      decoding.idle(["ground_cover"], of: node, because: "it belongs to 'tracking: one-axis' and to 'rows'")
    }
    if tracks {
      decoding.idle(["tilt", "azimuth"], of: node, because: "a tracker turns by itself")
    } else if (plane.tilt ?? 0) == 0 {
      decoding.assume("tilt", "0 deg", source: "our assumption: it lies flat", in: node)
      decoding.idle(["azimuth"], of: node, because: "it lies flat")
    } else {
      decoding.assume("azimuth", "towards the equator", in: node)
    }
    if plane.isHorizontal, plane.skyline.isEmpty {
      decoding.idle(["sky", "albedo"], of: node, because: "it lies flat and sees the whole sky")
    }
  }
}

extension ResourceInput {
  /// Irradiance on the plane after soiling [kW/m2]; nil after a diagnostic.
  func planeIrradiance(_ name: String, _ surroundings: Surroundings, _ decoding: inout Decoding) -> [Double]? {
    let clean = 1 - plane.soiling
    if plane.isHorizontal && plane.skyline.isEmpty {
      return series(.irradiance, name, surroundings, &decoding).map { clean == 1 ? $0 : $0.map { $0 * clean } }
    }
    guard let light = light(name, surroundings, &decoding) else { return nil }
    do throws(ProjectFault) {
      let values = try plane.system(latitude: light.path.site.latitudeDegrees)
        .planeIrradiance(light.light, path: light.path)
      return clean == 1 ? values : values.map { $0 * clean }
    } catch {
      decoding.adopt(error, at: resource?.mark ?? Mark())
      return nil
    }
  }

  /// Light of the resource with the sun's path.
  func light(_ name: String, _ surroundings: Surroundings, _ decoding: inout Decoding) -> ResourceLight? {
    decoding.within("resource") { surroundings.resources.light(of: name, &$0, at: resource?.mark ?? Mark()) }
  }
}
