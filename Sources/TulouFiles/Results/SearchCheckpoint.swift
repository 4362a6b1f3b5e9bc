import Foundation
package import TulouDispatch
import TulouPlanning
import TulouQuantities

/// What a search under way needs to go on, on the disk: a kill loses no more than what was done since it was kept.
///
/// Two files in a hidden folder beside the results, which stay as they are until the search ends: `state`, replaced in one step, and
/// `designs`, to which an optimiser's designs are added; `state` says how many of them count.
package final class SearchCheckpoint: Sendable {
  private let folder: URL

  /// The checkpoint of a search whose results go to `directory`.
  package init(of directory: String) {
    let results = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL
    folder = results.deletingLastPathComponent()
      .appendingPathComponent(".\(results.lastPathComponent).checkpoint", isDirectory: true)
  }

  private var state: URL { folder.appendingPathComponent("state") }
  private var designs: URL { folder.appendingPathComponent("designs") }
  /// Strategy, violation, value before the sizes of a design.
  private static let head = 3

  /// What was kept; nil where nothing was, or where it cannot be read.
  package func read() -> SearchProgress? {
    guard let data = try? Data(contentsOf: state),
      var progress = try? PropertyListDecoder().decode(SearchProgress.self, from: data)
    else { return nil }
    guard (0...10_000).contains(progress.sides), (0...(1 << 40)).contains(progress.triedCount) else { return nil }
    guard progress.triedCount > 0 else { return progress }
    guard let bytes = try? FileBytes.read(designs.path, most: 1 << 34) else { return nil }
    let count = SearchCheckpoint.head + progress.sides, size = 8 * count
    guard bytes.count >= progress.triedCount * size else { return nil }
    progress.tried = (0..<progress.triedCount).map { i in
      let numbers = (0..<count).map { n in
        let at = i * size + 8 * n
        return Double(bitPattern: bytes[at..<(at + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
      return TriedDesign(
        strategy: Int(saturating: numbers[0]), sizes: Array(numbers[SearchCheckpoint.head...]), violation: numbers[1],
        value: numbers[2])
    }
    return progress
  }

  /// Keeps progress. A full disk costs the resumption, not the search.
  package func write(_ progress: SearchProgress) {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try append(progress.tried, sides: progress.sides)
      let data = try encoder.encode(progress)
      let partial = folder.appendingPathComponent("state.partial")
      try data.write(to: partial)
      try synchronise(partial)
      guard rename(partial.path, state.path) == 0 else { return }
    } catch { return }
  }

  /// Adds the designs that the file does not hold yet; what a kill tore off behind the last state is cut away.
  private func append(_ tried: [TriedDesign], sides: Int) throws {
    guard !tried.isEmpty else { return }
    let size = UInt64(8 * (SearchCheckpoint.head + sides))
    let kept = (try? PropertyListDecoder().decode(Count.self, from: Data(contentsOf: state)))?.triedCount ?? 0
    if !FileManager.default.fileExists(atPath: designs.path) {
      guard FileManager.default.createFile(atPath: designs.path, contents: nil) else {
        throw ResultFault("'\(designs.path)' cannot be made.")
      }
    }
    let handle = try FileHandle(forWritingTo: designs)
    defer { try? handle.close() }
    let known = min(kept, tried.count)
    try handle.truncate(atOffset: UInt64(known) * size)
    try handle.seek(toOffset: UInt64(known) * size)
    var bytes: [UInt8] = []
    for design in tried[known...] {
      for number in [Double(design.strategy), design.violation, design.value] + design.sizes {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
  }

  private struct Count: Decodable { var triedCount: Int }

  private func synchronise(_ file: URL) throws {
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.synchronize()
  }

  /// Throws away what was kept.
  package func remove() { try? FileManager.default.removeItem(at: folder) }
}
