import Foundation

/// The netCDF library, opened at run time, with the calls of its C interface that Tulou uses.
///
/// Nothing is linked: where the library is absent, everything but reading netCDF works, and `Missing` says where it was sought
/// and how to get it. Source: netCDF-C 4.9, `netcdf.h`; the calls are the same since 4.0.
package struct NetcdfLibrary: Sendable {
  /// The library could not be had.
  package struct Missing: Error, Sendable, Equatable {
    /// Places tried, each with the reason why it did not do.
    package var tried: [String]

    /// A person's words: what is missing, where it was sought, how to get it.
    package var message: String {
      """
      The netCDF library (libnetcdf, 4.0 or newer) was not found. Sought in:
      \(tried.map { "  " + $0 }.joined(separator: "\n"))
      Install it (Debian: apt install libnetcdf19; macOS: brew install netcdf), or name it by the variable TULOU_NETCDF \
      (the Python package netCDF4 has it in the folder netcdf4.libs). Without it, in Python: \
      pypsa.Network('network.nc').export_to_csv_folder('network'), then 'tulou import network --out FOLDER'.
      """
    }
  }

  typealias Text = UnsafePointer<CChar>
  typealias Integer = UnsafeMutablePointer<Int32>

  let open: @convention(c) @Sendable (Text, Int32, Integer) -> Int32
  let close: @convention(c) @Sendable (Int32) -> Int32
  let words: @convention(c) @Sendable (Int32) -> Text
  let countVariables: @convention(c) @Sendable (Int32, Integer) -> Int32
  /// file, variable, name (at most 256), type, count of dimensions, their ids, count of attributes.
  let variable:
    @convention(c) @Sendable (Int32, Int32, UnsafeMutablePointer<CChar>?, Integer?, Integer?, Integer?, Integer?) ->
      Int32
  let dimensionLength: @convention(c) @Sendable (Int32, Int32, UnsafeMutablePointer<Int>) -> Int32
  let doubles: @convention(c) @Sendable (Int32, Int32, UnsafeMutablePointer<Double>) -> Int32
  let texts: @convention(c) @Sendable (Int32, Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  let freeTexts: @convention(c) @Sendable (Int, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  let characters: @convention(c) @Sendable (Int32, Int32, UnsafeMutablePointer<CChar>) -> Int32
  /// file, variable, name, type, length.
  let attribute: @convention(c) @Sendable (Int32, Int32, Text, Integer, UnsafeMutablePointer<Int>) -> Int32
  let attributeCharacters: @convention(c) @Sendable (Int32, Int32, Text, UnsafeMutablePointer<CChar>) -> Int32
  let attributeTexts:
    @convention(c) @Sendable (Int32, Int32, Text, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32

  /// Opens the first library that can be had.
  ///
  /// - Parameter places: Files, or folders that hold one, in the order in which they are tried.
  package static func open(places: [String]) throws(Missing) -> NetcdfLibrary {
    var tried: [String] = []
    for place in places {
      let files = files(place)
      if files.isEmpty { tried.append("\(place): no such library") }
      for file in files {
        guard let handle = dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
          tried.append("\(file): \(dlerror().map { String(cString: $0) } ?? "cannot be opened")")
          continue
        }
        do throws(Absent) { return try NetcdfLibrary(handle: handle) } catch {
          tried.append("\(file): lacks the call \(error.name)")
        }
      }
    }
    throw Missing(tried: tried)
  }

  /// Folders of the system in which only its owner writes, and where libraries of C lie.
  package static let systemPlaces = [
    "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib",
    "/opt/homebrew/lib",
  ]

  /// The file itself, or every `libnetcdf` of a folder: `libnetcdf.so`, `libnetcdf.so.19`, `libnetcdf-3622e713.so.22`.
  private static func files(_ place: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return [] }
    // A name without a slash would be sought by the system's loader.
    guard isFolder.boolValue else { return [place.contains("/") ? place : "./" + place] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.filter { name in
      let rest = name.dropFirst("libnetcdf".count)
      return name.hasPrefix("libnetcdf") && (rest.first == "." || rest.first == "-")
        && (rest.contains(".so") || rest.hasSuffix(".dylib"))
    }.sorted().map { place + "/" + $0 }
  }

  /// A function that the library lacks.
  private struct Absent: Error { var name: String }

  private init(handle: UnsafeMutableRawPointer) throws(Absent) {
    func call<Function>(_ name: String) throws(Absent) -> Function {
      guard let symbol = dlsym(handle, name) else { throw Absent(name: name) }
      return unsafeBitCast(symbol, to: Function.self)
    }
    open = try call("nc_open")
    close = try call("nc_close")
    words = try call("nc_strerror")
    countVariables = try call("nc_inq_nvars")
    variable = try call("nc_inq_var")
    dimensionLength = try call("nc_inq_dimlen")
    doubles = try call("nc_get_var_double")
    texts = try call("nc_get_var_string")
    freeTexts = try call("nc_free_string")
    characters = try call("nc_get_var_text")
    attribute = try call("nc_inq_att")
    attributeCharacters = try call("nc_get_att_text")
    attributeTexts = try call("nc_get_att_string")
  }
}
