import Foundation

/// One swap of a folder of results: new ones are gathered apart, then take the place of the old.
///
/// | | whole | entry by entry |
/// |---|---|---|
/// | new results gather in | `.NAME.new` beside | `.new` within |
/// | old ones wait in | `.NAME.old` beside, only where two renames are needed | `.old` within |
/// | all old ones are away, new ones come | | `.new` is called `.next` |
struct FolderSwap {
  let target: String
  /// Whether the folder itself is swapped; otherwise its entries are.
  let isWhole: Bool
  /// Entries that belong to results of this kind.
  let names: Set<String>
  let disk: Disk

  private var beside: String { Disk.parent(target) + "/." + (target.split(separator: "/").last.map(String.init) ?? "") }
  private var new: String { isWhole ? beside + ".new" : target + "/.new" }
  private var old: String { isWhole ? beside + ".old" : target + "/.old" }
  private var next: String { target + "/.next" }

  /// Whether the folder can be renamed: it is no mount, we do not stand in or below it, and its parent takes files.
  static func isPossible(_ target: String) -> Bool {
    var own = stat(), above = stat()
    let parent = Disk.parent(target)
    guard stat(target, &own) == 0, stat(parent, &above) == 0, own.st_dev == above.st_dev, own.st_ino != above.st_ino,
      access(parent, W_OK | X_OK) == 0
    else { return false }
    let here = realpath(".", nil).map { path in
      defer { free(path) }
      return String(cString: path)
    }
    return !((here ?? "") + "/").hasPrefix(target + "/")
  }

  /// Gathers the new results, synced, and links what is carried over.
  func fill(
    _ files: [(name: String, bytes: [UInt8])], keeping: [(name: String, place: String)],
    parts: [() -> [(name: String, bytes: [UInt8])]] = []
  ) throws(Disk.Failure) {
    try disk.remove(new)
    try disk.make(new)
    var folders = [new]
    func within(_ name: String) throws(Disk.Failure) -> String {
      let place = new + "/" + name
      let made = try disk.makeAll(Disk.parent(place))
      folders += made
      return place
    }
    var written: [String] = []
    func write(_ files: [(name: String, bytes: [UInt8])]) throws(Disk.Failure) {
      for file in files {
        try disk.write(file.bytes, to: try within(file.name))
        written.append(file.name)
      }
    }
    try write(files)
    for part in parts { try write(part()) }
    for kept in keeping { try disk.link(target + "/" + kept.place, try within(kept.name)) }
    if isWhole {
      for entry in Disk.entries(of: target) where !isReplaced(entry) && !FolderSwap.marks.contains(entry) {
        try disk.link(target + "/" + entry, new + "/" + entry)
      }
    }
    // After all are written, so that the disk gathers them: a wait for each in turn takes tens of times as long.
    for name in written { try disk.sync(new + "/" + name) }
    for folder in folders.reversed() { try disk.sync(folder) }
  }

  /// Puts the new results into the place of the old.
  func take() throws(Disk.Failure) {
    if isWhole {
      if try !disk.exchange(new, target) {
        try disk.rename(target, old)
        do throws(Disk.Failure) { try disk.rename(new, target) } catch {
          try disk.rename(old, target)
          throw error
        }
      }
      try? disk.sync(Disk.parent(target))
      // From here on the new results are in place; what is left over goes now or at the next run.
      try? disk.remove(old)
      try? disk.remove(new)
      return
    }
    let away = Disk.entries(of: target).filter(isReplaced), coming = Disk.entries(of: new)
    if coming.count == 1, away.isEmpty || away == coming {
      try disk.rename(new + "/" + coming[0], target + "/" + coming[0])
      try? disk.remove(new)
      return
    }
    try disk.make(old)
    for entry in away { try disk.rename(target + "/" + entry, old + "/" + entry) }
    try disk.sync(target)
    try disk.rename(new, next)
    do throws(Disk.Failure) { try end() } catch {
      // What came goes back, so that `recover` finds the old results only.
      for entry in coming where !Disk.exists(next + "/" + entry) {
        try disk.rename(target + "/" + entry, next + "/" + entry)
      }
      try disk.rename(next, new)
      throw error
    }
  }

  /// After a failure: the old results are where they were, and nothing of the new remains.
  func giveUp(made: [String]) {
    try? recover()
    try? disk.remove(new)
    for folder in made.reversed() { rmdir(folder) }
  }

  /// Undoes or ends what was stopped between two steps.
  func recover() throws(Disk.Failure) {
    if isWhole {
      if Disk.exists(old), !Disk.exists(target) { try disk.rename(old, target) }
      // An empty folder was made for results that never came.
      if Disk.exists(old), Disk.entries(of: target).isEmpty, Disk.isFolder(target) { try disk.rename(old, target) }
      try disk.remove(old)
      try disk.remove(new)
      return
    }
    // All old entries were away: the new ones come in.
    if Disk.exists(next) { return try end() }
    // Some were: they go back.
    for entry in Disk.entries(of: old) { try disk.rename(old + "/" + entry, target + "/" + entry) }
    try disk.remove(old)
    try disk.remove(new)
  }

  /// Entry by entry: brings the new ones in and takes the old ones away.
  private func end() throws(Disk.Failure) {
    for entry in Disk.entries(of: next) { try disk.rename(next + "/" + entry, target + "/" + entry) }
    try disk.sync(target)
    // As long as `next` is there the new results are the ones; what stays now goes at the next run.
    do throws(Disk.Failure) {
      try disk.remove(old)
      try disk.remove(next)
    } catch { return }
  }

  private func isReplaced(_ entry: String) -> Bool {
    names.contains(entry) || names == ResultNames.results && ResultNames.unfinished.values.contains(entry)
  }

  /// A file that is written and removed to see whether a folder takes files.
  static let probe = ".tulou-probe"
  private static let marks: Set = [".new", ".old", ".next", probe]
}
