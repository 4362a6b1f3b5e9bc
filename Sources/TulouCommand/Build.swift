/// What this build is.
enum Build {
  /// The version, stated here alone; CITATION.cff and CHANGELOG.md follow it (`VersionTests`).
  static let version = "0.2.0"
}
