/// The small tables of `Shelf/places`.
enum PlaceTable {
  /// Cells of each row below comments and header; none where the shelf was moved away.
  static func rows(_ name: String) -> [[String]] {
    guard let folder = Shelf.folder, let bytes = try? FileBytes.read("\(folder)/places/\(name)", most: 8_000_000) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }
}
