import Foundation

/// The calls by which results reach the disk, each of which may fail; a test lets any of them fail.
package struct Disk: Sendable {
  /// What is done to a path.
  package enum Call: String, Sendable { case make, write, sync, link, rename, exchange, remove }

  /// A call that failed: the system's number, and what was tried.
  package struct Failure: Error {
    var code: Int32
    var call: Call
    var path: String
    /// A failure.
    package init(code: Int32, call: Call, path: String) {
      self.code = code
      self.call = call
      self.path = path
    }
    var words: String { "'\(path)' (\(call.rawValue)): \(String(cString: strerror(code)))" }
  }

  /// Asked before each call; it may throw in place of the disk.
  var before: @Sendable (Call, String) throws(Failure) -> Void

  /// The disk as it is, unless something is asked before each call.
  package init(before: @escaping @Sendable (Call, String) throws(Failure) -> Void = { _, _ in }) {
    self.before = before
  }

  /// Makes a folder; one that is there is taken.
  func make(_ path: String) throws(Failure) {
    try before(.make, path)
    if mkdir(path, 0o777) != 0, !(errno == EEXIST && Disk.isFolder(path)) { throw failed(.make, path) }
  }

  /// Makes a folder and those above it; what was made, outermost first.
  @discardableResult func makeAll(_ path: String) throws(Failure) -> [String] {
    var missing: [String] = []
    var folder = path
    while !folder.isEmpty, !Disk.exists(folder) {
      missing.append(folder)
      folder = Disk.parent(folder)
    }
    for one in missing.reversed() { try make(one) }
    if missing.isEmpty, !Disk.isFolder(path) { throw Failure(code: ENOTDIR, call: .make, path: path) }
    return missing.reversed()
  }

  /// Writes a new file.
  func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    try before(.write, path)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failed(.write, path) }
    defer { close(file) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count > 0 { done += count } else if errno != EINTR { throw failed(.write, path) }
    }
  }

  /// Waits until the disk has a file, or the entries of a folder.
  func sync(_ path: String) throws(Failure) {
    try before(.sync, path)
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failed(.sync, path) }
    defer { close(file) }
    // Some file systems have nothing to wait for.
    if fsync(file) != 0, errno != EINVAL { throw failed(.sync, path) }
  }

  /// Gives a file, a link or a folder with all that is in it a second place, without copying where the disk allows.
  func link(_ from: String, _ to: String) throws(Failure) {
    try before(.link, to)
    var status = stat()
    guard lstat(from, &status) == 0 else { throw failed(.link, from) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      try make(to)
      for entry in Disk.entries(of: from) { try link(from + "/" + entry, to + "/" + entry) }
    case S_IFREG:
      if Foundation.link(from, to) == 0 { return }
      do { try FileManager.default.copyItem(atPath: from, toPath: to) } catch { throw failed(.link, to) }
    case S_IFLNK:
      do {
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: from)
        try FileManager.default.createSymbolicLink(atPath: to, withDestinationPath: target)
      } catch { throw failed(.link, to) }
    default: break  // Pipes and sockets hold nothing.
    }
  }

  /// Moves within a file system; a file or an empty folder in the way is replaced.
  func rename(_ from: String, _ to: String) throws(Failure) {
    try before(.rename, to)
    if Foundation.rename(from, to) != 0 { throw failed(.rename, to) }
  }

  /// Swaps two folders in one step; false where the file system cannot.
  func exchange(_ one: String, _ other: String) throws(Failure) -> Bool {
    try before(.exchange, other)
    #if canImport(Darwin)
      return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
    #else
      return Disk.renameAt2.map { $0(AT_FDCWD, one, AT_FDCWD, other, 2) == 0 } ?? false  // RENAME_EXCHANGE
    #endif
  }

  #if !canImport(Darwin)
    private typealias RenameAt2 =
      @convention(c) (
        Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
      ) -> Int32
    /// Not declared by the headers that Swift reads; there since glibc 2.28.
    private static let renameAt2: RenameAt2? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: RenameAt2.self) }
  #endif

  /// Removes a file, or a folder with all that is in it; nothing happens where there is none.
  func remove(_ path: String) throws(Failure) {
    guard Disk.exists(path) else { return }
    try before(.remove, path)
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw Failure(code: EIO, call: .remove, path: path)
    }
  }

  private func failed(_ call: Call, _ path: String) -> Failure { Failure(code: errno, call: call, path: path) }

  /// Whether anything is there, a dead link included.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a folder is there.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Names in a folder, sorted; none where it cannot be read.
  static func entries(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The folder that holds a path.
  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
