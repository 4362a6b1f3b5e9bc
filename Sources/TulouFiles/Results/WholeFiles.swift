import Foundation
import TulouReport

/// Why results could not be written or read.
public struct ResultFault: Error, Sendable, CustomStringConvertible {
  /// A sentence for the user.
  public var description: String
  /// A fault.
  public init(_ description: String) { self.description = description }
}

/// Results as a folder that is whole: the old one until the last step, the new one after it.
///
/// All files are written and synced into a folder beside (`.NAME.new`), what the folder holds beyond results is linked
/// there too, and then the two are swapped in one step. Where a file system cannot swap, or the folder is a mount or the
/// one we stand in, entries are moved one by one, and `recover` undoes or ends what a stop left between.
package enum WholeFiles {
  /// Writes `files` as the results of `directory`, making it where it is missing.
  ///
  /// - Parameters:
  ///   - files: Names relative to the folder, with bytes.
  ///   - names: Entries that results of this kind have; those that are not written are taken away.
  ///   - keeping: Entries written before by the same study, by the name that they get: what lies there now.
  ///   - parts: Further files, made part by part when their turn comes, so that no more than one is in memory.
  package static func write(
    _ files: [(name: String, bytes: [UInt8])], to directory: String, names: Set<String> = ResultNames.results,
    keeping: [(name: String, place: String)] = [], parts: [() -> [(name: String, bytes: [UInt8])]] = []
  ) throws(ResultFault) {
    // A new project goes into a folder that is somebody's own.
    try write(
      files, to: directory, names: names, keeping: keeping, parts: parts, isWhole: names != ResultNames.project,
      disk: Disk())
  }

  /// - Parameter isWhole: Whether the folder itself may be swapped.
  package static func write(
    _ files: [(name: String, bytes: [UInt8])], to directory: String, names: Set<String>,
    keeping: [(name: String, place: String)] = [], parts: [() -> [(name: String, bytes: [UInt8])]] = [],
    isWhole asked: Bool, disk: Disk
  ) throws(ResultFault) {
    assert(files.allSatisfy { names.contains(String($0.name.prefix { $0 != "/" })) }, "a result has no name of results")
    func fault(_ failure: Disk.Failure) -> ResultFault {
      ResultFault("The results cannot be written to '\(directory)': \(failure.words).")
    }
    let made: [String]
    do throws(Disk.Failure) { made = try disk.makeAll(absolute(directory)) } catch { throw fault(error) }
    let target = real(directory)
    guard let lock = FolderLock(target) else {
      throw ResultFault("Another run of tulou writes to '\(directory)' and does not end.")
    }
    var isWhole = asked && FolderSwap.isPossible(target)
    while true {
      let swap = FolderSwap(target: target, isWhole: isWhole, names: names, disk: disk)
      do throws(Disk.Failure) {
        try recover(target, disk)
        try swap.fill(files, keeping: keeping, parts: parts)
        try swap.take()
        break
      } catch {
        swap.giveUp(made: made)
        // A mount can look like a folder as any other.
        guard isWhole, [.rename, .exchange].contains(error.call), [EBUSY, EXDEV, EACCES, EPERM].contains(error.code)
        else { throw fault(error) }
        isWhole = false
      }
    }
    _ = lock
  }

  /// Looks before anything is solved whether results can be written: the folder is ours or new, and takes files.
  ///
  /// What a stopped run left is put in order. Nothing is left behind.
  ///
  /// - Parameter isPlan: Whether the results are a plan; others may not take the place of one.
  package static func check(_ directory: String, isPlan: Bool = true) throws(ResultFault) {
    let disk = Disk()
    recover(directory)
    let entries = Disk.entries(of: directory).filter { !$0.hasPrefix(".") }
    let holdsStudies = entries.contains { ResultNames.areOurs(Disk.entries(of: directory + "/" + $0)) }
    if !entries.isEmpty, !ResultNames.areOurs(entries), !holdsStudies {
      throw ResultFault(
        "'\(directory)' holds something else than results (\(entries.prefix(3).joined(separator: ", "))); name another folder with --out."
      )
    }
    if !isPlan, holdsPlan(directory) {
      throw ResultFault(
        "'\(directory)' holds a plan; results of a study go beside it. Leave --out away, or name another folder.")
    }
    var made: [String] = []
    defer { for folder in made.reversed() { rmdir(folder) } }
    do throws(Disk.Failure) {
      made = try disk.makeAll(absolute(directory))
      let target = real(directory)
      for place in FolderSwap.isPossible(target) ? [target, Disk.parent(target)] : [target] {
        let probe = place + "/" + FolderSwap.probe
        try disk.write([1], to: probe)
        unlink(probe)
      }
    } catch { throw ResultFault("Results cannot be written to '\(directory)': \(error.words).") }
  }

  /// Whether the results of a folder are those of `tulou plan`, with sizes and money, and of no rule or path of stages.
  private static func holdsPlan(_ directory: String) -> Bool {
    guard let bytes = try? FileBytes.read(directory + "/result.json", most: 1 << 30), let root = JSON(parsing: bytes),
      root["cash_flow"] != nil, root["stages"] == nil, root["search"] == nil
    else { return false }
    return root["simulation"]?.fields == nil
  }

  /// Puts a results folder in order after a stop between two steps; a folder in order is left alone.
  package static func recover(_ directory: String) {
    let target = real(directory)
    guard let lock = FolderLock(target) else { return }
    try? recover(target, Disk())
    _ = lock
  }

  private static func recover(_ target: String, _ disk: Disk) throws(Disk.Failure) {
    for isWhole in [true, false] {
      try FolderSwap(target: target, isWhole: isWhole, names: [], disk: disk).recover()
    }
  }

  /// The path from the root, links not followed.
  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return URL(fileURLWithPath: whole).standardizedFileURL.path
  }

  /// The path with links followed as far as it exists.
  private static func real(_ path: String) -> String {
    let whole = absolute(path)
    var folder = whole, rest: [String] = []
    while folder != "/", !Disk.exists(folder) {
      rest.append(String(folder.split(separator: "/").last ?? ""))
      folder = Disk.parent(folder)
    }
    guard let found = realpath(folder, nil) else { return whole }
    defer { free(found) }
    let start = String(cString: found)
    return rest.reversed().reduce(start == "/" ? "" : start) { $0 + "/" + $1 }
  }
}

/// plotly.js as a file that is copied into reports.
package enum PlotlyLibrary {
  /// The text of the file, or nil where it cannot be read or is no such file.
  package static func text(_ path: String) -> String? {
    guard let bytes = try? FileBytes.read(path, most: 64 << 20), bytes.count > 100_000, !endsScript(bytes) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text would end a script element early; plotly.js holds no such text.
  private static func endsScript(_ script: [UInt8]) -> Bool {
    let needle = Array("</script".utf8)
    var matched = 0
    for byte in script {
      let lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
      matched = lower == needle[matched] ? matched + 1 : lower == needle[0] ? 1 : 0
      if matched == needle.count { return true }
    }
    return false
  }
}

/// Memory of this process.
enum PeakMemory {
  /// Largest resident size so far [MB].
  static var megabytes: Double {
    var usage = rusage()
    #if canImport(Glibc)
      let isKnown = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0
    #else
      let isKnown = getrusage(RUSAGE_SELF, &usage) == 0
    #endif
    // Kilobytes on Linux, bytes on macOS.
    #if canImport(Darwin)
      let unit = 1_048_576.0
    #else
      let unit = 1024.0
    #endif
    return isKnown ? Double(usage.ru_maxrss) / unit : .nan
  }
}
