/// Hours of a day where only a demand's peak and energy are known: shapes whose highest hour is 1.
///
/// The paper's curves are pictures. These have what its text says: electricity is highest at midday and lowest at 5 h; cooling
/// follows the heat of the day, heating and hot water have mornings and evenings. An assumption of ours; the project file may
/// state hours of its own.
package enum ShareShapes {
  /// Source, for the register of assumptions.
  package static let source = "our assumption: shape of the day, only peak and energy are printed"

  /// By carrier, in the order of `ShareCarrier`.
  package static let hours: [[Double]] = [
    [
      0.38, 0.33, 0.29, 0.26, 0.22, 0.18, 0.30, 0.45, 0.62, 0.78, 0.90, 0.97,
      1.00, 0.96, 0.62, 0.42, 0.50, 0.62, 0.76, 0.86, 0.80, 0.70, 0.58, 0.46,
    ],
    [
      0.70, 0.68, 0.67, 0.68, 0.72, 0.80, 0.92, 1.00, 0.98, 0.88, 0.78, 0.70,
      0.64, 0.60, 0.60, 0.64, 0.72, 0.82, 0.92, 0.98, 0.96, 0.90, 0.82, 0.75,
    ],
    [
      0.25, 0.20, 0.18, 0.18, 0.22, 0.40, 0.75, 0.95, 0.80, 0.55, 0.45, 0.45,
      0.50, 0.45, 0.38, 0.36, 0.42, 0.55, 0.75, 0.95, 1.00, 0.90, 0.65, 0.40,
    ],
    [
      0.20, 0.16, 0.14, 0.12, 0.12, 0.14, 0.20, 0.30, 0.42, 0.55, 0.68, 0.80,
      0.90, 0.97, 1.00, 0.98, 0.92, 0.82, 0.70, 0.58, 0.46, 0.38, 0.31, 0.25,
    ],
  ]
}
