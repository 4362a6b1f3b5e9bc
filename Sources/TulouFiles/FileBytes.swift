import Foundation

/// Why a file cannot be read.
enum FileFault: Error {
  case missing
  case folder
  case tooLarge(bytes: Int, most: Int)
  case notReadable(String)

  func message(_ name: String) -> String {
    switch self {
    case .missing: "There is no file '\(name)'."
    case .folder: "'\(name)' is a folder, not a file."
    case .tooLarge(let bytes, let most): "'\(name)' has \(bytes >> 20) MB; at most \(most >> 20) MB are read."
    case .notReadable(let reason): "'\(name)' cannot be read: \(reason)."
    }
  }

  var advice: String {
    switch self {
    case .missing: "Relative paths start at the project file."
    default: ""
    }
  }
}

/// Whole files as bytes, of bounded size.
enum FileBytes {
  /// The folder that a path stands in; empty for a bare name. Foundation's own way traps on some paths, such as `/`.
  static func folder(of path: String) -> String {
    guard let stroke = path.lastIndex(of: "/") else { return "" }
    return stroke == path.startIndex ? "/" : String(path[..<stroke])
  }

  static func read(_ path: String, most: Int) throws(FileFault) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing }
    if isFolder.boolValue { throw .folder }
    // A pipe may never end, and a device has no size.
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let kind = (try? FileManager.default.attributesOfItem(atPath: real))?[.type] as? FileAttributeType
    guard kind == .typeRegular else { throw .notReadable("it is no regular file") }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      let size = try handle.seekToEnd()
      guard size <= UInt64(most) else { throw FileFault.tooLarge(bytes: Int(clamping: size), most: most) }
      try handle.seek(toOffset: 0)
      // Devices and pipes tell no size, so what is read is bounded too.
      let data = try handle.read(upToCount: most + 1) ?? Data()
      guard data.count <= most else { throw FileFault.tooLarge(bytes: data.count, most: most) }
      return [UInt8](data)
    } catch let fault as FileFault {
      throw fault
    } catch {
      throw .notReadable(error.localizedDescription)
    }
  }
}
