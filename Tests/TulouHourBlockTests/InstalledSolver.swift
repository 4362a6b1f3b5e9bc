import TulouSolvers

/// HiGHS as found on this machine; twin tests are skipped by name without it.
enum InstalledSolver {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }
}
