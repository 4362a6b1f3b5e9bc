import Foundation
import TulouDocument

/// The text of a file whose encoding nobody says: by its mark, else UTF-8 where it is valid, else by the shape of its high bytes.
enum TextDecoding {
  /// The text, and the name of the encoding.
  ///
  /// - Throws: where the file is no text.
  static func text(_ bytes: [UInt8]) throws(SeriesFault) -> (text: String, encoding: String) {
    if bytes.starts(with: [0xFF, 0xFE]) { return try wide(bytes.dropFirst(2), .utf16LittleEndian) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try wide(bytes.dropFirst(2), .utf16BigEndian) }
    if bytes.prefix(400).contains(0) {
      let head = Array(bytes.prefix(400))
      let odd = head.indices.filter { head[$0] == 0 && $0 % 2 == 1 }.count
      let even = head.indices.filter { head[$0] == 0 && $0 % 2 == 0 }.count
      if odd > head.count / 4, even * 8 < odd { return try wide(bytes[...], .utf16LittleEndian) }
      if even > head.count / 4, odd * 8 < even { return try wide(bytes[...], .utf16BigEndian) }
      throw notText
    }
    guard !bytes.contains(0) else { throw notText }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return (text, "UTF-8") }
    let (name, encoding) = legacy(body)
    guard let text = String(data: Data(body), encoding: encoding) ?? String(data: Data(body), encoding: .isoLatin1)
    else {
      throw notText
    }
    return (text, name)
  }

  private static let notText = SeriesFault(
    "The file is no text: it holds bytes of value zero.", advice: "Save the table as CSV, XLSX or ODS.", part: .file)

  private static func wide(
    _ bytes: ArraySlice<UInt8>, _ encoding: String.Encoding
  ) throws(SeriesFault) -> (text: String, encoding: String) {
    guard bytes.count % 2 == 0, let text = String(data: Data(bytes), encoding: encoding) else {
      throw SeriesFault("The file begins as UTF-16 but is not whole.", advice: "Export it again.", part: .file)
    }
    return (text, "UTF-16")
  }

  /// Runs of high bytes tell: in Chinese text (GB18030) they come in pairs, in western text mostly alone, in Cyrillic as words.
  private static func legacy(_ bytes: ArraySlice<UInt8>) -> (String, String.Encoding) {
    var runs: [Int] = []
    var run = 0
    var kana = 0
    for byte in bytes {
      if byte >= 0x80 {
        run += 1
        if byte == 0x82 || byte == 0x83 { kana += 1 }
      } else if run > 0 {
        runs.append(run)
        run = 0
      }
    }
    if run > 0 { runs.append(run) }
    if kana >= 2, let text = String(data: Data(bytes), encoding: .shiftJIS), !text.isEmpty {
      return ("Shift-JIS", .shiftJIS)
    }
    let chinese = String.Encoding(rawValue: 0x8000_0632)
    if runs.allSatisfy({ $0 % 2 == 0 }), runs.contains(where: { $0 > 2 }) || runs.count > 2,
      String(data: Data(bytes), encoding: chinese) != nil
    {
      return ("GB18030", chinese)
    }
    if runs.filter({ $0 >= 3 }).count * 2 > runs.count { return ("Windows-1251", .windowsCP1251) }
    return ("Windows-1252", .windowsCP1252)
  }
}
