/// A zip archive of files as they are, without compression: all that a workbook needs, in a hundred lines and without a library.
///
/// Deterministic: the same files give the same bytes (all of 1980-01-01). Names are UTF-8. Files and archive below 4 GiB.
///
/// - Source: PKWARE, APPNOTE.TXT - .ZIP File Format Specification 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
package struct StoredZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file.
  mutating func add(_ name: String, _ bytes: [UInt8]) {
    let path = Array(name.utf8), offset = body.count
    // Version 2.0, names in UTF-8, stored, midnight of 1980-01-01.
    var head: [UInt8] = []
    head.append(two: 20)
    head.append(two: 0x0800)
    head.append(two: 0)
    head.append(two: 0)
    head.append(two: 0x21)
    head.append(four: StoredZip.crc(bytes))
    head.append(four: bytes.count)
    head.append(four: bytes.count)
    head.append(two: path.count)
    head.append(two: 0)
    body.append(four: 0x0403_4b50)
    body += head + path + bytes
    directory.append(four: 0x0201_4b50)
    directory.append(two: 20)
    directory += head
    // No remark, first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(four: offset)
    directory += path
    count += 1
  }

  /// The archive.
  var bytes: [UInt8] {
    var end: [UInt8] = []
    end.append(four: 0x0605_4b50)
    end.append(four: 0)
    end.append(two: count)
    end.append(two: count)
    end.append(four: directory.count)
    end.append(four: body.count)
    end.append(two: 0)
    return body + directory + end
  }

  /// CRC-32 of ISO 3309, as zip has it: polynomial 0xEDB88320 reflected.
  package static func crc(_ bytes: [UInt8]) -> Int {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return Int(value ^ 0xFFFF_FFFF)
  }

  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }
}

extension [UInt8] {
  /// Two bytes, the lower first.
  fileprivate mutating func append(two value: Int) {
    for shift in [0, 8] { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
  /// Four bytes, the lowest first.
  fileprivate mutating func append(four value: Int) {
    for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}
