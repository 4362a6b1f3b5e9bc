#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The HiGHS library, opened at run time, with the calls of its C interface that Tulou uses.
///
/// Nothing is linked: where the library is absent, everything but solving with HiGHS works, and `Missing` says where
/// it was sought and how to get it. Once opened it stays open for the life of the process.
///
/// Source: HiGHS 1.15, `interfaces/highs_c_api.h`. Needed: 1.10 or newer of major version 1, with 32-bit `HighsInt`.
public struct HighsLibrary: Sendable {
  /// The library could not be had.
  package struct Missing: Error, Sendable, Equatable {
    /// Places tried, each with the reason why it did not do.
    package var tried: [String]

    /// An absence.
    package init(tried: [String]) { self.tried = tried }

    /// A person's words: what is missing, where it was sought, how to get it.
    package var message: String {
      """
      HiGHS (\(HighsLibrary.fileName), version 1.10 or newer) was not found. Sought in:
      \(tried.map { "  " + $0 }.joined(separator: "\n"))
      Get it with 'Scripts/set-up', or 'pip download highsbox --no-deps' and unzip \(HighsLibrary.fileName) into the folder '.tulou'; \
      or name it by '--highs PATH' or the variable TULOU_HIGHS.
      """
    }
  }

  /// Where the library came from: a path, or a name that the system's loader resolved.
  public let place: String
  /// Version as the library states it, e.g. `1.15.1`.
  public let version: String
  /// The calls.
  let calls: HighsCalls

  /// Opens the first library that can be had.
  ///
  /// Order: `path` (then nothing else is tried), the variable TULOU_HIGHS (likewise), `PartFolders`.
  ///
  /// - Parameter path: The file (or a folder that holds `libhighs.so`) that the user named, if any.
  package static func open(path: String? = nil) throws(Missing) -> HighsLibrary {
    var tried: [String] = []
    for place in places(path: path) {
      switch open(place: place) {
      case .success(let library): return library
      case .failure(let reason): tried.append("\(place): \(reason.text)")
      }
    }
    throw Missing(tried: tried)
  }

  /// Its name on this system.
  #if canImport(Darwin)
    static let fileName = "libhighs.dylib"
  #else
    static let fileName = "libhighs.so"
  #endif

  /// Places in the order in which they are tried.
  static func places(path: String?) -> [String] {
    let file = fileName
    let variable = getenv("TULOU_HIGHS").map { String(cString: $0) } ?? ""
    if let named = path ?? (variable.isEmpty ? nil : variable) {
      // A name without a slash would be sought by the system's loader.
      return [isFolder(named) ? named + "/" + file : named.contains("/") ? named : "./" + named]
    }
    return PartFolders.all.map { $0 + "/" + file }
  }

  private struct Refusal: Error { var text: String }

  private static func open(place: String) -> Result<HighsLibrary, Refusal> {
    // Looked at first, for a shorter message.
    if access(place, R_OK) != 0 { return .failure(Refusal(text: "no such file")) }
    guard let handle = dlopen(place, RTLD_NOW | RTLD_LOCAL) else {
      let words = dlerror().map { String(cString: $0) } ?? "cannot be opened"
      return .failure(Refusal(text: words))
    }
    let calls: HighsCalls
    do { calls = try HighsCalls(handle: handle) } catch {
      return .failure(Refusal(text: "lacks the call \(error.name); a newer version is needed"))
    }
    let version = String(cString: calls.version())
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    guard numbers.count >= 2, numbers[0] == 1, numbers[1] >= 10 else {
      return .failure(Refusal(text: "is version \(version)"))
    }
    guard calls.sizeOfInteger(nil) == 4 else { return .failure(Refusal(text: "is built with 64-bit integers")) }
    return .success(HighsLibrary(place: place, version: version, calls: calls))
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
