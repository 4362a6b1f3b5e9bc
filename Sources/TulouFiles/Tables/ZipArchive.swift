/// The files within a zip archive, by the directory at its end (APPNOTE 6.3, stored and deflated entries).
struct ZipArchive {
  private let bytes: [UInt8]
  private var entries: [String: (offset: Int, packed: Int, size: Int, method: Int)] = [:]

  /// Nil where the bytes are no archive.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.starts(with: [0x50, 0x4B]), bytes.count >= 22 else { return nil }
    var end = bytes.count - 22
    let least = max(0, bytes.count - 65_557)
    while end >= least, !bytes[end...].starts(with: [0x50, 0x4B, 5, 6]) { end -= 1 }
    guard end >= least else { return nil }
    let count = number(end + 10, 2)
    var at = number(end + 16, 4)
    for _ in 0..<count {
      guard at + 46 <= bytes.count, bytes[at...].starts(with: [0x50, 0x4B, 1, 2]) else { return nil }
      let length = number(at + 28, 2)
      guard at + 46 + length <= bytes.count else { return nil }
      let name = String(decoding: bytes[(at + 46)..<(at + 46 + length)], as: UTF8.self)
      entries[name] = (number(at + 42, 4), number(at + 20, 4), number(at + 24, 4), number(at + 10, 2))
      at += 46 + length + number(at + 30, 2) + number(at + 32, 2)
    }
  }

  private func number(_ at: Int, _ count: Int) -> Int {
    guard at + count <= bytes.count else { return 0 }
    return (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }

  /// Names of all files.
  var names: [String] { entries.keys.sorted() }

  /// The bytes of a file; nil where there is none, or it is damaged or greater than 512 MB.
  func file(_ name: String) -> [UInt8]? {
    guard let entry = entries[name], entry.offset + 30 <= bytes.count,
      bytes[entry.offset...].starts(with: [0x50, 0x4B, 3, 4])
    else { return nil }
    let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
    guard start + entry.packed <= bytes.count else { return nil }
    let packed = bytes[start..<(start + entry.packed)]
    switch entry.method {
    case 0: return Array(packed)
    case 8: return Inflate.bytes(packed, most: 512 << 20)
    default: return nil
    }
  }
}
