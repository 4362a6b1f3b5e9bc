import Foundation

/// Keeps two runs from writing one folder at a time, and a plan from being swapped under a study that is written in it.
///
/// The folder is locked for one, those above it for all who write below (flock on the folders themselves, so that no
/// file is left). Where the file system knows no locks there are none.
struct FolderLock: ~Copyable {
  private var files: [Int32] = []

  /// Folders above the target that are locked too; results lie no deeper within each other.
  private static let levels = 4
  /// How long another run may take to write [s].
  private static let patienceSeconds = 120.0

  /// Waits until nobody else writes; false where that takes too long.
  init?(_ target: String) {
    var folders = [target]
    while folders.count <= FolderLock.levels, let last = folders.last, last != "/", !last.isEmpty {
      folders.append(Disk.parent(last))
    }
    let end = Date().addingTimeInterval(FolderLock.patienceSeconds)
    for folder in folders.reversed() {
      guard let file = FolderLock.locked(folder, folder == target ? LOCK_EX : LOCK_SH, until: end) else {
        for file in files { close(file) }
        return nil
      }
      if file >= 0 { files.append(file) }
    }
  }

  deinit { for file in files { close(file) } }

  /// A locked folder; -1 where it cannot be locked at all, nil where it stays locked by others.
  private static func locked(_ folder: String, _ kind: Int32, until end: Date) -> Int32? {
    while true {
      let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard file >= 0 else { return -1 }
      while flock(file, kind | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else {
          close(file)
          return -1
        }
        guard Date() < end else {
          close(file)
          return nil
        }
        usleep(50_000)
      }
      // While we waited the folder may have been swapped for another.
      var held = stat(), now = stat()
      if fstat(file, &held) == 0, stat(folder, &now) == 0, held.st_ino == now.st_ino, held.st_dev == now.st_dev {
        return file
      }
      close(file)
    }
  }
}
